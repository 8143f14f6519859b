//! A verdict takes less than 8 MiB for every payload of the link. `cargo xtask bench bounds` measures the time.

use liangzheng_attack::shape::{judge, shapes};
use verdict::Colour;

const MIB: u64 = 1024 * 1024;

#[test]
fn no_shape_takes_more_than_8_mib() {
    let shapes = shapes();
    assert!(shapes.len() >= 39, "{}", shapes.len());
    let mut most = (0, "");
    for shape in &shapes {
        let cost = allocation_counter::measure(|| drop(judge(&shape.payload)));
        most = most.max((cost.bytes_max, shape.name));
        assert!(cost.bytes_max < 8 * MIB, "{}: {} bytes", shape.name, cost.bytes_max);
    }
    println!("{} shapes; at most {} bytes at a time, by {}", shapes.len(), most.0, most.1);
    assert!(most.0 > MIB / 2, "the shapes are too tame to prove anything");
}

#[test]
fn the_shapes_get_as_far_as_they_are_meant_to() {
    let verdicts: Vec<_> = shapes().iter().map(|shape| (shape.name, judge(&shape.payload))).collect();
    let proven = verdicts.iter().filter(|(_, verdict)| verdict.issuer.is_some());
    let proven: Vec<&str> = proven.map(|(name, _)| *name).collect();
    for name in [
        "labels in both headers of the issuer",
        "labels in both headers of the device",
        "elements, each with its digest",
        "digests of elements that are not shown",
        "elements that the device may sign, and signs",
        "a device key on P-521",
        "a name of 100,000 letters",
        "4,000 classes",
        "an array of 15,000 items",
        "a byte string of 60,000 chunks",
    ] {
        assert!(proven.contains(&name), "{name} is refused before its proofs");
    }
    // Empty blocks cost a Huffman table each and give no output; their number is bounded.
    for name in ["52,000 empty blocks with the fixed code", "empty blocks, each with a code of its own"] {
        let verdict = verdicts.iter().find(|(shape, _)| *shape == name).map(|(_, verdict)| verdict);
        let found = verdict
            .is_some_and(|verdict| verdict.checks().any(|check| check.code.text() == "envelope-deflate"));
        assert!(found, "{name}");
    }
    for (name, verdict) in &verdicts {
        assert!(verdict.colour != Colour::Green || proven.contains(name), "{name}");
    }
}

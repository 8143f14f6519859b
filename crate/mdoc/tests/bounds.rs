//! Hostile sizes cost neither memory nor time: `T-cbor-depth`, `T-cbor-length`, `T-cbor-preallocation`, `T-inflate-bomb`.

use std::fs;
use std::time::Instant;

use testkit::draft::NOW;
use testkit::hostile;

/// What a payload costs at most at one time, in bytes.
fn peak(rule: &str) -> u64 {
    let path = format!("{}/../../tests/vectors/{rule}/presentation.bin", env!("CARGO_MANIFEST_DIR"));
    let Ok(payload) = fs::read(path) else { return u64::MAX };
    hostile::trust();
    let cost = allocation_counter::measure(|| {
        let (verdict, ..) = hostile::run(&payload, NOW, NOW);
        assert_eq!(verdict, hostile::Verdict::Refused, "{rule}");
    });
    println!("{rule}: at most {} bytes at a time", cost.bytes_max);
    cost.bytes_max
}

#[test]
fn bombs_take_less_than_a_mebibyte() {
    for rule in [
        "inflate-bomb",
        "inflated-too-large",
        "cbor-length-bytes",
        "cbor-length-array",
        "cbor-depth",
        "cbor-nested-lengths",
    ] {
        assert!(peak(rule) < 1024 * 1024, "{rule}");
    }
}

#[test]
fn two_hundred_thousand_levels_end_at_the_seventeenth() {
    let deep = [0x81; 200_000];
    // the fastest of a few, so that a busy machine does not decide
    let fastest = (0..5).map(|_| {
        let start = Instant::now();
        let error = liangzheng_mdoc::wire::DeviceResponse::decode(&deep).expect_err("too deep");
        assert_eq!(error.code(), "cbor-depth");
        start.elapsed()
    });
    let fastest = fastest.min().unwrap();
    assert!(fastest.as_millis() < 100, "{fastest:?}");
}

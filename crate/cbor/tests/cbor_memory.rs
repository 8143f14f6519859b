//! Memory that hostile CBOR can take (`T-cbor-length`, `T-cbor-preallocation`), counted by the allocator.
#![allow(clippy::unwrap_used, reason = "a test")]

use allocation_counter::{AllocationInfo, measure};
use liangzheng_cbor as cbor;

fn cost(input: &[u8]) -> AllocationInfo {
    measure(|| {
        assert!(cbor::decode_foreign(input).is_err());
        assert!(cbor::decode_own(input).is_err());
    })
}

#[test]
fn a_huge_length_takes_no_memory() {
    for head in [0x5b, 0x7b, 0x9b, 0xbb] {
        for byte in [0xff, 0x7f, 0x00] {
            let mut input = vec![head, byte];
            input.extend([0xff; 7]);
            assert_eq!(cost(&input).count_total, 0, "{input:02x?}");
        }
    }
}

#[test]
fn nested_counts_take_no_memory_in_advance() {
    // each level claims as many members as bytes remain
    for (major, size) in [(0x99u8, 40 * 1024), (0xb9, 40 * 1024), (0x9a, 64 * 1024), (0xba, 64 * 1024)] {
        let mut input = Vec::with_capacity(size);
        while input.len() + 5 <= size {
            let rest = (size - input.len()) / 4;
            input.push(major);
            match major & 0x1f {
                25 => input.extend(u16::try_from(rest).unwrap().to_be_bytes()),
                _ => input.extend(u32::try_from(rest).unwrap().to_be_bytes()),
            }
            if major >> 5 == 5 {
                input.push(0x00);
            }
        }
        let cost = cost(&input);
        assert!(cost.bytes_max < 1024 * 1024, "{} bytes", cost.bytes_max);
    }
}

#[test]
fn any_64_kib_stay_below_8_mib() {
    let size = 64 * 1024;
    let mut worst = 0;
    // many small items: arrays of arrays, pairs, tags, chunks
    for pattern in [&[0x80u8][..], &[0xa0], &[0x40], &[0xc0, 0x00], &[0x00], &[0x81, 0x80], &[0xf6]] {
        for open in [0x9f, 0xbf, 0x5f] {
            let mut input = vec![open];
            input.extend(pattern.iter().copied().cycle().take(size - 1));
            worst = worst.max(cost(&input).bytes_max);
        }
    }
    println!("worst: {worst} bytes");
    assert!(worst < 8 * 1024 * 1024, "{worst}");
}

#[test]
fn the_counter_counts() {
    let counted = measure(|| drop(std::hint::black_box(vec![0u8; 2 * 1024 * 1024])));
    assert!(counted.bytes_max >= 2 * 1024 * 1024);
}

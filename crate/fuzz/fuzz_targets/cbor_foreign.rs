//! Whatever is read keeps its bytes, and its own encoding means the same.
#![no_main]
use mdoc::cbor::{decode_foreign, decode_own, encode};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Ok(item) = decode_foreign(bytes) else { return };
    assert_eq!(item.raw(), bytes);
    let again = encode(&item.to_value());
    assert_eq!(encode(&decode_own(&again).expect("our own encoding").to_value()), again);
});

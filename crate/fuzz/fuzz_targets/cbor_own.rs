//! What is accepted as our own format has no other form.
#![no_main]
use mdoc::cbor::{decode_own, encode};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(item) = decode_own(bytes) {
        assert_eq!(encode(&item.to_value()), bytes);
    }
});

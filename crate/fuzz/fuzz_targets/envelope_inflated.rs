//! An inflated Envelope.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let _ = mdoc::one_way::Envelope::decode_inflated(data);
});

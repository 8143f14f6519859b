//! A deflated payload of the QR link.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let _ = mdoc::one_way::Envelope::decode(data);
});

//! The payload of issuerAuth.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let _ = mdoc::mso::MobileSecurityObject::decode(data);
});

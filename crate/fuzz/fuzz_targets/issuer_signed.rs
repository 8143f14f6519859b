//! An IssuerSigned.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let _ = mdoc::issuer_signed::IssuerSigned::decode(data);
});

//! A stored credential.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let _ = mdoc::credential::UnverifiedCredential::decode(data);
});

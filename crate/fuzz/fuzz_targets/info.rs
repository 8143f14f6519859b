//! The Info of a presentation.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let _ = mdoc::one_way::Info::decode(data);
});

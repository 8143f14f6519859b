//! A transcript of another transport.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let _ = mdoc::session_transcript::SessionTranscript::from_bytes(data);
});

//! Any bytes are a frame within its bounds, or refused.
#![no_main]
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(frame) = optical::Frame::decode(bytes) {
        assert!(frame.data().len() == frame.length().div_ceil(usize::from(frame.k())));
    }
});

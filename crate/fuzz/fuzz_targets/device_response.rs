//! A DeviceResponse.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let _ = mdoc::device_response::DeviceResponse::decode(data);
});

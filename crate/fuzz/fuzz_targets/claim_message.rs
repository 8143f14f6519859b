#![no_main]
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| attack::entry::claim_message(bytes));

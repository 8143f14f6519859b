//! Any bytes are a message, a MAC or a key within their rules, or refused; and no message verifies.
#![no_main]
use mdoc::cose::{CoseKey, CoseMac0, CoseSign1};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = CoseMac0::decode(bytes);
    if let Ok(key) = CoseKey::decode(bytes) {
        assert_eq!(CoseKey::from_sec1(&key.to_sec1()), Ok(key));
    }
    let Ok(message) = CoseSign1::decode(bytes) else { return };
    let again = CoseSign1::decode(&mdoc::cbor::encode(&message.to_value())).expect("our own encoding");
    assert_eq!(again, message);
});

//! Any bytes are a certificate with its bytes kept, or refused; the profile and the trust list hold on whatever it is.
#![no_main]
use mdoc::time::Timestamp;
use mdoc::trust::{Anchor, TrustAnchors};
use mdoc::x509::{Certificate, check_document_signer};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Ok(certificate) = Certificate::decode(bytes) else { return };
    assert_eq!(certificate.as_der(), bytes);
    let _ = check_document_signer(&certificate, Some(&certificate));
    let now = Timestamp::from_unix(1_800_000_000);
    assert!(TrustAnchors::new().verify(&certificate, now).is_err());
    if let Ok(anchor) = Anchor::iaca(certificate.clone(), "", "") {
        let mut trust = TrustAnchors::new();
        trust.add(anchor);
        assert!(trust.verify(&certificate, now).is_err(), "a root is no document signer");
    }
});

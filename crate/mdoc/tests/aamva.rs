//! Real authorities: every IACA certificate of AAMVA's list of November 2025 fits the profile.
//!
//! The list is read from the folder that `LIANGZHENG_VECTORS` names; without it, the test says that it is skipped.
#![allow(clippy::expect_used, reason = "a test")]

use cbor::cose::CoseSign1;
use liangzheng_mdoc as mdoc;
use mdoc::Anchor;
use signature::Curve;
use x509::Certificate;

#[test]
fn fourteen_authorities_one_of_them_on_p384() {
    let Some(folder) = std::env::var_os("LIANGZHENG_VECTORS") else {
        println!("SKIPPED AAMVA's authorities: LIANGZHENG_VECTORS names no folder");
        return;
    };
    let path = std::path::PathBuf::from(folder).join("vical/aamva-vical-2025-11-18-1763491092481.cbor");
    let list = CoseSign1::decode(&std::fs::read(path).expect("AAMVA's list")).expect("a COSE_Sign1");
    let chain = list.require_x5chain().expect("its signer");
    let signer = Certificate::decode(chain.first().expect("a leaf")).expect("the signer's certificate");
    let (_valid, payload) = list.verify(signer.public_key(), &signature::RustCrypto).expect("its signature");
    let list = cbor::decode_foreign(payload).expect("CBOR");
    let entries = list.get_text("certificateInfos").and_then(cbor::Item::as_array).expect("entries");
    let mut curves = Vec::new();
    for entry in entries {
        let der = entry.get_text("certificate").and_then(cbor::Item::as_bytes).expect("a certificate");
        let certificate = Certificate::decode(der).expect("a certificate that can be read");
        let name = certificate.subject().common_name().unwrap_or_default().to_owned();
        // the profile, and the certificate's own signature on either curve
        assert!(
            certificate.verify_signed_by(certificate.public_key(), &signature::RustCrypto).is_ok(),
            "{name}"
        );
        curves.push(certificate.public_key().curve());
        let anchor = Anchor::iaca(certificate, name.clone(), "AAMVA", &signature::RustCrypto)
            .and_then(Anchor::strictly);
        assert!(anchor.is_ok(), "{name}: {:?}", anchor.err());
    }
    assert_eq!(curves.len(), 14);
    assert_eq!(curves.iter().filter(|curve| **curve == Curve::P384).count(), 1);
}

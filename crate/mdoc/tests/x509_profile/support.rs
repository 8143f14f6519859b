//! Claims as a wallet does, and judges as a verifier does.

use cbor::Timestamp;
use liangzheng_mdoc::Anchor;
use liangzheng_mdoc::Signs;
use liangzheng_mdoc::TrustAnchors;
use p256::ecdsa::SigningKey;
use x509::Certificate;
use x509::Name;
use x509::hazmat::CertificateFields;
use x509::hazmat::CertificateTemplate;

/// A strict verification.
pub(crate) const STRICT: Signs<'_> = Signs::DocumentStrictly;

pub(crate) const DAY: i64 = 86_400;

pub(crate) const CRL: &str = "https://test.invalid/crl";

pub(crate) const SERIAL: [u8; 16] = [0x5a; 16];

pub(crate) fn moment(text: &str) -> Timestamp {
    Timestamp::parse_tdate(text).unwrap()
}

pub(crate) fn start() -> Timestamp {
    moment("2026-01-01T00:00:00Z")
}

pub(crate) fn now() -> Timestamp {
    start().plus_seconds(100 * DAY)
}

pub(crate) fn root_key() -> SigningKey {
    SigningKey::from_slice(&[1; 32]).unwrap()
}

pub(crate) fn ds_key() -> SigningKey {
    SigningKey::from_slice(&[2; 32]).unwrap()
}

pub(crate) fn fields(key: &SigningKey, until: Timestamp) -> CertificateFields<'static> {
    CertificateFields::new(&SERIAL, start(), until, key, CRL)
}

pub(crate) fn iaca() -> CertificateTemplate {
    let until = moment("2046-01-01T00:00:00Z");
    CertificateTemplate::iaca(
        Name::new("CN", None, "Test IACA"),
        "ca@test.invalid",
        &fields(&root_key(), until),
    )
}

pub(crate) fn ds() -> CertificateTemplate {
    let iaca = Certificate::decode(&iaca().sign(&root_key())).unwrap();
    let until = start().plus_seconds(457 * DAY);
    CertificateTemplate::document_signer(&iaca, Name::new("CN", None, "Test DS"), &fields(&ds_key(), until))
}

pub(crate) fn anchors() -> TrustAnchors {
    let mut trust = TrustAnchors::new();
    let certificate = Certificate::decode(&iaca().sign(&root_key())).unwrap();
    trust.add(Anchor::iaca(certificate, "Test", "test", &signature::RustCrypto).unwrap());
    trust
}

/// The code of the whole way: decode, then verify at `at`.
pub(crate) fn code_at(der: &[u8], at: Timestamp) -> &'static str {
    match Certificate::decode(der) {
        Err(error) => error.code(),
        Ok(ds) => {
            anchors().verify(&ds, STRICT, at, &signature::RustCrypto).map_or_else(|e| e.code(), |_| "valid")
        }
    }
}

pub(crate) fn iaca_code(template: &CertificateTemplate) -> &'static str {
    let certificate = match Certificate::decode(&template.sign(&root_key())) {
        Err(error) => return error.code(),
        Ok(certificate) => certificate,
    };
    Anchor::iaca(certificate, "", "", &signature::RustCrypto)
        .and_then(Anchor::strictly)
        .map_or_else(|e| e.code(), |_| "valid")
}

pub(crate) fn change(
    template: &CertificateTemplate,
    change: impl FnOnce(&mut CertificateTemplate),
) -> CertificateTemplate {
    let mut changed = template.clone();
    change(&mut changed);
    changed
}

pub(crate) fn not_critical(
    template: CertificateTemplate,
    id: der::asn1::ObjectIdentifier,
) -> CertificateTemplate {
    change(&template, |t| t.extensions.iter_mut().filter(|e| e.id == id).for_each(|e| e.critical = false))
}

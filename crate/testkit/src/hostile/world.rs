//! The trusted authorities of the files: the test authority, and some that differ from it in one property each.

use std::sync::LazyLock;

use mdoc::{Anchor, TrustAnchors};
use signature::{Curve, Signer as _};
use x509::hazmat::{CertificateFields, CertificateTemplate, CrlTemplate};
use x509::{Certificate, Extension, Name, UnverifiedCrl, ids};

use crate::draft::NOW;
use crate::issuer::{TestIssuer, TestIssuerOptions};

const DAY: i64 = 86_400;

/// The order of the group of brainpoolP256r1 (RFC 5639, 3.4).
#[rustfmt::skip]
pub(super) const ORDER_P256R1: [u8; 32] = [
    0xa9, 0xfb, 0x57, 0xdb, 0xa1, 0xee, 0xa9, 0xbc, 0x3e, 0x66, 0x0a, 0x90, 0x9d, 0x83, 0x8d, 0x71,
    0x8c, 0x39, 0x7a, 0xa3, 0xb5, 0x61, 0xa6, 0xf7, 0x90, 0x1e, 0x0e, 0x82, 0x97, 0x48, 0x56, 0xa7,
];

/// An authority of the files.
#[derive(Clone, Debug)]
pub struct Authority {
    /// Its name, and that of its files under `tests/vectors/trust`.
    pub name: &'static str,
    /// Its certificates and keys.
    pub issuer: TestIssuer,
    /// Its revocation list, if the verifier has one.
    pub list: Option<Vec<u8>>,
    /// Whether its DS certificate is revoked by fingerprint.
    pub struck: bool,
    /// The only document type for which it is trusted; `None` for every type.
    pub doc_type: Option<&'static str>,
}

/// Returns every authority, the test authority first.
pub fn authorities() -> &'static [Authority] {
    static ALL: LazyLock<Vec<Authority>> = LazyLock::new(make);
    &ALL
}

/// Returns the issuer with a name.
///
/// # Panics
/// Panics if there is none.
pub fn issuer(name: &str) -> &'static TestIssuer {
    let found = authorities().iter().find(|authority| authority.name == name);
    &found.expect("an authority of the files").issuer
}

/// Returns the trust in which every file is checked.
pub fn trust() -> TrustAnchors {
    let mut trust = TrustAnchors::new();
    for Authority { issuer, list, struck, doc_type, .. } in authorities() {
        let anchor =
            Anchor::iaca(issuer.iaca().clone(), "Test authority", "test list", &signature::RustCrypto)
                .expect("an anchor");
        trust.add(match doc_type {
            Some(doc_type) => anchor.for_doc_types(&[(*doc_type).to_owned()]),
            None => anchor,
        });
        if let Some(list) = list {
            let list = UnverifiedCrl::decode(list).expect("a list");
            trust.revoke(list.verify(issuer.iaca(), &signature::RustCrypto).expect("its authority's list"));
        }
        if *struck {
            trust.revoke(issuer.ds().fingerprint());
        }
    }
    trust.add(
        Anchor::iaca(brainpool_p320().0, "Test authority", "test list", &signature::RustCrypto)
            .expect("an anchor"),
    );
    trust
}

/// Returns an authority whose certificates depart from Annex B as those of real authorities do.
fn untidy_authority() -> Authority {
    let name = "untidy";
    let options = TestIssuerOptions {
        seed: name.to_owned(),
        iaca_name: format!("Test IACA {name}"),
        state: Some("Jiangsu".to_owned()),
        ..TestIssuerOptions::default()
    };
    let issuer = TestIssuer::with_certificates(&options, &untidy_root, &untidy_signer);
    Authority { name, issuer, list: None, struck: false, doc_type: None }
}

/// A root with `CA:TRUE` and no path length, a critical purpose of its own, and neither contact nor revocation list; its key
/// usage is not critical, and it lives for 25 years.
pub(super) fn untidy_root(mut template: CertificateTemplate) -> CertificateTemplate {
    let purpose = "1.3.130.2.0.0.1.7".parse().expect("an identifier");
    template = template
        .with_extension(Extension::new(ids::BASIC_CONSTRAINTS, true, [0x30, 3, 1, 1, 0xff]))
        .with_extension(Extension::extended_key_usage(&[purpose]))
        .without_extension(ids::ISSUER_ALT_NAME)
        .without_extension(ids::CRL_DISTRIBUTION_POINTS);
    template.extensions.iter_mut().filter(|e| e.id == ids::KEY_USAGE).for_each(|e| e.critical = false);
    template.not_after = template.not_before.plus_seconds(25 * 365 * DAY);
    template
}

/// A document signer for 1,926 days with `CA:FALSE`, whose purpose is not critical.
pub(super) fn untidy_signer(mut template: CertificateTemplate) -> CertificateTemplate {
    template = template.with_extension(Extension::new(ids::BASIC_CONSTRAINTS, true, [0x30, 0]));
    template
        .extensions
        .iter_mut()
        .filter(|e| e.id == ids::EXTENDED_KEY_USAGE)
        .for_each(|e| e.critical = false);
    template.not_after = template.not_before.plus_seconds(1926 * DAY);
    template
}

fn make() -> Vec<Authority> {
    let with = |name: &'static str, change: &dyn Fn(&mut TestIssuerOptions)| {
        let mut options = TestIssuerOptions {
            seed: name.to_owned(),
            iaca_name: format!("Test IACA {name}"),
            ..TestIssuerOptions::default()
        };
        change(&mut options);
        let issuer = TestIssuer::new(&options);
        Authority { name, issuer, list: None, struck: false, doc_type: None }
    };
    let day = NOW.floor_to_day();
    let list = |name: &'static str, from: i64, until: i64, revokes: bool| {
        let mut authority = with(name, &|_| {});
        let (from, until) = (NOW.plus_seconds(from), NOW.plus_seconds(until));
        let issuer = &authority.issuer;
        let mut template = CrlTemplate::new(issuer.iaca(), 1, from, until);
        if revokes {
            template = template.revoke(issuer.ds(), from);
        }
        authority.list = Some(template.sign(issuer.iaca_key()));
        authority
    };
    vec![
        Authority {
            name: "test-authority",
            issuer: TestIssuer::default(),
            list: None,
            struck: false,
            doc_type: None,
        },
        with("germany", &|o| o.country = "DE".to_owned()),
        with("korea", &|o| o.country = "KR".to_owned()),
        with("united-states", &|o| o.country = "US".to_owned()),
        with("india", &|o| o.country = "IN".to_owned()),
        with("province", &|o| o.state = Some("CN-JS".to_owned())),
        with("province-short", &|o| o.state = Some("JS".to_owned())),
        with("expired", &|o| o.iaca_validity.1 = NOW.plus_seconds(-1)),
        with("last-second", &|o| o.iaca_validity.1 = NOW),
        with("young", &|o| o.iaca_validity = (NOW.plus_seconds(1), day.plus_seconds(400 * DAY))),
        with("first-second", &|o| o.iaca_validity = (NOW, day.plus_seconds(400 * DAY))),
        with("p384", &|o| (o.iaca_curve, o.ds_curve) = (Curve::P384, Curve::P384)),
        with("p521", &|o| (o.iaca_curve, o.ds_curve) = (Curve::P521, Curve::P521)),
        with("p384-over-p256", &|o| o.iaca_curve = Curve::P384),
        with("brainpool-p256r1", &|o| {
            (o.iaca_curve, o.ds_curve) = (Curve::BrainpoolP256r1, Curve::BrainpoolP256r1);
        }),
        with("brainpool-p384r1", &|o| {
            (o.iaca_curve, o.ds_curve) = (Curve::BrainpoolP384r1, Curve::BrainpoolP384r1);
        }),
        with("brainpool-under-p256", &|o| o.ds_curve = Curve::BrainpoolP256r1),
        with("brainpool-under-p384", &|o| {
            (o.iaca_curve, o.ds_curve) = (Curve::P384, Curve::BrainpoolP256r1);
        }),
        list("list-revokes", -DAY, DAY, true),
        list("list-empty", -DAY, DAY, false),
        list("list-old-revokes", -9 * DAY, -DAY, true),
        list("list-old", -9 * DAY, -1, false),
        list("list-ahead", 1, DAY, false),
        Authority { struck: true, ..with("struck", &|_| {}) },
        untidy_authority(),
        Authority { doc_type: Some("org.example.loyalty"), ..with("other-types", &|_| {}) },
    ]
}

/// Returns the key of a `SubjectPublicKeyInfo` on P-256, said to be on the brainpool curve 1.3.36.3.3.2.8.1.1.x.
pub fn brainpool_spki(spki: &[u8], octet: u8) -> Vec<u8> {
    // after the heads and the 9 bytes of id-ecPublicKey: the curve, 06 08 and 8 bytes
    let oid = [0x06, 0x09, 0x2b, 0x24, 0x03, 0x03, 0x02, 0x08, 0x01, 0x01, octet];
    [&[0x30, 0x5a, 0x30, 0x14], &spki[4..13], &oid, &spki[23..]].concat()
}

/// Returns the key of a `SubjectPublicKeyInfo` on brainpoolP256r1, said to be on P-256.
pub fn p256_spki(spki: &[u8]) -> Vec<u8> {
    // after the heads and the 9 bytes of id-ecPublicKey: the curve, 06 09 and 9 bytes
    let oid = [0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07];
    [&[0x30, 0x59, 0x30, 0x13], &spki[4..13], &oid, &spki[24..]].concat()
}

/// Returns an authority whose key is said to be on brainpoolP320r1, and a DS certificate under it.
pub fn brainpool_p320() -> (Certificate, Vec<u8>) {
    let issuer = TestIssuer::default();
    let key = issuer.iaca_key();
    let day = NOW.floor_to_day();
    let crl = "https://iaca.test.example/crl";
    let (from, until) = (day.plus_seconds(-DAY), day.plus_seconds(400 * DAY));
    let fields = CertificateFields::new(&[0x5b; 16], from, until, key, crl);
    let subject = Name::new("CN", None, "Test IACA brainpool");
    let mut template = CertificateTemplate::iaca(subject, "https://iaca.test.example", &fields);
    template.spki = brainpool_spki(&template.spki, 9);
    let iaca = Certificate::decode(&template.sign(key)).expect("a certificate");
    let fields = CertificateFields::new(&[0x5c; 16], from, until, issuer.ds_key(), crl);
    let ds = CertificateTemplate::document_signer(&iaca, Name::new("CN", None, "Test DS"), &fields);
    debug_assert_eq!(issuer.ds_key().public_key(), *issuer.ds().public_key());
    (iaca, ds.sign(key))
}

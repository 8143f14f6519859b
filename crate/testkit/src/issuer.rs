//! A test authority: an IACA root and one DS certificate, each adjustable.

use cbor::Timestamp;
use mdoc::issuer::IssuerSigner;
use mdoc::{Anchor, TrustAnchors};
use signature::{Curve, Signer as _};
use x509::hazmat::{CertificateFields, CertificateTemplate};
use x509::{Certificate, CertificateAuthority, CertificateRole, Name, Subject};

use crate::random::{TestKey, TestRandom};
use crate::sample::NOW;

const DAY: i64 = 86_400;
const CONTACT: &str = "https://iaca.test.example";
const CRL: &str = "https://iaca.test.example/crl";

/// The options of a test authority.
#[derive(Clone, Debug)]
pub struct TestIssuerOptions {
    /// Its keys come from this label.
    pub seed: String,
    /// The IACA's common name.
    pub iaca_name: String,
    /// The country of both certificates.
    pub country: String,
    /// The state or province of both certificates.
    pub state: Option<String>,
    /// The curve of the IACA's key.
    pub iaca_curve: Curve,
    /// The curve of the DS key.
    pub ds_curve: Curve,
    /// Validity of the IACA certificate.
    pub iaca_validity: (Timestamp, Timestamp),
    /// Validity of the DS certificate.
    pub ds_validity: (Timestamp, Timestamp),
}

impl Default for TestIssuerOptions {
    fn default() -> Self {
        let day = NOW.floor_to_day();
        Self {
            seed: "test authority".to_owned(),
            iaca_name: "Test IACA".to_owned(),
            country: "CN".to_owned(),
            state: None,
            iaca_curve: Curve::P256,
            ds_curve: Curve::P256,
            iaca_validity: (day.plus_seconds(-365 * DAY), day.plus_seconds(10 * 365 * DAY)),
            ds_validity: (day.plus_seconds(-30 * DAY), day.plus_seconds(400 * DAY)),
        }
    }
}

/// A test authority.
#[derive(Clone, Debug)]
pub struct TestIssuer {
    iaca: CertificateAuthority<TestKey>,
    ds: Certificate,
    ds_key: TestKey,
}

impl Default for TestIssuer {
    fn default() -> Self {
        Self::new(&TestIssuerOptions::default())
    }
}

impl TestIssuer {
    /// Creates an authority with conforming certificates.
    ///
    /// # Panics
    /// Panics if the certificates that it made cannot be read.
    pub fn new(options: &TestIssuerOptions) -> Self {
        Self::with_ds(options, &|template| template)
    }

    /// Creates an authority whose DS certificate is changed before it is signed.
    ///
    /// # Panics
    /// Panics if the certificates that it made cannot be read.
    pub fn with_ds(
        options: &TestIssuerOptions,
        change: &dyn Fn(CertificateTemplate) -> CertificateTemplate,
    ) -> Self {
        Self::with_certificates(options, &|template| template, change)
    }

    /// Creates an authority whose certificates are changed before they are signed: the root, and the DS certificate.
    ///
    /// # Panics
    /// Panics if the certificates that it made cannot be read.
    pub fn with_certificates(
        options: &TestIssuerOptions,
        change_root: &dyn Fn(CertificateTemplate) -> CertificateTemplate,
        change: &dyn Fn(CertificateTemplate) -> CertificateTemplate,
    ) -> Self {
        let iaca_key = TestKey::new(&format!("{} iaca", options.seed), options.iaca_curve);
        let ds_key = TestKey::new(&format!("{} ds", options.seed), options.ds_curve);
        let mut random = TestRandom::new(&options.seed);
        let (serial, ds_serial) = (random.array::<16>(), random.array::<16>());
        let subject = |common: &str, serial, (not_before, not_after)| Subject {
            name: Name::new(&options.country, options.state.as_deref(), common),
            serial,
            not_before,
            not_after,
            crl_uri: CRL,
        };
        let name = Name::new(&options.country, options.state.as_deref(), &options.iaca_name);
        let (from, until) = options.iaca_validity;
        let fields = CertificateFields::new(&serial, from, until, &iaca_key, CRL);
        let root = change_root(CertificateTemplate::iaca(name, CONTACT, &fields)).sign(&iaca_key);
        let root = Certificate::decode(&root).expect("an IACA certificate");
        let iaca = CertificateAuthority::new(root, iaca_key).expect("an IACA's key");
        let ds = subject("Test DS", &ds_serial, options.ds_validity);
        let template = iaca.template(CertificateRole::DocumentSigner, &ds, ds_key.public_key());
        let ds = iaca.sign(&change(template)).expect("a DS certificate");
        Self { iaca, ds, ds_key }
    }

    /// Returns the IACA certificate.
    pub const fn iaca(&self) -> &Certificate {
        self.iaca.certificate()
    }

    /// Returns the IACA's key.
    pub const fn iaca_key(&self) -> &TestKey {
        self.iaca.key()
    }

    /// Returns the DS certificate.
    pub const fn ds(&self) -> &Certificate {
        &self.ds
    }

    /// Returns the DS certificate in DER.
    pub fn ds_der(&self) -> &[u8] {
        self.ds.as_der()
    }

    /// Returns the DS key.
    pub const fn ds_key(&self) -> &TestKey {
        &self.ds_key
    }

    /// Returns the signer of the crate `mdoc`.
    ///
    /// # Panics
    /// Never: the key is the certificate's.
    pub fn signer(&self) -> IssuerSigner {
        IssuerSigner::new(self.ds.clone(), self.ds_key.clone()).expect("the DS key")
    }

    /// Returns trust anchors with only this authority.
    ///
    /// # Panics
    /// Panics if the IACA certificate breaks the profile.
    pub fn trust(&self) -> TrustAnchors {
        let mut trust = TrustAnchors::new();
        trust.add(
            Anchor::iaca(self.iaca().clone(), "Test authority", "test list", &signature::RustCrypto)
                .expect("an anchor"),
        );
        trust
    }
}

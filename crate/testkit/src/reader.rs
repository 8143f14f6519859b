//! A test reader: who asks, under an authority over readers.

use cbor::Timestamp;
use mdoc::reader::{ReaderAnchor, ReaderAnchors};
use p256::ecdsa::SigningKey;
use signature::PublicKey;
use x509::hazmat::CertificateTemplate;
use x509::{Certificate, CertificateAuthority, CertificateRole, Name, Subject, ids};

use crate::draft::NOW;
use crate::random::signing_key;

const DAY: i64 = 86_400;

/// A reader with its certificate, and the authority that issued it.
#[derive(Clone, Debug)]
pub struct TestReader {
    authority: CertificateAuthority<SigningKey>,
    certificate: Certificate,
    key: SigningKey,
}

impl Default for TestReader {
    fn default() -> Self {
        Self::new("test reader")
    }
}

impl TestReader {
    /// Creates a conforming reader; its keys come from `label`, its certificate holds for 90 days around [`NOW`].
    ///
    /// # Panics
    /// Panics if the certificates that it made cannot be read.
    pub fn new(label: &str) -> Self {
        Self::with(label, &|template| template)
    }

    /// Creates a reader whose certificate is changed before it is signed.
    ///
    /// # Panics
    /// Panics if the certificates that it made cannot be read.
    pub fn with(label: &str, change: &dyn Fn(CertificateTemplate) -> CertificateTemplate) -> Self {
        let authority_key = signing_key(&format!("{label} authority"));
        let key = signing_key(label);
        let day = |days: i64| -> Timestamp { NOW.floor_to_day().plus_seconds(days * DAY) };
        let subject = |common: &str, serial, not_before, not_after| Subject {
            name: Name::from_attributes(&[(ids::COMMON_NAME, common)]),
            serial,
            not_before,
            not_after,
            crl_uri: "",
        };
        let root = subject("Test readers", &[7; 16], day(-365), day(3650));
        let authority =
            CertificateAuthority::reader_authority(authority_key, &root).expect("an authority's certificate");
        let reader = subject("Checkpoint 7", &[9; 16], day(-30), day(60));
        let template = authority.template(CertificateRole::Reader, &reader, PublicKey::from(&key));
        let certificate = authority.sign(&change(template)).expect("a reader's certificate");
        Self { authority, certificate, key }
    }

    /// Returns the authority's certificate.
    pub const fn authority(&self) -> &Certificate {
        self.authority.certificate()
    }

    /// Returns the reader's certificate.
    pub const fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    /// Returns the reader's key.
    pub const fn key(&self) -> &SigningKey {
        &self.key
    }

    /// Trust in this reader's authority alone.
    ///
    /// # Panics
    /// Panics if the authority's certificate breaks the profile.
    pub fn anchors(&self) -> ReaderAnchors {
        let mut anchors = ReaderAnchors::new();
        anchors.add(ReaderAnchor::authority(self.authority().clone(), "Test readers").expect("an anchor"));
        anchors
    }
}

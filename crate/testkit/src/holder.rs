//! A test holder: a device key, a credential, and the presentations that they make.

use cbor::Timestamp;
use cbor::Value;
use envelope::Info;
use envelope::{CompletedOneWay, PreparedOneWay};
use mdoc::holder::Disclosure;
use mdoc::holder::{UnverifiedCredential, VerifiedCredential, verify_credential};
use mdoc::issuer::IssueRequest;
use mdoc::{KeyAuthorizations, ValidityInfo};
use p256::ecdsa::SigningKey;
use signature::sign_es256;

use crate::issuer::TestIssuer;
use crate::random::{TestRandom, cose_key, signing_key};
use crate::sample::{DOC_TYPE, licence_elements};

/// A holder with a credential.
#[derive(Clone, Debug)]
pub struct TestHolder {
    key: SigningKey,
    credential: VerifiedCredential,
}

impl TestHolder {
    /// Creates a holder of the sample licence, issued by `issuer` on the day of `now` for 90 days.
    ///
    /// # Panics
    /// Panics if the licence cannot be issued or verified.
    pub fn new(issuer: &TestIssuer, now: Timestamp) -> Self {
        Self::with_elements(issuer, now, licence_elements())
    }

    /// Creates a holder of a licence with these elements.
    ///
    /// # Panics
    /// Panics if the licence cannot be issued or verified.
    pub fn with_elements(
        issuer: &TestIssuer,
        now: Timestamp,
        elements: Vec<(&'static str, &'static str, Value)>,
    ) -> Self {
        Self::with_status(issuer, now, elements, None)
    }

    /// Creates a holder of a licence with these elements, whose MSO says where its status is looked up.
    ///
    /// # Panics
    /// Panics if the licence cannot be issued or verified.
    pub fn with_status(
        issuer: &TestIssuer,
        now: Timestamp,
        elements: Vec<(&'static str, &'static str, Value)>,
        status: Option<Value>,
    ) -> Self {
        Self::issued(issuer, signing_key("device"), elements, status, now, &mut TestRandom::new("issue"))
    }

    /// Creates a holder with this device key; salts and the order of digests come from `random`.
    ///
    /// # Panics
    /// Panics if the licence cannot be issued or verified.
    pub fn issued(
        issuer: &TestIssuer,
        key: SigningKey,
        elements: Vec<(&'static str, &'static str, Value)>,
        status: Option<Value>,
        now: Timestamp,
        random: &mut TestRandom,
    ) -> Self {
        let day = now.floor_to_day();
        let request = IssueRequest {
            doc_type: DOC_TYPE,
            elements,
            device_key: cose_key(&key),
            validity_info: ValidityInfo {
                signed: day,
                valid_from: day,
                valid_until: day.plus_seconds(90 * 86_400),
                expected_update: None,
            },
            key_authorizations: KeyAuthorizations::default(),
            status,
        };
        let bytes = issuer.signer().issue(&request, &mut |buffer| random.fill(buffer)).expect("a credential");
        let unverified = UnverifiedCredential::decode(&bytes).expect("its own credential");
        let credential = verify_credential(&unverified, &issuer.trust(), now, &signature::RustCrypto)
            .expect("a verified credential");
        Self { key, credential }
    }

    /// Returns the credential.
    pub const fn credential(&self) -> &VerifiedCredential {
        &self.credential
    }

    /// Returns the device key.
    pub const fn key(&self) -> &SigningKey {
        &self.key
    }

    /// Shows elements at `now` for 60 s; the nonce comes from `label`.
    ///
    /// # Panics
    /// Panics if the presentation cannot be made.
    pub fn present(&self, wanted: &[(&str, &str)], now: Timestamp, label: &str) -> CompletedOneWay {
        let nonce = TestRandom::new(label).array();
        let info = Info { iat: now, exp: now.plus_seconds(60), nonce, aud: None, purpose: None };
        self.present_with(wanted, info)
    }

    /// As [`TestHolder::present`], and says for what it is shown.
    ///
    /// # Panics
    /// Panics if the presentation cannot be made.
    pub fn present_for(&self, purpose: &str, wanted: &[(&str, &str)], now: Timestamp) -> CompletedOneWay {
        let nonce = TestRandom::new(purpose).array();
        let purpose = Some(purpose.to_owned());
        self.present_with(wanted, Info { iat: now, exp: now.plus_seconds(60), nonce, aud: None, purpose })
    }

    /// Shows elements with this Info.
    ///
    /// # Panics
    /// Panics if the presentation cannot be made.
    pub fn present_with(&self, wanted: &[(&str, &str)], info: Info) -> CompletedOneWay {
        let disclosure = Disclosure::select(&self.credential, wanted);
        let prepared = PreparedOneWay::prepare(disclosure, info).expect("an Info of the profile");
        let signature = sign_es256(&self.key, prepared.to_be_signed());
        prepared.complete(&signature).expect("a signed presentation")
    }
}

//! A provider of trust lists: a root, an intermediate authority and a signer, each adjustable.

use cbor::Timestamp;
use cbor::cose::{CoseSign1, PROTECTED_ES256, sig_structure};
use cbor::{Value, encode};
use mdoc::vical::{VicalEntryRequest, VicalRequest, VicalSigner, VicalTrust};
use p256::ecdsa::SigningKey;
use signature::sign_es256;
use x509::hazmat::{CertificateFields, CertificateTemplate};
use x509::{Certificate, Extension, Name, ids};

use crate::draft::NOW;
use crate::random::{TestRandom, signing_key};
use crate::sample::DOC_TYPE;

const DAY: i64 = 86_400;
const CRL: &str = "https://lists.test.example/crl";

/// Changes a certificate before it is signed.
pub type Change<'a> = &'a dyn Fn(CertificateTemplate) -> CertificateTemplate;

/// A provider of trust lists.
#[derive(Clone, Debug)]
pub struct TestVicalProvider {
    /// Signer, intermediate, root.
    pub chain: Vec<Certificate>,
    /// The signer's key.
    pub key: SigningKey,
}

impl TestVicalProvider {
    /// Creates a provider whose keys come from `seed`.
    ///
    /// # Panics
    /// Panics if the certificates that it made cannot be read.
    pub fn new(seed: &str) -> Self {
        Self::with(seed, [&|t| t, &|t| t, &|t| t])
    }

    /// Creates a provider whose signer, intermediate and root certificates are changed before they are signed.
    ///
    /// # Panics
    /// Panics if the certificates that it made cannot be read.
    pub fn with(seed: &str, [signer, intermediate, root]: [Change<'_>; 3]) -> Self {
        let keys = ["signer", "intermediate", "root"].map(|role| signing_key(&format!("{seed} list {role}")));
        let [key, intermediate_key, root_key] = keys;
        let name = |role: &str| Name::new("CN", None, &format!("{seed} {role}"));
        let mut random = TestRandom::new(seed);
        let mut certificate = |subject: Name, key: &SigningKey, issuer: &SigningKey, change: Change<'_>| {
            let serial = random.array::<16>();
            let day = NOW.floor_to_day();
            let (from, until) = (day.plus_seconds(-400 * DAY), day.plus_seconds(1000 * DAY));
            let fields = CertificateFields::new(&serial, from, until, key, CRL);
            let template = change(CertificateTemplate::iaca(subject, "https://lists.test.example", &fields));
            Certificate::decode(&template.sign(issuer)).expect("a certificate")
        };
        let authority = Extension::new(ids::BASIC_CONSTRAINTS, true, [0x30, 0x03, 0x01, 0x01, 0xff]);
        let root =
            certificate(name("root"), &root_key, &root_key, &|t| root(t.with_extension(authority.clone())));
        let aki = |c: &Certificate| Extension::authority_key_identifier(c.ski().unwrap_or_default());
        let intermediate = certificate(name("intermediate"), &intermediate_key, &root_key, &|mut t| {
            t.issuer = root.subject().clone();
            intermediate(t.with_extension(aki(&root)))
        });
        let leaf = certificate(name("signer"), &key, &intermediate_key, &|mut t| {
            t.issuer = intermediate.subject().clone();
            let t = t.without_extension(ids::BASIC_CONSTRAINTS).with_extension(aki(&intermediate));
            // nonRepudiation alone, as AAMVA's signer has it
            let t = t.with_extension(Extension::key_usage(&[1]));
            signer(t.with_extension(Extension::extended_key_usage(&[ids::VICAL_SIGNER])))
        });
        Self { chain: vec![leaf, intermediate, root], key }
    }

    /// Returns the root.
    ///
    /// # Panics
    /// Panics if the chain was taken away.
    pub fn root(&self) -> &Certificate {
        self.chain.last().expect("a root")
    }

    /// Trust in this provider's root alone, by its SHA-256.
    pub fn trust(&self) -> VicalTrust {
        VicalTrust::new().with_sha256(self.root().fingerprint())
    }

    /// Returns the signer of the crate `mdoc`.
    pub fn signer(&self) -> VicalSigner {
        VicalSigner::new(self.chain.clone(), self.key.clone())
    }

    /// Returns a list of `iacas` for driving licences, made at `date`, to be followed in 30 days.
    ///
    /// # Panics
    /// Panics if the list cannot be made.
    pub fn list(&self, provider: &str, date: Timestamp, number: u64, iacas: &[&Certificate]) -> Vec<u8> {
        self.signer().issue(&request(provider, date, number, iacas)).expect("a list")
    }

    /// Returns a signed list of any payload.
    pub fn signed(&self, payload: &Value) -> Vec<u8> {
        let payload = encode(payload);
        let chain = self.chain.iter().map(|c| c.as_der().to_vec()).collect();
        let signature = sign_es256(&self.key, &sig_structure(&PROTECTED_ES256, &payload));
        encode(&CoseSign1::es256(chain, Some(payload), signature).to_value())
    }
}

/// What an ordinary list says.
pub fn request<'a>(
    provider: &'a str,
    date: Timestamp,
    number: u64,
    iacas: &[&'a Certificate],
) -> VicalRequest<'a> {
    let entries =
        iacas.iter().map(|certificate| VicalEntryRequest { certificate, doc_types: vec![DOC_TYPE] });
    VicalRequest {
        provider,
        date,
        issue_id: Some(number),
        next_update: Some(date.plus_seconds(30 * DAY)),
        entries: entries.collect(),
    }
}

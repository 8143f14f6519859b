//! Writes a list in two phases, so that an asynchronous key can sign.

use p256::ecdsa::SigningKey;

use super::decode::{MAX_VICAL_CERTIFICATES, UnverifiedVical};
use super::entry::label;
use super::error::{VicalError, VicalIssueError};
use super::signer::{SignerTrusted, VicalTrust};
use crate::verify::trust::Anchor;
use cbor::Timestamp;
use cbor::Value;
use cbor::cose::{CoseSign1, PROTECTED_ES256, sig_structure};
use signature::{RustCrypto, sign_es256};
use x509::Certificate;

/// The content of a list to be issued.
#[derive(Clone, Debug)]
pub struct VicalRequest<'a> {
    /// The provider's name.
    pub provider: &'a str,
    /// When this version is made.
    pub date: Timestamp,
    /// The number of this version.
    pub issue_id: Option<u64>,
    /// When the next version will be made.
    pub next_update: Option<Timestamp>,
    /// The certificates, each with its document types.
    pub entries: Vec<VicalEntryRequest<'a>>,
}

/// One certificate of a list to be issued.
#[derive(Clone, Debug)]
pub struct VicalEntryRequest<'a> {
    /// The IACA certificate.
    pub certificate: &'a Certificate,
    /// The types of documents.
    pub doc_types: Vec<&'a str>,
}

/// A list without its signature.
#[derive(Clone, Debug)]
pub struct PreparedVical {
    chain: Vec<Certificate>,
    payload: Vec<u8>,
    to_be_signed: Vec<u8>,
}

impl PreparedVical {
    /// Writes the payload. `chain` is the signer's, leaf first, up to the root that verifiers pin.
    ///
    /// # Errors
    /// A [`VicalIssueError`] for a list that verifiers would refuse.
    pub fn prepare(request: &VicalRequest<'_>, chain: Vec<Certificate>) -> Result<Self, VicalIssueError> {
        let VicalRequest { date, next_update, entries, .. } = request;
        if next_update.is_some_and(|next| next <= *date) {
            return Err(VicalIssueError::Dates);
        }
        let root = chain.last().ok_or(VicalIssueError::Signer)?.fingerprint();
        let trust = VicalTrust::new().with_sha256(root);
        let _signer =
            SignerTrusted::check(&chain, &trust, *date, &RustCrypto).map_err(|error| match error {
                VicalError::SignerDates => VicalIssueError::Dates,
                _ => VicalIssueError::Signer,
            })?;
        if entries.is_empty() || entries.len() > MAX_VICAL_CERTIFICATES {
            return Err(VicalIssueError::Entries);
        }
        let infos: Result<Vec<_>, _> = entries.iter().map(certificate_info).collect();
        let optional = [
            ("vicalIssueID", request.issue_id.map(Value::Unsigned)),
            ("nextUpdate", next_update.map(Value::tdate)),
        ];
        let required = [
            ("version", Value::text("1.0")),
            ("vicalProvider", Value::text(request.provider)),
            ("date", Value::tdate(*date)),
            ("certificateInfos", Value::Array(infos?)),
        ];
        let optional = optional.into_iter().filter_map(|(key, value)| Some((key, value?)));
        let payload = cbor::encode(&Value::map(required.into_iter().chain(optional)));
        let to_be_signed = sig_structure(&PROTECTED_ES256, &payload);
        Ok(Self { chain, payload, to_be_signed })
    }

    /// Returns the bytes to be signed with ECDSA and SHA-256.
    #[must_use]
    pub fn to_be_signed(&self) -> &[u8] {
        &self.to_be_signed
    }

    /// Adds the raw signature r ‖ s and returns the list's bytes.
    ///
    /// # Errors
    /// [`VicalIssueError::Signer`] if the signature does not verify, [`VicalIssueError::Entries`] if the list is longer than
    /// verifiers accept.
    pub fn complete(&self, signature: &[u8; 64]) -> Result<Vec<u8>, VicalIssueError> {
        let chain: Vec<_> = self.chain.iter().map(|c| c.as_der().to_vec()).collect();
        let message = CoseSign1::es256(chain, Some(self.payload.clone()), *signature);
        let bytes = cbor::encode(&message.to_value());
        let root = self.chain.last().ok_or(VicalIssueError::Signer)?.fingerprint();
        let made = UnverifiedVical::decode(&bytes).map_err(|_| VicalIssueError::Entries)?;
        made.verify(&VicalTrust::new().with_sha256(root), &RustCrypto)
            .map_err(|_| VicalIssueError::Signer)?;
        Ok(bytes)
    }
}

/// A signer's certificates with its private key.
#[derive(Clone)]
pub struct VicalSigner {
    chain: Vec<Certificate>,
    key: SigningKey,
}

impl VicalSigner {
    /// Creates a signer from its chain, leaf first up to the root, and the leaf's key.
    #[must_use]
    pub const fn new(chain: Vec<Certificate>, key: SigningKey) -> Self {
        Self { chain, key }
    }

    /// Issues a list; the signature is deterministic (RFC 6979).
    ///
    /// # Errors
    /// A [`VicalIssueError`]; `Signer` if the key is not that of the certificate.
    pub fn issue(&self, request: &VicalRequest<'_>) -> Result<Vec<u8>, VicalIssueError> {
        let prepared = PreparedVical::prepare(request, self.chain.clone())?;
        prepared.complete(&sign_es256(&self.key, prepared.to_be_signed()))
    }
}

impl core::fmt::Debug for VicalSigner {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        formatter.debug_struct("VicalSigner").finish_non_exhaustive()
    }
}

fn certificate_info(entry: &VicalEntryRequest<'_>) -> Result<Value, VicalIssueError> {
    let certificate = entry.certificate;
    // a certificate that no verifier would trust does not belong in a list
    Anchor::iaca(certificate.clone(), "", "", &RustCrypto).map_err(|_| VicalIssueError::Entries)?;
    let name = certificate.subject();
    let (Some(ski), Some(country), false) = (certificate.ski(), name.country(), entry.doc_types.is_empty())
    else {
        return Err(VicalIssueError::Entries);
    };
    let mut pairs = vec![
        ("certificate", Value::bytes(certificate.as_der())),
        ("serialNumber", Value::tagged(2, Value::bytes(certificate.serial()))),
        ("ski", Value::bytes(ski)),
        ("docType", Value::array(entry.doc_types.iter().map(|doc_type| Value::text(*doc_type)))),
        ("issuingAuthority", Value::text(label(certificate))),
        ("issuingCountry", Value::text(country)),
        ("issuer", Value::bytes(certificate.issuer().raw())),
        ("subject", Value::bytes(name.raw())),
        ("notBefore", Value::tdate(certificate.not_before())),
        ("notAfter", Value::tdate(certificate.not_after())),
    ];
    pairs.extend(name.state_or_province().map(|state| ("stateOrProvinceName", Value::text(state))));
    Ok(Value::map(pairs))
}

//! Proofs: values that only a passed check can create.
//!
//! Each has private fields and no public constructor. A [`crate::verify::presentation::VerifiedPresentation`] is
//! made from one of each kind, so a forgotten check does not compile.

use crate::session::reader_key::ReaderKey;
use crate::session::transcript::SessionTranscript;
use crate::verify::element_times::check_element_times;
use crate::verify::elements::Elements;
use crate::verify::error::VerifyError;
use crate::verify::issuer_context::IssuerContext;
use crate::verify::issuing_place::check_issuing_place;
use crate::verify::revocation::DsRevocation;
use crate::verify::signer_purpose::Signs;
use crate::verify::step;
use crate::verify::trust::{Anchor, TrustAnchors, TrustedSigner};
use crate::verify::trust_error::TrustError;
use crate::verify::vouch::Vouched;
use crate::wire::device_response::{DeviceAuth, Document};
use crate::wire::element_name::ElementName;
use crate::wire::error::ProfileError;
use crate::wire::issuer_signed::IssuerSigned;
use crate::wire::mso::MobileSecurityObject;
use cbor::cose::{CoseError, CoseKey, MacValid};
use cbor::{SignatureNotChecked, Timestamp};
use signature::{SignatureValid, UnverifiedSignature, VerifySignature};
use x509::{Certificate, Deviation};

const ISSUER_NOT_CHECKED: VerifyError =
    VerifyError::IssuerNotChecked(SignatureNotChecked::at(step::ISSUER_SIGNED));
const DEVICE_NOT_CHECKED: VerifyError =
    VerifyError::DeviceNotChecked(SignatureNotChecked::at(step::DEVICE_SIGNED));

/// Returns the signatures that the proofs of a document depend on: the DS certificate's under each anchor that may have
/// issued it, the issuer's, and the device's.
pub(crate) fn signatures(
    document: &Document,
    transcript: &SessionTranscript,
    trust: &TrustAnchors,
) -> Vec<UnverifiedSignature> {
    let received = document.issuer_signed();
    let (issuer_auth, mso) = (received.issuer_auth(), received.mso());
    let mut signatures = Vec::new();
    if let Ok(ds) = document_signer(received) {
        signatures.extend(trust.signatures(&ds));
        let payload = issuer_auth.payload().unwrap_or_default();
        signatures.extend(issuer_auth.unverified(ds.public_key(), payload));
    }
    if let DeviceAuth::Signature(signature) = document.device_signed().device_auth() {
        let payload = document.device_signed().authentication_bytes(transcript, &mso.doc_type);
        signatures.extend(signature.unverified(mso.device_key.public_key(), &payload));
    }
    signatures
}

/// Proof that the DS certificate is issued by a trusted authority, fits the profile and is valid now, and that the
/// MSO's `signed` is within its validity.
#[derive(Clone, Debug)]
pub struct IssuerTrusted {
    ds: Certificate,
    anchor: Anchor,
    vouched: Vouched,
    deviations: Vec<Deviation>,
    strict: bool,
}

impl IssuerTrusted {
    /// Checks the certificate in `x5chain` by the trust anchors at `now`, which is judged before; returns the outcome of its
    /// revocation separately.
    pub(crate) fn check(
        issuer_signed: &IssuerSigned,
        context: &IssuerContext<'_>,
        now: Timestamp,
    ) -> Result<(Self, DsRevocation), VerifyError> {
        let &IssuerContext { trust, signatures, strict, .. } = context;
        let ds = document_signer(issuer_signed)?;
        let doc_type = &issuer_signed.mso().doc_type;
        let signs = if strict { Signs::DocumentStrictly } else { Signs::Document(doc_type) };
        let TrustedSigner { anchor, deviations, revocation } = trust.verify(&ds, signs, now, signatures)?;
        let anchor = anchor.clone();
        let vouched = anchor.vouched(doc_type)?;
        let signed = issuer_signed.mso().validity_info.signed;
        if signed < ds.not_before() || signed > ds.not_after() {
            return Err(VerifyError::MsoSignedOutsideDs);
        }
        Ok((Self { ds, anchor, vouched, deviations, strict }, revocation))
    }

    /// Returns the DS certificate.
    pub const fn ds(&self) -> &Certificate {
        &self.ds
    }

    /// Returns the anchor that issued the DS certificate.
    pub const fn anchor(&self) -> &Anchor {
        &self.anchor
    }

    /// Returns the lists that contain the anchor, and whether one of them is current.
    pub const fn vouched(&self) -> &Vouched {
        &self.vouched
    }

    /// Returns the departures of anchor and DS certificate from Annex B, in this order.
    pub fn deviations(&self) -> &[Deviation] {
        &self.deviations
    }

    /// Whether every departure from Annex B is refused.
    pub(crate) const fn is_strict(&self) -> bool {
        self.strict
    }
}

/// Returns the DS certificate in `x5chain` as received.
fn document_signer(issuer_signed: &IssuerSigned) -> Result<Certificate, VerifyError> {
    let chain = issuer_signed.issuer_auth().require_x5chain();
    let leaf = chain.map_err(ProfileError::Cose)?.first().ok_or(ProfileError::Shape("x5chain"))?;
    Ok(Certificate::decode(leaf).map_err(TrustError::Certificate)?)
}

/// Proof that the trusted DS certificate's key signed the MSO.
#[derive(Clone, Debug)]
pub struct MsoSigned {
    mso: MobileSecurityObject,
    _signature: SignatureValid,
}

impl MsoSigned {
    /// Checks the signature of `issuerAuth` with the trusted certificate's key.
    pub(crate) fn check(
        trusted: &IssuerTrusted,
        issuer_signed: &IssuerSigned,
        by: &dyn VerifySignature,
    ) -> Result<Self, VerifyError> {
        let (signature, _payload) = issuer_signed
            .issuer_auth()
            .verify(trusted.ds.public_key(), by)
            .map_err(|error| signature_error(error, VerifyError::IssuerSignature, ISSUER_NOT_CHECKED))?;
        Ok(Self { mso: issuer_signed.mso().clone(), _signature: signature })
    }

    /// Returns the signed MSO.
    pub const fn mso(&self) -> &MobileSecurityObject {
        &self.mso
    }
}

/// Proof that every shown element has its signed digest, in a document of the MSO's type, and that country and
/// province are the DS certificate's.
#[derive(Clone, Debug)]
pub struct DigestsMatch {
    elements: Elements,
    deviations: Vec<Deviation>,
}

impl DigestsMatch {
    /// Compares the digest of every received element with the signed one.
    pub(crate) fn check(
        trusted: &IssuerTrusted,
        signed: &MsoSigned,
        issuer_signed: &IssuerSigned,
    ) -> Result<Self, VerifyError> {
        let mut elements = Elements::new();
        for (namespace, items) in issuer_signed.name_spaces() {
            let digests = signed.mso.value_digests.get(namespace);
            for item in items {
                let name = || ElementName::new(namespace, item.element_identifier());
                let expected = digests
                    .and_then(|digests| digests.get(&item.digest_id()))
                    .ok_or_else(|| VerifyError::DigestMissing(name()))?;
                if *expected != item.digest(signed.mso.digest_algorithm) {
                    return Err(VerifyError::DigestMismatch(name()));
                }
                let value = item.element_value().clone();
                if elements.insert(namespace, item.element_identifier(), value).is_some() {
                    return Err(ProfileError::DuplicateElement(name()).into());
                }
            }
        }
        if trusted.strict {
            check_element_times(&elements)?;
        }
        let deviations = check_issuing_place(&elements, &trusted.ds, trusted.strict)?;
        Ok(Self { elements, deviations })
    }

    /// Returns the verified elements.
    pub const fn elements(&self) -> &Elements {
        &self.elements
    }

    /// Returns the deviations of the DS certificate that show in its comparison with the elements.
    pub fn deviations(&self) -> &[Deviation] {
        &self.deviations
    }
}

/// Maps a signature that does not verify, or cannot be verified, to the error of its step; a malformed one, or one of
/// another algorithm than its key's, keeps COSE's code.
fn signature_error(error: CoseError, mismatch: VerifyError, not_checked: VerifyError) -> VerifyError {
    match error {
        CoseError::Signature | CoseError::Mac => mismatch,
        CoseError::NotChecked(_) => not_checked,
        other => ProfileError::Cose(other).into(),
    }
}

/// Proof that the device key of the MSO signed this document, of the MSO's docType, for this transcript, and no
/// element that the issuer did not authorise.
#[derive(Clone, Debug)]
pub struct DeviceAuthenticated {
    device_key: CoseKey,
    _authentication: DeviceAuthValid,
}

/// What the device authenticated with.
#[derive(Clone, Copy, Debug)]
enum DeviceAuthValid {
    Signature(SignatureValid),
    Mac(MacValid),
}

impl DeviceAuthenticated {
    /// Checks the device signature, or the device MAC if the verifier has the reader key.
    pub(crate) fn check(
        signed: &MsoSigned,
        document: &Document,
        transcript: &SessionTranscript,
        reader_key: Option<&ReaderKey>,
        by: &dyn VerifySignature,
    ) -> Result<Self, VerifyError> {
        let mso = &signed.mso;
        let device_signed = document.device_signed();
        if document.doc_type() != mso.doc_type {
            return Err(VerifyError::DocType);
        }
        for name in device_signed.elements() {
            let allowed = &mso.key_authorizations;
            if !allowed.allows(&name.namespace, &name.identifier) {
                return Err(VerifyError::DeviceElements(name.clone()));
            }
        }
        let payload = device_signed.authentication_bytes(transcript, &mso.doc_type);
        // The key is that of the signed MSO.
        let authentication = match device_signed.device_auth() {
            DeviceAuth::Signature(signature) => {
                let key = mso.device_key.verifying_key().map_err(|_| ProfileError::DeviceKey)?;
                let valid = signature.verify_detached(key, &payload, by);
                DeviceAuthValid::Signature(valid.map_err(|error| {
                    signature_error(error, VerifyError::DeviceSignature, DEVICE_NOT_CHECKED)
                })?)
            }
            DeviceAuth::Mac(mac) => {
                let key = reader_key
                    .filter(|_| transcript.has_reader_key())
                    .ok_or(VerifyError::DeviceMacUnexpected)?
                    .mac_key(&mso.device_key, transcript)
                    .map_err(|error| signature_error(error, VerifyError::DeviceMac, DEVICE_NOT_CHECKED))?;
                DeviceAuthValid::Mac(
                    mac.verify_detached(&key, &payload).map_err(|error| {
                        signature_error(error, VerifyError::DeviceMac, DEVICE_NOT_CHECKED)
                    })?,
                )
            }
        };
        Ok(Self { device_key: mso.device_key, _authentication: authentication })
    }

    /// Returns the device key.
    pub const fn device_key(&self) -> &CoseKey {
        &self.device_key
    }
}

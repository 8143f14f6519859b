//! Proofs: values that only a passed check can make.
//!
//! Each has private fields and no public constructor. A [`crate::verify::presentation::VerifiedPresentation`] is
//! made from one of each kind, so a check that somebody forgets does not compile.

use crate::session::reader_key::ReaderKey;
use crate::session::transcript::SessionTranscript;
use crate::verify::elements::Elements;
use crate::verify::error::VerifyError;
use crate::verify::revocation::DsRevocation;
use crate::verify::trust::{Anchor, TrustAnchors, TrustError};
use crate::verify::vouch::Vouched;
use crate::wire::device_response::{DeviceAuth, Document};
use crate::wire::element_name::ElementName;
use crate::wire::error::ProfileError;
use crate::wire::issuer_signed::IssuerSigned;
use crate::wire::mso::MobileSecurityObject;
use cbor::Timestamp;
use cbor::cose::{CoseError, CoseKey, MacValid};
use signature::{SignatureValid, UnverifiedSignature, VerifySignature};
use x509::Certificate;

const ISO_NAMESPACE: &str = "org.iso.18013.5.1";

/// The signatures on which the proofs of a document rest, as far as it can be read: the DS certificate's under each anchor
/// that may have issued it, the issuer's, and the device's.
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

/// Proof: the DS certificate comes from a trusted authority, fits the profile, holds now, and the
/// MSO says that it was signed while the DS certificate held.
#[derive(Clone, Debug)]
pub struct IssuerTrusted {
    ds: Certificate,
    anchor: Anchor,
    vouched: Vouched,
}

impl IssuerTrusted {
    /// Checks the certificate in `x5chain` against the trust anchors at `now`; the outcome of its revocation is apart.
    pub(crate) fn check(
        issuer_signed: &IssuerSigned,
        trust: &TrustAnchors,
        now: Timestamp,
        by: &dyn VerifySignature,
    ) -> Result<(Self, DsRevocation), VerifyError> {
        let ds = document_signer(issuer_signed)?;
        let (anchor, revocation) = trust.verify(&ds, now, by)?;
        let anchor = anchor.clone();
        let vouched = anchor.vouched(&issuer_signed.mso().doc_type)?;
        let signed = issuer_signed.mso().validity_info.signed;
        if signed < ds.not_before() || signed > ds.not_after() {
            return Err(VerifyError::MsoSignedOutsideDs);
        }
        Ok((Self { ds, anchor, vouched }, revocation))
    }

    /// The DS certificate.
    pub const fn ds(&self) -> &Certificate {
        &self.ds
    }

    /// Returns the anchor that issued it.
    pub const fn anchor(&self) -> &Anchor {
        &self.anchor
    }

    /// The lists that vouch for it, and whether one of them is current.
    pub const fn vouched(&self) -> &Vouched {
        &self.vouched
    }
}

/// The DS certificate in `x5chain` as received.
fn document_signer(issuer_signed: &IssuerSigned) -> Result<Certificate, VerifyError> {
    let chain = issuer_signed.issuer_auth().require_x5chain();
    let leaf = chain.map_err(ProfileError::Cose)?.first().ok_or(ProfileError::Shape("x5chain"))?;
    Ok(Certificate::decode(leaf).map_err(TrustError::Certificate)?)
}

/// Proof: the trusted DS certificate's key signed the MSO.
#[derive(Clone, Debug)]
pub struct MsoSigned {
    mso: MobileSecurityObject,
    _signature: SignatureValid,
}

impl MsoSigned {
    /// Checks the signature of `issuerAuth` with the proven certificate's key.
    pub(crate) fn check(
        trusted: &IssuerTrusted,
        issuer_signed: &IssuerSigned,
        by: &dyn VerifySignature,
    ) -> Result<Self, VerifyError> {
        let (signature, _payload) = issuer_signed
            .issuer_auth()
            .verify(trusted.ds.public_key(), by)
            .map_err(|error| signature_error(error, VerifyError::IssuerSignature))?;
        Ok(Self { mso: issuer_signed.mso().clone(), _signature: signature })
    }

    /// The signed MSO.
    pub const fn mso(&self) -> &MobileSecurityObject {
        &self.mso
    }
}

/// Proof: every shown element is one that the issuer signed, in this document's type, and the
/// country and province agree with the DS certificate's.
#[derive(Clone, Debug)]
pub struct DigestsMatch {
    elements: Elements,
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
        check_issuing_place(&elements, &trusted.ds)?;
        Ok(Self { elements })
    }

    /// The elements, now proven.
    pub const fn elements(&self) -> &Elements {
        &self.elements
    }
}

/// Where the place of issue is shown, it is the DS certificate's (ISO/IEC 18013-5, 9.3.1).
///
/// A certificate may name its province by the ISO 3166-2 code (`US-AK`) or, as a real authority does, by that code's
/// second part alone (`AK`): its country is compared as well, so that both mean one place.
fn check_issuing_place(elements: &Elements, ds: &Certificate) -> Result<(), VerifyError> {
    if let Some(country) = elements.get(ISO_NAMESPACE, "issuing_country")
        && country.as_text() != ds.subject().country()
    {
        return Err(VerifyError::IssuingCountry);
    }
    if let (Some(shown), Some(state)) =
        (elements.get(ISO_NAMESPACE, "issuing_jurisdiction"), ds.subject().state_or_province())
    {
        let whole = format!("{}-{state}", ds.subject().country().unwrap_or_default());
        if !shown.as_text().is_some_and(|shown| shown == state || shown == whole) {
            return Err(VerifyError::IssuingJurisdiction);
        }
    }
    Ok(())
}

/// A signature that does not match has a code of its own at each step; one that is malformed, or of
/// another algorithm than its key's, keeps COSE's code.
fn signature_error(error: CoseError, mismatch: VerifyError) -> VerifyError {
    match error {
        CoseError::Signature | CoseError::Mac => mismatch,
        other => ProfileError::Cose(other).into(),
    }
}

/// Proof: the device key of the signed MSO signed this document, of the MSO's docType, for this
/// transcript, and signed no element that the issuer did not let it sign.
#[derive(Clone, Debug)]
pub struct DeviceAuthenticated {
    device_key: CoseKey,
    _authentication: DeviceAuthValid,
}

/// Which of the two the device gave.
#[derive(Clone, Copy, Debug)]
enum DeviceAuthValid {
    Signature(SignatureValid),
    Mac(MacValid),
}

impl DeviceAuthenticated {
    /// Checks the device's signature, or its MAC where the verifier has the reader key.
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
        // The key comes from the signed MSO and from nowhere else.
        let authentication = match device_signed.device_auth() {
            DeviceAuth::Signature(signature) => {
                let key = mso.device_key.verifying_key().map_err(|_| ProfileError::DeviceKey)?;
                let valid = signature.verify_detached(key, &payload, by);
                DeviceAuthValid::Signature(
                    valid.map_err(|error| signature_error(error, VerifyError::DeviceSignature))?,
                )
            }
            DeviceAuth::Mac(mac) => {
                let key = reader_key
                    .filter(|_| transcript.has_reader_key())
                    .ok_or(VerifyError::DeviceMacUnexpected)?
                    .mac_key(&mso.device_key, transcript)
                    .map_err(ProfileError::Cose)?;
                DeviceAuthValid::Mac(
                    mac.verify_detached(&key, &payload)
                        .map_err(|error| signature_error(error, VerifyError::DeviceMac))?,
                )
            }
        };
        Ok(Self { device_key: mso.device_key, _authentication: authentication })
    }

    /// The device key.
    pub const fn device_key(&self) -> &CoseKey {
        &self.device_key
    }
}

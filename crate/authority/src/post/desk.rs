//! Who may receive applications: a desk's certificate, verified under the authority's own root for desks.

use cbor::{SignatureNotChecked, Timestamp};
use envelope::sealed::{AgreementKey, DeskOffer};
use signature::{Curve, SignatureError, VerifySignature};
use x509::{Certificate, CertificateError, check_desk, check_reader_authority, is_document_signer};

use super::error::{DeskCertificateError, step};

/// An authority over desks that a wallet trusts, with its name on a screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeskAnchor {
    certificate: Certificate,
    label: String,
}

impl DeskAnchor {
    /// Creates an anchor; `label` is its name for the applicant.
    ///
    /// # Errors
    /// Returns the line of the authority's profile that the certificate breaks.
    pub fn new(certificate: Certificate, label: impl Into<String>) -> Result<Self, CertificateError> {
        let _profile = check_reader_authority(&certificate)?;
        Ok(Self { certificate, label: label.into() })
    }

    /// Returns the authority's certificate.
    #[must_use]
    pub const fn certificate(&self) -> &Certificate {
        &self.certificate
    }
}

/// Every authority over desks that a wallet trusts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeskAnchors(Vec<DeskAnchor>);

impl DeskAnchors {
    /// Creates a set.
    #[must_use]
    pub const fn new(anchors: Vec<DeskAnchor>) -> Self {
        Self(anchors)
    }

    /// Verifies the offer of a desk at `now`: its certificate is issued by one of these authorities, has the profile of a
    /// desk, is valid, and its key is on P-256. Certificates above the desk's own are not needed and not looked at.
    ///
    /// # Errors
    /// A code of [`DeskCertificateError`]; for a document signer's certificate always `desk-document-signer`.
    pub fn verify(
        &self,
        offer: &DeskOffer,
        now: Timestamp,
        by: &dyn VerifySignature,
    ) -> Result<VerifiedDesk, DeskCertificateError> {
        let certificate = Certificate::decode(offer.desk())?;
        if is_document_signer(&certificate) {
            return Err(DeskCertificateError::DocumentSigner);
        }
        let mut reason = DeskCertificateError::Unknown;
        // Of several authorities with one name, such as a renewed one, the first that verifies counts.
        for anchor in self.0.iter().filter(|a| a.certificate.subject().matches(certificate.issuer())) {
            match check_under(&anchor.certificate, &certificate, now, by) {
                Ok(key) => return Ok(VerifiedDesk { key, certificate, label: anchor.label.clone() }),
                Err(error) => reason = error,
            }
        }
        Err(reason)
    }
}

fn check_under(
    authority: &Certificate,
    desk: &Certificate,
    now: Timestamp,
    by: &dyn VerifySignature,
) -> Result<AgreementKey, DeskCertificateError> {
    let signed = desk.verify_signed_by(authority.public_key(), by);
    let _signed = signed.map_err(|error| match error {
        SignatureError::NotChecked => DeskCertificateError::NotChecked(SignatureNotChecked::at(step::DESK)),
        _ => DeskCertificateError::Chain,
    })?;
    let _profile = check_desk(desk, Some(authority))?;
    for certificate in [desk, authority] {
        if now < certificate.not_before() {
            return Err(DeskCertificateError::NotYet { from: certificate.not_before() });
        }
        if certificate.not_after() < now {
            return Err(DeskCertificateError::Expired { until: certificate.not_after() });
        }
    }
    let point =
        Some(desk.public_key()).filter(|key| key.curve() == Curve::P256).and_then(|key| key.to_sec1());
    let key = point.and_then(|point| AgreementKey::from_sec1(&point).ok());
    key.ok_or(DeskCertificateError::Key)
}

/// Proof that a desk's certificate is issued by a trusted authority, fits its profile and was valid at the time; only
/// [`DeskAnchors::verify`] makes it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub struct VerifiedDesk {
    key: AgreementKey,
    certificate: Certificate,
    label: String,
}

impl VerifiedDesk {
    /// Returns the key for which applications are sealed.
    pub const fn key(&self) -> &AgreementKey {
        &self.key
    }

    /// Returns the desk's own name.
    pub fn name(&self) -> &str {
        self.certificate.subject().common_name().unwrap_or_default()
    }

    /// Returns the name of the authority that issued its certificate.
    pub fn authority(&self) -> &str {
        &self.label
    }

    /// Returns the last second of its validity.
    pub const fn until(&self) -> Timestamp {
        self.certificate.not_after()
    }

    /// Returns the certificate.
    pub const fn certificate(&self) -> &Certificate {
        &self.certificate
    }
}

//! What a document signer's certificate may sign, by its extended key usage.

use x509::{
    Certificate, CertificateError, Deviation, DeviationCode, ObjectIdentifier, check_document_signer,
    check_document_signer_strictly, ids,
};

use crate::document_type::{DocumentKind, SIGNER_PURPOSES};

/// What a certificate is verified for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signs<'a> {
    /// A document of this type. Its certificate needs the purpose of mDL document signers (`1.0.18013.5.1.2`) or that of its
    /// own type; a certificate without any purpose is a doubt.
    Document(&'a str),
    /// A document of any type, by a certificate that fits Annex B to the letter.
    DocumentStrictly,
    /// A status list. Its certificate needs the purpose of a document signer or that of status lists; one without any
    /// purpose signs no status list, unless it is pinned.
    StatusList,
}

/// Purposes of status lists' signers. Token Status List names one (`id-kp-oauthStatusSigning`, section 10) and IANA has not
/// published its number; issuers write one of these meanwhile.
const STATUS_LIST: [ObjectIdentifier; 2] = [
    // assigned to BGPsec routers (RFC 8209), which no authority of documents certifies
    ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.30"),
    // not assigned
    ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.127"),
];

impl Signs<'_> {
    pub(crate) const fn is_strict(self) -> bool {
        matches!(self, Self::DocumentStrictly)
    }

    /// Checks the profile of a certificate directly under `iaca`, or of a pinned one; returns its deviations.
    pub(crate) fn check(
        self,
        ds: &Certificate,
        iaca: Option<&Certificate>,
    ) -> Result<Vec<Deviation>, CertificateError> {
        let profile = match self {
            Self::Document(doc_type) => {
                let own = DocumentKind::of(doc_type).map_or(&[][..], DocumentKind::signers);
                check_document_signer(ds, iaca, &[&[ids::MDL_DOCUMENT_SIGNER], own].concat())
            }
            Self::DocumentStrictly => check_document_signer_strictly(ds, iaca),
            Self::StatusList => check_document_signer(ds, iaca, &[SIGNER_PURPOSES, &STATUS_LIST].concat()),
        }?;
        let no_purpose = |deviation: &Deviation| deviation.code == DeviationCode::ExtendedKeyUsageMissing;
        // a pinned one signs the lists of its own documents
        if self == Self::StatusList && iaca.is_some() && profile.deviations().iter().any(no_purpose) {
            return Err(CertificateError::ExtendedKeyUsage);
        }
        Ok(profile.deviations().to_vec())
    }
}

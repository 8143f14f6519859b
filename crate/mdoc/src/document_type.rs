//! The types of documents that are known, and the namespaces of their elements.

use x509::{ObjectIdentifier, ids};

/// The document type of a mobile driving licence (ISO/IEC 18013-5, 7.1).
pub const MDL: &str = "org.iso.18013.5.1.mDL";
/// The document type of the European PID, which is its namespace too (PID rulebook).
pub const PID: &str = "eu.europa.ec.eudi.pid.1";
/// The document type of the European age attestation, which is its namespace too (age verification profile).
pub const EU_AGE: &str = "eu.europa.ec.av.1";
/// The document type of Aadhaar, which is its namespace too.
pub const AADHAAR: &str = "in.gov.uidai.aadhaar.1";

/// The document type of the photo ID of the European Union's reference issuer.
pub const EU_PHOTO_ID: &str = "org.iso.23220.2.photoid.1";
/// Its namespace, which is the type of other issuers' photo IDs.
pub const EU_PHOTO_ID_NAMESPACE: &str = "org.iso.23220.photoid.1";

/// The namespace of ISO/IEC 18013-5, 7.2.
pub const ISO_NAMESPACE: &str = "org.iso.18013.5.1";
/// The namespace of licences of the United States and Canada (AAMVA mDL Implementation Guidelines).
pub const AAMVA_NAMESPACE: &str = "org.iso.18013.5.1.aamva";
/// The namespace of elements that identity documents share (ISO/IEC TS 23220-2).
pub const SHARED_NAMESPACE: &str = "org.iso.23220.1";

/// The purpose of signers of mdocs of any type (ISO/IEC TS 23220-4).
const MDOC: ObjectIdentifier = ids::MDOC_DOCUMENT_SIGNER;
/// The purpose of PIDs' signers (PID rulebook, version 1.4). The reference issuer writes it into its signers of age
/// attestations too.
const PID_SIGNER: ObjectIdentifier = ids::PID_DOCUMENT_SIGNER;

/// What a document is, by its type.
///
/// ```
/// use liangzheng_mdoc::document_type::DocumentKind;
///
/// assert_eq!(DocumentKind::of("org.iso.18013.5.1.mDL"), Some(DocumentKind::DrivingLicence));
/// assert_eq!(DocumentKind::of("org.iso.23220.2.photoid.1"), Some(DocumentKind::PhotoId));
/// assert_eq!(DocumentKind::of("org.example.1"), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DocumentKind {
    /// A mobile driving licence (ISO/IEC 18013-5).
    DrivingLicence,
    /// A photo ID (ISO/IEC TS 23220-4, Annex C).
    PhotoId,
    /// The European PID.
    Pid,
    /// Google Wallet's ID pass.
    IdPass,
    /// The European age attestation.
    EuAge,
    /// Aadhaar.
    Aadhaar,
}

impl DocumentKind {
    /// Every kind.
    pub const ALL: [Self; 6] =
        [Self::DrivingLicence, Self::PhotoId, Self::Pid, Self::IdPass, Self::EuAge, Self::Aadhaar];

    /// Returns what documents of this type are; `None` for an unknown type.
    #[must_use]
    pub fn of(doc_type: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.doc_types().contains(&doc_type))
    }

    /// Returns the document types, of which issuers write one.
    #[must_use]
    pub const fn doc_types(self) -> &'static [&'static str] {
        match self {
            Self::DrivingLicence => &[MDL],
            // The standard is not free, and issuers follow its drafts: Multipaz, state authorities, and the reference issuer
            // of the European Union.
            Self::PhotoId => &["org.iso.23220.photoID.1", "org.iso.23220.photoid.1", EU_PHOTO_ID],
            Self::Pid => &[PID],
            Self::IdPass => &["com.google.wallet.idcard.1"],
            Self::EuAge => &[EU_AGE],
            Self::Aadhaar => &[AADHAAR],
        }
    }

    /// Returns the namespaces of the elements, the most general first. Licences of some countries have one more.
    #[must_use]
    pub const fn namespaces(self) -> &'static [&'static str] {
        match self {
            Self::DrivingLicence => &[ISO_NAMESPACE],
            Self::PhotoId => &[
                SHARED_NAMESPACE,
                "org.iso.23220.photoID.1",
                EU_PHOTO_ID_NAMESPACE,
                // as the reference issuer of the European Union wrote it first
                EU_PHOTO_ID,
            ],
            Self::Pid => &[PID],
            // It has elements of ISO/IEC 18013-5.
            Self::IdPass => &[ISO_NAMESPACE, SHARED_NAMESPACE, "com.google.wallet.idcard.1"],
            Self::EuAge => &[EU_AGE],
            Self::Aadhaar => &[AADHAAR],
        }
    }

    /// Returns the stable text: `driving-licence`, `photo-id`, `pid`, `id-pass`, `eu-age`, `aadhaar`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::DrivingLicence => "driving-licence",
            Self::PhotoId => "photo-id",
            Self::Pid => "pid",
            Self::IdPass => "id-pass",
            Self::EuAge => "eu-age",
            Self::Aadhaar => "aadhaar",
        }
    }

    /// Returns the purposes of document signers beside that of mDL document signers.
    pub(crate) const fn signers(self) -> &'static [ObjectIdentifier] {
        match self {
            Self::PhotoId | Self::IdPass => &[MDOC],
            // The age verification profile refers to ISO/IEC 18013-5 and 23220.
            Self::Pid | Self::EuAge => &[PID_SIGNER, MDOC],
            Self::DrivingLicence | Self::Aadhaar => &[],
        }
    }

    /// Returns the identifier of the element that names the state or province; `issuing_country` names the country.
    pub(crate) const fn state_element(self) -> Option<&'static str> {
        match self {
            // ISO/IEC 18013-5, 7.2.1; PID rulebook
            Self::DrivingLicence | Self::Pid => Some("issuing_jurisdiction"),
            // ISO/IEC TS 23220-2
            Self::PhotoId => Some("issuing_subdivision"),
            // Aadhaar and age attestations name no place; the ID pass has that of a driving licence.
            Self::IdPass | Self::EuAge | Self::Aadhaar => None,
        }
    }
}

/// Every purpose of a document signer.
pub(crate) const SIGNER_PURPOSES: &[ObjectIdentifier] = &[ids::MDL_DOCUMENT_SIGNER, MDOC, PID_SIGNER];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_type_is_of_one_kind_and_signed_for_a_known_purpose() {
        let mut seen: Vec<&str> = Vec::new();
        for kind in DocumentKind::ALL {
            for doc_type in kind.doc_types() {
                assert_eq!(DocumentKind::of(doc_type), Some(kind), "{doc_type}");
                assert!(!seen.contains(doc_type), "{doc_type}");
                seen.push(doc_type);
            }
            assert!(kind.signers().iter().all(|purpose| SIGNER_PURPOSES.contains(purpose)), "{kind:?}");
            assert!(!kind.namespaces().is_empty(), "{kind:?}");
        }
        assert_eq!(DocumentKind::of("org.iso.18013.5.1.mdl"), None);
    }
}

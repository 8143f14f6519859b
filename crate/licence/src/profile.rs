//! Document types, namespaces, and the profile by which a document is read.

use serde::{Deserialize, Serialize};

/// The document type of a mobile driving licence (ISO/IEC 18013-5, 7.1).
pub const DOC_TYPE: &str = "org.iso.18013.5.1.mDL";
/// The namespace of ISO/IEC 18013-5, 7.2.
pub const ISO_NAMESPACE: &str = "org.iso.18013.5.1";
/// This project's namespace for what has no ISO element.
pub const DOMESTIC_NAMESPACE: &str = "org.liangzheng.edl.1.CN";
/// The namespace of licences of the United States and Canada (AAMVA mDL Implementation Guidelines).
pub const AAMVA_NAMESPACE: &str = "org.iso.18013.5.1.aamva";

/// The document types of identity documents: photo ID (ISO/IEC TS 23220-4, annex C, in both spellings that are in use), the
/// European PID, Google's ID pass.
pub const ID_DOC_TYPES: [&str; 4] = [
    "org.iso.23220.photoid.1",
    "org.iso.23220.photoID.1",
    "eu.europa.ec.eudi.pid.1",
    "com.google.wallet.idcard.1",
];
/// The document types that prove an age and nothing else: the European age attestation, Aadhaar.
pub const AGE_DOC_TYPES: [&str; 2] = ["eu.europa.ec.av.1", "in.gov.uidai.aadhaar.1"];

/// The namespaces of identity documents, the most general first. Google's ID pass uses that of ISO/IEC 18013-5.
const ID_NAMESPACES: [&str; 6] = [
    "org.iso.23220.1",
    ISO_NAMESPACE,
    "eu.europa.ec.eudi.pid.1",
    "org.iso.23220.photoid.1",
    "org.iso.23220.photoID.1",
    "com.google.wallet.idcard.1",
];

/// How a document is read, and which facts it can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Profile {
    /// A Chinese driving licence, with [`DOMESTIC_NAMESPACE`].
    #[default]
    Cn,
    /// A driving licence with categories of ISO/IEC 18013-1: Europe, Korea, Australia and others.
    Iso,
    /// A driving licence with [`AAMVA_NAMESPACE`]: classes whose meaning differs from state to state.
    Us,
    /// An identity document, which is no licence.
    Id,
    /// A document that proves an age, and nothing else.
    Age,
}

impl Profile {
    /// Every profile.
    pub const ALL: [Profile; 5] = [Profile::Cn, Profile::Iso, Profile::Us, Profile::Id, Profile::Age];

    /// Returns the profile of a document of this type whose signed MSO has digests in these namespaces; `None` for a type
    /// that is not read.
    ///
    /// Use the namespaces of `valueDigests`, never those of the elements that were disclosed: a holder chooses what is
    /// disclosed, and must not choose how it is judged.
    pub fn of<'a>(doc_type: &str, namespaces: impl IntoIterator<Item = &'a str>) -> Option<Profile> {
        if ID_DOC_TYPES.contains(&doc_type) {
            return Some(Profile::Id);
        }
        if AGE_DOC_TYPES.contains(&doc_type) {
            return Some(Profile::Age);
        }
        if doc_type != DOC_TYPE {
            return None;
        }
        let mut profile = Profile::Iso;
        for namespace in namespaces {
            match namespace {
                DOMESTIC_NAMESPACE => return Some(Profile::Cn),
                AAMVA_NAMESPACE => profile = Profile::Us,
                _ => {}
            }
        }
        Some(profile)
    }

    /// Whether documents of this profile are driving licences.
    pub const fn is_licence(self) -> bool {
        matches!(self, Profile::Cn | Profile::Iso | Profile::Us)
    }

    /// Returns the stable text: `cn`, `iso`, `us`, `id`, `age`.
    pub const fn code(self) -> &'static str {
        match self {
            Profile::Cn => "cn",
            Profile::Iso => "iso",
            Profile::Us => "us",
            Profile::Id => "id",
            Profile::Age => "age",
        }
    }

    /// Returns the namespaces that are read, in the order in which an element is looked up.
    pub const fn namespaces(self) -> &'static [&'static str] {
        match self {
            Profile::Cn => &[ISO_NAMESPACE, DOMESTIC_NAMESPACE],
            Profile::Iso => &[ISO_NAMESPACE],
            Profile::Us => &[ISO_NAMESPACE, AAMVA_NAMESPACE],
            Profile::Id => &ID_NAMESPACES,
            Profile::Age => &AGE_DOC_TYPES,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signed_namespaces_choose_the_profile() {
        let of = |namespaces: &[&str]| Profile::of(DOC_TYPE, namespaces.iter().copied());
        assert_eq!(of(&[ISO_NAMESPACE]), Some(Profile::Iso));
        assert_eq!(of(&[]), Some(Profile::Iso));
        assert_eq!(of(&[ISO_NAMESPACE, AAMVA_NAMESPACE]), Some(Profile::Us));
        assert_eq!(of(&[ISO_NAMESPACE, DOMESTIC_NAMESPACE]), Some(Profile::Cn));
        // The stricter profile, whatever else the document has.
        assert_eq!(of(&[AAMVA_NAMESPACE, DOMESTIC_NAMESPACE]), Some(Profile::Cn));
        assert_eq!(of(&["org.example"]), Some(Profile::Iso));
    }

    #[test]
    fn the_type_of_other_documents_chooses_theirs() {
        for doc_type in ID_DOC_TYPES {
            assert_eq!(Profile::of(doc_type, [DOMESTIC_NAMESPACE]), Some(Profile::Id), "{doc_type}");
        }
        for doc_type in AGE_DOC_TYPES {
            assert_eq!(Profile::of(doc_type, []), Some(Profile::Age), "{doc_type}");
        }
        assert_eq!(Profile::of("org.iso.18013.5.1.mdl", [ISO_NAMESPACE]), None);
        assert_eq!(Profile::of("org.example.1", [ISO_NAMESPACE]), None);
    }
}

//! Document types, namespaces, and the profile by which a document is read.

use serde::{Deserialize, Serialize};

pub use mdoc::document_type::{AAMVA_NAMESPACE, DocumentKind, ISO_NAMESPACE, MDL as DOC_TYPE};

/// This project's namespace for what has no ISO element.
pub const DOMESTIC_NAMESPACE: &str = "org.liangzheng.edl.1.CN";

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
        match DocumentKind::of(doc_type)? {
            DocumentKind::DrivingLicence => {}
            DocumentKind::PhotoId | DocumentKind::Pid | DocumentKind::IdPass => return Some(Profile::Id),
            DocumentKind::EuAge | DocumentKind::Aadhaar => return Some(Profile::Age),
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

    /// Returns the kinds of documents that are read by this profile.
    pub const fn kinds(self) -> &'static [DocumentKind] {
        match self {
            Profile::Cn | Profile::Iso | Profile::Us => &[DocumentKind::DrivingLicence],
            Profile::Id => &[DocumentKind::PhotoId, DocumentKind::Pid, DocumentKind::IdPass],
            Profile::Age => &[DocumentKind::EuAge, DocumentKind::Aadhaar],
        }
    }

    /// Returns the namespaces that are read, in the order in which an element is looked up.
    pub fn namespaces(self) -> impl Iterator<Item = &'static str> {
        let own: &'static [&'static str] = match self {
            Profile::Cn => &[DOMESTIC_NAMESPACE],
            Profile::Us => &[AAMVA_NAMESPACE],
            Profile::Iso | Profile::Id | Profile::Age => &[],
        };
        self.kinds().iter().flat_map(|kind| kind.namespaces()).chain(own).copied()
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
        for profile in [Profile::Id, Profile::Age] {
            for doc_type in profile.kinds().iter().flat_map(|kind| kind.doc_types()) {
                assert_eq!(Profile::of(doc_type, [DOMESTIC_NAMESPACE]), Some(profile), "{doc_type}");
            }
        }
        assert_eq!(Profile::of("org.iso.18013.5.1.mdl", [ISO_NAMESPACE]), None);
        assert_eq!(Profile::of("org.example.1", [ISO_NAMESPACE]), None);
    }

    #[test]
    fn every_form_of_the_photo_id_is_one() {
        for doc_type in ["org.iso.23220.photoID.1", "org.iso.23220.photoid.1", "org.iso.23220.2.photoid.1"] {
            assert_eq!(Profile::of(doc_type, []), Some(Profile::Id), "{doc_type}");
            assert!(Profile::Id.namespaces().any(|namespace| namespace == doc_type), "{doc_type}");
        }
    }
}

//! The interface between the wallet and an issuer.

use authority::application::{Application, Approved, PhotoNeeded, PhotoOnFile, PhotoSubmitted, Record};
use authority::photo::{PhotoSource, RejectReason};
use cbor::cose::CoseKey;

use super::problem::Problem;

/// The two JPEGs of a portrait.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PortraitFiles {
    /// The large one.
    pub(crate) large: Vec<u8>,
    /// The small one.
    pub(crate) small: Vec<u8>,
}

/// A person who can claim a licence.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    /// The issuer's own identifier.
    pub(crate) reference: &'static str,
    /// The name.
    pub(crate) name: String,
    /// The name in Latin letters.
    pub(crate) name_latin: String,
    /// The classes.
    pub(crate) classes: String,
    /// The key of a sentence about the licence.
    pub(crate) story: String,
    /// The path of the photo on file, where there is one.
    pub(crate) photo: Option<String>,
}

/// An issuer of licences into this wallet. It has its own clock and randomness; every refusal is a [`Problem`] with the
/// issuer's code.
pub(crate) trait Issuer: Clone + 'static {
    /// The people who can claim, in the order in which they are offered.
    fn people(&self) -> Vec<Person>;

    /// The person of this reference.
    fn person(&self, reference: &str) -> Option<Person> {
        self.people().into_iter().find(|person| person.reference == reference)
    }

    /// Opens a claim.
    async fn apply(&self, reference: &str) -> Result<Application, Problem>;

    /// The holder confirms the photo on file. Returns the photo too.
    async fn confirm_photo(&self, on_file: PhotoOnFile) -> Result<(Approved, PortraitFiles), Problem>;

    /// Hands in a photo that the holder took or chose.
    async fn submit_photo(
        &self,
        needed: PhotoNeeded,
        portraits: &PortraitFiles,
        source: PhotoSource,
    ) -> Result<PhotoSubmitted, Problem>;

    /// Reviews a photo, where the visitor plays the reviewer: a reason rejects it.
    async fn review(
        &self,
        submitted: PhotoSubmitted,
        rejected: Option<RejectReason>,
    ) -> Result<Application, Problem>;

    /// Issues the licence of a record for this device key, with the facts of now. Returns the credential
    /// (`IssuerSigned`) and the record as it is then.
    async fn issue(
        &self,
        record: &Record,
        portraits: &PortraitFiles,
        device: CoseKey,
    ) -> Result<(Vec<u8>, Record), Problem>;
}

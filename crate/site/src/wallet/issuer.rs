//! The interface between the wallet and an issuer.

use authority::application::{Application, Approved, PhotoNeeded, PhotoOnFile, PhotoSubmitted, Record};
use authority::login::LoginError;
use authority::photo::{PhotoSource, RejectReason};
use cbor::Date;
use cbor::cose::CoseKey;

use super::problem::Problem;
pub(crate) use crate::photograph::PortraitFiles;

/// What a licence shows to who looks at it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Group {
    /// A licence in order.
    Green,
    /// One that some look at more closely.
    Amber,
    /// One with which nobody may drive.
    Red,
    /// A photo is taken first.
    Photo,
    /// It cannot be claimed.
    Refused,
    /// The issuing office's city is not open yet.
    NotOpen,
}

impl Group {
    /// All of them, in the order in which they are offered.
    pub(crate) const ALL: [Self; 6] =
        [Self::Green, Self::Amber, Self::Red, Self::Photo, Self::Refused, Self::NotOpen];

    /// The code, by which texts and styles know it.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Green => "green",
            Self::Amber => "amber",
            Self::Red => "red",
            Self::Photo => "photo",
            Self::Refused => "refused",
            Self::NotOpen => "not-open",
        }
    }
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
    /// What the licence shows, by which people are grouped.
    pub(crate) group: Group,
    /// The city of the issuing office, in Chinese and in Latin letters, and from when it can be claimed there, where that
    /// is to come.
    pub(crate) opens: Option<(&'static str, &'static str, Date)>,
    /// The name of the office that issued the licence.
    pub(crate) office: String,
    /// The path of a drawing of the person, for a trial without a camera.
    pub(crate) drawing: String,
    /// The path of the photo on file, where there is one.
    pub(crate) photo: Option<String>,
}

/// What the issuer has of a licence, which its holder is shown before it is claimed.
#[derive(Clone, Debug)]
pub(crate) struct OnRecord {
    /// Its holder.
    pub(crate) person: Person,
    /// The 证号.
    pub(crate) number: String,
    /// The date of the first licence.
    pub(crate) first_issue: Date,
    /// The last day; none for 长期.
    pub(crate) until: Option<Date>,
    /// The status letters.
    pub(crate) letters: String,
    /// The name of the office in Latin letters.
    pub(crate) office_latin: String,
    /// Why it cannot be claimed now.
    pub(crate) refused: Option<Problem>,
}

/// An issuer of licences into this wallet. It has its own clock and randomness; every refusal is a [`Problem`] with the
/// issuer's code.
pub(crate) trait Issuer: Clone + 'static {
    /// The people who can claim, and those who cannot yet, in the order in which they are offered.
    fn people(&self) -> Vec<Person>;

    /// The person of this reference.
    fn person(&self, reference: &str) -> Option<Person> {
        self.people().into_iter().find(|person| person.reference == reference)
    }

    /// Returns what the issuer has of this person's licence.
    fn on_record(&self, reference: &str) -> Option<OnRecord>;

    /// Finds the licence of a number and a name as they were typed.
    fn log_in(&self, number: &str, name: &str) -> Result<OnRecord, LoginError>;

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

//! What a clerk or an application does, and what follows.

use cbor::Timestamp;
use licence::Letter;
use verdict::Message;

use super::driver::DriverFile;
use super::queue::{ApplicationId, Queued};
use crate::application::{Occasion, Record};
use crate::driver::{Change, Changed};
use crate::journal::{JournalLine, Receipt, Shown};
use crate::photo::{PhotoSource, Portraits, RejectReason, Sha256Digest};
use crate::rollout::IssuingOffice;

/// The photo of an application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceivedPhoto {
    /// The camera or a file.
    pub source: PhotoSource,
    /// The large portrait, JPEG.
    pub large: Vec<u8>,
    /// The small portrait, JPEG.
    pub small: Vec<u8>,
}

impl ReceivedPhoto {
    /// Returns its portraits.
    pub fn portraits(&self) -> Portraits<'_> {
        Portraits { large: &self.large, small: &self.small }
    }

    /// Returns its portraits as they are stored, the large one first.
    pub(super) fn into_bytes(self) -> Vec<PhotoBytes> {
        let bytes = [self.large, self.small];
        bytes.into_iter().map(|bytes| PhotoBytes { sha256: Sha256Digest::of(&bytes), bytes }).collect()
    }
}

/// An application that was opened, and whose signature by the device key was verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// Its id.
    pub id: ApplicationId,
    /// What it is for.
    pub occasion: Occasion,
    /// 证号.
    pub number: String,
    /// 姓名, in Chinese characters.
    pub name: String,
    /// The key that the licence is bound to: a point of P-256, uncompressed.
    pub device_key: [u8; 65],
    /// The key for which the answer is sealed: a point of P-256, uncompressed.
    pub answer_key: [u8; 65],
    /// When it was made.
    pub made_at: Timestamp,
    /// The photo; none where one is on file, or where the one in use stays.
    pub photo: Option<ReceivedPhoto>,
    /// The hash of the licence that is held.
    pub held: Option<Sha256Digest>,
    /// The record of the licence that is held, for a register that accepts it ([`Register::accepts_records`](super::Register)).
    pub record: Option<Record>,
}

/// One step at the desk.
#[derive(Debug, Clone)]
pub enum Action<'a> {
    /// An application arrives.
    Receive(Box<Received>),
    /// The photo of an application is approved.
    Approve {
        /// The application.
        id: ApplicationId,
    },
    /// The photo of an application is rejected.
    Reject {
        /// The application.
        id: ApplicationId,
        /// The reason.
        reason: RejectReason,
        /// What the clerk writes beside it, at most [`NOTE_MAX`](crate::application::NOTE_MAX) characters.
        note: Option<String>,
    },
    /// The clerk takes a decision back.
    Undo {
        /// The application.
        id: ApplicationId,
    },
    /// The answer of an application is made and handed over; again, if it was handed over before.
    Answer {
        /// The application.
        id: ApplicationId,
        /// The photo that [`Desk::photo_wanted`](super::Desk::photo_wanted) names.
        portraits: Option<Portraits<'a>>,
    },
    /// A fact of a driver changes.
    ChangeFacts {
        /// The driver.
        reference: String,
        /// The change.
        change: Change,
    },
    /// The licence is suspended: 暂扣 (D), 扣押 (K) or 扣留 (U).
    Suspend {
        /// The driver.
        reference: String,
        /// The letter.
        letter: Letter,
    },
    /// The suspension is taken back.
    Reinstate {
        /// The driver.
        reference: String,
    },
    /// A driver is at the counter: papers are shown, and what follows is written down with them.
    Counter {
        /// The driver.
        reference: String,
        /// What was shown.
        shown: Vec<Shown>,
        /// What changes by it.
        changes: Vec<Change>,
        /// Whether a claim that was sent to the counter is opened again.
        reopen: bool,
        /// What the clerk writes beside it.
        note: Option<String>,
    },
    /// A driver who was sent to the counter is there: the clerk takes a photo in and approves it. The newest application of the
    /// claim can be answered with the licence then, whether or not it was answered with the way to the counter.
    Photograph {
        /// The driver.
        reference: String,
        /// What was shown; an identity card or a passport is among it.
        shown: Vec<Shown>,
        /// The photo.
        photo: ReceivedPhoto,
        /// What the clerk writes beside it.
        note: Option<String>,
    },
}

/// Bytes that the caller stores under their SHA-256.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhotoBytes {
    /// The SHA-256.
    pub sha256: Sha256Digest,
    /// The JPEG.
    pub bytes: Vec<u8>,
}

/// A licence for a wallet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issued {
    /// The encoded IssuerSigned.
    pub credential: Vec<u8>,
    /// What the wallet keeps beside it.
    pub record: Record,
    /// What a re-claim shows: what is different from the licence before.
    pub changed: Vec<Changed>,
}

/// What an application is answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The licence.
    Issued(Box<Issued>),
    /// The photo was rejected.
    Rejected {
        /// The reason.
        reason: RejectReason,
        /// What the clerk wrote beside it.
        note: Option<String>,
        /// How many photos of this claim were rejected.
        rejections: u8,
    },
    /// Three photos were rejected: the counter must be visited.
    Counter {
        /// The reason of the last rejection.
        reason: Option<RejectReason>,
        /// What the clerk wrote beside it.
        note: Option<String>,
        /// The office.
        office: IssuingOffice,
    },
    /// The application is refused.
    Refused {
        /// The code.
        code: &'static str,
        /// Its sentence with its placeholders.
        message: Message,
        /// The office to contact, where the driver is known.
        office: Option<IssuingOffice>,
    },
}

/// An answer, to be sealed for the wallet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The application.
    pub id: ApplicationId,
    /// The key of the device, by which the wallet knows that it is meant.
    pub device_key: [u8; 65],
    /// The key for which it is sealed.
    pub answer_key: [u8; 65],
    /// The time of the desk.
    pub at: Timestamp,
    /// What is answered.
    pub outcome: Outcome,
    /// The receipt of this step.
    pub receipt: Receipt,
}

/// What follows from a step. The caller stores all of it in one transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effects {
    /// Files of drivers, to be put under their references.
    pub drivers: Vec<DriverFile>,
    /// Applications, to be put under their ids.
    pub queued: Vec<Queued>,
    /// Lines of the journal, to be added under their indexes. One that is there already means that another tab was first: load
    /// the desk again.
    pub journal: Vec<JournalLine>,
    /// Photos to be put under their SHA-256.
    pub photos: Vec<PhotoBytes>,
    /// Photos that are not needed any more.
    pub erased: Vec<Sha256Digest>,
    /// An answer to be sealed and handed over.
    pub answer: Option<Answer>,
    /// Whether the status list is to be published again.
    pub status_changed: bool,
    /// The receipt of this step.
    pub receipt: Receipt,
}

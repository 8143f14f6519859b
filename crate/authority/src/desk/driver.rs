//! A driver at the desk: what is stored of one, and what is shown.

use cbor::{Date, Timestamp};
use licence::Group;
use licence::Standing;
use serde::{Deserialize, Serialize};

use super::queue::ApplicationId;
use crate::application::{Application, Record, Rejection};
use crate::driver::{Basis, Changed, Changes, DriverFacts};
use crate::photo::Sha256Digest;

/// When and why a licence ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ended {
    /// Class, validity or authority changed.
    Changed {
        /// When.
        at: Timestamp,
    },
    /// The letters say that it is gone.
    Gone {
        /// When.
        at: Timestamp,
    },
}

/// The electronic licence that a driver holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldLicence {
    /// What it is refreshed and replaced from.
    pub record: Record,
    /// Its entry in the status list.
    pub entry: u64,
    /// SHA-256 of the device key (uncompressed point); `None` for a licence that another issuer made.
    #[serde(default)]
    pub device_key_sha256: Option<Sha256Digest>,
    /// The application that it answers; `None` for a licence that another issuer made.
    #[serde(default)]
    pub application: Option<ApplicationId>,
    /// When it was issued last.
    pub issued_at: Timestamp,
    /// What it was issued on.
    pub basis: Basis,
    /// Whether it ended.
    #[serde(default)]
    pub ended: Option<Ended>,
}

/// What is stored of a driver: what the desk knows beside the register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DriverFile {
    /// The register's reference.
    pub reference: String,
    /// What the desk changed.
    #[serde(default)]
    pub changes: Changes,
    /// The licence.
    #[serde(default)]
    pub licence: Option<HeldLicence>,
    /// An open claim whose photo was rejected: rejections are counted here, whatever a wallet says.
    #[serde(default)]
    pub claim: Option<Application>,
    /// The day on which a photo of the driver's own was approved last: another claim does not begin the six months anew.
    #[serde(default)]
    pub own_photo_on: Option<Date>,
    /// The entries of licences that ended, for good.
    #[serde(default)]
    pub ended: Vec<u64>,
    /// The day since which licences of another issuer have ended, those that it makes later too: it does not know what changed.
    #[serde(default)]
    pub elsewhere_ended: Option<Date>,
}

impl DriverFile {
    /// Creates a file in which nothing is written.
    pub fn new(reference: impl Into<String>) -> Self {
        Self {
            reference: reference.into(),
            changes: Changes::default(),
            licence: None,
            claim: None,
            own_photo_on: None,
            ended: Vec::new(),
            elsewhere_ended: None,
        }
    }

    /// Returns the licence that has not ended.
    pub fn serving(&self) -> Option<&HeldLicence> {
        self.licence.as_ref().filter(|licence| licence.ended.is_none())
    }
}

/// The state of the electronic licence of a driver.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LicenceState {
    /// None is known here.
    None,
    /// In the list as valid.
    Serving,
    /// In the list as suspended.
    Suspended,
    /// In the list as invalid.
    Ended,
}

/// A driver as the desk shows one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Driver {
    /// The register's reference.
    pub reference: String,
    /// The facts, with what the desk changed.
    pub facts: DriverFacts,
    /// Whether the register has a photo of the driver.
    pub photo_on_file: bool,
    /// What the desk changed.
    pub changes: Changes,
    /// The licence.
    pub licence: Option<HeldLicence>,
    /// Its state.
    pub state: LicenceState,
    /// What a re-claim will show: what is different from the licence.
    pub changed: Vec<Changed>,
    /// The rejections of the open claim.
    pub rejections: Vec<Rejection>,
    /// Whether the driver was sent to the counter.
    pub at_counter: bool,
}

impl Driver {
    /// Puts a driver together.
    pub(super) fn new(file: &DriverFile, facts: DriverFacts, photo_on_file: bool, day: Date) -> Self {
        let licence = file.licence.clone();
        let gone = matches!(facts.letters.standing(), Standing::Known(Group::Gone));
        let state = match &licence {
            None => LicenceState::None,
            Some(held) if held.ended.is_some() || gone => LicenceState::Ended,
            Some(_) if facts.letters.may_be_claimed(facts.extension_lasts(day)) => LicenceState::Serving,
            Some(_) => LicenceState::Suspended,
        };
        let changed = licence.as_ref().map(|held| held.basis.changed(&facts.basis())).unwrap_or_default();
        Self {
            reference: file.reference.clone(),
            photo_on_file,
            changes: file.changes.clone(),
            licence,
            state,
            changed,
            rejections: file.claim.as_ref().map(|claim| claim.rejections().to_vec()).unwrap_or_default(),
            at_counter: matches!(file.claim, Some(Application::AtCounter(_))),
            facts,
        }
    }
}

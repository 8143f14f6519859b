//! What a desk asks of the authority behind it: people, photos on file, entries and the signer.

use std::collections::BTreeMap;

use cbor::cose::CoseKey;
use cbor::{Date, Timestamp};
use licence::LicenceFacts;
use mdoc::status_list::Status;

use crate::driver::DriverFacts;
use crate::error::IssueError;
use crate::photo::Sha256Digest;

/// A photo that the register has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnFile {
    /// SHA-256 of the large portrait.
    pub large_sha256: Sha256Digest,
    /// Where the caller finds the large portrait.
    pub address: String,
    /// The small portrait.
    pub small: Vec<u8>,
}

/// The authority's register of drivers, its status list and its signer.
pub trait Register {
    /// Returns the name of the desk's journal.
    fn origin(&self) -> &str;

    /// Returns the references of all drivers, in the order of the register.
    fn references(&self) -> Vec<String>;

    /// Returns the facts of a driver as of `now`; `claimed_on` is the day of the claim of the licence that is held.
    fn facts(&self, reference: &str, claimed_on: Option<Date>, now: Timestamp) -> Option<DriverFacts>;

    /// Returns the day that a claim of `now` has in its record: today, unless the register counts otherwise.
    fn claim_day(&self, reference: &str, now: Timestamp) -> Date;

    /// Returns the photo of a driver; `None` if there is none.
    fn photo_on_file(&self, reference: &str) -> Option<OnFile>;

    /// Whether licences are known that no desk issued: then the record that a wallet sends says which. Never where a wallet is
    /// not trusted with that.
    fn accepts_records(&self) -> bool;

    /// Returns the entry that another issuer gives a licence of this day.
    fn entry_elsewhere(&self, reference: &str, claimed_on: Date) -> Option<u64>;

    /// Returns the entries that licences of another issuer can have that were claimed until a day.
    fn entries_elsewhere(&self, reference: &str, until: Date) -> Vec<u64>;

    /// Returns a free entry for a new licence; `None` if the list is full.
    fn take_entry(
        &self,
        reference: &str,
        claimed_on: Date,
        taken: &dyn Fn(u64) -> bool,
        random: &mut dyn FnMut(&mut [u8]),
    ) -> Option<u64>;

    /// Signs a licence.
    ///
    /// # Errors
    /// Fails if the facts do not make a licence, or the signer's certificate is not valid today.
    fn issue(
        &self,
        facts: &LicenceFacts,
        entry: u64,
        device_key: CoseKey,
        now: Timestamp,
        random: &mut dyn FnMut(&mut [u8]),
    ) -> Result<Vec<u8>, IssueError>;

    /// Signs the status list: `set` has the entries that the desk decides about; the others are as without a desk.
    ///
    /// # Errors
    /// Fails if the signer's certificate is not valid today.
    fn sign_list(&self, set: &BTreeMap<u64, Status>, now: Timestamp) -> Result<Vec<u8>, IssueError>;
}

//! The trust lists that contain an anchor, their document types, and whether they are current.

use crate::verify::outcome::{Outcome, Reason};
use cbor::Timestamp;

/// An anchor's entry on one list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Voucher {
    list: String,
    /// The types of documents; `None` for all.
    doc_types: Option<Vec<String>>,
    /// Why the list is not current.
    doubt: Option<Reason>,
    /// When the list was made, if it says so.
    date: Option<Timestamp>,
    /// Since when its next version has been due, if it has.
    due: Option<Timestamp>,
}

/// The lists that trust an issuer for one document type, and their age.
///
/// If any list is current, only current ones are named. Otherwise all are named, and the age is undetermined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vouched {
    lists: Vec<String>,
    age: Outcome,
    due: Option<Timestamp>,
}

impl Voucher {
    /// A current list for all document types.
    pub(crate) const fn new(list: String) -> Self {
        Self { list, doc_types: None, doubt: None, date: None, due: None }
    }

    pub(crate) fn restrict(&mut self, doc_types: &[String]) {
        self.doc_types = Some(doc_types.to_vec());
    }

    pub(crate) const fn doubt(&mut self, reason: &Reason) {
        self.doubt = Some(*reason);
    }

    pub(crate) const fn set_date(&mut self, date: Timestamp) {
        self.date = Some(date);
    }

    pub(crate) const fn set_due(&mut self, since: Timestamp) {
        self.due = Some(since);
    }

    /// Returns when the list was made, if it says so.
    pub(crate) const fn date(&self) -> Option<Timestamp> {
        self.date
    }

    /// Returns the list's name.
    pub(crate) fn list(&self) -> &str {
        &self.list
    }

    fn covers(&self, doc_type: &str) -> bool {
        self.doc_types.as_ref().is_none_or(|types| types.iter().any(|t| t == doc_type))
    }
}

impl Vouched {
    /// Returns the lists for this document type; `None` if there is none.
    pub(crate) fn of(vouchers: &[Voucher], doc_type: &str) -> Option<Self> {
        let covering = || vouchers.iter().filter(|v| v.covers(doc_type));
        let doubt = covering().map(|v| v.doubt).min_by_key(Option::is_some)?;
        let mut lists: Vec<String> = Vec::new();
        let named = || covering().filter(|v| v.doubt.is_some() == doubt.is_some());
        // a list whose next version is not due needs no other
        let due = named().map(|v| v.due).min().flatten();
        for voucher in named() {
            if !lists.contains(&voucher.list) {
                lists.push(voucher.list.clone());
            }
        }
        Some(Self { lists, age: doubt.map_or(Outcome::Pass, Outcome::Undetermined), due })
    }

    /// Returns the names of the lists.
    #[must_use]
    pub fn lists(&self) -> &[String] {
        &self.lists
    }

    /// Returns since when the next version of each of them has been due, the earliest time; `None` if one of them is not due.
    #[must_use]
    pub const fn due(&self) -> Option<Timestamp> {
        self.due
    }

    /// A pass if one of them is current; otherwise undetermined, with the reason of the first.
    #[must_use]
    pub const fn age(&self) -> &Outcome {
        &self.age
    }
}

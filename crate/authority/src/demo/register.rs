//! The demo people as a register for a desk.

use std::collections::BTreeMap;

use cbor::cose::CoseKey;
use cbor::{Date, Timestamp};
use licence::{LicenceFacts, shanghai_day};
use mdoc::status_list::{Status, StatusListInfo};

use super::people::{DemoPerson, PEOPLE};
use super::status::{self, STATUS_LIST_URI};
use super::{certificates, facts, portraits};
use crate::desk::{OnFile, Register};
use crate::driver::DriverFacts;
use crate::error::IssueError;
use crate::issuer;
use crate::photo::Portraits;
use crate::rollout;

/// Most tries for a free entry.
const TRIES: usize = 1000;

/// The demo people at any moment of the calendar.
///
/// The built-in issuer of a demo page issues without a desk, so that a wallet's record is accepted here as the word of that
/// issuer; where a wallet is not trusted, a register must not do that.
#[derive(Debug, Clone, Copy, Default)]
pub struct DemoRegister(());

impl DemoRegister {
    /// Creates it.
    pub const fn new() -> Self {
        Self(())
    }
}

fn person(reference: &str) -> Option<&'static DemoPerson> {
    PEOPLE.iter().find(|person| person.id == reference)
}

/// The day on which the story of a person begins who is looked at `now`: today, or some days ago, so that later events have
/// happened; not before the roll-out reached the city, if it has.
pub(super) fn story_day(person: &DemoPerson, now: Timestamp) -> Date {
    let today = shanghai_day(now);
    let first = rollout::claimable_from(&person.office.issuing_office());
    today.plus_days(-person.claimed_days_ago).max(first).min(today)
}

impl Register for DemoRegister {
    fn origin(&self) -> &str {
        "desk.demo.liangzheng.invalid"
    }

    fn references(&self) -> Vec<String> {
        PEOPLE.iter().map(|person| person.id.to_owned()).collect()
    }

    fn facts(&self, reference: &str, claimed_on: Option<Date>, now: Timestamp) -> Option<DriverFacts> {
        let person = person(reference)?;
        let claimed_on = claimed_on.unwrap_or_else(|| story_day(person, now));
        let facts = facts::facts(person, claimed_on, Portraits { large: &[], small: &[] }, now);
        Some(DriverFacts::of(facts, person.office.issuing_office()))
    }

    fn claim_day(&self, reference: &str, now: Timestamp) -> Date {
        person(reference).map_or_else(|| shanghai_day(now), |person| story_day(person, now))
    }

    fn photo_on_file(&self, reference: &str) -> Option<OnFile> {
        let person = person(reference).filter(|person| person.photo_on_file)?;
        Some(OnFile {
            large_sha256: portraits::large_sha256(person.id)?,
            address: person.portrait_path(),
            small: portraits::small(person.id)?.to_vec(),
        })
    }

    fn accepts_records(&self) -> bool {
        true
    }

    fn entry_elsewhere(&self, reference: &str, claimed_on: Date) -> Option<u64> {
        Some(status::reference(person(reference)?, claimed_on).idx)
    }

    fn entries_elsewhere(&self, reference: &str, until: Date) -> Vec<u64> {
        person(reference).map(|person| status::entries(person, until)).unwrap_or_default()
    }

    fn take_entry(
        &self,
        reference: &str,
        claimed_on: Date,
        taken: &dyn Fn(u64) -> bool,
        random: &mut dyn FnMut(&mut [u8]),
    ) -> Option<u64> {
        // The one that the built-in issuer would give, so that both lists agree.
        if let Some(own) = self.entry_elsewhere(reference, claimed_on).filter(|entry| !taken(*entry)) {
            return Some(own);
        }
        (0..TRIES).find_map(|_| {
            let mut bytes = [0; 8];
            random(&mut bytes);
            Some(status::spare(u64::from_be_bytes(bytes))).filter(|entry| !taken(*entry))
        })
    }

    fn issue(
        &self,
        facts: &LicenceFacts,
        entry: u64,
        device_key: CoseKey,
        now: Timestamp,
        random: &mut dyn FnMut(&mut [u8]),
    ) -> Result<Vec<u8>, IssueError> {
        let signer = certificates::signer(now)?;
        let entry = StatusListInfo::new(entry, STATUS_LIST_URI);
        issuer::issue_listed(&signer, facts, Some(&entry), device_key, now, random)
    }

    fn sign_list(&self, set: &BTreeMap<u64, Status>, now: Timestamp) -> Result<Vec<u8>, IssueError> {
        status::sign(now, now, set)
    }
}

//! The demo's status list: made for the day on which it is asked for, so that the demo never expires.
//!
//! Nothing is stored, so an entry is a function of the person and of the day of the claim: whoever claims the same person
//! on the same day has the same entry, and a refresh keeps it. The others on the list are invented.

use std::collections::BTreeMap;

use cbor::{Date, Timestamp};
use licence::{SHANGHAI_OFFSET_SECONDS, shanghai_day};
use mdoc::status_list::{Bits, Status, StatusListBuilder, StatusListClaims, StatusListInfo};

use super::people::{DemoPerson, PEOPLE};
use super::{certificates, facts};
use crate::error::IssueError;

/// The name of the list. Nothing is published there: `.invalid` never resolves.
pub const STATUS_LIST_URI: &str = "https://liangzheng.invalid/status/1";

/// 2^20 entries, as a nation's lists would have.
const INDEX_BITS: u32 = 20;
const ENTRIES: u32 = 1 << INDEX_BITS;
/// Days of claims for each person: more than the authority's 20 years.
const CLAIM_DAYS: u32 = 8192;
/// Claims before this day have the entry of a later one.
const FIRST_CLAIM: (i32, u8, u8) = (2025, 1, 1);
const DAY: i64 = 86_400;
/// Lifetime of the list: the week for which an insurer accepts it, and a day.
const SERVES_DAYS: u32 = 7;
/// Of a thousand invented entries: how many are invalid, and suspended.
const OTHERS_GONE: u32 = 9;
const OTHERS_SUSPENDED: u32 = 3;

/// The entry of a licence that was claimed on a day.
pub(super) fn reference(person: &DemoPerson, claimed_on: Date) -> StatusListInfo {
    let place = block(person) + claim_day(claimed_on);
    StatusListInfo::new(scatter(place).into(), STATUS_LIST_URI)
}

/// Returns the entries of every licence of a person that was claimed until a day.
pub(super) fn entries(person: &DemoPerson, until: Date) -> Vec<u64> {
    let first = block(person);
    (0..=claim_day(until)).map(|day| scatter(first + day).into()).collect()
}

/// Returns an entry that no licence of the built-in issuer has, of one of the invented ones.
pub(super) fn spare(number: u64) -> u64 {
    let first = u32::try_from(PEOPLE.len()).unwrap_or_default() * CLAIM_DAYS;
    let free = ENTRIES.saturating_sub(first).max(1);
    let place = first + u32::try_from(number % u64::from(free)).unwrap_or_default();
    scatter(place).into()
}

/// The first place of a person.
fn block(person: &DemoPerson) -> u32 {
    let place = PEOPLE.iter().position(|other| other.id == person.id).unwrap_or_default();
    u32::try_from(place).unwrap_or_default() * CLAIM_DAYS
}

/// Returns the signed list for the day of `now`; the bytes are the same all day.
pub(super) fn list(now: Timestamp) -> Result<Vec<u8>, IssueError> {
    sign(now, shanghai_day(now).start_at(SHANGHAI_OFFSET_SECONDS), &BTreeMap::new())
}

/// As [`list`], made `issued_at`, with entries that a desk decides about.
pub(super) fn sign(
    now: Timestamp,
    issued_at: Timestamp,
    decided: &BTreeMap<u64, Status>,
) -> Result<Vec<u8>, IssueError> {
    let signer = certificates::signer(now)?;
    let today = shanghai_day(now);
    let mut list = StatusListBuilder::new(Bits::Two, ENTRIES.into()).map_err(|_| IssueError::Signing)?;
    let mut set = |place: u32, status: Status| {
        let index = scatter(place).into();
        match decided.get(&index).copied().unwrap_or(status) {
            Status::Valid => Ok(()),
            status => list.set(index, status).map_err(|_| IssueError::Signing),
        }
    };
    let mut first_free = 0;
    for (person, first) in PEOPLE.iter().zip((0..).step_by(CLAIM_DAYS as usize)) {
        for day in 0..=claim_day(today) {
            let claimed_on = first_claim().plus_days(i32::try_from(day).unwrap_or_default());
            let (letters, until) = facts::status(person, claimed_on, today);
            let lasts = until.is_none_or(|until| today <= until);
            set(first + day, letters.list_status(lasts).unwrap_or(Status::Suspended))?;
        }
        first_free = first + CLAIM_DAYS;
    }
    for place in first_free..ENTRIES {
        match mix(place) % 1000 {
            chance if chance < OTHERS_GONE => set(place, Status::Invalid)?,
            chance if chance < OTHERS_GONE + OTHERS_SUSPENDED => set(place, Status::Suspended)?,
            _ => set(place, Status::Valid)?,
        }
    }
    let claims = StatusListClaims {
        uri: STATUS_LIST_URI.into(),
        issued_at,
        expires: Some(issued_at.plus_seconds(i64::from(SERVES_DAYS + 1) * DAY)),
        time_to_live: Some(SERVES_DAYS * 86_400),
        aggregation_uri: None,
    };
    list.sign(&claims, &signer).map_err(|_| IssueError::Signing)
}

fn first_claim() -> Date {
    let (year, month, day) = FIRST_CLAIM;
    Date::new(year, month, day).unwrap_or_else(|| Date::from_days(0))
}

fn claim_day(claimed_on: Date) -> u32 {
    let days = claimed_on.days().saturating_sub(first_claim().days());
    u32::try_from(days).unwrap_or_default().min(CLAIM_DAYS - 1)
}

/// Maps places to indexes by a permutation, so that licences of one day are far apart.
const fn scatter(place: u32) -> u32 {
    const MASK: u32 = ENTRIES - 1;
    // Odd factors and shifted sums are invertible, so this is a permutation.
    let mut index = place & MASK;
    index = index.wrapping_mul(0x9_e375) & MASK;
    index ^= index >> 11;
    index = index.wrapping_mul(0x5_bd1f) & MASK;
    index ^= index >> 9;
    index = index.wrapping_mul(0xa_35a7) & MASK;
    index ^ (index >> 10)
}

/// Returns a pseudo-random number, different for each place.
const fn mix(place: u32) -> u32 {
    let mut number = place.wrapping_mul(0x9e37_79b1);
    number ^= number >> 15;
    number = number.wrapping_mul(0x85eb_ca6b);
    number ^ (number >> 13)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_places_have_one_index() {
        let mut seen = vec![false; ENTRIES as usize];
        for place in 0..ENTRIES {
            let index = scatter(place) as usize;
            assert!(!std::mem::replace(&mut seen[index], true), "{place}");
        }
    }

    #[test]
    fn claims_of_neighbouring_days_lie_far_apart() {
        let index = |day| reference(&PEOPLE[0], Date::parse(day).unwrap()).idx;
        assert!(index("2026-11-22").abs_diff(index("2026-11-23")) > 1000);
        assert_ne!(index("2026-11-22"), reference(&PEOPLE[1], Date::parse("2026-11-22").unwrap()).idx);
        assert_eq!(index("2020-01-01"), index("2025-01-01"));
    }
}

//! The status lists of the worker: those that the page sent, and in a demo build the demo's list of the day.

use std::cell::RefCell;
use std::rc::Rc;

use ::trust::status;
use cbor::{Date, Timestamp};
use licence::shanghai_day;
use mdoc::TrustAnchors;
use mdoc::status_list::{StatusLists, UnverifiedStatusList, VerifiedStatusList};
use signature::RustCrypto;

use crate::composition;

/// The status lists that the page sent, and what of them was verified for the day.
#[derive(Default)]
pub(super) struct HeldLists(RefCell<Held>);

#[derive(Default)]
struct Held {
    /// As received; nothing of it is proven.
    received: Vec<UnverifiedStatusList>,
    /// Those that were verified, on which day and by which trust.
    verified: Option<(Date, TrustAnchors, Rc<Lists>)>,
}

/// Verified lists, and the moment before which the true time cannot be.
#[derive(Default)]
pub(super) struct Lists {
    /// The lists.
    pub(super) lists: StatusLists,
    /// When the newest imported list was made.
    pub(super) newest: Option<Timestamp>,
}

impl HeldLists {
    /// Replaces the lists by these, as they were received.
    pub(super) fn set(&self, tokens: impl Iterator<Item = Vec<u8>>) {
        // what cannot be read was not taken by the page either
        let received = tokens.filter_map(|token| UnverifiedStatusList::decode(&token).ok());
        *self.0.borrow_mut() = Held { received: received.collect(), verified: None };
    }

    /// Verifies the lists for this day (seconds since 1970), so that the first verdict does not wait for it.
    pub(super) fn prepare(&self, now: f64) {
        #[allow(clippy::cast_possible_truncation, reason = "a float of seconds saturates")]
        let _ready = self.on(Timestamp::from_unix(now as i64), &composition::trust());
    }

    /// The lists of the day of `now`, verified by this trust; once a day.
    pub(super) fn on(&self, now: Timestamp, trust: &TrustAnchors) -> Rc<Lists> {
        let day = shanghai_day(now);
        let mut held = self.0.borrow_mut();
        match &held.verified {
            Some((verified, by, lists)) if *verified == day && by == trust => lists.clone(),
            _ => {
                let lists = Rc::new(verify_all(&held.received, trust, now));
                held.verified = Some((day, trust.clone(), lists.clone()));
                lists
            }
        }
    }
}

fn verify_all(received: &[UnverifiedStatusList], trust: &TrustAnchors, now: Timestamp) -> Lists {
    let lists = status::at_hand(received, trust, now, &RustCrypto);
    let mut all = Lists { newest: lists.newest(), lists };
    // One that the authority's desk published is imported in place of the one that this build makes.
    if !received.iter().any(|list| is_own(list.claimed_uri()))
        && let Some(list) = own(trust, now)
    {
        let _ = all.lists.insert(list);
    }
    all
}

/// Whether this build makes the list of this name itself.
pub(crate) fn is_own(uri: &str) -> bool {
    composition::is_own_status_list(uri)
}

/// The list that this build makes itself for the day, verified like any other.
pub(crate) fn own(trust: &TrustAnchors, now: Timestamp) -> Option<VerifiedStatusList> {
    status::read(&composition::status_list(now)?, trust, now, &RustCrypto).ok()
}

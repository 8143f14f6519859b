//! The status lists of the worker: those that the page sent, and in a demo build the demo's list of the day.

use std::cell::RefCell;
use std::rc::Rc;

use ::trust::status;
use cbor::{Date, Timestamp};
use licence::shanghai_day;
use mdoc::TrustAnchors;
use mdoc::status_list::{StatusLists, UnverifiedStatusList, VerifiedStatusList};
use signature::RustCrypto;
use wasm_bindgen::prelude::*;

use crate::composition;

#[derive(Default)]
struct AtHand {
    /// As received; nothing of it is proven.
    handed: Vec<UnverifiedStatusList>,
    /// What of it was verified, on which day and by which trust.
    verified: Option<(Date, TrustAnchors, Rc<Lists>)>,
}

/// Verified lists, and the moment before which the true time cannot be.
#[derive(Default)]
pub(crate) struct Lists {
    /// The lists.
    pub(crate) lists: StatusLists,
    /// When the newest imported list was made.
    pub(crate) newest: Option<Timestamp>,
}

thread_local! {
    static AT_HAND: RefCell<AtHand> = RefCell::default();
}

/// Takes these lists, as they were received, in the place of all that were handed over before.
#[wasm_bindgen]
pub fn set_status_lists(tokens: Vec<js_sys::Uint8Array>) {
    set(tokens.iter().map(js_sys::Uint8Array::to_vec));
}

/// As [`set_status_lists`].
pub(super) fn set(tokens: impl Iterator<Item = Vec<u8>>) {
    // what cannot be read was not taken by the page either
    let handed = tokens.filter_map(|token| UnverifiedStatusList::decode(&token).ok());
    AT_HAND.with_borrow_mut(|at_hand| *at_hand = AtHand { handed: handed.collect(), verified: None });
}

/// Has the lists of this day (seconds since 1970) ready, so that the first verdict does not wait for them.
pub(super) fn prepare(now: f64) {
    #[allow(clippy::cast_possible_truncation, reason = "a float of seconds saturates")]
    let _ready = on(Timestamp::from_unix(now as i64), &composition::trust());
}

/// The lists of the day of `now`, verified on it by this trust; whoever asks again the same day has them at once.
pub(crate) fn on(now: Timestamp, trust: &TrustAnchors) -> Rc<Lists> {
    let day = shanghai_day(now);
    AT_HAND.with_borrow_mut(|at_hand| match &at_hand.verified {
        Some((verified, by, lists)) if *verified == day && by == trust => lists.clone(),
        _ => {
            let lists = Rc::new(verify_all(&at_hand.handed, trust, now));
            at_hand.verified = Some((day, trust.clone(), lists.clone()));
            lists
        }
    })
}

fn verify_all(handed: &[UnverifiedStatusList], trust: &TrustAnchors, now: Timestamp) -> Lists {
    let lists =
        status::at_hand(handed.iter().filter(|list| !is_own(list.claimed_uri())), trust, now, &RustCrypto);
    let mut all = Lists { newest: lists.newest(), lists };
    if let Some(list) = own(trust, now) {
        let _ = all.lists.insert(list);
    }
    all
}

/// Whether this build makes the list of this name itself.
pub(crate) fn is_own(uri: &str) -> bool {
    composition::is_own_status_list(uri)
}

/// The list that this build makes itself for the day, verified like any other.
fn own(trust: &TrustAnchors, now: Timestamp) -> Option<VerifiedStatusList> {
    status::read(&composition::status_list(now)?, trust, now, &RustCrypto).ok()
}

//! The transitions as data: each is made from the function that carries it out, so that its states are those of the signature.

use cbor::{Date, Timestamp};

use super::{
    Applicant, Approved, AtCounter, Opened, PhotoNeeded, PhotoOnFile, PhotoSubmitted, Record, Rejected,
};
use crate::photo::{PhotoSource, Portraits, RejectReason};
use crate::rollout::Rollout;

/// A state of a claim.
pub trait State {
    /// Its name.
    const NAME: &'static str;
    /// What it means.
    const MEANS: &'static str;
}

/// What a transition leads to.
pub trait Leads {
    /// Returns the names of the states.
    fn states() -> Vec<&'static str>;
}

macro_rules! states {
    ($($state:ident => $means:literal;)*) => {
        $(
            impl State for $state {
                const NAME: &'static str = stringify!($state);
                const MEANS: &'static str = $means;
            }

            impl Leads for $state {
                fn states() -> Vec<&'static str> {
                    vec![$state::NAME]
                }
            }
        )*

        /// Every state with what it means, in the order of the way.
        pub const STATES: &[(&str, &str)] = &[$(($state::NAME, $state::MEANS)),*];
    };
}

states! {
    Applicant => "A person who asks for the licence.";
    PhotoOnFile => "A photo is on file; the driver confirms it.";
    PhotoNeeded => "A photo is taken or chosen.";
    PhotoSubmitted => "A photo waits for its review.";
    AtCounter => "Three photos were rejected; the driver visits the counter.";
    Approved => "The licence can be issued.";
    Record => "The licence is held; this is what it is refreshed and replaced from.";
}

impl<T: State> State for &T {
    const NAME: &'static str = T::NAME;
    const MEANS: &'static str = T::MEANS;
}

impl Leads for Opened {
    fn states() -> Vec<&'static str> {
        vec![PhotoOnFile::NAME, PhotoNeeded::NAME]
    }
}

impl Leads for Rejected {
    fn states() -> Vec<&'static str> {
        vec![PhotoNeeded::NAME, AtCounter::NAME]
    }
}

impl<T: Leads, E> Leads for Result<T, E> {
    fn states() -> Vec<&'static str> {
        T::states()
    }
}

/// Who carries out a transition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// The driver, in the wallet.
    Driver,
    /// A clerk, at the desk.
    Clerk,
    /// The authority's rules alone.
    Authority,
}

impl By {
    /// Returns the name.
    pub const fn name(self) -> &'static str {
        match self {
            By::Driver => "driver",
            By::Clerk => "clerk",
            By::Authority => "authority",
        }
    }
}

/// A transition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transition {
    /// The function that carries it out.
    pub name: &'static str,
    /// The state that it consumes or reads.
    pub from: &'static str,
    /// The states that it can lead to.
    pub to: Vec<&'static str>,
    /// Who carries it out.
    pub by: By,
    /// The rule that it keeps.
    pub rule: &'static str,
}

/// Makes a transition of a function: `$from` is its first argument, the rest are the others.
macro_rules! transition {
    ($of:ident :: $name:ident ( $from:ty $(, $arg:ty)* ) -> $to:ty, $by:ident, $rule:literal) => {{
        // A function of another signature does not compile.
        let _carried_out: fn($from $(, $arg)*) -> $to = $of::$name;
        Transition {
            name: stringify!($name),
            from: <$from as State>::NAME,
            to: <$to as Leads>::states(),
            by: By::$by,
            rule: $rule,
        }
    }};
}

type Held = &'static Record;
type Text = Option<&'static str>;
type Photos = Portraits<'static>;

/// Returns every transition, in the order of the way.
pub fn transitions() -> Vec<Transition> {
    use crate::error::{ClaimError, PhotoError, ReplaceError};
    vec![
        transition!(
            Applicant::apply_by(Applicant, &'static Rollout, Date, Date) -> Result<Opened, ClaimError>,
            Driver,
            "the roll-out has reached the issuing office, and the status letters allow it on that day"
        ),
        transition!(PhotoOnFile::confirm(PhotoOnFile, Photos, Date) -> Result<Approved, (PhotoOnFile, PhotoError)>,
            Driver, "the photo on file needs no review"),
        transition!(PhotoNeeded::submit(PhotoNeeded, Photos, PhotoSource, Timestamp) -> Result<PhotoSubmitted, (PhotoNeeded, PhotoError)>,
            Driver, "the photo keeps the measurable rules; one that does not is no rejection"),
        transition!(PhotoSubmitted::approve(PhotoSubmitted, Date) -> Approved,
            Clerk, "within one working day"),
        transition!(PhotoSubmitted::reject(PhotoSubmitted, RejectReason, Text, Date) -> Rejected,
            Clerk, "with a reason of the list, and a note; the third rejection leads to the counter"),
        transition!(AtCounter::photograph(AtCounter, Photos, PhotoSource, Date) -> Result<Approved, (AtCounter, PhotoError)>,
            Clerk, "the clerk saw the driver and a proof of identity; the photo keeps the measurable rules, and is approved in one go"),
        transition!(AtCounter::reopen(AtCounter) -> PhotoNeeded,
            Clerk, "the driver was seen at the counter; nothing is counted yet"),
        transition!(
            Approved::record(&'static Approved) -> Record,
            Authority,
            "the licence is signed when it is handed over, never before"
        ),
        transition!(Record::replace_photo(Held, Date) -> Result<PhotoNeeded, ReplaceError>,
            Driver, "at once after a photo on file, else six months after the approval, to the day; the old one serves meanwhile"),
        transition!(Record::renew(Held, bool) -> Approved,
            Driver, "a re-claim after a change, or a silent refresh: the photo in use stays"),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_but_the_first_is_reached_and_every_one_is_left() {
        let all = transitions();
        for (state, _) in STATES {
            assert_eq!(all.iter().any(|one| one.to.contains(state)), *state != Applicant::NAME, "{state}");
            assert!(all.iter().any(|one| one.from == *state), "{state}");
        }
    }

    #[test]
    fn states_are_those_of_the_signatures() {
        let reject = transitions().into_iter().find(|one| one.name == "reject").unwrap();
        assert_eq!((reject.from, reject.to), ("PhotoSubmitted", vec!["PhotoNeeded", "AtCounter"]));
    }
}

//! Mutants of data: every small change of a valid presentation must be refused, or verify with equal content.

mod mutant;
mod place;

pub use mutant::{Change, Mutant, mutants};
pub use place::Places;

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::presentation::{Presentation, Said};

/// A sample of the mutants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// About one mutant in this number; 1 selects all.
    pub every: u64,
    /// The seed of the selection.
    pub seed: u64,
}

impl Choice {
    /// All mutants.
    pub const ALL: Self = Self { every: 1, seed: 0 };

    /// Whether the mutant with this number is selected.
    pub const fn takes(self, number: u64) -> bool {
        // SplitMix64, so that consecutive numbers give independent results.
        let mut z = (number ^ self.seed.rotate_left(32)).wrapping_add(0x9e37_79b9_7f4a_7c15);
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        match (z ^ (z >> 31)).checked_rem(self.every) {
            Some(rest) => rest == 0,
            None => false,
        }
    }
}

/// The result of a mutant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Refused(&'static str),
    Same,
    Changed,
    Panicked,
}

/// The results of the mutants of one presentation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// The number of mutants.
    pub tried: usize,
    /// Refused, by code.
    pub refused: BTreeMap<&'static str, usize>,
    /// Verified with equal content, by the place of the change and its kind.
    pub same: BTreeMap<(String, &'static str), usize>,
    /// Verified with anything else: **must be empty**.
    pub changed: Vec<String>,
    /// Ended in a panic: **must be empty**.
    pub panicked: Vec<String>,
}

impl Tally {
    /// Returns the number of refused mutants.
    pub fn refusals(&self) -> usize {
        self.refused.values().sum()
    }

    /// Returns the number of mutants that verified with equal content.
    pub fn sames(&self) -> usize {
        self.same.values().sum()
    }

    /// Whether every mutant was refused or verified with equal content.
    pub fn is_clean(&self) -> bool {
        self.changed.is_empty() && self.panicked.is_empty()
    }

    /// Adds another tally.
    pub fn add(&mut self, other: &Self) {
        self.tried += other.tried;
        for (code, count) in &other.refused {
            *self.refused.entry(code).or_default() += count;
        }
        for (place, count) in &other.same {
            *self.same.entry(place.clone()).or_default() += count;
        }
        self.changed.extend_from_slice(&other.changed);
        self.panicked.extend_from_slice(&other.panicked);
    }
}

/// Mutants that a thread takes at a time.
const SHARE: usize = 64;

/// Verifies the selected mutants of a presentation on `threads` threads and reports the finished number to `progress`.
///
/// # Errors
/// The code by which the presentation itself is refused, or `no-elements` if it has no elements.
pub fn tamper(
    presentation: &Presentation,
    choice: Choice,
    threads: usize,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<Tally, &'static str> {
    let right = presentation.verify(&presentation.bytes)?;
    if !right.shows_elements() {
        return Err("no-elements");
    }
    let numbered = mutants(&presentation.bytes).zip(0..);
    let chosen: Vec<Mutant> =
        numbered.filter(|(_, number)| choice.takes(*number)).map(|(mutant, _)| mutant).collect();
    let places = Places::of(&presentation.bytes);
    let (next, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let work = || {
        let mut tally = Tally::default();
        let mut bytes = Vec::with_capacity(presentation.bytes.len() + 1);
        loop {
            let start = next.fetch_add(SHARE, Ordering::Relaxed);
            let Some(share) = chosen.get(start..).filter(|share| !share.is_empty()) else { return tally };
            for mutant in share.iter().take(SHARE) {
                mutant.apply(&presentation.bytes, &mut bytes);
                note(&mut tally, presentation, *mutant, end(presentation, &bytes, &right), &places);
            }
            let share = share.len().min(SHARE);
            progress(done.fetch_add(share, Ordering::Relaxed) + share, chosen.len());
        }
    };
    let mut whole = Tally::default();
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..threads.max(1)).map(|_| scope.spawn(work)).collect();
        for thread in threads {
            // A thread catches the panics of a verification; any other panic is an error of this module.
            match thread.join() {
                Ok(tally) => whole.add(&tally),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
    });
    whole.changed.sort();
    whole.panicked.sort();
    Ok(whole)
}

fn end(presentation: &Presentation, bytes: &[u8], right: &Said) -> End {
    match catch_unwind(AssertUnwindSafe(|| presentation.verify(bytes))) {
        Err(_) => End::Panicked,
        Ok(Err(code)) => End::Refused(code),
        Ok(Ok(said)) if said == *right => End::Same,
        Ok(Ok(_)) => End::Changed,
    }
}

fn note(tally: &mut Tally, presentation: &Presentation, mutant: Mutant, end: End, places: &Places) {
    tally.tried += 1;
    let line = || {
        let place = places.name(mutant.at);
        format!("{}: {:?} at byte {} ({place})", presentation.name, mutant.change, mutant.at)
    };
    match end {
        End::Refused(code) => *tally.refused.entry(code).or_default() += 1,
        End::Same => {
            let key = (places.name(mutant.at).to_owned(), mutant.change.name());
            *tally.same.entry(key).or_default() += 1;
        }
        End::Changed => tally.changed.push(line()),
        End::Panicked => tally.panicked.push(line()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_takes_about_its_share_and_another_seed_takes_others() {
        let taken =
            |seed| (0..100_000).filter(|n| Choice { every: 50, seed }.takes(*n)).collect::<Vec<u64>>();
        let (first, second) = (taken(1), taken(2));
        assert!((1_800..2_200).contains(&first.len()), "{}", first.len());
        assert_ne!(first, second);
        assert_eq!(first, taken(1));
        assert!((0..1_000).all(|number| Choice::ALL.takes(number)));
        assert!(!Choice { every: 0, seed: 0 }.takes(1));
    }
}

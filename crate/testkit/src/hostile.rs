//! Hostile files, one for each rule, named after the rule that they break.
//!
//! Each is made from a valid file by one change, so that it must give the code of that rule. `tests/vectors/<rule>/`
//! has each as a file; a test generates and compares them. [`all`] are the presentations that the crates `envelope` and
//! `mdoc` verify alone; [`every`] adds those for the rules of the licence, and other inputs.

mod brainpool;
mod bytes;
mod case;
mod certificates;
mod curves;
mod device;
mod envelope;
mod expect;
mod issuer;
#[cfg(feature = "judge")]
pub mod judge;
#[cfg(feature = "judge")]
mod licence;
mod mso;
#[cfg(feature = "judge")]
pub mod other;
mod read;
mod run;
mod threat;
mod untidy;
pub mod world;

use crate::issuer::TestIssuer;

pub use bytes::{deflate, valid, zlib, zlib_bomb};
pub use case::Hostile;
pub use expect::{Expectation, Given, Kind, ListAtHand, Terms, Verdict};
pub use run::{End, run, run_by, run_trusting, trust};
pub use threat::Threat;

/// Returns every file of every kind.
#[cfg(feature = "judge")]
pub fn every() -> Vec<Hostile> {
    let mut every = all();
    every.extend(licence::all());
    every.extend(other::all());
    every
}

/// Returns the files of [`all`] that are made from the licence of one authority and leave its certificates as they are:
/// elements, MSO, COSE, device, Envelope and CBOR. Some are right.
pub fn forged_from(issuer: &TestIssuer) -> Vec<Hostile> {
    let mut all = issuer::of_licence(issuer);
    all.extend(mso::all(issuer));
    all.extend(device::all(issuer));
    all.extend(envelope::all(issuer));
    all.extend(read::all(issuer));
    all
}

/// Returns the presentations of the proofs, from the authorities that [`trust()`] trusts and from others.
pub fn all() -> Vec<Hostile> {
    let issuer = TestIssuer::default();
    let mut all = vec![Hostile::accepted(
        "valid",
        Threat::Tampering,
        "The right presentation that all others are made from.",
        valid().to_vec(),
    )];
    all.extend(issuer::all(&issuer));
    all.extend(mso::all(&issuer));
    all.extend(certificates::all(&issuer));
    all.extend(curves::all(&issuer));
    all.extend(brainpool::all(&issuer));
    all.extend(device::all(&issuer));
    all.extend(envelope::all(&issuer));
    all.extend(read::all(&issuer));
    untidy::with_untidy(all)
}

//! Hostile files, one for each rule, named after the rule that they break.
//!
//! Every one is made from a right one by one change, so that the code that it must give is the code of that rule.
//! `tests/vectors/<rule>/` has each as a file; a test generates them and compares. [`all`] are the presentations that
//! the crate `mdoc` judges alone; [`every`] adds those that the licence's rules judge, and other inputs.

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
mod threat;
pub mod world;

use std::sync::LazyLock;

use ::envelope::{OneWayContext, ReplayMemory, UnverifiedOneWay};
use cbor::Timestamp;
use mdoc::Outcome;
use mdoc::TrustAnchors;
use mdoc::VerifiedPresentation;
use signature::{RustCrypto, VerifySignature};

use crate::draft::{Draft, NOW};
use crate::issuer::TestIssuer;

pub use expect::{Expectation, Given, Kind, ListAtHand, Terms, Verdict};
pub use threat::Threat;

/// One file, with the other files that judging it needs.
#[derive(Clone, Debug)]
pub struct Hostile {
    /// The rule that it breaks; the folder's name.
    pub rule: &'static str,
    /// The file that is judged; its name is that of its kind.
    pub payload: Vec<u8>,
    /// Other files that the judge needs, by name.
    pub beside: Vec<(&'static str, Vec<u8>)>,
    /// What it must give.
    pub expect: Expectation,
}

impl Hostile {
    fn refused(
        rule: &'static str,
        threat: impl Into<Option<Threat>>,
        step: &str,
        code: &str,
        description: &str,
        payload: Vec<u8>,
    ) -> Self {
        let expect = Expectation {
            description: description.to_owned(),
            threat: threat.into(),
            verdict: Verdict::Refused,
            code: Some(code.to_owned()),
            step: Some(step.to_owned()),
            at: NOW,
            clock_floor: NOW.plus_seconds(-86_400),
            kind: Kind::Presentation,
            codes: Vec::new(),
            given: Given::default(),
        };
        Self { rule, payload, beside: Vec::new(), expect }
    }

    /// Adds further codes that the verdict must contain.
    fn also(mut self, codes: &[&str]) -> Self {
        self.expect.codes = codes.iter().map(|code| (*code).to_owned()).collect();
        self
    }

    /// Every file of its folder but `expect.json`, by name: first the one that is judged.
    pub fn files(&self) -> impl Iterator<Item = (&'static str, &[u8])> {
        let beside = self.beside.iter().map(|(name, bytes)| (*name, bytes.as_slice()));
        core::iter::once((self.expect.kind.file(), self.payload.as_slice())).chain(beside)
    }

    fn outcome(mut self, verdict: Verdict) -> Self {
        self.expect.verdict = verdict;
        self
    }

    fn at(mut self, at: Timestamp) -> Self {
        self.expect.at = at;
        self
    }

    fn accepted(
        rule: &'static str,
        threat: impl Into<Option<Threat>>,
        description: &str,
        payload: Vec<u8>,
    ) -> Self {
        let mut hostile =
            Self::refused(rule, threat, "", "", description, payload).outcome(Verdict::Accepted);
        (hostile.expect.code, hostile.expect.step) = (None, None);
        hostile
    }
}

#[cfg(feature = "judge")]
impl Hostile {
    fn kind(mut self, kind: Kind) -> Self {
        self.expect.kind = kind;
        self
    }

    fn given(mut self, given: Given) -> Self {
        self.expect.given = given;
        self
    }

    fn with(mut self, name: &'static str, bytes: Vec<u8>) -> Self {
        self.beside.push((name, bytes));
        self
    }
}

/// Every file of every kind.
#[cfg(feature = "judge")]
pub fn every() -> Vec<Hostile> {
    let mut every = all();
    every.extend(licence::all());
    every.extend(other::all());
    every
}

/// The presentations of the proofs, from the authorities that [`trust`] trusts and from others.
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
    all.extend(device::all(&issuer));
    all.extend(envelope::all(&issuer));
    all.extend(read::all(&issuer));
    all
}

/// The trust in which every file is checked.
pub fn trust() -> &'static TrustAnchors {
    static TRUST: LazyLock<TrustAnchors> = LazyLock::new(world::trust);
    &TRUST
}

/// The payload of the right presentation, at [`NOW`].
pub fn valid() -> &'static [u8] {
    static VALID: LazyLock<Vec<u8>> = LazyLock::new(|| changed(&TestIssuer::default(), |_| {}));
    &VALID
}

/// How a payload ends, as an [`Expectation`] has it: verdict, code, step.
pub type End = (Verdict, Option<&'static str>, Option<&'static str>);

/// How a payload ends in the trust of the files.
pub fn run(payload: &[u8], at: Timestamp, clock_floor: Timestamp) -> End {
    run_trusting(trust(), payload, at, clock_floor)
}

/// How a payload ends in another trust.
pub fn run_trusting(trust: &TrustAnchors, payload: &[u8], at: Timestamp, clock_floor: Timestamp) -> End {
    run_by(&RustCrypto, trust, payload, at, clock_floor)
}

/// How a payload ends where its signatures are verified by another provider.
pub fn run_by(
    signatures: &dyn VerifySignature,
    trust: &TrustAnchors,
    payload: &[u8],
    at: Timestamp,
    clock_floor: Timestamp,
) -> End {
    let (memory, audience) = (ReplayMemory::new(), Some("verifier.example"));
    let context = OneWayContext { trust, now: at, clock_floor, memory: &memory, audience, signatures };
    match UnverifiedOneWay::decode(payload).and_then(|unverified| unverified.verify(&context)) {
        Ok(verified) => outcome_of(verified.presentation()),
        Err(error) => (Verdict::Refused, Some(error.code()), Some(error.step())),
    }
}

fn outcome_of(verified: &VerifiedPresentation) -> End {
    let issuer = verified.issued().issuer();
    let mut outcomes = vec![&issuer.list_age, verified.issued().mso_validity(), verified.freshness()];
    outcomes.extend(verified.issued().ds_revocation());
    let failed = outcomes.iter().find(|outcome| matches!(outcome, Outcome::Fail(_)));
    match failed.or_else(|| outcomes.iter().find(|outcome| !outcome.is_pass())) {
        None => (Verdict::Accepted, None, None),
        Some(outcome) => {
            let verdict =
                if matches!(outcome, Outcome::Fail(_)) { Verdict::Fail } else { Verdict::Undetermined };
            let reason = outcome.reason();
            (verdict, reason.map(|reason| reason.code()), reason.map(|reason| reason.step()))
        }
    }
}

/// A payload of the QR link, without the limits of the crate `mdoc`.
pub fn deflate(inflated: &[u8]) -> Vec<u8> {
    miniz_oxide::deflate::compress_to_vec(inflated, 9)
}

/// One zlib stream, as status lists have it.
#[must_use]
pub fn zlib(inflated: &[u8]) -> Vec<u8> {
    miniz_oxide::deflate::compress_to_vec_zlib(inflated, 9)
}

/// Returns a zlib stream of this many MiB of zeros without an end marker: no reader should get there.
///
/// # Panics
/// Never: the compressor takes all that it is given.
#[must_use]
pub fn zlib_bomb(mebibytes: usize) -> Vec<u8> {
    use miniz_oxide::deflate::core::{
        CompressorOxide, TDEFLFlush, compress_to_output, create_comp_flags_from_zip_params,
    };
    let mut state = CompressorOxide::new(create_comp_flags_from_zip_params(9, 0, 0));
    let (zeros, mut block) = (vec![0; 1 << 20], Vec::new());
    let (_, taken) = compress_to_output(&mut state, &zeros, TDEFLFlush::Full, |part| {
        block.extend_from_slice(part);
        true
    });
    assert_eq!(taken, zeros.len(), "all zeros are taken");
    // a flushed block needs nothing of those before it
    [&[0x78, 0xda], block.repeat(mebibytes).as_slice()].concat()
}

/// A draft of the issuer with one change, as a payload.
fn changed(issuer: &TestIssuer, change: impl FnOnce(&mut Draft)) -> Vec<u8> {
    let mut draft = Draft::new(issuer);
    change(&mut draft);
    deflate(&draft.inflated())
}

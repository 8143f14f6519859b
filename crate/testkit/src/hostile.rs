//! Hostile presentations, one for each rule, named after the rule that they break.
//!
//! Every one is made from the right presentation by one change, so that the code that it must give
//! is the code of that rule. `tests/vectors/<rule>/` has each as a file; a test makes them anew and
//! compares.

mod certificates;
mod curves;
mod device;
mod envelope;
mod issuer;
mod mso;
mod read;
pub mod world;

use std::sync::LazyLock;

use mdoc::freshness::{FreshnessContext, ReplayMemory};
use mdoc::mso::MobileSecurityObject;
use mdoc::one_way::Envelope;
use mdoc::outcome::Outcome;
use mdoc::time::Timestamp;
use mdoc::trust::TrustAnchors;
use mdoc::verify::{UnverifiedPresentation, VerifiedPresentation, VerifyContext, verify};
use serde::{Deserialize, Serialize};

use crate::draft::{Draft, NOW};
use crate::issuer::TestIssuer;

/// What a file must give.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expectation {
    /// What was done to the presentation.
    pub description: String,
    /// The row of the threat model that asks for it.
    pub row: u32,
    /// `accepted`, `refused` (a proof failed), `fail` or `undetermined` (an outcome).
    pub verdict: Verdict,
    /// The code, unless it is accepted.
    pub code: Option<String>,
    /// The step, unless it is accepted.
    pub step: Option<String>,
    /// The verifier's clock, unix seconds.
    pub at: Timestamp,
    /// The verifier's clock floor, unix seconds.
    pub clock_floor: Timestamp,
}

/// How a presentation ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// All proofs hold and both outcomes pass.
    Accepted,
    /// A proof failed; no element left.
    Refused,
    /// All proofs hold, an outcome failed.
    Fail,
    /// All proofs hold, an outcome is undetermined.
    Undetermined,
}

/// One file.
#[derive(Clone, Debug)]
pub struct Hostile {
    /// The rule that it breaks; the folder's name.
    pub rule: &'static str,
    /// The payload of the QR link.
    pub payload: Vec<u8>,
    /// What it must give.
    pub expect: Expectation,
}

impl Hostile {
    fn refused(
        rule: &'static str,
        row: u32,
        step: &str,
        code: &str,
        description: &str,
        payload: Vec<u8>,
    ) -> Self {
        let expect = Expectation {
            description: description.to_owned(),
            row,
            verdict: Verdict::Refused,
            code: Some(code.to_owned()),
            step: Some(step.to_owned()),
            at: NOW,
            clock_floor: NOW.plus_seconds(-86_400),
        };
        Self { rule, payload, expect }
    }

    fn outcome(mut self, verdict: Verdict) -> Self {
        self.expect.verdict = verdict;
        self
    }

    fn at(mut self, at: Timestamp) -> Self {
        self.expect.at = at;
        self
    }

    fn accepted(rule: &'static str, row: u32, description: &str, payload: Vec<u8>) -> Self {
        let mut hostile = Self::refused(rule, row, "", "", description, payload).outcome(Verdict::Accepted);
        (hostile.expect.code, hostile.expect.step) = (None, None);
        hostile
    }
}

/// Every file, from the authorities that [`trust`] trusts and from others.
pub fn all() -> Vec<Hostile> {
    let issuer = TestIssuer::default();
    let mut all = vec![Hostile::accepted(
        "valid",
        13,
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
    let envelope = match Envelope::decode(payload) {
        Ok(envelope) => envelope,
        Err(error) => return (Verdict::Refused, Some(error.code()), Some(error.step())),
    };
    let memory = ReplayMemory::new();
    let context = VerifyContext {
        trust,
        freshness: FreshnessContext {
            now: at,
            clock_floor,
            memory: &memory,
            audience: Some("verifier.example"),
        },
        reader_key: None,
    };
    match verify(&UnverifiedPresentation::from_envelope(&envelope), &context) {
        Ok(verified) => outcome_of(&verified),
        Err(error) => (Verdict::Refused, Some(error.code()), Some(error.step())),
    }
}

fn outcome_of(verified: &VerifiedPresentation) -> End {
    let issuer = verified.issuer();
    let mut outcomes = vec![&issuer.list_age, verified.mso_validity(), verified.freshness()];
    outcomes.extend(verified.ds_revocation());
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

/// A zlib stream of so many MiB of zeros, without the end that nobody should read to.
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

/// What a verified presentation says and by whom it is signed, to be compared.
pub fn signed_content(
    verified: &VerifiedPresentation,
) -> (mdoc::Elements, MobileSecurityObject, Option<mdoc::one_way::Info>) {
    (verified.elements().clone(), verified.mso().clone(), verified.info().cloned())
}

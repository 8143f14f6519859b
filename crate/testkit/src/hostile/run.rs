//! Verifies a presentation with the crates `envelope` and `mdoc`, without the rules of the licence.

use std::sync::LazyLock;

use ::envelope::{EnvelopeError, OneWayContext, OneWayError, ReplayMemory, UnverifiedOneWay};
use cbor::Timestamp;
use mdoc::{Outcome, TrustAnchors, VerifiedPresentation, VerifyError};
use signature::{RustCrypto, VerifySignature};

use super::expect::Verdict;
use super::world;

/// Returns the trust in which every file is checked.
pub fn trust() -> &'static TrustAnchors {
    static TRUST: LazyLock<TrustAnchors> = LazyLock::new(world::trust);
    &TRUST
}

/// The result of a payload in the terms of an [`Expectation`](super::Expectation): verdict, code, step.
pub type End = (Verdict, Option<&'static str>, Option<&'static str>);

/// Verifies a payload in the trust of the files, as tolerant as a verifier is by default.
pub fn run(payload: &[u8], at: Timestamp, clock_floor: Timestamp) -> End {
    run_trusting(trust(), payload, at, clock_floor)
}

/// Verifies a payload in another trust.
pub fn run_trusting(trust: &TrustAnchors, payload: &[u8], at: Timestamp, clock_floor: Timestamp) -> End {
    run_by(&RustCrypto, trust, payload, (at, clock_floor), false)
}

/// Verifies a payload with another signature provider; `times` are the clock and its floor.
pub fn run_by(
    signatures: &dyn VerifySignature,
    trust: &TrustAnchors,
    payload: &[u8],
    times: (Timestamp, Timestamp),
    strict: bool,
) -> End {
    let (at, clock_floor) = times;
    let (memory, audience) = (ReplayMemory::new(), Some("verifier.example"));
    let context =
        OneWayContext { trust, now: at, clock_floor, memory: &memory, audience, signatures, strict };
    match UnverifiedOneWay::decode(payload).and_then(|unverified| unverified.verify(&context)) {
        Ok(verified) => outcome_of(verified.presentation()),
        Err(error) => {
            // A response that says itself why it has no document is no refusal, nor is what a newer wallet made.
            let open = match &error {
                OneWayError::Verify(VerifyError::Profile(error)) => error.is_undetermined(),
                OneWayError::Envelope(error) => *error == EnvelopeError::InfoNewer,
                OneWayError::Verify(_) => false,
            };
            let verdict = if open { Verdict::Undetermined } else { Verdict::Refused };
            (verdict, Some(error.code()), Some(error.step()))
        }
    }
}

fn outcome_of(verified: &VerifiedPresentation) -> End {
    let issuer = verified.issued().issuer();
    let mut outcomes = vec![&issuer.list_age, verified.issued().mso_validity(), verified.freshness()];
    outcomes.extend(verified.issued().ds_revocation());
    let failed = outcomes.iter().find(|outcome| matches!(outcome, Outcome::Fail(_)));
    match failed.or_else(|| outcomes.iter().find(|outcome| !outcome.is_pass())) {
        None => match verified.issued().doubts().first() {
            None => (Verdict::Accepted, None, None),
            Some(doubt) => (Verdict::Undetermined, Some(doubt.code.code()), Some(doubt.code.step())),
        },
        Some(outcome) => {
            let verdict =
                if matches!(outcome, Outcome::Fail(_)) { Verdict::Fail } else { Verdict::Undetermined };
            let reason = outcome.reason();
            (verdict, reason.map(|reason| reason.code()), reason.map(|reason| reason.step()))
        }
    }
}

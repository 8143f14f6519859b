//! Verifies the payload of a QR code that shows a mobile driving licence (ISO/IEC 18013-5), and judges it for a purpose.
//!
//! The result is a [`Verdict`]: one colour, a headline, and five layers of checks, each with its reasons. Any bytes give a
//! verdict; no function here fails or panics on input.
//!
//! ```text
//! payload -> Envelope -> DeviceResponse -> proofs (issuer, digests, device key) -> outcomes (validity, status, freshness)
//!         -> the licence's fields -> the rules of a purpose -> Verdict
//! ```
//!
//! # Example
//!
//! ```toml
//! [dependencies]
//! liangzheng-verdict = "0.1"
//! ```
//!
//! What is needed: the payload, the root certificate of a trusted licensing authority (IACA), the time, and what the
//! licence is looked at for.
//!
//! ```
//! use liangzheng_verdict::{
//!     Anchor, Certificate, CheckState, Colour, Purpose, RustCrypto, Terms, Timestamp, TrustAnchors, Verdict,
//!     VerifierContext, shanghai_day, verify_one_way,
//! };
//!
//! fn check(payload: &[u8], iaca: &[u8], now: Timestamp) -> Result<Verdict, Box<dyn std::error::Error>> {
//!     let mut trust = TrustAnchors::new();
//!     trust.add(Anchor::iaca(Certificate::decode(iaca)?, "Test authority", "my list", &RustCrypto)?);
//!     let terms = Terms::default_for(Purpose::Roadside, shanghai_day(now));
//!     Ok(verify_one_way(payload, &VerifierContext::new(now, &trust, &terms)))
//! }
//!
//! // A payload, a certificate and a time of the test vectors, which are in this project's repository.
//! let payload = std::fs::read("../../tests/vectors/valid/presentation.bin")?;
//! let iaca = std::fs::read("../../tests/vectors/trust/test-authority.der")?;
//! let verdict = check(&payload, &iaca, Timestamp::from_unix(1_795_348_800))?;
//!
//! println!("{:?}: {}", verdict.colour, verdict.headline.code);
//! for layer in &verdict.layers {
//!     println!("{:?}: {:?}", layer.id, layer.state);
//!     for check in &layer.checks {
//!         println!("    {:?} {} ({})", check.state, check.code, check.code.clause());
//!     }
//! }
//! if let Some(view) = &verdict.view {
//!     println!("{}: {}", view.latin_name().unwrap_or_default(), view.classes_text().unwrap_or_default());
//! }
//!
//! // All proofs hold, and one check is undetermined: the status was signed more than 24 hours ago.
//! assert_eq!(verdict.colour, Colour::Amber);
//! let doubt = verdict.checks().find(|check| check.state == CheckState::Undetermined);
//! assert_eq!(doubt.map(|check| check.code.text()), Some("status-old"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The payload comes from one or several QR codes: crate `liangzheng-optical` reads pictures and assembles it. `now` is the
//! caller's clock, in seconds since 1970.
//!
//! # Reading a verdict
//!
//! | field of [`Verdict`] | meaning |
//! |---|---|
//! | `colour` | red: a layer fails; amber: none fails and one is undetermined; green: every layer that was asked passes |
//! | `headline`, `subline` | the sentence for a person, and the one below it, as keys of the catalogue ([`words`]): show them, and decide by `colour` and the checks |
//! | `layers` | the five layers, in the order of [`LayerId`], each with its [`Check`]s |
//! | `view` | the licence's fields and portrait, as far as they were shown; only if all proofs hold and the code is fresh |
//! | `face` | whether a person has to compare a portrait; [`Verdict::after_face`] takes the answer |
//! | `notes` | remarks that change no colour ([`words::Note`]), and warnings of fields that cannot be right, under `code.<code>` |
//! | `issuer` | the trusted authority; only if all proofs hold |
//! | `replay` | to be given to [`ReplayMemory::remember`], so that the same code is recognised |
//!
//! The layers:
//!
//! | | [`LayerId`] | asks |
//! |---|---|---|
//! | 1 | `Issuer` | did a trusted authority sign these elements, unaltered |
//! | 2 | `Presenter` | did the holder's device sign this presentation, now, for this verifier |
//! | 3 | `Validity` | are the signed copy and the licence valid today |
//! | 4 | `Status` | what do status list or signed letters say, and how old is that |
//! | 5 | `Policy` | do the rules of the purpose accept it |
//!
//! A [`CheckState`] has four values. *Undetermined* means that a check could not be made, as with a list that is out of
//! date: it is never a refusal and never green. *Not asked* does not count: a purpose does not ask it, or a proof before it
//! failed (`not-reached`).
//!
//! A payload that cannot be decoded has the headline *not a licence*: it may be the code of something else. The code of the
//! check says what was found.
//!
//! # Purposes
//!
//! | [`Purpose`] | question | status at most |
//! |---|---|---|
//! | `Roadside` | may the holder drive this vehicle today | 24 h old |
//! | `Rental` | may this vehicle be rented to the holder until the day of return | 24 h old |
//! | `Insurance` | what a proposal is priced on: years held, points, restrictions | 7 days old |
//! | `AgeOnly` | is the holder at least 18, 21 or 25 | not asked |
//! | `Freight`, `Passenger` | may the holder drive this vehicle in transport today: no novice, status A only | 24 h old |
//! | `Counter` | is the document genuine, valid and in good standing; the holder chooses what is shown | 24 h old |
//! | `None` | is the document genuine and valid; other documents than licences too. The page does not offer it | of any age |
//!
//! [`Terms`] has the vehicle, the days and the age, the verifier's time zone, the classes of states that it knows, and whether it
//! needs a status; [`Terms::default_for`] fills them in. [`drive::may_drive`] answers the
//! question about the vehicle alone.
//!
//! # Policies
//!
//! A partner decides by a [`Policy`]: a JSON document with named rules and parameters, whose [`Policy::terms`] verify a
//! presentation and which then decides about the verdict and a [`Case`]. [`READY_POLICIES`] has some, and the repository's
//! `docs/policies.md` shows them as tables.
//!
//! ```
//! use liangzheng_verdict::{Case, Decision, Judged, Policy, READY_POLICIES, Timestamp, TrustAnchors, VerifierContext};
//!
//! fn decide(payload: &[u8], trust: &TrustAnchors, now: Timestamp) -> Result<Decision, Box<dyn std::error::Error>> {
//!     let (_, rental) = READY_POLICIES[0];
//!     let policy = Policy::from_json(rental.as_bytes())?;
//!     let case = Case::from_json(br#"{"vehicle": "car", "from": "2026-11-22", "until": "2026-11-25"}"#)?;
//!     let terms = policy.terms(now, 8 * 3600);
//!     let verdict = liangzheng_verdict::verify_one_way(payload, &VerifierContext::new(now, trust, &terms));
//!     Ok(policy.decide(&Judged::from(&verdict), &case, now, 8 * 3600))
//! }
//!
//! let decision = decide(b"no presentation", &TrustAnchors::new(), Timestamp::from_unix(1_795_348_800))?;
//! for reason in &decision.reasons {
//!     println!("{}: {:?} {:?}", reason.rule, reason.outcome, reason.effect);
//! }
//! assert_eq!(decision.outcome, liangzheng_verdict::DecisionOutcome::Refuse);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Layers 1 and 2 and the document's validity are no rules: what fails there refuses, and what is undetermined there is for
//! a person, whatever the policy says.
//!
//! # What is checked
//!
//! - The issuer's certificate chain (Annex B), revocation by the lists that [`TrustAnchors`] has, the signature of the MSO,
//!   and the digest of each element.
//! - The device's signature over this session, and freshness: life of the code, clock, audience, and whether it was seen.
//! - The validity of the MSO and of the licence, its status, and the rules of the purpose.
//! - Sizes and nesting, before memory is taken.
//!
//! # What is left to the caller
//!
//! - **Trust**: which [`Anchor`]s are in [`TrustAnchors`]. Crate `liangzheng-trust` imports lists of them.
//! - **The clock.** [`VerifierContext::clock_floor`] is a lower bound of the true time, against a clock that is set back.
//! - **Memory**: remember [`Verdict::replay`] of each verdict in [`VerifierContext::memory`].
//! - **Status lists**, fetched or imported by the caller and verified into [`StatusLists`].
//! - **The person.** A code proves that the holder's key signed, not who shows it: compare the portrait with the face. A
//!   code can be relayed from another place while it is valid.
//!
//! # Other ways in
//!
//! | function | input |
//! |---|---|
//! | [`verify_one_way`] | the payload of a QR code |
//! | [`OneWayPresentation`] | the same in two steps, for signatures that an asynchronous provider verifies |
//! | [`verify_in_session`] | a DeviceResponse in a session of the caller's, such as OpenID4VP |
//! | [`verify_answer`] | the answer to a question of crate `liangzheng-protocol` |
//! | [`verify_issuer_data`] | an IssuerSigned without a presenter: an [`IssuerVerdict`] |
//!
//! # Codes and sentences
//!
//! A [`Code`] is a value to match on, grouped by the stage that gives it; [`Code::text`] is stable and in kebab case, and
//! [`Code::clause`] names the standard. Codes and messages name elements and never contain their values, except for dates,
//! classes and status letters. A [`Message`] is a key of the project's catalogue with its placeholders; crate
//! `liangzheng-strings` formats it in zh-CN and en. `docs/errors.md` of the repository explains each code, and what to do.
//!
//! # Features and platforms
//!
//! `rustcrypto` (default) is [`RustCrypto`] and [`VerifierContext::new`]; without it the crate has no code of a curve, and the
//! caller gives the provider. `schema` makes the JSON Schema of a policy (`schemars`). The crate is pure: no I/O, clock, randomness or global state, and it builds for
//! `wasm32-unknown-unknown`. [`RustCrypto`] verifies signatures unless [`VerifierContext::signatures`] names another
//! [`VerifySignature`].

pub mod card;
pub mod checked;
pub mod demo_anchor;
pub mod words;

mod check;
mod code;
mod context;
mod decision;
mod face;
mod headline;
mod issuer_data;
mod judge;
mod layer;
mod message;
mod one_way;
mod policy;
mod proven;
mod purpose;
mod reason;
mod row;
mod session;
mod several;
mod state_class;
mod verdict;

pub use check::{Check, CheckState, Finding};
pub use code::{AnswerCode, Cause, Code, certificate_key};
pub use context::VerifierContext;
pub use decision::{
    Case, Decision, DecisionOutcome, FaceCompared, Flip, Judged, PolicyRef, RuleOutcome, RuleReason, Trailer,
};
pub use face::{Band, FaceAnswer};
pub use issuer_data::{is_document, verify_issuer_data};
pub use layer::LayerId;
pub use message::{Arg, CaseField, DocumentName, Element, Message};
pub use one_way::{OneWayPresentation, one_way_refused, verify_one_way};
pub use policy::drive;
pub use policy::{
    AskedElement, AskedFact, CaseCode, CaseError, Effect, NoviceAccepted, PointsBand, Policy, PolicyCode,
    PolicyDocument, PolicyError, READY_POLICIES, Ready, Rule, RuleLine, StatusAccepted, When, Words,
};
pub use purpose::{Purpose, Terms};
pub use reason::{Reason, ReasonCode};
pub use session::{answer_refused, verify_answer, verify_in_session};
pub use state_class::{State, StateClass, StateClassError};
pub use verdict::{Colour, Face, Issuer, IssuerVerdict, Layer, Presenter, Replay, Verdict};

// The types of other crates that a verifier names.
pub use cbor::{Date, Timestamp};
pub use envelope::{OneWayError, ReplayMemory};
pub use licence::{
    Class, Facts, HeldClasses, LicenceView, Portrait, PortraitState, ShownText, Vehicle, VehicleKind,
    shanghai_day,
};
pub use mdoc::status_list::StatusLists;
pub use mdoc::{Anchor, ReaderKey, SessionTranscript, TrustAnchors};
#[cfg(feature = "rustcrypto")]
pub use signature::RustCrypto;
pub use signature::{UnverifiedSignature, VerifySignature};
pub use x509::Certificate;

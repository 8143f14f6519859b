//! Records of decisions about driving licences, in a journal that proves itself.
//!
//! A [`Record`] says in one line of JSON what was decided, when, by which policy, and what each rule found. It has names of
//! elements and codes, and never the value of an element. The format is `docs/records.md` of the repository.
//!
//! ```text
//! Decision + Draft -> Journal::append -> line (the journal) + payload (beside it, can be erased)
//! Journal -> Checkpoint -> (a key signs its text) -> signed note -> Receipt for the driver
//! journal + signed note | receipt -> findings: changed, missing, not in its place, twice, cut off, rewritten
//! record + payload + policy + lists -> replay -> the same decision, or which facts are gone
//! ```
//!
//! # Example
//!
//! A presentation is decided and recorded; the checkpoint is signed, and the driver gets a receipt.
//!
//! ```
//! use liangzheng_record::{
//!     Draft, Form, Journal, Keep, Lists, NoteKey, Presentation, Receipt, Settings, SignedNote, sign,
//! };
//! use signature::{Algorithm, Curve, PublicKey, RustCrypto, Signer, UnverifiedSignature, VerifySignature};
//! use verdict::{
//!     Anchor, Case, Certificate, Judged, Policy, READY_POLICIES, Timestamp, TrustAnchors, VerifierContext,
//!     verify_one_way,
//! };
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let payload = std::fs::read("../../tests/vectors/valid/presentation.bin")?;
//! # let iaca = std::fs::read("../../tests/vectors/trust/test-authority.der")?;
//! # let (record_id, salt) = ([1; 16], [2; 32]); // random bytes
//! # let now = Timestamp::from_unix(1_795_348_800);
//! # let key = p256::ecdsa::SigningKey::from_slice(&[7; 32])?;
//! let (offset, year) = (8 * 3600, 365 * 86_400);
//! let policy = Policy::from_json(READY_POLICIES[0].1.as_bytes())?;
//! let case = Case::from_json(br#"{"vehicle": "car", "from": "2026-11-22", "until": "2026-11-25"}"#)?;
//! let mut trust = TrustAnchors::new();
//! trust.add(Anchor::iaca(Certificate::decode(&iaca)?, "Test authority", "my list", &RustCrypto)?);
//! let verdict = verify_one_way(&payload, &VerifierContext::new(now, &trust, &policy.terms(now, offset)));
//! let decision = policy.decide(&Judged::from(&verdict), &case, now, offset);
//!
//! let mut journal = Journal::new(); // or Journal::read
//! let appended = journal.append(&Draft {
//!     record_id,
//!     salt,
//!     clock_doubt_seconds: Some(2),
//!     operator: Some("desk-7"),
//!     place: None,
//!     program: concat!("example ", env!("CARGO_PKG_VERSION")),
//!     policy: &policy,
//!     case: &case,
//!     decision: &decision,
//!     issuer: verdict.issuer.as_ref(),
//!     presentation: Presentation { form: Form::OneWay, bytes: &payload, transcript: None },
//!     settings: Settings { utc_offset_seconds: offset, strict: false, audience: None, clock_floor: None },
//!     lists: Lists::default(),
//!     overridden: None,
//!     keep: Some(Keep { until: now.plus_seconds(year), also: &[] }),
//! })?;
//! // Write appended.payload, then appended.line, then the checkpoint.
//!
//! let name = "rental.example/desk-7";
//! let public = NoteKey::p256(name, &key.public_key().to_sec1().ok_or("no point")?)?;
//! let text = journal.checkpoint(name).text();
//! let note = sign(&text, &public, &key.sign(text.as_bytes()))?;
//! let receipt = journal.receipt(appended.line.as_bytes(), &note).ok_or("no such record")?;
//!
//! // The driver, or an auditor:
//! let check = |key: &NoteKey, message: &[u8], signature: &[u8]| {
//!     let public = PublicKey::from_sec1(Curve::P256, key.public_key())?;
//!     let signature = UnverifiedSignature::raw(Algorithm::Es256, &public, message.to_vec(), signature).ok()?;
//!     RustCrypto.verify(&signature)
//! };
//! let receipt = Receipt::from_json(receipt.to_json().as_bytes())?;
//! let checkpoint = SignedNote::parse(&receipt.checkpoint)?.verify(&public, name, &check)?;
//! receipt.verify(checkpoint.checkpoint())?;
//! assert_eq!(journal.against_checkpoint(checkpoint.checkpoint()), None);
//! # Ok(())
//! # }
//! ```
//!
//! # What is checked
//!
//! | by | found |
//! |---|---|
//! | [`Journal::findings`] | a line that is unreadable, changed, missing, not in its place, or there twice |
//! | [`Journal::against_checkpoint`] | an end that is cut off, a last line that was changed, a journal that was written anew |
//! | [`Journal::against_receipt`] | the same for the record of a receipt |
//! | [`Journal::payload_state`] | a payload that was changed; one that is erased leaves the journal whole |
//! | [`Receipt::verify`], [`Receipt::verify_line`] | that a record is in the tree that was signed, and which one |
//! | [`replay`] | that the rules say what was recorded |
//!
//! A draft is refused whose override turns a failed proof into something better: see [`may_override`].
//!
//! # What is kept
//!
//! A payload holds the salt, the case, and of the presentation the elements that a rule reads and that the policy retains
//! ([`Retention`]); a portrait and a whole number only if the caller says so as well. `issuerAuth`, `DeviceSigned` and the items
//! that are left stay byte for byte, so that the signatures of issuer and device verify as before
//! ([`Presentation::redacted`]). The digests of credential and case in the record are salted: without the payload they say
//! nothing.
//!
//! # What is left to the caller
//!
//! - **Files.** The payload is written first, then the line, then the checkpoint. Erasing a payload is removing it.
//! - **Randomness, time and signatures.** Ids and salts are new for every record. A checkpoint is signed and checked outside:
//!   [`Checkpoint::text`] and [`sign`], [`SignedNote::signature`] and [`SignedNote::verify`].
//! - **Where checkpoints go.** One that lies beside the journal alone can be rewritten with it. Receipts are the copies that
//!   others have.
//! - **Keep-until.** [`Journal::due`] lists what is to be erased.
//!
//! # Errors
//!
//! [`RecordError`], [`NoteError`] and [`ReceiptError`] have a stable `code()`, `step()`, `clause()` and `kind()`; what is found has
//! a [`JournalCode`] or [`ReplayCode`]. None holds the value of an element. Lines, payloads, notes and receipts are bounded, and so
//! is a journal ([`RECORDS_MAX`]).
//!
//! # Features and platforms
//!
//! `schema` makes the JSON Schema of records (`schemars`). The crate is pure: no I/O, clock, randomness or global state, and no
//! curve code; it builds for `wasm32-unknown-unknown`.

mod draft;
mod error;
mod export;
mod findings;
mod hash;
mod journal;
mod note;
mod payload;
mod presentation;
mod receipt;
mod record;
mod replay;
mod retention;
#[cfg(feature = "schema")]
mod schema;
mod tree;

pub use draft::{Draft, Keep, TEXT_MAX, may_override};
pub use error::{
    JournalCode, NoteCode, NoteError, ReceiptCode, ReceiptError, RecordCode, RecordError, ReplayCode,
};
pub use export::{CSV_COLUMNS, Filter, decision_name, to_csv};
pub use findings::{FINDINGS_MAX, JournalFinding};
pub use hash::{Hash, Moment, RecordId};
pub use journal::{Appended, Journal, PayloadState, lines};
pub use note::{Checkpoint, NoteAlgorithm, NoteKey, SignedNote, VerifiedCheckpoint, VerifyNote, sign};
pub use payload::{PAYLOAD_MAX, Payload};
pub use presentation::Presentation;
pub use receipt::Receipt;
pub use record::{
    Form, IssuerKeys, LINE_MAX, Lists, Override, PiiInformation, Record, RecordedRule, SCHEMA_VERSION,
    SeenDocument, Settings,
};
pub use replay::{Replayed, ReplayedRule, RuleReplay, replay, replay_terms};
pub use retention::{NEVER_BY_DEFAULT, Retention};
pub use tree::{RECORDS_MAX, includes};

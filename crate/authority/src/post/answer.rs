//! The body of an answer: made at the desk, opened and checked in the wallet.

use cbor::{Date, Item, Timestamp, Value};
use envelope::sealed::{AgreementKey, AnswerBinding, PendingOpen, Random, SealedAnswer};
use licence::{DOC_TYPE, DOMESTIC_NAMESPACE, ISO_NAMESPACE, ISO_TEXT_MAX, ShownText};
use mdoc::TrustAnchors;
use mdoc::holder::{UnverifiedCredential, VerifiedCredential, verify_credential};
use signature::VerifySignature;
use verdict::Arg;

use super::application::{RECORD_MAX, exactly, text};
use super::error::AnswerError;
use crate::photo::RejectReason;

/// The version of the body.
const VERSION: u64 = 1;
/// The number of items of a body of this version.
const ITEMS: usize = 5;
/// The longest note of a reviewer, in bytes: 200 characters.
const NOTE_MAX: usize = 800;
/// The longest code and the longest name of an office, in bytes.
const CODE_MAX: usize = 64;
const OFFICE_MAX: usize = 300;
/// The most placeholders of a refusal.
const ARGS_MAX: usize = 8;

/// The place of an answer in the desk's journal: who keeps it can show later that the journal was rewritten.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JournalReceipt {
    /// The number of lines.
    pub size: u64,
    /// The root hash of the tree over them (RFC 6962, 2.1).
    pub root: [u8; 32],
}

/// What a desk decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeskOutcome {
    /// The licence.
    Issued {
        /// The encoded IssuerSigned, with both portraits among its elements.
        credential: Vec<u8>,
        /// What the authority needs to refresh it, in JSON.
        record: String,
    },
    /// The photo is rejected; another one can be sent.
    Rejected {
        /// The reason.
        reason: RejectReason,
        /// What the reviewer wrote beside it.
        note: Option<String>,
        /// How many photos were rejected, this one too.
        rejections: u8,
    },
    /// The photo is rejected as too many before it: the counter of the issuing office has to be visited.
    Counter {
        /// The reason of the last rejection.
        reason: Option<RejectReason>,
        /// What the reviewer wrote beside it.
        note: Option<String>,
        /// The office whose counter it is.
        office: Office,
    },
    /// The application is refused.
    Refused {
        /// The code of the refusal.
        code: String,
        /// The values of its placeholders, sorted by name: texts, numbers, days and status letters.
        args: Vec<(String, Arg)>,
        /// The office to contact, where the driver is known.
        office: Option<Office>,
    },
}

/// An issuing office, by its names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Office {
    /// Its name as the licence prints it.
    pub name: String,
    /// Its name in Latin letters.
    pub name_latin: String,
}

impl Office {
    fn to_value(&self) -> Value {
        Value::array([Value::text(&*self.name), Value::text(&*self.name_latin)])
    }

    fn read(item: &Item<'_>) -> Option<Self> {
        let [name, latin] = item.as_array()? else { return None };
        Some(Self { name: text(name, OFFICE_MAX)?, name_latin: text(latin, OFFICE_MAX)? })
    }
}

impl DeskOutcome {
    fn to_value(&self) -> Value {
        let note = |note: &Option<String>| note.as_deref().map_or(Value::Null, Value::text);
        Value::Array(match self {
            Self::Issued { credential, record } => {
                vec![Value::Unsigned(0), Value::bytes(credential.as_slice()), Value::text(&**record)]
            }
            Self::Rejected { reason, note: text, rejections } => vec![
                Value::Unsigned(1),
                Value::text(reason.code()),
                note(text),
                Value::Unsigned((*rejections).into()),
            ],
            Self::Counter { reason, note: text, office } => vec![
                Value::Unsigned(2),
                reason.map_or(Value::Null, |reason| Value::text(reason.code())),
                note(text),
                office.to_value(),
            ],
            Self::Refused { code, args, office } => {
                let args = args.iter().filter_map(|(name, arg)| Some((name.clone(), arg_value(arg)?)));
                let office = office.as_ref().map_or(Value::Null, Office::to_value);
                vec![Value::Unsigned(3), Value::text(&**code), Value::map(args), office]
            }
        })
    }

    fn read(item: &Item<'_>) -> Result<Self, AnswerError> {
        const FORM: AnswerError = AnswerError::Form;
        let items = item.as_array().ok_or(FORM)?;
        let (kind, parts) = items.split_first().ok_or(FORM)?;
        let reason = |item: &Item<'_>| {
            let code = text(item, CODE_MAX).ok_or(FORM)?;
            // A reason that is not in the table is of a newer desk.
            RejectReason::from_code(&code).ok_or(AnswerError::Newer)
        };
        let note = |item: &Item<'_>| {
            if item.is_null() { Ok(None) } else { text(item, NOTE_MAX).map(Some).ok_or(FORM) }
        };
        match (kind.as_unsigned().ok_or(FORM)?, parts) {
            (0, [credential, record]) => Ok(Self::Issued {
                credential: credential.as_bytes().ok_or(FORM)?.to_vec(),
                record: text(record, RECORD_MAX).ok_or(FORM)?,
            }),
            (1, [why, words, rejections]) => {
                let rejections = rejections.as_unsigned().and_then(|count| u8::try_from(count).ok());
                Ok(Self::Rejected {
                    reason: reason(why)?,
                    note: note(words)?,
                    rejections: rejections.ok_or(FORM)?,
                })
            }
            (2, [why, words, office]) => Ok(Self::Counter {
                reason: if why.is_null() { None } else { Some(reason(why)?) },
                note: note(words)?,
                office: Office::read(office).ok_or(FORM)?,
            }),
            (3, [code, args, office]) => Ok(Self::Refused {
                code: text(code, CODE_MAX).filter(|code| is_code(code)).ok_or(FORM)?,
                args: read_args(args).ok_or(FORM)?,
                office: if office.is_null() { None } else { Some(Office::read(office).ok_or(FORM)?) },
            }),
            (0, [_, _, _, ..]) | (1..=3, [_, _, _, _, ..]) | (4.., _) => Err(AnswerError::Newer),
            _ => Err(FORM),
        }
    }
}

/// Whether a text can be a code: kebab case.
fn is_code(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

/// A placeholder's value: a text, a number, a day, or status letters in an array of one; others are not sent.
fn arg_value(arg: &Arg) -> Option<Value> {
    Some(match arg {
        Arg::Text(text) => Value::text(text.as_str()),
        Arg::Number(number) => Value::integer(*number),
        Arg::Date(day) => Value::date(*day),
        Arg::Letters(letters) => Value::array([Value::text(&**letters)]),
        _ => return None,
    })
}

fn read_args(item: &Item<'_>) -> Option<Vec<(String, Arg)>> {
    let pairs = item.as_map().filter(|pairs| pairs.len() <= ARGS_MAX)?;
    let value = |item: &Item<'_>| {
        let number = || item.as_integer().map(Arg::Number);
        let day = || item.as_date().map(|day: Date| Arg::Date(day));
        let letters = || match item.as_array()? {
            [letters] => text(letters, CODE_MAX).map(Arg::Letters),
            _ => None,
        };
        let words = || text(item, ISO_TEXT_MAX).map(|text| Arg::Text(ShownText::new(&text, ISO_TEXT_MAX)));
        words().or_else(number).or_else(day).or_else(letters)
    };
    let mut args: Vec<(String, Arg)> =
        pairs.iter().map(|(name, arg)| Some((text(name, CODE_MAX)?, value(arg)?))).collect::<Option<_>>()?;
    args.sort_by(|(one, _), (other, _)| one.cmp(other));
    Some(args)
}

/// What a desk sends back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerBody {
    /// The desk's clock.
    pub answered_at: Timestamp,
    /// The state of the desk's journal after this answer.
    pub receipt: JournalReceipt,
    /// What was decided.
    pub outcome: DeskOutcome,
}

impl AnswerBody {
    /// Seals it for the wallet of an application; returns the payload of the QR link, which is a file as well.
    ///
    /// # Errors
    /// `sealed-random`, or `sealed-length` if the payload has no room for it.
    pub fn seal(
        &self,
        answer_key: &AgreementKey,
        binding: &AnswerBinding,
        random: Random<'_>,
    ) -> Result<Vec<u8>, AnswerError> {
        let body = self.encode(&binding.application_id);
        Ok(SealedAnswer::seal(answer_key, binding, &body, random)?.encode()?)
    }

    fn encode(&self, application_id: &[u8; 16]) -> Vec<u8> {
        let Self { answered_at, receipt, outcome } = self;
        cbor::encode(&Value::Array(vec![
            Value::Unsigned(VERSION),
            Value::bytes(*application_id),
            Value::integer(answered_at.unix()),
            Value::array([Value::Unsigned(receipt.size), Value::bytes(receipt.root)]),
            outcome.to_value(),
        ]))
    }

    /// Decodes a body, and the identifier of the application that it answers.
    fn decode(bytes: &[u8]) -> Result<(Self, [u8; 16]), AnswerError> {
        const FORM: AnswerError = AnswerError::Form;
        let value = cbor::decode_own(bytes).map_err(|_| FORM)?;
        let items = value.as_array().ok_or(FORM)?;
        let version = items.first().and_then(Item::as_unsigned).ok_or(FORM)?;
        if version > VERSION || items.len() > ITEMS {
            return Err(AnswerError::Newer);
        }
        let [_, application_id, answered_at, receipt, outcome] = items else { return Err(FORM) };
        let Some([size, root]) = receipt.as_array() else { return Err(FORM) };
        let body = Self {
            answered_at: Timestamp::from_unix(answered_at.as_integer().ok_or(FORM)?),
            receipt: JournalReceipt {
                size: size.as_unsigned().ok_or(FORM)?,
                root: exactly(root).ok_or(FORM)?,
            },
            outcome: DeskOutcome::read(outcome)?,
        };
        Ok((body, exactly(application_id).ok_or(FORM)?))
    }
}

/// An application of this wallet that waits for its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Awaited {
    /// What the answer is bound to.
    pub binding: AnswerBinding,
    /// The public half of the answer key.
    pub answer_key: AgreementKey,
    /// The device key's uncompressed point.
    pub device_key: [u8; 65],
    /// The number that was applied with.
    pub number: String,
    /// The name that was applied with.
    pub name: String,
}

/// An answer in its wallet, which waits for what the answer key agrees.
#[derive(Clone, Debug)]
#[must_use]
pub struct PendingAnswer {
    application_id: [u8; 16],
    pending: PendingOpen,
}

impl PendingAnswer {
    /// Reads a payload of the QR link in the wallet that waits for it. `answered` says whether an answer to the application of
    /// this identifier was applied before.
    ///
    /// # Errors
    /// `desk-answer-seen`, or a code of [`envelope::sealed::SealedError`]: `sealed-other-application` if it answers another
    /// one.
    pub fn decode(
        payload: &[u8],
        awaited: &Awaited,
        answered: impl FnOnce(&[u8; 16]) -> bool,
    ) -> Result<Self, AnswerError> {
        let sealed = SealedAnswer::decode(payload)?;
        let application_id = *sealed.application_id();
        if answered(&application_id) {
            return Err(AnswerError::Seen);
        }
        let pending = sealed.pending(awaited.answer_key.clone(), &awaited.binding)?;
        Ok(Self { application_id, pending })
    }

    /// Returns the point with which the answer key has to agree.
    #[must_use]
    pub const fn point(&self) -> &AgreementKey {
        self.pending.point()
    }

    /// Opens the answer with the shared value, 32 bytes.
    ///
    /// # Errors
    /// `sealed-opening`, `desk-answer-form`, `desk-answer-newer` or `desk-answer-other-application`.
    pub fn step(self, shared: &[u8; 32]) -> Result<UnverifiedAnswer, AnswerError> {
        UnverifiedAnswer::decode(&self.pending.step(shared)?, &self.application_id)
    }
}

/// An answer that was opened; the licence in it is not verified.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub struct UnverifiedAnswer(AnswerBody);

impl UnverifiedAnswer {
    /// Decodes what was inside of a sealed answer to the application of this identifier.
    ///
    /// # Errors
    /// `desk-answer-form`, `desk-answer-newer` or `desk-answer-other-application`.
    pub fn decode(opened: &[u8], application_id: &[u8; 16]) -> Result<Self, AnswerError> {
        let (body, of) = AnswerBody::decode(opened)?;
        if of == *application_id { Ok(Self(body)) } else { Err(AnswerError::OtherApplication) }
    }

    /// Verifies it at `now`. A licence in it is issued by a trusted issuer, for this device key and for the applicant.
    ///
    /// # Errors
    /// A code of [`AnswerError`].
    pub fn verify(
        self,
        awaited: &Awaited,
        trust: &TrustAnchors,
        now: Timestamp,
        by: &dyn VerifySignature,
    ) -> Result<VerifiedAnswer, AnswerError> {
        let AnswerBody { answered_at, receipt, outcome } = self.0;
        let licence = match &outcome {
            DeskOutcome::Issued { credential, record } => {
                Some(Box::new(check_licence(credential, record, awaited, trust, now, by)?))
            }
            _ => None,
        };
        Ok(VerifiedAnswer { answered_at, receipt, outcome, licence })
    }
}

/// A licence of an answer, with its portraits.
#[derive(Clone, Debug)]
pub struct ReceivedLicence {
    /// The verified credential.
    pub credential: VerifiedCredential,
    /// The issuer's record, in JSON.
    pub record: String,
    /// The large portrait.
    pub large: Vec<u8>,
    /// The small portrait.
    pub small: Vec<u8>,
}

fn check_licence(
    credential: &[u8],
    record: &str,
    awaited: &Awaited,
    trust: &TrustAnchors,
    now: Timestamp,
    by: &dyn VerifySignature,
) -> Result<ReceivedLicence, AnswerError> {
    let unverified = UnverifiedCredential::decode(credential)?;
    let verified = verify_credential(&unverified, trust, now, by)?;
    if verified.device_key().to_sec1() != awaited.device_key {
        return Err(AnswerError::OtherDeviceKey);
    }
    if verified.issued().doc_type() != DOC_TYPE {
        return Err(AnswerError::NotALicence);
    }
    let elements = verified.issued().elements();
    let said = |name| elements.get(ISO_NAMESPACE, name).and_then(Value::as_text).unwrap_or_default();
    let name =
        [said("family_name_national_character"), said("given_name_national_character")].map(plain).concat();
    // A number may have been corrected, or a name: not both.
    if plain(said("document_number")) != plain(&awaited.number) && name != plain(&awaited.name) {
        return Err(AnswerError::OtherPerson);
    }
    let portrait = |namespace, name| {
        let bytes = elements.get(namespace, name).and_then(Value::as_bytes);
        bytes.map(<[u8]>::to_vec).ok_or(AnswerError::Portrait)
    };
    let large = portrait(ISO_NAMESPACE, "portrait")?;
    let small = portrait(DOMESTIC_NAMESPACE, "portrait_small")?;
    Ok(ReceivedLicence { credential: verified, record: record.to_owned(), large, small })
}

/// A text without white space, in capitals.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<String>().to_uppercase()
}

/// Proof that an answer is to this wallet's application, and that a licence in it is the applicant's; only
/// [`UnverifiedAnswer::verify`] makes it.
#[derive(Clone, Debug)]
#[must_use]
pub struct VerifiedAnswer {
    answered_at: Timestamp,
    receipt: JournalReceipt,
    outcome: DeskOutcome,
    licence: Option<Box<ReceivedLicence>>,
}

impl VerifiedAnswer {
    /// Returns the desk's clock when it answered.
    pub const fn answered_at(&self) -> Timestamp {
        self.answered_at
    }

    /// Returns the state of the desk's journal after the answer.
    pub const fn receipt(&self) -> &JournalReceipt {
        &self.receipt
    }

    /// Returns what was decided.
    pub const fn outcome(&self) -> &DeskOutcome {
        &self.outcome
    }

    /// Returns the licence, where one was issued.
    pub fn licence(&self) -> Option<&ReceivedLicence> {
        self.licence.as_deref()
    }
}

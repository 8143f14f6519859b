//! The body of an application: made and signed in the wallet, opened and checked at the desk.

use cbor::{Item, SignatureNotChecked, Timestamp, Value};
use envelope::sealed::{AgreementKey, AnswerBinding, PendingOpen, Random, SealedApplication};
use sha2::{Digest as _, Sha256};
use signature::{Algorithm, PublicKey, SignatureError, VerifySignature};

use super::desk::VerifiedDesk;
use super::error::{ApplicationError, step};
use crate::photo::{PhotoSource, Portraits, check_large, check_small};

/// The version of the body.
const VERSION: u64 = 1;
/// The number of items of a body of this version.
const ITEMS: usize = 11;
/// What the device key signs begins with this text, and nothing else that it signs does.
const CONTEXT: &str = "org.liangzheng.ClaimApplication.v1";
/// The longest number and the longest name, in bytes.
const NUMBER_MAX: usize = 64;
const NAME_MAX: usize = 150;
/// The longest record, in bytes.
pub(super) const RECORD_MAX: usize = 4 * 1024;
/// An application is received for this many days.
pub const APPLICATION_DAYS: i64 = 30;
/// Seconds by which the wallet's clock may be ahead of the desk's.
const AHEAD_SECONDS: i64 = 86_400;
/// The largest photo that is sent, in bytes: with it a licence has room in a payload, on the way back too.
pub const PHOTO_MAX: usize = 56 * 1024;

/// What an application asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asks {
    /// The licence, for the first time.
    FirstClaim,
    /// Another photo in the licence.
    Replacement,
    /// The licence again, since class, validity or authority changed.
    Reclaim,
    /// The licence again, with the facts of now.
    Refresh,
}

impl Asks {
    const ALL: [Self; 4] = [Self::FirstClaim, Self::Replacement, Self::Reclaim, Self::Refresh];

    fn number(self) -> u64 {
        Self::ALL.iter().zip(0..).find(|(asks, _)| **asks == self).map_or(0, |(_, number)| number)
    }

    fn of(number: u64) -> Option<Self> {
        Self::ALL.get(usize::try_from(number).ok()?).copied()
    }

    /// Whether there is a licence already.
    const fn of_a_licence(self) -> bool {
        !matches!(self, Self::FirstClaim)
    }
}

/// A photo of the applicant's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentPhoto {
    /// The camera or a file.
    pub source: PhotoSource,
    /// The large portrait, JPEG.
    pub large: Vec<u8>,
    /// The small portrait, JPEG.
    pub small: Vec<u8>,
}

/// What a wallet sends to a desk.
///
/// A number and a name prove nothing: an authority that issues for more than a demonstration identifies the applicant first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApplicationBody {
    /// 16 random bytes, new for each application.
    pub id: [u8; 16],
    /// The wallet's clock.
    pub made_at: Timestamp,
    /// What it asks for.
    pub asks: Asks,
    /// The number of the applicant's licence.
    pub number: String,
    /// The applicant's name, as written.
    pub name: String,
    /// The device key's uncompressed point: the licence is issued for it.
    pub device_key: [u8; 65],
    /// The uncompressed point of the key for which the answer is sealed; another key than the device key.
    pub answer_key: [u8; 65],
    /// The photo; `None` to use the one on file. Where it asks for the licence again, the photo in use, if it is not the one on
    /// file.
    pub photo: Option<SentPhoto>,
    /// SHA-256 of the credential (IssuerSigned) that the wallet has, where it asks for another.
    pub held: Option<[u8; 32]>,
    /// The authority's record of that licence, in JSON: how a desk learns of a licence that it did not issue itself.
    pub record: Option<String>,
}

impl ApplicationBody {
    /// Encodes the body, deterministically.
    fn encode(&self, desk: &[u8; 32]) -> Vec<u8> {
        let photo = self.photo.as_ref().map_or(Value::Null, |photo| {
            let camera = Value::Unsigned(u64::from(photo.source != PhotoSource::Camera));
            Value::array([camera, Value::bytes(photo.large.as_slice()), Value::bytes(photo.small.as_slice())])
        });
        cbor::encode(&Value::Array(vec![
            Value::Unsigned(VERSION),
            Value::bytes(self.id),
            Value::bytes(*desk),
            Value::integer(self.made_at.unix()),
            Value::Unsigned(self.asks.number()),
            Value::array([Value::text(&*self.number), Value::text(&*self.name)]),
            Value::bytes(self.device_key),
            Value::bytes(self.answer_key),
            photo,
            self.held.map_or(Value::Null, Value::bytes),
            self.record.as_deref().map_or(Value::Null, Value::text),
        ]))
    }

    /// Decodes a body, and the desk that it was made for.
    fn decode(bytes: &[u8]) -> Result<(Self, [u8; 32]), ApplicationError> {
        const FORM: ApplicationError = ApplicationError::Form;
        let value = cbor::decode_own(bytes).map_err(|_| FORM)?;
        let items = value.as_array().ok_or(FORM)?;
        let version = items.first().and_then(Item::as_unsigned).ok_or(FORM)?;
        if version > VERSION || items.len() > ITEMS {
            return Err(ApplicationError::Newer);
        }
        let [_, id, desk, made_at, asks, who, device_key, answer_key, photo, held, record] = items else {
            return Err(FORM);
        };
        let Some([number, name]) = who.as_array() else { return Err(FORM) };
        let asks = asks.as_unsigned().ok_or(FORM)?;
        let body = Self {
            id: exactly(id).ok_or(FORM)?,
            made_at: Timestamp::from_unix(made_at.as_integer().ok_or(FORM)?),
            asks: Asks::of(asks).ok_or(ApplicationError::Newer)?,
            number: text(number, NUMBER_MAX).ok_or(FORM)?,
            name: text(name, NAME_MAX).ok_or(FORM)?,
            device_key: exactly(device_key).ok_or(FORM)?,
            answer_key: exactly(answer_key).ok_or(FORM)?,
            photo: if photo.is_null() { None } else { Some(read_photo(photo).ok_or(FORM)?) },
            held: if held.is_null() { None } else { Some(exactly(held).ok_or(FORM)?) },
            record: if record.is_null() { None } else { Some(text(record, RECORD_MAX).ok_or(FORM)?) },
        };
        Ok((body, exactly(desk).ok_or(FORM)?))
    }

    /// Checks the rules that do not depend on who reads it; returns both keys.
    fn check(&self) -> Result<(PublicKey, AgreementKey), ApplicationError> {
        let fits = |text: &str, most: usize| !text.trim().is_empty() && text.len() <= most;
        if !fits(&self.number, NUMBER_MAX) || !fits(&self.name, NAME_MAX) {
            return Err(ApplicationError::Form);
        }
        let answer_key = AgreementKey::from_sec1(&self.answer_key)?;
        let _point = AgreementKey::from_sec1(&self.device_key)?;
        let device_key = PublicKey::p256_from_sec1(&self.device_key).ok_or(ApplicationError::Form)?;
        if self.device_key == self.answer_key {
            return Err(ApplicationError::SameKey);
        }
        let record_fits = self.record.as_ref().is_none_or(|record| record.len() <= RECORD_MAX);
        if self.asks.of_a_licence() != self.held.is_some()
            || !record_fits
            || (self.record.is_some() && self.held.is_none())
        {
            return Err(ApplicationError::Form);
        }
        match (self.asks, &self.photo) {
            (Asks::Replacement, None) => return Err(ApplicationError::Photo),
            (_, Some(photo)) => {
                if photo.source == PhotoSource::OnFile || photo.large.len() > PHOTO_MAX {
                    return Err(ApplicationError::Photo);
                }
                let _info = check_large(&photo.large).map_err(ApplicationError::PhotoRule)?;
                let _info = check_small(&photo.small).map_err(ApplicationError::PhotoRule)?;
            }
            _ => {}
        }
        Ok((device_key, answer_key))
    }

    fn binding(&self, desk: &AgreementKey) -> AnswerBinding {
        AnswerBinding {
            application_id: self.id,
            desk_spki_sha256: desk.spki_sha256(),
            device_key_sha256: Sha256::digest(self.device_key).into(),
        }
    }
}

pub(super) fn exactly<const N: usize>(item: &Item<'_>) -> Option<[u8; N]> {
    item.as_bytes()?.try_into().ok()
}

pub(super) fn text(item: &Item<'_>, most: usize) -> Option<String> {
    item.as_text().filter(|text| text.len() <= most).map(str::to_owned)
}

fn read_photo(item: &Item<'_>) -> Option<SentPhoto> {
    let [source, large, small] = item.as_array()? else { return None };
    let source = match source.as_unsigned()? {
        0 => PhotoSource::Camera,
        1 => PhotoSource::File,
        _ => return None,
    };
    Some(SentPhoto { source, large: large.as_bytes()?.to_vec(), small: small.as_bytes()?.to_vec() })
}

/// What the device key signs: the desk, and SHA-256 of the body. Not the body itself, so that a key store is not handed the photo.
fn to_be_signed(desk: &[u8; 32], body: &[u8]) -> Vec<u8> {
    let hash: [u8; 32] = Sha256::digest(body).into();
    cbor::encode(&Value::array([Value::text(CONTEXT), Value::bytes(*desk), Value::bytes(hash)]))
}

/// An application that waits for the signature of its device key.
#[derive(Clone, Debug)]
#[must_use]
pub struct PreparedApplication {
    desk: AgreementKey,
    binding: AnswerBinding,
    body: Vec<u8>,
    to_be_signed: Vec<u8>,
}

impl PreparedApplication {
    /// Checks and encodes an application for a desk.
    ///
    /// # Errors
    /// The rule that it breaks, as [`UnverifiedApplication::verify`] would find it.
    pub fn new(body: &ApplicationBody, desk: &VerifiedDesk) -> Result<Self, ApplicationError> {
        let _keys = body.check()?;
        let (binding, desk) = (body.binding(desk.key()), desk.key().clone());
        let body = body.encode(&binding.desk_spki_sha256);
        let to_be_signed = to_be_signed(&binding.desk_spki_sha256, &body);
        Ok(Self { desk, binding, body, to_be_signed })
    }

    /// Returns the bytes that the device key signs with ES256.
    #[must_use]
    pub fn to_be_signed(&self) -> &[u8] {
        &self.to_be_signed
    }

    /// Seals the application with its signature, r ‖ s.
    ///
    /// # Errors
    /// `sealed-random`, or `sealed-length` if the payload has no room for it.
    pub fn seal(self, signature: &[u8; 64], random: Random<'_>) -> Result<SentApplication, ApplicationError> {
        let signed = cbor::encode(&Value::array([Value::bytes(self.body), Value::bytes(*signature)]));
        let sealed = SealedApplication::seal(&self.desk, &signed, random)?;
        Ok(SentApplication { payload: sealed.encode()?, binding: self.binding })
    }
}

/// A sealed application, and what its answer will be bound to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentApplication {
    /// The payload of the QR link, which is a file as well.
    pub payload: Vec<u8>,
    /// What the answer is bound to.
    pub binding: AnswerBinding,
}

/// An application at its desk, which waits for what the desk's key agrees.
#[derive(Clone, Debug)]
#[must_use]
pub struct PendingApplication {
    desk: AgreementKey,
    pending: PendingOpen,
}

impl PendingApplication {
    /// Reads a payload of the QR link at the desk of this key.
    ///
    /// # Errors
    /// A code of [`envelope::sealed::SealedError`]: `sealed-other-desk` if it is for another one.
    pub fn decode(payload: &[u8], desk: &AgreementKey) -> Result<Self, ApplicationError> {
        let pending = SealedApplication::decode(payload)?.pending(desk.clone())?;
        Ok(Self { desk: desk.clone(), pending })
    }

    /// Returns the point with which the desk's private key has to agree.
    #[must_use]
    pub const fn point(&self) -> &AgreementKey {
        self.pending.point()
    }

    /// Opens the application with the shared value, 32 bytes.
    ///
    /// # Errors
    /// `sealed-opening`, `application-form` or `application-newer`.
    pub fn step(self, shared: &[u8; 32]) -> Result<UnverifiedApplication, ApplicationError> {
        UnverifiedApplication::decode(&self.pending.step(shared)?, self.desk)
    }
}

/// An application that was opened; nothing of it is verified.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub struct UnverifiedApplication {
    desk: AgreementKey,
    body: ApplicationBody,
    for_desk: [u8; 32],
    encoded: Vec<u8>,
    signature: Vec<u8>,
}

impl UnverifiedApplication {
    /// Decodes what was inside of a sealed application, at the desk of this key.
    ///
    /// # Errors
    /// `application-form` or `application-newer`.
    pub fn decode(opened: &[u8], desk: AgreementKey) -> Result<Self, ApplicationError> {
        let value = cbor::decode_own(opened).map_err(|_| ApplicationError::Form)?;
        let (encoded, signature) = match value.as_array() {
            Some([body, signature]) => (body.as_bytes(), signature.as_bytes()),
            Some([_, _, _, ..]) => return Err(ApplicationError::Newer),
            _ => return Err(ApplicationError::Form),
        };
        let (Some(encoded), Some(signature)) = (encoded, signature) else {
            return Err(ApplicationError::Form);
        };
        let (body, for_desk) = ApplicationBody::decode(encoded)?;
        Ok(Self { desk, body, for_desk, encoded: encoded.to_vec(), signature: signature.to_vec() })
    }

    /// Verifies it at `now`: it was made for this desk, its device key signed it, and it keeps the rules.
    ///
    /// `known` says whether an application of this identifier was received before.
    ///
    /// # Errors
    /// A code of [`ApplicationError`].
    pub fn verify(
        self,
        now: Timestamp,
        known: impl FnOnce(&[u8; 16]) -> bool,
        by: &dyn VerifySignature,
    ) -> Result<ReceivedApplication, ApplicationError> {
        let binding = self.body.binding(&self.desk);
        if self.for_desk != binding.desk_spki_sha256 {
            return Err(ApplicationError::OtherDesk);
        }
        let (device_key, answer_key) = self.body.check()?;
        let message = to_be_signed(&self.for_desk, &self.encoded);
        let signed = signature::verify(Algorithm::Es256, &device_key, &message, &self.signature, by);
        let _signed = signed.map_err(|error| match error {
            SignatureError::NotChecked => {
                ApplicationError::NotChecked(SignatureNotChecked::at(step::APPLICATION))
            }
            _ => ApplicationError::Signature,
        })?;
        let age = now.seconds_since(self.body.made_at);
        if age > APPLICATION_DAYS * 86_400 {
            return Err(ApplicationError::Old);
        }
        if age < -AHEAD_SECONDS {
            return Err(ApplicationError::Ahead);
        }
        if known(&self.body.id) {
            return Err(ApplicationError::Seen);
        }
        Ok(ReceivedApplication { body: self.body, answer_key, binding })
    }
}

/// Proof that an application was made for this desk, is signed by its device key, keeps the rules and is new; only
/// [`UnverifiedApplication::verify`] makes it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub struct ReceivedApplication {
    body: ApplicationBody,
    answer_key: AgreementKey,
    binding: AnswerBinding,
}

impl ReceivedApplication {
    /// Returns what it says.
    pub const fn body(&self) -> &ApplicationBody {
        &self.body
    }

    /// Returns the portraits of its photo.
    pub fn portraits(&self) -> Option<Portraits<'_>> {
        self.body.photo.as_ref().map(|photo| Portraits { large: &photo.large, small: &photo.small })
    }

    /// Returns the key for which its answer is sealed.
    pub const fn answer_key(&self) -> &AgreementKey {
        &self.answer_key
    }

    /// Returns what its answer is bound to.
    pub const fn binding(&self) -> &AnswerBinding {
        &self.binding
    }
}

//! The messages of a claim on the QR link: a desk's offer, a sealed application, a sealed answer.

use cbor::{Item, Value};

use super::error::SealedError;
use super::hpke::{Hpke, PendingOpen};
use super::key::{AgreementKey, Random};
use crate::deflate::{MAX_INFLATED, deflate, inflate};
use crate::envelope::{KIND_APPLICATION, KIND_DESK_OFFER, KIND_ISSUED};
use crate::error::EnvelopeError;

/// The most certificates of a desk's offer.
pub const MAX_CERTIFICATES: usize = 4;

/// Inflates a payload and checks that it is an Envelope of this kind; returns the number of its items with it.
fn read<T>(
    payload: &[u8],
    kind: u64,
    items: usize,
    parts: impl FnOnce(&[Item<'_>]) -> Result<T, SealedError>,
) -> Result<T, SealedError> {
    read_inflated(&inflate(payload)?, kind, items, parts)
}

fn read_inflated<T>(
    envelope: &[u8],
    kind: u64,
    items: usize,
    parts: impl FnOnce(&[Item<'_>]) -> Result<T, SealedError>,
) -> Result<T, SealedError> {
    if envelope.len() > MAX_INFLATED {
        return Err(EnvelopeError::Size.into());
    }
    let value = cbor::decode_own(envelope)?;
    let array = value.as_array().ok_or(EnvelopeError::Kind)?;
    if array.first().and_then(Item::as_unsigned) != Some(kind) {
        return Err(EnvelopeError::Kind.into());
    }
    if array.len() > items {
        return Err(SealedError::Newer);
    }
    parts(array)
}

/// Deflates an Envelope to a payload of the QR link.
fn write(items: Vec<Value>) -> Result<Vec<u8>, SealedError> {
    deflate(&cbor::encode(&Value::Array(items))).map_err(|_| SealedError::Length)
}

fn exactly<const N: usize>(item: &Item<'_>) -> Result<[u8; N], SealedError> {
    item.as_bytes().and_then(|bytes| bytes.try_into().ok()).ok_or(SealedError::Form)
}

/// Reads the last two items of a sealed message.
fn sealed(enc: &Item<'_>, ciphertext: &Item<'_>) -> Result<Hpke, SealedError> {
    match (enc.as_bytes(), ciphertext.as_bytes()) {
        (Some(enc), Some(ciphertext)) => Hpke::from_parts(enc, ciphertext),
        _ => Err(SealedError::Form),
    }
}

/// `info` of RFC 9180 for a message of this kind.
fn info(kind: u64, application_id: Value, desk: &[u8; 32], device_key: Value) -> Vec<u8> {
    let items = [Value::Unsigned(kind), application_id, Value::bytes(*desk), device_key];
    cbor::encode(&Value::array(items))
}

/// A desk's offer: its certificate first, then those above it, each in DER. Nothing of it is verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeskOffer {
    certificates: Vec<Vec<u8>>,
}

impl DeskOffer {
    /// Creates an offer from certificates in DER, the desk's own first.
    ///
    /// # Errors
    /// `sealed-form` without a certificate, with an empty one, or with more than [`MAX_CERTIFICATES`].
    pub fn new(certificates: Vec<Vec<u8>>) -> Result<Self, SealedError> {
        let some = (1..=MAX_CERTIFICATES).contains(&certificates.len());
        if !some || certificates.iter().any(Vec::is_empty) {
            return Err(SealedError::Form);
        }
        Ok(Self { certificates })
    }

    /// Returns the desk's own certificate in DER.
    #[must_use]
    pub fn desk(&self) -> &[u8] {
        self.certificates.first().map(Vec::as_slice).unwrap_or_default()
    }

    /// Returns all certificates in DER, the desk's own first.
    #[must_use]
    pub fn certificates(&self) -> &[Vec<u8>] {
        &self.certificates
    }

    /// Returns the payload of the QR link.
    ///
    /// # Errors
    /// `sealed-length` if it is longer than a payload.
    pub fn encode(&self) -> Result<Vec<u8>, SealedError> {
        let certificates = self.certificates.iter().map(|der| Value::bytes(der.as_slice())).collect();
        write(vec![Value::Unsigned(KIND_DESK_OFFER), Value::Array(certificates)])
    }

    /// Decodes a payload of the QR link.
    ///
    /// # Errors
    /// `size`, `envelope-deflate`, or what [`DeskOffer::decode_inflated`] refuses.
    pub fn decode(payload: &[u8]) -> Result<Self, SealedError> {
        read(payload, KIND_DESK_OFFER, 2, Self::read)
    }

    /// Decodes an Envelope that was not deflated.
    ///
    /// # Errors
    /// A CBOR code, `envelope-kind`, `sealed-form` or `sealed-newer`.
    pub fn decode_inflated(envelope: &[u8]) -> Result<Self, SealedError> {
        read_inflated(envelope, KIND_DESK_OFFER, 2, Self::read)
    }

    fn read(items: &[Item<'_>]) -> Result<Self, SealedError> {
        let [_, certificates] = items else { return Err(SealedError::Form) };
        let certificates = certificates.as_array().ok_or(SealedError::Form)?;
        if certificates.len() > MAX_CERTIFICATES {
            return Err(SealedError::Form);
        }
        let der = |item: &Item<'_>| item.as_bytes().map(<[u8]>::to_vec).ok_or(SealedError::Form);
        Self::new(certificates.iter().map(der).collect::<Result<_, _>>()?)
    }
}

/// An application that is sealed for a desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedApplication {
    desk_key_id: [u8; 32],
    message: Hpke,
}

impl SealedApplication {
    /// Seals the encoded body of an application for `desk`.
    ///
    /// # Errors
    /// `sealed-random` if the random bytes make no key.
    pub fn seal(desk: &AgreementKey, body: &[u8], random: Random<'_>) -> Result<Self, SealedError> {
        let desk_key_id = desk.spki_sha256();
        Ok(Self { desk_key_id, message: Hpke::seal(desk, &Self::info(&desk_key_id), body, random)? })
    }

    /// Returns SHA-256 of the `SubjectPublicKeyInfo` of the desk that it is sealed for, as it says itself.
    #[must_use]
    pub const fn desk_key_id(&self) -> &[u8; 32] {
        &self.desk_key_id
    }

    /// Begins to open it at `desk`.
    ///
    /// # Errors
    /// `sealed-other-desk` if it is sealed for another desk.
    pub fn pending(self, desk: AgreementKey) -> Result<PendingOpen, SealedError> {
        if self.desk_key_id != desk.spki_sha256() {
            return Err(SealedError::OtherDesk);
        }
        Ok(self.message.pending(desk, Self::info(&self.desk_key_id)))
    }

    /// Returns the payload of the QR link.
    ///
    /// # Errors
    /// `sealed-length` if it is longer than a payload.
    pub fn encode(&self) -> Result<Vec<u8>, SealedError> {
        write(vec![
            Value::Unsigned(KIND_APPLICATION),
            Value::bytes(self.desk_key_id),
            Value::bytes(*self.message.enc().to_sec1()),
            Value::bytes(self.message.ciphertext()),
        ])
    }

    /// Decodes a payload of the QR link.
    ///
    /// # Errors
    /// `size`, `envelope-deflate`, or what [`SealedApplication::decode_inflated`] refuses.
    pub fn decode(payload: &[u8]) -> Result<Self, SealedError> {
        read(payload, KIND_APPLICATION, 4, Self::read)
    }

    /// Decodes an Envelope that was not deflated.
    ///
    /// # Errors
    /// A CBOR code, `envelope-kind`, `sealed-form`, `sealed-newer` or `sealed-point`.
    pub fn decode_inflated(envelope: &[u8]) -> Result<Self, SealedError> {
        read_inflated(envelope, KIND_APPLICATION, 4, Self::read)
    }

    fn read(items: &[Item<'_>]) -> Result<Self, SealedError> {
        let [_, desk_key_id, enc, ciphertext] = items else { return Err(SealedError::Form) };
        Ok(Self { desk_key_id: exactly(desk_key_id)?, message: sealed(enc, ciphertext)? })
    }

    fn info(desk: &[u8; 32]) -> Vec<u8> {
        info(KIND_APPLICATION, Value::Null, desk, Value::Null)
    }
}

/// What an answer is bound to. Both sides know it before the answer is made: the wallet from its own application, the desk
/// from the application that it opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AnswerBinding {
    /// The identifier of the application.
    pub application_id: [u8; 16],
    /// SHA-256 of the `SubjectPublicKeyInfo` of the desk.
    pub desk_spki_sha256: [u8; 32],
    /// SHA-256 of the device key's uncompressed point.
    pub device_key_sha256: [u8; 32],
}

impl AnswerBinding {
    fn info(&self) -> Vec<u8> {
        let Self { application_id, desk_spki_sha256, device_key_sha256 } = self;
        info(KIND_ISSUED, Value::bytes(*application_id), desk_spki_sha256, Value::bytes(*device_key_sha256))
    }
}

/// A desk's answer to an application, sealed for the wallet that made it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedAnswer {
    application_id: [u8; 16],
    message: Hpke,
}

impl SealedAnswer {
    /// Seals the encoded body of an answer for the `answer_key` of an application.
    ///
    /// # Errors
    /// `sealed-random` if the random bytes make no key.
    pub fn seal(
        answer_key: &AgreementKey,
        binding: &AnswerBinding,
        body: &[u8],
        random: Random<'_>,
    ) -> Result<Self, SealedError> {
        let message = Hpke::seal(answer_key, &binding.info(), body, random)?;
        Ok(Self { application_id: binding.application_id, message })
    }

    /// Returns the identifier of the application that it answers, as it says itself.
    #[must_use]
    pub const fn application_id(&self) -> &[u8; 16] {
        &self.application_id
    }

    /// Begins to open it in the wallet that waits for this answer.
    ///
    /// # Errors
    /// `sealed-other-application` if it answers another application.
    pub fn pending(
        self,
        answer_key: AgreementKey,
        binding: &AnswerBinding,
    ) -> Result<PendingOpen, SealedError> {
        if self.application_id != binding.application_id {
            return Err(SealedError::OtherApplication);
        }
        Ok(self.message.pending(answer_key, binding.info()))
    }

    /// Returns the payload of the QR link.
    ///
    /// # Errors
    /// `sealed-length` if it is longer than a payload.
    pub fn encode(&self) -> Result<Vec<u8>, SealedError> {
        write(vec![
            Value::Unsigned(KIND_ISSUED),
            Value::bytes(self.application_id),
            Value::bytes(*self.message.enc().to_sec1()),
            Value::bytes(self.message.ciphertext()),
        ])
    }

    /// Decodes a payload of the QR link.
    ///
    /// # Errors
    /// `size`, `envelope-deflate`, or what [`SealedAnswer::decode_inflated`] refuses.
    pub fn decode(payload: &[u8]) -> Result<Self, SealedError> {
        read(payload, KIND_ISSUED, 4, Self::read)
    }

    /// Decodes an Envelope that was not deflated.
    ///
    /// # Errors
    /// A CBOR code, `envelope-kind`, `sealed-form`, `sealed-newer` or `sealed-point`.
    pub fn decode_inflated(envelope: &[u8]) -> Result<Self, SealedError> {
        read_inflated(envelope, KIND_ISSUED, 4, Self::read)
    }

    fn read(items: &[Item<'_>]) -> Result<Self, SealedError> {
        let [_, application_id, enc, ciphertext] = items else { return Err(SealedError::Form) };
        Ok(Self { application_id: exactly(application_id)?, message: sealed(enc, ciphertext)? })
    }
}

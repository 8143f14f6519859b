//! One certificate, parsed once (RFC 5280, 4.1).

use der::asn1::{AnyRef, BitStringRef, GeneralizedTime, ObjectIdentifier, OctetStringRef, UtcTime};
use der::{Decode as _, Reader as _, SliceReader, Tag, Tagged as _};
use sha2::{Digest as _, Sha256};

use super::error::CertificateError;
use super::extension::Extension;
use super::name::Name;
use super::oid::ids;
use cbor::Timestamp;
use signature::{
    Curve, HashAlgorithm, PublicKey, SignatureError, SignatureValid, UnverifiedSignature, VerifySignature,
};

/// Longest certificate in bytes; real ones have 500 to 1,500.
pub const MAX_CERTIFICATE: usize = 8 * 1024;

/// Longest serial number in octets (RFC 5280, 4.1.2.2).
const MAX_SERIAL: usize = 20;

/// A certificate as received: parsed, not checked by a profile, not trusted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    der: Vec<u8>,
    tbs: Vec<u8>,
    signature: Vec<u8>,
    signature_algorithm: ObjectIdentifier,
    serial: Vec<u8>,
    issuer: Name,
    subject: Name,
    not_before: Timestamp,
    not_after: Timestamp,
    spki: Vec<u8>,
    key: PublicKey,
    extensions: Vec<Extension>,
}

impl Certificate {
    /// Decodes a certificate in DER.
    ///
    /// # Errors
    /// A [`CertificateError`]: size, form, version, serial number, algorithms, key, or an extension that occurs twice.
    pub fn decode(der: &[u8]) -> Result<Self, CertificateError> {
        if der.len() > MAX_CERTIFICATE {
            return Err(CertificateError::Size);
        }
        let mut reader = SliceReader::new(der)?;
        let (tbs, outer_algorithm, signature) = reader.sequence(|whole| {
            let tbs = whole.tlv_bytes()?;
            let algorithm = whole.tlv_bytes()?;
            let signature = BitStringRef::decode(whole)?;
            Ok::<_, der::Error>((tbs, algorithm, signature))
        })?;
        reader.finish()?;
        let signature = signature.as_bytes().ok_or(CertificateError::Malformed)?;
        let fields = TbsFields::decode(tbs)?;
        let (signature_algorithm, parameters) = algorithm_identifier(outer_algorithm)?;
        // ECDSA's identifiers have no parameters (RFC 5758, 3.2)
        if fields.algorithm != outer_algorithm || parameters.is_some() {
            return Err(CertificateError::SignatureAlgorithm);
        }
        Ok(Self {
            der: der.to_vec(),
            tbs: tbs.to_vec(),
            signature: signature.to_vec(),
            signature_algorithm,
            serial: fields.serial.to_vec(),
            issuer: fields.issuer,
            subject: fields.subject,
            not_before: fields.not_before,
            not_after: fields.not_after,
            spki: fields.spki.to_vec(),
            key: public_key(fields.spki)?,
            extensions: fields.extensions,
        })
    }

    /// Returns the received bytes.
    #[must_use]
    pub fn as_der(&self) -> &[u8] {
        &self.der
    }

    /// Returns the received bytes of the TBSCertificate, which are signed.
    #[must_use]
    pub fn tbs(&self) -> &[u8] {
        &self.tbs
    }

    /// Returns the serial number's octets.
    #[must_use]
    pub fn serial(&self) -> &[u8] {
        &self.serial
    }

    /// Returns the issuer's name.
    #[must_use]
    pub const fn issuer(&self) -> &Name {
        &self.issuer
    }

    /// Returns the subject's name.
    #[must_use]
    pub const fn subject(&self) -> &Name {
        &self.subject
    }

    /// Returns the first second of its validity.
    #[must_use]
    pub const fn not_before(&self) -> Timestamp {
        self.not_before
    }

    /// Returns the last second of its validity.
    #[must_use]
    pub const fn not_after(&self) -> Timestamp {
        self.not_after
    }

    /// Returns the subject's key.
    #[must_use]
    pub const fn public_key(&self) -> &PublicKey {
        &self.key
    }

    /// Returns all extensions as received; none occurs twice.
    #[must_use]
    pub fn extensions(&self) -> &[Extension] {
        &self.extensions
    }

    /// Returns the extension with this identifier.
    #[must_use]
    pub fn extension(&self, id: ObjectIdentifier) -> Option<&Extension> {
        self.extensions.iter().find(|e| e.id == id)
    }

    /// Returns the subject key identifier, if there is one.
    #[must_use]
    pub fn ski(&self) -> Option<&[u8]> {
        self.extension(ids::SUBJECT_KEY_IDENTIFIER)?.octets()
    }

    /// Returns the authority key identifier, if there is one.
    #[must_use]
    pub fn aki(&self) -> Option<&[u8]> {
        self.extension(ids::AUTHORITY_KEY_IDENTIFIER)?.authority_key()
    }

    /// Returns the SHA-256 of the received `SubjectPublicKeyInfo`, equal for every certificate of one key.
    #[must_use]
    pub fn spki_sha256(&self) -> [u8; 32] {
        Sha256::digest(&self.spki).into()
    }

    /// Returns the SHA-256 of the certificate.
    #[must_use]
    pub fn fingerprint(&self) -> [u8; 32] {
        Sha256::digest(&self.der).into()
    }

    /// Returns whether it is said to be signed by ECDSA with SHA-256, SHA-384 or SHA-512, on whatever curve.
    #[must_use]
    pub const fn is_signed_by_ecdsa_with_sha2(&self) -> bool {
        matches!(
            self.signature_algorithm,
            ids::ECDSA_WITH_SHA256 | ids::ECDSA_WITH_SHA384 | ids::ECDSA_WITH_SHA512
        )
    }

    /// Verifies that `issuer_key` signed this certificate.
    ///
    /// # Errors
    /// [`SignatureError::Curve`] or `Brainpool` for an algorithm or key that is not supported, `Format` for a malformed
    /// signature, `Mismatch` or `NotChecked`.
    pub fn verify_signed_by(
        &self,
        issuer_key: &PublicKey,
        by: &dyn VerifySignature,
    ) -> Result<SignatureValid, SignatureError> {
        self.unverified(issuer_key)?.verify(by)
    }

    /// Returns the signature of this certificate with `issuer_key`, not verified.
    ///
    /// # Errors
    /// As [`Certificate::verify_signed_by`], without [`SignatureError::Mismatch`].
    pub fn unverified(&self, issuer_key: &PublicKey) -> Result<UnverifiedSignature, SignatureError> {
        unverified(self.signature_algorithm, issuer_key, &self.tbs, &self.signature)
    }
}

/// Returns the signature of a certificate or revocation list: in DER, with an algorithm identifier.
pub(super) fn unverified(
    algorithm: ObjectIdentifier,
    issuer_key: &PublicKey,
    tbs: &[u8],
    signature: &[u8],
) -> Result<UnverifiedSignature, SignatureError> {
    let hash = match algorithm {
        ids::ECDSA_WITH_SHA256 => HashAlgorithm::Sha256,
        ids::ECDSA_WITH_SHA384 => HashAlgorithm::Sha384,
        ids::ECDSA_WITH_SHA512 => HashAlgorithm::Sha512,
        _ => return Err(SignatureError::Curve),
    };
    UnverifiedSignature::der(hash, issuer_key, tbs.to_vec(), signature)
}

/// The signed fields, borrowed from the input where possible.
struct TbsFields<'a> {
    serial: &'a [u8],
    algorithm: &'a [u8],
    issuer: Name,
    not_before: Timestamp,
    not_after: Timestamp,
    subject: Name,
    spki: &'a [u8],
    extensions: Vec<Extension>,
}

impl<'a> TbsFields<'a> {
    fn decode(tbs: &'a [u8]) -> Result<Self, CertificateError> {
        let mut reader = SliceReader::new(tbs)?;
        let fields = reader.sequence(|fields| {
            version(fields)?;
            let serial = serial(AnyRef::decode(fields)?)?;
            let algorithm = fields.tlv_bytes()?;
            let issuer = Name::decode(fields.tlv_bytes()?)?;
            let (not_before, not_after) =
                fields.sequence(|v| Ok::<_, CertificateError>((time(v)?, time(v)?)))?;
            let subject = Name::decode(fields.tlv_bytes()?)?;
            let spki = fields.tlv_bytes()?;
            let extensions = extensions(fields)?;
            Ok::<_, CertificateError>(Self {
                serial,
                algorithm,
                issuer,
                not_before,
                not_after,
                subject,
                spki,
                extensions,
            })
        })?;
        reader.finish()?;
        Ok(fields)
    }
}

/// `[0] EXPLICIT INTEGER`: 2 stands for version 3.
fn version(reader: &mut SliceReader<'_>) -> Result<(), CertificateError> {
    if reader.peek_byte() != Some(0xa0) {
        return Err(CertificateError::Version);
    }
    match AnyRef::decode(reader)?.value() {
        [0x02, 0x01, 0x02] => Ok(()),
        _ => Err(CertificateError::Version),
    }
}

pub(super) fn serial(number: AnyRef<'_>) -> Result<&[u8], CertificateError> {
    number.tag().assert_eq(Tag::Integer)?;
    let octets = number.value();
    match octets {
        [] | [0] => Err(CertificateError::Serial),
        [first, ..] if first & 0x80 != 0 || octets.len() > MAX_SERIAL => Err(CertificateError::Serial),
        // a leading zero is allowed only to keep the number positive
        [0, second, ..] if second & 0x80 == 0 => Err(CertificateError::Malformed),
        _ => Ok(octets),
    }
}

/// UTCTime through 2049 and GeneralizedTime from 2050 on, with seconds, in UTC (RFC 5280, 4.1.2.5).
pub(super) fn time(reader: &mut SliceReader<'_>) -> Result<Timestamp, CertificateError> {
    const YEAR_2050: u64 = 2_524_608_000;
    let value = AnyRef::decode(reader)?;
    let seconds = match value.tag() {
        Tag::UtcTime => value.decode_as::<UtcTime>()?.to_unix_duration().as_secs(),
        _ => value.decode_as::<GeneralizedTime>()?.to_unix_duration().as_secs(),
    };
    if (seconds < YEAR_2050) != (value.tag() == Tag::UtcTime) {
        return Err(CertificateError::TimeEncoding);
    }
    i64::try_from(seconds).map(Timestamp::from_unix).map_err(|_| CertificateError::Malformed)
}

/// Returns the identifier of an algorithm and its parameters.
pub(super) fn algorithm_identifier(
    der: &[u8],
) -> Result<(ObjectIdentifier, Option<AnyRef<'_>>), CertificateError> {
    let mut reader = SliceReader::new(der)?;
    let parts = reader.sequence(|parts| {
        let id = ObjectIdentifier::decode(parts)?;
        let parameters = (!parts.is_finished()).then(|| AnyRef::decode(parts));
        Ok::<_, der::Error>((id, parameters.transpose()?))
    })?;
    Ok(parts)
}

/// An EC key on a named curve (RFC 5480, 2).
fn public_key(spki: &[u8]) -> Result<PublicKey, CertificateError> {
    let mut reader = SliceReader::new(spki)?;
    let (algorithm, point) =
        reader.sequence(|parts| Ok::<_, der::Error>((parts.tlv_bytes()?, BitStringRef::decode(parts)?)))?;
    let (id, parameters) = algorithm_identifier(algorithm)?;
    let curve = parameters.and_then(|p| p.decode_as::<ObjectIdentifier>().ok());
    let (ids::EC_PUBLIC_KEY, Some(curve), Some(point)) = (id, curve, point.as_bytes()) else {
        return Err(CertificateError::Key);
    };
    let curve = match curve {
        ids::P256 => Curve::P256,
        ids::P384 => Curve::P384,
        ids::P521 => Curve::P521,
        ids::BRAINPOOL_P256R1 => Curve::BrainpoolP256r1,
        ids::BRAINPOOL_P384R1 => Curve::BrainpoolP384r1,
        ids::BRAINPOOL_P320R1 | ids::BRAINPOOL_P512R1 => return Ok(PublicKey::unsupported(Curve::Brainpool)),
        _ => return Ok(PublicKey::unsupported(Curve::Other)),
    };
    PublicKey::from_sec1(curve, point).ok_or(CertificateError::Key)
}

/// `[3] EXPLICIT SEQUENCE OF Extension`, which every certificate of this profile has.
fn extensions(fields: &mut SliceReader<'_>) -> Result<Vec<Extension>, CertificateError> {
    if fields.is_finished() {
        return Ok(Vec::new());
    }
    if fields.peek_byte() != Some(0xa3) {
        return Err(CertificateError::Malformed);
    }
    extension_list(AnyRef::decode(fields)?.value())
}

/// `SEQUENCE OF Extension`, none of which occurs twice.
pub(super) fn extension_list(der: &[u8]) -> Result<Vec<Extension>, CertificateError> {
    let mut found: Vec<Extension> = Vec::new();
    let mut reader = SliceReader::new(der)?;
    reader.sequence(|list| {
        while !list.is_finished() {
            let extension = list.sequence(extension)?;
            if found.iter().any(|e| e.id == extension.id) {
                return Err(CertificateError::DuplicateExtension);
            }
            found.push(extension);
        }
        Ok(())
    })?;
    reader.finish()?;
    Ok(found)
}

fn extension(parts: &mut SliceReader<'_>) -> Result<Extension, CertificateError> {
    let id = ObjectIdentifier::decode(parts)?;
    // DER omits the default, so only TRUE is ever written
    let critical = parts.peek_byte() == Some(0x01);
    if critical && !bool::decode(parts)? {
        return Err(CertificateError::Malformed);
    }
    let value = <&OctetStringRef>::decode(parts)?.as_bytes().to_vec();
    Ok(Extension { id, critical, value })
}

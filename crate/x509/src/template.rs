//! Writes certificates. No profile is checked here: [`crate::CertificateAuthority`] checks what it signs.

use der::asn1::ObjectIdentifier;
use sha1::{Digest as _, Sha1};

use crate::certificate::Certificate;
use crate::encode::{oid, tlv};
use crate::extension::Extension;
use crate::name::Name;
use crate::oid::ids;
use cbor::Timestamp;
use signature::{Algorithm, Curve, PublicKey, Signer, to_der};

/// The fields of every certificate except its names.
#[derive(Clone, Debug)]
pub struct CertificateFields<'a> {
    /// The serial number, big-endian: at most 20 octets with at least 63 random bits; a leading zero keeps it positive.
    pub serial: &'a [u8],
    /// The first second of validity.
    pub not_before: Timestamp,
    /// The last second of validity.
    pub not_after: Timestamp,
    /// The subject's key, on a supported curve.
    pub public_key: PublicKey,
    /// The URI of the revocation list.
    pub crl_uri: &'a str,
}

/// A certificate to be signed, unchecked. The constructors conform to the profiles; every field can be changed.
#[derive(Clone, Debug)]
pub struct CertificateTemplate {
    /// The serial number, big-endian.
    pub serial: Vec<u8>,
    /// The issuer's name.
    pub issuer: Name,
    /// The subject's name.
    pub subject: Name,
    /// The first second of validity.
    pub not_before: Timestamp,
    /// The last second of validity.
    pub not_after: Timestamp,
    /// `SubjectPublicKeyInfo` in DER.
    pub spki: Vec<u8>,
    /// The extensions, written in this order.
    pub extensions: Vec<Extension>,
    /// The signature algorithm; [`CertificateTemplate::sign`] replaces it by the signer's.
    pub algorithm: Algorithm,
}

impl CertificateTemplate {
    /// Creates an IACA root; `contact` is an email address or a URI.
    #[must_use]
    pub fn iaca(subject: Name, contact: &str, fields: &CertificateFields<'_>) -> Self {
        let extensions = vec![
            Extension::subject_key_identifier(&key_identifier(&fields.public_key)),
            Extension::key_usage(&[5, 6]),
            Extension::ca_without_sub_ca(),
            Extension::issuer_alt_name(contact),
            Extension::crl_distribution_point(fields.crl_uri),
        ];
        Self::new(subject.clone(), subject, fields, extensions)
    }

    /// Creates a document signer directly under `iaca`, with the root's contact.
    #[must_use]
    pub fn document_signer(iaca: &Certificate, subject: Name, fields: &CertificateFields<'_>) -> Self {
        let mut extensions = vec![
            Extension::authority_key_identifier(iaca.ski().unwrap_or_default()),
            Extension::subject_key_identifier(&key_identifier(&fields.public_key)),
            Extension::key_usage(&[0]),
            Extension::extended_key_usage(&[ids::MDL_DOCUMENT_SIGNER]),
        ];
        extensions.extend(iaca.extension(ids::ISSUER_ALT_NAME).cloned());
        extensions.push(Extension::crl_distribution_point(fields.crl_uri));
        Self::new(iaca.subject().clone(), subject, fields, extensions)
    }

    /// Creates an authority over readers or desks, without a revocation list: their certificates are short-lived.
    #[must_use]
    pub fn reader_authority(subject: Name, fields: &CertificateFields<'_>) -> Self {
        let extensions = vec![
            Extension::subject_key_identifier(&key_identifier(&fields.public_key)),
            Extension::key_usage(&[5, 6]),
            Extension::ca_without_sub_ca(),
        ];
        Self::new(subject.clone(), subject, fields, extensions)
    }

    /// Creates a reader directly under `authority`, with the extensions that the profile requires and no others: the
    /// certificate is part of every request.
    #[must_use]
    pub fn reader(authority: &Certificate, subject: Name, fields: &CertificateFields<'_>) -> Self {
        let extensions = vec![
            Extension::authority_key_identifier(authority.ski().unwrap_or_default()),
            Extension::subject_key_identifier(&key_identifier(&fields.public_key)),
            Extension::key_usage(&[0]),
            Extension::extended_key_usage(&[ids::MDL_READER_AUTH]),
        ];
        Self::new(authority.subject().clone(), subject, fields, extensions)
    }

    /// Creates a desk directly under `authority`, with the extensions that the profile requires and no others.
    #[must_use]
    pub fn desk(authority: &Certificate, subject: Name, fields: &CertificateFields<'_>) -> Self {
        let extensions = vec![
            Extension::authority_key_identifier(authority.ski().unwrap_or_default()),
            Extension::subject_key_identifier(&key_identifier(&fields.public_key)),
            Extension::key_usage(&[4]),
            Extension::extended_key_usage(&[ids::CLAIM_DESK]),
        ];
        Self::new(authority.subject().clone(), subject, fields, extensions)
    }

    fn new(issuer: Name, subject: Name, fields: &CertificateFields<'_>, extensions: Vec<Extension>) -> Self {
        Self {
            serial: fields.serial.to_vec(),
            issuer,
            subject,
            not_before: fields.not_before,
            not_after: fields.not_after,
            spki: spki(&fields.public_key),
            extensions,
            algorithm: Algorithm::Es256,
        }
    }

    /// Replaces the extension with the same identifier, or appends it.
    #[must_use]
    pub fn with_extension(mut self, extension: Extension) -> Self {
        match self.extensions.iter_mut().find(|e| e.id == extension.id) {
            Some(place) => *place = extension,
            None => self.extensions.push(extension),
        }
        self
    }

    /// Removes an extension.
    #[must_use]
    pub fn without_extension(mut self, id: ObjectIdentifier) -> Self {
        self.extensions.retain(|e| e.id != id);
        self
    }

    /// Returns the bytes to be signed with [`CertificateTemplate::algorithm`].
    #[must_use]
    pub fn tbs(&self) -> Vec<u8> {
        let extensions: Vec<u8> = self.extensions.iter().flat_map(Extension::to_der).collect();
        let validity = [time(self.not_before), time(self.not_after)].concat();
        let parts = [
            tlv(0xa0, &[0x02, 0x01, 0x02]),
            integer(&self.serial),
            algorithm_identifier(self.algorithm),
            self.issuer.raw().to_vec(),
            tlv(0x30, &validity),
            self.subject.raw().to_vec(),
            self.spki.clone(),
            tlv(0xa3, &tlv(0x30, &extensions)),
        ];
        tlv(0x30, &parts.concat())
    }

    /// Returns the certificate in DER from the signed bytes and the raw signature r ‖ s; `None` if the signature does not
    /// have the length of the algorithm.
    #[must_use]
    pub fn assemble(tbs: &[u8], algorithm: Algorithm, signature: &[u8]) -> Option<Vec<u8>> {
        let bits = [&[0], to_der(algorithm, signature)?.as_slice()].concat();
        let whole = [tbs, &algorithm_identifier(algorithm), &tlv(0x03, &bits)].concat();
        Some(tlv(0x30, &whole))
    }

    /// Returns the certificate in DER, signed by `issuer_key` with the algorithm of its curve.
    #[must_use]
    pub fn sign(&self, issuer_key: &dyn Signer) -> Vec<u8> {
        let algorithm = issuer_key.algorithm();
        let tbs = Self { algorithm, ..self.clone() }.tbs();
        // a fresh signature is in range
        Self::assemble(&tbs, algorithm, &issuer_key.sign(&tbs)).unwrap_or_default()
    }
}

impl<'a> CertificateFields<'a> {
    /// Creates the fields of a certificate for the public key of `key`, with the revocation list at `crl_uri`.
    #[must_use]
    pub fn new(
        serial: &'a [u8],
        not_before: Timestamp,
        not_after: Timestamp,
        key: &dyn Signer,
        crl_uri: &'a str,
    ) -> Self {
        Self { serial, not_before, not_after, public_key: key.public_key(), crl_uri }
    }
}

/// Returns the SHA-1 of the key's bits (Annex B): an identifier, not a protection.
fn key_identifier(key: &PublicKey) -> [u8; 20] {
    Sha1::digest(key.to_sec1().unwrap_or_default()).into()
}

fn spki(key: &PublicKey) -> Vec<u8> {
    let curve = match key.curve() {
        Curve::P384 => ids::P384,
        Curve::P521 => ids::P521,
        Curve::BrainpoolP256r1 => ids::BRAINPOOL_P256R1,
        Curve::BrainpoolP384r1 => ids::BRAINPOOL_P384R1,
        _ => ids::P256,
    };
    let algorithm = tlv(0x30, &[oid(ids::EC_PUBLIC_KEY), oid(curve)].concat());
    let bits = tlv(0x03, &[&[0], key.to_sec1().unwrap_or_default().as_slice()].concat());
    tlv(0x30, &[algorithm, bits].concat())
}

/// `AlgorithmIdentifier` of ECDSA with the algorithm's hash, without parameters (RFC 5758, 3.2).
pub(super) fn algorithm_identifier(algorithm: Algorithm) -> Vec<u8> {
    let id = match algorithm {
        Algorithm::Es256 | Algorithm::Esb256 => ids::ECDSA_WITH_SHA256,
        Algorithm::Es384 | Algorithm::Esb384 => ids::ECDSA_WITH_SHA384,
        Algorithm::Es512 => ids::ECDSA_WITH_SHA512,
    };
    tlv(0x30, &oid(id))
}

/// UTCTime through 2049, GeneralizedTime from 2050 (RFC 5280, 4.1.2.5).
pub(super) fn time(moment: Timestamp) -> Vec<u8> {
    let digits: String = moment.format_tdate().chars().filter(char::is_ascii_digit).collect();
    match moment.date_at(0).year() {
        1950..=2049 => {
            let short: String = digits.chars().skip(2).collect();
            tlv(0x17, format!("{short}Z").as_bytes())
        }
        _ => tlv(0x18, format!("{digits}Z").as_bytes()),
    }
}

/// A positive INTEGER.
pub(super) fn integer(octets: &[u8]) -> Vec<u8> {
    let trimmed: Vec<u8> = octets.iter().copied().skip_while(|b| *b == 0).collect();
    match trimmed.first() {
        Some(first) if first & 0x80 == 0 => tlv(0x02, &trimmed),
        _ => tlv(0x02, &[&[0], trimmed.as_slice()].concat()),
    }
}

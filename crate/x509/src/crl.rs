//! Certificate revocation lists (RFC 5280, 5).
//!
//! The list of an IACA is complete and covers its own certificates. Delta, partial and indirect lists are marked by an
//! extension and refused, whether the extension is critical or not; so is any other critical extension. Whether a list is
//! current is judged where it is used.

use std::collections::BTreeSet;

use der::asn1::{AnyRef, BitStringRef, ObjectIdentifier};
use der::{Decode as _, Reader as _, SliceReader};

use super::certificate::{Certificate, algorithm_identifier, extension_list, serial, time, unverified};
use super::error::CertificateError;
use super::extension::Extension;
use super::name::Name;
use super::oid::ids;
use super::profile::check_iaca;
use cbor::{SignatureNotChecked, Timestamp, coded, stage_error};
use signature::{SignatureError, SignatureValid, VerifySignature};

/// Longest list in bytes.
pub const MAX_CRL: usize = 1024 * 1024;

/// Why a revocation list is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CrlError {
    /// Longer than [`MAX_CRL`].
    Size,
    /// Not a revocation list of version 2 in DER.
    Malformed,
    /// `nextUpdate` is missing, or before `thisUpdate`.
    NextUpdate,
    /// An extension of the list or of an entry makes it partial, indirect or a delta, or is critical and unknown.
    Critical,
    /// The list is of another authority, by its name or its key identifier.
    Issuer,
    /// The signature does not verify under the authority's key.
    Signature,
    /// The provider could not verify the signature.
    NotChecked(SignatureNotChecked),
    /// The given certificate is not an IACA root.
    Authority(CertificateError),
}

coded!(CrlError as CrlCode {
    Size => "crl-size", "revocation-list", "project limit: 1 MiB";
    Malformed => "crl-malformed", "revocation-list", "RFC 5280, 5.1";
    NextUpdate => "crl-next-update", "revocation-list", "RFC 5280, 5.1.2.5";
    Critical => "crl-critical-extension", "revocation-list", "RFC 5280, 5.2";
    Issuer => "crl-issuer", "revocation-list", "RFC 5280, 5.1.2.3";
    Signature => "crl-signature", "revocation-list", "RFC 5280, 5.1.1.3";
} via [Authority(crate::CertificateCode), NotChecked(cbor::NotCheckedCode)]);
stage_error!(CrlError);

impl From<CertificateError> for CrlError {
    fn from(_: CertificateError) -> Self {
        Self::Malformed
    }
}

impl From<der::Error> for CrlError {
    fn from(_: der::Error) -> Self {
        Self::Malformed
    }
}

/// A revocation list as received, not verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnverifiedCrl {
    tbs: Vec<u8>,
    signature_algorithm: ObjectIdentifier,
    signature: Vec<u8>,
    fields: Fields,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Fields {
    issuer: Name,
    this_update: Timestamp,
    next_update: Timestamp,
    revoked: BTreeSet<Vec<u8>>,
    extensions: Vec<Extension>,
}

impl UnverifiedCrl {
    /// Decodes a list in DER.
    ///
    /// # Errors
    /// `crl-size`, `crl-malformed`, `crl-next-update` or `crl-critical-extension`.
    pub fn decode(der: &[u8]) -> Result<Self, CrlError> {
        if der.len() > MAX_CRL {
            return Err(CrlError::Size);
        }
        let mut reader = SliceReader::new(der)?;
        let (tbs, outer_algorithm, signature) = reader.sequence(|whole| {
            let parts = (whole.tlv_bytes()?, whole.tlv_bytes()?, BitStringRef::decode(whole)?);
            Ok::<_, der::Error>(parts)
        })?;
        reader.finish()?;
        let signature = signature.as_bytes().ok_or(CrlError::Malformed)?.to_vec();
        let (signature_algorithm, parameters) = algorithm_identifier(outer_algorithm)?;
        let mut reader = SliceReader::new(tbs)?;
        let (inner_algorithm, fields) = reader.sequence(Fields::decode)?;
        reader.finish()?;
        if inner_algorithm != outer_algorithm || parameters.is_some() {
            return Err(CrlError::Malformed);
        }
        Ok(Self { tbs: tbs.to_vec(), signature_algorithm, signature, fields })
    }

    /// Verifies that it is the list of `iaca`: name, key identifier and signature.
    ///
    /// # Errors
    /// `crl-issuer`, `crl-signature`, or the line of the IACA profile that the certificate breaks.
    pub fn verify(self, iaca: &Certificate, by: &dyn VerifySignature) -> Result<VerifiedCrl, CrlError> {
        let _profile = check_iaca(iaca).map_err(CrlError::Authority)?;
        if !self.names(iaca) {
            return Err(CrlError::Issuer);
        }
        let signed = unverified(self.signature_algorithm, iaca.public_key(), &self.tbs, &self.signature);
        let signature = signed.and_then(|signed| signed.verify(by)).map_err(|error| match error {
            SignatureError::NotChecked => CrlError::NotChecked(SignatureNotChecked::at("revocation-list")),
            _ => CrlError::Signature,
        })?;
        Ok(VerifiedCrl { fields: self.fields, authority: iaca.spki_sha256(), _signature: signature })
    }

    /// Returns whether the list has this authority's name and, if it has a key identifier, this key's.
    #[must_use]
    pub fn names(&self, iaca: &Certificate) -> bool {
        let named = self.fields.extensions.iter().find(|e| e.id == ids::AUTHORITY_KEY_IDENTIFIER);
        let same_key = named.is_none_or(|e| e.authority_key() == iaca.ski());
        self.fields.issuer.matches(iaca.subject()) && same_key
    }
}

impl Fields {
    /// Returns the signed fields, and the algorithm that they name.
    fn decode<'a>(fields: &mut SliceReader<'a>) -> Result<(&'a [u8], Self), CrlError> {
        if fields.tlv_bytes()? != [0x02, 0x01, 0x01] {
            return Err(CrlError::Malformed);
        }
        let algorithm = fields.tlv_bytes()?;
        let issuer = Name::decode(fields.tlv_bytes()?)?;
        let this_update = time(fields)?;
        // UTCTime or GeneralizedTime
        if !matches!(fields.peek_byte(), Some(0x17 | 0x18)) {
            return Err(CrlError::NextUpdate);
        }
        let next_update = time(fields)?;
        if next_update < this_update {
            return Err(CrlError::NextUpdate);
        }
        let mut revoked = BTreeSet::new();
        if fields.peek_byte() == Some(0x30) {
            fields.sequence(|entries| {
                while !entries.is_finished() {
                    revoked.insert(entries.sequence(entry)?);
                }
                Ok::<_, CrlError>(())
            })?;
        }
        let extensions = match fields.peek_byte() {
            Some(0xa0) => extension_list(AnyRef::decode(fields)?.value())?,
            _ => Vec::new(),
        };
        if extensions.iter().any(is_refused) {
            return Err(CrlError::Critical);
        }
        Ok((algorithm, Self { issuer, this_update, next_update, revoked, extensions }))
    }
}

/// Returns whether an extension limits what a list covers, or is critical and unknown.
fn is_refused(extension: &Extension) -> bool {
    const PARTIAL: [ObjectIdentifier; 3] =
        [ids::DELTA_CRL_INDICATOR, ids::ISSUING_DISTRIBUTION_POINT, ids::CERTIFICATE_ISSUER];
    extension.critical || PARTIAL.contains(&extension.id)
}

/// Returns the serial number of one entry.
fn entry(parts: &mut SliceReader<'_>) -> Result<Vec<u8>, CrlError> {
    let number = AnyRef::decode(parts)?;
    let revoked = significant(serial(number)?).to_vec();
    let _date = time(parts)?;
    if !parts.is_finished() && extension_list(parts.tlv_bytes()?)?.iter().any(is_refused) {
        return Err(CrlError::Critical);
    }
    Ok(revoked)
}

/// Returns a serial number without the leading zero that keeps it positive.
fn significant(octets: &[u8]) -> &[u8] {
    match octets {
        [0, rest @ ..] => rest,
        all => all,
    }
}

/// A revocation list that its authority signed; only [`UnverifiedCrl::verify`] makes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifiedCrl {
    fields: Fields,
    authority: [u8; 32],
    _signature: SignatureValid,
}

impl VerifiedCrl {
    /// Returns `thisUpdate`.
    #[must_use]
    pub const fn this_update(&self) -> Timestamp {
        self.fields.this_update
    }

    /// Returns `nextUpdate`.
    #[must_use]
    pub const fn next_update(&self) -> Timestamp {
        self.fields.next_update
    }

    /// Returns its number, big-endian, if it is above zero. A later list has a higher one (RFC 5280, 5.2.3).
    #[must_use]
    pub fn number(&self) -> Option<&[u8]> {
        let number = self.fields.extensions.iter().find(|e| e.id == ids::CRL_NUMBER)?;
        serial(AnyRef::from_der(&number.value).ok()?).ok().map(significant)
    }

    /// Returns whether it is older than another list of the same authority, by date or number.
    #[must_use]
    pub fn is_older_than(&self, other: &Self) -> bool {
        // without leading zeros the longer number is higher
        let rank = |number: &[u8]| (number.len(), number.to_vec());
        let numbers = self.number().zip(other.number());
        self.this_update() < other.this_update()
            || numbers.is_some_and(|(own, there)| rank(own) < rank(there))
    }

    /// Returns the number of revoked certificates.
    #[must_use]
    pub fn len(&self) -> usize {
        self.fields.revoked.len()
    }

    /// Returns whether it revokes no certificate.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.fields.revoked.is_empty()
    }

    /// Returns whether it revokes this serial number.
    #[must_use]
    pub fn lists(&self, serial: &[u8]) -> bool {
        self.fields.revoked.contains(significant(serial))
    }

    /// Returns whether it is the list of the authority with this certificate.
    #[must_use]
    pub fn is_of(&self, iaca: &Certificate) -> bool {
        self.authority == iaca.spki_sha256() && self.fields.issuer.matches(iaca.subject())
    }
}

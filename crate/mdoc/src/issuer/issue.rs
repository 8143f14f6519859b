//! Issuing a credential: salted elements, their digests, the MSO and its signature.
//!
//! The MSO is small, because every presentation contains it: 16-byte salts, small digestIDs. The digestIDs of a
//! namespace are a random permutation, so that neither numbers nor order reveal which other elements a credential has.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::wire::digest::DigestAlgorithm;
use crate::wire::element_name::ElementName;
use crate::wire::issuer_signed::{self, IssuerSignedItem, MIN_RANDOM};
use crate::wire::mso::{KeyAuthorizations, MobileSecurityObject, Received, ValidityInfo};
use cbor::Value;
use cbor::coded;
use cbor::cose::{CoseKey, CoseSign1, protected_header, sig_structure};
use cbor::stage_error;
use signature::{Algorithm, Signer};
use x509::Certificate;

/// Why a credential cannot be issued.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum IssueError {
    /// An element is named twice.
    Duplicate(ElementName),
    /// `signed`, `validFrom` and `validUntil` are not in this order, or not within the DS certificate's validity.
    Validity,
    /// The key does not belong to the DS certificate.
    Signer,
}

coded!(IssueError as IssueCode {
    Duplicate => "issue-duplicate", "make", "ISO/IEC 18013-5, 9.1.2.4";
    Validity => "issue-validity", "make", "ISO/IEC 18013-5, 9.1.2.4";
    Signer => "issue-signer", "make", "ISO/IEC 18013-5, 9.1.2.4";
});
stage_error!(IssueError);

/// A credential to be issued.
#[derive(Clone, Debug)]
pub struct IssueRequest<'a> {
    /// The type of the document.
    pub doc_type: &'a str,
    /// (namespace, identifier, value) of every element.
    pub elements: Vec<(&'a str, &'a str, Value)>,
    /// The holder's public key.
    pub device_key: CoseKey,
    /// The times of the MSO, preferably rounded to the day.
    pub validity_info: ValidityInfo,
    /// The elements that the device may sign; normally none.
    pub key_authorizations: KeyAuthorizations,
    /// The reference to a status list, if there is one.
    pub status: Option<Value>,
}

/// A DS certificate with its private key.
#[derive(Clone)]
pub struct IssuerSigner {
    ds_certificate: Certificate,
    key: Arc<dyn Signer + Send + Sync>,
    digest_algorithm: DigestAlgorithm,
}

impl IssuerSigner {
    /// Creates a signer from a DS certificate and its key.
    ///
    /// # Errors
    /// `issue-signer` if the key does not belong to the certificate.
    pub fn new(
        ds_certificate: Certificate,
        key: impl Signer + Send + Sync + 'static,
    ) -> Result<Self, IssueError> {
        if *ds_certificate.public_key() != key.public_key() {
            return Err(IssueError::Signer);
        }
        Ok(Self { ds_certificate, key: Arc::new(key), digest_algorithm: DigestAlgorithm::default() })
    }

    /// Sets the digest algorithm of the elements; SHA-256 without this.
    #[must_use]
    pub const fn with_digest_algorithm(mut self, algorithm: DigestAlgorithm) -> Self {
        self.digest_algorithm = algorithm;
        self
    }

    /// Returns the DS certificate.
    pub const fn ds_certificate(&self) -> &Certificate {
        &self.ds_certificate
    }

    /// Returns the algorithm of its key.
    #[must_use]
    pub fn algorithm(&self) -> Algorithm {
        self.key.algorithm()
    }

    /// Signs other bytes with the DS key, such as a status list; returns r ‖ s.
    #[must_use]
    pub fn sign_bytes(&self, message: &[u8]) -> Vec<u8> {
        self.key.sign(message)
    }

    /// Issues a credential: an encoded IssuerSigned with all elements. `random` fills a buffer with
    /// random bytes, for salts and for the order of digests.
    ///
    /// # Errors
    /// `issue-duplicate` or `issue-validity`.
    pub fn issue(
        &self,
        request: &IssueRequest<'_>,
        random: &mut dyn FnMut(&mut [u8]),
    ) -> Result<Vec<u8>, IssueError> {
        self.check_validity(&request.validity_info)?;
        let mut by_namespace: BTreeMap<&str, Vec<(&str, &Value)>> = BTreeMap::new();
        let mut names = BTreeSet::new();
        for (namespace, identifier, value) in &request.elements {
            if !names.insert((*namespace, *identifier)) {
                let name = ElementName::new(namespace, identifier);
                return Err(IssueError::Duplicate(name));
            }
            by_namespace.entry(namespace).or_default().push((identifier, value));
        }

        let mut value_digests = BTreeMap::new();
        let mut name_spaces = Vec::new();
        for (namespace, elements) in by_namespace {
            let ids = permutation(elements.len(), random);
            let mut items: Vec<IssuerSignedItem> = elements
                .into_iter()
                .zip(ids)
                .map(|((identifier, value), id)| {
                    let mut salt = [0_u8; MIN_RANDOM];
                    random(&mut salt);
                    IssuerSignedItem::make(id, &salt, identifier, value.clone())
                })
                .collect();
            items.sort_by_key(IssuerSignedItem::digest_id);
            let digest = |item: &IssuerSignedItem| (item.digest_id(), item.digest(self.digest_algorithm));
            let digests = items.iter().map(digest);
            value_digests.insert(namespace.to_owned(), digests.collect());
            name_spaces.push((namespace, items));
        }

        let mso = MobileSecurityObject {
            digest_algorithm: self.digest_algorithm,
            value_digests,
            device_key: request.device_key,
            key_authorizations: request.key_authorizations.clone(),
            doc_type: request.doc_type.to_owned(),
            validity_info: request.validity_info,
            status: request.status.clone(),
            received: Received::default(),
        };
        Ok(self.sign(&mso, &name_spaces))
    }

    /// Signs an MSO unchecked and returns it with the items.
    pub(crate) fn sign(
        &self,
        mso: &MobileSecurityObject,
        name_spaces: &[(&str, Vec<IssuerSignedItem>)],
    ) -> Vec<u8> {
        let payload = mso.encode();
        let algorithm = self.key.algorithm();
        let signature = self.key.sign(&sig_structure(&protected_header(algorithm), &payload));
        let chain = vec![self.ds_certificate.as_der().to_vec()];
        let issuer_auth = CoseSign1::signed(algorithm, chain, Some(payload), signature);
        let issuer_auth = cbor::encode(&issuer_auth.to_value());
        let parts: Vec<_> = name_spaces
            .iter()
            .map(|(namespace, items)| (*namespace, items.iter().map(IssuerSignedItem::bytes).collect()))
            .collect();
        issuer_signed::encode(&parts, &issuer_auth)
    }

    fn check_validity(&self, validity: &ValidityInfo) -> Result<(), IssueError> {
        let ds = &self.ds_certificate;
        let in_order = validity.signed <= validity.valid_from && validity.valid_from <= validity.valid_until;
        let inside = ds.not_before() <= validity.signed && validity.valid_until <= ds.not_after();
        if in_order && inside { Ok(()) } else { Err(IssueError::Validity) }
    }
}

impl core::fmt::Debug for IssuerSigner {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        formatter.debug_struct("IssuerSigner").finish_non_exhaustive()
    }
}

/// A random permutation of 0 to `count` - 1 (Fisher and Yates).
fn permutation(count: usize, random: &mut dyn FnMut(&mut [u8])) -> Vec<u32> {
    let mut ids: Vec<u32> = (0..).take(count).collect();
    for last in (1..ids.len()).rev() {
        let mut bytes = [0_u8; 8];
        random(&mut bytes);
        // 64 bits for few places: the bias is below 2^-50.
        let choice = u64::from_be_bytes(bytes) % (last as u64 + 1);
        ids.swap(last, usize::try_from(choice).unwrap_or(last));
    }
    ids
}

#[cfg(test)]
mod tests {
    use super::permutation;

    #[test]
    fn a_place_may_keep_its_number() {
        // 5 is 2 modulo 3 and 1 modulo 2: each place is swapped with itself
        let mut five = |bytes: &mut [u8]| bytes.copy_from_slice(&5_u64.to_be_bytes());
        assert_eq!(permutation(3, &mut five), [0, 1, 2]);
        let mut zero = |bytes: &mut [u8]| bytes.fill(0);
        assert_eq!(permutation(3, &mut zero), [1, 2, 0]);
    }
}

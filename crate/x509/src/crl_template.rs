//! Writes revocation lists. Nothing is checked here: [`crate::CertificateAuthority::revocation_list`] checks what it signs.

use crate::certificate::Certificate;
use crate::encode::tlv;
use crate::extension::Extension;
use crate::name::Name;
use crate::oid::ids;
use crate::template::{algorithm_identifier, integer, time};
use cbor::Timestamp;
use signature::{Signer, to_der};

/// A revocation list to be signed, unchecked. [`CrlTemplate::new`] conforms to RFC 5280; every field can be changed.
#[derive(Clone, Debug)]
pub struct CrlTemplate {
    /// The issuer's name.
    pub issuer: Name,
    /// `thisUpdate`.
    pub this_update: Timestamp,
    /// `nextUpdate`.
    pub next_update: Option<Timestamp>,
    /// Serial numbers, big-endian, with the times of revocation.
    pub revoked: Vec<(Vec<u8>, Timestamp)>,
    /// Extensions of the list.
    pub extensions: Vec<Extension>,
}

impl CrlTemplate {
    /// Creates the list of `iaca` with this number, without entries.
    #[must_use]
    pub fn new(iaca: &Certificate, number: u64, this_update: Timestamp, next_update: Timestamp) -> Self {
        let extensions = vec![
            Extension::authority_key_identifier(iaca.ski().unwrap_or_default()),
            Extension::new(ids::CRL_NUMBER, false, integer(&number.to_be_bytes())),
        ];
        let next_update = Some(next_update);
        Self { issuer: iaca.subject().clone(), this_update, next_update, revoked: Vec::new(), extensions }
    }

    /// Revokes a certificate.
    #[must_use]
    pub fn revoke(mut self, certificate: &Certificate, at: Timestamp) -> Self {
        self.revoked.push((certificate.serial().to_vec(), at));
        self
    }

    /// Returns the list in DER, signed by `key` with the algorithm of its curve.
    #[must_use]
    pub fn sign(&self, key: &dyn Signer) -> Vec<u8> {
        let algorithm = key.algorithm();
        let entry = |(serial, at): &(Vec<u8>, Timestamp)| tlv(0x30, &[integer(serial), time(*at)].concat());
        let entries: Vec<u8> = self.revoked.iter().flat_map(entry).collect();
        let extensions: Vec<u8> = self.extensions.iter().flat_map(Extension::to_der).collect();
        let parts = [
            integer(&[1]),
            algorithm_identifier(algorithm),
            self.issuer.raw().to_vec(),
            time(self.this_update),
            self.next_update.map(time).unwrap_or_default(),
            // an empty list of entries is omitted (RFC 5280, 5.1.2.6)
            if entries.is_empty() { Vec::new() } else { tlv(0x30, &entries) },
            if extensions.is_empty() { Vec::new() } else { tlv(0xa0, &tlv(0x30, &extensions)) },
        ];
        let tbs = tlv(0x30, &parts.concat());
        // a fresh signature is in range
        let signature = to_der(algorithm, &key.sign(&tbs)).unwrap_or_default();
        let bits = [&[0], signature.as_slice()].concat();
        tlv(0x30, &[tbs, algorithm_identifier(algorithm), tlv(0x03, &bits)].concat())
    }
}

//! An authority that issues certificates and its revocation list, each checked by its profile.

use cbor::Timestamp;
use signature::{PublicKey, Signer};

use crate::certificate::Certificate;
use crate::crl::{CrlError, UnverifiedCrl};
use crate::crl_template::CrlTemplate;
use crate::desk::check_desk;
use crate::error::CertificateError;
use crate::extension::Extension;
use crate::name::Name;
use crate::oid::ids;
use crate::profile::{check_document_signer_strictly, check_iaca_strictly};
use crate::reader::{check_reader, check_reader_authority};
use crate::template::{CertificateFields, CertificateTemplate};
use crate::vical::check_vical_signer;

/// The subject and the validity of a certificate.
#[derive(Clone, Debug)]
pub struct Subject<'a> {
    /// The subject's name.
    pub name: Name,
    /// The serial number, big-endian: at most 20 octets, at least 63 bits of them random.
    pub serial: &'a [u8],
    /// The first second of validity.
    pub not_before: Timestamp,
    /// The last second of validity.
    pub not_after: Timestamp,
    /// The URI of the issuer's revocation list. Not written into certificates of readers, of desks and of their authorities.
    pub crl_uri: &'a str,
}

impl<'a> Subject<'a> {
    fn fields(&self, public_key: PublicKey) -> CertificateFields<'a> {
        let Self { serial, not_before, not_after, crl_uri, .. } = *self;
        CertificateFields { serial, not_before, not_after, public_key, crl_uri }
    }
}

/// The role of a certificate directly under an authority.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CertificateRole {
    /// Signs MSOs and status lists; checked by [`check_document_signer_strictly`].
    DocumentSigner,
    /// Signs the requests of an mdoc reader; checked by [`check_reader`].
    Reader,
    /// Signs trust lists (VICAL); checked by [`check_vical_signer`].
    VicalSigner,
    /// Agrees on keys with applicants; checked by [`check_desk`].
    Desk,
}

/// An authority: its own certificate and its private key.
///
/// What it issues is checked by the profile of its role (ISO/IEC 18013-5, Annex B) before it is returned.
#[derive(Clone, Debug)]
pub struct CertificateAuthority<K> {
    certificate: Certificate,
    key: K,
}

impl<K: Signer> CertificateAuthority<K> {
    /// Creates an IACA with a self-signed root; `contact` is an email address or a URI.
    ///
    /// # Errors
    /// Returns the line of the IACA profile that the root breaks, for example a validity of more than 20 years.
    pub fn iaca(key: K, subject: &Subject<'_>, contact: &str) -> Result<Self, CertificateError> {
        let fields = subject.fields(key.public_key());
        let template = CertificateTemplate::iaca(subject.name.clone(), contact, &fields);
        let certificate = Certificate::decode(&template.sign(&key))?;
        let _profile = check_iaca_strictly(&certificate)?;
        Ok(Self { certificate, key })
    }

    /// Creates an authority over mdoc readers, or over desks, with a self-signed root.
    ///
    /// # Errors
    /// Returns the line of the profile that the root breaks.
    pub fn reader_authority(key: K, subject: &Subject<'_>) -> Result<Self, CertificateError> {
        let fields = subject.fields(key.public_key());
        let template = CertificateTemplate::reader_authority(subject.name.clone(), &fields);
        let certificate = Certificate::decode(&template.sign(&key))?;
        let _profile = check_reader_authority(&certificate)?;
        Ok(Self { certificate, key })
    }

    /// Creates an authority from its certificate and key.
    ///
    /// # Errors
    /// [`CertificateError::Key`] if the key is not that of the certificate.
    pub fn new(certificate: Certificate, key: K) -> Result<Self, CertificateError> {
        if *certificate.public_key() != key.public_key() {
            return Err(CertificateError::Key);
        }
        Ok(Self { certificate, key })
    }

    /// Returns the authority's own certificate.
    #[must_use]
    pub const fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    /// Returns the authority's private key.
    #[must_use]
    pub const fn key(&self) -> &K {
        &self.key
    }

    /// Returns the certificate and the private key by value.
    #[must_use]
    pub fn into_parts(self) -> (Certificate, K) {
        (self.certificate, self.key)
    }

    /// Issues a certificate for `public_key`.
    ///
    /// # Errors
    /// Returns the line of the role's profile that the certificate breaks.
    pub fn issue(
        &self,
        role: CertificateRole,
        subject: &Subject<'_>,
        public_key: PublicKey,
    ) -> Result<Certificate, CertificateError> {
        let template = self.unsigned(role, subject, public_key);
        let certificate = Certificate::decode(&template.sign(&self.key))?;
        match role {
            CertificateRole::DocumentSigner => {
                let _profile = check_document_signer_strictly(&certificate, Some(&self.certificate))?;
            }
            CertificateRole::Reader => {
                let _profile = check_reader(&certificate, Some(&self.certificate))?;
            }
            CertificateRole::VicalSigner => {
                let _profile = check_vical_signer(&certificate)?;
            }
            CertificateRole::Desk => {
                let _profile = check_desk(&certificate, Some(&self.certificate))?;
            }
        }
        Ok(certificate)
    }

    /// Issues the authority's revocation list of this number, in DER: the serial numbers of `revoked` with the times of
    /// their revocation.
    ///
    /// A later list has a higher number and contains every certificate of the earlier ones until it has expired
    /// (RFC 5280, 5.2.3 and 3.3).
    ///
    /// # Errors
    /// [`CrlError::Authority`] if this is no IACA, [`CrlError::Issuer`] for a certificate of another authority,
    /// [`CrlError::NextUpdate`] for dates in the wrong order, [`CrlError::Size`] for a list that is too long to be read.
    pub fn revocation_list(
        &self,
        number: u64,
        this_update: Timestamp,
        next_update: Timestamp,
        revoked: &[(&Certificate, Timestamp)],
    ) -> Result<Vec<u8>, CrlError> {
        let _profile = check_iaca_strictly(&self.certificate).map_err(CrlError::Authority)?;
        let mut template = CrlTemplate::new(&self.certificate, number, this_update, next_update);
        for (certificate, at) in revoked {
            if certificate.issuer().raw() != self.certificate.subject().raw() {
                return Err(CrlError::Issuer);
            }
            template = template.revoke(certificate, *at);
        }
        let list = template.sign(&self.key);
        let _readable = UnverifiedCrl::decode(&list)?;
        Ok(list)
    }

    /// Returns the unsigned certificate that [`Self::issue`] signs.
    pub(crate) fn unsigned(
        &self,
        role: CertificateRole,
        subject: &Subject<'_>,
        public_key: PublicKey,
    ) -> CertificateTemplate {
        let (issuer, name, fields) = (&self.certificate, subject.name.clone(), subject.fields(public_key));
        match role {
            CertificateRole::DocumentSigner => CertificateTemplate::document_signer(issuer, name, &fields),
            CertificateRole::Reader => CertificateTemplate::reader(issuer, name, &fields),
            CertificateRole::Desk => CertificateTemplate::desk(issuer, name, &fields),
            CertificateRole::VicalSigner => CertificateTemplate::document_signer(issuer, name, &fields)
                .with_extension(Extension::extended_key_usage(&[ids::VICAL_SIGNER])),
        }
    }
}

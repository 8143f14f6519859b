//! Certificates of an authority: its root, and what is issued directly under it.
//!
//! | certificate | signs | checked by |
//! |---|---|---|
//! | [`CertificateAuthority::iaca`] | document signers, signers of trust lists, revocation lists | [`check_iaca`] |
//! | [`CertificateAuthority::reader_authority`] | readers | [`check_reader_authority`] |
//! | [`Role::DocumentSigner`] | MSOs and status lists | [`check_document_signer`] |
//! | [`Role::Reader`] | requests of an mdoc reader | [`check_reader`] |
//! | [`Role::VicalSigner`] | trust lists (VICAL) | [`check_vical_signer`] |
//!
//! The profiles are those of ISO/IEC 18013-5, Annex B. Every certificate is held against the profile of its role before it is returned. [`CertificateAuthority::sign`] holds
//! it against none: tests change a template and sign it. Serial numbers, dates and keys are arguments.
//!
//! A status list needs no role of its own: a document signer signs it, see `mdoc::status_list`.

use cbor::Timestamp;
use signature::{PublicKey, Signer};
use x509::{
    Certificate, CertificateError, CertificateFields, CertificateTemplate, CrlTemplate, Extension, Name,
    check_document_signer, check_iaca, check_reader, check_reader_authority, check_vical_signer, ids,
};

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
    /// The URI of the issuer's revocation list. Not written into certificates of readers and of their authority.
    pub crl_uri: &'a str,
}

impl<'a> Subject<'a> {
    fn fields(&self, public_key: PublicKey) -> CertificateFields<'a> {
        let Self { serial, not_before, not_after, crl_uri, .. } = *self;
        CertificateFields { serial, not_before, not_after, public_key, crl_uri }
    }
}

/// What a certificate under an authority is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Signs MSOs and status lists.
    DocumentSigner,
    /// Signs the requests of an mdoc reader.
    Reader,
    /// Signs trust lists.
    VicalSigner,
}

/// An authority that issues certificates: its own certificate and its private key.
#[derive(Clone, Debug)]
pub struct CertificateAuthority<K> {
    certificate: Certificate,
    key: K,
}

impl<K: Signer> CertificateAuthority<K> {
    /// Makes an IACA with a self-signed root; `contact` is an email address or a URI.
    ///
    /// # Errors
    /// The line of the IACA profile that the root does not meet.
    pub fn iaca(key: K, subject: &Subject<'_>, contact: &str) -> Result<Self, CertificateError> {
        let fields = subject.fields(key.public_key());
        let template = CertificateTemplate::iaca(subject.name.clone(), contact, &fields);
        let root = Self::self_signed(key, &template)?;
        let _profile = check_iaca(&root.certificate)?;
        Ok(root)
    }

    /// Makes an authority over mdoc readers with a self-signed root.
    ///
    /// # Errors
    /// The line of the profile that the root does not meet.
    pub fn reader_authority(key: K, subject: &Subject<'_>) -> Result<Self, CertificateError> {
        let fields = subject.fields(key.public_key());
        let template = CertificateTemplate::reader_authority(subject.name.clone(), &fields);
        let root = Self::self_signed(key, &template)?;
        let _profile = check_reader_authority(&root.certificate)?;
        Ok(root)
    }

    /// Signs a template with `key` and makes that the authority. No profile is checked.
    ///
    /// # Errors
    /// The template does not give a certificate that can be read.
    pub fn self_signed(key: K, template: &CertificateTemplate) -> Result<Self, CertificateError> {
        Ok(Self { certificate: Certificate::decode(&template.sign(&key))?, key })
    }

    /// Creates an authority from its certificate and key.
    ///
    /// # Errors
    /// [`CertificateError::Key`] where the key is not that of the certificate.
    pub fn new(certificate: Certificate, key: K) -> Result<Self, CertificateError> {
        if *certificate.public_key() != key.public_key() {
            return Err(CertificateError::Key);
        }
        Ok(Self { certificate, key })
    }

    /// The authority's own certificate.
    pub const fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    /// The authority's private key.
    pub const fn key(&self) -> &K {
        &self.key
    }

    /// Takes the authority apart into its certificate and its private key.
    pub fn into_parts(self) -> (Certificate, K) {
        (self.certificate, self.key)
    }

    /// Issues a certificate for `public_key`.
    ///
    /// # Errors
    /// The line of the role's profile that the certificate does not meet.
    pub fn issue(
        &self,
        role: Role,
        subject: &Subject<'_>,
        public_key: PublicKey,
    ) -> Result<Certificate, CertificateError> {
        let certificate = self.sign(&self.template(role, subject, public_key))?;
        match role {
            Role::DocumentSigner => {
                let _profile = check_document_signer(&certificate, Some(&self.certificate))?;
            }
            Role::Reader => {
                let _profile = check_reader(&certificate, Some(&self.certificate))?;
            }
            Role::VicalSigner => {
                let _profile = check_vical_signer(&certificate)?;
            }
        }
        Ok(certificate)
    }

    /// The unsigned certificate that [`Self::issue`] signs.
    #[must_use]
    pub fn template(&self, role: Role, subject: &Subject<'_>, public_key: PublicKey) -> CertificateTemplate {
        let (issuer, name, fields) = (&self.certificate, subject.name.clone(), subject.fields(public_key));
        match role {
            Role::DocumentSigner => CertificateTemplate::document_signer(issuer, name, &fields),
            Role::Reader => CertificateTemplate::reader(issuer, name, &fields),
            Role::VicalSigner => CertificateTemplate::document_signer(issuer, name, &fields)
                .with_extension(Extension::extended_key_usage(&[ids::VICAL_SIGNER])),
        }
    }

    /// Signs a template with the authority's key. No profile is checked.
    ///
    /// # Errors
    /// The template does not give a certificate that can be read.
    pub fn sign(&self, template: &CertificateTemplate) -> Result<Certificate, CertificateError> {
        Certificate::decode(&template.sign(&self.key))
    }

    /// The authority's revocation list of this number, without entries; [`CrlTemplate::sign`] takes [`Self::key`].
    #[must_use]
    pub fn revocation_list(
        &self,
        number: u64,
        this_update: Timestamp,
        next_update: Timestamp,
    ) -> CrlTemplate {
        CrlTemplate::new(&self.certificate, number, this_update, next_update)
    }
}

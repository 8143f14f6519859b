//! Certificates and revocation lists without any check: for tests, and for what the profiles do not cover.
//!
//! "Hazardous material": nothing here keeps a caller from signing a certificate that every verifier refuses, or worse, one
//! that another verifier accepts for a purpose that was not meant. The feature `hazmat` is off by default; tests that need
//! hostile certificates switch it on. An authority uses [`CertificateAuthority`], which checks what it signs.

use der::asn1::ObjectIdentifier;
use signature::{PublicKey, Signer};

use crate::authority::{CertificateAuthority, CertificateRole, Subject};
use crate::certificate::Certificate;
use crate::error::CertificateError;
use crate::name::Name;

pub use crate::crl_template::CrlTemplate;
pub use crate::template::{CertificateFields, CertificateTemplate};
pub use der::Tag;

impl Name {
    /// Creates a name of attributes in any string type that holds its text as UTF-8.
    #[must_use]
    pub fn from_tagged_attributes(attributes: &[(ObjectIdentifier, Tag, &str)]) -> Self {
        let owned = |(kind, tag, text): &(ObjectIdentifier, Tag, &str)| (*kind, *tag, (*text).to_owned());
        Self::encode(&attributes.iter().map(owned).collect::<Vec<_>>())
    }
}

impl<K: Signer> CertificateAuthority<K> {
    /// Returns the unsigned certificate that [`Self::issue`] signs, to be changed.
    #[must_use]
    pub fn template(
        &self,
        role: CertificateRole,
        subject: &Subject<'_>,
        public_key: PublicKey,
    ) -> CertificateTemplate {
        self.unsigned(role, subject, public_key)
    }

    /// Signs a template with the authority's key. No profile is checked.
    ///
    /// # Errors
    /// Fails if the template does not give a certificate that can be read.
    pub fn sign(&self, template: &CertificateTemplate) -> Result<Certificate, CertificateError> {
        Certificate::decode(&template.sign(self.key()))
    }
}

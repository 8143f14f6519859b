//! Certificates by the profile of ISO/IEC 18013-5, Annex B.
//!
//! [`Certificate::decode`] reads DER once and keeps the received bytes, because signatures are over those.
//! [`check_iaca`] and [`check_document_signer`] check a certificate by its profile; finding the authority and verifying
//! the chain is left to the caller. [`CertificateTemplate`] writes certificates. [`UnverifiedCrl`] reads revocation lists,
//! [`CrlTemplate`] writes them.

#[cfg(feature = "issue")]
mod build;
mod certificate;
mod crl;
#[cfg(feature = "issue")]
mod crl_build;
mod encode;
mod error;
mod extension;
mod name;
mod oid;
mod pem;
mod profile;
mod reader;
mod vical;

#[cfg(feature = "issue")]
pub use build::{CertificateFields, CertificateTemplate};
pub use certificate::{Certificate, MAX_CERTIFICATE};
pub use crl::{CrlCode, CrlError, MAX_CRL, UnverifiedCrl, VerifiedCrl};
#[cfg(feature = "issue")]
pub use crl_build::CrlTemplate;
pub use error::{CertificateCode, CertificateError};
pub use extension::Extension;
pub use name::Name;
pub use oid::ids;
pub use pem::{PemError, certificate_pems, crl_pems, pem_blocks, to_pem};
pub use profile::{
    DOCUMENT_SIGNER_MAX_DAYS, DocumentSignerProfile, IACA_MAX_YEARS, IacaProfile, check_document_signer,
    check_iaca,
};
pub use reader::{
    READER_MAX_DAYS, ReaderAuthorityProfile, ReaderProfile, check_reader, check_reader_authority,
};
pub use vical::{VicalAuthorityProfile, VicalSignerProfile, check_vical_authority, check_vical_signer};

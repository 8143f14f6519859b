//! X.509 certificates by the profiles of ISO/IEC 18013-5, Annex B; certificate revocation lists (RFC 5280); PEM (RFC 7468).
//!
//! A certificate is parsed once and keeps its received bytes. Its profile is checked line by line, and the result is a
//! proof. Leading a certificate back to a trust anchor is the task of the crate `mdoc`.
//!
//! ```text
//! DER -> Certificate -> check_iaca | check_document_signer | … -> a profile
//! DER -> UnverifiedCrl -> verify (with its authority) -> VerifiedCrl
//! CertificateAuthority -> Certificate, revocation list        (feature `issue`)
//! ```
//!
//! # Example
//!
//! An authority issues a document signer's certificate and later revokes it; a verifier checks both.
//!
//! ```
//! # #[cfg(all(feature = "issue", feature = "rustcrypto"))]
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use cbor::Timestamp;
//! use liangzheng_x509::{
//!     Certificate, CertificateAuthority, CertificateRole, Name, Subject, UnverifiedCrl, check_document_signer, ids,
//! };
//! use signature::{RustCrypto, Signer};
//!
//! # const DAY: i64 = 86_400;
//! # let now = Timestamp::from_unix(1_795_348_800);
//! // Private keys for this example only; real serial numbers are random.
//! let iaca_key = p256::ecdsa::SigningKey::from_slice(&[1; 32])?;
//! let ds_key = p256::ecdsa::SigningKey::from_slice(&[2; 32])?;
//! let subject = |common_name, serial, days: i64| Subject {
//!     name: Name::new("UT", None, common_name),
//!     serial,
//!     not_before: now,
//!     not_after: now.plus_seconds(days * DAY),
//!     crl_uri: "https://iaca.example/crl",
//! };
//! let root = subject("Example IACA", &[0x11; 16], 3650);
//! let authority = CertificateAuthority::iaca(iaca_key, &root, "https://iaca.example")?;
//! let signer = subject("Example document signer", &[0x22; 16], 400);
//! let ds = authority.issue(CertificateRole::DocumentSigner, &signer, ds_key.public_key())?;
//!
//! // The verifier has the IACA's certificate from a trust list, and receives the DS certificate with a document.
//! let iaca = Certificate::decode(authority.certificate().as_der())?;
//! let received = Certificate::decode(ds.as_der())?;
//! let _signed = received.verify_signed_by(iaca.public_key(), &RustCrypto)?;
//! let profile = check_document_signer(&received, Some(&iaca), &[ids::MDL_DOCUMENT_SIGNER])?;
//! assert!(profile.deviations().is_empty());
//!
//! // Nine days later the authority revokes it.
//! let (made, next) = (now.plus_seconds(9 * DAY), now.plus_seconds(16 * DAY));
//! let list = authority.revocation_list(1, made, next, &[(&ds, made)])?;
//! let list = UnverifiedCrl::decode(&list)?.verify(&iaca, &RustCrypto)?;
//! assert!(list.is_of(&iaca) && list.lists(received.serial()));
//! # Ok(())
//! # }
//! # #[cfg(not(all(feature = "issue", feature = "rustcrypto")))]
//! # fn main() {}
//! ```
//!
//! # Profiles
//!
//! | certificate | function | longest validity | key usage | extended key usage |
//! |---|---|---|---|---|
//! | IACA root | [`check_iaca`] | [`IACA_MAX_YEARS`] years | keyCertSign, cRLSign | none |
//! | document signer | [`check_document_signer`] | [`DOCUMENT_SIGNER_MAX_DAYS`] days | digitalSignature | `1.0.18013.5.1.2` |
//! | mdoc reader | [`check_reader`] | [`READER_MAX_DAYS`] days | digitalSignature | `1.0.18013.5.1.6` |
//! | authority's desk | [`check_desk`] | [`DESK_MAX_DAYS`] days | keyAgreement | [`ids::CLAIM_DESK`], of this project |
//! | authority over readers or desks | [`check_reader_authority`] | none | keyCertSign at least | none |
//! | signer of trust lists (VICAL) | [`check_vical_signer`] | none | digitalSignature or nonRepudiation | `1.0.18013.5.1.8` |
//! | authority above a VICAL signer | [`check_vical_authority`] | none | keyCertSign at least | any |
//!
//! Each function documents its lines, and returns a proof that says only that: `IacaProfile` is no trust. A certificate that
//! is refused gives the code of that line, `cert-profile-…`.
//!
//! IACA roots and document signers of real authorities depart from Annex B. [`check_iaca`] and [`check_document_signer`]
//! refuse what is dangerous and return the departures with the proof, each with a code (`deviation-…`):
//! [`Deviation::is_doubt`] distinguishes what leaves something open from mere remarks. [`check_iaca_strictly`] and
//! [`check_document_signer_strictly`] refuse every departure; authorities issue by them.
//!
//! Two deviations that real authorities need are accepted by the strict checks too: a state without its country (`AK` for
//! `US-AK`, compared by the crate `mdoc`), and a VICAL signer with nonRepudiation only.
//!
//! # Revocation lists
//!
//! An authority's list is complete and covers its own certificates. [`UnverifiedCrl::verify`] requires the authority's
//! certificate, and a [`VerifiedCrl`] can be made in no other way. Delta, partial and indirect lists are refused
//! ([`CrlError::Critical`]). Whether a list is current is an outcome of the verification that uses it.
//!
//! # What is checked
//!
//! [`Certificate::decode`]: at most [`MAX_CERTIFICATE`] bytes of DER, version 3, a positive serial number of at most 20
//! octets, times in the encoding of their year, two equal algorithm identifiers, an EC key on a named curve, no extension
//! twice. A key on a curve that is not supported can be read, and verifies nothing.
//!
//! [`UnverifiedCrl::decode`]: at most [`MAX_CRL`] bytes of DER, version 2, `nextUpdate` not before `thisUpdate`, no critical
//! extension.
//!
//! [`certificate_pems`], [`crl_pems`] and [`pem_blocks`]: texts and blocks are bounded; a block that is broken is an error and
//! is never skipped.
//!
//! # What is left to the caller
//!
//! - **The chain**: names, key identifiers, the signature ([`Certificate::verify_signed_by`]), the trust anchor.
//! - **Dates against a clock**: [`Certificate::not_before`], [`Certificate::not_after`], [`VerifiedCrl::next_update`].
//! - **Revocation**: whether a list names a serial number ([`VerifiedCrl::lists`]), and how old a list may be.
//! - **Random serial numbers** for what is issued: at least 63 random bits.
//!
//! # Names
//!
//! A [`Name`] keeps its encoding. Names are compared as RFC 5280, 7.1 asks ([`Name::matches`]): `PrintableString` and
//! `UTF8String` of the same text are the same, in any case and with any white space. [`Name::country`] and its kin return an attribute only
//! if it occurs once, so that two of a kind are never read as one.
//!
//! # Errors
//!
//! [`CertificateError`] and [`CrlError`] have a stable `code()` in kebab case, the `step()` and the `clause()`, and `kind()`, the
//! code as a value to match on. They hold nothing of the certificate.
//!
//! # Features and platforms
//!
//! | feature | default | |
//! |---|---|---|
//! | `rustcrypto` | yes | verification by the curve crates |
//! | `issue` | yes | `CertificateAuthority`: writes certificates and lists, each checked by its profile |
//! | `hazmat` | no | the module `hazmat`: writes them unchecked, for tests |
//!
//! No I/O, clock, randomness, global state or `unsafe`; `wasm32-unknown-unknown` is supported.

#[cfg(feature = "issue")]
mod authority;
mod certificate;
mod crl;
#[cfg(feature = "issue")]
#[cfg_attr(
    not(feature = "hazmat"),
    allow(dead_code, unreachable_pub, reason = "public with the feature hazmat")
)]
mod crl_template;
mod desk;
mod deviation;
mod encode;
mod error;
mod extension;
#[cfg(feature = "hazmat")]
pub mod hazmat;
mod name;
mod oid;
mod pem;
mod place;
mod profile;
mod reader;
#[cfg(feature = "issue")]
#[cfg_attr(
    not(feature = "hazmat"),
    allow(dead_code, unreachable_pub, reason = "public with the feature hazmat")
)]
mod template;
mod vical;

#[cfg(feature = "issue")]
pub use authority::{CertificateAuthority, CertificateRole, Subject};
pub use certificate::{Certificate, MAX_CERTIFICATE};
pub use crl::{CrlCode, CrlError, MAX_CRL, UnverifiedCrl, VerifiedCrl};
pub use der::asn1::ObjectIdentifier;
pub use desk::{DESK_MAX_DAYS, DeskProfile, check_desk, is_document_signer};
pub use deviation::{Deviation, DeviationCode, IssuerCertificate};
pub use error::{CertificateCode, CertificateError};
pub use extension::Extension;
pub use name::Name;
pub use oid::ids;
pub use pem::{PemError, certificate_pems, crl_pems, each_certificate_pem, pem_blocks, to_pem};
pub use place::{Place, PlaceMatch, compare_countries, compare_states};
pub use profile::{
    DOCUMENT_SIGNER_MAX_DAYS, DocumentSignerProfile, IACA_MAX_YEARS, IacaProfile, check_document_signer,
    check_document_signer_strictly, check_iaca, check_iaca_strictly,
};
pub use reader::{
    READER_MAX_DAYS, ReaderAuthorityProfile, ReaderProfile, check_reader, check_reader_authority,
};
pub use vical::{VicalAuthorityProfile, VicalSignerProfile, check_vical_authority, check_vical_signer};

//! The demo's reader: an authority over readers for 20 years, one reader under it with a certificate for each quarter.
//!
//! It proves nothing: its keys are public, as those of the licences' authority. Its name says DEMO.

use cbor::Timestamp;
use mdoc::reader::ReaderAnchor;
use p256::ecdsa::SigningKey;
#[cfg(test)]
use x509::Subject;
use x509::{Certificate, CertificateAuthority, CertificateRole, Name, ids};

use super::certificates::Quarter;
#[cfg(test)]
use super::certificates::{iaca_end, iaca_start};
#[cfg(test)]
use super::keys::serial;
use super::keys::signing_key;
use crate::error::IssueError;

/// The name of the authority over readers on a screen.
pub const READER_AUTHORITY_LABEL: &str = "演示核验机构 DEMO";
/// The reader's own name.
pub const READER_NAME: &str = "演示核验方 DEMO";

/// The authority's bytes, as [`derived_authority`] makes them (a test compares): so a search of a build finds them.
const AUTHORITY: &[u8] = include_bytes!("reader-authority.der");

/// A reader that signs requests.
#[derive(Debug, Clone)]
pub struct DemoReader {
    /// Its certificate.
    pub certificate: Certificate,
    /// Its key, which everybody can derive.
    pub key: SigningKey,
}

/// The authority, the same bytes every time.
pub(super) fn authority_der() -> &'static [u8] {
    AUTHORITY
}

fn authority() -> Result<Certificate, IssueError> {
    Ok(Certificate::decode(AUTHORITY)?)
}

/// The authority as a demo wallet pins it.
pub(super) fn anchor() -> Result<ReaderAnchor, IssueError> {
    ReaderAnchor::authority(authority()?, READER_AUTHORITY_LABEL).map_err(|_| IssueError::Signing)
}

/// The reader of the quarter of `now`.
pub(super) fn reader(now: Timestamp) -> Result<DemoReader, IssueError> {
    let quarter = Quarter::of(now)?;
    let label = quarter.label("DEMO reader");
    let authority_key = signing_key("reader authority").ok_or(IssueError::Signing)?;
    let authority = CertificateAuthority::new(authority()?, authority_key)?;
    let name = Name::from_attributes(&[(ids::COMMON_NAME, READER_NAME)]);
    let (certificate, key) = quarter.issue(&authority, CertificateRole::Reader, name, &label)?;
    Ok(DemoReader { certificate, key })
}

/// The authority from the seed; its signature is deterministic.
#[cfg(test)]
fn derived_authority() -> Result<Vec<u8>, IssueError> {
    let key = signing_key("reader authority").ok_or(IssueError::Signing)?;
    let subject = Subject {
        // Short: it is the issuer's name in every request.
        name: Name::from_attributes(&[(ids::COMMON_NAME, "DEMO readers")]),
        serial: &serial("reader authority"),
        not_before: iaca_start(),
        not_after: iaca_end(),
        crl_uri: "",
    };
    let root = CertificateAuthority::reader_authority(key, &subject)?;
    Ok(root.certificate().as_der().to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn authority_is_what_the_seed_gives() {
        assert_eq!(derived_authority().unwrap(), AUTHORITY);
    }
}

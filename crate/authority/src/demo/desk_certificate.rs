//! The demo's authority over desks, and the certificates that it issues for the keys of desks.
//!
//! It proves nothing: its key is public, as that of the licences' authority. Its names say DEMO.

use cbor::Timestamp;
use signature::{Curve, PublicKey};
use x509::{Certificate, CertificateAuthority, CertificateError, CertificateRole, Name, Subject, ids};

#[cfg(test)]
use super::certificates::{iaca_end, rollout_start};
#[cfg(test)]
use super::keys::serial;
use super::keys::signing_key;
use crate::error::IssueError;
use crate::post::DeskAnchor;

/// The name of the authority over desks on a screen.
pub const DESK_AUTHORITY_LABEL: &str = "演示发证机关 DEMO";
/// The desk's own name.
pub const DESK_NAME: &str = "演示受理窗口 DEMO";
/// Days for which a desk's certificate is valid.
pub const DESK_DAYS: i64 = 30;

/// The authority's bytes, as [`derived_authority`] makes them (a test compares): so a search of a build finds them.
const AUTHORITY: &[u8] = include_bytes!("desk-authority.der");

fn authority() -> Result<Certificate, CertificateError> {
    Certificate::decode(AUTHORITY)
}

/// The authority over desks, the same bytes every time.
pub(super) const fn authority_der() -> &'static [u8] {
    AUTHORITY
}

/// The authority as a demo wallet pins it.
pub(super) fn anchor() -> Result<DeskAnchor, IssueError> {
    Ok(DeskAnchor::new(authority()?, DESK_AUTHORITY_LABEL)?)
}

/// The certificate of a desk's key, an uncompressed point on P-256, from the day of `now` on; in DER.
pub(super) fn issue(
    key: &[u8; 65],
    now: Timestamp,
    random: &mut dyn FnMut(&mut [u8]),
) -> Result<Vec<u8>, IssueError> {
    let authority_key = signing_key("desk authority").ok_or(IssueError::Signing)?;
    let authority = CertificateAuthority::new(authority()?, authority_key)?;
    let mut serial = [0; 16];
    random(&mut serial);
    if let Some(first) = serial.first_mut() {
        *first = (*first & 0x3F) | 0x40;
    }
    let root = authority.certificate();
    // A day earlier, for wallets whose clocks are slow.
    let not_before = now.floor_to_day().plus_seconds(-86_400).max(root.not_before());
    let not_after = now.floor_to_day().plus_seconds(DESK_DAYS * 86_400 - 1).min(root.not_after());
    if not_after < now || now < not_before {
        return Err(IssueError::OutsideAuthority);
    }
    let name = Name::from_attributes(&[(ids::COMMON_NAME, DESK_NAME)]);
    let subject = Subject { name, serial: &serial, not_before, not_after, crl_uri: "" };
    let key = PublicKey::from_sec1(Curve::P256, key).ok_or(IssueError::Signing)?;
    Ok(authority.issue(CertificateRole::Desk, &subject, key)?.as_der().to_vec())
}

/// The authority from the seed; its signature is deterministic.
#[cfg(test)]
fn derived_authority() -> Result<Vec<u8>, IssueError> {
    let key = signing_key("desk authority").ok_or(IssueError::Signing)?;
    let subject = Subject {
        // Short: it is the issuer's name in every offer, which is one code on a screen.
        name: Name::from_attributes(&[(ids::COMMON_NAME, "DEMO desks")]),
        serial: &serial("desk authority"),
        not_before: rollout_start(),
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

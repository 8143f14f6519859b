//! The demo's certificates: one IACA for 20 years, one DS for each quarter of a year; and one IACA for the years of the
//! roll-out, of the same key, which nothing but the demo's calendar reaches.

use cbor::{Date, Timestamp};
use mdoc::Anchor;
use mdoc::issuer::IssuerSigner;
use p256::ecdsa::SigningKey;
use signature::{PublicKey, VerifySignature};
use x509::{Certificate, CertificateAuthority, CertificateRole, Name, Subject};

use super::keys::{serial, signing_key};
use crate::error::IssueError;

/// The authority's name on a screen.
pub const ANCHOR_LABEL: &str = "演示发证机关 DEMO";
/// The name on a screen of its root for the years of the roll-out.
const ROLLOUT_LABEL: &str = "演示发证机关 DEMO 2021";
/// The name of the demo's trust list.
pub const TRUST_LIST: &str = "演示 DEMO";

/// The IACA lives from this day through the last day of its twentieth year; changing it changes its bytes.
const FIRST_YEAR: i32 = 2026;
const YEARS: i32 = 20;
/// The IACA of the roll-out lives in its year and the one after.
const ROLLOUT_YEAR: i32 = 2021;
/// A DS certificate is valid from this many days before its quarter, for slow clocks.
const EARLY_DAYS: i32 = 1;
/// Days from the start of the quarter to the end of its DS certificate: the longest quarter and the longest MSO fit.
const DS_DAYS: i32 = 184;

// Short, since the DS certificate travels with every code. Nothing is published there: `.invalid` never resolves.
const CONTACT: &str = "demo@liangzheng.invalid";
const CRL: &str = "https://liangzheng.invalid/crl";
const COUNTRY: &str = "CN";

/// The first day of a year's month.
fn first_of(year: i32, month: u8) -> Date {
    Date::new(year, month, 1).unwrap_or_else(|| Date::from_days(0))
}

pub(super) fn iaca_start() -> Timestamp {
    first_of(FIRST_YEAR, 1).start_at(0)
}

pub(super) fn iaca_end() -> Timestamp {
    first_of(FIRST_YEAR + YEARS, 1).start_at(0).plus_seconds(-1)
}

/// The first second of the years of the roll-out.
pub(super) fn rollout_start() -> Timestamp {
    first_of(ROLLOUT_YEAR, 1).start_at(0)
}

/// The root of the years before: its name differs, its key is the same.
fn rollout_iaca() -> Result<CertificateAuthority<SigningKey>, IssueError> {
    let key = signing_key("iaca").ok_or(IssueError::Signing)?;
    let subject = Subject {
        name: Name::new(COUNTRY, None, "DEMO IACA 2021"),
        serial: &serial("iaca 2021"),
        not_before: rollout_start(),
        not_after: first_of(ROLLOUT_YEAR + 2, 1).start_at(0).plus_seconds(-1),
        crl_uri: CRL,
    };
    Ok(CertificateAuthority::iaca(key, &subject, CONTACT)?)
}

/// The root's bytes, as [`derived_anchor`] makes them (a test compares): so a search of a build finds the anchor.
const ANCHOR: &[u8] = include_bytes!("anchor.der");

/// The root, the same bytes every time.
pub(super) fn anchor_der() -> Result<Vec<u8>, IssueError> {
    Ok(ANCHOR.to_vec())
}

/// The root from the seed; its signature is deterministic.
#[cfg(test)]
fn derived_anchor() -> Result<Vec<u8>, IssueError> {
    let key = signing_key("iaca").ok_or(IssueError::Signing)?;
    let subject = Subject {
        name: Name::new(COUNTRY, None, "DEMO IACA"),
        serial: &serial("iaca"),
        not_before: iaca_start(),
        not_after: iaca_end(),
        crl_uri: CRL,
    };
    let root = CertificateAuthority::iaca(key, &subject, CONTACT)?;
    Ok(root.certificate().as_der().to_vec())
}

/// The root with its key.
fn iaca() -> Result<CertificateAuthority<SigningKey>, IssueError> {
    let root = Certificate::decode(ANCHOR)?;
    let key = signing_key("iaca").ok_or(IssueError::Signing)?;
    Ok(CertificateAuthority::new(root, key)?)
}

/// The root of the years of the roll-out, as a verifier pins it.
pub(super) fn rollout_anchor(signatures: &dyn VerifySignature) -> Result<Anchor, IssueError> {
    let root = rollout_iaca()?.certificate().clone();
    Anchor::iaca(root, ROLLOUT_LABEL, TRUST_LIST, signatures).map_err(|_| IssueError::Signing)
}

/// The root as a verifier pins it.
pub(super) fn anchor(signatures: &dyn VerifySignature) -> Result<Anchor, IssueError> {
    let root = Certificate::decode(ANCHOR)?;
    Anchor::iaca(root, ANCHOR_LABEL, TRUST_LIST, signatures).map_err(|_| IssueError::Signing)
}

/// A quarter of a year in the authority's 20 years, and what a certificate of it lives.
pub(super) struct Quarter {
    year: i32,
    number: u8,
    not_before: Timestamp,
    not_after: Timestamp,
}

impl Quarter {
    /// The quarter of `now`, in the years of the IACA.
    pub(super) fn of(now: Timestamp) -> Result<Self, IssueError> {
        Self::within(now, iaca_start(), iaca_end())
    }

    /// The quarter of `now`, under a root that lives from `first` through `last`.
    fn within(now: Timestamp, first: Timestamp, last: Timestamp) -> Result<Self, IssueError> {
        if now < first || last < now {
            return Err(IssueError::OutsideAuthority);
        }
        let day = now.date_at(0);
        let (year, quarter) = (day.year(), (day.month() - 1) / 3);
        let start = first_of(year, quarter * 3 + 1);
        let not_before = start.plus_days(-EARLY_DAYS).start_at(0).max(first);
        let not_after = start.plus_days(DS_DAYS).start_at(0).plus_seconds(-1).min(last);
        Ok(Self { year, number: quarter + 1, not_before, not_after })
    }

    /// Names key and serial number of a certificate.
    pub(super) fn label(&self, what: &str) -> String {
        format!("{what} {}Q{}", self.year, self.number)
    }

    /// Issues the quarter's certificate; `label` gives its key and serial number.
    pub(super) fn issue(
        &self,
        authority: &CertificateAuthority<SigningKey>,
        role: CertificateRole,
        name: Name,
        label: &str,
    ) -> Result<(Certificate, SigningKey), IssueError> {
        let key = signing_key(label).ok_or(IssueError::Signing)?;
        let (not_before, not_after) = (self.not_before, self.not_after);
        let subject = Subject { name, serial: &serial(label), not_before, not_after, crl_uri: CRL };
        Ok((authority.issue(role, &subject, PublicKey::from(&key))?, key))
    }
}

/// The DS certificate of the quarter of `now`, with its key.
pub(super) fn signer(now: Timestamp) -> Result<IssuerSigner, IssueError> {
    let authority = if now < iaca_start() { rollout_iaca()? } else { iaca()? };
    let root = authority.certificate();
    let quarter = Quarter::within(now, root.not_before(), root.not_after())?;
    let label = quarter.label("DEMO DS");
    let name = Name::new(COUNTRY, None, &label);
    let (certificate, key) = quarter.issue(&authority, CertificateRole::DocumentSigner, name, &label)?;
    IssuerSigner::new(certificate, key).map_err(|_| IssueError::Signing)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anchor_is_what_the_seed_gives() {
        assert_eq!(derived_anchor().unwrap(), ANCHOR);
    }
}

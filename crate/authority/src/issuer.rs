//! Issues a credential from facts.

use cbor::Timestamp;
use cbor::cose::CoseKey;
use licence::{DOC_TYPE, LicenceFacts};
use mdoc::issuer::{IssueRequest, IssuerSigner};
use mdoc::status_list::StatusListInfo;
use mdoc::{KeyAuthorizations, ValidityInfo};
use serde::{Deserialize, Serialize};

use crate::application::Record;
use crate::error::IssueError;

/// Most days of an MSO's validity.
pub const MSO_DAYS: i64 = 90;
const DAY_SECONDS: i64 = 86_400;

/// A licence as the wallet stores it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IssuedLicence {
    /// The encoded IssuerSigned.
    pub credential: Vec<u8>,
    /// What the authority needs to refresh it.
    pub record: Record,
}

/// Returns the validity of an MSO that is signed `now`: from the last midnight, at most 90 days, and within that of the DS
/// certificate.
///
/// All times are midnights in UTC, so that they do not reveal the hour of a claim.
///
/// # Errors
/// [`IssueError::OutsideAuthority`] if the DS certificate is not valid today.
pub fn mso_validity(signer: &IssuerSigner, now: Timestamp) -> Result<ValidityInfo, IssueError> {
    let ds = signer.ds_certificate();
    let signed = now.floor_to_day();
    let longest = signed.plus_seconds(MSO_DAYS * DAY_SECONDS);
    let valid_until = longest.min(ds.not_after().floor_to_day());
    if signed < ds.not_before() || valid_until <= now {
        return Err(IssueError::OutsideAuthority);
    }
    Ok(ValidityInfo { signed, valid_from: signed, valid_until, expected_update: None })
}

/// Signs the facts of a licence as an mdoc; `random` fills the salts.
///
/// # Errors
/// Fails if the facts do not make a licence, or the signer's certificate is not valid today.
pub fn issue(
    signer: &IssuerSigner,
    facts: &LicenceFacts,
    device_key: CoseKey,
    now: Timestamp,
    random: &mut dyn FnMut(&mut [u8]),
) -> Result<Vec<u8>, IssueError> {
    issue_listed(signer, facts, None, device_key, now, random)
}

/// As [`issue`], with an entry of a status list.
///
/// # Errors
/// As [`issue`].
pub fn issue_listed(
    signer: &IssuerSigner,
    facts: &LicenceFacts,
    entry: Option<&StatusListInfo>,
    device_key: CoseKey,
    now: Timestamp,
    random: &mut dyn FnMut(&mut [u8]),
) -> Result<Vec<u8>, IssueError> {
    let request = IssueRequest {
        doc_type: DOC_TYPE,
        elements: facts.elements(now).map_err(|_| IssueError::Facts)?,
        device_key,
        validity_info: mso_validity(signer, now)?,
        key_authorizations: KeyAuthorizations::default(),
        status: entry.map(StatusListInfo::to_status),
    };
    signer.issue(&request, random).map_err(|_| IssueError::Signing)
}

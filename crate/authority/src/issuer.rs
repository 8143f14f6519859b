//! Facts to a signed credential: the MSO's life and the elements of the day.

use cbor::Timestamp;
use cbor::cose::CoseKey;
use licence::{LicenceFacts, DOC_TYPE};
use mdoc::issuer::{IssueRequest, IssuerSigner};
use mdoc::status_list::StatusListInfo;
use mdoc::{KeyAuthorizations, ValidityInfo};
use serde::{Deserialize, Serialize};

use crate::application::Record;
use crate::error::IssueError;

/// An MSO lives at most this many days.
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

/// The life of an MSO that is signed `now`: from this midnight, at most 90 days, never past its DS certificate.
///
/// All times are midnights in UTC, so that they tell nothing about the hour of a claim.
///
/// # Errors
/// [`IssueError::OutsideAuthority`] when the DS certificate does not hold today.
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

/// Signs the facts of a licence as an mdoc; `random` fills salts.
///
/// # Errors
/// Facts that are no licence, or a day that the signer's certificate does not cover.
pub fn issue(
    signer: &IssuerSigner,
    facts: &LicenceFacts,
    device_key: CoseKey,
    now: Timestamp,
    random: &mut dyn FnMut(&mut [u8]),
) -> Result<Vec<u8>, IssueError> {
    issue_listed(signer, facts, None, device_key, now, random)
}

/// As [`issue`], with the entry of a status list in which the licence's status is looked up.
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

//! A licence from the issuer, as it is stored.

use authority::application::Record;
use cbor::cose::CoseKey;

use super::issuer::{Issuer, PortraitFiles};
use super::problem::Problem;
use crate::browser::host;
use crate::browser::key::DeviceKey;
use crate::storage::{Slot, StoredLicence};

/// Asks the issuer for a licence with the facts of now, to be stored at a place with a generation.
pub(super) async fn issue(
    issuer: &impl Issuer,
    record: &Record,
    portraits: PortraitFiles,
    key: DeviceKey,
    (slot, generation): (Slot, u32),
) -> Result<StoredLicence, Problem> {
    let device = CoseKey::from_sec1(key.public()).map_err(|error| Problem::coded(error.kind().info()))?;
    let (credential, record) = issuer.issue(record, &portraits, device).await?;
    let record = serde_json::to_string(&record).map_err(|_| Problem::Unexpected)?;
    let PortraitFiles { large, small } = portraits;
    Ok(StoredLicence {
        slot,
        generation,
        key,
        credential,
        record,
        large,
        small,
        checked_at: host::now_ms(),
        settles_application: false,
        said: None,
    })
}

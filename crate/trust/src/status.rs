//! Imported status lists: verified under their own name, and replaced only by newer ones of the same signer.

use cbor::Timestamp;
use mdoc::TrustAnchors;
use mdoc::status_list::{
    StatusListError, StatusLists, StatusSigner, UnverifiedStatusList, VerifiedStatusList,
};
use signature::VerifySignature;

/// Verifies a list under the name that it claims; `signatures` verifies its signatures.
///
/// # Errors
/// As [`UnverifiedStatusList::verify`].
pub fn verify(
    list: &UnverifiedStatusList,
    trust: &TrustAnchors,
    now: Timestamp,
    signatures: &dyn VerifySignature,
) -> Result<VerifiedStatusList, StatusListError> {
    list.verify(StatusSigner::Anchors(trust), list.claimed_uri(), now, signatures)
}

/// Decodes and verifies a token.
///
/// # Errors
/// As [`UnverifiedStatusList::decode`] and [`verify`].
pub fn read(
    token: &[u8],
    trust: &TrustAnchors,
    now: Timestamp,
    signatures: &dyn VerifySignature,
) -> Result<VerifiedStatusList, StatusListError> {
    verify(&UnverifiedStatusList::decode(token)?, trust, now, signatures)
}

/// Returns the lists that verify, and why the others do not. Of two with one name and signer the newer one counts.
pub fn at_hand<'a>(
    lists: impl IntoIterator<Item = &'a UnverifiedStatusList>,
    trust: &TrustAnchors,
    now: Timestamp,
    signatures: &dyn VerifySignature,
) -> StatusLists {
    let mut all = StatusLists::new();
    for list in lists {
        if let Err(error) = verify(list, trust, now, signatures).and_then(|list| all.insert(list)) {
            all.refuse(list.claimed_uri(), error);
        }
    }
    all
}

/// Checks that a list may replace the token `held`, which is stored under the same name, unless `held` no longer verifies.
///
/// # Errors
/// `status-signer` if another authority signed the stored one, `status-rollback` if that one is newer.
pub fn check_replaces(
    list: &VerifiedStatusList,
    held: &[u8],
    trust: &TrustAnchors,
    now: Timestamp,
    signatures: &dyn VerifySignature,
) -> Result<(), StatusListError> {
    let Ok(held) = read(held, trust, now, signatures) else {
        return Ok(());
    };
    if held.signer() != list.signer() {
        return Err(StatusListError::Signer);
    }
    if list.issued_at() < held.issued_at() {
        return Err(StatusListError::Rollback);
    }
    Ok(())
}

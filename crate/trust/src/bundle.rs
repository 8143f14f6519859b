//! Several lists in one byte string, for the worker that verifies presentations.
//!
//! ```text
//! Bundle  = [* List, * Missing]                                     at most MAX_LISTS of each
//! List    = [kind: tstr, pin: bstr .size 32, bytes: bstr]
//! Missing = bstr .size 32          authority of a revocation list that is damaged or gone: SHA-256 of its key's SPKI
//! ```
//! The worker does not trust it: it verifies every list.

use std::rc::Rc;

use cbor::Timestamp;
use cbor::Value;
use mdoc::{Revocation, TrustAnchors};
use sha2::{Digest as _, Sha256};
use signature::VerifySignature;

use crate::MAX_LISTS;
use crate::file::{ListKind, ReceivedList};
use crate::list::VerifiedList;

/// Encodes at most [`MAX_LISTS`] lists, and as many authorities of missing revocation lists.
pub fn encode<'a>(
    lists: impl IntoIterator<Item = &'a ReceivedList>,
    missing: impl IntoIterator<Item = [u8; 32]>,
) -> Vec<u8> {
    let lists = lists.into_iter().take(MAX_LISTS).map(|list| {
        Value::array([
            Value::text(list.kind.name()),
            Value::bytes(list.pin),
            Value::bytes(list.bytes.as_slice()),
        ])
    });
    let missing = missing.into_iter().take(MAX_LISTS).map(Value::bytes);
    cbor::encode(&Value::array(lists.chain(missing)))
}

/// The content of a bundle; nothing of it is verified.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bundle {
    /// The lists as received.
    pub lists: Vec<ReceivedList>,
    /// The authorities of revocation lists that are damaged or gone: SHA-256 of the `SubjectPublicKeyInfo`.
    pub missing: Vec<[u8; 32]>,
}

/// Decodes a bundle; `None` for anything that [`encode`] does not write.
#[must_use]
pub fn decode(bundle: &[u8]) -> Option<Bundle> {
    let tree = cbor::decode_own(bundle).ok()?;
    let mut decoded = Bundle::default();
    for item in tree.as_array()?.iter().take(2 * MAX_LISTS) {
        if let Some(authority) = item.as_bytes() {
            decoded.missing.push(authority.try_into().ok()?);
            continue;
        }
        let [kind, pin, bytes] = item.as_array()? else {
            return None;
        };
        let kind = ListKind::named(kind.as_text()?)?;
        let (pin, bytes) = (pin.as_bytes()?.try_into().ok()?, bytes.as_bytes()?.to_vec());
        decoded.lists.push(ReceivedList { kind, pin, bytes });
    }
    (decoded.lists.len() <= MAX_LISTS).then_some(decoded)
}

/// Moves revocation lists to the end, behind the anchors that sign them.
pub(crate) fn revocations_last<T>(lists: &mut [T], kind: impl Fn(&T) -> ListKind) {
    lists.sort_by_key(|list| kind(list) == ListKind::Crl);
}

/// The verified lists of the last bundle by the hash of their bytes: every presentation comes with the same lists.
#[derive(Clone, Debug, Default)]
pub struct VerifiedLists(Vec<([u8; 32], Rc<VerifiedList>)>);

impl VerifiedLists {
    /// Creates it without lists.
    #[must_use]
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// Adds the anchors of a bundle's lists as of `now`, and the revocations. Skips lists that do not verify, and forgets
    /// lists of earlier bundles.
    ///
    /// Returns `None` and adds nothing if the bundle cannot be decoded.
    pub fn add_bundle(
        &mut self,
        bundle: &[u8],
        trust: &mut TrustAnchors,
        now: Timestamp,
        signatures: &dyn VerifySignature,
    ) -> Option<()> {
        let Bundle { lists: mut received, missing } = decode(bundle)?;
        revocations_last(&mut received, |list| list.kind);
        let before = core::mem::take(&mut self.0);
        for list in &received {
            let mut hash = Sha256::new();
            hash.update(list.kind.name());
            hash.update(list.pin);
            hash.update(&list.bytes);
            let hash: [u8; 32] = hash.finalize().into();
            let known = before.iter().find(|(have, _)| *have == hash).map(|(_, list)| list.clone());
            // a verified revocation list applies to its authority only
            if let Some(list) = known.or_else(|| list.verify(trust, signatures).ok().map(Rc::new)) {
                list.add_to(trust, now);
                self.0.push((hash, list));
            }
        }
        missing.into_iter().for_each(|authority| trust.revoke(Revocation::Missing(authority)));
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use signature::RustCrypto;

    use super::*;

    #[test]
    fn a_bundle_that_cannot_be_read_is_a_fault() {
        let (mut trust, mut verified) = (TrustAnchors::new(), VerifiedLists::new());
        assert_eq!(verified.add_bundle(&[0x01], &mut trust, Timestamp::from_unix(0), &RustCrypto), None);
        let nobody = ReceivedList { kind: ListKind::Certificate, pin: [0; 32], bytes: vec![0x30, 0x00] };
        let both = encode([&nobody, &nobody], [[7; 32]]);
        let lists = vec![nobody.clone(), nobody.clone()];
        assert_eq!(decode(&both), Some(Bundle { lists, missing: vec![[7; 32]] }));
        let both = encode([&nobody, &nobody], []);
        assert_eq!(verified.add_bundle(&both, &mut trust, Timestamp::from_unix(0), &RustCrypto), Some(()));
        assert!(trust.is_empty());
    }
}

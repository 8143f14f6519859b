//! Several lists in one byte string, for the worker that verifies presentations.
//!
//! ```text
//! Bundle = [* [kind: tstr, pin: bstr .size 32, bytes: bstr]]        at most MAX_LISTS
//! ```
//! The worker does not trust it: it verifies every list.

use std::rc::Rc;

use cbor::Timestamp;
use cbor::Value;
use mdoc::TrustAnchors;
use sha2::{Digest as _, Sha256};
use signature::VerifySignature;

use crate::MAX_LISTS;
use crate::file::{ListKind, ReceivedList};
use crate::list::VerifiedList;

/// Encodes at most [`MAX_LISTS`] lists.
pub fn encode<'a>(lists: impl IntoIterator<Item = &'a ReceivedList>) -> Vec<u8> {
    let lists = lists.into_iter().take(MAX_LISTS).map(|list| {
        Value::array([
            Value::text(list.kind.name()),
            Value::bytes(list.pin),
            Value::bytes(list.bytes.as_slice()),
        ])
    });
    cbor::encode(&Value::array(lists))
}

/// Decodes at most [`MAX_LISTS`] lists; `None` for anything that [`encode`] does not write.
#[must_use]
pub fn decode(bundle: &[u8]) -> Option<Vec<ReceivedList>> {
    let tree = cbor::decode_own(bundle).ok()?;
    let lists = tree.as_array()?.iter().take(MAX_LISTS);
    lists
        .map(|list| {
            let [kind, pin, bytes] = list.as_array()? else {
                return None;
            };
            let kind = ListKind::named(kind.as_text()?)?;
            Some(ReceivedList {
                kind,
                pin: pin.as_bytes()?.try_into().ok()?,
                bytes: bytes.as_bytes()?.to_vec(),
            })
        })
        .collect()
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
        let mut received = decode(bundle)?;
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
        let both = encode([&nobody, &nobody]);
        assert_eq!(decode(&both), Some(vec![nobody.clone(), nobody]));
        assert_eq!(verified.add_bundle(&both, &mut trust, Timestamp::from_unix(0), &RustCrypto), Some(()));
        assert!(trust.is_empty());
    }
}

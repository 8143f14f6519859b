//! The tree is that of RFC 6962, whatever its size: held against its definition, written out.

use liangzheng_record::{Checkpoint, Hash, Journal, Receipt};
use proptest::prelude::*;
use sha2::{Digest, Sha256};

/// MTH of RFC 6962, 2.1, over the hashes of lines.
fn root(leaves: &[[u8; 32]]) -> [u8; 32] {
    match leaves {
        [] => Sha256::digest(b"").into(),
        [leaf] => Sha256::new().chain_update([0]).chain_update(leaf).finalize().into(),
        _ => {
            let split = leaves.len().next_power_of_two() / 2;
            let (left, right) = (root(&leaves[..split]), root(&leaves[split..]));
            Sha256::new().chain_update([1]).chain_update(left).chain_update(right).finalize().into()
        }
    }
}

/// Lines that are no records: the tree asks nothing of them.
fn lines(count: usize, seed: u8) -> Vec<Vec<u8>> {
    (0..count).map(|number| format!("{seed} {number}").into_bytes()).collect()
}

fn journal(lines: &[Vec<u8>]) -> Journal {
    let mut journal = Journal::new();
    lines.iter().for_each(|line| journal.push(line).expect("not full"));
    journal
}

fn receipt(journal: &Journal, index: usize) -> Option<Receipt> {
    journal.proof(index).map(|proof| {
        let json = serde_json::json!({
            "schema_version": 1,
            "record_id": "00000000000000000000000000000000",
            "event_time": "2026-11-22T12:00:00Z",
            "decision": "accept",
            "index": index,
            "leaf": journal.line_hash(index),
            "proof": proof,
            "checkpoint": "",
        });
        Receipt::from_json(json.to_string().as_bytes()).expect("a receipt")
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn root_and_proofs_are_those_of_rfc_6962(count in 0usize..130, seed: u8, index in 0usize..130, bit in 0usize..256) {
        let lines = lines(count, seed);
        let journal = journal(&lines);
        let leaves: Vec<[u8; 32]> = lines.iter().map(|line| Sha256::digest(line).into()).collect();
        prop_assert_eq!(journal.root(), Hash(root(&leaves)));
        let checkpoint = journal.checkpoint("a");
        prop_assert_eq!(receipt(&journal, index).is_some(), index < count);
        if let Some(receipt) = receipt(&journal, index) {
            prop_assert!(receipt.verify(&checkpoint).is_ok());
            let mut leaf = receipt.leaf;
            leaf.0[bit / 8] ^= 1 << (bit % 8);
            let other = Receipt { leaf, ..receipt.clone() };
            prop_assert!(other.verify(&checkpoint).is_err());
            let mut root = checkpoint.root;
            root.0[bit / 8] ^= 1 << (bit % 8);
            let other = Checkpoint { root, ..checkpoint };
            prop_assert!(receipt.verify(&other).is_err());
        }
    }

    /// Each prefix has the root that was signed then.
    #[test]
    fn a_journal_that_went_on_has_its_old_checkpoints(before in 0usize..70, after in 0usize..70) {
        let lines = lines(before + after, 1);
        let (old, new) = (journal(&lines[..before]), journal(&lines));
        prop_assert_eq!(new.against_checkpoint(&old.checkpoint("a")), None);
        if after > 0 {
            prop_assert!(old.against_checkpoint(&new.checkpoint("a")).is_some());
        }
    }
}

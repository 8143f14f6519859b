//! The tree of RFC 6962 over a journal: a leaf is the SHA-256 of a line.
//!
//! `ct-merkle` computes it. What that crate asserts, such as an index below the number of leaves, is checked here first.

use ct_merkle::mem_backed_tree::MemoryBackedTree;
use ct_merkle::{InclusionProof, RootHash};
use sha2::Sha256;

use crate::hash::Hash;

/// Most records of a journal.
pub const RECORDS_MAX: usize = 1 << 18;
/// Most hashes of an inclusion proof: the height of a tree of that size.
const PROOF_MAX: usize = 18;

/// The tree over the hashes of the lines.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tree(MemoryBackedTree<Sha256, [u8; 32]>);

impl Tree {
    /// Adds a leaf; `None` if the tree is full.
    pub(crate) fn push(&mut self, line: Hash) -> Option<()> {
        (self.len() < RECORDS_MAX).then(|| self.0.push(line.0))
    }

    pub(crate) fn len(&self) -> usize {
        self.0.items().len()
    }

    /// Returns the leaves: the hashes of the lines.
    pub(crate) fn line(&self, index: usize) -> Option<Hash> {
        self.0.get(index).copied().map(Hash)
    }

    pub(crate) fn root(&self) -> Hash {
        Hash((*self.0.root().as_bytes()).into())
    }

    /// Returns the root of the first leaves; `None` if there are fewer.
    pub(crate) fn root_of_first(&self, count: usize) -> Option<Hash> {
        if count == self.len() {
            return Some(self.root());
        }
        let mut tree = Self::default();
        for line in self.0.items().get(..count)? {
            tree.push(Hash(*line))?;
        }
        Some(tree.root())
    }

    /// Returns the inclusion proof of a leaf, its hashes one after the other.
    pub(crate) fn prove(&self, index: usize) -> Option<Vec<u8>> {
        (index < self.len()).then(|| self.0.prove_inclusion(index).as_bytes().to_vec())
    }
}

/// Whether an inclusion proof of RFC 6962, its hashes one after the other, leads from a line's hash to the root of a tree of
/// this size.
pub fn includes(root: Hash, size: u64, index: u64, line: Hash, proof: &[u8]) -> bool {
    let fits = index < size && size <= RECORDS_MAX as u64 && proof.len() <= PROOF_MAX * 32;
    let Some(proof) = fits.then(|| InclusionProof::<Sha256>::try_from_bytes(proof.to_vec()).ok()).flatten()
    else {
        return false;
    };
    RootHash::<Sha256>::new(root.0.into(), size).verify_inclusion(&line.0, index, &proof).is_ok()
}

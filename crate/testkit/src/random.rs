//! Random bytes that are the same at every run: SHA-256 over a label and a counter.

use mdoc::cose::CoseKey;
use mdoc::signature::PublicKey;
use p256::ecdsa::SigningKey;
use sha2::{Digest, Sha256};

/// A deterministic source of bytes. Never for anything but tests.
#[derive(Clone, Debug)]
pub struct TestRandom {
    seed: [u8; 32],
    counter: u64,
}

impl TestRandom {
    /// A source for a label; the same label gives the same bytes.
    pub fn new(label: &str) -> Self {
        Self { seed: Sha256::digest(label).into(), counter: 0 }
    }

    /// Fills a buffer with the next bytes.
    pub fn fill(&mut self, buffer: &mut [u8]) {
        for chunk in buffer.chunks_mut(32) {
            let block =
                Sha256::new().chain_update(self.seed).chain_update(self.counter.to_be_bytes()).finalize();
            self.counter += 1;
            chunk.iter_mut().zip(block).for_each(|(to, from)| *to = from);
        }
    }

    /// The next `N` bytes.
    pub fn array<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        self.fill(&mut bytes);
        bytes
    }
}

/// The P-256 key of a label.
pub fn signing_key(label: &str) -> SigningKey {
    let mut random = TestRandom::new(label);
    loop {
        // All but about 2^-32 of the scalars are good at once.
        if let Ok(key) = SigningKey::from_slice(&random.array::<32>()) {
            return key;
        }
    }
}

/// The public part of a key as COSE has it.
///
/// # Panics
/// Never: the key is on P-256.
pub fn cose_key(key: &SigningKey) -> CoseKey {
    CoseKey::try_from(&PublicKey::from(key)).expect("a P-256 key")
}

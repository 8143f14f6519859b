//! Random bytes that are the same at every run: SHA-256 over a label and a counter.

use cbor::cose::CoseKey;
use p256::ecdsa::SigningKey;
use p256::ecdsa::signature::hazmat::PrehashSigner as _;
use sha2::{Digest, Sha256};
use signature::{Algorithm, Curve, PublicKey, Signer};

/// A deterministic source of bytes. Never for anything but tests.
#[derive(Clone, Debug)]
pub struct TestRandom {
    seed: [u8; 32],
    counter: u64,
}

impl TestRandom {
    /// Creates a source for a label; the same label gives the same bytes.
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

    /// Returns the next `N` bytes.
    pub fn array<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        self.fill(&mut bytes);
        bytes
    }
}

/// Returns the P-256 key of a label.
pub fn signing_key(label: &str) -> SigningKey {
    let mut random = TestRandom::new(label);
    loop {
        // All but about 2^-32 of the scalars are good at once.
        if let Ok(key) = SigningKey::from_slice(&random.array::<32>()) {
            return key;
        }
    }
}

/// A private key on one of the curves that are verified.
#[derive(Clone, Debug)]
pub enum TestKey {
    /// On P-256.
    P256(SigningKey),
    /// On P-384.
    P384(p384::ecdsa::SigningKey),
    /// On P-521.
    P521(p521::ecdsa::SigningKey),
    /// On brainpoolP256r1.
    BrainpoolP256r1(ecdsa::SigningKey<bp256::BrainpoolP256r1>),
    /// On brainpoolP384r1.
    BrainpoolP384r1(ecdsa::SigningKey<bp384::BrainpoolP384r1>),
}

impl TestKey {
    /// Creates the key of a label; on P-256 it is that of [`signing_key`].
    ///
    /// # Panics
    /// For a curve that is not verified.
    pub fn new(label: &str, curve: Curve) -> Self {
        let mut random = TestRandom::new(label);
        loop {
            let key = match curve {
                Curve::P256 => Some(Self::P256(signing_key(label))),
                Curve::P384 => {
                    p384::ecdsa::SigningKey::from_slice(&random.array::<48>()).ok().map(Self::P384)
                }
                Curve::P521 => {
                    let mut scalar = random.array::<66>();
                    scalar[0] &= 1;
                    p521::ecdsa::SigningKey::from_slice(&scalar).ok().map(Self::P521)
                }
                Curve::BrainpoolP256r1 => {
                    ecdsa::SigningKey::from_slice(&random.array::<32>()).ok().map(Self::BrainpoolP256r1)
                }
                Curve::BrainpoolP384r1 => {
                    ecdsa::SigningKey::from_slice(&random.array::<48>()).ok().map(Self::BrainpoolP384r1)
                }
                other => panic!("no key on {other:?}"),
            };
            if let Some(key) = key {
                return key;
            }
        }
    }

    /// Signs a hash of any algorithm; returns r ‖ s.
    ///
    /// # Panics
    /// Panics if the hash is shorter than half of the curve's order.
    pub fn sign_prehash(&self, hash: &[u8]) -> Vec<u8> {
        match self {
            Self::P256(key) => {
                let signature: p256::ecdsa::Signature = key.sign_prehash(hash).expect("a hash");
                signature.to_bytes().to_vec()
            }
            Self::P384(key) => {
                let signature: p384::ecdsa::Signature = key.sign_prehash(hash).expect("a hash");
                signature.to_bytes().to_vec()
            }
            Self::P521(key) => {
                let signature: p521::ecdsa::Signature = key.sign_prehash(hash).expect("a hash");
                signature.to_bytes().to_vec()
            }
            Self::BrainpoolP256r1(key) => {
                let signature: bp256::r1::ecdsa::Signature = key.sign_prehash(hash).expect("a hash");
                signature.to_bytes().to_vec()
            }
            Self::BrainpoolP384r1(key) => {
                let signature: bp384::r1::ecdsa::Signature = key.sign_prehash(hash).expect("a hash");
                signature.to_bytes().to_vec()
            }
        }
    }

    fn signer(&self) -> &dyn Signer {
        match self {
            Self::P256(key) => key,
            Self::P384(key) => key,
            Self::P521(key) => key,
            Self::BrainpoolP256r1(key) => key,
            Self::BrainpoolP384r1(key) => key,
        }
    }
}

impl Signer for TestKey {
    fn public_key(&self) -> PublicKey {
        self.signer().public_key()
    }

    fn algorithm(&self) -> Algorithm {
        self.signer().algorithm()
    }

    fn sign(&self, message: &[u8]) -> Vec<u8> {
        self.signer().sign(message)
    }
}

impl From<SigningKey> for TestKey {
    fn from(key: SigningKey) -> Self {
        Self::P256(key)
    }
}

/// Returns the public part of a key as COSE has it.
///
/// # Panics
/// Never: the key is on a curve that is verified.
pub fn cose_key(key: &dyn Signer) -> CoseKey {
    CoseKey::try_from(&key.public_key()).expect("a key on a curve that is verified")
}

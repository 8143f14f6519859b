//! Checkpoints as signed notes: [C2SP signed-note](https://c2sp.org/signed-note) and
//! [C2SP tlog-checkpoint](https://c2sp.org/tlog-checkpoint).
//!
//! Nothing here computes a signature. A caller signs [`Checkpoint::text`] and puts the note together ([`sign`]), or has the
//! signature of [`SignedNote::signature`] checked and says so ([`SignedNote::verify`]), with WebCrypto or another provider.

use base64ct::{Base64, Encoding as _};
use signature::{Algorithm, Curve, HashAlgorithm, PublicKey, UnverifiedSignature};

use crate::error::NoteError;
use crate::hash::Hash;

/// Most bytes of a note.
const NOTE_MAX: usize = 128 * 1024;
/// Most signatures of a note that are read.
const SIGNATURES_MAX: usize = 64;
/// Most bytes of the name of a key or a journal.
const NAME_MAX: usize = 128;
/// The signature types of C2SP.
const ED25519: u8 = 0x01;
const ECDSA: u8 = 0x02;
/// A SubjectPublicKeyInfo of P-256 up to its 65 bytes of an uncompressed point (RFC 5480, 2).
const SPKI: [u8; 26] = [
    0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86,
    0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
];

/// The root of a journal at a size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// The name of the journal, such as `rental.example/desk-1`.
    pub origin: String,
    /// The number of records.
    pub size: u64,
    /// The root of the tree.
    pub root: Hash,
}

impl Checkpoint {
    /// Returns the text that is signed: origin, size and root, a line each.
    pub fn text(&self) -> String {
        format!("{}\n{}\n{}\n", self.origin, self.size, Base64::encode_string(&self.root.0))
    }

    /// Reads the text of a note. Extension lines are passed over.
    ///
    /// # Errors
    /// Fails if it is no checkpoint.
    pub fn from_text(text: &str) -> Result<Self, NoteError> {
        let text = text.strip_suffix('\n').ok_or(NoteError::Checkpoint)?;
        let mut lines = text.split('\n');
        let (Some(origin), Some(size), Some(root)) = (lines.next(), lines.next(), lines.next()) else {
            return Err(NoteError::Checkpoint);
        };
        let number: u64 = size.parse().map_err(|_| NoteError::Checkpoint)?;
        // One way of writing a number: no sign and no zero in front.
        let exact = number.to_string() == size && lines.all(|line| !line.is_empty());
        let root = Base64::decode_vec(root).ok().and_then(|root| root.try_into().ok());
        match root.filter(|_| exact && !origin.is_empty()) {
            Some(root) => Ok(Self { origin: origin.to_owned(), size: number, root: Hash(root) }),
            None => Err(NoteError::Checkpoint),
        }
    }
}

/// The algorithm of a key of a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NoteAlgorithm {
    /// Ed25519 (RFC 8032): signature type 0x01.
    Ed25519,
    /// ECDSA on P-256 with SHA-256, in DER in the note: signature type 0x02.
    EcdsaP256,
}

/// The public key of whoever signs checkpoints.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteKey {
    name: String,
    algorithm: NoteAlgorithm,
    bytes: Vec<u8>,
}

impl NoteKey {
    /// Creates a key of Ed25519 of its 32 bytes, as WebCrypto exports it in the format `raw`.
    ///
    /// # Errors
    /// Fails if the name has spaces, a plus sign or control characters, or if the key is malformed.
    pub fn ed25519(name: &str, key: &[u8]) -> Result<Self, NoteError> {
        if key.len() != 32 {
            return Err(NoteError::Key);
        }
        Ok(Self { name: name_of(name)?, algorithm: NoteAlgorithm::Ed25519, bytes: key.to_vec() })
    }

    /// Creates a key on P-256 of its 65 bytes (SEC 1, uncompressed), as WebCrypto exports it in the format `raw`.
    ///
    /// # Errors
    /// As [`NoteKey::ed25519`].
    pub fn p256(name: &str, point: &[u8]) -> Result<Self, NoteError> {
        if point.len() != 65 || point.first() != Some(&4) {
            return Err(NoteError::Key);
        }
        PublicKey::from_sec1(Curve::P256, point).ok_or(NoteError::Key)?;
        Ok(Self { name: name_of(name)?, algorithm: NoteAlgorithm::EcdsaP256, bytes: point.to_vec() })
    }

    /// Reads the text form of a key: name, id and key, joined by `+`.
    ///
    /// # Errors
    /// Fails if it is malformed, of another algorithm, or has an id that is not its own.
    pub fn from_vkey(text: &str) -> Result<Self, NoteError> {
        let mut parts = text.trim().splitn(3, '+');
        let (Some(name), Some(id), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(NoteError::Key);
        };
        let encoded = Base64::decode_vec(key).map_err(|_| NoteError::Key)?;
        let key = match encoded.split_first() {
            Some((&ED25519, key)) => Self::ed25519(name, key)?,
            Some((&ECDSA, spki)) => Self::p256(name, spki.strip_prefix(&SPKI).ok_or(NoteError::Key)?)?,
            _ => return Err(NoteError::Key),
        };
        if base16ct::lower::encode_string(&key.id()) == id { Ok(key) } else { Err(NoteError::Key) }
    }

    /// Returns the text form of the key, which a partner publishes.
    pub fn vkey(&self) -> String {
        let (kind, key) = match self.algorithm {
            NoteAlgorithm::Ed25519 => (ED25519, self.bytes.clone()),
            NoteAlgorithm::EcdsaP256 => (ECDSA, self.spki()),
        };
        let encoded = Base64::encode_string(&[&[kind][..], &key].concat());
        format!("{}+{}+{encoded}", self.name, base16ct::lower::encode_string(&self.id()))
    }

    /// Returns the name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the algorithm.
    pub const fn algorithm(&self) -> NoteAlgorithm {
        self.algorithm
    }

    /// Returns the key as WebCrypto imports it in the format `raw`.
    pub fn public_key(&self) -> &[u8] {
        &self.bytes
    }

    fn spki(&self) -> Vec<u8> {
        [&SPKI[..], &self.bytes].concat()
    }

    /// Returns the four bytes by which a signature names its key: the first of a SHA-256, of name, type and key for Ed25519, and
    /// of the SubjectPublicKeyInfo for ECDSA.
    fn id(&self) -> [u8; 4] {
        let digest = match self.algorithm {
            NoteAlgorithm::Ed25519 => {
                Hash::of(&[self.name.as_bytes(), b"\n", &[ED25519], &self.bytes].concat())
            }
            NoteAlgorithm::EcdsaP256 => Hash::of(&self.spki()),
        };
        let [a, b, c, d, ..] = digest.0;
        [a, b, c, d]
    }
}

/// Whether a text can name a key and a journal.
fn name_of(name: &str) -> Result<String, NoteError> {
    let fits = (1..=NAME_MAX).contains(&name.len())
        && !name.chars().any(|c| c.is_whitespace() || c.is_control() || c == '+');
    if fits { Ok(name.to_owned()) } else { Err(NoteError::Key) }
}

/// Puts a note together: the text of a checkpoint, and the signature over it by a key, 64 bytes as WebCrypto and Ed25519 write
/// them. The name of the key should be the origin of the checkpoint.
///
/// # Errors
/// Fails if the text is no checkpoint, or if the signature has another length or a number out of range.
pub fn sign(text: &str, key: &NoteKey, signature: &[u8]) -> Result<String, NoteError> {
    let checkpoint = Checkpoint::from_text(text)?;
    name_of(&checkpoint.origin)?;
    if signature.len() != 64 {
        return Err(NoteError::Signature);
    }
    let encoded = match key.algorithm {
        NoteAlgorithm::Ed25519 => signature.to_vec(),
        NoteAlgorithm::EcdsaP256 => {
            signature::to_der(Algorithm::Es256, signature).ok_or(NoteError::Signature)?
        }
    };
    let line = Base64::encode_string(&[&key.id()[..], &encoded].concat());
    Ok(format!("{text}\n\u{2014} {} {line}\n", key.name))
}

/// Checks the signature of a note: `Some(true)` if it is right, `None` if this program has not the algorithm. `signature` has 64
/// bytes, for ECDSA r ‖ s, as WebCrypto takes it.
pub trait VerifyNote {
    /// Checks a signature by a key over a message.
    fn verify(&self, key: &NoteKey, message: &[u8], signature: &[u8]) -> Option<bool>;
}

impl<F: Fn(&NoteKey, &[u8], &[u8]) -> Option<bool>> VerifyNote for F {
    fn verify(&self, key: &NoteKey, message: &[u8], signature: &[u8]) -> Option<bool> {
        self(key, message, signature)
    }
}

/// A signed note as received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedNote {
    text: String,
    /// Name, id and bytes.
    signatures: Vec<(String, [u8; 4], Vec<u8>)>,
}

/// A checkpoint whose signature was verified. It can only be made by [`SignedNote::verify`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifiedCheckpoint(Checkpoint);

impl VerifiedCheckpoint {
    /// Returns the checkpoint.
    pub const fn checkpoint(&self) -> &Checkpoint {
        &self.0
    }
}

impl SignedNote {
    /// Reads a signed note.
    ///
    /// # Errors
    /// Fails if it is too long, has control characters, or no signature.
    pub fn parse(note: &str) -> Result<Self, NoteError> {
        if note.len() > NOTE_MAX || note.chars().any(|c| c.is_control() && c != '\n') {
            return Err(NoteError::Form);
        }
        let (text, signatures) = note.rsplit_once("\n\n").ok_or(NoteError::Form)?;
        let signatures = signatures.strip_suffix('\n').ok_or(NoteError::Form)?;
        let of_line = |line: &str| {
            let (name, encoded) = line.strip_prefix("\u{2014} ")?.split_once(' ')?;
            let bytes = Base64::decode_vec(encoded).ok()?;
            let (id, signature) = bytes.split_first_chunk::<4>()?;
            Some((name_of(name).ok()?, *id, signature.to_vec()))
        };
        let signatures: Option<Vec<_>> = signatures.split('\n').take(SIGNATURES_MAX).map(of_line).collect();
        let signatures = signatures.filter(|found| !found.is_empty()).ok_or(NoteError::Form)?;
        Ok(Self { text: format!("{text}\n"), signatures })
    }

    /// Returns the signed text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the checkpoint as claimed.
    ///
    /// # Errors
    /// Fails if the text is none.
    pub fn unverified_checkpoint(&self) -> Result<Checkpoint, NoteError> {
        Checkpoint::from_text(&self.text)
    }

    /// Returns the names of the keys that are said to have signed it.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.signatures.iter().map(|(name, ..)| name.as_str())
    }

    /// Returns the signature by a key, 64 bytes, for callers that have it checked by an asynchronous provider first. The message
    /// is [`SignedNote::text`].
    ///
    /// # Errors
    /// Fails if the key has not signed it, or if the signature is malformed.
    pub fn signature(&self, key: &NoteKey) -> Result<Vec<u8>, NoteError> {
        let id = key.id();
        let by_key = |(name, of, _): &&(String, [u8; 4], Vec<u8>)| *name == key.name && *of == id;
        let (_, _, bytes) = self.signatures.iter().find(by_key).ok_or(NoteError::Unsigned)?;
        match key.algorithm {
            NoteAlgorithm::Ed25519 if bytes.len() == 64 => Ok(bytes.clone()),
            NoteAlgorithm::Ed25519 => Err(NoteError::Signature),
            NoteAlgorithm::EcdsaP256 => {
                let public = PublicKey::from_sec1(Curve::P256, &key.bytes).ok_or(NoteError::Key)?;
                let message = self.text.clone().into_bytes();
                UnverifiedSignature::der(HashAlgorithm::Sha256, &public, message, bytes)
                    .map(|signature| signature.signature().to_vec())
                    .map_err(|_| NoteError::Signature)
            }
        }
    }

    /// Returns the checkpoint of this journal if the key signed it.
    ///
    /// # Errors
    /// Fails if the key has not signed it, if the signature is wrong or could not be checked, if the text is no checkpoint, and
    /// if it is one of another journal.
    pub fn verify(
        &self,
        key: &NoteKey,
        origin: &str,
        verifier: &dyn VerifyNote,
    ) -> Result<VerifiedCheckpoint, NoteError> {
        let signature = self.signature(key)?;
        match verifier.verify(key, self.text.as_bytes(), &signature) {
            Some(true) => {}
            Some(false) => return Err(NoteError::Signature),
            None => return Err(NoteError::NotChecked),
        }
        let checkpoint = self.unverified_checkpoint()?;
        if checkpoint.origin == origin { Ok(VerifiedCheckpoint(checkpoint)) } else { Err(NoteError::Origin) }
    }
}

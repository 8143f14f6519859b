//! HPKE in base mode (RFC 9180): DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-128-GCM; one message for each key.
//!
//! Opening has two halves, so that the recipient's private key can be one that only agrees: [`PendingOpen`] names the point,
//! whoever holds the key answers with 32 bytes, and the key schedule runs here.

use aes_gcm::aead::{AeadInOut as _, KeyInit as _};
use aes_gcm::{Aes128Gcm, Nonce, Tag};
use hkdf::Hkdf;
use sha2::Sha256;

use super::error::SealedError;
use super::key::{AgreementKey, AgreementSecret, Random};

const VERSION: &[u8] = b"HPKE-v1";
/// `"KEM"` and the number of DHKEM(P-256, HKDF-SHA256) (RFC 9180, 4.1 and 7.1).
const KEM_SUITE: &[u8] = b"KEM\x00\x10";
/// `"HPKE"` and the numbers of KEM, KDF and AEAD (RFC 9180, 5.1).
const SUITE: &[u8] = b"HPKE\x00\x10\x00\x01\x00\x01";
/// Base mode: no pre-shared key, and no sender is authenticated.
const MODE_BASE: u8 = 0;
/// The length of AES-GCM's tag, which is at the end of a ciphertext.
pub(super) const TAG: usize = 16;

/// A sealed message: the sender's ephemeral point, and the ciphertext with its tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hpke {
    enc: AgreementKey,
    ciphertext: Vec<u8>,
}

impl Hpke {
    /// Seals `plaintext` for the holder of `to`, bound to `info` (RFC 9180, 6.1: `SealBase` with empty `aad`).
    ///
    /// # Errors
    /// `sealed-random` if the random bytes make no key.
    pub fn seal(
        to: &AgreementKey,
        info: &[u8],
        plaintext: &[u8],
        random: Random<'_>,
    ) -> Result<Self, SealedError> {
        Self::seal_with(to, info, &[], plaintext, random)
    }

    fn seal_with(
        to: &AgreementKey,
        info: &[u8],
        aad: &[u8],
        plaintext: &[u8],
        random: Random<'_>,
    ) -> Result<Self, SealedError> {
        let ephemeral = AgreementSecret::generate(random)?;
        let enc = ephemeral.public();
        let schedule = Schedule::base(&ephemeral.agree(to), &enc, to, info)?;
        let mut ciphertext = plaintext.to_vec();
        let tag = schedule
            .cipher()?
            .encrypt_inout_detached(&schedule.nonce(), aad, ciphertext.as_mut_slice().into())
            .map_err(|_| SealedError::Length)?;
        ciphertext.extend_from_slice(&tag);
        Ok(Self { enc, ciphertext })
    }

    /// Creates a message from its received parts.
    ///
    /// # Errors
    /// `sealed-point` if `enc` is not an uncompressed point on the curve; `sealed-form` if there is no room for a tag.
    pub fn from_parts(enc: &[u8], ciphertext: &[u8]) -> Result<Self, SealedError> {
        if ciphertext.len() < TAG {
            return Err(SealedError::Form);
        }
        Ok(Self { enc: AgreementKey::from_sec1(enc)?, ciphertext: ciphertext.to_vec() })
    }

    /// Returns the sender's ephemeral point.
    #[must_use]
    pub const fn enc(&self) -> &AgreementKey {
        &self.enc
    }

    /// Returns the ciphertext with its tag.
    #[must_use]
    pub fn ciphertext(&self) -> &[u8] {
        &self.ciphertext
    }

    /// Begins to open it for the holder of `recipient`.
    pub fn pending(self, recipient: AgreementKey, info: Vec<u8>) -> PendingOpen {
        PendingOpen { message: self, recipient, info, aad: Vec::new() }
    }
}

/// A message that waits for the shared value of its point and the recipient's private key.
///
/// ```
/// # use liangzheng_envelope::sealed::{AgreementSecret, Hpke, SealedError};
/// # fn main() -> Result<(), SealedError> {
/// let desk = AgreementSecret::from_scalar(&[7; 32])?;
/// let mut counter = 0_u8;
/// // Your platform's generator; this one is for the example only.
/// let mut random = |buffer: &mut [u8]| buffer.fill_with(|| { counter += 1; counter });
/// let sealed = Hpke::seal(&desk.public(), b"info", b"an application", &mut random)?;
///
/// let pending = sealed.pending(desk.public(), b"info".to_vec());
/// // Whoever holds the private key agrees with the point: here in this process, in a browser WebCrypto's `deriveBits`.
/// let shared = desk.agree(pending.point());
/// assert_eq!(pending.step(&shared)?, b"an application");
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct PendingOpen {
    message: Hpke,
    recipient: AgreementKey,
    info: Vec<u8>,
    aad: Vec<u8>,
}

impl PendingOpen {
    /// Returns the point with which the recipient's private key has to agree; it is on the curve.
    #[must_use]
    pub const fn point(&self) -> &AgreementKey {
        &self.message.enc
    }

    /// Opens it with the shared value: the x coordinate of the shared point, 32 bytes.
    ///
    /// # Errors
    /// `sealed-opening` if the message was altered, was sealed for another key or was bound to other values.
    pub fn step(self, shared: &[u8; 32]) -> Result<Vec<u8>, SealedError> {
        let Self { message: Hpke { enc, mut ciphertext }, recipient, info, aad } = self;
        let schedule = Schedule::base(shared, &enc, &recipient, &info)?;
        let tag = ciphertext.split_off(ciphertext.len().saturating_sub(TAG));
        let tag = <[u8; TAG]>::try_from(tag).map_err(|_| SealedError::Form)?;
        schedule
            .cipher()?
            .decrypt_inout_detached(
                &schedule.nonce(),
                &aad,
                ciphertext.as_mut_slice().into(),
                &Tag::from(tag),
            )
            .map_err(|_| SealedError::Opening)?;
        Ok(ciphertext)
    }

    /// Opens it with a private key that is held as bytes.
    ///
    /// # Errors
    /// As [`PendingOpen::step`].
    pub fn open(self, key: &AgreementSecret) -> Result<Vec<u8>, SealedError> {
        let shared = key.agree(self.point());
        self.step(&shared)
    }
}

/// Key and base nonce of one message.
struct Schedule {
    key: [u8; 16],
    nonce: [u8; 12],
}

impl Schedule {
    /// `ExtractAndExpand` of the KEM (RFC 9180, 4.1), then `KeySchedule` in base mode (5.1).
    fn base(
        shared: &[u8; 32],
        enc: &AgreementKey,
        recipient: &AgreementKey,
        info: &[u8],
    ) -> Result<Self, SealedError> {
        let mut secret = [0; 32];
        let eae = Labelled::extract(KEM_SUITE, &[], "eae_prk", shared);
        eae.expand("shared_secret", &[enc.to_sec1(), recipient.to_sec1()], &mut secret)?;

        let psk_id_hash = Labelled::extract(SUITE, &[], "psk_id_hash", &[]).prk;
        let info_hash = Labelled::extract(SUITE, &[], "info_hash", info).prk;
        let context: [&[u8]; 3] = [&[MODE_BASE], &psk_id_hash, &info_hash];
        let schedule = Labelled::extract(SUITE, &secret, "secret", &[]);
        let (mut key, mut nonce) = ([0; 16], [0; 12]);
        schedule.expand("key", &context, &mut key)?;
        schedule.expand("base_nonce", &context, &mut nonce)?;
        Ok(Self { key, nonce })
    }

    fn cipher(&self) -> Result<Aes128Gcm, SealedError> {
        Aes128Gcm::new_from_slice(&self.key).map_err(|_| SealedError::Opening)
    }

    /// The nonce of the first message, whose sequence number is 0 (RFC 9180, 5.2).
    fn nonce(&self) -> Nonce<aes_gcm::aead::consts::U12> {
        Nonce::from(self.nonce)
    }
}

/// The result of `LabeledExtract` (RFC 9180, 4).
struct Labelled {
    suite: &'static [u8],
    prk: [u8; 32],
    hkdf: Hkdf<Sha256>,
}

impl Labelled {
    fn extract(suite: &'static [u8], salt: &[u8], label: &str, ikm: &[u8]) -> Self {
        let labelled = [VERSION, suite, label.as_bytes(), ikm].concat();
        let (prk, hkdf) = Hkdf::<Sha256>::extract(Some(salt), &labelled);
        Self { suite, prk: prk.into(), hkdf }
    }

    /// `LabeledExpand` (RFC 9180, 4): fills `out` from the concatenated `info`.
    fn expand(&self, label: &str, info: &[&[u8]], out: &mut [u8]) -> Result<(), SealedError> {
        let length = u16::try_from(out.len()).map_err(|_| SealedError::Length)?.to_be_bytes();
        let mut labelled: Vec<&[u8]> = vec![&length, VERSION, self.suite, label.as_bytes()];
        labelled.extend_from_slice(info);
        self.hkdf.expand_multi_info(&labelled, out).map_err(|_| SealedError::Length)
    }
}

#[cfg(test)]
mod tests;

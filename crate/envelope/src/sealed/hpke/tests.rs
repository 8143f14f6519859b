//! RFC 9180, A.3.1: DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-128-GCM in base mode; and the crate `hpke` as a peer.

use hpke::aead::AesGcm128;
use hpke::kdf::HkdfSha256;
use hpke::kem::DhP256HkdfSha256 as P256;
use hpke::{Deserializable as _, OpModeR, OpModeS, Serializable as _};

use super::*;

const INFO: &str = "4f6465206f6e2061204772656369616e2055726e";
const SK_E: &str = "4995788ef4b9d6132b249ce59a77281493eb39af373d236a1fe415cb0c2d7beb";
const PK_E: &str = "04a92719c6195d5085104f469a8b9814d5838ff72b60501e2c4466e5e67b325ac98536d7b61a1af4b78e5b7f951c0900be863c403ce65c9bfcb9382657222d18c4";
const SK_R: &str = "f3ce7fdae57e1a310d87f1ebbde6f328be0a99cdbcadf4d6589cf29de4b8ffd2";
const PK_R: &str = "04fe8c19ce0905191ebc298a9245792531f26f0cece2460639e8bc39cb7f706a826a779b4cf969b8a0e539c7f62fb3d30ad6aa8f80e30f1d128aafd68a2ce72ea0";
const SHARED_SECRET: &str = "c0d26aeab536609a572b07695d933b589dcf363ff9d93c93adea537aeabb8cb8";
const KEY: &str = "868c066ef58aae6dc589b6cfdd18f97e";
const BASE_NONCE: &str = "4e0bc5018beba4bf004cca59";
const PLAINTEXT: &str = "4265617574792069732074727574682c20747275746820626561757479";
const AAD: &str = "436f756e742d30";
const CIPHERTEXT: &str =
    "5ad590bb8baa577f8619db35a36311226a896e7342a6d836d8b7bcd2f20b6c7f9076ac232e3ab2523f39513434";

fn bytes(hex: &str) -> Vec<u8> {
    base16ct::lower::decode_vec(hex).unwrap()
}

fn scalar(hex: &str) -> [u8; 32] {
    bytes(hex).try_into().unwrap()
}

fn recipient() -> AgreementSecret {
    AgreementSecret::from_scalar(&scalar(SK_R)).unwrap()
}

/// Random bytes that are a counter: never the same key twice.
fn counter() -> impl FnMut(&mut [u8]) {
    let mut next = 0_u8;
    move |buffer: &mut [u8]| {
        buffer.fill_with(|| {
            next = next.wrapping_add(1);
            next
        });
    }
}

#[test]
fn published_shared_secret_key_and_nonce() {
    let (enc, to) =
        (AgreementKey::from_sec1(&bytes(PK_E)).unwrap(), AgreementKey::from_sec1(&bytes(PK_R)).unwrap());
    assert_eq!(recipient().public(), to);
    let shared = recipient().agree(&enc);
    let mut secret = [0; 32];
    Labelled::extract(KEM_SUITE, &[], "eae_prk", &shared)
        .expand("shared_secret", &[enc.to_sec1(), to.to_sec1()], &mut secret)
        .unwrap();
    assert_eq!(secret, scalar(SHARED_SECRET));
    let schedule = Schedule::base(&shared, &enc, &to, &bytes(INFO)).unwrap();
    assert_eq!(schedule.key.to_vec(), bytes(KEY));
    assert_eq!(schedule.nonce.to_vec(), bytes(BASE_NONCE));
}

#[test]
fn published_message_is_sealed_and_opened() {
    let mut random = |buffer: &mut [u8]| buffer.copy_from_slice(&scalar(SK_E));
    let to = recipient().public();
    let sealed = Hpke::seal_with(&to, &bytes(INFO), &bytes(AAD), &bytes(PLAINTEXT), &mut random).unwrap();
    assert_eq!(sealed.enc().to_sec1().to_vec(), bytes(PK_E));
    assert_eq!(sealed.ciphertext(), bytes(CIPHERTEXT));

    let pending = |info: &str, aad: &str| PendingOpen {
        message: sealed.clone(),
        recipient: to.clone(),
        info: bytes(info),
        aad: bytes(aad),
    };
    assert_eq!(pending(INFO, AAD).open(&recipient()), Ok(bytes(PLAINTEXT)));
    let shared = recipient().agree(pending(INFO, AAD).point());
    assert_eq!(pending(INFO, AAD).step(&shared), Ok(bytes(PLAINTEXT)));
    assert_eq!(pending("00", AAD).open(&recipient()), Err(SealedError::Opening));
    assert_eq!(pending(INFO, "00").open(&recipient()), Err(SealedError::Opening));
}

#[test]
fn crate_hpke_opens_what_is_sealed_here_and_seals_what_is_opened_here() {
    let mut random = counter();
    for length in [0, 1, 15, 16, 17, 4_096, 60_000] {
        let plaintext: Vec<u8> = (0..=255).cycle().take(length).collect();
        let info = plaintext.get(..length.min(99)).unwrap().to_vec();

        let sealed = Hpke::seal(&recipient().public(), &info, &plaintext, &mut random).unwrap();
        let theirs = hpke::single_shot_open::<AesGcm128, HkdfSha256, P256>(
            &OpModeR::Base,
            &<P256 as hpke::Kem>::PrivateKey::from_bytes(&scalar(SK_R)).unwrap(),
            &<P256 as hpke::Kem>::EncappedKey::from_bytes(sealed.enc().to_sec1()).unwrap(),
            &info,
            sealed.ciphertext(),
            &[],
        );
        assert_eq!(theirs.unwrap(), plaintext, "{length}");

        let (enc, ciphertext) = hpke::single_shot_seal_with_rng::<AesGcm128, HkdfSha256, P256>(
            &OpModeS::Base,
            &<P256 as hpke::Kem>::PublicKey::from_bytes(recipient().public().to_sec1()).unwrap(),
            &info,
            &plaintext,
            &[],
            &mut Counting(counter()),
        )
        .unwrap();
        let received = Hpke::from_parts(&enc.to_bytes(), &ciphertext).unwrap();
        let opened = received.pending(recipient().public(), info).open(&recipient());
        assert_eq!(opened, Ok(plaintext), "{length}");
    }
}

#[test]
fn each_altered_byte_is_refused() {
    let info = b"info".to_vec();
    let sealed = Hpke::seal(&recipient().public(), &info, b"an application", &mut counter()).unwrap();
    for at in 0..sealed.ciphertext.len() {
        let mut altered = sealed.clone();
        altered.ciphertext[at] ^= 1;
        let opened = altered.pending(recipient().public(), info.clone()).open(&recipient());
        assert_eq!(opened, Err(SealedError::Opening), "{at}");
    }
    let other = AgreementSecret::from_scalar(&[9; 32]).unwrap();
    let for_another = sealed.clone().pending(other.public(), info.clone()).open(&other);
    assert_eq!(for_another, Err(SealedError::Opening));
    // The right key under another public key: `enc` and the recipient are bound too.
    assert_eq!(sealed.pending(other.public(), info).open(&recipient()), Err(SealedError::Opening));
}

#[test]
fn points_off_the_curve_and_other_forms_are_refused() {
    let mut point = bytes(PK_E);
    assert!(Hpke::from_parts(&point, &[0; TAG]).is_ok());
    assert_eq!(Hpke::from_parts(&point, &[0; TAG - 1]), Err(SealedError::Form));
    // An altered y, the point at infinity, a compressed and a hybrid point, another length.
    point[64] ^= 1;
    let compressed = [&[2], &point[1..33]].concat();
    let hybrid = [&[6], &bytes(PK_E)[1..]].concat();
    for wrong in [&point[..], &[0], &[0; 65], &compressed, &hybrid, &point[..64], &[]] {
        assert_eq!(Hpke::from_parts(wrong, &[0; TAG]), Err(SealedError::Point));
    }
    assert_eq!(AgreementSecret::from_scalar(&[0; 32]).err(), Some(SealedError::Point));
    assert_eq!(AgreementSecret::from_scalar(&[0xff; 32]).err(), Some(SealedError::Point));
    assert_eq!(AgreementSecret::generate(&mut |buffer| buffer.fill(0)).err(), Some(SealedError::Random));
}

/// The peer's source of random bytes.
struct Counting<F>(F);

impl<F: FnMut(&mut [u8])> hpke::rand_core::TryRng for Counting<F> {
    type Error = core::convert::Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Self::Error> {
        let mut bytes = [0; 4];
        (self.0)(&mut bytes);
        Ok(u32::from_be_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Self::Error> {
        let mut bytes = [0; 8];
        (self.0)(&mut bytes);
        Ok(u64::from_be_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, buffer: &mut [u8]) -> Result<(), Self::Error> {
        (self.0)(buffer);
        Ok(())
    }
}

impl<F: FnMut(&mut [u8])> hpke::rand_core::TryCryptoRng for Counting<F> {}

//! Keys in files: read in the formats of other tools, written as PKCS#8 that only the owner can read.

use std::borrow::Cow;
use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::Path;

use anyhow::{Context as _, Result};
use cbor::cose::CoseKey;
use p256::SecretKey;
use p256::ecdsa::SigningKey;
use p256::pkcs8::{DecodePrivateKey as _, DecodePublicKey as _, EncodePrivateKey as _};
use serde_json::Value;
use signature::PublicKey;

use crate::exit::wrong;
use crate::{clock, input};

/// Generates a key on P-256.
pub(crate) fn generate() -> Result<SigningKey> {
    loop {
        // One in 2^32 random scalars is not valid.
        if let Ok(key) = SigningKey::from_slice(&clock::random::<32>()?) {
            return Ok(key);
        }
    }
}

/// Reads a private key: PKCS#8 or SEC 1 as PEM, PKCS#8 as DER, JWK, or 32 bytes in binary, hexadecimal or base64.
pub(crate) fn read_private(path: &Path) -> Result<SigningKey> {
    let bytes = input::read(path, input::SMALL)?;
    let key =
        private(&bytes).ok_or_else(|| wrong("cli.wrong.private-key", &[("file", &input::name(path))]))?;
    Ok(SigningKey::from(key))
}

/// Returns the first block with this label in a PEM text; `None` if there is none or it is malformed.
fn block(bytes: &[u8], label: &str) -> Option<Vec<u8>> {
    let blocks = x509::pem_blocks(&input::utf8(bytes), label, input::SMALL)?;
    blocks.ok()?.into_iter().next()
}

fn private(bytes: &[u8]) -> Option<SecretKey> {
    if let Some(der) = block(bytes, "PRIVATE KEY") {
        return SecretKey::from_pkcs8_der(&der).ok();
    }
    if let Some(der) = block(bytes, "EC PRIVATE KEY") {
        return SecretKey::from_sec1_der(&der).ok();
    }
    if let Some(scalar) = jwk(bytes).and_then(|jwk| coordinate(&jwk, "d")) {
        return SecretKey::from_slice(&scalar).ok();
    }
    let bytes = input::decode(bytes.to_vec());
    if bytes.len() == 32 {
        return SecretKey::from_slice(&bytes).ok();
    }
    SecretKey::from_pkcs8_der(&bytes).ok()
}

/// Reads a holder's public key, or the public part of a private key: PEM, DER or JWK.
pub(crate) fn read_public(path: &Path) -> Result<CoseKey> {
    let bytes = input::read(path, input::SMALL)?;
    let key = public(&bytes).or_else(|| {
        let key = SigningKey::from(private(&bytes)?);
        cose(&key).ok()
    });
    Ok(key.ok_or_else(|| wrong("cli.wrong.public-key", &[("file", &input::name(path))]))?)
}

fn public(bytes: &[u8]) -> Option<CoseKey> {
    if let Some(jwk) = jwk(bytes) {
        let point = [&[4][..], &coordinate(&jwk, "x")?, &coordinate(&jwk, "y")?].concat();
        return CoseKey::from_sec1(&point).ok();
    }
    let der = block(bytes, "PUBLIC KEY").map_or(Cow::Borrowed(bytes), Cow::Owned);
    let key = p256::PublicKey::from_public_key_der(&der).ok()?;
    let point = PublicKey::p256_from_sec1(&key.to_sec1_bytes())?;
    CoseKey::try_from(&point).ok()
}

fn jwk(bytes: &[u8]) -> Option<Value> {
    let jwk: Value = serde_json::from_slice(bytes).ok()?;
    (jwk.get("kty")?.as_str()? == "EC" && jwk.get("crv")?.as_str()? == "P-256").then_some(jwk)
}

fn coordinate(jwk: &Value, name: &str) -> Option<Vec<u8>> {
    input::base64(jwk.get(name)?.as_str()?).filter(|bytes| bytes.len() == 32)
}

/// Returns the public part as a COSE_Key.
pub(crate) fn cose(key: &SigningKey) -> Result<CoseKey> {
    CoseKey::try_from(&PublicKey::from(key)).context("a key on P-256")
}

/// Writes a new private key that only the owner can read. Fails if the file exists.
pub(crate) fn write_private(path: &Path, key: &SigningKey) -> Result<()> {
    let der = SecretKey::from(key).to_pkcs8_der().context("PKCS#8")?;
    write_new(path, x509::to_pem("PRIVATE KEY", der.as_bytes()).as_bytes(), true)
}

/// Writes a new file. Fails if it exists.
pub(crate) fn write_new(path: &Path, bytes: &[u8], private: bool) -> Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    if private {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    #[cfg(not(unix))]
    let _ = private;
    let fail =
        |error: std::io::Error| crate::exit::wrong_io("cli.wrong.write", &path.display().to_string(), &error);
    let mut file = options.open(path).map_err(fail)?;
    Ok(file.write_all(bytes).and_then(|()| file.sync_all()).map_err(fail)?)
}

/// Refuses a file that [`write_new`] would refuse, before anything is done.
pub(crate) fn refuse_existing(path: Option<&Path>) -> Result<()> {
    match path.filter(|path| path.exists()) {
        None => Ok(()),
        Some(path) => {
            let there = std::io::Error::from(std::io::ErrorKind::AlreadyExists);
            Err(crate::exit::wrong_io("cli.wrong.write", &path.display().to_string(), &there).into())
        }
    }
}

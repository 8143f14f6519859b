//! Ephemeral P-256 keys, and public keys as JWK (RFC 7517; RFC 7518, 6.2.1).

use core::fmt;

use p256::SecretKey;
use p256::elliptic_curve::sec1::ToSec1Point as _;
use sha2::{Digest as _, Sha256};
use signature::{Curve, PublicKey};

use crate::base64url;
use crate::error::MakeError;
use crate::json::Json;

/// A source of random bytes that fills the whole buffer from the platform's cryptographic generator.
pub type Random<'a> = &'a mut dyn FnMut(&mut [u8]);

/// A private key for one message.
#[derive(Clone)]
pub(crate) struct EphemeralKey(SecretKey);

impl EphemeralKey {
    /// Generates a key. One in 2^32 random scalars is not valid, so a few are tried.
    pub(crate) fn new(random: Random<'_>) -> Result<Self, MakeError> {
        let attempt = |_| {
            let mut scalar = [0; 32];
            random(&mut scalar);
            SecretKey::from_slice(&scalar).ok()
        };
        (0..4).find_map(attempt).map(Self).ok_or(MakeError::Random)
    }

    pub(crate) fn public(&self) -> PublicJwk {
        PublicJwk(self.0.public_key())
    }

    /// The x coordinate of the shared point (RFC 7518, 4.6).
    pub(crate) fn agree(&self, other: &PublicJwk) -> [u8; 32] {
        let shared = p256::ecdh::diffie_hellman(self.0.to_nonzero_scalar(), other.0.as_affine());
        (*shared.raw_secret_bytes()).into()
    }
}

impl fmt::Debug for EphemeralKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("EphemeralKey(..)")
    }
}

/// A public key on P-256.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PublicJwk(p256::PublicKey);

impl PublicJwk {
    /// Reads `kty`, `crv`, `x` and `y`; `None` for another key, a private one, or a point off the curve.
    pub(crate) fn from_json(jwk: &Json) -> Option<Self> {
        let text = |name| jwk.get(name).and_then(Json::as_text);
        if text("kty") != Some("EC") || text("crv") != Some("P-256") || jwk.get("d").is_some() {
            return None;
        }
        let (x, y) = (base64url::decode_32(text("x")?)?, base64url::decode_32(text("y")?)?);
        let point = [[4].as_slice(), &x, &y].concat();
        PublicKey::from_sec1(Curve::P256, &point)?.to_p256().map(Self)
    }

    /// x and y in base64url.
    fn coordinates(&self) -> [String; 2] {
        let point = self.0.to_sec1_point(false);
        let coordinate =
            |from: usize| base64url::encode(point.as_bytes().get(from..from + 32).unwrap_or_default());
        [coordinate(1), coordinate(33)]
    }

    /// Returns the key as a JWK with its point only.
    pub(crate) fn to_json(&self) -> Json {
        let [x, y] = self.coordinates().map(Json::Text);
        Json::object([("kty", Json::text("EC")), ("crv", Json::text("P-256")), ("x", x), ("y", y)])
    }

    /// Returns the SHA-256 thumbprint (RFC 7638), over the members in the order of their names.
    pub(crate) fn thumbprint(&self) -> [u8; 32] {
        Sha256::digest(self.to_json().encode()).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The key of the handover's vector in OpenID4VP 1.0, B.2.6.
    fn published() -> Json {
        Json::object([
            ("kty", Json::text("EC")),
            ("crv", Json::text("P-256")),
            ("x", Json::text("DxiH5Q4Yx3UrukE2lWCErq8N8bqC9CHLLrAwLz5BmE0")),
            ("y", Json::text("XtLM4-3h5o3HUH0MHVJV0kyq0iBlrBwlh8qEDMZ4-Pc")),
        ])
    }

    fn with(name: &str, value: &str) -> Json {
        let mut jwk = published();
        if let Json::Object(members) = &mut jwk {
            members.insert(name.to_owned(), Json::text(value));
        }
        jwk
    }

    #[test]
    fn the_published_thumbprint() {
        let key = PublicJwk::from_json(&published()).unwrap();
        let digits = base16ct::lower::encode_string(&key.thumbprint());
        assert_eq!(digits, "4283ec927ae0f208daaa2d026a814f2b22dca52cf85ffa8f3f8626c6bd669047");
    }

    #[test]
    fn other_keys_are_none() {
        assert!(PublicJwk::from_json(&with("kid", "more members are nothing to us")).is_some());
        for (name, value) in [
            ("kty", "OKP"),
            ("crv", "P-384"),
            ("x", "DxiH5Q4Yx3UrukE2lWCErq8N8bqC9CHLLrAwLz5BmE1"),
            ("y", "AA"),
            ("d", "AA"),
        ] {
            assert_eq!(PublicJwk::from_json(&with(name, value)), None, "{name}");
        }
        assert_eq!(PublicJwk::from_json(&Json::Null), None);
    }

    #[test]
    fn a_source_that_gives_only_zeros_gives_no_key() {
        assert!(matches!(EphemeralKey::new(&mut |buffer| buffer.fill(0)), Err(MakeError::Random)));
    }
}

//! A signed request: JWS with ES256 and the reader's certificate in its header (RFC 7515; RFC 9101), its parts as bytes.

use mdoc::reader::ReaderAuthError;
use signature::{Algorithm, SignatureValid, VerifySignature, verify};
use x509::Certificate;

use crate::base64url;
use crate::error::RequestError;
use crate::json::Json;

const ALG: &str = "ES256";
const TYPE: &str = "oauth-authz-req+jwt";
/// Most certificates that may be sent; only the first, the requester's, is read.
const MAX_CHAIN: usize = 3;

/// A signed message as received; its signature is not verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Jws {
    protected: Vec<u8>,
    payload: Vec<u8>,
    signature: [u8; 64],
    certificate: Certificate,
}

/// The protected header under a certificate.
pub(crate) fn protected_header(certificate: &Certificate) -> Vec<u8> {
    let chain = Json::Array(vec![Json::Text(base64url::encode_padded(certificate.as_der()))]);
    let header = Json::object([("alg", Json::text(ALG)), ("typ", Json::text(TYPE)), ("x5c", chain)]);
    header.encode().into_bytes()
}

/// Returns the signing input: both parts in base64url, separated by a dot.
pub(crate) fn signing_input(protected: &[u8], payload: &[u8]) -> Vec<u8> {
    format!("{}.{}", base64url::encode(protected), base64url::encode(payload)).into_bytes()
}

impl Jws {
    /// Reads the three parts. Keys in the header (`jwk`, `jku`, `x5u`) are never used.
    pub(crate) fn decode(protected: &[u8], payload: &[u8], signature: &[u8]) -> Result<Self, RequestError> {
        let header =
            Json::parse(protected).filter(|json| json.as_object().is_some()).ok_or(RequestError::Json)?;
        let text = |name| header.get(name).and_then(Json::as_text);
        if text("typ") != Some(TYPE) {
            return Err(RequestError::Type);
        }
        if text("alg") != Some(ALG) {
            return Err(RequestError::Algorithm);
        }
        if header.get("crit").is_some() {
            return Err(RequestError::Critical);
        }
        let chain = header.get("x5c").and_then(Json::as_array).ok_or(RequestError::X5c)?;
        if chain.len() > MAX_CHAIN {
            return Err(RequestError::X5c);
        }
        let leaf = chain.first().and_then(Json::as_text).and_then(base64url::decode_padded);
        let certificate = Certificate::decode(&leaf.ok_or(RequestError::X5c)?)?;
        Ok(Self {
            protected: protected.to_vec(),
            payload: payload.to_vec(),
            signature: signature.try_into().map_err(|_| RequestError::Signature)?,
            certificate,
        })
    }

    pub(crate) fn payload(&self) -> &[u8] {
        &self.payload
    }

    pub(crate) const fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    /// Verifies that the certificate's key signed both parts.
    pub(crate) fn verify(&self, signatures: &dyn VerifySignature) -> Result<SignatureValid, RequestError> {
        let message = signing_input(&self.protected, &self.payload);
        let key = self.certificate.public_key();
        verify(Algorithm::Es256, key, &message, &self.signature, signatures)
            .map_err(|_| RequestError::Signature)
    }

    pub(crate) fn into_certificate(self) -> Certificate {
        self.certificate
    }
}

/// Whether a certificate of an unknown authority is within its own validity.
pub(crate) fn check_dates(certificate: &Certificate, now: cbor::Timestamp) -> Result<(), ReaderAuthError> {
    if now < certificate.not_before() {
        return Err(ReaderAuthError::NotYet);
    }
    if now > certificate.not_after() {
        return Err(ReaderAuthError::Expired);
    }
    Ok(())
}

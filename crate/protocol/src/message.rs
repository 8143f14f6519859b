//! The parameters of a request, as the verifier writes them and as the wallet reads them (OpenID4VP 1.0, 5).

use cbor::Timestamp;
use licence::ShownText;
use mdoc::{SessionTranscript, TranscriptError};
use verdict::Purpose;

use crate::base64url;
use crate::error::RequestError;
use crate::json::Json;
use crate::jwe::{Enc, Recipient};
use crate::key::PublicJwk;
use crate::query::Query;
use crate::response_uri::ResponseUri;

/// The response mode: encrypted, by the optical link. It is this project's own, not OpenID4VP's.
pub const RESPONSE_MODE: &str = "org.liangzheng.qr.jwt";
/// The parameter with the purpose: `{"code": "rental", "text": "…"}`. It is this project's own.
pub(crate) const PURPOSE_PARAMETER: &str = "org.liangzheng.purpose";
/// Most characters of a requester's own words that are kept.
pub(crate) const MAX_PURPOSE_TEXT: usize = 120;
/// Longest lifetime of a signed request, in seconds.
pub const MAX_LIFE_SECONDS: i64 = 600;

/// The audience of a request to a wallet whose issuer identifier is unknown (static discovery).
const AUDIENCE: &str = "https://self-issued.me/v2";
const X509_HASH: &str = "x509_hash:";
const REDIRECT_URI: &str = "redirect_uri:";
const ALG: &str = "ECDH-ES";
/// Characters of 16 bytes in base64url.
const MIN_NONCE: usize = 22;
const MAX_NONCE: usize = 128;
const MAX_KID: usize = 128;
/// Limit on the keys of a request that are examined.
const MAX_KEYS: usize = 4;
/// COSE's ES256, ES384 and ES512: what this project's verifier verifies.
const ALGORITHMS: [i64; 3] = [-7, -35, -36];

/// The purpose, as the requester states it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskedPurpose {
    /// A named purpose, which the wallet describes in its own words.
    pub purpose: Option<Purpose>,
    /// The requester's own words, unverified: show them as such.
    pub text: Option<ShownText>,
}

/// The life of a signed request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Life {
    pub(crate) iat: Timestamp,
    pub(crate) exp: Timestamp,
}

/// The parameters of a request, signed or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Parameters {
    pub(crate) client_id: String,
    pub(crate) nonce: String,
    pub(crate) response_uri: ResponseUri,
    pub(crate) recipient: Recipient,
    pub(crate) query: Query,
    pub(crate) purpose: Option<AskedPurpose>,
    /// For signed requests only.
    pub(crate) life: Option<Life>,
}

/// The client identifier of an unsigned request.
pub(crate) fn unsigned_client_id(response_uri: &ResponseUri) -> String {
    format!("{REDIRECT_URI}{}", response_uri.as_str())
}

/// The client identifier of a request signed under a certificate of this hash.
pub(crate) fn signed_client_id(certificate_sha256: &[u8; 32]) -> String {
    format!("{X509_HASH}{}", base64url::encode(certificate_sha256))
}

impl Parameters {
    pub(crate) fn to_json(&self, purpose_text: Option<&str>) -> Json {
        let mut request = Json::object([
            ("response_type", Json::text("vp_token")),
            ("response_mode", Json::text(RESPONSE_MODE)),
            ("client_id", Json::text(self.client_id.as_str())),
            ("response_uri", Json::text(self.response_uri.as_str())),
            ("nonce", Json::text(self.nonce.as_str())),
            ("dcql_query", self.query.to_json()),
            ("client_metadata", self.client_metadata()),
        ]);
        let Json::Object(members) = &mut request else { return request };
        let mut add = |name: &str, value: Json| members.insert(name.to_owned(), value);
        if let Some(Life { iat, exp }) = self.life {
            add("aud", Json::text(AUDIENCE));
            add("iat", Json::Integer(iat.unix()));
            add("exp", Json::Integer(exp.unix()));
        }
        let code =
            self.purpose.as_ref().and_then(|asked| asked.purpose).map(|purpose| ("code", purpose.code()));
        let said: Vec<_> = code.into_iter().chain(purpose_text.map(|text| ("text", text))).collect();
        if !said.is_empty() {
            let said = said.into_iter().map(|(name, text)| (name.to_owned(), Json::text(text)));
            add(PURPOSE_PARAMETER, Json::Object(said.collect()));
        }
        request
    }

    fn client_metadata(&self) -> Json {
        let mut key = self.recipient.key.to_json();
        if let Json::Object(members) = &mut key {
            for (name, value) in [("use", "enc"), ("alg", ALG), ("kid", &self.recipient.kid)] {
                members.insert(name.to_owned(), Json::text(value));
            }
        }
        let algorithms = || Json::Array(ALGORITHMS.map(Json::Integer).to_vec());
        let mdoc =
            Json::object([("issuerauth_alg_values", algorithms()), ("deviceauth_alg_values", algorithms())]);
        Json::object([
            ("jwks", Json::object([("keys", Json::Array(vec![key]))])),
            ("encrypted_response_enc_values_supported", Json::texts(&Enc::ALL.map(Enc::name))),
            ("vp_formats_supported", Json::object([("mso_mdoc", mdoc)])),
        ])
    }

    /// Reads the parameters; unknown ones are ignored.
    pub(crate) fn from_json(request: &Json, signed: bool) -> Result<Self, RequestError> {
        let field =
            |name: &'static str| request.get(name).and_then(Json::as_text).ok_or(RequestError::Field(name));
        // Parameters that must be fetched or understood.
        for name in ["request", "request_uri", "transaction_data"] {
            if request.get(name).is_some() {
                return Err(RequestError::Unsupported(name));
            }
        }
        if field("response_type")? != "vp_token" {
            return Err(RequestError::ResponseType);
        }
        if field("response_mode")? != RESPONSE_MODE {
            return Err(RequestError::ResponseMode);
        }
        let (client_id, uri) = (field("client_id")?, field("response_uri")?);
        let response_uri = ResponseUri::parse(uri).ok_or(RequestError::ResponseUri)?;
        if request.get("redirect_uri").is_some() {
            return Err(RequestError::ResponseUri);
        }
        match (signed, client_id.strip_prefix(X509_HASH), client_id.strip_prefix(REDIRECT_URI)) {
            (true, Some(hash), _) if base64url::decode_32(hash).is_some() => {}
            (false, _, Some(named)) if named == uri => {}
            (false, _, Some(_)) => return Err(RequestError::ResponseUri),
            _ => return Err(RequestError::ClientId),
        }
        let nonce = field("nonce")?;
        let safe = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        if !(MIN_NONCE..=MAX_NONCE).contains(&nonce.len()) || !nonce.bytes().all(safe) {
            return Err(RequestError::Nonce);
        }
        let metadata = request.get("client_metadata").ok_or(RequestError::Field("client_metadata"))?;
        Ok(Self {
            client_id: client_id.to_owned(),
            nonce: nonce.to_owned(),
            response_uri,
            recipient: recipient(metadata)?,
            query: Query::from_json(request.get("dcql_query").ok_or(RequestError::Field("dcql_query"))?)?,
            purpose: request.get(PURPOSE_PARAMETER).map(purpose).transpose()?,
            life: if signed { Some(life(request)?) } else { None },
        })
    }

    /// The transcript of the session: OpenID4VP's own handover, B.2.6.1.
    pub(crate) fn transcript(&self) -> Result<SessionTranscript, TranscriptError> {
        let thumbprint = self.recipient.key.thumbprint();
        let uri = self.response_uri.as_str();
        SessionTranscript::openid4vp_redirect(&self.client_id, &self.nonce, Some(&thumbprint), uri)
    }
}

/// Returns the first supported key and the first supported content encryption.
fn recipient(metadata: &Json) -> Result<Recipient, RequestError> {
    let keys = metadata.get("jwks").and_then(|jwks| jwks.get("keys")).and_then(Json::as_array);
    let usable = |jwk: &Json| {
        let text = |name| jwk.get(name).and_then(Json::as_text);
        let kid = text("kid").filter(|kid| !kid.is_empty() && kid.len() <= MAX_KID)?;
        let meant = text("use").is_none_or(|usage| usage == "enc") && text("alg") == Some(ALG);
        if meant { Some((PublicJwk::from_json(jwk)?, kid.to_owned())) } else { None }
    };
    let keys = keys.filter(|keys| keys.len() <= MAX_KEYS).ok_or(RequestError::Key)?;
    let (key, kid) = keys.iter().find_map(usable).ok_or(RequestError::Key)?;
    let enc = match metadata.get("encrypted_response_enc_values_supported") {
        None => Enc::A128Gcm,
        Some(names) => {
            let names = names.as_array().unwrap_or_default();
            names.iter().filter_map(Json::as_text).find_map(Enc::from_name).ok_or(RequestError::Enc)?
        }
    };
    Ok(Recipient { key, kid, enc })
}

fn purpose(said: &Json) -> Result<AskedPurpose, RequestError> {
    const WHERE: RequestError = RequestError::Field(PURPOSE_PARAMETER);
    said.as_object().ok_or(WHERE)?;
    let text = |name| match said.get(name) {
        None => Ok(None),
        Some(text) => text.as_text().map(Some).ok_or(WHERE),
    };
    // An unknown purpose is of a later version; the requested elements are shown all the same.
    let code = text("code")?.and_then(Purpose::from_code);
    let words = text("text")?.map(|text| ShownText::new(text, MAX_PURPOSE_TEXT));
    Ok(AskedPurpose { purpose: code, text: words.filter(|words| !words.is_empty()) })
}

fn life(request: &Json) -> Result<Life, RequestError> {
    let moment = |name: &'static str| {
        let seconds = request.get(name).and_then(Json::as_integer);
        seconds.map(Timestamp::from_unix).ok_or(RequestError::Field(name))
    };
    if request.get("aud").and_then(Json::as_text) != Some(AUDIENCE) {
        return Err(RequestError::Audience);
    }
    let life = Life { iat: moment("iat")?, exp: moment("exp")? };
    match life.exp.unix().checked_sub(life.iat.unix()) {
        Some(0..=MAX_LIFE_SECONDS) => Ok(life),
        _ => Err(RequestError::Life),
    }
}

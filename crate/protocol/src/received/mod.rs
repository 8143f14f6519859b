//! What people have: a presentation in whatever it was copied, saved or sent in.
//!
//! [`unwrap`] takes text encodings, JSON and CBOR tags off and returns the presentation, or names what it is instead.
//! Nothing is verified here.
//!
//! | around it | read |
//! |---|---|
//! | text | base64 of both alphabets, hexadecimal (`0x`, colons, spaces, capitals); `h'…'`; a byte order mark, UTF-16, a data URI |
//! | JSON | `vp_token` as a text, an array or an object by query id; an answer of the Digital Credentials API; a Node Buffer, a typed array |
//! | a form | `vp_token`, `response` and the like, also in the query or fragment of an address; the body of an HTTP message |
//! | CBOR | tag 24, tag 55799; a Document or an IssuerSigned without its DeviceResponse |
//!
//! The input is at most [`MAX_RECEIVED`] bytes and unwrapped at most [`MAX_LAYERS`] times.

mod form;
mod json;
mod named;
mod other;
mod text;

use cbor::Item;

pub use other::OtherCode;
pub use text::{base64, hex, text};

/// The longest input, in bytes: 128 KiB as hexadecimal digits with colons, in UTF-16, and some JSON around it.
pub const MAX_RECEIVED: usize = 1024 * 1024;
/// The most encodings around each other.
pub const MAX_LAYERS: usize = 6;

/// What was received, without what was around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Received {
    /// The payload of the QR link, or its Envelope before it was deflated, or bytes that are nothing known.
    Payload(Vec<u8>),
    /// A DeviceResponse.
    DeviceResponse(Vec<u8>),
    /// An IssuerSigned, or a Document in a DeviceResponse of its own. Its presenter is unknown, whatever session is given.
    IssuerData(Vec<u8>),
}

impl Received {
    /// Returns the bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        match self {
            Self::Payload(bytes) | Self::DeviceResponse(bytes) | Self::IssuerData(bytes) => bytes,
        }
    }
}

/// Returns the presentation in bytes that were received, or what they are instead.
///
/// Bytes that are neither text nor CBOR nor a known kind of file are returned as a payload: only its decoder can say what
/// is wrong with them.
///
/// # Errors
/// Returns the code of what was recognised and is no presentation.
pub fn unwrap(bytes: &[u8]) -> Result<Received, OtherCode> {
    if bytes.len() > MAX_RECEIVED {
        return Err(OtherCode::Size);
    }
    layer(bytes, MAX_LAYERS)
}

/// Returns what a text of another system is, such as the content of a QR code; `None` if nothing is known about it.
#[must_use]
pub fn name_of(text: &str) -> Option<OtherCode> {
    named::of_text(text.trim())
}

fn layer(bytes: &[u8], left: usize) -> Result<Received, OtherCode> {
    let below = left.checked_sub(1).ok_or(OtherCode::Layers)?;
    if bytes.is_empty() {
        return Err(OtherCode::Empty);
    }
    if let Some(text) = text::readable(bytes) {
        return of_text(text.trim(), below);
    }
    if let Ok(item) = cbor::decode_foreign(bytes) {
        return of_item(&item, bytes, below);
    }
    match named::of_bytes(bytes) {
        Some(other) => Err(other),
        None => Ok(Received::Payload(bytes.to_vec())),
    }
}

fn of_text(text: &str, left: usize) -> Result<Received, OtherCode> {
    if text.is_empty() {
        return Err(OtherCode::Empty);
    }
    if let Some(bytes) = text::data_uri(text) {
        return layer(&bytes, left);
    }
    if text.starts_with(['{', '[', '"']) {
        let below = left.checked_sub(1).ok_or(OtherCode::Layers)?;
        return of_candidates(&json::candidates(text).ok_or(OtherCode::Text)?, below);
    }
    if let Some(body) = form::http_body(text) {
        let below = left.checked_sub(1).ok_or(OtherCode::Layers)?;
        return of_text(body.trim(), below);
    }
    if let Some(value) = form::field(text, &json::ANSWERS) {
        let below = left.checked_sub(1).ok_or(OtherCode::Layers)?;
        match of_text(value.trim(), below) {
            Ok(Received::Payload(_)) => {}
            Err(other) if other.is_by_chance() => {}
            received => return received,
        }
    }
    if let Some(other) = named::of_text(text) {
        return Err(other);
    }
    match text::decode(text) {
        Some(bytes) if !bytes.is_empty() => layer(&bytes, left),
        _ => Err(OtherCode::Text),
    }
}

/// Returns the one presentation among the texts and bytes of a JSON value.
fn of_candidates(candidates: &[json::Candidate], left: usize) -> Result<Received, OtherCode> {
    let (mut found, mut other) = (None, OtherCode::Json);
    for candidate in candidates {
        let received = match candidate {
            json::Candidate::Text(text) => of_text(text.trim(), left),
            json::Candidate::Bytes(bytes) => layer(bytes, left),
        };
        match received {
            // Only CBOR counts: other members of an answer are texts that may be base64 by chance.
            Ok(Received::Payload(bytes)) if cbor::decode_foreign(&bytes).is_err() => {}
            // Two queries of one request may have the same answer.
            Ok(received) if found.as_ref() == Some(&received) => {}
            Ok(_) if found.is_some() => return Err(OtherCode::Several),
            Ok(received) => found = Some(received),
            Err(named) if named.is_by_chance() => {}
            Err(named) => other = named,
        }
    }
    found.ok_or(other)
}

fn of_item(item: &Item<'_>, bytes: &[u8], left: usize) -> Result<Received, OtherCode> {
    /// A tag that says that CBOR follows (RFC 8949, 3.4.6).
    const SELF_DESCRIBED: u64 = 55_799;
    const SIGN1: u64 = 18;
    /// Members of a DeviceResponse without documents (ISO/IEC 18013-5, 8.3.2.1.2.2 and second edition).
    const RESPONSE_KEYS: [&str; 5] =
        ["version", "status", "documentErrors", "zkDocuments", "encryptedDocuments"];
    if let Some(inner) = item.as_encoded_cbor() {
        return layer(inner, left);
    }
    match item.as_tag() {
        Some((SELF_DESCRIBED, inner)) => return layer(inner.raw(), left),
        Some((SIGN1, _)) => return Err(OtherCode::Signed),
        _ => {}
    }
    if let Some(inner) = item.as_bytes() {
        return layer(inner, left);
    }
    let has = |key: &str| item.get_text(key).is_some();
    if item.as_map().is_some() {
        return match () {
            () if has("documents") => Ok(Received::DeviceResponse(bytes.to_vec())),
            () if has("issuerAuth") => Ok(Received::IssuerData(bytes.to_vec())),
            () if has("issuerSigned") && has("deviceSigned") => Ok(Received::IssuerData(response_of(bytes))),
            // As some wallets store it: the document without the device's part.
            () if has("issuerSigned") => match item.get_text("issuerSigned") {
                Some(issuer_signed) => Ok(Received::IssuerData(issuer_signed.raw().to_vec())),
                None => Ok(Received::DeviceResponse(bytes.to_vec())),
            },
            () if has("docRequests") => Err(OtherCode::DeviceRequest),
            () if RESPONSE_KEYS.into_iter().any(has) => Ok(Received::DeviceResponse(bytes.to_vec())),
            () => Err(OtherCode::Cbor),
        };
    }
    match item.as_array() {
        // org-iso-mdoc of the Digital Credentials API: the response encrypted by HPKE.
        Some([kind, _]) if kind.as_text() == Some("dcapi") => Err(OtherCode::EncryptedAnswer),
        Some([protected, _, _, signature])
            if protected.as_bytes().is_some() && signature.as_bytes().is_some() =>
        {
            Err(OtherCode::Signed)
        }
        _ => Ok(Received::Payload(bytes.to_vec())),
    }
}

/// Returns a DeviceResponse of one Document as received.
fn response_of(document: &[u8]) -> Vec<u8> {
    // {"status": 0, "version": "1.0", "documents": [document]}
    let head: &[u8] = b"\xa3\x66status\x00\x67version\x631.0\x69documents\x81";
    [head, document].concat()
}

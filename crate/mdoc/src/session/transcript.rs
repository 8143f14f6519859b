//! `SessionTranscript = [DeviceEngagementBytes / null, EReaderKeyBytes / null, Handover]`
//! (ISO/IEC 18013-5, 9.1.5.1): what a device signature is bound to in addition to the document.
//!
//! | constructor | handover | reader key |
//! |---|---|---|
//! | [`SessionTranscript::proximity`] | ISO/IEC 18013-5: QR or NFC engagement | yes: a device MAC is possible |
//! | [`SessionTranscript::openid4vp_redirect`] | OpenID4VP 1.0, B.2.6.1 | no |
//! | [`SessionTranscript::openid4vp_dc_api`] | OpenID4VP 1.0, B.2.6.2: Digital Credentials API | no |
//! | [`SessionTranscript::org_iso_mdoc`] | ISO/IEC TS 18013-7, Annex C: Digital Credentials API | no |
//! | [`SessionTranscript::one_way`], [`SessionTranscript::one_way_with_purpose`] | this project's profile, no ISO transport | no |
//! | [`SessionTranscript::from_bytes`] | any other, as encoded there | if it has one |

use sha2::{Digest, Sha256};

use crate::wire::error::ProfileError;
use cbor::Value;
use cbor::coded;
use cbor::stage_error;

/// The names of the one-way profile's handover: without a purpose in Info, and with one.
const ONE_WAY_HANDOVER: &str = "org.liangzheng.QrPresentation.v1";
const ONE_WAY_PURPOSE_HANDOVER: &str = "org.liangzheng.QrPresentation.v2";
/// The length of a JWK thumbprint by SHA-256 (RFC 7638), in bytes.
const THUMBPRINT_LENGTH: usize = 32;

/// The encoded transcript.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionTranscript {
    bytes: Vec<u8>,
    reader_key: bool,
}

/// How two devices in proximity engaged (ISO/IEC 18013-5, 9.1.5.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Handover<'a> {
    /// `QRHandover = null`: the reader read the engagement from a code.
    Qr,
    /// `NFCHandover = [Handover Select, Handover Request / null]`: both messages as they were sent.
    Nfc {
        /// The Handover Select message.
        select: &'a [u8],
        /// The Handover Request message; none with static handover.
        request: Option<&'a [u8]>,
    },
}

/// Why a transcript cannot be made.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TranscriptError {
    /// A required part is empty; its name.
    Empty(&'static str),
    /// A JWK thumbprint that is not 32 bytes long.
    Thumbprint,
    /// Not a web origin: `https://host` or `https://host:port`, without a path and without the prefix `origin:`.
    Origin,
    /// `encryptionInfo` is not base64url text.
    EncryptionInfo,
    /// DeviceEngagement is not a CBOR map.
    Engagement,
    /// EReaderKey is not a COSE_Key.
    ReaderKey,
}

coded!(TranscriptError as TranscriptCode {
    Empty => "transcript-empty", "session-transcript", "OpenID4VP 1.0, B.2.6";
    Thumbprint => "transcript-thumbprint", "session-transcript", "OpenID4VP 1.0, B.2.6";
    Origin => "transcript-origin", "session-transcript", "OpenID4VP 1.0, B.2.6.2";
    EncryptionInfo => "transcript-encryption-info", "session-transcript", "ISO/IEC TS 18013-7, Annex C";
    Engagement => "transcript-engagement", "session-transcript", "ISO/IEC 18013-5, 9.1.5.1";
    ReaderKey => "transcript-reader-key", "session-transcript", "ISO/IEC 18013-5, 9.1.5.1";
});
stage_error!(TranscriptError);

impl SessionTranscript {
    /// Creates the transcript of the one-way profile for an Info without a purpose:
    /// `[null, null, ["org.liangzheng.QrPresentation.v1", SHA-256(the bytes of Info)]]`.
    pub fn one_way(info_bytes: &[u8]) -> Self {
        Self::hashed(ONE_WAY_HANDOVER, info_bytes)
    }

    /// Creates the transcript of the one-way profile for an Info with a purpose:
    /// `[null, null, ["org.liangzheng.QrPresentation.v2", SHA-256(the bytes of Info)]]`.
    pub fn one_way_with_purpose(info_bytes: &[u8]) -> Self {
        Self::hashed(ONE_WAY_PURPOSE_HANDOVER, info_bytes)
    }

    /// Creates the transcript of OpenID4VP by redirect:
    /// `["OpenID4VPHandover", SHA-256([client_id, nonce, jwkThumbprint / null, response_uri])]`.
    ///
    /// `client_id` with its prefix; `jwk_thumbprint` is RFC 7638's by SHA-256, as bytes, of the key
    /// to which the response is encrypted; `None` if it is not encrypted.
    ///
    /// # Errors
    /// `transcript-empty` or `transcript-thumbprint`.
    pub fn openid4vp_redirect(
        client_id: &str,
        nonce: &str,
        jwk_thumbprint: Option<&[u8]>,
        response_uri: &str,
    ) -> Result<Self, TranscriptError> {
        let info = Value::array([
            filled("client_id", client_id)?,
            filled("nonce", nonce)?,
            thumbprint(jwk_thumbprint)?,
            filled("response_uri", response_uri)?,
        ]);
        Ok(Self::hashed("OpenID4VPHandover", &cbor::encode(&info)))
    }

    /// Creates the transcript of OpenID4VP over the Digital Credentials API:
    /// `["OpenID4VPDCAPIHandover", SHA-256([origin, nonce, jwkThumbprint / null])]`.
    ///
    /// # Errors
    /// `transcript-origin`, `transcript-empty` or `transcript-thumbprint`.
    pub fn openid4vp_dc_api(
        origin: &str,
        nonce: &str,
        jwk_thumbprint: Option<&[u8]>,
    ) -> Result<Self, TranscriptError> {
        let info = Value::array([web_origin(origin)?, filled("nonce", nonce)?, thumbprint(jwk_thumbprint)?]);
        Ok(Self::hashed("OpenID4VPDCAPIHandover", &cbor::encode(&info)))
    }

    /// Creates the transcript of `org-iso-mdoc` over the Digital Credentials API:
    /// `["dcapi", SHA-256([encryptionInfo as base64url text, origin])]`.
    ///
    /// # Errors
    /// `transcript-encryption-info` or `transcript-origin`.
    pub fn org_iso_mdoc(encryption_info: &str, origin: &str) -> Result<Self, TranscriptError> {
        let base64url = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        if encryption_info.is_empty() || !encryption_info.bytes().all(base64url) {
            return Err(TranscriptError::EncryptionInfo);
        }
        let info = Value::array([Value::text(encryption_info), web_origin(origin)?]);
        Ok(Self::hashed("dcapi", &cbor::encode(&info)))
    }

    /// Creates the transcript of two devices in proximity.
    ///
    /// `device_engagement` and `e_reader_key` are the encoded structures as exchanged: the contents of `DeviceEngagementBytes` and `EReaderKeyBytes`.
    ///
    /// # Errors
    /// `transcript-engagement` or `transcript-reader-key`.
    pub fn proximity(
        device_engagement: &[u8],
        e_reader_key: &[u8],
        handover: Handover<'_>,
    ) -> Result<Self, TranscriptError> {
        let is_map = |bytes: &[u8], key: i64| {
            cbor::decode_foreign(bytes).is_ok_and(|item| item.get_integer(key).is_some())
        };
        // 0 is the version of an engagement, 1 the type of a key.
        if !is_map(device_engagement, 0) {
            return Err(TranscriptError::Engagement);
        }
        if !is_map(e_reader_key, 1) {
            return Err(TranscriptError::ReaderKey);
        }
        let handover = match handover {
            Handover::Qr => Value::Null,
            Handover::Nfc { select, request } => {
                Value::array([Value::bytes(select), request.map_or(Value::Null, Value::bytes)])
            }
        };
        let transcript = Value::array([
            Value::encoded_cbor(device_engagement),
            Value::encoded_cbor(e_reader_key),
            handover,
        ]);
        Ok(Self { bytes: cbor::encode(&transcript), reader_key: true })
    }

    /// Reads the transcript of another transport and keeps its bytes.
    ///
    /// # Errors
    /// Fails if it is not one CBOR array of three items.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ProfileError> {
        let item = cbor::decode_foreign(bytes).map_err(ProfileError::Cbor)?;
        match item.as_array() {
            Some([_, reader_key, _]) => Ok(Self { bytes: bytes.to_vec(), reader_key: !reader_key.is_null() }),
            _ => Err(ProfileError::Shape("SessionTranscript")),
        }
    }

    /// Returns the encoded transcript.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// `SessionTranscriptBytes = #6.24(bstr .cbor SessionTranscript)`, from which session keys are derived.
    pub fn tagged_bytes(&self) -> Vec<u8> {
        cbor::encode(&Value::encoded_cbor(self.bytes.as_slice()))
    }

    /// Returns whether the session has an ephemeral reader key, without which a device MAC is impossible
    /// (ISO/IEC 18013-5, 9.1.3.5).
    pub const fn has_reader_key(&self) -> bool {
        self.reader_key
    }

    /// `[null, null, [name, SHA-256(info)]]`.
    fn hashed(name: &str, info: &[u8]) -> Self {
        let handover = Value::array([Value::text(name), Value::bytes(Sha256::digest(info).to_vec())]);
        let transcript = Value::array([Value::Null, Value::Null, handover]);
        Self { bytes: cbor::encode(&transcript), reader_key: false }
    }
}

fn filled(name: &'static str, text: &str) -> Result<Value, TranscriptError> {
    if text.is_empty() { Err(TranscriptError::Empty(name)) } else { Ok(Value::text(text)) }
}

fn thumbprint(bytes: Option<&[u8]>) -> Result<Value, TranscriptError> {
    match bytes {
        None => Ok(Value::Null),
        Some(bytes) if bytes.len() == THUMBPRINT_LENGTH => Ok(Value::bytes(bytes)),
        Some(_) => Err(TranscriptError::Thumbprint),
    }
}

/// Checks an origin as browsers serialise it. An app's (`android:apk-key-hash:…`) has no `//` and is not checked.
fn web_origin(origin: &str) -> Result<Value, TranscriptError> {
    let visible = !origin.is_empty() && origin.bytes().all(|byte| byte.is_ascii_graphic());
    let (scheme, rest) = origin.split_once(':').ok_or(TranscriptError::Origin)?;
    let host = match rest.strip_prefix("//") {
        Some(host) => !host.is_empty() && !host.contains(['/', '?', '#', '@']),
        None => scheme != "origin" && scheme != "http" && scheme != "https" && !rest.is_empty(),
    };
    if visible && host && !scheme.is_empty() { Ok(Value::text(origin)) } else { Err(TranscriptError::Origin) }
}

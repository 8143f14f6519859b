//! What the caller says about one check, as JSON.

use cbor::Timestamp;
use mdoc::{SessionTranscript, TranscriptError};
use serde::Deserialize;
use verdict::Case;

use crate::refusal::Refusal;

/// Offsets of clocks from UTC are within these seconds.
const OFFSET_MAX: i32 = 18 * 3600;

/// One check. Nothing has a default that decides: the script fills in what its caller left out.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Context {
    /// The time of receipt, in seconds since 1970.
    pub(crate) now: Timestamp,
    /// Seconds by which the clocks of the partner's place are ahead of UTC.
    pub(crate) utc_offset: i32,
    /// A lower bound of the true time.
    pub(crate) clock_floor: Option<Timestamp>,
    /// The name by which holders may address this verifier.
    pub(crate) audience: Option<String>,
    /// What the partner knows.
    pub(crate) case: Case,
    /// The session that the caller made.
    pub(crate) session: Option<Session>,
    /// Whether the caller remembers presentations.
    pub(crate) replay_store: bool,
    /// Days for which the rules are looked ahead.
    pub(crate) what_if_days: Option<u16>,
}

/// The values of a session, as its verifier made them.
#[derive(Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "camelCase", deny_unknown_fields)]
pub(crate) enum Session {
    /// OpenID4VP 1.0 with `direct_post` or `direct_post.jwt`.
    Openid4vp {
        client_id: String,
        nonce: String,
        response_uri: String,
        /// The thumbprint of the key to which the answer was encrypted, in hexadecimal (RFC 7638).
        jwk_thumbprint: Option<String>,
    },
    /// OpenID4VP 1.0 over the Digital Credentials API.
    DcApi { origin: String, nonce: String, jwk_thumbprint: Option<String> },
    /// `org-iso-mdoc` over the Digital Credentials API (ISO/IEC TS 18013-7, Annex C).
    OrgIsoMdoc { encryption_info: String, origin: String },
    /// Any other: the encoded `SessionTranscript`, in hexadecimal.
    Transcript { bytes: String },
}

impl Session {
    /// Returns the transcript that the holder's device must have signed.
    pub(crate) fn transcript(&self) -> Result<SessionTranscript, Refusal> {
        let refused = |error: TranscriptError| Refusal::new(error.code(), "session");
        match self {
            Self::Openid4vp { client_id, nonce, response_uri, jwk_thumbprint } => {
                let thumbprint = jwk_thumbprint.as_deref().map(hex).transpose()?;
                SessionTranscript::openid4vp_redirect(client_id, nonce, thumbprint.as_deref(), response_uri)
                    .map_err(refused)
            }
            Self::DcApi { origin, nonce, jwk_thumbprint } => {
                let thumbprint = jwk_thumbprint.as_deref().map(hex).transpose()?;
                SessionTranscript::openid4vp_dc_api(origin, nonce, thumbprint.as_deref()).map_err(refused)
            }
            Self::OrgIsoMdoc { encryption_info, origin } => {
                SessionTranscript::org_iso_mdoc(encryption_info, origin).map_err(refused)
            }
            Self::Transcript { bytes } => SessionTranscript::from_bytes(&hex(bytes)?)
                .map_err(|error| Refusal::new(error.code(), "session")),
        }
    }
}

fn hex(text: &str) -> Result<Vec<u8>, Refusal> {
    base16ct::mixed::decode_vec(text).map_err(|_| Refusal::new("argument-hex", "session"))
}

impl Context {
    pub(crate) fn from_json(json: &str) -> Result<Self, Refusal> {
        let context: Self = serde_json::from_str(json)
            .map_err(|error| Refusal::new("argument-context", error.to_string()))?;
        match (-OFFSET_MAX..=OFFSET_MAX).contains(&context.utc_offset) {
            true => Ok(context),
            false => Err(Refusal::new("argument-utc-offset", "utcOffset")),
        }
    }
}

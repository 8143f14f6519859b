//! Session transcripts and their inputs.

use cbor::{Value, encode};
use mdoc::{Handover, SessionTranscript, TranscriptError};
use serde::{Deserialize, Serialize};

use crate::hostile::bytes::{hex, unhex};
use crate::hostile::{Given, Hostile, Kind, Threat};
use crate::random::{cose_key, signing_key};

/// The inputs of a transcript; bytes are hexadecimal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "transport", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Session {
    /// OpenID4VP by redirect.
    Openid4vp {
        /// With its prefix.
        client_id: String,
        /// The request's nonce.
        nonce: String,
        /// RFC 7638 by SHA-256 of the key that the response is encrypted to.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        jwk_thumbprint: Option<String>,
        /// The URI of the response.
        response_uri: String,
    },
    /// OpenID4VP over the Digital Credentials API.
    DcApi {
        /// The page's origin.
        origin: String,
        /// The request's nonce.
        nonce: String,
    },
    /// `org-iso-mdoc` over the Digital Credentials API.
    OrgIsoMdoc {
        /// As sent: base64url.
        encryption_info: String,
        /// The page's origin.
        origin: String,
    },
    /// ISO/IEC 18013-5 proximity by QR code.
    Proximity {
        /// DeviceEngagement.
        device_engagement: String,
        /// EReaderKey.
        e_reader_key: String,
    },
}

impl Session {
    /// Returns the transcript.
    ///
    /// # Errors
    /// Fails as the constructors of [`SessionTranscript`] do.
    ///
    /// # Panics
    /// Panics if a text that must be hexadecimal is not.
    pub fn transcript(&self) -> Result<SessionTranscript, TranscriptError> {
        match self {
            Self::Openid4vp { client_id, nonce, jwk_thumbprint, response_uri } => {
                let thumbprint = jwk_thumbprint.as_deref().map(unhex);
                SessionTranscript::openid4vp_redirect(client_id, nonce, thumbprint.as_deref(), response_uri)
            }
            Self::DcApi { origin, nonce } => SessionTranscript::openid4vp_dc_api(origin, nonce, None),
            Self::OrgIsoMdoc { encryption_info, origin } => {
                SessionTranscript::org_iso_mdoc(encryption_info, origin)
            }
            Self::Proximity { device_engagement, e_reader_key } => {
                SessionTranscript::proximity(&unhex(device_engagement), &unhex(e_reader_key), Handover::Qr)
            }
        }
    }
}

const NONCE: &str = "exc7gBkxjx1rdc9udRrveKvSsJIq80avlXeLHhGwqtA";

fn openid4vp(nonce: &str, thumbprint: usize) -> Session {
    Session::Openid4vp {
        client_id: "x509_san_dns:example.com".to_owned(),
        nonce: nonce.to_owned(),
        jwk_thumbprint: Some(hex(&vec![0x42; thumbprint])),
        response_uri: "https://example.com/response".to_owned(),
    }
}

fn dc_api(origin: &str) -> Session {
    Session::DcApi { origin: origin.to_owned(), nonce: NONCE.to_owned() }
}

fn org_iso_mdoc(encryption_info: &str) -> Session {
    let origin = "https://verifier.example".to_owned();
    Session::OrgIsoMdoc { encryption_info: encryption_info.to_owned(), origin }
}

/// Returns a session by QR code, with the ephemeral key of the files' reader or these bytes instead.
pub(super) fn proximity(engagement: Option<&[u8]>, key: Option<&[u8]>) -> Session {
    let right_engagement = encode(&Value::integer_map([(0, Value::text("1.0"))]));
    let right_key = encode(&cose_key(&signing_key("ephemeral reader key")).to_value());
    Session::Proximity {
        device_engagement: hex(engagement.unwrap_or(&right_engagement)),
        e_reader_key: hex(key.unwrap_or(&right_key)),
    }
}

pub(super) fn all() -> Vec<Hostile> {
    let text = |session: &Session| (serde_json::to_string_pretty(session).expect("JSON") + "\n").into_bytes();
    let right = |rule, description, session: Session| {
        let transcript = hex(session.transcript().expect("a transcript").bytes());
        Hostile::accepted(rule, Threat::CrossProtocol, description, text(&session))
            .kind(Kind::SessionTranscript)
            .given(Given { transcript: Some(transcript), ..Given::default() })
    };
    let wrong = |rule, code, description, session: Session| {
        Hostile::refused(rule, Threat::CrossProtocol, "session-transcript", code, description, text(&session))
            .kind(Kind::SessionTranscript)
    };
    vec![
        right("session-openid4vp", "OpenID4VP by redirect.", openid4vp(NONCE, 32)),
        right("session-dc-api", "OpenID4VP over the Digital Credentials API.", dc_api("https://example.com")),
        right("session-org-iso-mdoc", "org-iso-mdoc.", org_iso_mdoc("gmVkY2FwaaA")),
        right("session-proximity", "Two devices, by a QR code.", proximity(None, None)),
        wrong("session-nonce-empty", "transcript-empty", "A nonce of nothing.", openid4vp("", 32)),
        wrong(
            "session-thumbprint-sha1",
            "transcript-thumbprint",
            "A thumbprint of 20 bytes.",
            openid4vp(NONCE, 20),
        ),
        wrong(
            "session-origin-path",
            "transcript-origin",
            "An origin with a path.",
            dc_api("https://example.com/x"),
        ),
        wrong(
            "session-origin-user",
            "transcript-origin",
            "An origin with somebody's name.",
            dc_api("https://u@example.com"),
        ),
        wrong(
            "session-encryption-info-base64",
            "transcript-encryption-info",
            "base64 of the other alphabet.",
            org_iso_mdoc("ab+/"),
        ),
        wrong("session-engagement", "transcript-engagement", "An engagement without a version.", {
            proximity(Some(&[0xa0]), None)
        }),
        wrong("session-reader-key", "transcript-reader-key", "A reader key that is none.", {
            proximity(None, Some(&[0xf6]))
        }),
    ]
}

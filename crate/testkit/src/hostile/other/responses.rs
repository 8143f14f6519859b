//! Answers in a session, issuer data without one, and the same presentation twice.

use cbor::cose::{emac_key, mac_structure};
use hmac::{Hmac, KeyInit as _, Mac as _};
use mdoc::SessionTranscript;
use signature::Signer as _;

use super::sessions::proximity;
use crate::draft::{Draft, NOW};
use crate::hostile::bytes::hex;
use crate::hostile::{Given, Hostile, Kind, Threat, Verdict, valid};
use crate::issuer::TestIssuer;
use crate::random::signing_key;

pub(super) fn all() -> Vec<Hostile> {
    let issuer = TestIssuer::default();
    let of_nonce = |nonce| {
        let client_id = "x509_san_dns:verifier.example";
        let response_uri = "https://verifier.example/response";
        SessionTranscript::openid4vp_redirect(client_id, nonce, None, response_uri).expect("a transcript")
    };
    let (session, elsewhere) = (of_nonce("a nonce"), of_nonce("another nonce"));
    let given = || Given { transcript: Some(hex(session.bytes())), ..Given::default() };
    let draft = Draft::new(&issuer);
    let response = draft.device_response_for(&session);
    let mut again = Hostile::refused(
        "seen",
        Threat::Replay,
        "freshness",
        "seen",
        "A right presentation that this verifier saw eight seconds ago.",
        valid().to_vec(),
    )
    .outcome(Verdict::Undetermined)
    .given(Given { seen_at: Some(NOW), ..Given::default() });
    again.expect.at = NOW.plus_seconds(8);
    let mut all = vec![
        Hostile::accepted(
            "response-in-session",
            Threat::CrossProtocol,
            "An answer in the verifier's own session, which is fresh by that alone.",
            response.clone(),
        )
        .kind(Kind::DeviceResponse)
        .given(given())
        .also(&["device-signed", "fresh-by-session"]),
        Hostile::refused(
            "response-of-one-way",
            Threat::CrossProtocol,
            "device-signed",
            "device-signature",
            "A one-way presentation in the place of an answer.",
            draft.device_response(),
        )
        .kind(Kind::DeviceResponse)
        .given(given())
        .headline("headline.other-session"),
        Hostile::refused(
            "response-other-session",
            Threat::OldAnswer,
            "device-signed",
            "device-signature",
            "A right answer to a request with another nonce. The operator may have copied it, so nobody is accused.",
            draft.device_response_for(&elsewhere),
        )
        .kind(Kind::DeviceResponse)
        .given(given())
        .headline("headline.other-session"),
        without_session(Kind::DeviceResponse, response),
        without_session(Kind::IssuerSigned, draft.issuer_signed()),
        again,
    ];
    all.extend(macs(&issuer));
    all
}

/// Returns issuer data: from a response whose session is unknown, and without a presenter.
fn without_session(kind: Kind, bytes: Vec<u8>) -> Hostile {
    if kind == Kind::IssuerSigned {
        let description = "What the issuer signed, and nobody asks who shows it.";
        return Hostile::accepted("issuer-data", Threat::Tampering, description, bytes)
            .kind(kind)
            .also(&["device-not-asked"]);
    }
    let mut file = Hostile::refused(
        "response-without-session",
        Threat::CrossProtocol,
        "",
        "device-unchecked",
        "An answer whose session is not at hand: who shows it cannot be known.",
        bytes,
    )
    .outcome(Verdict::Undetermined)
    .kind(kind);
    file.expect.step = None;
    file
}

/// Returns a device MAC, which needs a session with a reader key.
fn macs(issuer: &TestIssuer) -> Vec<Hostile> {
    let transcript = proximity(None, None).transcript().expect("a transcript");
    let reader_key = signing_key("ephemeral reader key");
    let mut draft = Draft::new(issuer);
    draft.device_auth_name = "deviceMac".to_owned();
    draft.device_auth.protected = vec![0xa1, 0x01, 0x05];
    let device = draft.device_auth.key.public_key();
    let key = emac_key(&device, &reader_key.clone().into(), &transcript.tagged_bytes()).expect("a key");
    let tag = |message: &[u8]| {
        let mut mac = Hmac::<sha2::Sha256>::new_from_slice(&key).expect("a key");
        mac.update(&mac_structure(&[0xa1, 0x01, 0x05], message));
        mac.finalize().into_bytes().to_vec()
    };
    draft.device_auth.signature = Some(tag(&draft.device_authentication(&transcript)));
    let right = draft.device_response_for(&transcript);
    draft.device_auth.signature = Some(tag(b"something else"));
    let wrong = draft.device_response_for(&transcript);
    let given = |key: bool| Given {
        transcript: Some(hex(transcript.bytes())),
        reader_key: key.then(|| hex(&reader_key.to_bytes())),
        ..Given::default()
    };
    let refused = |rule, code, description, bytes| {
        Hostile::refused(rule, Threat::DeviceKey, "device-signed", code, description, bytes)
            .kind(Kind::DeviceResponse)
    };
    vec![
        Hostile::accepted(
            "mac-in-session",
            Threat::DeviceKey,
            "A right MAC in a session with a reader key.",
            right.clone(),
        )
        .kind(Kind::DeviceResponse)
        .given(given(true)),
        refused("mac-wrong", "device-mac", "A MAC of something else.", wrong).given(given(true)),
        refused(
            "mac-without-reader-key",
            "device-mac-unexpected",
            "A right MAC, and a verifier that has not the session's key.",
            right,
        )
        .given(given(false)),
    ]
}

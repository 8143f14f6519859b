//! What a hostile holder or thief does: device signature, pinned fields, device-signed elements, time.

use cbor::{Value, encode};
use envelope::Info;
use mdoc::SessionTranscript;

use super::bytes::changed;
use super::{Hostile, Threat, Verdict, deflate};
use crate::draft::{Draft, NOW, get_mut, inflated, info_value, set};
use crate::issuer::TestIssuer;
use crate::random::signing_key;
use crate::sample::ISO;

pub(super) fn all(issuer: &TestIssuer) -> Vec<Hostile> {
    let mut all = device(issuer);
    all.extend(pinned(issuer));
    all.extend(freshness(issuer));
    all
}

fn device(issuer: &TestIssuer) -> Vec<Hostile> {
    let device = |rule, threat, code, description, payload| {
        Hostile::refused(rule, threat, "device-signed", code, description, payload)
    };
    let birth_date = || Value::map([(ISO, Value::map([("birth_date", Value::text("2000-01-01"))]))]);
    let authorise = |d: &mut Draft| {
        let elements =
            Value::map([("dataElements", Value::map([(ISO, Value::array([Value::text("birth_date")]))]))]);
        set(get_mut(&mut d.mso, "deviceKeyInfo"), "keyAuthorizations", elements);
    };
    vec![
        device(
            "device-other-key",
            Threat::DeviceKey,
            "device-signature",
            "Another key than the MSO's signed.",
            changed(issuer, |d| d.device_auth.key = signing_key("thief").into()),
        ),
        device(
            "device-other-transcript",
            Threat::CrossProtocol,
            "device-signature",
            "A signature for an OpenID4VP transcript.",
            {
                let draft = Draft::new(issuer);
                let handover = Value::array([Value::text("OpenID4VPHandover"), Value::bytes([0; 32])]);
                let transcript = encode(&Value::array([Value::Null, Value::Null, handover]));
                let transcript = SessionTranscript::from_bytes(&transcript).expect("a transcript");
                deflate(&inflated(&draft.kind, &draft.info_bytes(), &draft.device_response_for(&transcript)))
            },
        ),
        device("info-replaced", Threat::Stale, "device-signature", "An old signature with a new Info.", {
            let draft = Draft::new(issuer);
            let info = Info { iat: NOW, exp: NOW.plus_seconds(60), nonce: [1; 16], aud: None, purpose: None };
            deflate(&inflated(&draft.kind, &encode(&info_value(&info)), &draft.device_response()))
        }),
        device(
            "purpose-replaced",
            Threat::CrossProtocol,
            "device-signature",
            "Another purpose than was signed.",
            {
                let mut draft = Draft::new(issuer);
                draft.set_purpose(Value::text("roadside"));
                let response = draft.device_response();
                draft.set_purpose(Value::text("rental"));
                deflate(&inflated(&draft.kind, &draft.info_bytes(), &response))
            },
        ),
        device(
            "purpose-removed",
            Threat::CrossProtocol,
            "device-signature",
            "The signed purpose is cut off.",
            {
                let mut draft = Draft::new(issuer);
                let without = draft.info_bytes();
                draft.set_purpose(Value::text("roadside"));
                deflate(&inflated(&draft.kind, &without, &draft.device_response()))
            },
        ),
        device(
            "device-mac",
            Threat::DeviceKey,
            "device-mac-unexpected",
            "A MAC where the verifier has no reader key.",
            {
                changed(issuer, |d| {
                    d.device_auth_name = "deviceMac".to_owned();
                    d.device_auth.protected = vec![0xa1, 0x01, 0x05];
                    d.device_auth.signature = Some(vec![0; 32]);
                })
            },
        ),
        device(
            "device-element-unauthorised",
            Threat::DeviceSignedShadow,
            "device-elements",
            "The device signs a birth_date of its own.",
            changed(issuer, |d| d.device_name_spaces = birth_date()),
        ),
        Hostile::accepted(
            "device-element-authorised",
            Threat::DeviceSignedShadow,
            "The device signs a birth_date that it may sign; it is never shown as the issuer's.",
            {
                changed(issuer, |d| {
                    authorise(d);
                    d.device_name_spaces = birth_date();
                })
            },
        ),
        Hostile::refused(
            "device-signature-short",
            Threat::SignatureEdges,
            "cose",
            "cose-signature-form",
            "63 bytes of signature.",
            changed(issuer, |d| d.device_auth.signature = Some(vec![1; 63])),
        ),
        Hostile::refused(
            "device-signature-long",
            Threat::SignatureEdges,
            "cose",
            "cose-signature-form",
            "65 bytes of signature.",
            changed(issuer, |d| d.device_auth.signature = Some(vec![1; 65])),
        ),
        Hostile::refused(
            "device-payload-attached",
            Threat::Cose,
            "cose",
            "cose-payload",
            "The device's payload is carried.",
            changed(issuer, |d| d.device_auth.attached = true),
        ),
    ]
}

fn pinned(issuer: &TestIssuer) -> Vec<Hostile> {
    let profile = |rule, code, description, payload| {
        Hostile::refused(rule, Threat::DocumentConfusion, "profile", code, description, payload)
    };
    vec![
        Hostile::refused(
            "doc-type-other",
            Threat::DocumentConfusion,
            "device-signed",
            "doc-type",
            "The document calls itself something else, and the device signs that.",
            changed(issuer, |d| d.doc_type = "org.example.loyalty".to_owned()),
        ),
        profile("version-2", "profile-version", "A DeviceResponse of version 2.0.", {
            changed(issuer, |d| d.version = Value::text("2.0"))
        }),
        Hostile::accepted("version-1-1", Threat::DocumentConfusion, "A DeviceResponse of version 1.1.", {
            changed(issuer, |d| d.version = Value::text("1.1"))
        }),
        profile("status-error", "profile-status", "Status 10 beside a document.", {
            changed(issuer, |d| d.status = Value::Unsigned(10))
        }),
        profile(
            "elements-none",
            "profile-elements",
            "A document without any element.",
            changed(issuer, |d| d.items.clear()),
        ),
        profile("documents-two", "profile-documents", "Two documents.", changed(issuer, |d| d.documents = 2)),
        profile("documents-none", "profile-documents", "No document.", changed(issuer, |d| d.documents = 0)),
    ]
}

fn freshness(issuer: &TestIssuer) -> Vec<Hostile> {
    let fresh = |rule, threat, code, description: &str, verdict, payload: Vec<u8>| {
        Hostile::refused(rule, threat, "freshness", code, description, payload).outcome(verdict)
    };
    let with = |iat: i64, exp: i64, aud: Option<&str>| {
        let (iat, exp) = (NOW.plus_seconds(iat), NOW.plus_seconds(exp));
        let info = Info { iat, exp, nonce: [3; 16], aud: aud.map(str::to_owned), purpose: None };
        changed(issuer, |d| d.info = info_value(&info))
    };
    vec![
        fresh("stale", Threat::Stale, "stale", "61 s old.", Verdict::Fail, with(-61, -1, None)),
        Hostile::accepted("last-second", Threat::Stale, "60 s old, in its last second.", with(-60, 0, None)),
        fresh(
            "clock-ahead",
            Threat::ClockSkew,
            "clock-ahead",
            "Signed 61 s in the future.",
            Verdict::Undetermined,
            with(61, 120, None),
        ),
        Hostile::accepted(
            "clock-tolerated",
            Threat::ClockSkew,
            "Signed 60 s in the future.",
            with(60, 120, None),
        ),
        fresh(
            "clock-floor",
            Threat::VerifierClock,
            "clock-floor",
            "The verifier's clock is two days behind its build.",
            Verdict::Undetermined,
            with(0, 60, None),
        )
        .at(NOW.plus_seconds(-3 * 86_400)),
        fresh(
            "audience-other",
            Threat::OldAnswer,
            "audience",
            "Made for another verifier.",
            Verdict::Fail,
            with(0, 60, Some("other.example")),
        ),
        Hostile::accepted(
            "audience-own",
            Threat::OldAnswer,
            "Made for this verifier.",
            with(0, 60, Some("verifier.example")),
        ),
        Hostile::refused(
            "life-61-s",
            Threat::Stale,
            "envelope",
            "envelope-life",
            "A life of 61 s.",
            with(0, 61, None),
        ),
        Hostile::refused(
            "life-negative",
            Threat::Stale,
            "envelope",
            "envelope-life",
            "It ends before it begins.",
            with(0, -1, None),
        ),
    ]
}

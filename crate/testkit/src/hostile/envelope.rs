//! What comes before the mdoc: deflate, sizes, the Envelope and its Info.

use cbor::{Value, encode};
use envelope::MAX_DEFLATED;

use super::bytes::changed;
use super::{Hostile, Threat, Verdict, deflate};
use crate::draft::{Draft, NOW, inflated};
use crate::issuer::TestIssuer;

pub(super) fn all(issuer: &TestIssuer) -> Vec<Hostile> {
    let envelope = |rule, threat, code, description, payload| {
        Hostile::refused(rule, threat, "envelope", code, description, payload)
    };
    let draft = Draft::new(issuer);
    let whole = draft.inflated();
    let payload = deflate(&whole);
    let nonce = || Value::bytes([3; 16]);
    let time = |seconds: i64| Value::integer(NOW.unix() + seconds);
    let info = |items: Vec<Value>| changed(issuer, |d| d.info = Value::array(items));
    vec![
        envelope(
            "inflate-bomb",
            Threat::InflateBomb,
            "size",
            "A few kilobytes that inflate to 64 MiB.",
            bomb(),
        ),
        envelope(
            "inflated-too-large",
            Threat::InflateBomb,
            "size",
            "One byte more than 128 KiB, inflated.",
            deflate(&vec![0; 128 * 1024 + 1]),
        ),
        envelope("deflate-truncated", Threat::Encoding, "envelope-deflate", "The stream ends early.", {
            payload[..payload.len() - 9].to_vec()
        }),
        envelope("deflate-trailing", Threat::Encoding, "envelope-deflate", "Bytes after the stream.", {
            [payload.as_slice(), &[0]].concat()
        }),
        envelope(
            "deflate-garbage",
            Threat::Encoding,
            "envelope-deflate",
            "No deflate stream.",
            vec![0xff; 64],
        ),
        envelope("url", Threat::QrPhishing, "envelope-deflate", "A link in the place of a presentation.", {
            b"https://phish.example/licence".to_vec()
        }),
        envelope("kind-unknown", Threat::CrossProtocol, "envelope-kind", "Another kind of Envelope.", {
            changed(issuer, |d| d.kind = Value::Unsigned(2))
        }),
        envelope("envelope-four-items", Threat::Encoding, "envelope-shape", "An item too many.", {
            let parts = [draft.info_bytes(), draft.device_response()].map(Value::bytes);
            let [info, response] = parts;
            deflate(&encode(&Value::array([Value::Unsigned(1), info, response, Value::Null])))
        }),
        envelope("info-nonce-short", Threat::Encoding, "envelope-info", "A nonce of 15 bytes.", {
            info(vec![time(0), time(60), Value::bytes([3; 15]), Value::Null])
        }),
        envelope("info-without-aud", Threat::Encoding, "envelope-info", "Info of three items.", {
            info(vec![time(0), time(60), nonce()])
        }),
        envelope("info-six-items", Threat::Encoding, "envelope-info-newer", "An Info of a newer wallet.", {
            let purpose = || Value::text("roadside");
            info(vec![time(0), time(60), nonce(), Value::Null, purpose(), purpose()])
        })
        .outcome(Verdict::Undetermined),
        envelope("info-purpose-number", Threat::Encoding, "envelope-info", "A purpose that is no text.", {
            changed(issuer, |d| d.set_purpose(Value::Unsigned(1)))
        }),
        envelope("info-purpose-empty", Threat::Encoding, "envelope-info", "A purpose without a letter.", {
            changed(issuer, |d| d.set_purpose(Value::text("")))
        }),
        envelope("info-purpose-long", Threat::Encoding, "envelope-info", "A purpose of 65 bytes.", {
            changed(issuer, |d| d.set_purpose(Value::text("a".repeat(65))))
        }),
        envelope("info-time-huge", Threat::Encoding, "envelope-info", "A time of 2^64 - 1.", {
            let huge = || Value::Unsigned(u64::MAX);
            info(vec![huge(), huge(), nonce(), Value::Null])
        }),
        Hostile::refused(
            "envelope-trailing",
            Threat::Encoding,
            "decode",
            "cbor-profile",
            "Bytes after the Envelope.",
            deflate(&[whole.as_slice(), &[0]].concat()),
        ),
        Hostile::refused(
            "envelope-indefinite",
            Threat::Encoding,
            "decode",
            "cbor-profile",
            "An indefinite Envelope.",
            deflate(&[&[0x9f], &whole[1..], &[0xff]].concat()),
        ),
        Hostile::refused(
            "info-long-head",
            Threat::Encoding,
            "decode",
            "cbor-profile",
            "A longer head than needed in Info.",
            {
                let mut info = draft.info_bytes();
                // aud, null, as a simple value of two bytes
                info.truncate(info.len() - 1);
                info.extend([0xf8, 0x16]);
                deflate(&inflated(&draft.kind, &info, &draft.device_response()))
            },
        ),
    ]
}

/// Zeros that inflate to 64 MiB and a little less than 64 KiB deflated.
fn bomb() -> Vec<u8> {
    let payload = deflate(&vec![0; 64 * 1024 * 1024]);
    assert!(payload.len() <= MAX_DEFLATED, "{} bytes are refused before they are inflated", payload.len());
    payload
}

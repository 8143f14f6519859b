//! The MSO: algorithm, version, device key, dates.

use cbor::{Value, encode};

use crate::draft::{Draft, NOW, get_mut, set};
use crate::hostile::bytes::{changed, deflate};
use crate::hostile::{Hostile, Threat, Verdict};
use crate::issuer::TestIssuer;

const DAY: i64 = 86_400;

/// One more label in the MSO's device key.
fn device_key_label(issuer: &TestIssuer, label: i64, value: Value) -> Vec<u8> {
    changed(issuer, |d| {
        let key = get_mut(get_mut(&mut d.mso, "deviceKeyInfo"), "deviceKey");
        let Value::Map(pairs) = key else { panic!("a device key is a map") };
        pairs.push((Value::integer(label), value));
    })
}

pub(super) fn all(issuer: &TestIssuer) -> Vec<Hostile> {
    let profile = |rule, threat, code, description, payload| {
        Hostile::refused(rule, threat, "profile", code, description, payload)
    };
    let validity = |issuer: &TestIssuer, key: &str, time| {
        changed(issuer, |d| set(get_mut(&mut d.mso, "validityInfo"), key, Value::tdate(time)))
    };
    let timed = |issuer: &TestIssuer, key: &str, text: &str| {
        let time = Value::tagged(0, Value::text(text));
        changed(issuer, |d| set(get_mut(&mut d.mso, "validityInfo"), key, time))
    };
    let valid_until = NOW.floor_to_day().plus_seconds(90 * DAY);
    let (ds_from, ds_until) = (issuer.ds().not_before(), issuer.ds().not_after());
    vec![
        profile("digest-algorithm-sha1", Threat::DigestMap, "digest-algorithm", "The MSO says SHA-1.", {
            changed(issuer, |d| set(&mut d.mso, "digestAlgorithm", Value::text("SHA-1")))
        }),
        profile("mso-version-2", Threat::DocumentConfusion, "mso-version", "An MSO of version 2.0.", {
            changed(issuer, |d| set(&mut d.mso, "version", Value::text("2.0")))
        }),
        profile(
            "mso-date-with-fraction",
            Threat::DocumentConfusion,
            "profile-time",
            "A tdate with a fraction of a second, verified strictly.",
            timed(issuer, "signed", "2026-11-22T00:00:00.5Z"),
        )
        .strictly(),
        Hostile::accepted(
            "mso-time-untidy",
            Threat::DocumentConfusion,
            "Times with a fraction and an offset, which RFC 3339 allows: read, and named.",
            timed(issuer, "validFrom", "2026-11-22T08:00:00.000+08:00"),
        )
        .also(&["deviation-mso-time"]),
        profile(
            "mso-time-unreadable",
            Threat::DocumentConfusion,
            "profile-time",
            "A time with two offsets.",
            timed(issuer, "validUntil", "2027-03-01T00:00:00+00:00Z"),
        ),
        profile(
            "mso-time-missing",
            Threat::DocumentConfusion,
            "profile-shape",
            "No end of the validity.",
            changed(issuer, |d| {
                let Value::Map(info) = get_mut(&mut d.mso, "validityInfo") else { panic!("a map") };
                info.retain(|(key, _)| key.as_text() != Some("validUntil"));
            }),
        ),
        Hostile::accepted(
            "mso-signed-after-start",
            Threat::DocumentConfusion,
            "An MSO that was signed an hour after its validFrom.",
            validity(issuer, "validFrom", NOW.floor_to_day().plus_seconds(-3600)),
        )
        .also(&["deviation-signed-after-start"]),
        profile(
            "mso-signed-after-start-strictly",
            Threat::DocumentConfusion,
            "profile-time",
            "An MSO that was signed an hour after its validFrom, verified strictly.",
            validity(issuer, "validFrom", NOW.floor_to_day().plus_seconds(-3600)),
        )
        .strictly(),
        profile(
            "device-key-off-curve",
            Threat::DeviceKey,
            "device-key",
            "The MSO's device key is no point of P-256.",
            {
                changed(issuer, |d| {
                    let key = Value::integer_map([
                        (1, Value::integer(2)),
                        (-1, Value::integer(1)),
                        (-2, Value::bytes([1; 32])),
                        (-3, Value::bytes([1; 32])),
                    ]);
                    set(get_mut(&mut d.mso, "deviceKeyInfo"), "deviceKey", key);
                })
            },
        ),
        profile(
            "device-key-of-another-algorithm",
            Threat::DeviceKey,
            "device-key",
            "The device key is for ES384 alone.",
            device_key_label(issuer, 3, Value::integer(-35)),
        ),
        profile(
            "device-key-not-to-verify",
            Threat::DeviceKey,
            "device-key",
            "key_ops of the device key lack \"verify\".",
            device_key_label(issuer, 4, Value::array([Value::integer(1)])),
        ),
        Hostile::accepted(
            "device-key-restricted",
            Threat::DeviceKey,
            "The device key is for ES256 alone.",
            device_key_label(issuer, 3, Value::integer(-7)),
        ),
        Hostile::refused(
            "mso-expired",
            Threat::Dates,
            "mso-validity",
            "mso-expired",
            "One second after validUntil.",
            validity(issuer, "validUntil", NOW.plus_seconds(-1)),
        )
        .outcome(Verdict::Fail),
        Hostile::accepted(
            "mso-last-second",
            Threat::Dates,
            "The last second of validUntil.",
            validity(issuer, "validUntil", NOW),
        ),
        Hostile::refused(
            "mso-not-yet",
            Threat::Dates,
            "mso-validity",
            "mso-not-yet",
            "One second before validFrom.",
            validity(issuer, "validFrom", NOW.plus_seconds(1)),
        )
        .outcome(Verdict::Fail),
        Hostile::refused(
            "mso-signed-ahead",
            Threat::Dates,
            "mso-validity",
            "mso-not-yet",
            "Signed one second from now, and said to be valid already.",
            validity(issuer, "signed", NOW.plus_seconds(1)),
        )
        .outcome(Verdict::Fail),
        Hostile::accepted(
            "mso-first-second",
            Threat::Dates,
            "The first second of validFrom.",
            validity(issuer, "validFrom", NOW),
        ),
        Hostile::refused(
            "mso-signed-before-ds",
            Threat::Dates,
            "issuer-trusted",
            "mso-signed-outside-ds",
            "MSO signed one second before the DS certificate held.",
            validity(issuer, "signed", ds_from.plus_seconds(-1)),
        ),
        Hostile::accepted(
            "mso-signed-with-ds",
            Threat::Dates,
            "MSO signed in the DS certificate's first second.",
            validity(issuer, "signed", ds_from),
        ),
        Hostile::refused(
            "mso-signed-after-ds",
            Threat::Dates,
            "issuer-trusted",
            "mso-signed-outside-ds",
            "MSO signed one second after the DS certificate.",
            validity(issuer, "signed", ds_until.plus_seconds(1)),
        ),
        Hostile::refused(
            "mso-altered",
            Threat::Tampering,
            "issuer-signed",
            "issuer-signature",
            "The MSO lives a year longer, under its old signature.",
            {
                let mut draft = Draft::new(issuer);
                let payload = encode(&Value::encoded_cbor(encode(&draft.mso)));
                let signed = draft.issuer_auth.sign(&payload);
                draft.issuer_auth.signature =
                    signed.as_array().and_then(|parts| parts.last()?.as_bytes().map(<[u8]>::to_vec));
                let later = Value::tdate(valid_until.plus_seconds(365 * DAY));
                set(get_mut(&mut draft.mso, "validityInfo"), "validUntil", later);
                deflate(&draft.inflated())
            },
        ),
    ]
}

//! What a forger or a careless issuer does: elements, digests, MSO, certificates, COSE.

use cbor::{Value, encode};
use x509::hazmat::{CertificateFields, CertificateTemplate};
use x509::{Name, ids};

use super::bytes::changed;
use super::{Hostile, Threat, Verdict};
use crate::draft::{Draft, ItemDraft, NOW, get_mut, set};
use crate::issuer::{TestIssuer, TestIssuerOptions};
use crate::random::signing_key;
use crate::sample::{DOMESTIC, ISO};

const DAY: i64 = 86_400;

pub(super) fn all(issuer: &TestIssuer) -> Vec<Hostile> {
    let mut all = elements(issuer);
    all.extend(mso(issuer));
    all.extend(certificates(issuer));
    all.extend(cose(issuer));
    all
}

fn elements(issuer: &TestIssuer) -> Vec<Hostile> {
    let digest = |rule, threat, code, description, payload| {
        Hostile::refused(rule, threat, "digests-match", code, description, payload)
    };
    let profile = |rule, threat, code, description, payload| {
        Hostile::refused(rule, threat, "profile", code, description, payload)
    };
    vec![
        digest(
            "element-value-changed",
            Threat::ElementForged,
            "digest-mismatch",
            "family_name is another, the MSO is kept.",
            {
                changed(issuer, |d| {
                    set(&mut d.item_mut("family_name").map, "elementValue", Value::text("Other"))
                })
            },
        ),
        digest(
            "element-renamed",
            Threat::ElementForged,
            "digest-mismatch",
            "expiry_date is called birth_date.",
            {
                changed(issuer, |d| {
                    d.items.retain(|item| item.identifier() != "birth_date");
                    set(&mut d.item_mut("expiry_date").map, "elementIdentifier", Value::text("birth_date"));
                })
            },
        ),
        digest("salt-changed", Threat::ElementForged, "digest-mismatch", "One salt is another.", {
            changed(issuer, |d| set(&mut d.item_mut("sex").map, "random", Value::bytes([7; 16])))
        }),
        digest(
            "portrait-swapped",
            Threat::PortraitSwapped,
            "digest-mismatch",
            "The portrait of another licence, with its digestID.",
            {
                changed(issuer, |d| {
                    set(
                        &mut d.item_mut("portrait_small").map,
                        "elementValue",
                        Value::bytes([0xff, 0xd8, 0xff, 0xd9]),
                    );
                })
            },
        ),
        digest(
            "digest-id-of-another",
            Threat::DigestMap,
            "digest-mismatch",
            "An element points to the digest of one not shown.",
            {
                changed(issuer, |d| {
                    set(&mut d.item_mut("sex").map, "digestID", Value::Unsigned(3));
                })
            },
        ),
        digest(
            "digest-missing",
            Threat::DigestMap,
            "digest-missing",
            "An element whose digestID the MSO does not have.",
            changed(issuer, |d| set(&mut d.item_mut("sex").map, "digestID", Value::Unsigned(999))),
        ),
        digest(
            "digest-other-namespace",
            Threat::DigestMap,
            "digest-missing",
            "An element moved into another namespace.",
            changed(issuer, |d| d.item_mut("sex").namespace = DOMESTIC.to_owned()),
        ),
        digest(
            "namespace-unknown",
            Threat::DigestMap,
            "digest-missing",
            "A namespace that the MSO does not have.",
            changed(issuer, |d| d.item_mut("sex").namespace = "org.example".to_owned()),
        ),
        profile("digest-id-twice", Threat::DigestMap, "digest-id", "Two elements with one digestID.", {
            changed(issuer, |d| {
                let id = d.item_mut("sex").map.get_text("digestID").cloned().expect("an id");
                set(&mut d.item_mut("birth_date").map, "digestID", id);
            })
        }),
        profile("digest-id-too-large", Threat::DigestMap, "digest-id", "digestID 2^31.", {
            changed(issuer, |d| set(&mut d.item_mut("sex").map, "digestID", Value::Unsigned(1 << 31)))
        }),
        profile(
            "element-twice",
            Threat::DigestMap,
            "duplicate-element",
            "The issuer signed two values of one element.",
            {
                changed(issuer, |d| {
                    let mut second = d.item_mut("sex").clone();
                    set(&mut second.map, "digestID", Value::Unsigned(500));
                    set(&mut second.map, "elementValue", Value::Unsigned(2));
                    d.items.push(second);
                    d.digest_items();
                })
            },
        ),
        profile("salt-short", Threat::DigestMap, "random-short", "A salt of 15 bytes, rightly signed.", {
            changed(issuer, |d| {
                set(&mut d.item_mut("sex").map, "random", Value::bytes([7; 15]));
                d.digest_items();
            })
        }),
        Hostile::refused(
            "issuing-country-other",
            Threat::IssuerNamesake,
            "issuer-trusted",
            "issuing-country",
            "issuing_country, rightly signed, is not the DS certificate's country.",
            {
                changed(issuer, |d| {
                    set(&mut d.item_mut("issuing_country").map, "elementValue", Value::text("UT"));
                    d.digest_items();
                })
            },
        ),
    ]
}

/// One more label in the MSO's device key.
fn device_key_label(issuer: &TestIssuer, label: i64, value: Value) -> Vec<u8> {
    changed(issuer, |d| {
        let key = get_mut(get_mut(&mut d.mso, "deviceKeyInfo"), "deviceKey");
        let Value::Map(pairs) = key else { panic!("a device key is a map") };
        pairs.push((Value::integer(label), value));
    })
}

fn mso(issuer: &TestIssuer) -> Vec<Hostile> {
    let profile = |rule, threat, code, description, payload| {
        Hostile::refused(rule, threat, "profile", code, description, payload)
    };
    let validity = |issuer: &TestIssuer, key: &str, time| {
        changed(issuer, |d| set(get_mut(&mut d.mso, "validityInfo"), key, Value::tdate(time)))
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
            "profile-shape",
            "A tdate with a fraction of a second.",
            {
                changed(issuer, |d| {
                    let time = Value::tagged(0, Value::text("2026-11-22T00:00:00.5Z"));
                    set(get_mut(&mut d.mso, "validityInfo"), "signed", time);
                })
            },
        ),
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
                super::deflate(&draft.inflated())
            },
        ),
    ]
}

fn certificates(issuer: &TestIssuer) -> Vec<Hostile> {
    let trust = |rule, threat, code, description, payload| {
        Hostile::refused(rule, threat, "issuer-trusted", code, description, payload)
    };
    let from = |issuer: &TestIssuer| changed(issuer, |_| {});
    let with = |change: &dyn Fn(&mut TestIssuerOptions)| {
        let mut options = TestIssuerOptions::default();
        change(&mut options);
        TestIssuer::new(&options)
    };
    let ds_from = |seconds: i64| with(&|o| o.ds_validity.0 = NOW.plus_seconds(seconds));
    let ds_until = |seconds: i64| with(&|o| o.ds_validity.1 = NOW.plus_seconds(seconds));
    let signed_now = |issuer: &TestIssuer| {
        changed(issuer, |d| {
            set(get_mut(&mut d.mso, "validityInfo"), "signed", Value::tdate(issuer.ds().not_before()));
        })
    };
    let stranger = with(&|o| {
        o.seed = "stranger".to_owned();
        o.iaca_name = "Stranger IACA".to_owned();
    });
    let namesake = with(&|o| o.seed = "namesake".to_owned());
    vec![
        trust(
            "issuer-unknown",
            Threat::IssuerUnknown,
            "issuer-unknown",
            "A whole chain of the forger's own.",
            from(&stranger),
        )
        .also(&["not-reached"]),
        trust(
            "issuer-with-own-root",
            Threat::IssuerUnknown,
            "issuer-unknown",
            "The forger sends his root along in x5chain.",
            {
                changed(&stranger, |d| {
                    let chain = [stranger.ds_der(), stranger.iaca().as_der()].map(Value::bytes);
                    d.issuer_auth.unprotected = Value::integer_map([(33, Value::array(chain))]);
                })
            },
        ),
        trust(
            "issuer-namesake",
            Threat::IssuerNamesake,
            "chain-key-identifier",
            "The right name with another key.",
            from(&namesake),
        ),
        trust(
            "issuer-namesake-with-identifier",
            Threat::IssuerNamesake,
            "chain-signature",
            "The right name and key identifier, signed by another key.",
            from(&forged_identifier(issuer)),
        ),
        trust(
            "ds-expired",
            Threat::Dates,
            "ds-expired",
            "One second after the DS certificate.",
            from(&ds_until(-1)),
        ),
        Hostile::accepted(
            "ds-last-second",
            Threat::Dates,
            "The DS certificate's last second.",
            from(&ds_until(0)),
        ),
        trust(
            "ds-not-yet",
            Threat::Dates,
            "ds-not-yet",
            "One second before the DS certificate.",
            signed_now(&ds_from(1)),
        ),
        Hostile::accepted(
            "ds-first-second",
            Threat::Dates,
            "The DS certificate's first second.",
            signed_now(&ds_from(0)),
        ),
        Hostile::refused(
            "ds-extended-key-usage-missing",
            Threat::CertificateProfile,
            "certificate",
            "cert-profile-extended-key-usage",
            "The DS certificate does not say what it is for.",
            {
                from(&TestIssuer::with_ds(&TestIssuerOptions::default(), &|template| {
                    template.without_extension(ids::EXTENDED_KEY_USAGE)
                }))
            },
        ),
        Hostile::refused(
            "issuer-signed-by-another-key",
            Threat::DeviceKey,
            "issuer-signed",
            "issuer-signature",
            "Another key than the DS certificate's signed the MSO.",
            changed(issuer, |d| d.issuer_auth.key = signing_key("another DS key").into()),
        ),
    ]
}

/// A DS certificate that names the trusted root and its key identifier, signed by another key.
fn forged_identifier(issuer: &TestIssuer) -> TestIssuer {
    let options = TestIssuerOptions { seed: "forger".to_owned(), ..TestIssuerOptions::default() };
    let iaca = issuer.iaca().clone();
    TestIssuer::with_ds(&options, &move |template| {
        let key = signing_key("forger ds");
        let serial = template.serial.clone();
        let fields = CertificateFields::new(
            &serial,
            template.not_before,
            template.not_after,
            &key,
            "https://iaca.test.example/crl",
        );
        CertificateTemplate::document_signer(&iaca, Name::new("CN", None, "Test DS"), &fields)
    })
}

fn cose(issuer: &TestIssuer) -> Vec<Hostile> {
    let cose = |rule, code, description, payload| {
        Hostile::refused(rule, Threat::Cose, "cose", code, description, payload)
    };
    let protected = |pairs: Vec<(i64, Value)>| encode(&Value::integer_map(pairs));
    let es256 = || (1, Value::integer(-7));
    let add = |d: &mut Draft, label: i64, value: Value| {
        if let Value::Map(pairs) = &mut d.issuer_auth.unprotected {
            pairs.push((Value::integer(label), value));
        }
    };
    vec![
        cose("cose-alg-unprotected", "cose-alg-unprotected", "alg in the unprotected header.", {
            changed(issuer, |d| {
                d.issuer_auth.protected = Vec::new();
                add(d, 1, Value::integer(-7));
            })
        }),
        cose("cose-alg-in-both", "cose-alg-unprotected", "alg in both headers.", {
            changed(issuer, |d| add(d, 1, Value::integer(-7)))
        }),
        cose("cose-alg-missing", "cose-alg-missing", "alg in neither header.", {
            changed(issuer, |d| d.issuer_auth.protected = Vec::new())
        }),
        cose("cose-alg-unknown", "cose-alg-unsupported", "alg EdDSA.", {
            changed(issuer, |d| d.issuer_auth.protected = protected(vec![(1, Value::integer(-8))]))
        }),
        cose("cose-crit", "cose-crit", "A critical header.", {
            changed(issuer, |d| {
                let crit = Value::array([Value::integer(4)]);
                d.issuer_auth.protected = protected(vec![es256(), (2, crit), (4, Value::bytes([1]))]);
            })
        }),
        cose("cose-header-in-both", "cose-header-duplicate", "kid in both headers.", {
            changed(issuer, |d| {
                d.issuer_auth.protected = protected(vec![es256(), (4, Value::bytes([1]))]);
                add(d, 4, Value::bytes([1]));
            })
        }),
        cose("cose-header-twice", "cose-header-duplicate", "alg twice in the protected header.", {
            changed(issuer, |d| d.issuer_auth.protected = vec![0xa2, 0x01, 0x26, 0x01, 0x26])
        }),
        cose("cose-x5chain-protected", "cose-x5chain-protected", "x5chain in the protected header.", {
            changed(issuer, |d| {
                let chain = (33, Value::bytes(issuer.ds_der()));
                d.issuer_auth.protected = protected(vec![es256(), chain]);
                d.issuer_auth.unprotected = Value::Map(Vec::new());
            })
        }),
        cose("cose-x5chain-missing", "cose-x5chain-missing", "No certificate.", {
            changed(issuer, |d| d.issuer_auth.unprotected = Value::Map(Vec::new()))
        }),
        cose("cose-signature-der", "cose-signature-form", "The issuer's signature in DER.", {
            changed(issuer, |d| d.issuer_auth.signature = Some(vec![0x30; 70]))
        }),
        cose("cose-signature-zero", "cose-signature-form", "r and s are zero.", {
            changed(issuer, |d| d.issuer_auth.signature = Some(vec![0; 64]))
        }),
        cose("cose-payload-missing", "cose-payload", "The MSO is not carried.", {
            changed(issuer, |d| d.issuer_auth.attached = false)
        }),
        Hostile::accepted("cose-kid-ignored", Threat::Cose, "An unprotected kid is ignored.", {
            changed(issuer, |d| add(d, 4, Value::bytes([1, 2, 3])))
        }),
        Hostile::accepted(
            "element-unknown",
            Threat::DocumentConfusion,
            "An element that no one knows, rightly signed, and unknown map keys.",
            {
                changed(issuer, |d| {
                    let map = Value::map([
                        ("digestID", Value::Unsigned(400)),
                        ("random", Value::bytes([9; 32])),
                        ("elementIdentifier", Value::text("shoe_size")),
                        ("elementValue", Value::Unsigned(42)),
                        ("futureKey", Value::Null),
                    ]);
                    d.items.push(ItemDraft { namespace: ISO.to_owned(), map });
                    d.digest_items();
                    set(&mut d.mso, "futureKey", Value::Null);
                })
            },
        ),
    ]
}

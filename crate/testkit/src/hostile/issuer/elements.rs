//! Elements and their digests.

use cbor::Value;

use crate::draft::set;
use crate::hostile::bytes::changed;
use crate::hostile::{Hostile, Threat};
use crate::issuer::TestIssuer;
use crate::sample::DOMESTIC;

pub(super) fn all(issuer: &TestIssuer) -> Vec<Hostile> {
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

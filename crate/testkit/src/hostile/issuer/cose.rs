//! The headers and the signature of `issuerAuth`.

use cbor::{Value, encode};

use crate::draft::{Draft, ItemDraft, set};
use crate::hostile::bytes::changed;
use crate::hostile::{Hostile, Threat};
use crate::issuer::TestIssuer;
use crate::sample::ISO;

pub(super) fn all(issuer: &TestIssuer) -> Vec<Hostile> {
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

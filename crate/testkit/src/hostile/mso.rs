//! Digests, authorisations and dates of the MSO, and what a device reports.

use cbor::{Value, encode};

use super::bytes::changed;
use super::{Hostile, Threat, Verdict, deflate};
use crate::draft::{Draft, NOW, get_mut, inflated, set};
use crate::issuer::TestIssuer;
use crate::sample::{DOC_TYPE, ISO};

pub(super) fn all(issuer: &TestIssuer) -> Vec<Hostile> {
    let mut all = digests(issuer);
    all.extend(reports(issuer));
    all.extend(forms(issuer));
    all
}

fn digests(issuer: &TestIssuer) -> Vec<Hostile> {
    let profile = |rule, code, description, payload| {
        Hostile::refused(rule, Threat::DigestMap, "profile", code, description, payload)
    };
    let by = |algorithm: &str| changed(issuer, |d| d.digest_with(algorithm));
    let called =
        |algorithm: &str| changed(issuer, |d| set(&mut d.mso, "digestAlgorithm", Value::text(algorithm)));
    let first_digest = |d: &mut Draft, digest: Value| {
        let digests = get_mut(get_mut(&mut d.mso, "valueDigests"), ISO);
        if let Value::Map(pairs) = digests
            && let Some((_, old)) = pairs.first_mut()
        {
            *old = digest;
        }
    };
    let authorise = |value: Value| {
        changed(issuer, |d| set(get_mut(&mut d.mso, "deviceKeyInfo"), "keyAuthorizations", value))
    };
    let names = |names: &[&str]| Value::array(names.iter().map(|name| Value::text(*name)));
    vec![
        Hostile::accepted("digest-sha384", Threat::DigestMap, "Digests by SHA-384.", by("SHA-384")),
        Hostile::accepted("digest-sha512", Threat::DigestMap, "Digests by SHA-512.", by("SHA-512")),
        profile("digest-of-another-algorithm", "digest-length", "Digests by SHA-256, called SHA-512.", {
            called("SHA-512")
        }),
        profile("digest-short", "digest-length", "A digest cut to 31 bytes, of an element not shown.", {
            changed(issuer, |d| first_digest(d, Value::bytes([7; 31])))
        }),
        profile("digest-algorithm-small", "digest-algorithm", "The algorithm in small letters.", {
            called("sha-256")
        }),
        profile("digest-no-bytes", "profile-shape", "A digest that is a text.", {
            changed(issuer, |d| first_digest(d, Value::text("digest")))
        }),
        Hostile::refused(
            "digest-sha384-mismatch",
            Threat::ElementForged,
            "digests-match",
            "digest-mismatch",
            "sex is another, digests by SHA-384.",
            changed(issuer, |d| {
                d.digest_with("SHA-384");
                set(&mut d.item_mut("sex").map, "elementValue", Value::Unsigned(2));
            }),
        ),
        Hostile::refused(
            "key-authorizations-both",
            Threat::DeviceSignedShadow,
            "profile",
            "key-authorizations",
            "One namespace as a whole and in parts.",
            authorise(Value::map([
                ("nameSpaces", names(&[ISO])),
                ("dataElements", Value::map([(ISO, names(&["sex"]))])),
            ])),
        ),
        Hostile::refused(
            "key-authorizations-empty",
            Threat::DeviceSignedShadow,
            "profile",
            "profile-shape",
            "An empty list of namespaces.",
            authorise(Value::map([("nameSpaces", names(&[]))])),
        ),
        Hostile::accepted(
            "expected-update-passed",
            Threat::Dates,
            "The issuer announced a new MSO for yesterday.",
            {
                changed(issuer, |d| {
                    let moment = Value::tdate(NOW.plus_seconds(-86_400));
                    set(get_mut(&mut d.mso, "validityInfo"), "expectedUpdate", moment);
                })
            },
        ),
    ]
}

fn reports(issuer: &TestIssuer) -> Vec<Hostile> {
    let profile = |rule, code, description, payload| {
        Hostile::refused(rule, Threat::DocumentConfusion, "profile", code, description, payload)
    };
    let elements = |code: Value| Value::map([(ISO, Value::map([("weight", code)]))]);
    let document = |code: Value| Value::array([Value::map([(DOC_TYPE, code)])]);
    let element_errors = |value: Value| changed(issuer, |d| d.errors = Some(value));
    let document_errors = |value: Value| changed(issuer, |d| d.document_errors = Some(value));
    vec![
        Hostile::accepted(
            "errors-of-elements",
            Threat::DocumentConfusion,
            "An element that was not returned, beside others.",
            element_errors(elements(Value::Unsigned(0))),
        ),
        Hostile::accepted(
            "errors-of-documents",
            Threat::DocumentConfusion,
            "A document that was not returned, beside another.",
            document_errors(Value::array([Value::map([("org.example", Value::integer(-1))])])),
        ),
        profile("errors-instead-of-documents", "document-errors", "Nothing but an error.", {
            changed(issuer, |d| {
                d.documents = 0;
                d.document_errors = Some(document(Value::Unsigned(0)));
            })
        })
        .outcome(Verdict::Undetermined),
        Hostile::accepted(
            "errors-of-elements-empty",
            Threat::DocumentConfusion,
            "An empty map of errors.",
            element_errors(Value::Map(Vec::new())),
        ),
        profile("errors-of-elements-text", "profile-shape", "An error that is a text.", {
            element_errors(elements(Value::text("0")))
        }),
        profile("errors-of-documents-map", "profile-shape", "A map in the place of a list.", {
            document_errors(Value::map([(DOC_TYPE, Value::Unsigned(0))]))
        }),
        profile("errors-of-documents-two", "profile-shape", "Two documents in one error.", {
            let two = [(DOC_TYPE, Value::Unsigned(0)), ("org.example", Value::Unsigned(0))];
            document_errors(Value::array([Value::map(two)]))
        }),
    ]
}

fn forms(issuer: &TestIssuer) -> Vec<Hostile> {
    let cose = |rule, code, description, payload| {
        Hostile::refused(rule, Threat::Cose, "cose", code, description, payload)
    };
    let unprotected = |value: Value| changed(issuer, |d| d.issuer_auth.unprotected = value);
    let chain = |certificates: usize| {
        let one = Value::bytes(issuer.ds_der());
        unprotected(Value::integer_map([(33, Value::array(std::iter::repeat_n(one, certificates)))]))
    };
    let draft = Draft::new(issuer);
    vec![
        cose("cose-unprotected-null", "cose-structure", "No map in the place of the unprotected header.", {
            unprotected(Value::Null)
        }),
        cose("cose-protected-number", "cose-protected", "A number in the protected header.", {
            changed(issuer, |d| d.issuer_auth.protected = vec![0x01])
        }),
        cose("cose-x5chain-empty", "cose-x5chain-form", "An empty list of certificates.", chain(0)),
        cose("cose-x5chain-five", "cose-x5chain-form", "Five certificates.", chain(5)),
        Hostile::accepted("cose-x5chain-array-of-one", Threat::Cose, "A list of one certificate.", chain(1)),
        Hostile::refused(
            "cbor-items",
            Threat::CborPreallocation,
            "decode",
            "cbor-items",
            "An array of 20,000 items.",
            {
                let many = encode(&Value::array(std::iter::repeat_n(Value::Unsigned(0), 20_000)));
                deflate(&inflated(&draft.kind, &draft.info_bytes(), &many))
            },
        ),
        Hostile::refused(
            "namespace-empty",
            Threat::DocumentConfusion,
            "profile",
            "profile-shape",
            "A namespace without elements, beside one with some.",
            {
                let response = draft.device_response();
                // one more pair in nameSpaces: its head grows by one, and `{"x": []}` stands first
                let old = [&encode(&Value::text("nameSpaces"))[..], &[0xa2]].concat();
                let new = [&encode(&Value::text("nameSpaces"))[..], &[0xa3, 0x61, b'x', 0x80]].concat();
                let at = response.windows(old.len()).position(|w| w == old).expect("nameSpaces");
                let grown = [&response[..at], &new, &response[at + old.len()..]].concat();
                deflate(&inflated(&draft.kind, &draft.info_bytes(), &grown))
            },
        ),
    ]
}

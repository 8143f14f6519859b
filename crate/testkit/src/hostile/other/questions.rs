//! Questions of the challenge, as a wallet reads them.

mod draft;
mod wrong;

pub(super) use draft::{signed, unsigned};
use serde_json::json;
use x509::hazmat::CertificateTemplate;
use x509::{Extension, ids};

use self::draft::{ENC, by, certificate, headed, sd_jwt, signed_with, stranger, under, with};
use super::requests::reader;
use crate::challenge::json_of;
use crate::draft::NOW;
use crate::hostile::{Hostile, Kind, Threat, Verdict};
use crate::random::signing_key;

pub(super) fn all() -> Vec<Hostile> {
    let mut all = answerable();
    all.extend(
        wrong::all()
            .into_iter()
            .map(|(rule, code, description, bytes)| refused(rule, "request", code, description, bytes)),
    );
    all.extend(lives());
    all.extend(readers());
    all
}

fn refused(rule: &'static str, step: &str, code: &str, description: &str, bytes: Vec<u8>) -> Hostile {
    Hostile::refused(rule, Threat::OverAsking, step, code, description, bytes).kind(Kind::Question)
}

fn accepted(rule: &'static str, description: &str, bytes: Vec<u8>) -> Hostile {
    Hostile::accepted(rule, Threat::OverAsking, description, bytes).kind(Kind::Question)
}

/// Returns valid questions that a careless wallet refuses, or trusts too much.
fn answerable() -> Vec<Hostile> {
    let right = || signed("question").payload().to_vec();
    let another = json!({"kty": "OKP", "crv": "X25519", "alg": "ECDH-ES", "kid": "another", "x": "AA"});
    let key = json_of(unsigned("question").payload()).pointer("/client_metadata/jwks/keys/0").cloned();
    let keys = json!([another, key.expect("a key")]);
    let local = "http://localhost:8080/verify/";
    let nobody = |rule, description, bytes| accepted(rule, description, bytes).outcome(Verdict::Undetermined);
    vec![
        accepted("question-signed", "A right question of a known reader.", right()),
        accepted(
            "question-unknown-parameters",
            "Unknown parameters in every place, and a key in the header: all are ignored.",
            headed(
                &[("kid", json!("ignored")), ("jwk", json!({"kty": "oct", "k": "bmV2ZXIgdXNlZA"}))],
                &[
                    ("state", json!("of the verifier")),
                    ("verifier_info", json!([{"format": "jwt", "data": "…"}])),
                    ("client_metadata/client_name", json!("somebody's own word")),
                    ("dcql_query/credentials/0/trusted_authorities", json!([])),
                    ("dcql_query/credentials/0/claims/0/id", json!("a")),
                ],
            ),
        ),
        accepted(
            "question-claim-sets",
            "Sets of claims: of the first the licence has one element only, of the second all.",
            signed_with(&[
                ("dcql_query/credentials/0/claims/0/id", json!("a")),
                ("dcql_query/credentials/0/claims/1/id", json!("b")),
                ("dcql_query/credentials/0/claims/2", json!({"id": "c", "path": ["org.example", "x"]})),
                ("dcql_query/credentials/0/claim_sets", json!([["a", "c"], ["a", "b"]])),
            ]),
        ),
        accepted(
            "question-credential-sets",
            "Two documents of which either suffices: the licence is the second.",
            signed_with(&[
                ("dcql_query/credentials/1", {
                    json!({
                        "id": "pid",
                        "format": "mso_mdoc",
                        "meta": {"doctype_value": "eu.europa.ec.eudi.pid.1"},
                        "claims": [{"path": ["eu.europa.ec.eudi.pid.1", "birth_date"]}],
                    })
                }),
                ("dcql_query/credential_sets", json!([{"options": [["pid"], ["licence"]]}])),
            ]),
        ),
        accepted(
            "question-other-format",
            "An SD-JWT, with claims as that format has them, or the licence: the licence answers.",
            signed_with(&[
                ("dcql_query/credentials/1", sd_jwt()),
                ("dcql_query/credential_sets", json!([{"options": [["pid-sd-jwt"], ["licence"]]}])),
            ]),
        ),
        accepted(
            "question-other-format-optional",
            "The licence, and an SD-JWT that is not required.",
            signed_with(&[
                ("dcql_query/credentials/1", sd_jwt()),
                ("dcql_query/credential_sets", {
                    json!([{"options": [["licence"]]}, {"options": [["pid-sd-jwt"]], "required": false}])
                }),
            ]),
        ),
        accepted(
            "question-purpose-unknown",
            "A purpose of a later version: what is asked for is shown all the same.",
            signed_with(&[("org.liangzheng.purpose", json!({"code": "of-a-later-version"}))]),
        ),
        accepted(
            "question-second-key",
            "The first key is of another kind; the second is taken.",
            signed_with(&[("client_metadata/jwks/keys", keys)]),
        ),
        accepted(
            "question-second-enc",
            "The first content encryption is unknown; the second is taken.",
            signed_with(&[(ENC, json!(["A128CBC-HS256", "A256GCM"]))]),
        ),
        accepted("question-last-second", "The last second of its life.", right()).at(NOW.plus_seconds(300)),
        accepted(
            "question-ahead-tolerated",
            "The verifier's clock is 60 seconds ahead of the wallet's.",
            right(),
        )
        .at(NOW.plus_seconds(-60)),
        nobody("question-unsigned", "A right question that nobody signed: who asks is not verified.", {
            unsigned("question").payload().to_vec()
        }),
        nobody(
            "question-authority-unknown",
            "Signed by a reader of an authority that the wallet does not know: who asks is not verified.",
            by(&stranger(), "question").payload().to_vec(),
        ),
        nobody(
            "question-localhost",
            "A demo's page on localhost may be without TLS.",
            with(&[("response_uri", json!(local)), ("client_id", json!(format!("redirect_uri:{local}")))]),
        ),
        nobody("question-beyond-purpose", "What its purpose does not need is asked for, to be kept.", {
            let more = json!({"path": ["org.iso.18013.5.1", "document_number"], "intent_to_retain": true});
            with(&[("dcql_query/credentials/0/claims/2", more)])
        }),
    ]
}

fn lives() -> [Hostile; 2] {
    let file = |rule, code, description, seconds| {
        let bytes = signed("question").payload().to_vec();
        refused(rule, "request", code, description, bytes).at(NOW.plus_seconds(seconds))
    };
    [
        file("question-expired", "challenge-expired", "A second after its life.", 301),
        file("question-ahead", "challenge-ahead", "Made 61 seconds after the wallet's time.", -61),
    ]
}

/// Returns questions with valid signatures under certificates that must not be trusted.
fn readers() -> Vec<Hostile> {
    let purpose = Extension::extended_key_usage(&[ids::MDL_DOCUMENT_SIGNER]);
    let of = |template: &CertificateTemplate| by(template, "question").payload().to_vec();
    let file = |rule, step, code, description, bytes| refused(rule, step, code, description, bytes);
    vec![
        file(
            "question-reader-purpose",
            "certificate",
            "cert-profile-extended-key-usage",
            "A document signer asks.",
            of(&reader().with_extension(purpose.clone())),
        ),
        file(
            "question-stranger-purpose",
            "certificate",
            "cert-profile-extended-key-usage",
            "A document signer of an unknown authority asks: nobody's certificate is held against the same lines.",
            of(&stranger().with_extension(purpose)),
        ),
        file(
            "question-reader-expired",
            "reader",
            "reader-expired",
            "The reader's certificate ended a second ago.",
            of(&CertificateTemplate { not_after: NOW.plus_seconds(-1), ..reader() }),
        ),
        file(
            "question-reader-chain",
            "reader",
            "reader-chain",
            "The authority's name, and another key under it.",
            under(certificate(&reader(), &signing_key("another root")), "question").payload().to_vec(),
        ),
    ]
}

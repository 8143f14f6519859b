//! Questions with an invalid form.

use cbor::Value;
use serde_json::{Value as Json, json};

use super::draft::{
    ENC, PAGE, asked, certificate, claims, headed, parts, reader_key, sd_jwt, signed_with, stranger,
    unsigned, with,
};
use crate::challenge::{base64, base64url, envelope, header, json_of, put, signed_parts, unsigned_text};
use crate::draft::NOW;
use crate::hostile::other::requests::{authority_key, reader};
use crate::random::signing_key;

const KEY: &str = "client_metadata/jwks/keys/0";
const CREDENTIAL: &str = "dcql_query/credentials/0";
const CLAIMS: &str = "dcql_query/credentials/0/claims";

/// Rule, code, description, payload.
pub(super) type Case = (&'static str, &'static str, &'static str, Vec<u8>);

pub(super) fn all() -> Vec<Case> {
    let mut all = parameters();
    all.extend(queries());
    all.extend(keys());
    all.extend(envelopes());
    all.extend(signatures());
    all
}

fn parameters() -> Vec<Case> {
    let page = |uri: &str| {
        with(&[("response_uri", json!(uri)), ("client_id", json!(format!("redirect_uri:{uri}")))])
    };
    vec![
        ("question-nonce-missing", "challenge-field", "No nonce.", with(&[("nonce", Json::Null)])),
        ("question-purpose-text", "challenge-field", "The purpose is a text and no object.", {
            with(&[("org.liangzheng.purpose", json!("rental"))])
        }),
        ("question-response-type", "challenge-response-type", "A code is asked for.", {
            with(&[("response_type", json!("code"))])
        }),
        (
            "question-response-mode",
            "challenge-response-mode",
            "The answer is to be sent over the network.",
            { with(&[("response_mode", json!("direct_post.jwt"))]) },
        ),
        (
            "question-client-id-dns",
            "challenge-client-id",
            "A client identifier that is a name in the DNS.",
            { signed_with(&[("client_id", json!("x509_san_dns:verifier.example"))]) },
        ),
        (
            "question-client-id-page",
            "challenge-client-id",
            "Signed, and the client identifier is a page: no certificate is bound to it.",
            signed_with(&[("client_id", json!(format!("redirect_uri:{PAGE}")))]),
        ),
        (
            "question-signature-removed",
            "challenge-client-id",
            "A signed question whose signature was taken away.",
            unsigned_text(&claims(&[])),
        ),
        ("question-page-http", "challenge-response-uri", "A page without TLS.", {
            page("http://verifier.example/verify/")
        }),
        ("question-page-user", "challenge-response-uri", "A page with user information before its host.", {
            page("https://verifier.example@evil.example/")
        }),
        (
            "question-page-other",
            "challenge-response-uri",
            "Another page than the client identifier names.",
            { with(&[("response_uri", json!("https://evil.example/"))]) },
        ),
        ("question-redirect-uri", "challenge-response-uri", "A redirect_uri beside the response_uri.", {
            with(&[("redirect_uri", json!(PAGE))])
        }),
        ("question-nonce-short", "challenge-nonce", "A nonce of 21 characters.", {
            with(&[("nonce", json!("x".repeat(21)))])
        }),
        ("question-nonce-blank", "challenge-nonce", "A nonce with a blank.", {
            with(&[("nonce", json!("0123456789abcdef 123456789"))])
        }),
        ("question-request-uri", "challenge-unsupported", "The question is to be fetched.", {
            with(&[("request_uri", json!("https://verifier.example/r"))])
        }),
        ("question-transaction", "challenge-unsupported", "Transaction data that would be signed along.", {
            with(&[("transaction_data", json!([]))])
        }),
    ]
}

fn queries() -> Vec<Case> {
    let element = |index: usize| json!({"path": ["n", format!("e{index}")]});
    let many: Vec<_> = (0..65).map(element).collect();
    let with_ids = |count: usize| {
        let claim = |index: usize| json!({"id": index.to_string(), "path": ["n", format!("e{index}")]});
        json!((0..count).map(claim).collect::<Vec<_>>())
    };
    let second = json_of(unsigned("question").payload()).pointer("/dcql_query/credentials/0").cloned();
    let mut second = second.expect("a credential");
    put(&mut second, "id", json!("second"));
    vec![
        ("question-values", "challenge-unsupported", "Only a licence with this value is asked for.", {
            with(&[("dcql_query/credentials/0/claims/0/values", json!([true]))])
        }),
        ("question-credentials-none", "challenge-query", "No credential is asked for.", {
            with(&[("dcql_query/credentials", json!([]))])
        }),
        (
            "question-claims-missing",
            "challenge-query",
            "No list of claims: everything would be asked for.",
            { with(&[(CLAIMS, Json::Null)]) },
        ),
        (
            "question-claims-many",
            "challenge-query",
            "65 elements are asked for.",
            with(&[(CLAIMS, json!(many))]),
        ),
        ("question-claim-twice", "challenge-query", "An element is asked for twice.", {
            with(&[(CLAIMS, json!([element(1), element(2), element(1)]))])
        }),
        ("question-path-short", "challenge-query", "A path without a namespace.", {
            with(&[("dcql_query/credentials/0/claims/0/path", json!(["age_over_18"]))])
        }),
        ("question-credentials-two", "challenge-several", "Two credentials are asked for.", {
            with(&[("dcql_query/credentials/1", second.clone())])
        }),
        ("question-claim-sets-empty", "challenge-claim-sets", "No set of claims suffices.", {
            with(&[(&format!("{CREDENTIAL}/claim_sets"), json!([]))])
        }),
        ("question-claim-sets-without-ids", "challenge-claim-sets", "A set of claims that have no ids.", {
            with(&[(&format!("{CREDENTIAL}/claim_sets"), json!([["0"]]))])
        }),
        ("question-claim-sets-unknown", "challenge-claim-sets", "A set names a claim that is not there.", {
            with(&[(CLAIMS, with_ids(2)), (&format!("{CREDENTIAL}/claim_sets"), json!([["0", "2"]]))])
        }),
        ("question-claim-sets-twice", "challenge-claim-sets", "A set names a claim twice.", {
            with(&[(CLAIMS, with_ids(2)), (&format!("{CREDENTIAL}/claim_sets"), json!([["0", "0"]]))])
        }),
        ("question-claim-sets-many", "challenge-claim-sets", "17 sets of claims.", {
            with(&[(CLAIMS, with_ids(2)), (&format!("{CREDENTIAL}/claim_sets"), json!(vec![["0"]; 17]))])
        }),
        ("question-claim-ids-twice", "challenge-claim-sets", "Two claims have one id.", {
            let mut claims = with_ids(2);
            put(&mut claims, "1/id", json!("0"));
            with(&[(CLAIMS, claims), (&format!("{CREDENTIAL}/claim_sets"), json!([["0"]]))])
        }),
        ("question-credential-sets-empty", "challenge-credential-sets", "No set of credentials.", {
            with(&[("dcql_query/credential_sets", json!([]))])
        }),
        (
            "question-credential-sets-unknown",
            "challenge-credential-sets",
            "A set names a credential that is not asked for.",
            with(&[("dcql_query/credential_sets", json!([{"options": [["licence"], ["other"]]}]))]),
        ),
        ("question-credential-sets-many", "challenge-credential-sets", "Nine sets of credentials.", {
            with(&[("dcql_query/credential_sets", json!(vec![json!({"options": [["licence"]]}); 9]))])
        }),
        (
            "question-credential-sets-both",
            "challenge-several",
            "Two credentials are required together.",
            with(&[
                ("dcql_query/credentials/1", second.clone()),
                ("dcql_query/credential_sets", json!([{"options": [["licence", "second"]]}])),
            ]),
        ),
        ("question-multiple", "challenge-several", "Several presentations of one credential.", {
            with(&[("dcql_query/credentials/0/multiple", json!(true))])
        }),
        ("question-format", "challenge-credential-format", "An SD-JWT is asked for.", {
            with(&[(&format!("{CREDENTIAL}/format"), json!("dc+sd-jwt"))])
        }),
        (
            "question-format-required",
            "challenge-credential-format",
            "The licence, and an SD-JWT that is required beside it.",
            with(&[
                ("dcql_query/credentials/1", sd_jwt()),
                ("dcql_query/credential_sets", {
                    json!([{"options": [["licence"]]}, {"options": [["pid-sd-jwt"]]}])
                }),
            ]),
        ),
        ("question-document", "challenge-document", "Another document than the licence is asked for.", {
            with(&[("dcql_query/credentials/0/meta/doctype_value", json!("eu.europa.ec.eudi.pid.1"))])
        }),
    ]
}

fn keys() -> Vec<Case> {
    let key = |name: &str, value: &str| with(&[(&format!("{KEY}/{name}"), json!(value))]);
    vec![
        ("question-key-missing", "challenge-key", "No key to encrypt to.", {
            with(&[("client_metadata/jwks/keys", json!([]))])
        }),
        ("question-key-off-curve", "challenge-key", "A key whose point is not on the curve.", {
            key("x", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")
        }),
        ("question-key-private", "challenge-key", "The private key is in the question.", {
            key("d", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE")
        }),
        ("question-key-signs", "challenge-key", "A key to verify signatures with.", key("use", "sig")),
        ("question-key-alg", "challenge-key", "A key for RSA.", key("alg", "RSA-OAEP")),
        ("question-enc", "challenge-enc", "No content encryption but AES-CBC with HMAC.", {
            with(&[(ENC, json!(["A128CBC-HS256"]))])
        }),
    ]
}

fn envelopes() -> Vec<Case> {
    let text = asked(&[]);
    let padded = format!("{text}{}", " ".repeat(16 * 1024 + 1 - text.len()));
    vec![
        ("question-bytes", "challenge-form", "The JSON is a byte string.", {
            envelope(Value::bytes(text.as_bytes()))
        }),
        ("question-two-parts", "challenge-form", "Two parts of a signed question, without the signature.", {
            parts(|[protected, payload, _]| vec![protected, payload])
        }),
        ("question-long", "challenge-size", "16,385 bytes of JSON.", unsigned_text(&padded)),
        ("question-no-object", "challenge-json", "The JSON is a list.", unsigned_text(&format!("[{text}]"))),
        (
            "question-trailing",
            "challenge-json",
            "A letter after the JSON.",
            unsigned_text(&format!("{text} x")),
        ),
        ("question-nonce-twice", "challenge-json", "Two nonces: two readers would read different ones.", {
            unsigned_text(&text.replacen('{', r#"{"nonce":"AAAAAAAAAAAAAAAAAAAAAA","#, 1))
        }),
        ("question-path-twice", "challenge-json", "Two paths of one claim, one with an escaped name.", {
            unsigned_text(&text.replacen(r#""path""#, r#""p\u0061th":[],"path""#, 1))
        }),
    ]
}

/// Returns questions with errors that only signed ones can have, except dates.
fn signatures() -> Vec<Case> {
    let leaf = certificate(&reader(), &authority_key());
    let chain = |first: &str| json!([first, "", "", ""]);
    let other = signing_key("another reader");
    let own = header(&leaf);
    vec![
        (
            "question-alg-none",
            "challenge-alg",
            "The algorithm is none.",
            headed(&[("alg", json!("none"))], &[]),
        ),
        ("question-alg-hs256", "challenge-alg", "HS256, so that a public key would be a secret.", {
            headed(&[("alg", json!("HS256"))], &[])
        }),
        (
            "question-typ",
            "challenge-type",
            "A signed message of any type.",
            headed(&[("typ", json!("JWT"))], &[]),
        ),
        ("question-crit", "challenge-crit", "A critical header.", headed(&[("crit", json!(["b64"]))], &[])),
        ("question-x5c-missing", "challenge-x5c", "No certificate.", headed(&[("x5c", Json::Null)], &[])),
        ("question-x5c-four", "challenge-x5c", "Four certificates.", {
            headed(&[("x5c", chain(&base64(leaf.as_der())))], &[])
        }),
        ("question-x5c-base64url", "challenge-x5c", "The certificate in base64url.", {
            headed(&[("x5c", json!([base64url(leaf.as_der())]))], &[])
        }),
        (
            "question-client-id-other",
            "challenge-client-id-mismatch",
            "Another's certificate and signature, and the client identifier of the known reader.",
            signed_parts(&header(&certificate(&stranger(), &other)), &claims(&[]), &reader_key()),
        ),
        (
            "question-other-key",
            "challenge-signature",
            "The known reader's certificate, signed by another key.",
            { signed_parts(&own, &claims(&[]), &other) },
        ),
        ("question-altered", "challenge-signature", "An element more is asked for than was signed.", {
            let more = json!({"path": ["org.iso.18013.5.1", "document_number"], "intent_to_retain": false});
            let payload = claims(&[("dcql_query/credentials/0/claims/2", more)]);
            parts(|[protected, _, signature]| vec![protected, payload.into_bytes(), signature])
        }),
        ("question-signature-zero", "challenge-signature", "A signature of zeros.", {
            parts(|[protected, payload, _]| vec![protected, payload, vec![0; 64]])
        }),
        ("question-signature-der", "challenge-signature", "The signature in DER.", {
            parts(|[protected, payload, signature]| {
                let signature = p256::ecdsa::Signature::from_slice(&signature).expect("r and s");
                vec![protected, payload, signature.to_der().as_bytes().to_vec()]
            })
        }),
        ("question-audience", "challenge-audience", "Made for another audience than wallets.", {
            signed_with(&[("aud", json!("https://verifier.example"))])
        }),
        ("question-life-long", "challenge-life", "A life of 601 seconds.", {
            signed_with(&[("exp", json!(NOW.unix() + 601))])
        }),
        ("question-life-negative", "challenge-life", "It ends before it begins.", {
            signed_with(&[("exp", json!(NOW.unix() - 1))])
        }),
        ("question-iat-missing", "challenge-field", "Signed, and nobody says when.", {
            signed_with(&[("iat", Json::Null)])
        }),
    ]
}

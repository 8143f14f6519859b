//! Questions of the challenge, as a wallet reads them (SECURITY row 36).

use ::licence::purpose::Purpose;
use mdoc::cbor::Value;
use mdoc::one_way::inflate;
use mdoc::x509::{Certificate, CertificateTemplate, Extension, Name, ids};
use p256::ecdsa::SigningKey;
use protocol::{Challenge, PreparedChallenge, Question, ResponseUri};
use serde_json::{Value as Json, json};

use super::Hostile;
use super::requests::{authority_key, reader};
use crate::challenge::{base64, base64url, envelope, header, json_of, put, signed_parts, unsigned_text};
use crate::draft::NOW;
use crate::hostile::{Kind, Verdict};
use crate::json::in_order;
use crate::random::{TestRandom, signing_key};

const PAGE: &str = "https://verifier.example/verify/";
const KEY: &str = "client_metadata/jwks/keys/0";
const ENC: &str = "client_metadata/encrypted_response_enc_values_supported";
const CREDENTIAL: &str = "dcql_query/credentials/0";
const CLAIMS: &str = "dcql_query/credentials/0/claims";

/// What the files' verifier asks: the elements of the purpose *age only*.
fn question() -> Question {
    Question::for_purpose(Purpose::AgeOnly, ResponseUri::parse(PAGE).expect("an address"))
}

/// The right unsigned question; its key and its nonce come from `label`.
pub(super) fn unsigned(label: &str) -> Challenge {
    let mut random = TestRandom::new(label);
    Challenge::unsigned(&question(), NOW, &mut |buffer| random.fill(buffer)).expect("a question")
}

/// The right question of the known reader.
pub(super) fn signed(label: &str) -> Challenge {
    by(&reader(), label)
}

/// The question of a reader under this certificate, which the readers' authority signs.
fn by(template: &CertificateTemplate, label: &str) -> Challenge {
    under(certificate(template, &authority_key()), label)
}

fn under(certificate: Certificate, label: &str) -> Challenge {
    let mut random = TestRandom::new(label);
    let prepared = PreparedChallenge::new(&question(), certificate, NOW, &mut |buffer| random.fill(buffer));
    prepared.expect("a question").sign(&reader_key()).expect("a signed question")
}

fn reader_key() -> SigningKey {
    signing_key("reader")
}

fn certificate(template: &CertificateTemplate, key: &SigningKey) -> Certificate {
    Certificate::decode(&template.sign(key)).expect("a certificate")
}

/// The known reader's certificate under another name of its issuer.
fn stranger() -> CertificateTemplate {
    CertificateTemplate { issuer: Name::from_attributes(&[(ids::COMMON_NAME, "A stranger")]), ..reader() }
}

/// The right parameters of an unsigned question, with some changed.
fn asked(changes: &[(&str, Json)]) -> String {
    changed(json_of(unsigned("question").payload()), changes)
}

/// The right claims of a signed question, with some changed.
fn claims(changes: &[(&str, Json)]) -> String {
    changed(json_of(signed("question").payload()), changes)
}

fn changed(mut json: Json, changes: &[(&str, Json)]) -> String {
    for (path, value) in changes {
        put(&mut json, path, value.clone());
    }
    in_order(json).to_string()
}

/// An unsigned question with some parameters changed.
fn with(changes: &[(&str, Json)]) -> Vec<u8> {
    unsigned_text(&asked(changes))
}

/// A question of the known reader with some claims changed, signed.
fn signed_with(changes: &[(&str, Json)]) -> Vec<u8> {
    headed(&[], changes)
}

/// A question of the known reader with fields of its header and claims changed, signed.
fn headed(fields: &[(&str, Json)], changes: &[(&str, Json)]) -> Vec<u8> {
    let mut header = header(&certificate(&reader(), &authority_key()));
    for (path, value) in fields {
        put(&mut header, path, value.clone());
    }
    signed_parts(&header, &claims(changes), &reader_key())
}

/// The right signed question with its three parts changed.
fn parts(change: impl FnOnce([Vec<u8>; 3]) -> Vec<Vec<u8>>) -> Vec<u8> {
    let inflated = inflate(signed("question").payload()).expect("deflate");
    let item = mdoc::cbor::decode_own(&inflated).expect("CBOR");
    let [_, request] = item.as_array().expect("an array") else { panic!("two items") };
    let [protected, payload, signature] = request.as_array().expect("a signed question") else {
        panic!("three parts")
    };
    let parts = [protected, payload, signature].map(|part| part.as_bytes().expect("bytes").to_vec());
    envelope(Value::array(change(parts).into_iter().map(Value::bytes)))
}

pub(super) fn all() -> Vec<Hostile> {
    let mut all = answerable();
    all.extend(
        wrong_parameters()
            .into_iter()
            .chain(wrong_queries())
            .chain(wrong_keys())
            .chain(wrong_envelopes())
            .chain(wrong_signatures())
            .map(|(rule, code, description, bytes)| refused(rule, "request", code, description, bytes)),
    );
    all.extend(lives());
    all.extend(readers());
    all
}

fn refused(rule: &'static str, step: &str, code: &str, description: &str, bytes: Vec<u8>) -> Hostile {
    Hostile::refused(rule, 36, step, code, description, bytes).kind(Kind::Question)
}

fn accepted(rule: &'static str, description: &str, bytes: Vec<u8>) -> Hostile {
    Hostile::accepted(rule, 36, description, bytes).kind(Kind::Question)
}

/// Right questions that a careless wallet refuses, or takes for more than they prove.
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

/// Rule, code, description, payload.
type Case = (&'static str, &'static str, &'static str, Vec<u8>);

fn wrong_parameters() -> Vec<Case> {
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

fn wrong_queries() -> Vec<Case> {
    let element = |index: usize| json!({"path": ["n", format!("e{index}")]});
    let many: Vec<_> = (0..65).map(element).collect();
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
            with(&[("dcql_query/credentials/1", second)])
        }),
        ("question-multiple", "challenge-several", "Several presentations of one credential.", {
            with(&[("dcql_query/credentials/0/multiple", json!(true))])
        }),
        ("question-format", "challenge-credential-format", "An SD-JWT is asked for.", {
            with(&[(&format!("{CREDENTIAL}/format"), json!("dc+sd-jwt"))])
        }),
        ("question-document", "challenge-document", "Another document than the licence is asked for.", {
            with(&[("dcql_query/credentials/0/meta/doctype_value", json!("eu.europa.ec.eudi.pid.1"))])
        }),
    ]
}

fn wrong_keys() -> Vec<Case> {
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

fn wrong_envelopes() -> Vec<Case> {
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

/// Of signed questions alone; the dates are apart.
fn wrong_signatures() -> Vec<Case> {
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

/// Right signatures under certificates that are not to be believed, known or not.
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

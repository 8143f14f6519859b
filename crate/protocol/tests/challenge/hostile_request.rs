//! Requests that a wallet must refuse (`T-over-asking`, `T-open-redirect`), each with its code: beside the files of `tests/vectors`, further ones of each kind,
//! and each wrong parameter in both forms, signed and not.

use cbor::Timestamp;
use cbor::{Value, encode};
use envelope::{deflate, inflate};
use liangzheng_protocol::UnverifiedRequest;
use serde_json::{Value as Json, json};
use testkit::challenge::{base64, base64url, envelope, header, json_of, put, signed_parts, unsigned_text};
use testkit::draft::NOW;
use testkit::reader::TestReader;
use verdict::Purpose;
use x509::hazmat::CertificateTemplate;
use x509::{Extension, ids};

use crate::support::{PAGE, answer, asking, claims, plain, read, read_at, signed, signed_by, unsigned};

/// What is wrong with a parameter, whether the request is signed or not.
fn wrong_parameters() -> Vec<(&'static str, Json, &'static str)> {
    let key = "client_metadata/jwks/keys";
    let own_key =
        json_of(unsigned(Purpose::AgeOnly, "key").payload())["client_metadata"]["jwks"]["keys"][0].clone();
    let other = |name: &str, value: &str| {
        let mut jwk = own_key.clone();
        jwk[name] = json!(value);
        json!([jwk])
    };
    let element = |index: usize| json!({"path": ["n", format!("e{index}")]});
    vec![
        ("response_type", json!(null), "challenge-field"),
        ("response_type", json!("code"), "challenge-response-type"),
        ("response_type", json!("vp_token id_token"), "challenge-response-type"),
        ("response_mode", json!(null), "challenge-field"),
        ("response_mode", json!("direct_post.jwt"), "challenge-response-mode"),
        ("response_mode", json!("fragment"), "challenge-response-mode"),
        ("response_mode", json!(7), "challenge-field"),
        ("client_id", json!(null), "challenge-field"),
        ("client_id", json!("verifier.example"), "challenge-client-id"),
        ("client_id", json!("x509_san_dns:verifier.example"), "challenge-client-id"),
        ("client_id", json!("decentralized_identifier:did:example:1"), "challenge-client-id"),
        ("client_id", json!(""), "challenge-client-id"),
        ("response_uri", json!(null), "challenge-field"),
        ("response_uri", json!("http://verifier.example/verify/"), "challenge-response-uri"),
        ("response_uri", json!("javascript:alert(1)"), "challenge-response-uri"),
        ("response_uri", json!("https://verifier.example@evil.example/"), "challenge-response-uri"),
        ("redirect_uri", json!(PAGE), "challenge-response-uri"),
        ("nonce", json!(null), "challenge-field"),
        ("nonce", json!("short"), "challenge-nonce"),
        ("nonce", json!("x".repeat(129)), "challenge-nonce"),
        ("nonce", json!("0123456789abcdef 123456789"), "challenge-nonce"),
        ("nonce", json!("0123456789abcdef\u{0}123456789"), "challenge-nonce"),
        ("request", json!("eyJ…"), "challenge-unsupported"),
        ("request_uri", json!("https://verifier.example/r"), "challenge-unsupported"),
        ("transaction_data", json!([]), "challenge-unsupported"),
        ("dcql_query", json!(null), "challenge-field"),
        ("dcql_query", json!("{}"), "challenge-query"),
        ("dcql_query/credentials", json!([]), "challenge-query"),
        ("dcql_query/credentials/1", json!({"id": "second", "format": "mso_mdoc"}), "challenge-several"),
        ("dcql_query/credential_sets", json!([]), "challenge-credential-sets"),
        ("dcql_query/credentials/0/multiple", json!(true), "challenge-several"),
        ("dcql_query/credentials/0/multiple", json!("no"), "challenge-query"),
        ("dcql_query/credentials/0/format", json!("dc+sd-jwt"), "challenge-credential-format"),
        ("dcql_query/credentials/0/id", json!(""), "challenge-query"),
        ("dcql_query/credentials/0/id", json!("a b"), "challenge-query"),
        ("dcql_query/credentials/0/id", json!("x".repeat(65)), "challenge-query"),
        ("dcql_query/credentials/0/meta", json!(null), "challenge-query"),
        ("dcql_query/credentials/0/meta/doctype_value", json!(""), "challenge-query"),
        ("dcql_query/credentials/0/claim_sets", json!([]), "challenge-claim-sets"),
        ("dcql_query/credentials/0/claims", json!(null), "challenge-query"),
        ("dcql_query/credentials/0/claims", json!([]), "challenge-query"),
        ("dcql_query/credentials/0/claims", Json::Array((0..65).map(element).collect()), "challenge-query"),
        ("dcql_query/credentials/0/claims/0/values", json!([true]), "challenge-unsupported"),
        ("dcql_query/credentials/0/claims/0/path", json!(["age_over_18"]), "challenge-query"),
        ("dcql_query/credentials/0/claims/0/path", json!(["n", "e", "more"]), "challenge-query"),
        ("dcql_query/credentials/0/claims/0/path", json!(["n", null]), "challenge-query"),
        ("dcql_query/credentials/0/claims/0/path", json!(["n", 1]), "challenge-query"),
        ("dcql_query/credentials/0/claims/0/path", json!(["n", ""]), "challenge-query"),
        ("dcql_query/credentials/0/claims/0/path", json!(["n", "x".repeat(129)]), "challenge-query"),
        ("dcql_query/credentials/0/claims/0/intent_to_retain", json!("no"), "challenge-query"),
        ("dcql_query/credentials/0/claims", json!([element(1), element(2), element(1)]), "challenge-query"),
        ("client_metadata", json!(null), "challenge-field"),
        ("client_metadata/jwks", json!(null), "challenge-key"),
        (key, json!([]), "challenge-key"),
        (key, json!([own_key, own_key, own_key, own_key, own_key]), "challenge-key"),
        (key, other("kty", "OKP"), "challenge-key"),
        (key, other("crv", "P-384"), "challenge-key"),
        (key, other("alg", "RSA-OAEP"), "challenge-key"),
        (key, other("use", "sig"), "challenge-key"),
        (key, other("kid", ""), "challenge-key"),
        (key, other("x", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"), "challenge-key"),
        (key, other("y", "short"), "challenge-key"),
        (key, other("d", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE"), "challenge-key"),
        (
            "client_metadata/encrypted_response_enc_values_supported",
            json!(["A128CBC-HS256"]),
            "challenge-enc",
        ),
        ("client_metadata/encrypted_response_enc_values_supported", json!([]), "challenge-enc"),
        ("client_metadata/encrypted_response_enc_values_supported", json!("A128GCM"), "challenge-enc"),
        ("org.liangzheng.purpose", json!("rental"), "challenge-field"),
        ("org.liangzheng.purpose", json!({"code": 7}), "challenge-field"),
        ("org.liangzheng.purpose", json!({"text": ["x"]}), "challenge-field"),
    ]
}

#[test]
fn every_wrong_parameter_is_refused_in_both_forms() {
    let reader = TestReader::default();
    for (path, value, code) in wrong_parameters() {
        let mut request = json_of(asking(&plain(Purpose::AgeOnly), "wrong").payload());
        put(&mut request, path, value.clone());
        let unsigned = read(&unsigned_text(&request.to_string())).err();
        assert_eq!(unsigned, Some(code), "{path}: {value}");
        let mut request = claims(&reader);
        put(&mut request, path, value.clone());
        let signed =
            read(&signed_parts(&header(reader.certificate()), &request.to_string(), reader.key())).err();
        assert_eq!(signed, Some(code), "signed, {path}: {value}");
    }
}

#[test]
fn headers_of_other_kinds_are_refused() {
    let reader = TestReader::default();
    let other = TestReader::new("other");
    for (path, value, code) in [
        ("alg", json!("None"), "challenge-alg"),
        ("alg", json!("ES384"), "challenge-alg"),
        ("alg", json!("RS256"), "challenge-alg"),
        ("alg", json!(["ES256"]), "challenge-alg"),
        ("alg", json!(null), "challenge-alg"),
        ("typ", json!("openid4vci-proof+jwt"), "challenge-type"),
        ("typ", json!(null), "challenge-type"),
        ("crit", json!([]), "challenge-crit"),
        ("x5c", json!([]), "challenge-x5c"),
        ("x5c", json!([1]), "challenge-x5c"),
        ("x5c", json!(["AAAA"]), "cert-malformed"),
        ("x5c", json!([base64(other.certificate().as_der())]), "challenge-client-id-mismatch"),
    ] {
        let mut header = header(reader.certificate());
        put(&mut header, path, value.clone());
        let payload = signed_parts(&header, &claims(&reader).to_string(), reader.key());
        assert_eq!(read(&payload).err(), Some(code), "{path}: {value}");
    }
}

#[test]
fn the_client_identifier_belongs_to_the_form() {
    let reader = TestReader::default();
    let right = claims(&reader);
    for hash in ["", "AA", &base64url(&[0; 33]), &base64(&[0; 32])] {
        let mut request = right.clone();
        put(&mut request, "client_id", json!(format!("x509_hash:{hash}")));
        let payload = signed_parts(&header(reader.certificate()), &request.to_string(), reader.key());
        assert_eq!(read(&payload).err(), Some("challenge-client-id"), "{hash}");
    }
    let mut request = right;
    put(&mut request, "client_id", json!(format!("x509_hash:{}", base64url(&[0; 32]))));
    let payload = signed_parts(&header(reader.certificate()), &request.to_string(), reader.key());
    assert_eq!(read(&payload).err(), Some("challenge-client-id-mismatch"));
}

#[test]
fn the_life_of_a_signed_request() {
    let reader = TestReader::default();
    let now = NOW.unix();
    for (iat, exp, code) in [
        (json!(now), json!(now + 600), None),
        (json!(i64::MIN), json!(i64::MAX), Some("challenge-life")),
        (json!(0), json!(0), Some("challenge-expired")),
        (json!(now), json!(null), Some("challenge-field")),
        (json!("now"), json!(now + 300), Some("challenge-field")),
        (json!(now as f64 + 0.5), json!(now + 300), Some("challenge-field")),
        (json!(u64::MAX), json!(now + 300), Some("challenge-field")),
    ] {
        let mut request = claims(&reader);
        put(&mut request, "iat", iat.clone());
        put(&mut request, "exp", exp.clone());
        let payload = signed_parts(&header(reader.certificate()), &request.to_string(), reader.key());
        assert_eq!(read(&payload).err(), code, "{iat} to {exp}");
    }
    for audience in [json!(null), json!(["https://self-issued.me/v2"])] {
        let mut request = claims(&reader);
        put(&mut request, "aud", audience.clone());
        let payload = signed_parts(&header(reader.certificate()), &request.to_string(), reader.key());
        assert_eq!(read(&payload).err(), Some("challenge-audience"), "{audience}");
    }
}

#[test]
fn certificates_of_other_purposes_and_times_are_refused() {
    type Change<'a> = &'a dyn Fn(CertificateTemplate) -> CertificateTemplate;
    let day = |days: i64| -> Timestamp { NOW.floor_to_day().plus_seconds(days * 86_400) };
    let changes: [(Change<'_>, &str); 6] = [
        (&|t| t.without_extension(ids::EXTENDED_KEY_USAGE), "cert-profile-extended-key-usage"),
        (&|t| t.with_extension(Extension::key_usage(&[5, 6])), "cert-profile-key-usage"),
        (&|t| t.with_extension(Extension::ca_without_sub_ca()), "cert-profile-basic-constraints"),
        (
            &|t| CertificateTemplate { not_after: t.not_before.plus_seconds(1188 * 86_400), ..t },
            "cert-profile-validity",
        ),
        (&|t| CertificateTemplate { not_after: day(-1), ..t }, "reader-expired"),
        (&|t| CertificateTemplate { not_before: day(1), ..t }, "reader-not-yet"),
    ];
    for (change, code) in changes {
        let reader = TestReader::with("test reader", change);
        let payload = signed_by(&reader, Purpose::AgeOnly, "certificate").payload().to_vec();
        assert_eq!(read(&payload).err(), Some(code));
        // an unknown authority's certificate is checked by the same profile
        let request = UnverifiedRequest::decode(&payload).expect("a request");
        let error = request
            .verify(&mdoc::reader::ReaderAnchors::new(), NOW, &signature::RustCrypto)
            .expect_err("refused");
        assert_eq!(error.code(), code);
    }
}

#[test]
fn envelopes_of_another_form_are_refused() {
    let text = json_of(unsigned(Purpose::AgeOnly, "form").payload()).to_string();
    let bytes = |length: usize| Value::bytes(vec![0; length]);
    for (request, code) in [
        (Value::Null, "challenge-form"),
        (Value::array([bytes(1), bytes(1), Value::text("x")]), "challenge-form"),
        (Value::array([bytes(1), bytes(1), bytes(64)]), "challenge-json"),
        (Value::array([bytes(16 * 1024 + 1), bytes(1), bytes(64)]), "challenge-size"),
        (Value::text(""), "challenge-json"),
        (Value::text("[]"), "challenge-json"),
        (Value::text("null"), "challenge-json"),
        (Value::text("[".repeat(16_000)), "challenge-json"),
    ] {
        assert_eq!(read(&envelope(request)).err(), Some(code));
    }
    let raw = |items: Vec<Value>| read(&deflate(&encode(&Value::Array(items))).expect("a payload")).err();
    assert_eq!(raw(vec![Value::Unsigned(2)]), Some("challenge-form"));
    assert_eq!(
        raw(vec![Value::Unsigned(2), Value::text(text.as_str()), Value::Null]),
        Some("challenge-form")
    );
    assert_eq!(raw(vec![Value::Unsigned(1), Value::text(text.as_str())]), Some("envelope-kind"));
    assert_eq!(raw(vec![Value::text(text)]), Some("envelope-kind"));
    assert_eq!(read(b"https://verifier.example").err(), Some("envelope-deflate"));
    let long = signed_parts(
        &header(TestReader::default().certificate()),
        &" ".repeat(17_000),
        TestReader::default().key(),
    );
    assert_eq!(read(&long).err(), Some("challenge-size"));
    // an answer is no question
    let challenge = signed(Purpose::AgeOnly, "kind");
    assert_eq!(read(answer(&challenge, "kind").payload()).err(), Some("envelope-kind"));
}

#[test]
fn no_bit_of_a_signed_request_can_be_changed() {
    let reader = TestReader::default();
    let challenge = signed(Purpose::AgeOnly, "bits");
    let right = inflate(challenge.payload()).expect("deflate");
    let (anchors, mut bytes, mut flips) = (reader.anchors(), right.clone(), 0);
    let mut verify = |bytes: &[u8]| {
        let request = UnverifiedRequest::decode_inflated(bytes)
            .and_then(|r| r.verify(&anchors, NOW, &signature::RustCrypto));
        flips += 1;
        request.is_ok()
    };
    assert!(verify(&bytes));
    for at in 0..bytes.len() {
        for bit in 0..8 {
            bytes[at] ^= 1 << bit;
            assert!(!verify(&bytes), "byte {at}, bit {bit}");
            bytes[at] ^= 1 << bit;
        }
    }
    println!("{flips} of {} bytes", right.len());
    // of the payload as it travels: refused, or the very same request (bits behind the end of the stream)
    let expected = read(challenge.payload()).expect("a request");
    let mut payload = challenge.payload().to_vec();
    for at in 0..payload.len() {
        for bit in 0..8 {
            payload[at] ^= 1 << bit;
            assert!(read(&payload).map_or(true, |seen| seen == expected), "byte {at}, bit {bit}");
            payload[at] ^= 1 << bit;
        }
    }
    assert_eq!(read_at(challenge.payload(), NOW.plus_seconds(301)).err(), Some("challenge-expired"));
}

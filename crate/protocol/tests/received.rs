//! What people have is unwrapped to the presentation in it, and everything else is named.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test")]

use cbor::{Value, encode};
use liangzheng_protocol::received::{OtherCode, Received, name_of, unwrap};
use testkit::challenge::{base64, base64url};
use testkit::draft::Draft;
use testkit::issuer::TestIssuer;

fn response() -> Vec<u8> {
    Draft::new(&TestIssuer::default()).device_response()
}

fn utf16(text: &str) -> Vec<u8> {
    core::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
}

fn wrapped(tag: u64, inner: Value) -> Vec<u8> {
    encode(&Value::tagged(tag, inner))
}

#[test]
fn a_response_is_found_in_what_it_was_copied_or_saved_in() {
    let response = response();
    let value = cbor::decode_foreign(&response).unwrap().to_value();
    let hex = base16ct::lower::encode_string(&response);
    let capitals = hex.to_uppercase();
    let spaced: Vec<&str> = capitals.as_bytes().chunks(2).map(|c| core::str::from_utf8(c).unwrap()).collect();
    let (url, plain) = (base64url(&response), base64(&response));
    let numbers: Vec<String> = response.iter().map(u8::to_string).collect();
    let indexed: Vec<String> =
        numbers.iter().enumerate().map(|(at, byte)| format!("\"{at}\":{byte}")).collect();
    let numbers = numbers.join(",");
    let texts = [
        url.clone(),
        plain.clone(),
        format!("  {url}\r\n"),
        hex.clone(),
        format!("0x{capitals}"),
        spaced.join(" "),
        format!("\u{feff}{plain}"),
        format!("data:application/cbor;base64,{plain}"),
        format!("data:application/octet-stream;base64,{url}"),
        format!("\"{url}\""),
        format!(r#"{{"vp_token": "{url}"}}"#),
        format!(
            r#"{{"vp_token": ["{url}"], "state": "a state that is long enough to be base64 by chance aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}}"#
        ),
        format!(r#"{{"vp_token": {{"mdl": ["{url}"]}}, "presentation_submission": {{"id": "{url}"}}}}"#),
        format!(r#"{{"mdl": ["{url}"]}}"#),
        format!(r#"{{"protocol": "openid4vp-v1-unsigned", "data": {{"vp_token": {{"mdl": ["{url}"]}}}}}}"#),
        format!(r#"{{"protocol": "org-iso-mdoc", "data": {{"response": "{url}"}}}}"#),
        format!(r#"{{"type": "Buffer", "data": [{numbers}]}}"#),
        format!("[{numbers}]"),
        format!("{{{}}}", indexed.join(",")),
        format!("h'{hex}'"),
        format!("'{plain}'"),
        format!("vp_token={url}&state=af0ifjsldkj"),
        format!(
            "state=af0ifjsldkj&vp_token={}",
            plain.replace('+', "%2B").replace('/', "%2F").replace('=', "%3D")
        ),
        format!("vp_token=%7B%22mdl%22%3A+%5B%22{url}%22%5D%7D"),
        format!("https://verifier.example/cb?x=1#vp_token={url}&state=1"),
        format!("https://verifier.example/cb?vp_token={url}"),
        format!("https://verifier.example/cb#deviceResponse={url}&state=1"),
        format!(
            "POST /cb HTTP/1.1\r\nHost: verifier.example\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\nvp_token={url}"
        ),
        format!(
            "HTTP/1.1 200 OK\nContent-Type: application/json\n\n{{\"vp_token\": {{\"mdl\": [\"{url}\"]}}}}"
        ),
    ];
    for text in &texts {
        let found = unwrap(text.as_bytes());
        assert_eq!(found, Ok(Received::DeviceResponse(response.clone())), "{}", &text[..text.len().min(60)]);
    }
    for bytes in [
        response.clone(),
        wrapped(24, Value::bytes(response.as_slice())),
        wrapped(55_799, value),
        wrapped(55_799, Value::tagged(24, Value::bytes(response.as_slice()))),
        encode(&Value::bytes(response.as_slice())),
        utf16(&url),
        utf16(&texts[11]),
    ] {
        assert_eq!(unwrap(&bytes), Ok(Received::DeviceResponse(response.clone())));
    }
}

#[test]
fn a_document_or_an_issuer_signed_is_issuer_data() {
    let issuer_signed = Draft::new(&TestIssuer::default()).issuer_signed();
    assert_eq!(unwrap(&issuer_signed), Ok(Received::IssuerData(issuer_signed.clone())));
    assert_eq!(unwrap(base64url(&issuer_signed).as_bytes()), Ok(Received::IssuerData(issuer_signed)));
    let response = response();
    let value = cbor::decode_foreign(&response).unwrap().to_value();
    let document = value.get_text("documents").and_then(Value::as_array).unwrap()[0].clone();
    let Ok(Received::IssuerData(whole)) = unwrap(&encode(&document)) else { panic!("issuer data") };
    assert_eq!(cbor::decode_foreign(&whole).unwrap().to_value(), value);
}

#[test]
fn everything_else_is_named() {
    let response = base64url(&response());
    let jwe = format!("eyJhbGciOiJFQ0RILUVTIn0..{}.{}.{}", "aXY", "Y2lwaGVydGV4dA", "dGFn");
    let deep = (0..10).fold(response.clone(), |text, _| base64(text.as_bytes()));
    let other = base64url(&Draft::new(&TestIssuer::default()).issuer_signed());
    let twice = format!(r#"{{"vp_token": ["{response}", "{other}"]}}"#);
    let sealed = format!(r#"{{"response": "{jwe}"}}"#);
    let form = format!("response={jwe}&state=1");
    let long = vec![b'a'; 1024 * 1024 + 1];
    let request = encode(&Value::map([("docRequests", Value::array([]))]));
    let signed = wrapped(
        18,
        Value::array([Value::bytes([0xa0]), Value::Map(Vec::new()), Value::Null, Value::bytes([0; 64])]),
    );
    let cases: &[(&[u8], &str)] = &[
        (b"", "other-empty"),
        (b" \r\n", "other-empty"),
        (b"\xa1\x61a\x01", "other-cbor"),
        (b"\xa0", "other-cbor"),
        (&long, "other-size"),
        (deep.as_bytes(), "other-layers"),
        (twice.as_bytes(), "other-several"),
        (b"mdoc:owBjMS4wAYIB2BhYS6QBAiABIVgg", "other-mdoc"),
        (b"openid4vp://?client_id=x509_san_dns%3Averifier.example", "other-openid4vp"),
        (b"haip://?request_uri=https%3A%2F%2Fverifier.example", "other-openid4vp"),
        (b"openid-credential-offer://?credential_offer_uri=x", "other-credential-offer"),
        (jwe.as_bytes(), "other-encrypted"),
        (sealed.as_bytes(), "other-encrypted"),
        (&request, "other-request"),
        (&signed, "other-signed"),
        (b"eyJhbGciOiJFUzI1NiJ9.eyJpYXQiOjF9.c2lnbmF0dXJl", "other-jwt"),
        (b"eyJhbGciOiJFUzI1NiJ9.eyJpYXQiOjF9.c2lnbmF0dXJl~WyJ4Il0~", "other-sd-jwt"),
        (b"HC1:6BFOXN*TS0BI$ZD4N9:9S6RCVN5", "other-health"),
        (b"00020101021226", "other-payment"),
        (b"wxp://f2f0abcdef", "other-payment"),
        (b"https://qr.alipay.com/fkx1", "other-payment"),
        (b"https://www.example.com/licence", "other-web"),
        (b"https://www.example.com/licence?response=yes#top", "other-web"),
        (b"response=access_denied&state=1", "other-text"),
        (b"error=access_denied&state=1", "other-text"),
        (b"HTTP/1.1 404 Not Found\r\n\r\n", "other-text"),
        (form.as_bytes(), "other-encrypted"),
        (b"-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n", "other-certificate"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "other-picture"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "other-pdf"),
        (b"PK\x03\x04\x14\0", "other-archive"),
        (b"{\"error\": \"access_denied\"}", "other-json"),
        (b"{\"vp_token\": {}}", "other-json"),
        ("这是一段文字，不是证件。".as_bytes(), "other-text"),
        (b"nothing of the kind", "other-text"),
        (b"{\"vp_token\": ", "other-text"),
    ];
    for (bytes, code) in cases {
        let found = unwrap(bytes).map_err(OtherCode::code);
        assert_eq!(found, Err(*code), "{}", String::from_utf8_lossy(&bytes[..bytes.len().min(60)]));
    }
    assert_eq!(name_of("OPENID4VP://?x"), Some(OtherCode::OpenId4Vp));
    assert_eq!(name_of("weixin://wxpay/bizpayurl?pr=abc"), Some(OtherCode::Payment));
    for text in ["nothing known", "weixin://dl/scan", "javascript:alert(1)"] {
        assert_eq!(name_of(text), None, "{text}");
    }
}

#[test]
fn bytes_that_are_nothing_known_are_left_to_their_decoder() {
    for bytes in [&b"\x00\x01\x02"[..], &[0x5a; 3], &[0xff, 0xfe, 0x00]] {
        let _ = unwrap(bytes);
    }
    assert_eq!(unwrap(&[0, 1, 2]), Ok(Received::Payload(vec![0, 1, 2])));
}

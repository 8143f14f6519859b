//! What people have in hand: a presentation in what it was copied, saved or sent in, and what is none.

use cbor::{Value, encode};

use crate::challenge::{base64, base64url};
use crate::draft::Draft;
use crate::hostile::bytes::hex;
use crate::hostile::{Hostile, Kind, valid};
use crate::issuer::TestIssuer;

pub(super) fn all() -> Vec<Hostile> {
    let draft = Draft::new(&TestIssuer::default());
    let mut all = texts(&draft.device_response());
    all.extend(encoded(&draft));
    all.extend(others(&draft));
    all
}

/// Returns a file in which this presentation is found; `name` says of which kind it is.
fn holds(
    rule: &'static str,
    description: &str,
    file: impl AsRef<[u8]>,
    (name, inside): (&'static str, &[u8]),
) -> Hostile {
    Hostile::accepted(rule, None, description, file.as_ref().to_vec())
        .kind(Kind::Received)
        .with(name, inside.to_vec())
}

fn texts(response: &[u8]) -> Vec<Hostile> {
    let (url, plain, digits) = (base64url(response), base64(response), hex(response));
    let pairs: Vec<&str> = digits.as_bytes().chunks(2).filter_map(|pair| str::from_utf8(pair).ok()).collect();
    let numbers: Vec<String> = response.iter().map(u8::to_string).collect();
    let numbers = numbers.join(",");
    let utf16: Vec<u8> =
        core::iter::once(0xfeff).chain(plain.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let escaped = plain.replace('+', "%2B").replace('/', "%2F").replace('=', "%3D");
    let of = |rule, description, file: &[u8]| holds(rule, description, file, (RESPONSE, response));
    vec![
        of("received-base64url", "base64url of a DeviceResponse.", url.as_bytes()),
        of("received-base64", "base64 with a byte order mark.", format!("\u{feff}{plain}\r\n").as_bytes()),
        of("received-utf-16", "base64 in UTF-16.", &utf16),
        of(
            "received-hex",
            "Hexadecimal digits in capitals, with 0x and spaces.",
            format!("0x{}", pairs.join(" ").to_uppercase()).as_bytes(),
        ),
        of("received-data-uri", "A data URI.", format!("data:application/cbor;base64,{plain}").as_bytes()),
        of(
            "received-vp-token",
            "vp_token by the id of the query, beside a state that may be base64 too.",
            format!(r#"{{"vp_token":{{"mdl":["{url}"]}},"state":"{}"}}"#, "a".repeat(64)).as_bytes(),
        ),
        of(
            "received-dc-api",
            "An answer of the Digital Credentials API.",
            format!(r#"{{"protocol":"org-iso-mdoc","data":{{"response":"{url}"}}}}"#).as_bytes(),
        ),
        of(
            "received-node-buffer",
            "A Node Buffer as JSON.",
            format!(r#"{{"type":"Buffer","data":[{numbers}]}}"#).as_bytes(),
        ),
        of("received-form", "The fields of a form.", format!("state=1&vp_token={escaped}").as_bytes()),
        of(
            "received-address",
            "The fragment of an address, with another name of the field.",
            format!("https://verifier.example/cb?x=1#deviceResponse={url}&state=1").as_bytes(),
        ),
        of(
            "received-http",
            "An HTTP message with its headers.",
            format!("POST /cb HTTP/1.1\r\nHost: verifier.example\r\n\r\nvp_token={url}").as_bytes(),
        ),
    ]
}

/// The names of the files in the folder that say what is found.
const RESPONSE: &str = "response.cbor";
const ISSUER_SIGNED: &str = "issuer-signed.cbor";
const PAYLOAD: &str = "presentation.bin";

fn encoded(draft: &Draft) -> Vec<Hostile> {
    let (response, issuer_signed) = (draft.device_response(), draft.issuer_signed());
    let value = cbor::decode_foreign(&response).expect("CBOR").to_value();
    let documents = value.get_text("documents").and_then(Value::as_array).expect("documents");
    let document = encode(documents.first().expect("a document"));
    // {"status": 0, "version": "1.0", "documents": [document]}
    let head: &[u8] = b"\xa3\x66status\x00\x67version\x631.0\x69documents\x81";
    let whole = [head, &document].concat();
    let inside: Value = Value::bytes(response.as_slice());
    vec![
        holds(
            "received-tag-24",
            "A DeviceResponse as encoded CBOR, tag 24.",
            encode(&Value::tagged(24, inside.clone())),
            (RESPONSE, &response),
        ),
        holds(
            "received-tag-55799",
            "CBOR that says that it is CBOR, with tag 24 inside.",
            encode(&Value::tagged(55_799, Value::tagged(24, inside))),
            (RESPONSE, &response),
        ),
        holds(
            "received-document",
            "A Document without its DeviceResponse: its presenter is unknown, whatever session is given.",
            document,
            (ISSUER_SIGNED, &whole),
        ),
        holds(
            "received-issuer-signed",
            "An IssuerSigned as base64url: nobody presents it.",
            base64url(&issuer_signed),
            (ISSUER_SIGNED, &issuer_signed),
        ),
        holds("received-link", "The payload of the QR link.", valid(), (PAYLOAD, valid())),
    ]
}

/// What is no presentation: each is named, and is never a refused licence.
fn others(draft: &Draft) -> Vec<Hostile> {
    let url = base64url(&draft.device_response());
    let second = base64url(&draft.issuer_signed());
    let jwe = "eyJhbGciOiJFQ0RILUVTIn0..aXY.Y2lwaGVydGV4dA.dGFn";
    let jwt = "eyJhbGciOiJFUzI1NiJ9.eyJpYXQiOjF9.c2lnbmF0dXJl";
    let deep = (0..10).fold(url.clone(), |text, _| base64(text.as_bytes()));
    let request = encode(&Value::map([("docRequests", Value::array([]))]));
    let signed =
        Value::array([Value::bytes([0xa0]), Value::Map(Vec::new()), Value::Null, Value::bytes([0; 64])]);
    let of = |rule, code, description, file: &[u8]| {
        Hostile::refused(rule, None, "received", code, description, file.to_vec()).kind(Kind::Received)
    };
    vec![
        of("received-empty", "other-empty", "White space only.", b" \r\n"),
        of("received-layers", "other-layers", "base64 of base64, ten times.", deep.as_bytes()),
        of(
            "received-several",
            "other-several",
            "Two presentations in one vp_token.",
            format!(r#"{{"vp_token":["{url}","{second}"]}}"#).as_bytes(),
        ),
        of(
            "received-mdoc",
            "other-mdoc",
            "The code of a session in proximity.",
            b"mdoc:owBjMS4wAYIB2BhYS6QBAiABIVgg",
        ),
        of(
            "received-openid4vp",
            "other-openid4vp",
            "A question of OpenID4VP.",
            b"openid4vp://?client_id=x509_san_dns%3Averifier.example",
        ),
        of(
            "received-credential-offer",
            "other-credential-offer",
            "An offer to issue.",
            b"openid-credential-offer://?credential_offer_uri=x",
        ),
        of(
            "received-encrypted",
            "other-encrypted",
            "An encrypted answer in a form, without its key.",
            format!("response={jwe}&state=1").as_bytes(),
        ),
        of("received-request", "other-request", "A DeviceRequest.", &request),
        of(
            "received-signed",
            "other-signed",
            "A signed message that is no document.",
            &encode(&Value::tagged(18, signed)),
        ),
        of("received-jwt", "other-jwt", "A JWT.", jwt.as_bytes()),
        of("received-sd-jwt", "other-sd-jwt", "An SD-JWT.", format!("{jwt}~WyJ4Il0~").as_bytes()),
        of("received-health", "other-health", "A health certificate.", b"HC1:6BFOXN*TS0BI$ZD4N9:9S6RCVN5"),
        of("received-payment", "other-payment", "A payment code.", b"00020101021226"),
        of("received-web", "other-web", "A web address.", b"https://www.example.com/licence?response=yes"),
        of(
            "received-certificate",
            "other-certificate",
            "A certificate.",
            b"-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n",
        ),
        of(
            "received-picture",
            "other-picture",
            "The beginning of a picture.",
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        ),
        of("received-pdf", "other-pdf", "The beginning of a PDF.", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3"),
        of("received-archive", "other-archive", "The beginning of an archive.", b"PK\x03\x04\x14\0"),
        of("received-json", "other-json", "A refusal as JSON.", b"{\"error\":\"access_denied\"}"),
        of("received-cbor", "other-cbor", "CBOR of another kind.", b"\xa1\x61a\x01"),
        of("received-text", "other-text", "A refusal in a form.", b"response=access_denied&state=1"),
    ]
}

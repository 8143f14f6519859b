//! Codes, texts and files of other systems, by how they begin.

use super::OtherCode;

/// Schemes and first characters, in lower case.
const TEXTS: &[(&str, OtherCode)] = &[
    ("mdoc:", OtherCode::MdocEngagement),
    ("mdoc-openid4vp:", OtherCode::OpenId4Vp),
    ("openid4vp:", OtherCode::OpenId4Vp),
    ("eudi-openid4vp:", OtherCode::OpenId4Vp),
    ("haip:", OtherCode::OpenId4Vp),
    ("haip-vp:", OtherCode::OpenId4Vp),
    ("openid:", OtherCode::OpenId4Vp),
    ("openid-vc:", OtherCode::OpenId4Vp),
    ("openid-credential-offer:", OtherCode::CredentialOffer),
    ("haip-vci:", OtherCode::CredentialOffer),
    ("eudi-credential-offer:", OtherCode::CredentialOffer),
    ("hc1:", OtherCode::HealthCertificate),
    ("shc:/", OtherCode::HealthCertificate),
    ("wxp:", OtherCode::Payment),
    ("weixin://wxpay/", OtherCode::Payment),
    ("alipays:", OtherCode::Payment),
    ("alipayqr:", OtherCode::Payment),
    ("https://qr.alipay.com/", OtherCode::Payment),
    ("https://qr.95516.com/", OtherCode::Payment),
    ("https://payapp.weixin.qq.com/", OtherCode::Payment),
    ("upi:", OtherCode::Payment),
    ("bitcoin:", OtherCode::Payment),
    ("bcd\n", OtherCode::Payment),
    ("bcd\r\n", OtherCode::Payment),
    ("000201", OtherCode::Payment),
    ("https:", OtherCode::Web),
    ("http:", OtherCode::Web),
    ("-----begin", OtherCode::Certificate),
];

/// First bytes of files.
const FILES: &[(&[u8], OtherCode)] = &[
    (b"\x89PNG\r\n\x1a\n", OtherCode::Picture),
    (b"\xff\xd8\xff", OtherCode::Picture),
    (b"GIF8", OtherCode::Picture),
    (b"RIFF", OtherCode::Picture),
    (b"%PDF-", OtherCode::Document),
    (b"PK\x03\x04", OtherCode::Archive),
    (b"\x1f\x8b", OtherCode::Archive),
];

pub(super) fn of_text(text: &str) -> Option<OtherCode> {
    let is = |(start, _): &&(&str, OtherCode)| {
        text.get(..start.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(start))
    };
    if let Some((_, other)) = TEXTS.iter().find(is) {
        return Some(*other);
    }
    if text.starts_with("%PDF-") {
        return Some(OtherCode::Document);
    }
    of_token(text)
}

/// Returns what a token of parts in base64url is: a JWE has five, a JWT three, an SD-JWT more after a tilde.
fn of_token(text: &str) -> Option<OtherCode> {
    let (token, disclosed) = match text.split_once('~') {
        Some((token, _)) => (token, true),
        None => (text, false),
    };
    let is_part =
        |part: &str| part.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    if !token.starts_with("ey") || !token.split('.').all(is_part) {
        return None;
    }
    match (token.split('.').count(), disclosed) {
        (5, false) => Some(OtherCode::EncryptedAnswer),
        (3, false) => Some(OtherCode::Jwt),
        (3, true) => Some(OtherCode::SdJwt),
        _ => None,
    }
}

pub(super) fn of_bytes(bytes: &[u8]) -> Option<OtherCode> {
    let (_, other) = FILES.iter().find(|(start, _)| bytes.starts_with(start))?;
    Some(*other)
}

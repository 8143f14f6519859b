//! Certificates as text (RFC 7468): base64 between two lines.

use super::certificate::MAX_CERTIFICATE;
use super::error::CertificateError;

const BEGIN: &str = "-----BEGIN CERTIFICATE-----";
const END: &str = "-----END CERTIFICATE-----";

/// Bytes of a text that are looked at.
const MAX_TEXT: usize = 64 * 1024;

/// The DER of the first certificate in a PEM text; `None` where there is no such text in it.
///
/// # Errors
/// `Size` for too long a text or certificate, `Malformed` where the end is missing or it is no base64.
pub fn first_pem(text: &[u8]) -> Option<Result<Vec<u8>, CertificateError>> {
    let looked_at = text.get(..MAX_TEXT).unwrap_or(text);
    // other bytes than ASCII have no place in it, and cannot be a part of the two lines
    let looked_at = String::from_utf8_lossy(looked_at);
    let (_, body) = looked_at.split_once(BEGIN)?;
    Some(match body.split_once(END) {
        Some((body, _)) if body.len() <= 2 * MAX_CERTIFICATE => {
            base64(body).ok_or(CertificateError::Malformed)
        }
        _ if text.len() > MAX_TEXT => Err(CertificateError::Size),
        Some(_) => Err(CertificateError::Size),
        None => Err(CertificateError::Malformed),
    })
}

/// Base64 with padding; white space is ignored.
fn base64(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut count, mut padding) = (0_u32, 0_u32, 0_u32);
    for letter in text.bytes().filter(|letter| !letter.is_ascii_whitespace()) {
        let value = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'a'..=b'z' => letter - b'a' + 26,
            b'0'..=b'9' => letter - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            b'=' => {
                padding += 1;
                continue;
            }
            _ => return None,
        };
        if padding > 0 {
            return None;
        }
        bits = bits << 6 | u32::from(value);
        count += 1;
        if count % 4 == 0 {
            let [_, bytes @ ..] = bits.to_be_bytes();
            out.extend(bytes);
            bits = 0;
        }
    }
    match (count % 4, padding) {
        (0, 0) => {}
        (3, 1) => out.extend((bits << 6).to_be_bytes().get(1..3)?),
        (2, 2) => out.extend((bits << 12).to_be_bytes().get(1..2)?),
        _ => return None,
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_strict_but_for_white_space() {
        for (text, bytes) in [
            ("", Some("")),
            ("Zg==", Some("f")),
            ("Zm8=", Some("fo")),
            ("Zm9v", Some("foo")),
            (" Zm9v\r\nYmFy\n", Some("foobar")),
            ("Zg=", None),
            ("Zg", None),
            ("Z", None),
            ("Zg==Zg==", None),
            ("Zm8=v", None),
            ("Zg=v", None),
            ("Zm9v=", None),
            ("Zm-v", None),
        ] {
            assert_eq!(base64(text).as_deref(), bytes.map(str::as_bytes), "{text}");
        }
    }

    #[test]
    fn a_text_is_a_certificate_between_its_lines() {
        let whole = format!("Subject: x\n{BEGIN}\nZm9v\n{END}\n");
        assert_eq!(first_pem(whole.as_bytes()), Some(Ok(b"foo".to_vec())));
        assert_eq!(first_pem(b"foo"), None);
        assert_eq!(first_pem(format!("{BEGIN}\nZm9v\n").as_bytes()), Some(Err(CertificateError::Malformed)));
        let of = |letters: usize| first_pem(format!("{BEGIN}{}{END}", "A".repeat(letters)).as_bytes());
        assert_eq!(of(2 * MAX_CERTIFICATE), Some(Ok(vec![0; 2 * MAX_CERTIFICATE / 4 * 3])));
        assert_eq!(of(2 * MAX_CERTIFICATE + 4), Some(Err(CertificateError::Size)));
        let endless =
            |length: usize| first_pem(format!("{BEGIN}{}", "A".repeat(length - BEGIN.len())).as_bytes());
        assert_eq!(endless(MAX_TEXT), Some(Err(CertificateError::Malformed)));
        assert_eq!(endless(MAX_TEXT + 1), Some(Err(CertificateError::Size)));
        assert_eq!(endless(MAX_TEXT + 2), Some(Err(CertificateError::Size)));
    }
}

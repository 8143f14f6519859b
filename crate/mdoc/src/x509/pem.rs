//! Certificates and revocation lists as text (RFC 7468): base64 between two lines.

use super::certificate::MAX_CERTIFICATE;
use super::crl::{CrlError, MAX_CRL};
use super::error::CertificateError;

const BEGIN: &str = "-----BEGIN CERTIFICATE-----";
const END: &str = "-----END CERTIFICATE-----";
const BEGIN_CRL: &str = "-----BEGIN X509 CRL-----";
const END_CRL: &str = "-----END X509 CRL-----";

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

/// The DER of every revocation list in a PEM text, in their order; `None` where there is no such text in it.
///
/// # Errors
/// `Size` for too long a text, `Malformed` where one of the lists lacks a line or is no base64: none is passed over.
pub fn crl_pems(text: &[u8]) -> Option<Result<Vec<Vec<u8>>, CrlError>> {
    let looked_at = String::from_utf8_lossy(text.get(..2 * MAX_CRL).unwrap_or(text));
    let blocks = || looked_at.split(BEGIN_CRL).skip(1);
    blocks().next()?;
    if text.len() > 2 * MAX_CRL {
        return Some(Err(CrlError::Size));
    }
    if blocks().count() < looked_at.matches(END_CRL).count() {
        return Some(Err(CrlError::Malformed));
    }
    let lists = blocks().map(|block| block.split_once(END_CRL).and_then(|(body, _)| base64(body)));
    Some(lists.collect::<Option<Vec<_>>>().ok_or(CrlError::Malformed))
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

    #[test]
    fn a_text_is_a_revocation_list_between_its_lines() {
        let whole = format!("List of x\r\n{BEGIN_CRL}\r\nZm9v\r\n{END_CRL}\r\n");
        let foo = || b"foo".to_vec();
        assert_eq!(crl_pems(whole.as_bytes()), Some(Ok(vec![foo()])));
        assert_eq!(crl_pems(format!("{whole}\n{whole}").as_bytes()), Some(Ok(vec![foo(), foo()])));
        for broken in
            [whole.replace("END", "END "), whole.replace("BEGIN", "BEGIN "), whole.replace("Zm", "Z*")]
        {
            assert_eq!(
                crl_pems(format!("{whole}{broken}").as_bytes()),
                Some(Err(CrlError::Malformed)),
                "{broken}"
            );
        }
        assert_eq!(crl_pems(b"foo"), None);
        assert_eq!(crl_pems(format!("{BEGIN}\nZm9v\n{END}").as_bytes()), None);
        assert_eq!(first_pem(whole.as_bytes()), None);
        let body = |body: &str| crl_pems(format!("{BEGIN_CRL}\n{body}").as_bytes());
        assert_eq!(body("Zm9v\n"), Some(Err(CrlError::Malformed)));
        assert_eq!(body(&format!("Zm.v\n{END_CRL}")), Some(Err(CrlError::Malformed)));
        assert_eq!(body(&"A".repeat(2 * MAX_CRL)), Some(Err(CrlError::Size)));
        // two bytes of text for one of a list at most, the two lines included
        let most = 2 * MAX_CRL;
        let filled = |length: usize, end: &str| {
            let space = " ".repeat(length - BEGIN_CRL.len() - "Zm9v".len() - end.len());
            crl_pems(format!("{BEGIN_CRL}Zm9v{space}{end}").as_bytes())
        };
        assert_eq!(filled(most, END_CRL), Some(Ok(vec![foo()])));
        assert_eq!(filled(most + 1, END_CRL), Some(Err(CrlError::Size)));
        assert_eq!(filled(most, ""), Some(Err(CrlError::Malformed)));
        assert_eq!(filled(most + 1, ""), Some(Err(CrlError::Size)));
        assert_eq!(filled(most + 2, ""), Some(Err(CrlError::Size)));
    }
}

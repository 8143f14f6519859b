//! PEM: certificates and revocation lists as text (RFC 7468).

use super::certificate::MAX_CERTIFICATE;
use super::crl::{CrlError, MAX_CRL};
use super::error::CertificateError;

const BEGIN: &str = "-----BEGIN CERTIFICATE-----";
const END: &str = "-----END CERTIFICATE-----";
const BEGIN_CRL: &str = "-----BEGIN X509 CRL-----";
const END_CRL: &str = "-----END X509 CRL-----";

/// Longest PEM text with certificates, in bytes.
const MAX_TEXT: usize = 64 * 1024;

/// Returns the DER of every certificate in a PEM text, in order; `None` if there is no certificate.
///
/// # Errors
/// `Size` if the text or a certificate is too long, `Malformed` if a certificate lacks a line or is not base64: none is
/// skipped.
pub fn certificate_pems(text: &[u8]) -> Option<Result<Vec<Vec<u8>>, CertificateError>> {
    let blocks = blocks(text, BEGIN, END, MAX_TEXT, 2 * MAX_CERTIFICATE)?;
    Some(blocks.map_err(|fault| match fault {
        Fault::Size => CertificateError::Size,
        Fault::Form => CertificateError::Malformed,
    }))
}

/// Returns the DER of every revocation list in a PEM text, in order; `None` if there is no list.
///
/// # Errors
/// `Size` if the text is too long, `Malformed` if a list lacks a line or is not base64: none is skipped.
pub fn crl_pems(text: &[u8]) -> Option<Result<Vec<Vec<u8>>, CrlError>> {
    let blocks = blocks(text, BEGIN_CRL, END_CRL, 2 * MAX_CRL, 2 * MAX_CRL)?;
    Some(blocks.map_err(|fault| match fault {
        Fault::Size => CrlError::Size,
        Fault::Form => CrlError::Malformed,
    }))
}

/// Why a PEM text is refused.
enum Fault {
    /// The text or a block is too long.
    Size,
    /// A line is missing, or a block is not base64.
    Form,
}

/// Returns each decoded block: the text has at most `most` bytes, each block at most `most_each`.
fn blocks(
    text: &[u8],
    begin: &str,
    end: &str,
    most: usize,
    most_each: usize,
) -> Option<Result<Vec<Vec<u8>>, Fault>> {
    // bytes that are not ASCII cannot be part of the two lines
    let looked_at = String::from_utf8_lossy(text.get(..most).unwrap_or(text));
    let blocks = || looked_at.split(begin).skip(1);
    blocks().next()?;
    if text.len() > most {
        return Some(Err(Fault::Size));
    }
    if blocks().count() < looked_at.matches(end).count() {
        return Some(Err(Fault::Form));
    }
    let decoded = blocks().map(|block| {
        let (body, _) = block.split_once(end).ok_or(Fault::Form)?;
        if body.len() > most_each {
            return Err(Fault::Size);
        }
        base64(body).ok_or(Fault::Form)
    });
    Some(decoded.collect())
}

/// Decodes base64 with padding; white space is ignored.
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
    fn a_text_is_certificates_between_their_lines() {
        let foo = || b"foo".to_vec();
        let whole = format!("Subject: x\n{BEGIN}\nZm9v\n{END}\n");
        assert_eq!(certificate_pems(whole.as_bytes()), Some(Ok(vec![foo()])));
        assert_eq!(certificate_pems(format!("{whole}{whole}").as_bytes()), Some(Ok(vec![foo(), foo()])));
        assert_eq!(certificate_pems(b"foo"), None);
        for broken in [format!("{BEGIN}\nZm9v\n"), format!("Zm9v\n{END}\n"), format!("{BEGIN}\nZ*9v\n{END}")]
        {
            let text = format!("{whole}{broken}");
            assert_eq!(certificate_pems(text.as_bytes()), Some(Err(CertificateError::Malformed)), "{broken}");
        }
        let of = |letters: usize| certificate_pems(format!("{BEGIN}{}{END}", "A".repeat(letters)).as_bytes());
        assert_eq!(of(2 * MAX_CERTIFICATE), Some(Ok(vec![vec![0; 2 * MAX_CERTIFICATE / 4 * 3]])));
        assert_eq!(of(2 * MAX_CERTIFICATE + 4), Some(Err(CertificateError::Size)));
        let filled = |length: usize| {
            certificate_pems(format!("{whole}{}", " ".repeat(length - whole.len())).as_bytes())
        };
        assert_eq!(filled(MAX_TEXT), Some(Ok(vec![foo()])));
        assert_eq!(filled(MAX_TEXT + 1), Some(Err(CertificateError::Size)));
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
        assert_eq!(certificate_pems(whole.as_bytes()), None);
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

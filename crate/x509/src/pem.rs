//! PEM (RFC 7468): DER in base64 between two lines that name its type.

use base64ct::{Base64, Encoding as _};

use super::certificate::MAX_CERTIFICATE;
use super::crl::{CrlError, MAX_CRL};
use super::error::CertificateError;

const CERTIFICATE: &str = "CERTIFICATE";
const CRL: &str = "X509 CRL";

/// Longest PEM text with certificates, in bytes.
const MAX_TEXT: usize = 1024 * 1024;

/// Returns the DER of every certificate in a PEM text, in order; `None` if there is no certificate.
///
/// # Errors
/// `Size` if the text or a certificate is too long, `Malformed` if a certificate lacks a line or is not base64: none is
/// skipped.
pub fn certificate_pems(text: &[u8]) -> Option<Result<Vec<Vec<u8>>, CertificateError>> {
    Some(each_certificate_pem(text)?.into_iter().collect())
}

/// Returns each certificate of a PEM text by itself, in order: its DER, or why its block cannot be read; `None` if there is no
/// certificate.
#[must_use]
pub fn each_certificate_pem(text: &[u8]) -> Option<Vec<Result<Vec<u8>, CertificateError>>> {
    let blocks = each_block(text, CERTIFICATE, MAX_TEXT, 2 * MAX_CERTIFICATE)?;
    let certificate = |block: Result<Vec<u8>, PemError>| {
        block.map_err(|error| match error {
            PemError::Size => CertificateError::Size,
            PemError::Malformed => CertificateError::Malformed,
        })
    };
    Some(blocks.into_iter().map(certificate).collect())
}

/// Returns the DER of every revocation list in a PEM text, in order; `None` if there is no list.
///
/// # Errors
/// `Size` if the text is too long, `Malformed` if a list lacks a line or is not base64: none is skipped.
pub fn crl_pems(text: &[u8]) -> Option<Result<Vec<Vec<u8>>, CrlError>> {
    let blocks = blocks(text, CRL, 2 * MAX_CRL, 2 * MAX_CRL)?;
    Some(blocks.map_err(|error| match error {
        PemError::Size => CrlError::Size,
        PemError::Malformed => CrlError::Malformed,
    }))
}

/// Returns the content of every block of this label in a PEM text of at most `most` bytes, in order; `None` if there is no
/// block of this label.
///
/// # Errors
/// A [`PemError`]: no block is skipped.
pub fn pem_blocks(text: &[u8], label: &str, most: usize) -> Option<Result<Vec<Vec<u8>>, PemError>> {
    blocks(text, label, most, most)
}

/// Returns a PEM block of this label, in lines of 64 characters.
#[must_use]
pub fn to_pem(label: &str, der: &[u8]) -> String {
    let body = Base64::encode_string(der);
    let lines: Vec<&str> =
        body.as_bytes().chunks(64).filter_map(|line| core::str::from_utf8(line).ok()).collect();
    format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", lines.join("\n"))
}

/// Why a PEM text is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PemError {
    /// The text or a block is too long.
    Size,
    /// A line is missing, or a block is not base64.
    Malformed,
}

/// Returns the decoded blocks of this label: the text has at most `most` bytes, each block at most `most_each`.
fn blocks(text: &[u8], label: &str, most: usize, most_each: usize) -> Option<Result<Vec<Vec<u8>>, PemError>> {
    Some(each_block(text, label, most, most_each)?.into_iter().collect())
}

/// As [`blocks`], each block by itself. An end without its beginning is one more that cannot be read.
fn each_block(
    text: &[u8],
    label: &str,
    most: usize,
    most_each: usize,
) -> Option<Vec<Result<Vec<u8>, PemError>>> {
    let (begin, end) = (format!("-----BEGIN {label}-----"), format!("-----END {label}-----"));
    let (begin, end) = (begin.as_str(), end.as_str());
    // bytes that are not ASCII cannot be part of the two lines
    let looked_at = String::from_utf8_lossy(text.get(..most).unwrap_or(text));
    let blocks = || looked_at.split(begin).skip(1);
    blocks().next()?;
    if text.len() > most {
        return Some(vec![Err(PemError::Size)]);
    }
    let lost = looked_at.matches(end).count().saturating_sub(blocks().count());
    let decoded = blocks().map(|block| {
        let (body, _) = block.split_once(end).ok_or(PemError::Malformed)?;
        if body.len() > most_each {
            return Err(PemError::Size);
        }
        base64(body).ok_or(PemError::Malformed)
    });
    Some(decoded.chain((lost > 0).then_some(Err(PemError::Malformed))).collect())
}

/// Decodes base64 with padding; white space is ignored.
fn base64(text: &str) -> Option<Vec<u8>> {
    let letters: String = text.chars().filter(|letter| !letter.is_ascii_whitespace()).collect();
    Base64::decode_vec(&letters).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const BEGIN: &str = "-----BEGIN CERTIFICATE-----";
    const END: &str = "-----END CERTIFICATE-----";
    const BEGIN_CRL: &str = "-----BEGIN X509 CRL-----";
    const END_CRL: &str = "-----END X509 CRL-----";

    #[test]
    fn pem_goes_there_and_back() {
        let der = vec![0x30; 200];
        let text = to_pem(CERTIFICATE, &der);
        assert!(text.lines().all(|line| line.len() <= 64));
        let blocks = |text: &[u8], label| pem_blocks(text, label, MAX_TEXT);
        let two = format!("comment\n{text}{text}");
        assert_eq!(blocks(two.as_bytes(), CERTIFICATE), Some(Ok(vec![der.clone(), der.clone()])));
        assert_eq!(blocks(text.as_bytes(), "PRIVATE KEY"), None);
        let one = Some(Ok(vec![der]));
        assert_eq!(blocks(text.replace('\n', "\r\n").as_bytes(), CERTIFICATE), one);
        let latin = [b"Subject: M\xfcller\n".as_slice(), text.as_bytes()].concat();
        assert_eq!(blocks(&latin, CERTIFICATE), one);
        assert_eq!(pem_blocks(&latin, CERTIFICATE, latin.len() - 1), Some(Err(PemError::Size)));
    }

    #[test]
    fn no_broken_block_is_passed_over() {
        let text = to_pem(CERTIFICATE, &[0x30; 48]);
        let (no_base64, cut) = (text.replacen("MDAw", "M*Aw", 1), &text[..40]);
        let (no_end, no_begin) = (text.replace("END", "END "), text.replace("BEGIN", "BEGIN "));
        for broken in [&no_base64, cut, &no_end, &no_begin] {
            for both in [format!("{text}{broken}"), format!("{broken}{text}")] {
                let blocks = pem_blocks(both.as_bytes(), CERTIFICATE, MAX_TEXT);
                assert_eq!(blocks, Some(Err(PemError::Malformed)), "{both}");
            }
        }
    }

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

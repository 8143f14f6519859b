//! Files and standard input, bounded, in whichever of three writings they come.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use anyhow::Result;
use base64::Engine as _;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use crate::exit::{Wrong, wrong};
use crate::say::tr;

/// The most that a file with a presentation, a licence, a certificate or a key may have.
pub(crate) const SMALL: usize = 64 * 1024;
/// An Envelope before it is deflated may be twice as long.
pub(crate) const PRESENTATION: usize = 128 * 1024;
/// The most that a list may have.
pub(crate) const LIST: usize = 4 * 1024 * 1024;
/// The most that a picture may have.
pub(crate) const PICTURE: usize = 32 * 1024 * 1024;

const LENIENT: GeneralPurposeConfig =
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
const URL_SAFE: GeneralPurpose = GeneralPurpose::new(&base64::alphabet::URL_SAFE, LENIENT);
const STANDARD: GeneralPurpose = GeneralPurpose::new(&base64::alphabet::STANDARD, LENIENT);

/// The bytes of a file, or of standard input for `-`, of which there are at most `limit`.
pub(crate) fn read(path: &Path, limit: usize) -> Result<Vec<u8>> {
    let shown = path.display().to_string();
    let open = |error: io::Error| crate::exit::wrong_io("cli.wrong.open", &shown, &error);
    let mut bytes = Vec::new();
    // One byte more than the limit tells a full file from one that is too long.
    let most = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    if path == Path::new("-") {
        io::stdin().lock().take(most).read_to_end(&mut bytes).map_err(open)?;
    } else {
        File::open(path).map_err(open)?.take(most).read_to_end(&mut bytes).map_err(open)?;
    }
    if bytes.len() > limit {
        let kib = (limit / 1024).to_string();
        return Err(wrong("cli.wrong.too-long", &[("file", &shown), ("limit", &kib)]).into());
    }
    Ok(bytes)
}

/// As [`read`], with hexadecimal or base64url text turned into what it stands for.
///
/// Its text may be four times as long as the limit: two digits a byte, with colons, line ends, or in UTF-16.
pub(crate) fn read_any(path: &Path, limit: usize) -> Result<Vec<u8>> {
    let bytes = decode(read(path, limit.saturating_mul(4).saturating_add(1024))?);
    if bytes.len() > limit {
        let (shown, kib) = (path.display().to_string(), (limit / 1024).to_string());
        return Err(wrong("cli.wrong.too-long", &[("file", &shown), ("limit", &kib)]).into());
    }
    Ok(bytes)
}

/// Returns binary input unchanged, and decodes text that consists of hexadecimal digits or base64 (either alphabet).
pub(crate) fn decode(bytes: Vec<u8>) -> Vec<u8> {
    let Some(text) = text(&bytes) else {
        return bytes;
    };
    let text = text.as_ref();
    let spaced = text.bytes().any(|byte| byte.is_ascii_whitespace());
    let text = if spaced { Cow::Owned(text.split_ascii_whitespace().collect()) } else { Cow::Borrowed(text) };
    // A handful of letters is as likely to be binary that happens to be text.
    if text.len() < 8 {
        return bytes;
    }
    hex(&text).or_else(|| base64url(&text)).unwrap_or(bytes)
}

/// Returns the text of a file without its byte order mark: UTF-8, or UTF-16 by its mark; `None` if it is neither.
fn text(bytes: &[u8]) -> Option<Cow<'_, str>> {
    let utf16 = |rest: &[u8], unit: fn([u8; 2]) -> u16| {
        let (units, odd) = rest.as_chunks::<2>();
        let text = char::decode_utf16(units.iter().copied().map(unit)).collect::<Result<String, _>>().ok()?;
        odd.is_empty().then_some(Cow::Owned(text))
    };
    match bytes {
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => core::str::from_utf8(rest).ok().map(Cow::Borrowed),
        _ => core::str::from_utf8(bytes).ok().map(Cow::Borrowed),
    }
}

/// A text in UTF-16 as UTF-8; anything else as it is.
pub(crate) fn utf8(bytes: &[u8]) -> Cow<'_, [u8]> {
    match (bytes, text(bytes)) {
        ([0xff, 0xfe, ..] | [0xfe, 0xff, ..], Some(text)) => Cow::Owned(text.into_owned().into_bytes()),
        _ => Cow::Borrowed(bytes),
    }
}

/// Bytes of hexadecimal digits; `0x` may stand in front of them and colons between them.
pub(crate) fn hex(text: &str) -> Option<Vec<u8>> {
    let text = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")).unwrap_or(text);
    let digits = text.chars().filter(|c| *c != ':');
    let digits: Option<Vec<u8>> =
        digits.map(|c| c.to_digit(16).and_then(|digit| u8::try_from(digit).ok())).collect();
    let digits = digits?;
    let (pairs, rest) = digits.as_chunks::<2>();
    rest.is_empty().then(|| pairs.iter().map(|[high, low]| high << 4 | low).collect())
}

/// Bytes of base64, in either alphabet, padded or not.
pub(crate) fn base64url(text: &str) -> Option<Vec<u8>> {
    URL_SAFE.decode(text).or_else(|_| STANDARD.decode(text)).ok()
}

/// The value of an argument in hexadecimal or base64url.
pub(crate) fn argument(name: &str, text: &str) -> Result<Vec<u8>, Wrong> {
    hex(text)
        .or_else(|| base64url(text))
        .filter(|bytes| !bytes.is_empty())
        .ok_or_else(|| wrong("cli.wrong.hex", &[("argument", name)]))
}

/// As hexadecimal digits.
pub(crate) fn to_hex(bytes: &[u8]) -> String {
    use core::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// As base64, padded, for PEM.
pub(crate) fn to_base64(bytes: &[u8]) -> String {
    base64::engine::general_purpose::STANDARD.encode(bytes)
}

/// The contents of all PEM blocks of this label; none where the text has none.
///
/// A block that is no base64, or lacks one of its two lines, is there as no bytes at all, which every reader refuses: a
/// broken certificate or revocation list is never passed over. What stands around the blocks may be in any encoding.
pub(crate) fn pem_blocks(bytes: &[u8], label: &str) -> Vec<Vec<u8>> {
    let text = text(bytes).unwrap_or_else(|| String::from_utf8_lossy(bytes));
    let (begin, end) = (format!("-----BEGIN {label}-----"), format!("-----END {label}-----"));
    let block = |rest: &str| {
        let (body, _) = rest.split_once(end.as_str())?;
        let body: String = body.chars().filter(|c| !c.is_ascii_whitespace()).collect();
        STANDARD.decode(body).ok()
    };
    let mut blocks: Vec<Vec<u8>> =
        text.split(begin.as_str()).skip(1).map(|rest| block(rest).unwrap_or_default()).collect();
    if blocks.len() < text.matches(end.as_str()).count() {
        blocks.push(Vec::new());
    }
    blocks
}

/// A PEM block.
pub(crate) fn to_pem(label: &str, der: &[u8]) -> String {
    let body = to_base64(der);
    let lines: Vec<&str> =
        body.as_bytes().chunks(64).filter_map(|line| core::str::from_utf8(line).ok()).collect();
    format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", lines.join("\n"))
}

/// What a file is called in a sentence.
pub(crate) fn name(path: &Path) -> String {
    if path == Path::new("-") { tr("cli.standard-input").to_owned() } else { path.display().to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_writings_of_the_same_bytes() {
        let bytes = vec![0xa3, 0x00, 0xff, 0xfe, 0x3e, 0x3f, 0x10, 0x20];
        assert_eq!(decode(bytes.clone()), bytes);
        for text in [
            "a300fffe3e3f1020",
            "A300 FFFE\n3E3F1020\n",
            "0xa300fffe3e3f1020\n",
            "0XA300FFFE3E3F1020",
            "a3:00:ff:fe:3e:3f:10:20",
            "\u{feff}a300fffe\r\n3e3f1020",
            "owD__j4_ECA",
            "owD//j4/ECA=",
            "owD__j4_ECA=\n",
            "\u{feff}owD__j4_\r\nECA=",
        ] {
            assert_eq!(decode(text.into()), bytes, "{text}");
            let text = text.trim_start_matches('\u{feff}');
            let marked = || core::iter::once(0xfeff).chain(text.encode_utf16());
            assert_eq!(decode(marked().flat_map(u16::to_le_bytes).collect()), bytes, "{text} in UTF-16LE");
            assert_eq!(decode(marked().flat_map(u16::to_be_bytes).collect()), bytes, "{text} in UTF-16BE");
        }
        for other in ["https://example.com/", "mdoc:", "a3", "驾驶证驾驶证"] {
            assert_eq!(decode(other.into()), other.as_bytes(), "{other}");
        }
        assert_eq!(hex("abc"), None);
    }

    #[test]
    fn pem_goes_there_and_back() {
        let der = vec![0x30; 200];
        let text = to_pem("CERTIFICATE", &der);
        assert!(text.lines().all(|line| line.len() <= 64));
        let two = format!("comment\n{text}{text}");
        assert_eq!(pem_blocks(two.as_bytes(), "CERTIFICATE"), [der.clone(), der.clone()]);
        assert!(pem_blocks(text.as_bytes(), "PRIVATE KEY").is_empty());
        let one = [der];
        assert_eq!(pem_blocks(text.replace('\n', "\r\n").as_bytes(), "CERTIFICATE"), one);
        let latin = [b"Subject: M\xfcller\n".as_slice(), text.as_bytes()].concat();
        assert_eq!(pem_blocks(&latin, "CERTIFICATE"), one);
        let wide: Vec<u8> =
            format!("\u{feff}驾驶证\n{text}").encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(pem_blocks(&wide, "CERTIFICATE"), one);
    }

    #[test]
    fn no_broken_block_is_passed_over() {
        let der = vec![0x30; 48];
        let text = to_pem("CERTIFICATE", &der);
        let (no_base64, cut) = (text.replacen("MDAw", "M*Aw", 1), &text[..40]);
        let (no_end, no_begin) = (text.replace("END", "END "), text.replace("BEGIN", "BEGIN "));
        for broken in [&no_base64, cut, &no_end, &no_begin] {
            let mut blocks = pem_blocks(format!("{text}{broken}").as_bytes(), "CERTIFICATE");
            blocks.sort();
            assert_eq!(blocks, [vec![], der.clone()], "{broken}");
            assert_eq!(pem_blocks(format!("{broken}{text}").as_bytes(), "CERTIFICATE").len(), 2, "{broken}");
        }
    }
}

//! Files and standard input, with bounds, in binary, hexadecimal or base64.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use anyhow::Result;
use batch::MAX_PRESENTATION;
use protocol::received::{OtherCode, Received, text};
pub(crate) use protocol::received::{base64, hex};

use crate::exit::{Wrong, wrong};
use crate::say::tr;

/// Most bytes of a file with a presentation, a licence, a certificate or a key.
pub(crate) const SMALL: usize = 64 * 1024;
/// Most bytes of a list.
pub(crate) const LIST: usize = 4 * 1024 * 1024;
/// Most bytes of a picture.
pub(crate) const PICTURE: usize = 32 * 1024 * 1024;

/// Reads at most `limit` bytes of a file, or of standard input for `-`.
pub(crate) fn read(path: &Path, limit: usize) -> Result<Vec<u8>> {
    let shown = path.display().to_string();
    let open = |error: io::Error| crate::exit::wrong_io("cli.wrong.open", &shown, &error);
    let mut bytes = Vec::new();
    // One byte more than the limit distinguishes a full file from one that is too long.
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

/// As [`read`], and decodes hexadecimal or base64url text.
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

/// As [`read`], and returns the presentation without what is around it, or what it is instead.
pub(crate) fn presentation(path: &Path) -> Result<Result<Received, OtherCode>> {
    match batch::received(&read(path, protocol::received::MAX_RECEIVED)?) {
        Err(OtherCode::Size) => {
            let (shown, kib) = (path.display().to_string(), (MAX_PRESENTATION / 1024).to_string());
            Err(wrong("cli.wrong.too-long", &[("file", &shown), ("limit", &kib)]).into())
        }
        received => Ok(received),
    }
}

/// Returns binary input unchanged, and decodes text that consists of hexadecimal digits or base64 (either alphabet).
pub(crate) fn decode(bytes: Vec<u8>) -> Vec<u8> {
    let Some(text) = text(&bytes) else {
        return bytes;
    };
    let text = text.as_ref();
    let spaced = text.bytes().any(|byte| byte.is_ascii_whitespace());
    let text = if spaced { Cow::Owned(text.split_ascii_whitespace().collect()) } else { Cow::Borrowed(text) };
    // A few letters may as well be binary.
    if text.len() < 8 {
        return bytes;
    }
    hex(&text).or_else(|| base64(&text)).unwrap_or(bytes)
}

/// Converts text in UTF-16 to UTF-8; returns anything else unchanged.
pub(crate) fn utf8(bytes: &[u8]) -> Cow<'_, [u8]> {
    match (bytes, text(bytes)) {
        ([0xff, 0xfe, ..] | [0xfe, 0xff, ..], Some(text)) => Cow::Owned(text.into_owned().into_bytes()),
        _ => Cow::Borrowed(bytes),
    }
}

/// Decodes an argument in hexadecimal or base64url.
pub(crate) fn argument(name: &str, text: &str) -> Result<Vec<u8>, Wrong> {
    hex(text)
        .or_else(|| base64(text))
        .filter(|bytes| !bytes.is_empty())
        .ok_or_else(|| wrong("cli.wrong.hex", &[("argument", name)]))
}

/// Encodes as hexadecimal digits.
pub(crate) fn to_hex(bytes: &[u8]) -> String {
    base16ct::lower::encode_string(bytes)
}

/// Returns the name of a file for a sentence.
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
        for no_base64 in ["owD_j", "owD__j4_ECA==", "owD//j4/EC=A", "owD//j4/====", "owD_/j4_ECA"] {
            assert_eq!(base64(no_base64), None, "{no_base64}");
        }
    }

    #[test]
    fn a_text_in_utf_16_is_read_as_any_other() {
        let der = vec![0x30; 200];
        let text = format!("\u{feff}驾驶证\n{}", x509::to_pem("CERTIFICATE", &der));
        let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let blocks = x509::pem_blocks(&utf8(&wide), "CERTIFICATE", SMALL);
        assert_eq!(blocks, Some(Ok(vec![der])));
        for other in [b"\xff\xfe\x00".as_slice(), b"\xff\xfe\x00\xd8", text.as_bytes(), b""] {
            assert_eq!(&*utf8(other), other);
        }
    }
}

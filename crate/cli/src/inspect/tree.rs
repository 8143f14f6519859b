//! Prints CBOR as an indented tree, including CBOR and certificates in byte strings.

use anyhow::Result;
use cbor::{Item, ItemValue};
use licence::ShownText;
use x509::Certificate;

use super::certificate;
use crate::input::to_hex;
use crate::output::Output;

/// Most characters of a text and bytes of a byte string that are printed without `--full`.
const TEXT: usize = 80;
const BYTES: usize = 24;
/// Most levels of CBOR in byte strings; an mdoc has four.
const MAX_OPENED: usize = 8;

/// How a tree is printed.
pub(crate) struct Tree {
    full: bool,
}

/// The position of an item.
#[derive(Clone, Copy)]
struct Place<'a> {
    depth: usize,
    opened: usize,
    /// The text before the item, such as its key.
    label: &'a str,
}

impl Tree {
    /// Creates a tree; `full` prints long values completely.
    pub(crate) fn new(full: bool) -> Self {
        Self { full }
    }

    /// Prints an item and everything below it.
    pub(crate) fn print(&self, item: &Item<'_>, out: &mut Output) -> Result<()> {
        self.item(item, Place { depth: 1, opened: 0, label: "" }, out)
    }

    fn item(&self, item: &Item<'_>, place: Place<'_>, out: &mut Output) -> Result<()> {
        let Place { depth, label, .. } = place;
        let mut line = |text: &str| out.line(&format!("{}{label}{text}", "  ".repeat(depth)));
        let size = item.raw().len();
        match item.value() {
            ItemValue::Unsigned(number) => line(&number.to_string()),
            ItemValue::Negative(number) => line(&format!("-{}", u128::from(*number) + 1)),
            ItemValue::Bool(truth) => line(&truth.to_string()),
            ItemValue::Null => line("null"),
            ItemValue::Undefined => line("undefined"),
            ItemValue::Simple(number) => line(&format!("simple({number})")),
            ItemValue::Float(number) => line(&number.to_string()),
            ItemValue::Text(text) => {
                let most = if self.full { usize::MAX } else { TEXT };
                line(&format!("\"{}\"", ShownText::new(text, most).as_str()))
            }
            ItemValue::Bytes(bytes) => {
                line(&self.bytes(bytes))?;
                self.open(bytes, place, out)
            }
            ItemValue::Array(items) => {
                line(&format!("[{}]  {size} bytes", items.len()))?;
                for (index, inner) in items.iter().enumerate() {
                    let label = format!("{index}: ");
                    self.item(inner, Place { depth: depth + 1, label: &label, ..place }, out)?;
                }
                Ok(())
            }
            ItemValue::Map(pairs) => {
                line(&format!("{{{}}}  {size} bytes", pairs.len()))?;
                for (key, inner) in pairs {
                    let label = format!("{}: ", key_text(key));
                    self.item(inner, Place { depth: depth + 1, label: &label, ..place }, out)?;
                }
                Ok(())
            }
            ItemValue::Tag(tag, inner) => {
                let label = format!("{label}{}", tag_text(*tag));
                self.item(inner, Place { label: &label, ..place }, out)
            }
        }
    }

    fn bytes(&self, bytes: &[u8]) -> String {
        let most = if self.full { usize::MAX } else { BYTES };
        let shown: Vec<u8> = bytes.iter().copied().take(most).collect();
        let rest = if bytes.len() > most { "…" } else { "" };
        format!("h'{}{rest}'  {} bytes", to_hex(&shown), bytes.len())
    }

    /// Prints the content of a byte string that is a certificate, or CBOR of more than one item.
    fn open(&self, bytes: &[u8], place: Place<'_>, out: &mut Output) -> Result<()> {
        if place.opened == MAX_OPENED {
            return Ok(());
        }
        if bytes.first() == Some(&0x30)
            && let Ok(certificate) = Certificate::decode(bytes)
        {
            return certificate::print(&certificate, place.depth + 1, out);
        }
        match cbor::decode_foreign(bytes) {
            Ok(inner)
                if matches!(
                    inner.value(),
                    ItemValue::Map(_) | ItemValue::Array(_) | ItemValue::Tag(24, _)
                ) =>
            {
                let place = Place { depth: place.depth + 1, opened: place.opened + 1, label: "<< " };
                self.item(&inner, place, out)
            }
            _ => Ok(()),
        }
    }
}

fn key_text(key: &Item<'_>) -> String {
    match key.value() {
        ItemValue::Text(text) => ShownText::new(text, TEXT).as_str().to_owned(),
        ItemValue::Unsigned(number) => number.to_string(),
        ItemValue::Negative(number) => format!("-{}", u128::from(*number) + 1),
        _ => format!("h'{}'", to_hex(key.raw())),
    }
}

fn tag_text(tag: u64) -> String {
    match tag {
        0 => "tdate ".to_owned(),
        18 => "COSE_Sign1 ".to_owned(),
        17 => "COSE_Mac0 ".to_owned(),
        24 => "#6.24 ".to_owned(),
        1004 => "full-date ".to_owned(),
        other => format!("#6.{other} "),
    }
}

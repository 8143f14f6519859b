//! Standard output, without colours if it is not a terminal or NO_COLOR is set.

use std::io::{self, IsTerminal as _, Write as _};

use anyhow::{Context as _, Result};
use verdict::Colour;

/// The output of a command.
pub(crate) struct Output {
    colours: bool,
}

impl Output {
    /// Creates it for standard output; with colours only on a terminal and without NO_COLOR (no-color.org).
    pub(crate) fn standard() -> Self {
        let unwanted = |name: &str, value: Option<&str>| {
            std::env::var_os(name).is_some_and(|set| value.map_or(!set.is_empty(), |value| set == *value))
        };
        let plain = unwanted("NO_COLOR", None) || unwanted("TERM", Some("dumb"));
        Self { colours: !plain && io::stdout().is_terminal() }
    }

    /// Writes one line.
    pub(crate) fn line(&mut self, text: &str) -> Result<()> {
        unless_closed(writeln!(io::stdout().lock(), "{text}"))
    }

    /// Writes a bold line.
    pub(crate) fn strong(&mut self, text: &str) -> Result<()> {
        self.painted("1", text)
    }

    /// Writes a faint line.
    pub(crate) fn faint(&mut self, text: &str) -> Result<()> {
        self.painted("2", text)
    }

    /// Writes a line in the colour of a verdict.
    pub(crate) fn verdict(&mut self, colour: Colour, text: &str) -> Result<()> {
        self.painted(
            match colour {
                Colour::Green => "1;32",
                Colour::Amber => "1;33",
                Colour::Red => "1;31",
            },
            text,
        )
    }

    fn painted(&mut self, style: &str, text: &str) -> Result<()> {
        if self.colours { self.line(&format!("\u{1b}[{style}m{text}\u{1b}[0m")) } else { self.line(text) }
    }

    /// Writes one JSON object.
    pub(crate) fn json(&mut self, value: &serde_json::Value) -> Result<()> {
        self.line(&serde_json::to_string_pretty(value).context("JSON")?)
    }

    /// Writes bytes unchanged.
    pub(crate) fn bytes(&mut self, bytes: &[u8]) -> Result<()> {
        let mut out = io::stdout().lock();
        unless_closed(out.write_all(bytes).and_then(|()| out.flush()))
    }
}

/// Ignores a closed pipe, as of `head`; the exit status still says what was found.
fn unless_closed(written: io::Result<()>) -> Result<()> {
    match written {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other.context("standard output"),
    }
}

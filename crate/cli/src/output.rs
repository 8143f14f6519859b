//! Standard output: plain when it is no terminal or NO_COLOR is set.

use std::io::{self, IsTerminal as _, Write as _};

use anyhow::{Context as _, Result};
use verdict::Colour;

/// Where answers go.
pub(crate) struct Output {
    colours: bool,
}

impl Output {
    /// Standard output; in colours only on a terminal whose user did not say no (no-color.org).
    pub(crate) fn standard() -> Self {
        let unwanted = |name: &str, value: Option<&str>| {
            std::env::var_os(name).is_some_and(|set| value.map_or(!set.is_empty(), |value| set == *value))
        };
        let plain = unwanted("NO_COLOR", None) || unwanted("TERM", Some("dumb"));
        Self { colours: !plain && io::stdout().is_terminal() }
    }

    /// One line.
    pub(crate) fn line(&mut self, text: &str) -> Result<()> {
        unless_closed(writeln!(io::stdout().lock(), "{text}"))
    }

    /// A line that stands out.
    pub(crate) fn strong(&mut self, text: &str) -> Result<()> {
        self.painted("1", text)
    }

    /// A line in the background.
    pub(crate) fn faint(&mut self, text: &str) -> Result<()> {
        self.painted("2", text)
    }

    /// A line in the colour of a verdict.
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

    /// One JSON object.
    pub(crate) fn json(&mut self, value: &serde_json::Value) -> Result<()> {
        self.line(&serde_json::to_string_pretty(value).context("JSON")?)
    }

    /// Bytes as they are.
    pub(crate) fn bytes(&mut self, bytes: &[u8]) -> Result<()> {
        let mut out = io::stdout().lock();
        unless_closed(out.write_all(bytes).and_then(|()| out.flush()))
    }
}

/// Whoever reads may stop reading, as `head` does; the exit status still says what was found.
fn unless_closed(written: io::Result<()>) -> Result<()> {
    match written {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other.context("standard output"),
    }
}

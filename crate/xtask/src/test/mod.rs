//! `cargo xtask test`: every part, one after the other, each with closing lines, and a count at the end.

mod browser;
mod bytes;
mod interop;
mod rust;
mod tree;
mod wasm;

pub(crate) use browser::{Browser, SiteUrls};
pub(crate) use interop::{beside_other_libraries, conformance, link, presentations};

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::bail;

use crate::assets::Profile;
use crate::count::{self, Count};
use crate::site::{self, Site};
use crate::step::{say, seconds};
use crate::{dist, tools};

/// A part of the tests, in the order in which they run: what is quick, or tells most, comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Part {
    /// rustfmt.
    Format,
    /// What pure crates depend on.
    Tree,
    /// `cargo test`.
    Rust,
    /// What only one of the two builds may hold.
    Bytes,
    /// The shipped module in Node.
    Wasm,
    /// Independent libraries, both ways.
    Interop,
    /// The shipped site in Chromium.
    Browser,
}

impl Part {
    pub(crate) const ALL: [Self; 7] =
        [Self::Format, Self::Tree, Self::Rust, Self::Bytes, Self::Wasm, Self::Interop, Self::Browser];

    /// As it is typed after `--only`.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Format => "format",
            Self::Tree => "tree",
            Self::Rust => "rust",
            Self::Bytes => "bytes",
            Self::Wasm => "wasm",
            Self::Interop => "interop",
            Self::Browser => "browser",
        }
    }

    /// # Errors
    /// The name of no part.
    pub(crate) fn from_name(name: &str) -> anyhow::Result<Self> {
        match Self::ALL.into_iter().find(|part| part.name() == name) {
            Some(part) => Ok(part),
            None => bail!("no such part: {name} (there are: {})", Self::ALL.map(Self::name).join(", ")),
        }
    }
}

/// The two sites as files, built once for all parts that need them.
#[derive(Default)]
pub(crate) struct Sites {
    built: Option<(Built, Built)>,
}

/// A site in memory and as a folder.
pub(crate) struct Built {
    pub site: Site,
    pub folder: PathBuf,
}

impl Sites {
    /// Demo and production.
    pub(crate) fn both(&mut self) -> anyhow::Result<&(Built, Built)> {
        if self.built.is_none() {
            let build = |profile: Profile| {
                let site = site::build(profile)?;
                let folder = tools::target_dir().join("test-sites").join(profile.name());
                dist::write_plain(&site, &folder)?;
                anyhow::Ok(Built { site, folder })
            };
            self.built = Some((build(Profile::Demo)?, build(Profile::Production)?));
        }
        self.built.as_ref().ok_or_else(|| anyhow::anyhow!("built just above"))
    }
}

/// Runs `parts` (all of them if empty). `filter` goes on to the test runners of Rust and of the browser.
pub(crate) fn run(parts: &[Part], filter: &[String]) -> anyhow::Result<ExitCode> {
    let chosen = Part::ALL.into_iter().filter(|part| parts.is_empty() || parts.contains(part));
    let mut sites = Sites::default();
    let mut done = Vec::new();
    let start = Instant::now();
    for part in chosen {
        say(&format!("\n== {} (at {})", part.name(), seconds(start.elapsed())));
        let begin = Instant::now();
        let counted = match part {
            Part::Format => rust::format(),
            Part::Tree => tree::run(),
            Part::Rust => rust::run(filter),
            Part::Bytes => bytes::run(&mut sites),
            Part::Wasm => wasm::run(&mut sites),
            Part::Interop => interop::run(),
            Part::Browser => browser::run(&mut sites, filter),
        };
        let mut count = counted.unwrap_or_else(|error| Count::of_error(&error));
        if count.passed + count.failed == 0 && filter.is_empty() {
            count.check(false, "no test ran at all");
        }
        done.push((part.name(), count, begin.elapsed()));
    }
    Ok(count::close(&done, start.elapsed()))
}

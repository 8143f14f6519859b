//! `cargo xtask test`: every part, in two lanes beside each other, and a count at the end.

mod browser;
mod bytes;
mod engines;
mod interop;
mod node;
mod package;
mod partners;
mod rust;
mod sites;
mod tree;
mod wasm;
mod wheel;

pub(crate) use browser::{Browser, SiteUrls};
pub(crate) use interop::{beside_other_libraries, conformance, link, presentations};

use std::process::ExitCode;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{anyhow, bail};

use self::sites::Sites;
use crate::count::{self, Count};
use crate::lint::{self, Lint};
use crate::step::{say, seconds};

/// A part of the tests, in the order in which they run: the quickest and most informative first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Part {
    /// rustfmt.
    Format,
    /// The dependencies of the pure crates.
    Tree,
    /// `cargo test`.
    Rust,
    /// The contents that only one of the two builds may have.
    Bytes,
    /// The shipped module in Node.
    Wasm,
    /// The unit tests of the Python wheel.
    Python,
    /// Independent libraries, both ways.
    Interop,
    /// The shipped site in Chromium.
    Browser,
    /// The npm package as a partner installs it, in Chromium and in Node.
    Package,
    /// The shipped site in Firefox and WebKitGTK.
    Engines,
    /// The partner sites, with the packed npm package, and their server.
    Partners,
    /// The wheel on Apache Spark: only if it is asked for.
    Spark,
}

impl Part {
    pub(crate) const ALL: [Self; 12] = [
        Self::Format,
        Self::Tree,
        Self::Rust,
        Self::Bytes,
        Self::Wasm,
        Self::Python,
        Self::Interop,
        Self::Browser,
        Self::Package,
        Self::Engines,
        Self::Partners,
        Self::Spark,
    ];

    /// Returns the name after `--only`.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Format => "format",
            Self::Tree => "tree",
            Self::Rust => "rust",
            Self::Bytes => "bytes",
            Self::Wasm => "wasm",
            Self::Python => "python",
            Self::Interop => "interop",
            Self::Browser => "browser",
            Self::Package => "package",
            Self::Engines => "engines",
            Self::Partners => "partners",
            Self::Spark => "spark",
        }
    }

    /// Whether it mostly waits for a browser.
    fn of_pages(self) -> bool {
        matches!(self, Self::Bytes | Self::Browser | Self::Package | Self::Engines | Self::Partners)
    }

    /// # Errors
    /// Fails if no part has this name.
    pub(crate) fn from_name(name: &str) -> anyhow::Result<Self> {
        match Self::ALL.into_iter().find(|part| part.name() == name) {
            Some(part) => Ok(part),
            None => bail!("no such part: {name} (there are: {})", Self::ALL.map(Self::name).join(", ")),
        }
    }
}

/// What `test` was asked for.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Test {
    /// All parts but those that must be asked for if empty.
    pub only: Vec<Part>,
    /// Goes on to the test runners of Rust and of the browser.
    pub filter: Vec<String>,
    /// All of [`lint`] as well.
    pub lint: bool,
}

/// Runs the parts that were asked for.
///
/// Browser tests mostly wait. So the parts that need only the sites run in parallel with all others, which have the
/// lowest priority: a camera must not stutter because of a compilation.
pub(crate) fn run(test: &Test) -> anyhow::Result<ExitCode> {
    let asked = |part: &Part| match test.only.as_slice() {
        [] => *part != Part::Spark,
        only => only.contains(part),
    };
    let chosen = || Part::ALL.into_iter().filter(asked);
    let sites = Sites::default();
    let start = Instant::now();
    let lane = |pages: bool| -> Vec<(Part, Count, Duration)> {
        let lane = chosen().filter(|part| part.of_pages() == pages);
        lane.map(|part| {
            say(&format!("\n== {} (at {})", part.name(), seconds(start.elapsed())));
            let begin = Instant::now();
            let count = one(part, &sites, &test.filter);
            say(&format!("== {} done (at {})", part.name(), seconds(start.elapsed())));
            (part, count, begin.elapsed())
        })
        .collect()
    };
    let (mut done, lint) = thread::scope(|scope| {
        if chosen().any(|part| matches!(part, Part::Browser | Part::Partners)) {
            // Installs what the browser tests need while the sites compile. The part itself reports its errors.
            scope.spawn(Browser::prepare);
        }
        if chosen().any(|part| part == Part::Engines) {
            scope.spawn(engines::prepare);
        }
        let pages = scope.spawn(|| lane(true));
        let mut done = lane(false);
        let lint = if test.lint { lint::parts(&Lint::default()) } else { Ok(Vec::new()) };
        done.extend(pages.join().map_err(|_| anyhow!("the parts of the pages panicked"))?);
        anyhow::Ok((done, lint?))
    })?;
    done.sort_by_key(|(part, ..)| *part);
    let mut done: Vec<_> = done.into_iter().map(|(part, count, time)| (part.name(), count, time)).collect();
    done.extend(lint);
    Ok(count::close(&done, start.elapsed()))
}

fn one(part: Part, sites: &Sites, filter: &[String]) -> Count {
    let counted = match part {
        Part::Format => rust::format(),
        Part::Tree => tree::run(),
        Part::Rust => rust::run(filter),
        Part::Bytes => bytes::run(sites),
        Part::Wasm => wasm::run(sites),
        Part::Python => wheel::run(),
        Part::Interop => interop::run(),
        Part::Browser => browser::run(sites, filter),
        Part::Package => package::run(filter),
        Part::Engines => engines::run(sites),
        Part::Partners => partners::run(sites, filter),
        Part::Spark => wheel::spark(),
    };
    let mut count = counted.unwrap_or_else(|error| Count::of_error(&error));
    let skipped = count.lines.iter().any(|line| line.starts_with("skipped: "));
    if count.passed + count.failed == 0 && filter.is_empty() && !skipped {
        count.check(false, "no test ran at all");
    }
    count
}

//! The command line. Unknown words are errors.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use lexopt::{Arg, Parser, ValueExt as _};

use crate::dist::{self, Dist};
use crate::lint::{self, Lint};
use crate::profile::Profile;
use crate::serve::{self, Serve};
use crate::test::{self, Part, Test};
use crate::{attack, daily, pack, sizes, step};

const HELP: &str = "\
cargo xtask <command>

  serve [--port N] [--open] [--production]
      Builds everything and serves it on http://localhost:8080/: the demo, or the production site.
      With the demo come the partner sites, on the next port.

  test [--only PART[,PART…]] [--lint] [FILTER…]
      Runs all tests. Parts: format, tree, rust, bytes, wasm, python, interop, browser, package,
      engines, partners.
      Only if it is asked for: spark (the Python wheel on Apache Spark, which needs Java; minutes).
      FILTER goes on to cargo test or Playwright, and needs --only. The last line is the count.
      --lint: all of `lint` as well, while browsers wait.

  lint [--only PART[,PART…]] [--advisories]
      Parts: format (rustfmt), deny (licences, sources and bans of deny.toml by cargo-deny, which is installed where
      it is missing), clippy (native and wasm32), features (each member with each of its features alone), doc.
      --advisories: RustSec's as well; their database is fetched. The last line is the count.

  pack
      Builds the npm package @liangzheng/verifier into target/pack, and prints what its parts weigh.

  dist [--profile production|demo] [--out DIR]
      Writes the static site (production unless said) with packed files and _headers; tells every size.
  dist --withdraw [--out DIR]
      Writes a service worker that takes a published release out of every browser.

  bench [scan] [ARGUMENT…]
      From a camera's first frame to the verdict: p50 and p95.
  bench verify [ROUNDS]
      One verification beside two JavaScript libraries and the floor, in Chromium and in Node.
  bench link [--quick|--full] [--only TEXT] [--starts N]
      From a random moment of films to the whole payload, in Chromium; beside zxing-wasm, and BC-UR with jsQR.
      A quarter of an hour; --quick takes the three films that have goals in seconds, --full an hour.
  bench batch [PRESENTATIONS]
      liangzheng verify --batch over an archive, presentations a second and core, beside the floor:
      as many signatures verified by ring, and nothing else.
  bench decode [FILMS] [--only TEXT]
      Every frame of films to our decoder and to zxing-wasm, in Node: frames read, and time a frame;
      then pictures that are made to cost a decoder time.
  conformance --date YYYY-MM-DD [--with-isomdl]
      Hands the same cases to every library and writes what they say into docs/conformance.md.
      isomdl builds for minutes: without --with-isomdl its answers of last time stay.
  bench sizes
      What each part of the optical link adds to a Wasm module, raw and brotli.
  bench package
      What a partner's page loads, raw and brotli, beside other libraries.
  bench bounds
      What hostile shapes cost, beside a right presentation: time and memory.
  tamper [--peers] [--every N] [--seed S] [--only TEXT] [--folder DIR]…
      Flips every bit, deletes, inserts and duplicates every byte of right presentations, and cuts them:
      each must be refused, or say the very same. --peers: what other libraries issue and present, too.
  kill [ROUNDS] [STEP]
      Kills the browser at every write of every step that stores something, opens its profile again, and looks
      for what was torn or lost. 100 rounds a step.
  docs
      Writes docs/errors.md and the page /errors/ from the tables of codes and the string catalogue, and the tests
      of each threat into docs/threats.md, and the ready policies into docs/policies.md.
  shots [FILTER…]
      Screenshots of every page and state, into tests/shots.
  fuzz [--short] [--seconds N] [TARGET…]
      Every fuzz target for N seconds; --short is 30, and so it is when nothing is said.
  fuzz --replay
      Every input that was found, and how long the slowest one takes.
  film ARGUMENT…
      Writes films of a presenting wallet for a browser's camera, and reads them (film --help).

  help, --help, -h
";

/// One parsed command line.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Task {
    Help,
    Serve(Serve),
    Test(Test),
    Lint(Lint),
    Pack,
    Dist(Dist),
    Bench { name: String, arguments: Vec<String> },
    Docs,
    Conformance { date: String, with_isomdl: bool },
    Shots { filter: Vec<String> },
    Fuzz { seconds: u32, targets: Vec<String> },
    FuzzReplay,
    Film { arguments: Vec<String> },
    Tamper { arguments: Vec<String> },
    Kill { arguments: Vec<String> },
}

/// Parses a command line whose first word is the program.
pub(crate) fn parse(words: impl IntoIterator<Item = OsString>) -> anyhow::Result<Task> {
    let mut parser = Parser::from_iter(words);
    command(&mut parser).context("cannot read the command (see: cargo xtask --help)")
}

fn command(parser: &mut Parser) -> anyhow::Result<Task> {
    let word = match parser.next()? {
        None | Some(Arg::Short('h') | Arg::Long("help")) => return Ok(Task::Help),
        Some(Arg::Value(word)) => word.string()?,
        Some(other) => return Err(other.unexpected().into()),
    };
    match word.as_str() {
        "help" => Ok(Task::Help),
        "serve" => serve_arguments(parser),
        "test" => test_arguments(parser),
        "lint" => lint_arguments(parser),
        "pack" => Ok(if values(parser, 0)?.is_some() { Task::Pack } else { Task::Help }),
        "dist" => dist_arguments(parser),
        "bench" => bench_arguments(parser),
        "conformance" => conformance_arguments(parser),
        "shots" => Ok(values(parser, usize::MAX)?.map_or(Task::Help, |filter| Task::Shots { filter })),
        "kill" => Ok(values(parser, 2)?.map_or(Task::Help, |arguments| Task::Kill { arguments })),
        "docs" => Ok(if values(parser, 0)?.is_some() { Task::Docs } else { Task::Help }),
        "fuzz" => fuzz_arguments(parser),
        // These parse their own arguments.
        "tamper" => Ok(Task::Tamper { arguments: strings(parser.raw_args()?)? }),
        "film" => Ok(Task::Film { arguments: strings(parser.raw_args()?)? }),
        other => bail!("unknown command: {other}"),
    }
}

fn serve_arguments(parser: &mut Parser) -> anyhow::Result<Task> {
    let mut serve = Serve { port: 8080, open: false, profile: Profile::Demo };
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Long("port") => serve.port = parser.value()?.parse().context("--port")?,
            Arg::Long("open") => serve.open = true,
            Arg::Long("production") => serve.profile = Profile::Production,
            Arg::Short('h') | Arg::Long("help") => return Ok(Task::Help),
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(Task::Serve(serve))
}

fn test_arguments(parser: &mut Parser) -> anyhow::Result<Task> {
    let mut test = Test::default();
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Long("only") => {
                for name in parser.value()?.string()?.split(',') {
                    test.only.push(Part::from_name(name)?);
                }
            }
            Arg::Long("lint") => test.lint = true,
            Arg::Value(word) => test.filter.push(word.string()?),
            Arg::Short('h') | Arg::Long("help") => return Ok(Task::Help),
            other => return Err(other.unexpected().into()),
        }
    }
    if test.only.is_empty() && !test.filter.is_empty() {
        bail!("a filter needs --only, and the part that it is for");
    }
    Ok(Task::Test(test))
}

fn lint_arguments(parser: &mut Parser) -> anyhow::Result<Task> {
    let mut lint = Lint::default();
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Long("advisories") => lint.advisories = true,
            Arg::Long("only") => {
                for name in parser.value()?.string()?.split(',') {
                    lint.only.push(lint::Part::from_name(name)?);
                }
            }
            Arg::Short('h') | Arg::Long("help") => return Ok(Task::Help),
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(Task::Lint(lint))
}

fn dist_arguments(parser: &mut Parser) -> anyhow::Result<Task> {
    let mut dist = Dist { profile: Profile::Production, out: None, withdraw: false };
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Long("profile") => {
                dist.profile = match parser.value()?.string()?.as_str() {
                    "production" => Profile::Production,
                    "demo" => Profile::Demo,
                    other => bail!("--profile is production or demo, not {other}"),
                }
            }
            Arg::Long("out") => dist.out = Some(PathBuf::from(parser.value()?)),
            Arg::Long("withdraw") => dist.withdraw = true,
            Arg::Short('h') | Arg::Long("help") => return Ok(Task::Help),
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(Task::Dist(dist))
}

fn bench_arguments(parser: &mut Parser) -> anyhow::Result<Task> {
    let mut words = strings(parser.raw_args()?)?.into_iter();
    match words.next() {
        Some(word) if word == "--help" || word == "-h" => Ok(Task::Help),
        Some(word) if word.starts_with('-') => bail!("unknown argument: {word}"),
        name => Ok(Task::Bench { name: name.unwrap_or_else(|| "scan".into()), arguments: words.collect() }),
    }
}

fn conformance_arguments(parser: &mut Parser) -> anyhow::Result<Task> {
    let (mut date, mut with_isomdl) = (None, false);
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Long("date") => date = Some(parser.value()?.string()?),
            Arg::Long("with-isomdl") => with_isomdl = true,
            Arg::Short('h') | Arg::Long("help") => return Ok(Task::Help),
            other => return Err(other.unexpected().into()),
        }
    }
    let date = date.context("conformance needs --date, the day that the document shall name")?;
    Ok(Task::Conformance { date, with_isomdl })
}

fn fuzz_arguments(parser: &mut Parser) -> anyhow::Result<Task> {
    let (mut seconds, mut targets) = (30, Vec::new());
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Long("replay") => return Ok(Task::FuzzReplay),
            Arg::Long("short") => seconds = 30,
            Arg::Long("seconds") => seconds = parser.value()?.parse().context("--seconds")?,
            Arg::Value(word) => targets.push(word.string()?),
            Arg::Short('h') | Arg::Long("help") => return Ok(Task::Help),
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(Task::Fuzz { seconds, targets })
}

/// Returns at most `most` plain words; `None` for `--help`.
fn values(parser: &mut Parser, most: usize) -> anyhow::Result<Option<Vec<String>>> {
    let mut words = Vec::new();
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Value(word) if words.len() < most => words.push(word.string()?),
            Arg::Short('h') | Arg::Long("help") => return Ok(None),
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(Some(words))
}

fn strings(words: impl Iterator<Item = OsString>) -> anyhow::Result<Vec<String>> {
    words.map(|word| Ok(word.string()?)).collect()
}

/// Runs the task.
pub(crate) fn run(task: Task) -> anyhow::Result<ExitCode> {
    match task {
        Task::Help => step::say(HELP.trim_end()),
        Task::Serve(serve) => serve::run(&serve)?,
        Task::Test(test) => return test::run(&test),
        Task::Lint(lint) => return lint::run(&lint),
        Task::Pack => return pack::run(),
        Task::Dist(dist) => dist::run(&dist)?,
        Task::Bench { name, .. } if name == "bounds" => return attack::bounds(),
        Task::Bench { name, .. } if name == "sizes" => return sizes::print(),
        Task::Bench { name, .. } if name == "package" => return pack::beside_others(),
        Task::Bench { name, arguments } if name == "batch" => return attack::batch(&arguments),
        Task::Bench { name, arguments } => return daily::bench(&name, &arguments),
        Task::Conformance { date, with_isomdl } => test::conformance(&date, with_isomdl)?,
        Task::Shots { filter } => return daily::shots(&filter),
        Task::Fuzz { seconds, targets } => return attack::fuzz(seconds, &targets),
        Task::FuzzReplay => return attack::fuzz_replay(),
        Task::Docs => daily::docs()?,
        Task::Kill { arguments } => daily::kill(&arguments)?,
        Task::Film { arguments } => return daily::film(&arguments),
        Task::Tamper { arguments } => return attack::tamper(&arguments, test::presentations),
    }
    Ok(ExitCode::SUCCESS)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> anyhow::Result<Task> {
        parse(std::iter::once("xtask").chain(line.split_whitespace()).map(OsString::from))
    }

    #[test]
    fn commands_are_read() {
        let serve = Serve { port: 9000, open: true, profile: Profile::Production };
        assert_eq!(parsed("serve --port 9000 --open --production").unwrap(), Task::Serve(serve));
        let test = Test { only: vec![Part::Rust, Part::Browser], ..Test::default() };
        assert_eq!(parsed("test --only rust,browser").unwrap(), Task::Test(test));
        assert_eq!(parsed("test --lint").unwrap(), Task::Test(Test { lint: true, ..Test::default() }));
        assert_eq!(parsed("lint").unwrap(), Task::Lint(Lint::default()));
        let lint = Lint { only: vec![lint::Part::Deny], advisories: true };
        assert_eq!(parsed("lint --only deny --advisories").unwrap(), Task::Lint(lint));
        assert_eq!(parsed("fuzz --short").unwrap(), Task::Fuzz { seconds: 30, targets: vec![] });
        assert_eq!(parsed("bench").unwrap(), Task::Bench { name: "scan".into(), arguments: vec![] });
        for line in ["", "--help", "help", "serve --help", "lint -h"] {
            assert_eq!(parsed(line).unwrap(), Task::Help, "{line}");
        }
    }

    #[test]
    fn unknown_words_are_errors() {
        for line in [
            "sevre",
            "serve 8080",
            "serve --prot 1",
            "serve --port x",
            "serve --port 70000",
            "test --only rusty",
            "test something",
            "docs errors",
            "lint now",
            "lint --only browser",
            "dist --profile beta",
            "dist --out",
            "bench --fast",
            "conformance",
            "--version",
        ] {
            assert!(parsed(line).is_err(), "{line}");
        }
    }
}

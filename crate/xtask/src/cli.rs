//! The command line. Unknown words are errors.

use std::ffi::OsString;
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use lexopt::{Arg, Parser, ValueExt as _};

use crate::assets::Profile;
use crate::serve::{self, Serve};

const HELP: &str = "\
cargo xtask <command>

  serve [--port N] [--open] [--production]
      Builds everything and serves it on http://localhost:8080/ (the demo, unless --production).
";

/// One parsed command line.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Task {
    Help,
    Serve(Serve),
}

/// Reads a command line, its first word being the program.
pub(crate) fn parse(words: impl IntoIterator<Item = OsString>) -> anyhow::Result<Task> {
    let mut parser = Parser::from_iter(words);
    let task = command(&mut parser).context("see: cargo xtask --help")?;
    Ok(task)
}

fn command(parser: &mut Parser) -> anyhow::Result<Task> {
    match parser.next()? {
        None => Ok(Task::Help),
        Some(Arg::Short('h') | Arg::Long("help")) => Ok(Task::Help),
        Some(Arg::Value(word)) => match word.to_string_lossy().as_ref() {
            "help" => Ok(Task::Help),
            "serve" => serve_arguments(parser),
            other => bail!("unknown command: {other}"),
        },
        Some(other) => Err(other.unexpected().into()),
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

/// Does the task.
pub(crate) fn run(task: Task) -> anyhow::Result<ExitCode> {
    match task {
        Task::Help => crate::step::say(HELP.trim_end()),
        Task::Serve(serve) => serve::run(&serve)?,
    }
    Ok(ExitCode::SUCCESS)
}

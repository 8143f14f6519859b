//! `liangzheng`: verify, inspect, scan, issue and present driving licences from the command line.
//!
//! Verification is in the crates `mdoc` and `verdict`, the same as in the verifier page; here are files, this machine's
//! clock and randomness, and output.

mod archive;
mod args;
mod authority;
mod clock;
mod desk;
mod exit;
mod folder;
mod input;
mod inspect;
mod journal;
mod judge;
mod keys;
mod list;
mod make;
mod output;
mod picture;
mod policy;
mod present;
mod records;
mod report;
mod revocation;
mod say;
mod scan;
mod session;
mod signer;
mod status;
mod trust;
mod trust_file;
mod verify;

use std::process::ExitCode;

use anyhow::Result;
use clap::{CommandFactory as _, Parser as _};

use crate::args::authority::{AuthorityCommand, AuthorityStatusCommand, AuthorityTrustCommand};
use crate::args::{Cli, Command, PolicyCommand, Shell, StatusCommand, TrustCommand};
use crate::exit::{Exit, Wrong, wrong};
use crate::output::Output;

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let asked_for = !error.use_stderr();
            // If that cannot be written, the exit status still says it.
            let _ = error.print();
            return if asked_for { Exit::Done } else { Exit::Usage }.into();
        }
    };
    say::choose(cli.lang);
    match run(cli.command, &mut Output::standard()) {
        Ok(exit) => exit.into(),
        Err(error) => {
            eprintln!("{}", sentence(&error));
            Exit::Usage.into()
        }
    }
}

/// Returns this program's own sentences unchanged, and other errors with their context.
fn sentence(error: &anyhow::Error) -> String {
    match error.downcast_ref::<Wrong>() {
        Some(wrong) => wrong.to_string(),
        None => wrong("cli.wrong.other", &[("reason", &format!("{error:#}"))]).to_string(),
    }
}

fn run(command: Command, out: &mut Output) -> Result<Exit> {
    match command {
        Command::Verify(args) => verify::run(&args, out),
        Command::Inspect(args) => inspect::run(&args, out),
        Command::Scan(args) => scan::run(&args, out),
        Command::Authority(AuthorityCommand::Init(args)) => authority::init(&args, out),
        Command::Authority(AuthorityCommand::Issue(args)) => authority::issue(&args, out),
        Command::Authority(AuthorityCommand::Status(AuthorityStatusCommand::Set(args))) => {
            status::set(&args, out)
        }
        Command::Authority(AuthorityCommand::Status(AuthorityStatusCommand::Publish(args))) => {
            status::publish(&args, out)
        }
        Command::Authority(AuthorityCommand::Trust(AuthorityTrustCommand::Publish(args))) => {
            list::publish(&args, out)
        }
        Command::Authority(AuthorityCommand::DeskKey(args)) => desk::key(&args, out),
        Command::Authority(AuthorityCommand::Receive(args)) => desk::receive(&args, out),
        Command::Authority(AuthorityCommand::Queue(args)) => desk::queue(&args, out),
        Command::Authority(AuthorityCommand::Review(args)) => desk::review(&args, out),
        Command::Authority(AuthorityCommand::Journal(args)) => journal::run(&args, out),
        Command::Present(args) => present::run(&args, out),
        Command::Trust(TrustCommand::Show(args)) => trust::show(&args, out),
        Command::Trust(TrustCommand::FetchFromFile(args)) => list::fetch(&args, out),
        Command::Status(StatusCommand::Show(args)) => status::show(&args, out),
        Command::Policy(PolicyCommand::Check { file, json }) => policy::check(&file, json, out),
        Command::Record(command) => records::run(command, out),
        Command::Completions { shell } => completions(shell, out),
        Command::Man => man(out),
    }
}

fn completions(shell: Shell, out: &mut Output) -> Result<Exit> {
    let (mut command, mut script) = (Cli::command(), Vec::new());
    let name = command.get_name().to_owned();
    let shell = match shell {
        Shell::Bash => clap_complete::Shell::Bash,
        Shell::Zsh => clap_complete::Shell::Zsh,
        Shell::Fish => clap_complete::Shell::Fish,
    };
    clap_complete::generate(shell, &mut command, name, &mut script);
    out.bytes(&script)?;
    Ok(Exit::Done)
}

/// Writes one man page: the command, then each of its subcommands.
fn man(out: &mut Output) -> Result<Exit> {
    let mut command = Cli::command();
    command.build();
    let mut page = Vec::new();
    clap_mangen::Man::new(command.clone()).render(&mut page)?;
    for sub in command.get_subcommands() {
        render_below(sub, &mut page)?;
    }
    out.bytes(&page)?;
    Ok(Exit::Done)
}

fn render_below(command: &clap::Command, page: &mut Vec<u8>) -> Result<()> {
    if command.get_name() == "help" {
        return Ok(());
    }
    let name = command.get_bin_name().unwrap_or_default().to_uppercase();
    page.extend_from_slice(format!(".SH \"{name}\"\n").as_bytes());
    let man = clap_mangen::Man::new(command.clone());
    man.render_description_section(page)?;
    man.render_synopsis_section(page)?;
    man.render_options_section(page)?;
    for sub in command.get_subcommands() {
        render_below(sub, page)?;
    }
    Ok(())
}

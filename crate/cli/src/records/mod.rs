//! Records of decisions: a journal in a file, what is kept beside it, and what can be said of both.

mod again;
mod append;
mod check;
mod files;
mod list;
mod lists;

use anyhow::Result;

pub(crate) use append::{append, check as check_arguments};

use crate::args::record::RecordCommand;
use crate::exit::Exit;
use crate::output::Output;

/// Runs `liangzheng record`.
pub(crate) fn run(command: RecordCommand, out: &mut Output) -> Result<Exit> {
    match command {
        RecordCommand::Verify(args) => check::run(&args, out),
        RecordCommand::Replay(args) => again::run(&args, out),
        RecordCommand::List(args) => list::list(&args, out),
        RecordCommand::Show { journal, id, json } => list::show(&journal, &id, json, out),
        RecordCommand::Export { list: args, form } => list::export(&args, &form, out),
        RecordCommand::Erase(args) => list::erase(&args, out),
        RecordCommand::Receipt { journal, id } => list::receipt(&journal, &id, out),
    }
}

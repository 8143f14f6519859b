//! `liangzheng verify`.

use anyhow::Result;

use crate::args::VerifyArgs;
use crate::exit::Exit;
use crate::judge::{How, Judge, judged};
use crate::output::Output;
use crate::unwrap::unwrap;
use crate::{batch, input};

/// Runs the command.
pub(crate) fn run(args: &VerifyArgs, out: &mut Output) -> Result<Exit> {
    let how = How::new(args)?;
    let judge = Judge::new(&args.judge)?;
    if args.batch.batch {
        return batch::run(&args.file, &args.batch, &judge, &how);
    }
    let bytes = unwrap(input::read_any(&args.file, input::PRESENTATION)?);
    let context = judge.context(None);
    judged(&bytes, &how, &context).report(&context).write(judge.json, out)
}

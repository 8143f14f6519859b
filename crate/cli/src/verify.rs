//! `liangzheng verify`.

use anyhow::Result;
use batch::Judged;

use crate::args::VerifyArgs;
use crate::exit::{Exit, wrong_code};
use crate::judge::{Judge, how, say_unfit};
use crate::output::Output;
use crate::{archive, input, records};

/// Runs the command.
pub(crate) fn run(args: &VerifyArgs, out: &mut Output) -> Result<Exit> {
    let (how, values) = how(args)?;
    let judge = Judge::new(&args.judge)?;
    records::check_arguments(&args.record, &judge)?;
    if args.batch.batch {
        return archive::run(&args.file, &args.batch, judge.of_each, how);
    }
    let received = match input::presentation(&args.file)? {
        Ok(received) => received,
        Err(other) => {
            return Err(wrong_code("cli.wrong.other-kind", &input::name(&args.file), other.code()).into());
        }
    };
    let judged = Judged::of(&received, &how, &judge.of_each.context(None));
    let exit = judge.write(&judged, &received, out)?;
    records::append((&args.record, &args.judge), &judge, &judged, &received, &how)?;
    if let Some(values) = values {
        say_unfit(&judged, values);
    }
    Ok(exit)
}

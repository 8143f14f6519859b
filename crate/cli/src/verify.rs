//! `liangzheng verify`.

use anyhow::Result;

use crate::args::VerifyArgs;
use crate::exit::{Exit, wrong_code};
use crate::judge::{How, Judge, judged};
use crate::output::Output;
use crate::{batch, input};

/// Runs the command.
pub(crate) fn run(args: &VerifyArgs, out: &mut Output) -> Result<Exit> {
    let how = How::new(args)?;
    let judge = Judge::new(&args.judge)?;
    if args.batch.batch {
        return batch::run(&args.file, &args.batch, &judge, &how);
    }
    let received = match input::presentation(&args.file)? {
        Ok(received) => received,
        Err(other) => {
            return Err(wrong_code("cli.wrong.other-kind", &input::name(&args.file), other.code()).into());
        }
    };
    let context = judge.context(None);
    let judged = judged(&received, &how, &context);
    judge.write(&judged, &received, &how, out)
}

//! `liangzheng authority review`: a photo is approved or rejected, and the answer is made.

use anyhow::Result;
use authority::desk::{Action, ApplicationId, QueueFilter};
use cbor::Timestamp;

use super::said::{self, who};
use super::steps::OpenDesk;
use crate::args::desk::ReviewArgs;
use crate::exit::{Exit, wrong};
use crate::output::Output;
use crate::{clock, input, keys};

/// Runs the command.
pub(crate) fn run(args: &ReviewArgs, out: &mut Output) -> Result<Exit> {
    let now = clock::moment(args.at_desk.at.as_deref())?;
    keys::refuse_existing(args.out.as_deref())?;
    let mut desk = OpenDesk::open(&args.at_desk.desk)?;
    let id = find(&desk, &args.id, now)?;
    let action = match args.reject {
        None => Action::Approve { id },
        Some(reason) => Action::Reject { id, reason, note: args.note.clone() },
    };
    let name = desk.desk.application(id).and_then(|queued| who(&desk.desk, queued, now));
    let about = name.map_or_else(|| id.to_hex(), |(name, _)| name);
    let said = match desk.carry_out(id, action, &args.at_desk.clerk, now)? {
        Err(refused) => said::refused(&about, &refused),
        Ok(done) => {
            if let Some(target) = &args.out {
                keys::write_new(target, &input::read(&desk.folder.answer(id), input::SMALL)?, false)?;
            }
            let refused = matches!(done.outcome, Some(authority::desk::Outcome::Refused { .. }));
            let mut said = said::done(&about, &done, &desk.folder);
            // The clerk's own decision was carried out, whatever it says.
            said.exit = if refused { Exit::Refused } else { Exit::Done };
            said
        }
    };
    if args.at_desk.json {
        out.json(&said.json)?;
    } else {
        said.write(out)?;
    }
    Ok(said.exit)
}

/// Returns the one application whose id begins so.
fn find(desk: &OpenDesk, id: &str, now: Timestamp) -> Result<ApplicationId> {
    let wanted = id.to_ascii_lowercase();
    let all = desk.desk.queue(&QueueFilter::default(), now);
    let mut found = all.iter().map(|queued| queued.id).filter(|id| id.to_hex().starts_with(&wanted));
    match (found.next(), found.next()) {
        (Some(id), None) if !wanted.is_empty() => Ok(id),
        _ => Err(wrong("cli.wrong.application-id", &[("id", id)]).into()),
    }
}

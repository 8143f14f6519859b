//! `liangzheng authority receive`: applications are opened, verified and queued, or answered at once.

use std::path::Path;

use anyhow::Result;
use authority::desk::{Action, ApplicationId, Received};
use cbor::Timestamp;
use serde_json::json;
use verdict::Colour;

use super::said::{self, Said, who};
use super::steps::OpenDesk;
use crate::args::desk::ReceiveArgs;
use crate::exit::{Exit, Wrong};
use crate::output::Output;
use crate::{clock, input};

/// Runs the command.
pub(crate) fn run(args: &ReceiveArgs, out: &mut Output) -> Result<Exit> {
    let now = clock::moment(args.at_desk.at.as_deref())?;
    let mut desk = OpenDesk::open(&args.at_desk.desk)?;
    let mut worst = Ok(Exit::Done);
    let mut all = Vec::new();
    for file in &args.files {
        let said = match input::read_any(file, input::SMALL) {
            Ok(payload) => receive(&mut desk, file, &payload, &args.at_desk.clerk, now),
            Err(error) => unread(file, &error),
        };
        let said = match said {
            Ok(said) => said,
            // Those before it are done, and said below.
            Err(error) => {
                worst = Err(error);
                break;
            }
        };
        if !args.at_desk.json {
            said.write(out)?;
        }
        worst = worst.map(|worst| worst.max(said.exit));
        all.push(said.json);
    }
    if args.at_desk.json {
        out.json(&json!({ "applications": all }))?;
    }
    worst
}

fn receive(desk: &mut OpenDesk, file: &Path, payload: &[u8], clerk: &str, now: Timestamp) -> Result<Said> {
    let shown = input::name(file);
    let received = match desk.open_application(payload, now) {
        Ok(received) => received,
        Err(error) => return Ok(said::refused(&shown, &error.into())),
    };
    let id = ApplicationId::new(received.body().id);
    let action = Action::Receive(Box::new(Received::from(&received)));
    let done = match desk.carry_out(id, action, clerk, now)? {
        Ok(done) => done,
        Err(refused) => return Ok(said::refused(&shown, &refused)),
    };
    // The name is the register's: what an application says of itself is not printed.
    let name = done.queued.as_ref().and_then(|queued| who(&desk.desk, queued, now));
    let about = name.map_or_else(|| shown.clone(), |(name, _)| format!("{shown} ({name})"));
    Ok(said::done(&about, &done, &desk.folder))
}

/// Says that a file cannot be read; the others are received all the same.
fn unread(file: &Path, error: &anyhow::Error) -> Result<Said> {
    let Some(wrong) = error.downcast_ref::<Wrong>() else {
        anyhow::bail!("{error:#}");
    };
    let text = wrong.to_string();
    let json = json!({ "about": input::name(file), "id": null, "state": "not-done", "code": null, "text": text,
        "answer": null, "receipt": null, "steps": null, "status_changed": false });
    Ok(Said { exit: Exit::Usage, colour: Colour::Red, lines: vec![text], json })
}

//! Applications and what was done with them, in words and as JSON.

use anyhow::Result;
use authority::application::Occasion;
use authority::desk::{Desk, Outcome, Queued, Stage};
use authority::photo::REJECTIONS_MAX;
use cbor::Timestamp;
use serde_json::{Value, json};
use verdict::{Colour, Message};

use super::folder::Folder;
use super::steps::{Done, Refused};
use crate::exit::Exit;
use crate::output::Output;
use crate::say::{Language, fill, language, moment, next_step, plain, say, tr};

/// Minutes of a day.
const DAY: i64 = 1_440;

/// Returns what a message says, and what to do about it.
pub(super) fn sentence(message: &Message) -> String {
    match next_step(message) {
        Some(next) => format!("{} {next}", say(message)),
        None => say(message),
    }
}

/// Returns the driver's name as the register has it, with the end of the number; nothing for one that it does not have.
pub(super) fn who(desk: &Desk, queued: &Queued, now: Timestamp) -> Option<(String, String)> {
    let facts = desk.driver(&queued.reference, now)?.facts;
    let name = match language() {
        Language::Chinese => facts.name_zh(),
        Language::English => format!("{} {}", facts.name_zh(), facts.name_latin()),
    };
    Some((name, facts.number_last4()))
}

/// Returns what an application is for.
pub(super) fn occasion(occasion: Occasion) -> &'static str {
    tr(match occasion {
        Occasion::FirstClaim => "desk.occasion.first-claim",
        Occasion::Replacement => "desk.occasion.replacement",
        Occasion::Reclaim => "desk.occasion.reclaim",
        Occasion::Refresh => "desk.occasion.refresh",
    })
}

/// Returns how long an application waits, or by how much it is late, or what became of it.
pub(super) fn age(queued: &Queued, now: Timestamp) -> String {
    let waited = |key, seconds| fill(key, &[("age", &length(seconds))]);
    match queued.stage() {
        Stage::ToReview if queued.is_overdue(now) => waited("desk.age.late", now.seconds_since(queued.due())),
        Stage::ToReview => waited("desk.age.waits", queued.age(now)),
        Stage::ToAnswer => tr("desk.stage.to-answer").to_owned(),
        Stage::Done => tr("desk.stage.done").to_owned(),
    }
}

/// Returns a length of time in its two largest units.
fn length(seconds: i64) -> String {
    let minutes = seconds.max(0) / 60;
    let number = |value: i64| value.to_string();
    let (key, values) = match (minutes / DAY, minutes / 60) {
        (0, 0) => ("desk.age.minutes", [("minutes", number(minutes)), ("hours", String::new())]),
        (0, hours) => ("desk.age.hours", [("hours", number(hours)), ("minutes", number(minutes % 60))]),
        (days, hours) => ("desk.age.days", [("days", number(days)), ("hours", number(hours % 24))]),
    };
    fill(key, &values.each_ref().map(|(name, value)| (*name, value.as_str())))
}

/// What became of an application, for a terminal and for a program.
pub(super) struct Said {
    pub(super) exit: Exit,
    pub(super) colour: Colour,
    pub(super) lines: Vec<String>,
    pub(super) json: Value,
}

impl Said {
    /// Writes it for a person.
    pub(super) fn write(&self, out: &mut Output) -> Result<()> {
        let mut lines = self.lines.iter();
        if let Some(first) = lines.next() {
            out.verdict(self.colour, first)?;
        }
        lines.try_for_each(|line| out.faint(&format!("  {line}")))
    }
}

/// Says what was done. `about` is what a line begins with.
pub(super) fn done(about: &str, done: &Done, folder: &Folder) -> Said {
    let answer = folder.answer(done.id).display().to_string();
    let receipt = folder.receipt(done.id).display().to_string();
    let id = done.id.to_hex();
    let values = |more: &[(&str, &str)], key: &str| {
        fill(key, &[&[("about", about), ("file", &*answer), ("id", &*id)], more].concat())
    };
    let (exit, colour, state, line, code, text) = match &done.outcome {
        None => {
            let due = done.queued.as_ref().map(|queued| moment(queued.due().plus_seconds(-60)));
            let line = values(&[("due", &due.unwrap_or_default())], "cli.desk.waits");
            (Exit::Done, Colour::Amber, "to-review", line, None, None)
        }
        Some(Outcome::Issued(_)) => {
            (Exit::Done, Colour::Green, "issued", values(&[], "cli.desk.issued"), None, None)
        }
        Some(Outcome::Rejected { reason, rejections, .. }) => {
            let text = plain(reason.code());
            let counts = (rejections.to_string(), REJECTIONS_MAX.to_string());
            let more = [("reason", &*text), ("count", &*counts.0), ("most", &*counts.1)];
            let line = values(&more, "cli.desk.rejected");
            (Exit::Done, Colour::Amber, "rejected", line, Some(reason.code()), Some(text))
        }
        Some(Outcome::Counter { reason, office, .. }) => {
            let office = match language() {
                Language::Chinese => &office.name,
                Language::English => &office.name_latin,
            };
            let line = values(&[("office", office)], "cli.desk.counter");
            let text = reason.map(|reason| plain(reason.code()));
            (Exit::Refused, Colour::Red, "counter", line, reason.map(|reason| reason.code()), text)
        }
        Some(Outcome::Refused { code, message, .. }) => {
            let text = sentence(message);
            let line = values(&[("reason", &text), ("code", code)], "cli.desk.refused");
            (Exit::Refused, Colour::Red, "refused", line, Some(*code), Some(text))
        }
    };
    let answered = done.outcome.is_some();
    let mut lines = vec![line];
    if answered {
        let steps = done.steps.to_string();
        lines.push(fill("cli.desk.receipt", &[("file", &receipt), ("steps", &steps)]));
    }
    if done.status_changed {
        lines.push(tr("cli.desk.list-changed").to_owned());
    }
    let json = json!({
        "about": about,
        "id": id,
        "state": state,
        "code": code,
        "text": text,
        "answer": answered.then_some(answer),
        "receipt": answered.then_some(receipt),
        "steps": done.steps,
        "status_changed": done.status_changed,
    });
    Said { exit, colour, lines, json }
}

/// Says why nothing was done.
pub(super) fn refused(about: &str, refused: &Refused) -> Said {
    let text = sentence(&refused.message);
    let values = [("about", about), ("reason", &*text), ("code", refused.code)];
    let json = json!({
        "about": about,
        "id": null,
        "state": "not-done",
        "code": refused.code,
        "text": text,
        "answer": null,
        "receipt": null,
        "steps": null,
        "status_changed": false,
    });
    Said { exit: Exit::Refused, colour: Colour::Red, lines: vec![fill("cli.desk.not-done", &values)], json }
}

//! `liangzheng authority queue`: what waits at a desk.

use anyhow::Result;
use authority::desk::{Desk, QueueFilter, Queued, Stage};
use cbor::Timestamp;
use serde_json::{Value, json};
use verdict::Colour;

use super::folder::Folder;
use super::measures;
use super::said::{age, occasion, who};
use crate::args::desk::QueueArgs;
use crate::clock;
use crate::exit::{Exit, wrong_code};
use crate::output::Output;
use crate::say::{fill, plain, tr};

/// Runs the command.
pub(crate) fn run(args: &QueueArgs, out: &mut Output) -> Result<Exit> {
    let now = clock::moment(args.at.as_deref())?;
    let folder = Folder::new(&args.desk);
    let _a_desk = folder.key()?;
    let desk = folder.read()?.desk(&folder)?;
    if let Some(finding) = desk.findings().first() {
        let shown = args.desk.display().to_string();
        return Err(wrong_code("cli.wrong.journal", &shown, finding.code.code()).into());
    }
    let all = desk.queue(&QueueFilter::default(), now);
    let listed: Vec<&Queued> =
        all.into_iter().filter(|queued| args.all || queued.stage() != Stage::Done).collect();
    if args.json {
        let applications: Vec<Value> =
            listed.iter().map(|queued| to_json(&desk, queued, &folder, now)).collect();
        out.json(&json!({ "at": now.format_tdate(), "applications": applications }))?;
        return Ok(Exit::Done);
    }
    for queued in &listed {
        write(&desk, queued, &folder, now, out)?;
    }
    let late = listed.iter().filter(|queued| queued.is_overdue(now)).count();
    let counts = (listed.len().to_string(), late.to_string());
    let key = if listed.is_empty() { "cli.desk.empty" } else { "cli.desk.listed" };
    out.faint(&fill(key, &[("count", &counts.0), ("late", &counts.1)]))?;
    Ok(Exit::Done)
}

fn write(desk: &Desk, queued: &Queued, folder: &Folder, now: Timestamp, out: &mut Output) -> Result<()> {
    let (name, last4) = who(desk, queued, now).unwrap_or_else(|| (queued.reference.clone(), String::new()));
    let parts = [age(queued, now), occasion(queued.occasion).to_owned(), name, format!("…{last4}")];
    let line = format!("{}  {}", queued.id.to_hex(), parts.join(" · "));
    if queued.is_overdue(now) {
        out.verdict(Colour::Red, &line)?
    } else {
        out.strong(&line)?
    }
    for rejection in queued.state.rejections() {
        let reason = plain(rejection.reason.code());
        let text = [Some(reason), rejection.note.clone()].into_iter().flatten().collect::<Vec<_>>().join(" ");
        out.line(&format!("    {}", fill("cli.desk.before", &[("reason", &text)])))?;
    }
    match queued.photo() {
        Some((large, _)) if queued.stage() == Stage::ToReview => {
            let photo = folder.read_photo(large);
            for line in measures::lines(photo.and_then(|photo| measures::of_jpeg(&photo)).as_ref()) {
                out.line(&format!("    {line}"))?;
            }
            out.faint(&format!("    {}", folder.photo(large).display()))?;
        }
        _ if queued.stage() == Stage::Done => {
            out.faint(&format!("    {}", folder.answer(queued.id).display()))?;
        }
        _ => out.line(&format!("    {}", tr("desk.review.photo-stays")))?,
    }
    Ok(())
}

fn to_json(desk: &Desk, queued: &Queued, folder: &Folder, now: Timestamp) -> Value {
    let facts = desk.driver(&queued.reference, now).map(|driver| driver.facts);
    let photo = queued.photo().map(|(large, _)| large).filter(|_| queued.stage() == Stage::ToReview);
    let report = photo.and_then(|large| folder.read_photo(large)).and_then(|jpeg| measures::of_jpeg(&jpeg));
    let rejections: Vec<Value> = queued
        .state
        .rejections()
        .iter()
        .map(|rejection| json!({ "code": rejection.reason.code(), "note": rejection.note }))
        .collect();
    let answered = queued.stage() == Stage::Done && folder.answer(queued.id).exists();
    json!({
        "id": queued.id.to_hex(),
        "state": queued.stage(),
        "occasion": queued.occasion,
        "driver": queued.reference,
        "name": facts.as_ref().map(|facts| facts.name_zh()),
        "name_latin": facts.as_ref().map(|facts| facts.name_latin()),
        "number_last4": facts.as_ref().map(|facts| facts.number_last4()),
        "made_at": queued.made_at.format_tdate(),
        "received_at": queued.received_at.format_tdate(),
        "age_seconds": queued.age(now),
        "due": queued.due().format_tdate(),
        "overdue": queued.is_overdue(now),
        "rejections": rejections,
        "photo": photo.map(|large| folder.photo(large).display().to_string()),
        "measured": measures::json(report.as_ref()),
        "answer": answered.then(|| folder.answer(queued.id).display().to_string()),
    })
}

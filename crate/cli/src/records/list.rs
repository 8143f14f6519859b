//! `liangzheng record list`, `show`, `export`, `erase` and `receipt`.

use ::record::{Filter, Record, decision_name, to_csv};
use anyhow::Result;
use licence::ShownText;
use verdict::Colour;

use super::append::checkpoint;
use super::files::{Files, Read, text_in};
use crate::args::record::{ExportForm, RecordEraseArgs, RecordFilterArgs, RecordListArgs};
use crate::clock;
use crate::exit::{Exit, wrong, wrong_code};
use crate::input;
use crate::output::Output;
use crate::say::{fill, moment, tr};

/// Most characters of a text of a record on a terminal.
const SHOWN: usize = 300;

/// Returns the records that are wanted; those that cannot be read are named on standard error.
fn wanted(args: &RecordFilterArgs) -> Result<Vec<Record>> {
    let read = Files::of(&args.journal).read()?;
    let time = |text: &Option<String>| text.as_deref().map(|text| clock::moment(Some(text))).transpose();
    let filter = Filter {
        text: args.text.as_deref(),
        from: time(&args.from)?,
        before: time(&args.to)?,
        decision: args.decision.map(Into::into),
    };
    let mut records = Vec::new();
    for (line, number) in read.lines().zip(1..) {
        match Record::from_line(line) {
            Ok(record) if filter.wants(&record) => records.push(record),
            Ok(_) => {}
            Err(error) => {
                eprintln!("{}", wrong_code("cli.wrong.record", &i32::to_string(&number), error.code()))
            }
        }
    }
    Ok(records)
}

/// Runs `record list`.
pub(crate) fn list(args: &RecordListArgs, out: &mut Output) -> Result<Exit> {
    let records = wanted(&args.list)?;
    for record in &records {
        if args.json {
            out.line(&serde_json::to_string(record)?)?;
            continue;
        }
        let text = |text: Option<&String>| ShownText::new(text.map_or("-", String::as_str), 40);
        let codes: Vec<&str> = record
            .rules
            .iter()
            .filter(|rule| rule.effect.is_some())
            .filter_map(|rule| rule.code.as_deref())
            .collect();
        let codes = ShownText::new(&codes.join(", "), SHOWN);
        let line = format!(
            "{}  {}  {}  {}  {}  {}",
            record.record_id.to_hex(),
            moment(record.event_time.0),
            ShownText::new(&record.policy.id, 64).as_str(),
            text(record.entity_id.as_ref()).as_str(),
            decided(record),
            codes.as_str(),
        );
        out.verdict(colour(record), line.trim_end())?;
    }
    if !args.json {
        out.faint(&fill("cli.record.count", &[("count", &records.len().to_string())]))?;
    }
    Ok(Exit::Done)
}

fn decided(record: &Record) -> String {
    match record.overridden.as_ref() {
        None => decision_name(record.decision).to_owned(),
        Some(by) => format!("{} → {}", decision_name(record.decision), decision_name(by.decision)),
    }
}

fn colour(record: &Record) -> Colour {
    match record.final_decision() {
        verdict::DecisionOutcome::Accept => Colour::Green,
        verdict::DecisionOutcome::Review => Colour::Amber,
        verdict::DecisionOutcome::Refuse => Colour::Red,
    }
}

/// Runs `record show`.
pub(crate) fn show(journal: &std::path::Path, id: &str, as_json: bool, out: &mut Output) -> Result<Exit> {
    let files = Files::of(journal);
    let read = files.read()?;
    let index = read.find(id)?;
    let (record, line) = read.record(index)?;
    if as_json {
        out.bytes(&[line, b"\n"].concat())?;
        return Ok(Exit::Done);
    }
    out.strong(&format!("{}  {}", record.record_id.to_hex(), moment(record.event_time.0)))?;
    out.verdict(colour(&record), &decided(&record))?;
    let shown = |text: &str| ShownText::new(text, SHOWN).as_str().to_owned();
    let mut row = |key: &str, value: Option<String>| match value {
        Some(value) => out.line(&format!("  {} {value}", tr(key))),
        None => Ok(()),
    };
    let chinese = crate::say::language() == crate::say::Language::Chinese;
    let words = |words: &verdict::Words| shown(if chinese { &words.zh } else { &words.en });
    row("cli.record.purpose", Some(words(&record.purpose)))?;
    row("cli.record.controller", Some(words(&record.pii_controller)))?;
    let policy = format!("{} {} {}", record.policy.id, record.policy.version, record.policy.sha256);
    row("cli.record.policy", Some(shown(&policy)))?;
    row("cli.record.operator", record.entity_id.as_deref().map(shown))?;
    row("cli.record.place", record.processing_location.as_deref().map(shown))?;
    row("cli.record.program", Some(shown(&record.program)))?;
    if let Some(by) = &record.overridden {
        row("cli.record.override", Some(format!("{}: {}", shown(&by.by), shown(&by.reason))))?;
    }
    let keys =
        record.issuer.as_ref().map(|keys| format!("{} {}", shown(&keys.country), keys.key_id.to_hex()));
    row("cli.record.issuer", keys)?;
    for document in &record.documents {
        let names: Vec<&str> =
            document.pii_information.iter().flat_map(|of| of.pii_types.iter().map(String::as_str)).collect();
        row("cli.record.seen", Some(format!("{}: {}", shown(&document.doc_type), shown(&names.join(", ")))))?;
    }
    let hashes = |list: &[::record::Hash]| {
        (!list.is_empty()).then(|| list.iter().map(|hash| hash.to_hex()).collect::<Vec<_>>().join(" "))
    };
    row("cli.record.trust", hashes(&record.lists.trust))?;
    row("cli.record.status", hashes(&record.lists.status))?;
    row("cli.record.revocation", hashes(&record.lists.revocation))?;
    let payload = files.read_payload(record.record_id)?;
    let kept = match read.journal.payload_state(index, payload.as_deref()) {
        ::record::PayloadState::NotKept => "cli.record.payload-none",
        ::record::PayloadState::Whole => "cli.record.payload-kept",
        ::record::PayloadState::Erased => "cli.record.payload-erased",
        ::record::PayloadState::Changed => "cli.record.payload-changed",
    };
    let until = record.keep_until.map(|until| moment(until.0)).unwrap_or_default();
    out.line(&format!("  {}", fill(kept, &[("until", &until)])))?;
    for rule in &record.rules {
        let code = rule.code.as_deref().unwrap_or_default();
        let sign = match rule.outcome {
            verdict::RuleOutcome::Pass => "+",
            verdict::RuleOutcome::Fail => "x",
            verdict::RuleOutcome::Undetermined => "?",
            verdict::RuleOutcome::NotApplicable => "-",
        };
        let code = if code.is_empty() { String::new() } else { format!(": {}", shown(code)) };
        out.line(&format!("  {sign} {}{code}", shown(&rule.rule)))?;
    }
    Ok(Exit::Done)
}

/// Runs `record export`.
pub(crate) fn export(args: &RecordFilterArgs, form: &ExportForm, out: &mut Output) -> Result<Exit> {
    let records = wanted(args)?;
    if form.csv {
        // Spreadsheets take a file without this mark for one in an older encoding.
        out.bytes(format!("\u{feff}{}", to_csv(&records)).as_bytes())?;
    } else {
        out.json(&serde_json::to_value(&records)?)?;
    }
    Ok(Exit::Done)
}

/// Runs `record erase`.
pub(crate) fn erase(args: &RecordEraseArgs, out: &mut Output) -> Result<Exit> {
    let files = Files::of(&args.journal);
    let read: Read = files.read()?;
    let ids = if args.due {
        read.journal.due(clock::moment(args.at.as_deref())?)
    } else {
        let find = |id: &String| {
            let index = read.find(id)?;
            Ok(read.record(index)?.0.record_id)
        };
        args.ids.iter().map(find).collect::<Result<Vec<_>>>()?
    };
    let mut erased = 0;
    for id in ids {
        if files.erase(id)? {
            erased += 1;
            out.line(&id.to_hex())?;
        }
    }
    out.faint(&fill("cli.record.erased", &[("count", &i32::to_string(&erased))]))?;
    Ok(Exit::Done)
}

/// Runs `record receipt`.
pub(crate) fn receipt(journal: &std::path::Path, id: &str, out: &mut Output) -> Result<Exit> {
    let files = Files::of(journal);
    let read = files.read()?;
    let index = read.find(id)?;
    let (_, line) = read.record(index)?;
    let shown = input::name(journal);
    // A proof is of the whole journal: the checkpoint must be as well.
    let signed = checkpoint(&files)?;
    let fits = signed.is_some_and(|signed| {
        signed.size == read.journal.len() as u64 && read.journal.against_checkpoint(&signed).is_none()
    });
    if !fits {
        return Err(wrong("cli.wrong.no-checkpoint", &[("file", &shown)]).into());
    }
    let note = text_in(&files.checkpoint())?;
    match read.journal.receipt(line, &note) {
        Some(receipt) => out.line(&receipt.to_json())?,
        None => return Err(wrong_code("cli.wrong.journal", &shown, "journal-not-whole").into()),
    }
    Ok(Exit::Done)
}

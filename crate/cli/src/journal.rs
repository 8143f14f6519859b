//! `liangzheng authority journal`: the journal of an authority's desk, held against receipts.

use ::record::{Checkpoint, Hash, JournalCode, JournalFinding, RECORDS_MAX};
use anyhow::Result;
use authority::journal::{Receipt, Step, VerifyError};
use serde_json::{Value, json};

use crate::args::authority::JournalArgs;
use crate::exit::{Exit, wrong, wrong_code};
use crate::input;
use crate::output::Output;
use crate::say::{fill, plain, reason, tr};

/// Most bytes of a journal that is read.
const JOURNAL: usize = 256 * 1024 * 1024;

/// Runs the command.
pub(crate) fn run(args: &JournalArgs, out: &mut Output) -> Result<Exit> {
    let name = input::name(&args.journal);
    let bytes = input::read(&args.journal, JOURNAL)?;
    let mut journal = ::record::Journal::new();
    let refused = |code: &str| wrong_code("cli.wrong.journal", &name, code);
    let lines: Vec<&[u8]> = ::record::lines(&bytes).take(RECORDS_MAX.saturating_add(1)).collect();
    lines.iter().try_for_each(|line| journal.push(line)).map_err(|error| refused(error.code()))?;
    let mut found = journal.findings();
    for (index, line) in lines.iter().enumerate() {
        let step = std::str::from_utf8(line).ok().and_then(Step::from_line);
        let told = found.iter().any(|finding| finding.line == Some(index + 1));
        if step.is_none() && !told {
            let code = JournalCode::Unreadable;
            found.push(JournalFinding { code, line: Some(index + 1), record_id: None, count: 1 });
        }
    }
    // Where lines do not fit, that the root is another one says no more.
    let broken = !journal.is_whole();
    let mut held = Vec::new();
    for path in &args.receipt {
        let shown = input::name(path);
        let refused = |error: VerifyError| wrong_code("cli.wrong.other-kind", &shown, error.code());
        let receipt = Receipt::from_json(&input::read(path, input::SMALL)?)
            .map_err(|error| refused(VerifyError::Receipt(error)))?;
        receipt.verify().map_err(|error| refused(VerifyError::Receipt(error)))?;
        held.extend(journal.against_leaf(receipt.record_id, receipt.index, receipt.leaf));
        held.extend(journal.against_checkpoint(&receipt.checkpoint()));
    }
    for state in &args.state {
        held.extend(journal.against_checkpoint(&checkpoint(state)?));
    }
    for finding in held {
        let told = broken && finding.code == JournalCode::Rewritten;
        if !told && !found.contains(&finding) {
            found.push(finding);
        }
    }
    let exit = if found.is_empty() { Exit::Done } else { Exit::Refused };
    let against = args.receipt.len() + args.state.len();
    if args.json {
        let steps = args.steps.then(|| steps(&lines));
        out.json(&json!({
            "whole": found.is_empty(),
            "steps": steps.map_or_else(|| Value::from(journal.len()), Value::from),
            "root": journal.root().to_hex(),
            "against": against,
            "findings": found.iter().map(to_json).collect::<Vec<_>>(),
        }))?;
        return Ok(exit);
    }
    let (colour, key) = match exit {
        Exit::Done => (verdict::Colour::Green, "cli.desk.whole"),
        _ => (verdict::Colour::Red, "cli.desk.broken"),
    };
    out.verdict(colour, &fill(key, &[("steps", &journal.len().to_string())]))?;
    for finding in &found {
        let line = finding.line.map(|line| line.to_string());
        let at = match &line {
            Some(line) => fill("cli.record.line", &[("line", line)]),
            None => tr("cli.record.journal").to_owned(),
        };
        let code = finding.code.code();
        out.line(&format!("  x {at}: {} [{code}]", reason(code)))?;
    }
    if args.steps {
        for step in lines.iter().filter_map(|line| std::str::from_utf8(line).ok().and_then(Step::from_line)) {
            let at = step.event_time.0.format_tdate();
            let driver = step.details.driver.unwrap_or_default();
            out.line(&format!("  {} {at} {} {} {driver}", step.sequence, step.clerk, step.step.code()))?;
        }
    }
    out.faint(&format!("  {}", journal.root().to_hex()))?;
    match against {
        0 => out.faint(&format!("  {}", tr("cli.desk.unheld")))?,
        count => out.line(&format!("  {}", fill("cli.desk.held", &[("count", &count.to_string())])))?,
    }
    Ok(exit)
}

fn steps(lines: &[&[u8]]) -> Vec<Value> {
    lines.iter().map(|line| serde_json::from_slice(line).unwrap_or(Value::Null)).collect()
}

fn to_json(finding: &JournalFinding) -> Value {
    let code = finding.code.code();
    let id = finding.record_id.map(::record::RecordId::to_hex);
    json!({ "code": code, "text": plain(code), "line": finding.line, "id": id, "count": finding.count })
}

/// Reads a size and a root.
fn checkpoint(text: &str) -> Result<Checkpoint> {
    let parts = text.split_once(':');
    let read = parts.and_then(|(size, root)| Some((size.parse().ok()?, Hash::from_hex(root)?)));
    let (size, root) = read.ok_or_else(|| wrong("cli.wrong.state", &[("text", text)]))?;
    Ok(Checkpoint { origin: String::new(), size, root })
}

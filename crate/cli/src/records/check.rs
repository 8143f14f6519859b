//! `liangzheng record verify`.

use ::record::{
    Checkpoint, JournalCode, JournalFinding, NoteAlgorithm, NoteError, NoteKey, PayloadState, Receipt,
    SignedNote,
};
use anyhow::Result;
use native::{Ring, verify_ed25519};
use serde_json::{Map, Value, json};
use signature::{Algorithm, Curve, PublicKey, UnverifiedSignature, VerifySignature as _};

use super::files::{Files, Read, key_in, key_of, text_in};
use crate::args::record::RecordVerifyArgs;
use crate::exit::Exit;
use crate::input;
use crate::output::Output;
use crate::say::{fill, plain, reason, tr};

/// What was found, by its code.
struct Found {
    code: &'static str,
    /// The line from 1.
    line: Option<usize>,
    id: Option<String>,
    count: u64,
    /// The file, where it is not the journal.
    file: Option<String>,
}

impl From<JournalFinding> for Found {
    fn from(finding: JournalFinding) -> Self {
        let id = finding.record_id.map(::record::RecordId::to_hex);
        Self { code: finding.code.code(), line: finding.line, id, count: finding.count, file: None }
    }
}

impl Found {
    fn in_file(code: &'static str, file: String) -> Self {
        Self { code, line: None, id: None, count: 1, file: Some(file) }
    }

    fn to_json(&self) -> Value {
        let mut found = Map::new();
        found.insert("code".into(), self.code.into());
        found.insert("text".into(), plain(self.code).into());
        found.insert("count".into(), self.count.into());
        for (name, value) in [
            ("line", self.line.map(Value::from)),
            ("id", self.id.clone().map(Value::from)),
            ("file", self.file.clone().map(Value::from)),
        ] {
            found.extend(value.map(|value| (name.to_owned(), value)));
        }
        Value::Object(found)
    }

    fn print(&self, out: &mut Output) -> Result<()> {
        let line = self.line.map(|line| line.to_string());
        let at = match (&line, &self.file) {
            (Some(line), _) => fill("cli.record.line", &[("line", line)]),
            (None, Some(file)) => file.clone(),
            (None, None) => tr("cli.record.journal").to_owned(),
        };
        let count = if self.count > 1 { format!(" ({})", self.count) } else { String::new() };
        out.line(&format!("  x {at}{count}: {} [{}]", reason(self.code), self.code))?;
        self.id.as_ref().map_or(Ok(()), |id| out.faint(&format!("    {id}")))
    }
}

/// Which checkpoints and receipts hold.
#[derive(Default)]
struct Against {
    found: Vec<Found>,
    /// Signatures that could not be checked.
    unchecked: Vec<Found>,
    /// The greatest size of a checkpoint that a key vouches for.
    signed: Option<u64>,
}

/// Runs the command.
pub(crate) fn run(args: &RecordVerifyArgs, out: &mut Output) -> Result<Exit> {
    let files = Files::of(&args.journal);
    let read = files.read()?;
    let journal = &read.journal;
    let mut found: Vec<Found> = journal.findings().into_iter().map(Found::from).collect();
    let (kept, erased) = payloads(&files, &read, &mut found)?;
    for path in files.stray(journal)? {
        found.push(Found::in_file(JournalCode::PayloadStray.code(), input::name(&path)));
    }
    let against = against(args, &files, &read)?;
    // Where lines do not fit, that the root is another one says no more.
    let broken = !journal.is_whole();
    let more = against.found.into_iter().filter(|of| !broken || of.code != JournalCode::Rewritten.code());
    found.extend(more);

    let exit = match (found.is_empty(), against.unchecked.is_empty()) {
        (false, _) => Exit::Refused,
        (true, false) => Exit::Undetermined,
        (true, true) => Exit::Done,
    };
    if args.json {
        let all: Vec<Value> = found.iter().chain(&against.unchecked).map(Found::to_json).collect();
        out.json(&json!({
            "whole": found.is_empty(),
            "records": journal.len(),
            "payloads": kept,
            "erased": erased,
            "root": journal.root().to_hex(),
            "signed": against.signed,
            "findings": all,
        }))?;
        return Ok(exit);
    }
    let numbers = [journal.len().to_string(), kept.to_string(), erased.to_string()];
    let [records, kept, erased] = numbers.each_ref().map(String::as_str);
    let values = [("records", records), ("kept", kept), ("erased", erased)];
    let (colour, key) = match exit {
        Exit::Refused => (verdict::Colour::Red, "cli.record.broken"),
        Exit::Undetermined => (verdict::Colour::Amber, "cli.record.unchecked"),
        Exit::Done | Exit::Usage => (verdict::Colour::Green, "cli.record.whole"),
    };
    out.verdict(colour, &fill(key, &values))?;
    found.iter().chain(&against.unchecked).try_for_each(|found| found.print(out))?;
    match against.signed {
        Some(size) => {
            let (size, key) = (
                size.to_string(),
                if args.key.is_some() { "cli.record.signed" } else { "cli.record.signed-beside" },
            );
            out.line(&format!("  {}", fill(key, &[("size", &size)])))?;
        }
        None => out.faint(&format!("  {}", tr("cli.record.unsigned")))?,
    }
    Ok(exit)
}

/// Counts the payloads, and finds those that were changed.
fn payloads(files: &Files, read: &Read, found: &mut Vec<Found>) -> Result<(usize, usize)> {
    let (mut kept, mut erased) = (0, 0);
    for (id, index) in read.journal.ids() {
        let bytes = files.read_payload(id)?;
        match read.journal.payload_state(index, bytes.as_deref()) {
            PayloadState::NotKept => {}
            PayloadState::Whole => kept += 1,
            PayloadState::Erased => erased += 1,
            PayloadState::Changed => found.push(Found {
                code: JournalCode::PayloadChanged.code(),
                line: Some(index + 1),
                id: Some(id.to_hex()),
                count: 1,
                file: None,
            }),
        }
    }
    Ok((kept, erased))
}

fn against(args: &RecordVerifyArgs, files: &Files, read: &Read) -> Result<Against> {
    let key = match &args.key {
        Some(argument) => Some(key_of(argument)?),
        None if files.key().exists() => Some(key_in(&files.key())?),
        None => None,
    };
    let mut against = Against::default();
    let beside = files.checkpoint();
    let mut checkpoints = args.checkpoint.clone();
    if checkpoints.is_empty() && beside.exists() {
        checkpoints.push(beside);
    }
    for path in &checkpoints {
        let note = text_in(path)?;
        if let Some(checkpoint) = against.checkpoint(&note, key.as_ref(), &input::name(path)) {
            against.found.extend(read.journal.against_checkpoint(&checkpoint).map(Found::from));
        }
    }
    for path in &args.receipt {
        let shown = input::name(path);
        let receipt = match Receipt::from_json(text_in(path)?.as_bytes()) {
            Ok(receipt) => receipt,
            Err(error) => {
                against.found.push(Found::in_file(error.code(), shown));
                continue;
            }
        };
        let Some(checkpoint) = against.checkpoint(&receipt.checkpoint, key.as_ref(), &shown) else {
            continue;
        };
        if let Err(error) = receipt.verify(&checkpoint) {
            against.found.push(Found::in_file(error.code(), shown));
            continue;
        }
        against.found.extend(read.journal.against_receipt(&receipt).map(Found::from));
        against.found.extend(read.journal.against_checkpoint(&checkpoint).map(Found::from));
    }
    Ok(against)
}

impl Against {
    /// Returns the checkpoint of a note. One whose signature cannot be checked still says what was written.
    fn checkpoint(&mut self, note: &str, key: Option<&NoteKey>, file: &str) -> Option<Checkpoint> {
        let read = SignedNote::parse(note).and_then(|note| {
            let checkpoint = note.unverified_checkpoint()?;
            let verified = match key {
                Some(key) => note.verify(key, key.name(), &verify_note).map(|_| true),
                None => Ok(false),
            };
            match verified {
                Ok(verified) => Ok((checkpoint, verified)),
                Err(NoteError::NotChecked) => Ok((checkpoint, false)),
                Err(error) => Err(error),
            }
        });
        match read {
            Ok((checkpoint, true)) => {
                self.signed = self.signed.max(Some(checkpoint.size));
                Some(checkpoint)
            }
            Ok((checkpoint, false)) => {
                self.unchecked.push(Found::in_file(NoteError::NotChecked.code(), file.to_owned()));
                Some(checkpoint)
            }
            Err(error) => {
                self.found.push(Found::in_file(error.code(), file.to_owned()));
                None
            }
        }
    }
}

/// Checks a signature of a note by ring, which has both algorithms.
fn verify_note(key: &NoteKey, message: &[u8], signature: &[u8]) -> Option<bool> {
    match key.algorithm() {
        NoteAlgorithm::Ed25519 => Some(verify_ed25519(key.public_key(), message, signature)),
        NoteAlgorithm::EcdsaP256 => {
            let public = PublicKey::from_sec1(Curve::P256, key.public_key())?;
            let read = UnverifiedSignature::raw(Algorithm::Es256, &public, message.to_vec(), signature);
            read.map_or(Some(false), |signature| Ring::default().verify(&signature))
        }
    }
}

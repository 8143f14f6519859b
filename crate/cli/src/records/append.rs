//! `liangzheng verify --record`: the record of a decision, added to a journal.

use ::record::{Checkpoint, Draft, Form, Keep, Moment, NoteKey, Override, Presentation, Settings, sign};
use anyhow::Result;
use batch::{Form as Received, How, Judged, Session};
use licence::Fact;
use p256::ecdsa::SigningKey;
use signature::Signer as _;
use verdict::Decision;

use super::files::{Files, text_in};
use super::lists::Hashed;
use crate::args::JudgeArgs;
use crate::args::record::RecordArgs;
use crate::exit::{wrong, wrong_code};
use crate::judge::Judge;
use crate::say::fill;
use crate::{clock, input, keys};

/// Seconds of a day.
const DAY: i64 = 86_400;

/// Refuses what cannot be recorded before anything is judged: without a policy there is no decision, and without trust the
/// verdict says no more than who signed.
pub(crate) fn check(args: &RecordArgs, judge: &Judge) -> Result<()> {
    if args.record.is_none() {
        return Ok(());
    }
    if judge.of_each.partner.is_none() {
        return Err(wrong("cli.wrong.policy-needed", &[("option", "--record")]).into());
    }
    if judge.of_each.trust.is_empty() {
        return Err(wrong("cli.wrong.record-trust", &[]).into());
    }
    Ok(())
}

/// Adds the record of a decision, if a journal was given.
pub(crate) fn append(
    (args, judge_args): (&RecordArgs, &JudgeArgs),
    judge: &Judge,
    judged: &Judged,
    received: &protocol::received::Received,
    how: &How,
) -> Result<()> {
    let (Some(path), Some(partner)) = (&args.record, &judge.of_each.partner) else {
        return Ok(());
    };
    let context = judge.of_each.context(None);
    let decision: Decision = partner.decide(&judged.read(), None, context.now);
    let (form, transcript) = form_of(received, how);
    let key = args.record_key.as_deref().map(keys::read_private).transpose()?;
    let hashed = Hashed::of(&judge_args.trust)?;
    let also: Vec<Fact> = args.keep_also.iter().copied().map(Fact::from).collect();
    let case = partner.case();
    let overridden = args.overridden.map(|decision| Override {
        by: args.operator.clone().unwrap_or_default(),
        reason: args.override_reason.clone().unwrap_or_default(),
        decision: decision.into(),
    });
    let until = |days: u16| context.now.plus_seconds(i64::from(days) * DAY);
    let draft = Draft {
        record_id: clock::random()?,
        salt: clock::random()?,
        clock_doubt_seconds: args.clock_doubt,
        operator: args.operator.as_deref(),
        place: args.place.as_deref(),
        program: concat!("liangzheng ", env!("CARGO_PKG_VERSION")),
        policy: partner.policy(),
        case: &case,
        decision: &decision,
        issuer: match judged {
            Judged::Presentation(verdict) => verdict.issuer.as_ref(),
            Judged::IssuerData(verdict) => verdict.issuer.as_ref(),
        },
        presentation: Presentation { form, bytes: received.bytes(), transcript: transcript.as_deref() },
        settings: Settings {
            utc_offset_seconds: context.terms.utc_offset_seconds,
            strict: context.strict,
            audience: context.audience.map(str::to_owned),
            clock_floor: Some(context.clock_floor).filter(|floor| floor.unix() > 0).map(Moment),
        },
        lists: hashed.lists(),
        overridden,
        keep: args.keep.map(|days| Keep { until: until(days), also: &also }),
    };

    let files = Files::of(path);
    let shown = input::name(path);
    let (mut file, mut read) = files.open()?;
    let before = checkpoint(&files)?;
    if before.as_ref().is_some_and(|before| read.journal.against_checkpoint(before).is_some()) {
        return Err(wrong_code("cli.wrong.journal", &shown, "journal-not-whole").into());
    }
    let refused = |error: ::record::RecordError| wrong_code("cli.wrong.record-made", &shown, error.code());
    let appended = read.journal.append(&draft).map_err(refused)?;
    // Before anything is written: a name that no key can have.
    let origin = args.origin.clone().or(before.map(|before| before.origin)).unwrap_or_else(|| name_of(path));
    let signer = key.map(|key| Ok::<_, anyhow::Error>((note_key(&origin, &key)?, key))).transpose()?;
    files.write(&mut file, appended.record.record_id, appended.payload.as_deref(), &appended.line)?;
    if let Some((public, key)) = signer {
        let text = read.journal.checkpoint(&origin).text();
        let signed = sign(&text, &public, &key.sign(text.as_bytes()));
        let note = signed.map_err(|error| wrong_code("cli.wrong.vkey", &origin, error.code()))?;
        files.sign(&note, &public)?;
        if let (Some(target), Some(receipt)) =
            (&args.receipt, read.journal.receipt(appended.line.as_bytes(), &note))
        {
            keys::write_new(target, format!("{}\n", receipt.to_json()).as_bytes(), true)?;
        }
    }
    let (id, number) = (appended.record.record_id.to_hex(), read.journal.len().to_string());
    eprintln!("{}", fill("cli.record.appended", &[("file", &shown), ("id", &id), ("number", &number)]));
    Ok(())
}

/// Returns the checkpoint beside a journal, as claimed.
pub(super) fn checkpoint(files: &Files) -> Result<Option<Checkpoint>> {
    let path = files.checkpoint();
    if !path.exists() {
        return Ok(None);
    }
    let note = ::record::SignedNote::parse(&text_in(&path)?);
    let checkpoint = note.and_then(|note| note.unverified_checkpoint());
    let shown = input::name(&path);
    Ok(Some(checkpoint.map_err(|error| wrong_code("cli.wrong.checkpoint", &shown, error.code()))?))
}

/// Returns how a presentation was received, and the transcript of its session.
fn form_of(received: &protocol::received::Received, how: &How) -> (Form, Option<Vec<u8>>) {
    let is_issuer_data = matches!(received, protocol::received::Received::IssuerData(_));
    let map = Received::of(received.bytes()) == Received::Map;
    match &how.session {
        _ if how.issuer_only => (Form::IssuerData, None),
        _ if is_issuer_data => (Form::Unbound, None),
        Session::Given(transcript) => (Form::Session, Some(transcript.bytes().to_vec())),
        Session::NotGiven if map => (Form::Unbound, None),
        Session::NotGiven | Session::OneWay => (Form::OneWay, None),
    }
}

/// Returns the name of a journal that has none: that of its file, without what a name cannot have.
fn name_of(path: &std::path::Path) -> String {
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let fits = |c: &char| !c.is_whitespace() && !c.is_control() && *c != '+';
    stem.chars().filter(fits).take(64).collect()
}

fn note_key(origin: &str, key: &SigningKey) -> Result<NoteKey> {
    let point = key.public_key().to_sec1().unwrap_or_default();
    Ok(NoteKey::p256(origin, &point).map_err(|error| wrong_code("cli.wrong.vkey", origin, error.code()))?)
}

//! Status lists in files: used for a verdict, shown, and issued by a test authority.

use std::path::{Path, PathBuf};

use ::trust::status;
use anyhow::Result;
use authority::status_list::StatusListState;
use cbor::Timestamp;
use mdoc::TrustAnchors;
use mdoc::status_list::{ListSigner, Status, StatusLists, UnverifiedStatusList};
use native::Ring;
use serde_json::json;
use signature::VerifySignature;

use crate::args::StatusShowArgs;
use crate::args::authority::{StatusName, StatusPublishArgs, StatusSetArgs};
use crate::clock::{self, Randomness};
use crate::exit::{Exit, wrong, wrong_code, wrong_file};
use crate::folder::{Folder, replace};
use crate::output::Output;
use crate::say::{fill, moment};
use crate::{desk, input, keys, trust, trust_file};

/// Entries of a test authority's list.
const ENTRIES: u64 = 1 << 16;
/// Lifetime of a published list, in seconds.
const LIFE: u32 = 86_400;

/// Verifies the lists of all files; a refused one is kept as refused, under the name that it claims.
pub(crate) fn at_hand(
    files: &[PathBuf],
    trust: &TrustAnchors,
    now: Timestamp,
    signatures: &dyn VerifySignature,
) -> Result<StatusLists> {
    let lists = files.iter().map(|file| decode(file)).collect::<Result<Vec<_>>>()?;
    Ok(status::at_hand(&lists, trust, now, signatures))
}

fn decode(file: &Path) -> Result<UnverifiedStatusList> {
    let bytes = input::read_any(file, input::LIST)?;
    Ok(UnverifiedStatusList::decode(&bytes)
        .map_err(|error| wrong_file("cli.wrong.status-list", &input::name(file), error.code()))?)
}

/// `liangzheng status show`.
pub(crate) fn show(args: &StatusShowArgs, out: &mut Output) -> Result<Exit> {
    let now = clock::moment(args.at.as_deref())?;
    let (roots, signatures) = (trust_file::roots(&args.list_root)?, Ring::default());
    let trust = trust::anchors(
        &trust::Files { trusted: &args.trust, signers: &[], demo: false, roots: &roots, strict: false },
        now,
        &signatures,
    )?;
    let unverified = decode(&args.file)?;
    let refused = |code| wrong_file("cli.wrong.status-list", &input::name(&args.file), code);
    let list = match status::verify(&unverified, &trust, now, &signatures) {
        Ok(list) => list,
        Err(error) => {
            eprintln!("{}", refused(error.code()));
            return Ok(Exit::Refused);
        }
    };
    let entries = list.list().entries();
    let mut counts = [0_u64; 4];
    for index in 0..entries {
        let place = match list.get(index) {
            Ok(Status::Valid) => 0,
            Ok(Status::Invalid) => 1,
            Ok(Status::Suspended) => 2,
            _ => 3,
        };
        if let Some(count) = counts.get_mut(place) {
            *count += 1;
        }
    }
    let [valid, invalid, suspended, other] = counts;
    let asked = match args.index {
        Some(index) => Some((index, list.get(index).map_err(|error| refused(error.code()))?)),
        None => None,
    };
    let signer = match list.signer() {
        ListSigner::Anchor { label, .. } => label.as_str(),
        ListSigner::Key => "",
    };
    if args.json {
        out.json(&json!({
            "uri": list.uri(),
            "signer": signer,
            "issuedAt": list.issued_at().format_tdate(),
            "expires": list.expires().map(Timestamp::format_tdate),
            "bits": list.list().bits().width(),
            "entries": entries,
            "valid": valid, "invalid": invalid, "suspended": suspended, "other": other,
            "index": asked.map(|(index, _)| index),
            "status": asked.map(|(_, status)| status.value()),
        }))?;
        return Ok(Exit::Done);
    }
    out.strong(list.uri())?;
    let numbers = [valid, invalid, suspended, other].map(|count| count.to_string());
    let [valid, invalid, suspended, other] = numbers.each_ref();
    let at = moment(list.issued_at());
    let values = [("moment", at.as_str()), ("signer", signer)];
    out.line(&format!("  {}", fill("cli.status.as-of", &values)))?;
    let values =
        [("valid", valid.as_str()), ("invalid", invalid), ("suspended", suspended), ("other", other)];
    out.line(&format!("  {}", fill("cli.status.counts", &values)))?;
    if let Some((index, status)) = asked {
        let values = [("index", index.to_string()), ("value", status.value().to_string())];
        let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
        out.line(&format!("  {}", fill("cli.status.entry", &values)))?;
    }
    Ok(Exit::Done)
}

/// Assigns an entry of the authority's list to a new licence; returns the reference for the MSO and the index.
pub(crate) fn take(folder: &Folder, url: &str) -> Result<(cbor::Value, u64)> {
    let path = folder.file("status.json");
    let mut state = if path.exists() {
        load(&path)?
    } else {
        StatusListState::new(format!("{}/status/1", url.trim_end_matches('/')), ENTRIES)
    };
    let mut random = Randomness::default();
    let taken = state.take(&mut |buffer| random.fill(buffer));
    let taken = random
        .end(taken)?
        .map_err(|error| wrong_code("cli.wrong.issue", &input::name(&path), error.code()))?;
    store(&path, &state)?;
    Ok((taken.to_status(), taken.idx))
}

/// `liangzheng authority status set`.
pub(crate) fn set(args: &StatusSetArgs, out: &mut Output) -> Result<Exit> {
    let path = Folder::new(&args.folder).file("status.json");
    let mut state = load(&path)?;
    let status = match args.status {
        StatusName::Valid => Status::Valid,
        StatusName::Invalid => Status::Invalid,
        StatusName::Suspended => Status::Suspended,
    };
    state
        .set(args.index, status)
        .map_err(|error| wrong_code("cli.wrong.status-set", &args.index.to_string(), error.code()))?;
    store(&path, &state)?;
    let (index, value) = (args.index.to_string(), status.value().to_string());
    out.line(&fill("cli.status.entry", &[("index", &index), ("value", &value)]))?;
    Ok(Exit::Done)
}

/// `liangzheng authority status publish`.
pub(crate) fn publish(args: &StatusPublishArgs, out: &mut Output) -> Result<Exit> {
    let now = clock::moment(args.at.as_deref())?;
    let file = args.out.display().to_string();
    let folder = Folder::new(&args.folder);
    let path = folder.file("status.json");
    if !path.exists() && desk::is_in(&args.folder) {
        keys::write_new(&args.out, &desk::status_list(&args.folder, now)?, false)?;
        let uri = authority::demo::STATUS_LIST_URI;
        out.line(&fill("cli.status.published", &[("file", &file), ("uri", uri)]))?;
        return Ok(Exit::Done);
    }
    let state = load(&path)?;
    let token = state
        .publish(&folder.signer()?, now, LIFE)
        .map_err(|error| wrong_code("cli.wrong.issue", &file, error.code()))?;
    keys::write_new(&args.out, &token, false)?;
    out.line(&fill("cli.status.published", &[("file", &file), ("uri", state.uri())]))?;
    Ok(Exit::Done)
}

fn load(path: &Path) -> Result<StatusListState> {
    let shown = input::name(path);
    serde_json::from_slice(&input::read(path, input::LIST)?)
        .map_err(|error| wrong("cli.wrong.json", &[("file", &shown), ("reason", &error.to_string())]).into())
}

fn store(path: &Path, state: &StatusListState) -> Result<()> {
    let shown = input::name(path);
    let fail = |error: std::io::Error| crate::exit::wrong_io("cli.wrong.write", &shown, &error);
    Ok(replace(path, &serde_json::to_vec(state)?).map_err(fail)?)
}

//! `liangzheng present`: presents a licence as a wallet does, with a key from a file.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use batch::Session;
use envelope::Info;
use envelope::MAX_LIFE_SECONDS;
use envelope::PreparedOneWay;
use licence::elements::namespace_of;
use mdoc::holder::{Disclosure, PreparedPresentation};
use mdoc::holder::{UnverifiedCredential, VerifiedCredential, verify_credential};
use native::Ring;
use optical::{FrameSet, Symbol};
use signature::sign_es256;
use verdict::Purpose;

use crate::args::PresentArgs;
use crate::exit::{Exit, wrong, wrong_code};
use crate::output::Output;
use crate::say::fill;
use crate::{clock, input, keys, picture, session, trust};

/// Runs the command.
pub(crate) fn run(args: &PresentArgs, out: &mut Output) -> Result<Exit> {
    let (session, _) = session::of(&args.session)?;
    let frames = args.png.is_some() || args.qr;
    if matches!(session, Session::Given(_)) && (frames || args.audience.is_some()) {
        return Err(wrong("cli.wrong.one-way-only", &[]).into());
    }
    if args.out.is_none() && !frames {
        return Err(wrong("cli.wrong.nowhere", &[]).into());
    }
    let now = clock::moment(args.at.as_deref())?;
    let key = keys::read_private(&args.key)?;
    let file = input::name(&args.licence);
    let refused = |code| wrong_code("cli.wrong.licence", &file, code);
    let unverified = UnverifiedCredential::decode(&input::read_any(&args.licence, input::SMALL)?)
        .map_err(|error| refused(error.code()))?;
    let signatures = Ring::default();
    let trust = trust::anchors(
        &trust::Files { trusted: &args.trust, signers: &[], demo: false, roots: &[], strict: false },
        now,
        &signatures,
    )?;
    let credential =
        verify_credential(&unverified, &trust, now, &signatures).map_err(|error| refused(error.code()))?;

    let wanted = wanted(args, &credential)?;
    let wanted: Vec<_> = wanted.iter().map(|(space, id)| (space.as_str(), id.as_str())).collect();
    let disclosure = Disclosure::select(&credential, &wanted);
    if disclosure.shown().is_empty() {
        return Err(wrong("cli.wrong.nothing-shown", &[]).into());
    }
    for missing in disclosure.missing() {
        eprintln!("{}", fill("cli.present.missing", &[("element", &missing.to_string())]));
    }
    let count = disclosure.shown().len().to_string();
    let bytes = match session {
        Session::Given(transcript) => {
            let prepared = PreparedPresentation::prepare(disclosure, &transcript);
            let signature = sign_es256(&key, prepared.to_be_signed());
            prepared.complete(&signature).map_err(|error| refused(error.code()))?
        }
        Session::OneWay | Session::NotGiven => {
            let info = Info {
                iat: now,
                exp: now.plus_seconds(MAX_LIFE_SECONDS),
                nonce: clock::random()?,
                aud: args.audience.clone(),
                purpose: args.purpose.map(Purpose::from).and_then(Purpose::signed).map(str::to_owned),
            };
            let prepared =
                PreparedOneWay::prepare(disclosure, info).map_err(|error| refused(error.code()))?;
            let signature = sign_es256(&key, prepared.to_be_signed());
            let completed = prepared.complete(&signature).map_err(|error| refused(error.code()))?;
            completed.payload().to_vec()
        }
    };
    match args.out.as_deref() {
        Some(path) if path == Path::new("-") => out.bytes(&bytes)?,
        Some(path) => {
            keys::write_new(path, &bytes, false)?;
            let length = bytes.len().to_string();
            let place = path.display().to_string();
            let values = [("file", place.as_str()), ("count", &count), ("length", &length)];
            out.line(&fill("cli.present.written", &values))?;
        }
        None => {}
    }
    if frames { show_frames(args, &bytes, out) } else { Ok(Exit::Done) }
}

/// Returns the elements to show, as (namespace, identifier).
fn wanted(args: &PresentArgs, credential: &VerifiedCredential) -> Result<Vec<(String, String)>> {
    let owned = |(space, id): (&str, &str)| (space.to_owned(), id.to_owned());
    match args.purpose.map(Purpose::from) {
        None | Some(Purpose::None) if args.show.is_empty() => {
            return Ok(credential
                .issued()
                .elements()
                .iter()
                .map(|(space, id, _)| owned((space, id)))
                .collect());
        }
        Some(purpose) if args.show.is_empty() => {
            return Ok(purpose.elements(true).into_iter().map(owned).collect());
        }
        _ => {}
    }
    let one = |name: &String| {
        if let Some((space, id)) = name.rsplit_once('/') {
            return Ok(owned((space, id)));
        }
        let of_licence =
            credential.issued().elements().iter().find(|(_, id, _)| id == name).map(|(space, _, _)| space);
        let space = of_licence.or_else(|| namespace_of(name));
        let space = space.ok_or_else(|| wrong("cli.wrong.element-unknown", &[("element", name)]))?;
        Ok(owned((space, name)))
    };
    args.show.iter().map(one).collect()
}

/// Writes the QR frames as pictures, in the terminal, or both.
fn show_frames(args: &PresentArgs, payload: &[u8], out: &mut Output) -> Result<Exit> {
    let set = FrameSet::for_version(payload, args.qr_version)
        .map_err(|error| wrong_code("cli.wrong.frames", &input::name(&args.licence), error.code()))?;
    let symbol = |index| {
        let frame = set.frame(index).context("a frame of the set")?;
        Symbol::encode_smallest(&frame, args.qr_version).context("a symbol")
    };
    if let Some(folder) = &args.png {
        let place = folder.display().to_string();
        fs::create_dir_all(folder)
            .map_err(|error| crate::exit::wrong_io("cli.wrong.write", &place, &error))?;
        // A payload in one frame is one picture; otherwise parity frames follow, as on a screen.
        let end = if set.k() == 1 { 1 } else { set.k().saturating_add(args.parity) };
        for index in 0..end {
            let file = folder.join(format!("frame-{index:03}.png"));
            keys::write_new(&file, &picture::png(&symbol(index)?)?, false)?;
        }
        let (data, parity) = (set.k().to_string(), (end - set.k()).to_string());
        let values = [("folder", place.as_str()), ("data", &data), ("parity", &parity)];
        out.line(&fill("cli.present.frames", &values))?;
    }
    if args.qr {
        for index in 0..set.k() {
            out.line(&format!("{} / {}", index + 1, set.k()))?;
            out.line(&picture::blocks(&symbol(index)?))?;
        }
    }
    Ok(Exit::Done)
}

//! `liangzheng authority desk-key`: the desk's key, and the certificate that wallets are shown.

use anyhow::{Context as _, Result};
use authority::demo::{DESK_AUTHORITY_LABEL, DESK_NAME, DemoAuthority};
use authority::post::DeskOffer;
use optical::{FrameSet, Symbol};
use x509::Certificate;

use super::folder::{Folder, put};
use crate::args::desk::DeskKeyArgs;
use crate::clock::{self, Randomness};
use crate::exit::{Exit, wrong_code};
use crate::output::Output;
use crate::say::{fill, moment};
use crate::{input, keys, picture};

/// The largest code that a camera reads from a screen without effort.
const QR_VERSION: u8 = 25;

/// Runs the command.
pub(crate) fn run(args: &DeskKeyArgs, out: &mut Output) -> Result<Exit> {
    let now = clock::moment(args.at.as_deref())?;
    let folder = Folder::new(&args.folder);
    let shown = args.folder.display().to_string();
    keys::refuse_existing(args.png.as_deref())?;
    folder.make()?;
    let _lock = folder.lock()?;
    let is_new = !folder.is_desk();
    if is_new {
        keys::write_private(&folder.key_file(), &keys::generate()?)?;
    }
    let key = folder.key()?.public();
    let mut random = Randomness::default();
    let certificate =
        DemoAuthority::new().desk_certificate(key.to_sec1(), now, &mut |buffer| random.fill(buffer));
    let certificate = random.end(certificate)?.map_err(|error| {
        wrong_code("cli.wrong.issue", &input::name(&folder.file("desk.pem")), error.code())
    })?;
    let offer = DeskOffer::new(vec![certificate.clone()]).and_then(|offer| offer.encode());
    let offer = offer.map_err(|error| wrong_code("cli.wrong.issue", &shown, error.code()))?;
    put(&folder.file("desk.pem"), x509::to_pem("CERTIFICATE", &certificate).as_bytes())?;
    put(&folder.file("desk.lzdesk"), &offer)?;

    let until = Certificate::decode(&certificate).context("the certificate")?.not_after();
    let values = [("folder", &*shown), ("name", DESK_NAME), ("authority", DESK_AUTHORITY_LABEL)];
    out.line(&fill(if is_new { "cli.desk.made" } else { "cli.desk.renewed" }, &values))?;
    let offered = input::name(&folder.file("desk.lzdesk"));
    out.line(&fill("cli.desk.offer", &[("file", &offered), ("until", &moment(until))]))?;
    out.faint(&format!("  SHA-256 {}", input::to_hex(&key.spki_sha256())))?;
    if args.qr || args.png.is_some() {
        let symbol = code(&offer)?;
        if let Some(path) = &args.png {
            keys::write_new(path, &picture::png(&symbol)?, false)?;
        }
        if args.qr {
            out.line(&picture::blocks(&symbol))?;
        }
    }
    Ok(Exit::Done)
}

/// Returns the offer as one code.
fn code(offer: &[u8]) -> Result<Symbol> {
    let set = FrameSet::for_version(offer, QR_VERSION).context("frames")?;
    let frame = set.frame(0).filter(|_| set.k() == 1).context("an offer in one frame")?;
    Symbol::encode_smallest(&frame, QR_VERSION).context("a symbol")
}

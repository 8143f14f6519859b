//! Trust lists (VICAL) in files: read, compared with their floors, stored in a folder, published by a test authority.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;
use authority::ca::{CertificateAuthority, Role, Subject};
use cbor::Timestamp;
use mdoc::vical::{
    KNOWN_PROVIDERS, KnownProvider, UnverifiedVical, VerifiedVical, VicalEntryRequest, VicalFloor,
    VicalRequest, VicalSigner, VicalTrust,
};
use signature::Signer as _;
use x509::{Certificate, Name};

use crate::args::{TrustFetchArgs, TrustPublishArgs};
use crate::authority::Folder;
use crate::exit::{Exit, wrong, wrong_code, wrong_file};
use crate::input::{self, to_hex};
use crate::output::Output;
use crate::say::{fill, moment};
use crate::{clock, keys, trust};

const DAY: i64 = 86_400;
/// The floors of a folder of lists.
const FLOORS: &str = "floors.json";

/// Reads and verifies a list: its signer leads to a pinned root, and it is not older than what is known of its provider.
///
/// `None` where the bytes are no list at all.
pub(crate) fn read(file: &Path, bytes: &[u8], roots: &[Certificate]) -> Result<Option<VerifiedVical>> {
    let unverified = match UnverifiedVical::decode(bytes) {
        Ok(unverified) => unverified,
        // An array of CBOR is no certificate: it was meant as a list, and the reason is a list's. A picture (PNG) begins
        // with the head of an array as well.
        Err(error) if matches!(bytes.first(), Some(0x80..=0x9f)) && !bytes.starts_with(b"\x89PNG") => {
            return Err(wrong_file("cli.wrong.trust", &input::name(file), error.code()).into());
        }
        Err(_) => return Ok(None),
    };
    let known =
        KNOWN_PROVIDERS.iter().fold(VicalTrust::new(), |pins, known| pins.with_sha256(known.root_sha256));
    let pins = roots.iter().fold(known, |pins, root| pins.with_root(root.clone()));
    let name = input::name(file);
    let list = unverified.verify(&pins).map_err(|error| {
        let top = unverified.top_sha256().map(|hash| to_hex(&hash)).unwrap_or_default();
        let (reason, code) = (crate::say::plain(error.code()), error.code());
        wrong("cli.wrong.list", &[("file", &name), ("reason", &reason), ("code", code), ("root", &top)])
    })?;
    let mut floors = stored_floors(file.parent().unwrap_or(Path::new(".")))?;
    floors.extend(KnownProvider::find(list.provider(), &list.root_sha256()).map(KnownProvider::floor));
    let _not_older = VicalFloor::check(&list, &floors)
        .map_err(|error| wrong_file("cli.wrong.trust", &name, error.code()))?;
    Ok(Some(list))
}

/// Returns the floors of the lists in a folder; empty if there are none.
fn stored_floors(folder: &Path) -> Result<Vec<VicalFloor>> {
    let path = folder.join(FLOORS);
    if !path.exists() {
        return Ok(Vec::new());
    }
    let shown = input::name(&path);
    serde_json::from_slice(&input::read(&path, input::LIST)?)
        .map_err(|error| wrong("cli.wrong.json", &[("file", &shown), ("reason", &error.to_string())]).into())
}

/// What is said of a list above its entries.
pub(crate) fn print(list: &VerifiedVical, now: Timestamp, out: &mut Output) -> Result<()> {
    out.line(&format!(
        "  {}  {}",
        list.root_label(),
        list.issue_id().map(|id| id.to_string()).unwrap_or_default()
    ))?;
    out.faint(&format!("    {} … {}", list.date().format_tdate(), list.current_until().format_tdate()))?;
    if let Some(reason) = list.age(now).reason() {
        out.line(&format!("    {} [{}]", crate::say::reason(reason.code()), reason.code()))?;
    }
    out.faint(&format!("    SHA-256 {}", to_hex(&list.root_sha256())))
}

/// `liangzheng trust fetch-from-file`: verifies a list and keeps it in a folder, with the floor that it sets.
pub(crate) fn fetch(args: &TrustFetchArgs, out: &mut Output) -> Result<Exit> {
    let roots = trust::roots(&args.list_root)?;
    let bytes = input::read_any(&args.file, input::LIST)?;
    let file = input::name(&args.file);
    let list =
        read(&args.file, &bytes, &roots)?.ok_or_else(|| wrong("cli.wrong.no-list", &[("file", &file)]))?;
    let mut floors = stored_floors(&args.into)?;
    let _not_older = VicalFloor::check(&list, &floors)
        .map_err(|error| wrong_file("cli.wrong.trust", &file, error.code()))?;
    let floor = VicalFloor::of(&list);
    let same = |have: &VicalFloor| have.provider == floor.provider && have.root_sha256 == floor.root_sha256;
    floors.retain(|have| !same(have));
    floors.push(floor);
    let place = args.into.display().to_string();
    let fail = |error: std::io::Error| crate::exit::wrong_io("cli.wrong.write", &place, &error);
    fs::create_dir_all(&args.into).map_err(fail)?;
    // The name is of the root, which is pinned, and of nothing that a list can choose.
    let root: String = to_hex(&list.root_sha256()).chars().take(16).collect();
    replace(&args.into.join(format!("{root}.vical")), &bytes).map_err(fail)?;
    let json = serde_json::to_vec_pretty(&floors)?;
    replace(&args.into.join(FLOORS), &json).map_err(fail)?;
    let provider = licence::text::ShownText::new(list.provider(), 150);
    let values = [("provider", provider.as_str()), ("date", &moment(list.date())), ("folder", &place)];
    out.line(&fill("cli.trust.kept", &values))?;
    Ok(Exit::Done)
}

/// Puts a file in the place of another at once: old or new, never half of either.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let beside = path.with_extension("new");
    fs::write(&beside, bytes)?;
    fs::rename(&beside, path)
}

/// `liangzheng authority trust publish`: a list of this authority and of others, signed under a root of its own.
pub(crate) fn publish(args: &TrustPublishArgs, out: &mut Output) -> Result<Exit> {
    let now = clock::moment(args.at.as_deref())?;
    let folder = Folder::new(&args.folder);
    let own = folder.certificate("iaca.pem")?;
    let mut others = Vec::new();
    for file in &args.include {
        others.extend(trust::certificates(file, &input::read_any(file, input::LIST)?)?);
    }
    let signer = list_signer(&folder, own.subject().country().unwrap_or("CN"), now)?;
    let all = core::iter::once(&own).chain(&others);
    let entries = all
        .map(|certificate| VicalEntryRequest { certificate, doc_types: vec![licence::DOC_TYPE] })
        .collect();
    let request = VicalRequest {
        provider: &args.provider,
        date: now,
        issue_id: u64::try_from(now.unix()).ok(),
        next_update: Some(now.plus_seconds(30 * DAY)),
        entries,
    };
    let list = signer
        .issue(&request)
        .map_err(|error| wrong_code("cli.wrong.issue", &args.out.display().to_string(), error.code()))?;
    keys::write_new(&args.out, &list, false)?;
    let (file, root) = (args.out.display().to_string(), folder.file("list-root.pem").display().to_string());
    out.line(&fill("cli.trust.published", &[("file", &file), ("root", &root)]))?;
    Ok(Exit::Done)
}

/// The signer of an authority's lists, made with its root where there is none yet.
fn list_signer(folder: &Folder, country: &str, now: Timestamp) -> Result<VicalSigner> {
    let key_file: PathBuf = folder.file("list.key.pem");
    if key_file.exists() {
        let chain = vec![folder.certificate("list.pem")?, folder.certificate("list-root.pem")?];
        return Ok(VicalSigner::new(chain, keys::read_private(&key_file)?));
    }
    let (root_key, key) = (keys::generate()?, keys::generate()?);
    let (from, until) = (now.floor_to_day(), now.floor_to_day().plus_seconds(3650 * DAY));
    let subject = |common: &str, serial| Subject {
        name: Name::new(country, None, common),
        serial,
        not_before: from,
        not_after: until,
        crl_uri: "https://authority.test.example/crl",
    };
    let serial = clock::random::<16>()?;
    let root = subject("Test trust list root", &serial);
    let root = CertificateAuthority::iaca(root_key, &root, "https://authority.test.example")?;
    let serial = clock::random::<16>()?;
    let leaf = subject("Test trust list signer", &serial);
    let leaf = root.issue(Role::VicalSigner, &leaf, key.public_key())?;
    let (root, _) = root.into_parts();
    let pem = |certificate: &Certificate| input::to_pem("CERTIFICATE", certificate.as_der());
    keys::write_new(&folder.file("list-root.pem"), pem(&root).as_bytes(), false)?;
    keys::write_new(&folder.file("list.pem"), pem(&leaf).as_bytes(), false)?;
    keys::write_private(&key_file, &key)?;
    Ok(VicalSigner::new(vec![leaf, root], key))
}

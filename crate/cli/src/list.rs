//! Trust lists (VICAL) in files: read, compared with their floors, stored in a folder, published by a test authority.

use std::fs;
use std::path::{Path, PathBuf};

use ::trust::{Admission, ImportError, KNOWN_PROVIDERS, ListKind, ReceivedList, VicalFloor};
use anyhow::Result;
use cbor::Timestamp;
use mdoc::vical::{VerifiedVical, VicalEntryRequest, VicalRequest, VicalSigner, VicalTrust};
use native::Ring;
use signature::{Signer as _, VerifySignature};
use x509::{Certificate, CertificateAuthority, CertificateRole, Name, Subject};

use crate::args::TrustFetchArgs;
use crate::args::authority::TrustPublishArgs;
use crate::exit::{Exit, Wrong, wrong, wrong_code, wrong_file};
use crate::folder::{Folder, replace};
use crate::input::{self, to_hex};
use crate::output::Output;
use crate::say::{fill, moment};
use crate::{clock, keys, trust_file};

const DAY: i64 = 86_400;
/// The file of the floors in a folder of lists.
pub(crate) const FLOORS: &str = "floors.json";

/// Verifies a list: its signer's chain ends at a pinned root, and [`Admission`] accepts it beside the lists in `held`.
pub(crate) fn verified(
    file: &Path,
    list: &ReceivedList,
    roots: &[Certificate],
    held: &[VerifiedVical],
    signatures: &dyn VerifySignature,
) -> Result<VerifiedVical> {
    let name = input::name(file);
    let verified = list.vical(&pins(roots), signatures).map_err(|error| {
        let code = error.code().unwrap_or_default();
        let (reason, top) = (crate::say::plain(code), to_hex(&list.pin));
        wrong("cli.wrong.list", &[("file", &name), ("reason", &reason), ("code", code), ("root", &top)])
    })?;
    let mut admission = Admission::new(stored_floors(file.parent().unwrap_or(Path::new(".")))?);
    held.iter().for_each(|list| admission.hold(list.provider(), list.root_sha256()));
    let _not_older = admission.check(&verified).map_err(|error| refused(&name, &error))?;
    Ok(verified)
}

/// Returns the roots of the known providers, and those that were given.
fn pins(roots: &[Certificate]) -> VicalTrust {
    let known =
        KNOWN_PROVIDERS.iter().fold(VicalTrust::new(), |pins, known| pins.with_sha256(known.root_sha256));
    roots.iter().fold(known, |pins, root| pins.with_root(root.clone()))
}

fn refused(name: &str, error: &ImportError) -> Wrong {
    wrong_file("cli.wrong.trust", name, error.code().unwrap_or_default())
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

/// Prints a list's own data, without its entries.
pub(crate) fn print(list: &VerifiedVical, now: Timestamp, out: &mut Output) -> Result<()> {
    out.line(&format!(
        "  {}  {}",
        list.root_label(),
        list.issue_id().map(|id| id.to_string()).unwrap_or_default()
    ))?;
    out.faint(&format!("    {} … {}", list.date().format_tdate(), list.current_until().format_tdate()))?;
    if let Some(next) = list.due_since(now) {
        out.line(&format!("    {}", fill("cli.trust.due", &[("date", &moment(next))])))?;
    }
    if let Some(reason) = list.age(now).reason() {
        out.line(&format!("    {} [{}]", crate::say::reason(reason.code()), reason.code()))?;
    }
    out.faint(&format!("    SHA-256 {}", to_hex(&list.root_sha256())))
}

/// `liangzheng trust fetch-from-file`: verifies a list and keeps it in a folder, with the floor that it sets.
pub(crate) fn fetch(args: &TrustFetchArgs, out: &mut Output) -> Result<Exit> {
    let now = clock::moment(None)?;
    let roots = trust_file::roots(&args.list_root)?;
    let file = input::name(&args.file);
    let lists = trust_file::received(&args.file, no_list)?;
    let [received] = lists.as_slice() else {
        return Err(no_list(&args.file).into());
    };
    if received.kind != ListKind::Vical {
        return Err(no_list(&args.file).into());
    }
    let list = verified(&args.file, received, &roots, &[], &Ring::default())?;
    let mut floors = stored_floors(&args.into)?;
    let mut admission = Admission::new(floors.iter().cloned());
    for kept in floors.iter().filter(|floor| kept_file(&args.into, &floor.root_sha256).exists()) {
        admission.hold(&*kept.provider, kept.root_sha256);
    }
    let _not_older = admission.check_import(&list, now).map_err(|error| refused(&file, &error))?;
    VicalFloor::raise_in(&mut floors, &VicalFloor::of(&list))
        .map_err(|error| refused(&file, &error.into()))?;
    let place = args.into.display().to_string();
    let fail = |error: std::io::Error| crate::exit::wrong_io("cli.wrong.write", &place, &error);
    fs::create_dir_all(&args.into).map_err(fail)?;
    replace(&kept_file(&args.into, &list.root_sha256()), &received.bytes).map_err(fail)?;
    let json = serde_json::to_vec_pretty(&floors)?;
    replace(&args.into.join(FLOORS), &json).map_err(fail)?;
    let provider = licence::ShownText::new(list.provider(), 150);
    let values = [("provider", provider.as_str()), ("date", &moment(list.date())), ("folder", &place)];
    out.line(&fill("cli.trust.kept", &values))?;
    Ok(Exit::Done)
}

fn no_list(file: &Path) -> Wrong {
    wrong("cli.wrong.no-list", &[("file", &input::name(file))])
}

/// Returns the file in which a list is kept. Its name is the hash of the pinned root, which a list cannot choose.
fn kept_file(folder: &Path, root_sha256: &[u8; 32]) -> PathBuf {
    let root: String = to_hex(root_sha256).chars().take(16).collect();
    folder.join(format!("{root}.vical"))
}

/// `liangzheng authority trust publish`: a list of this authority and of others, signed under a root of its own.
pub(crate) fn publish(args: &TrustPublishArgs, out: &mut Output) -> Result<Exit> {
    let now = clock::moment(args.at.as_deref())?;
    let folder = Folder::new(&args.folder);
    let own = folder.certificate("iaca.pem")?;
    let mut others = Vec::new();
    for file in &args.include {
        others.extend(trust_file::certificates(file)?);
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

/// Returns the signer of an authority's lists; makes it, with its root, if there is none.
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
    let leaf = root.issue(CertificateRole::VicalSigner, &leaf, key.public_key())?;
    let (root, _) = root.into_parts();
    let pem = |certificate: &Certificate| x509::to_pem("CERTIFICATE", certificate.as_der());
    keys::write_new(&folder.file("list-root.pem"), pem(&root).as_bytes(), false)?;
    keys::write_new(&folder.file("list.pem"), pem(&leaf).as_bytes(), false)?;
    keys::write_private(&key_file, &key)?;
    Ok(VicalSigner::new(vec![leaf, root], key))
}

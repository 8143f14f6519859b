//! `liangzheng authority`: a test authority in a folder. Its keys are plain files: what it signs is for tests only.

use std::fs;
use std::path::PathBuf;

use anyhow::Result;
use authority::demo::DemoAuthority;
use authority::photo::Portraits;
use cbor::cose::CoseKey;
use cbor::{Timestamp, Value};
use mdoc::issuer::{IssueRequest, IssuerSigner};
use mdoc::{KeyAuthorizations, ValidityInfo};
use p256::ecdsa::SigningKey;
use signature::Signer as _;
use x509::{Certificate, CertificateAuthority, CertificateError, CertificateRole, Name, Subject};

use crate::args::authority::{InitArgs, IssueArgs};
use crate::clock::{self, Randomness};
use crate::exit::{Exit, wrong, wrong_code};
use crate::folder::Folder;
use crate::output::Output;
use crate::say::fill;
use crate::{input, keys, make, status};

const DAY: i64 = 86_400;
/// Days of the root and of the document signer, within Annex B.
const IACA_DAYS: i64 = 10 * 365;
const DS_DAYS: i64 = 457;

/// `liangzheng authority init`.
pub(crate) fn init(args: &InitArgs, out: &mut Output) -> Result<Exit> {
    let day = clock::moment(args.at.as_deref())?.floor_to_day();
    let folder = Folder::new(&args.folder);
    if folder.file("iaca.pem").exists() {
        return Err(
            wrong("cli.wrong.authority-there", &[("folder", &args.folder.display().to_string())]).into()
        );
    }
    let (iaca_key, ds_key) = (keys::generate()?, keys::generate()?);
    let name = |common: &str| Name::new(&args.country, args.state.as_deref(), common);
    let crl_uri = format!("{}/crl", args.url.trim_end_matches('/'));
    let subject = |name: Name, serial, days: i64| Subject {
        name,
        serial,
        not_before: day,
        not_after: day.plus_seconds(days * DAY - 1),
        crl_uri: &crl_uri,
    };
    let refused = |error: CertificateError| {
        wrong("cli.wrong.profile", &[("reason", &crate::say::reason(error.code())), ("code", error.code())])
    };
    let serial = clock::random::<16>()?;
    let root =
        CertificateAuthority::iaca(iaca_key, &subject(name(&args.name), &serial, IACA_DAYS), &args.url)
            .map_err(refused)?;
    let serial = clock::random::<16>()?;
    let signer = subject(name(&format!("{} DS", args.name)), &serial, DS_DAYS);
    let ds = root.issue(CertificateRole::DocumentSigner, &signer, ds_key.public_key()).map_err(refused)?;

    let shown = args.folder.display().to_string();
    fs::create_dir_all(&args.folder)
        .map_err(|error| crate::exit::wrong_io("cli.wrong.write", &shown, &error))?;
    keys::write_private(&folder.file("iaca.key.pem"), root.key())?;
    keys::write_private(&folder.file("ds.key.pem"), &ds_key)?;
    let pem = |certificate: &Certificate| x509::to_pem("CERTIFICATE", certificate.as_der());
    keys::write_new(&folder.file("ds.pem"), pem(&ds).as_bytes(), false)?;
    // The root is written last: if it exists, the authority is complete.
    keys::write_new(&folder.file("iaca.pem"), pem(root.certificate()).as_bytes(), false)?;
    out.line(&fill("cli.authority.made", &[("folder", &shown)]))?;
    Ok(Exit::Done)
}

/// `liangzheng authority issue`.
pub(crate) fn issue(args: &IssueArgs, out: &mut Output) -> Result<Exit> {
    let now = clock::moment(args.at.as_deref())?;
    let signer = Folder::new(&args.folder).signer()?;
    let elements = match (&args.demo, &args.elements) {
        (Some(id), _) => demo(id, now)?,
        (None, Some(file)) => {
            let json = serde_json::from_slice(&input::read(file, input::LIST)?);
            let json = json.map_err(|error| {
                wrong("cli.wrong.json", &[("file", &input::name(file)), ("reason", &error.to_string())])
            })?;
            make::elements(&json)?
        }
        (None, None) => return Err(wrong("cli.wrong.elements", &[]).into()),
    };
    let (device_key, new_key) = device_key(args)?;
    let taken = args.with_status.then(|| status::take(&Folder::new(&args.folder), &args.url)).transpose()?;
    let signed = now.floor_to_day();
    let longest = signed.plus_seconds(i64::from(args.days) * DAY);
    let request = IssueRequest {
        doc_type: &args.doc_type,
        elements: elements
            .iter()
            .map(|(space, id, value)| (space.as_str(), id.as_str(), value.clone()))
            .collect(),
        device_key,
        validity_info: ValidityInfo {
            signed,
            valid_from: signed,
            valid_until: longest.min(signer.ds_certificate().not_after().floor_to_day()),
            expected_update: None,
        },
        key_authorizations: KeyAuthorizations::default(),
        status: taken.as_ref().map(|(reference, _)| reference.clone()),
    };
    let mut random = Randomness::default();
    let licence = random_issue(&signer, &request, &mut random)?;
    let licence = random.end(licence)?;
    if let Some((path, key)) = &new_key {
        keys::write_private(path, key)?;
    }
    keys::write_new(&args.out, &licence, false)?;
    let file = args.out.display().to_string();
    let count = elements.len().to_string();
    out.line(&fill("cli.authority.issued", &[("file", &file), ("count", &count)]))?;
    if let Some((_, index)) = &taken {
        out.line(&fill("cli.authority.index", &[("index", &index.to_string())]))?;
    }
    if let Some((path, _)) = &new_key {
        out.line(&fill("cli.authority.key", &[("file", &path.display().to_string())]))?;
    }
    Ok(Exit::Done)
}

fn random_issue(
    signer: &IssuerSigner,
    request: &IssueRequest<'_>,
    random: &mut Randomness,
) -> Result<Vec<u8>> {
    let issued = signer.issue(request, &mut |buffer| random.fill(buffer));
    Ok(issued.map_err(|error| wrong_code("cli.wrong.issue", request.doc_type, error.code()))?)
}

type NewKey = (PathBuf, SigningKey);

/// Returns the holder's key of the arguments, or a new one to be written beside the licence.
fn device_key(args: &IssueArgs) -> Result<(CoseKey, Option<NewKey>)> {
    match &args.device_key {
        Some(file) => Ok((keys::read_public(file)?, None)),
        None => {
            let key = keys::generate()?;
            Ok((keys::cose(&key)?, Some((args.out.with_extension("key.pem"), key))))
        }
    }
}

/// Returns the elements of a demo person; both portraits are the small one.
fn demo(id: &str, now: Timestamp) -> Result<Vec<(String, String, Value)>> {
    let demo = DemoAuthority::new();
    let known = || demo.people().iter().map(|person| person.id).collect::<Vec<_>>().join(", ");
    let (Some(person), Some(small)) = (demo.person(id), demo.small_portrait(id)) else {
        return Err(wrong("cli.wrong.demo", &[("id", id), ("known", &known())]).into());
    };
    let portraits = Portraits { large: small, small };
    let facts = demo.facts(person, demo.claim_day(person, now), portraits, now);
    let elements = facts.elements(now).map_err(|error| wrong_code("cli.wrong.issue", id, error.code()))?;
    Ok(elements.into_iter().map(|(space, id, value)| (space.to_owned(), id.to_owned(), value)).collect())
}

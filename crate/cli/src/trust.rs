//! Trust anchors from files, and `liangzheng trust show`.

use std::path::{Path, PathBuf};

use ::trust::{ImportError, Issuer, ListKind, ReceivedList};
use anyhow::Result;
use authority::demo::DemoAuthority;
use cbor::Timestamp;
use mdoc::vical::{VerifiedVical, VicalEntry, VicalEntryCode};
use mdoc::{Anchor, TrustAnchors};
use native::Ring;
use serde_json::json;
use signature::VerifySignature;
use x509::{Certificate, Deviation};

use crate::args::TrustShowArgs;
use crate::exit::{Exit, wrong};
use crate::input::{self, to_hex};
use crate::output::Output;
use crate::revocation::InFolder;
use crate::say::{fill, tr};
use crate::trust_file::{certificates, no_trust, received_each, refused, roots};
use crate::{clock, list};

/// Files of trust, and how their certificates are judged.
pub(crate) struct Files<'a> {
    /// Certificates, trust lists, or folders of them.
    pub(crate) trusted: &'a [PathBuf],
    /// Document signers to be pinned.
    pub(crate) signers: &'a [PathBuf],
    /// Whether to trust the authority of the demo.
    pub(crate) demo: bool,
    /// Roots of trust lists' providers.
    pub(crate) roots: &'a [Certificate],
    /// Whether certificates must fit Annex B to the letter.
    pub(crate) strict: bool,
}

/// Returns the anchors of all files, the pinned document signers, and what the revocation lists in folders revoke. What is
/// refused in a folder or a bundle is named on standard error, and keeps nothing else out.
pub(crate) fn anchors(
    files: &Files<'_>,
    now: Timestamp,
    signatures: &dyn VerifySignature,
) -> Result<TrustAnchors> {
    let mut trust = TrustAnchors::new();
    let mut held: Vec<VerifiedVical> = Vec::new();
    let mut revocations = Vec::new();
    for found in &expand(files.trusted)? {
        let source = match of_file(found, files, &held, signatures) {
            Ok(source) => source,
            Err(error) if found.in_folder => {
                eprintln!("{error}");
                continue;
            }
            Err(error) => return Err(error),
        };
        match source {
            Source::Certificates(parts) => {
                for part in parts {
                    match part.anchor {
                        Ok(anchor) => trust.add(anchor),
                        Err(code) => eprintln!("{}", left_out(&found.path, &part.label, code)),
                    }
                }
            }
            Source::List(list) => {
                list.add_to(&mut trust, list.provider(), now, signatures);
                held.push(*list);
            }
            Source::Revocations(lists) => revocations.push(lists),
        }
    }
    if trust.is_empty()
        && let [folder] = files.trusted
        && folder.is_dir()
    {
        return Err(wrong("cli.wrong.no-trust-folder", &[("folder", &input::name(folder))]).into());
    }
    if files.demo {
        add_demo(&mut trust, signatures)?;
    }
    for file in files.signers {
        for certificate in certificates(file)? {
            let label = label(&certificate);
            let anchor = Anchor::pinned_document_signer(certificate, label, file_name(file));
            let anchor = anchor.and_then(|anchor| if files.strict { anchor.strictly() } else { Ok(anchor) });
            trust.add(anchor.map_err(|error| refused(file, error.code()))?);
        }
    }
    // after every authority that may have signed them
    revocations.iter().for_each(|lists: &InFolder| lists.add_to(&mut trust, signatures));
    Ok(trust)
}

/// Says that a part of a file is not used, and why.
fn left_out(file: &Path, label: &str, code: &str) -> String {
    let label = licence::ShownText::new(label, 150);
    let values = [
        ("file", input::name(file)),
        ("name", label.as_str().to_owned()),
        ("reason", crate::say::plain(code)),
        ("code", code.to_owned()),
    ];
    fill("cli.trust.left-out", &values.each_ref().map(|(name, value)| (*name, value.as_str())))
}

/// Adds the authority of the demo.
fn add_demo(trust: &mut TrustAnchors, signatures: &dyn VerifySignature) -> Result<()> {
    let anchor = DemoAuthority::new().anchor(signatures);
    trust.add(anchor.map_err(|error| wrong("cli.wrong.other", &[("reason", error.code())]))?);
    Ok(())
}

/// The content of a file of trust.
enum Source {
    /// Certificates.
    Certificates(Vec<Part>),
    /// A trust list.
    List(Box<VerifiedVical>),
    /// Revocation lists in a folder.
    Revocations(InFolder),
}

/// One certificate of a file.
struct Part {
    /// Its subject, or its place in the file.
    label: String,
    certificate: Option<Certificate>,
    /// The anchor, or the code of the reason why it is none.
    anchor: Result<Anchor, &'static str>,
}

/// A file, and whether it was found in a folder.
struct Found {
    path: PathBuf,
    in_folder: bool,
}

/// Replaces folders by the files in them, by name; what they are is known by their content. Left out are folders in them,
/// hidden files (`._…` of macOS among them), and the floors that this program keeps beside lists.
fn expand(files: &[PathBuf]) -> Result<Vec<Found>> {
    let mut all = Vec::new();
    for file in files {
        if !file.is_dir() {
            all.push(Found { path: file.clone(), in_folder: false });
            continue;
        }
        let place = input::name(file);
        let fail = |error: std::io::Error| crate::exit::wrong_io("cli.wrong.open", &place, &error);
        let mut found = Vec::new();
        for entry in std::fs::read_dir(file).map_err(fail)? {
            let path = entry.map_err(fail)?.path();
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            if !path.is_dir() && !name.starts_with('.') && name != list::FLOORS {
                found.push(path);
            }
        }
        if found.is_empty() {
            return Err(wrong("cli.wrong.no-trust-folder", &[("folder", &place)]).into());
        }
        found.sort();
        all.extend(found.into_iter().map(|path| Found { path, in_folder: true }));
    }
    Ok(all)
}

/// Returns the files that are read for these arguments: themselves, and those in folders.
pub(crate) fn files_of(files: &[PathBuf]) -> Result<Vec<PathBuf>> {
    Ok(expand(files)?.into_iter().map(|found| found.path).collect())
}

/// Verifies a file; `held` are the trust lists that are used already. Fails if nothing of the file can be used.
fn of_file(
    found: &Found,
    files: &Files<'_>,
    held: &[VerifiedVical],
    signatures: &dyn VerifySignature,
) -> Result<Source> {
    let file = found.path.as_path();
    let lists = received_each(file, no_trust)?;
    let is_crl =
        |list: &Result<ReceivedList, ImportError>| list.as_ref().is_ok_and(|list| list.kind == ListKind::Crl);
    if found.in_folder && lists.iter().all(is_crl) {
        let lists = lists.into_iter().flatten().collect();
        return Ok(Source::Revocations(InFolder { file: file.to_owned(), lists }));
    }
    if let [Ok(list)] = lists.as_slice()
        && list.kind == ListKind::Vical
    {
        return Ok(Source::List(Box::new(list::verified(file, list, files.roots, held, signatures)?)));
    }
    let mut parts = Vec::new();
    for (list, number) in lists.into_iter().zip(1..) {
        let unreadable = |code| Part { label: number.to_string(), certificate: None, anchor: Err(code) };
        let certificate = match list {
            Ok(list) if list.kind != ListKind::Certificate => return Err(no_trust(file).into()),
            Ok(list) => list.certificate(),
            Err(error) => Err(error),
        };
        parts.push(match certificate {
            Ok(certificate) => {
                let label = label(&certificate);
                let anchor = Anchor::iaca(certificate.clone(), label.clone(), file_name(file), signatures);
                let anchor =
                    anchor.and_then(|anchor| if files.strict { anchor.strictly() } else { Ok(anchor) });
                Part { label, certificate: Some(certificate), anchor: anchor.map_err(|error| error.code()) }
            }
            Err(error) => unreadable(error.code().unwrap_or_default()),
        });
    }
    match parts.iter().find_map(|part| part.anchor.as_ref().err()) {
        Some(code) if parts.iter().all(|part| part.anchor.is_err()) => Err(refused(file, code)),
        _ => Ok(Source::Certificates(parts)),
    }
}

fn file_name(file: &Path) -> String {
    file.file_name().map_or_else(|| input::name(file), |name| name.to_string_lossy().into_owned())
}

fn label(certificate: &Certificate) -> String {
    let name = certificate.subject().common_name().filter(|name| !name.trim().is_empty());
    name.map_or_else(|| to_hex(&certificate.fingerprint()), str::to_owned)
}

/// One line of `trust show`: a certificate, and why it is not trusted, if so.
struct Shown {
    label: String,
    certificate: Option<Certificate>,
    deviations: Vec<Deviation>,
    refused: Option<&'static str>,
}

/// `liangzheng trust show`.
pub(crate) fn show(args: &TrustShowArgs, out: &mut Output) -> Result<Exit> {
    let now = clock::moment(args.at.as_deref())?;
    let (roots, signatures) = (roots(&args.list_root)?, Ring::default());
    let files = Files { trusted: &args.files, signers: &[], demo: false, roots: &roots, strict: args.strict };
    let (mut json_lists, mut trust) = (Vec::new(), TrustAnchors::new());
    let all = expand(files.trusted)?;
    let read = |found: &Found| of_file(found, &files, &[], &signatures);
    let sources: Vec<_> = all.iter().map(|found| (found, read(found))).collect();
    for (_, source) in &sources {
        match source {
            Ok(Source::Certificates(parts)) => {
                parts.iter().filter_map(|part| part.anchor.as_ref().ok()).for_each(|a| trust.add(a.clone()));
            }
            Ok(Source::List(list)) => list.add_to(&mut trust, list.provider(), now, &signatures),
            Ok(Source::Revocations(_)) | Err(_) => {}
        }
    }
    for (found, source) in sources {
        let file = &found.path;
        let source = match source {
            Ok(Source::Revocations(lists)) if args.json => {
                json_lists.push(lists.to_json(&trust, now, &signatures));
                continue;
            }
            Ok(Source::Revocations(lists)) => {
                lists.print(&trust, now, &signatures, out)?;
                continue;
            }
            Ok(source) => source,
            Err(error) if found.in_folder && args.json => {
                json_lists
                    .push(json!({ "file": input::name(file), "anchors": [], "refused": error.to_string() }));
                continue;
            }
            Err(error) if found.in_folder => {
                out.line(&error.to_string())?;
                continue;
            }
            Err(error) => return Err(error),
        };
        let shown = shown(&source, &signatures);
        if args.json {
            let anchors: Vec<_> = shown.iter().map(shown_json).collect();
            let mut entry = json!({ "file": input::name(file), "anchors": anchors });
            if let (Source::List(list), Some(object)) = (&source, entry.as_object_mut()) {
                object.insert("provider".into(), list.provider().into());
                object.insert("date".into(), list.date().format_tdate().into());
                object.insert("issueId".into(), list.issue_id().into());
                object.insert("nextUpdate".into(), list.next_update().map(Timestamp::format_tdate).into());
                object.insert("currentUntil".into(), list.current_until().format_tdate().into());
                object.insert("age".into(), list.age(now).reason().map(|reason| reason.code()).into());
            }
            json_lists.push(entry);
            continue;
        }
        let count = shown.len().to_string();
        out.strong(&fill("cli.trust.list", &[("file", &input::name(file)), ("count", &count)]))?;
        if let Source::List(list) = &source {
            list::print(list, now, out)?;
        }
        for one in &shown {
            print_shown(one, out)?;
        }
    }
    if args.json {
        out.json(&json!({ "lists": json_lists }))?;
    }
    Ok(Exit::Done)
}

fn shown(source: &Source, signatures: &dyn VerifySignature) -> Vec<Shown> {
    let deviations = |anchor: Option<&Anchor>| anchor.map_or_else(Vec::new, |a| a.deviations().to_vec());
    match source {
        Source::Certificates(parts) => {
            let of = |part: &Part| Shown {
                label: part.label.clone(),
                certificate: part.certificate.clone(),
                deviations: deviations(part.anchor.as_ref().ok()),
                refused: part.anchor.as_ref().err().copied(),
            };
            parts.iter().map(of).collect()
        }
        Source::List(list) => {
            let of = |entry: VicalEntry| Shown {
                label: entry.label(),
                certificate: entry.certificate().cloned(),
                deviations: deviations(entry.anchor().ok()),
                refused: Issuer::from(&entry).refused.map(VicalEntryCode::code),
            };
            list.entries(list.provider(), signatures).map(of).collect()
        }
        Source::Revocations(_) => Vec::new(),
    }
}

fn shown_json(shown: &Shown) -> serde_json::Value {
    let certificate = shown.certificate.as_ref();
    json!({
        "label": shown.label,
        "country": certificate.and_then(|c| c.subject().country()),
        "state": certificate.and_then(|c| c.subject().state_or_province()),
        "notBefore": certificate.map(|c| c.not_before().format_tdate()),
        "notAfter": certificate.map(|c| c.not_after().format_tdate()),
        "curve": certificate.map(|c| format!("{:?}", c.public_key().curve())),
        "sha256": certificate.map(|c| to_hex(&c.fingerprint())),
        "spkiSha256": certificate.map(|c| to_hex(&c.spki_sha256())),
        "deviations": shown.deviations.iter().map(|deviation| deviation.code.code()).collect::<Vec<_>>(),
        "refused": shown.refused,
    })
}

fn print_shown(shown: &Shown, out: &mut Output) -> Result<()> {
    let label = licence::ShownText::new(&shown.label, 150);
    let Some(certificate) = &shown.certificate else {
        return out.line(&format!("  {} [{}]", label.as_str(), shown.refused.unwrap_or_default()));
    };
    let country = certificate.subject().country().unwrap_or("--");
    let place = certificate.subject().state_or_province().map_or_else(
        || country.to_owned(),
        |state| format!("{country} {}", licence::ShownText::new(state, 60).as_str()),
    );
    out.line(&format!("  {}  [{place}]  {:?}", label.as_str(), certificate.public_key().curve()))?;
    if let Some(code) = shown.refused {
        out.line(&format!("    {} [{code}]", crate::say::reason(code)))?;
    }
    for deviation in &shown.deviations {
        let code = deviation.code.code();
        let certificate = tr(verdict::certificate_key(deviation.certificate));
        out.line(&format!(
            "    {} [{code}]",
            fill(&format!("code.{code}"), &[("certificate", certificate)])
        ))?;
    }
    let (from, until) = (certificate.not_before().format_tdate(), certificate.not_after().format_tdate());
    out.faint(&format!("    {from} … {until}"))?;
    out.faint(&format!("    {} {}", tr("cli.trust.fingerprint"), to_hex(&certificate.fingerprint())))
}

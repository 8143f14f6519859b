//! Trust anchors from files, and `liangzheng trust show`.

use std::path::{Path, PathBuf};

use ::trust::{ImportError, Issuer, ListKind, ReceivedList};
use anyhow::Result;
use cbor::Timestamp;
use mdoc::vical::{VerifiedVical, VicalEntry, VicalEntryCode};
use mdoc::{Anchor, TrustAnchors};
use serde_json::json;
use signature::VerifySignature;
use x509::Certificate;

use crate::args::TrustShowArgs;
use crate::exit::{Exit, wrong, wrong_file};
use crate::input::{self, to_hex};
use crate::output::Output;
use crate::provider::Ring;
use crate::say::{fill, tr};
use crate::trust_file::{all_certificates, certificates, mixed, no_trust, received, refused, roots};
use crate::{clock, list};

/// Returns the anchors of all files, and the pinned document signers.
pub(crate) fn anchors(
    files: &[PathBuf],
    signers: &[PathBuf],
    roots: &[Certificate],
    now: Timestamp,
    signatures: &dyn VerifySignature,
) -> Result<TrustAnchors> {
    let mut trust = TrustAnchors::new();
    let mut held: Vec<VerifiedVical> = Vec::new();
    for file in &expand(files)? {
        match of_file(file, roots, &held, signatures)? {
            Source::Certificates(anchors) => anchors.into_iter().for_each(|anchor| trust.add(anchor)),
            Source::List(list) => {
                list.add_to(&mut trust, list.provider(), now, signatures);
                held.push(*list);
            }
        }
    }
    for file in signers {
        for certificate in certificates(file)? {
            let label = label(&certificate);
            let anchor = Anchor::pinned_document_signer(certificate, label, file_name(file));
            trust.add(anchor.map_err(|error| refused(file, error.code()))?);
        }
    }
    Ok(trust)
}

/// Adds revocations: lists signed by trusted authorities, and fingerprints of certificates.
pub(crate) fn revoke(
    trust: &mut TrustAnchors,
    lists: &[PathBuf],
    revoked: &[String],
    signatures: &dyn VerifySignature,
) -> Result<()> {
    for file in lists {
        let refused = |error: ImportError| match error.code() {
            Some(code) => wrong_file("cli.wrong.crl", &input::name(file), code),
            None => mixed(file),
        };
        let bytes = input::read_any(file, input::LIST)?;
        for list in ReceivedList::read_crls(&input::utf8(&bytes)).map_err(refused)? {
            let list = list.crl(trust, signatures).map(|(list, _)| list);
            trust.revoke(list.map_err(refused)?);
        }
    }
    for text in revoked {
        let hash: Option<[u8; 32]> = input::hex(text).and_then(|bytes| bytes.try_into().ok());
        trust.revoke(hash.ok_or_else(|| wrong("cli.wrong.hex", &[("argument", "--revoked")]))?);
    }
    Ok(())
}

/// The content of a file of trust.
enum Source {
    /// Certificates, each an anchor.
    Certificates(Vec<Anchor>),
    /// A trust list.
    List(Box<VerifiedVical>),
}

/// Replaces folders by the certificates and lists in them, by name.
fn expand(files: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let mut all = Vec::new();
    for file in files {
        if !file.is_dir() {
            all.push(file.clone());
            continue;
        }
        let place = input::name(file);
        let fail = |error: std::io::Error| crate::exit::wrong_io("cli.wrong.open", &place, &error);
        let mut found = Vec::new();
        for entry in std::fs::read_dir(file).map_err(fail)? {
            let path = entry.map_err(fail)?.path();
            let extension = path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase());
            if matches!(extension.as_deref(), Some("vical" | "pem" | "der" | "crt" | "cer")) {
                found.push(path);
            }
        }
        if found.is_empty() {
            return Err(wrong("cli.wrong.no-trust-folder", &[("folder", &place)]).into());
        }
        found.sort();
        all.extend(found);
    }
    Ok(all)
}

/// Verifies a file; `held` are the trust lists that are used already.
fn of_file(
    file: &Path,
    roots: &[Certificate],
    held: &[VerifiedVical],
    signatures: &dyn VerifySignature,
) -> Result<Source> {
    let lists = received(file, no_trust)?;
    if let [list] = lists.as_slice()
        && list.kind == ListKind::Vical
    {
        return Ok(Source::List(Box::new(list::verified(file, list, roots, held, signatures)?)));
    }
    let mut anchors = Vec::new();
    for certificate in all_certificates(file, &lists)? {
        let label = label(&certificate);
        let anchor = Anchor::iaca(certificate, label, file_name(file), signatures);
        anchors.push(anchor.map_err(|error| refused(file, error.code()))?);
    }
    Ok(Source::Certificates(anchors))
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
    refused: Option<&'static str>,
}

/// `liangzheng trust show`.
pub(crate) fn show(args: &TrustShowArgs, out: &mut Output) -> Result<Exit> {
    let now = clock::moment(args.at.as_deref())?;
    let (roots, signatures) = (roots(&args.list_root)?, Ring::default());
    let mut json_lists = Vec::new();
    for file in &expand(&args.files)? {
        let source = of_file(file, &roots, &[], &signatures)?;
        let shown = shown(&source, &signatures);
        if args.json {
            let anchors: Vec<_> = shown.iter().map(shown_json).collect();
            let mut entry = json!({ "file": input::name(file), "anchors": anchors });
            if let (Source::List(list), Some(object)) = (&source, entry.as_object_mut()) {
                object.insert("provider".into(), list.provider().into());
                object.insert("date".into(), list.date().format_tdate().into());
                object.insert("issueId".into(), list.issue_id().into());
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
    match source {
        Source::Certificates(anchors) => {
            let of = |anchor: &Anchor| Shown {
                label: anchor.label.clone(),
                certificate: Some(anchor.certificate().clone()),
                refused: None,
            };
            anchors.iter().map(of).collect()
        }
        Source::List(list) => {
            let of = |entry: VicalEntry| Shown {
                label: entry.label(),
                certificate: entry.certificate().cloned(),
                refused: Issuer::from(&entry).refused.map(VicalEntryCode::code),
            };
            list.entries(list.provider(), signatures).map(of).collect()
        }
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
    let (from, until) = (certificate.not_before().format_tdate(), certificate.not_after().format_tdate());
    out.faint(&format!("    {from} … {until}"))?;
    out.faint(&format!("    {} {}", tr("cli.trust.fingerprint"), to_hex(&certificate.fingerprint())))
}

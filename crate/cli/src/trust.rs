//! Whom to trust, from files, and `trust show`.

use std::path::{Path, PathBuf};

use anyhow::Result;
use mdoc::trust::{Anchor, TrustAnchors};
use mdoc::x509::Certificate;
use serde_json::json;

use crate::args::TrustShowArgs;
use crate::exit::{Exit, wrong, wrong_code};
use crate::input::{self, to_hex};
use crate::output::Output;
use crate::say::{fill, tr};

/// The anchors of all files, and the pinned document signers.
pub(crate) fn anchors(files: &[PathBuf], signers: &[PathBuf]) -> Result<TrustAnchors> {
    let mut trust = TrustAnchors::new();
    for file in files {
        for anchor in of_file(file)? {
            trust.add(anchor);
        }
    }
    for file in signers {
        for certificate in certificates(file, &input::read_any(file, input::LIST)?)? {
            let label = label(&certificate);
            let anchor = Anchor::pinned_document_signer(certificate, label, file_name(file));
            trust.add(anchor.map_err(|error| refused(file, error.code()))?);
        }
    }
    Ok(trust)
}

fn of_file(file: &Path) -> Result<Vec<Anchor>> {
    let bytes = input::read_any(file, input::LIST)?;
    let mut anchors = Vec::new();
    for certificate in certificates(file, &bytes)? {
        let label = label(&certificate);
        let anchor = Anchor::iaca(certificate, label, file_name(file));
        anchors.push(anchor.map_err(|error| refused(file, error.code()))?);
    }
    Ok(anchors)
}

/// The certificates of a file: one in DER, or every block of a PEM text.
fn certificates(file: &Path, bytes: &[u8]) -> Result<Vec<Certificate>> {
    let blocks = input::pem_blocks(bytes, "CERTIFICATE");
    let ders = if blocks.is_empty() { vec![bytes.to_vec()] } else { blocks };
    let mut certificates = Vec::new();
    for der in ders {
        let certificate = Certificate::decode(&der).map_err(|error| refused(file, error.code()))?;
        certificates.push(certificate);
    }
    Ok(certificates)
}

fn refused(file: &Path, code: &'static str) -> anyhow::Error {
    wrong_code("cli.wrong.trust", &input::name(file), code).into()
}

fn file_name(file: &Path) -> String {
    file.file_name().map_or_else(|| input::name(file), |name| name.to_string_lossy().into_owned())
}

fn label(certificate: &Certificate) -> String {
    let name = certificate.subject().common_name().filter(|name| !name.trim().is_empty());
    name.map_or_else(|| to_hex(&certificate.fingerprint()), str::to_owned)
}

/// `liangzheng trust show`.
pub(crate) fn show(args: &TrustShowArgs, out: &mut Output) -> Result<Exit> {
    let mut lists = Vec::new();
    for file in &args.files {
        lists.push((file, of_file(file)?));
    }
    if lists.iter().all(|(_, anchors)| anchors.is_empty()) {
        return Err(wrong("cli.wrong.no-anchors", &[]).into());
    }
    if args.json {
        let lists: Vec<_> = lists
            .iter()
            .map(|(file, anchors)| {
                let anchors: Vec<_> = anchors.iter().map(anchor_json).collect();
                json!({ "file": input::name(file), "anchors": anchors })
            })
            .collect();
        return out.json(&json!({ "lists": lists })).map(|()| Exit::Done);
    }
    for (file, anchors) in &lists {
        let count = anchors.len().to_string();
        out.strong(&fill("cli.trust.list", &[("file", &input::name(file)), ("count", &count)]))?;
        for anchor in anchors {
            print_anchor(anchor, out)?;
        }
    }
    Ok(Exit::Done)
}

pub(crate) fn anchor_json(anchor: &Anchor) -> serde_json::Value {
    let certificate = anchor.certificate();
    json!({
        "label": anchor.label,
        "country": certificate.subject().country(),
        "state": certificate.subject().state_or_province(),
        "notBefore": certificate.not_before().format_tdate(),
        "notAfter": certificate.not_after().format_tdate(),
        "curve": format!("{:?}", certificate.public_key().curve()),
        "sha256": to_hex(&certificate.fingerprint()),
        "spkiSha256": to_hex(&certificate.spki_sha256()),
    })
}

pub(crate) fn print_anchor(anchor: &Anchor, out: &mut Output) -> Result<()> {
    let certificate = anchor.certificate();
    let country = certificate.subject().country().unwrap_or("--");
    let place = certificate.subject().state_or_province().map_or_else(
        || country.to_owned(),
        |state| format!("{country} {}", licence::text::ShownText::new(state, 60).as_str()),
    );
    let label = licence::text::ShownText::new(&anchor.label, 150);
    out.line(&format!("  {}  [{place}]  {:?}", label.as_str(), certificate.public_key().curve()))?;
    let (from, until) = (certificate.not_before().format_tdate(), certificate.not_after().format_tdate());
    out.faint(&format!("    {from} … {until}"))?;
    out.faint(&format!("    {} {}", tr("cli.trust.fingerprint"), to_hex(&certificate.fingerprint())))
}

//! `liangzheng inspect`: an annotated tree of a file's content. Nothing is verified.

mod certificate;
mod tree;

use anyhow::Result;
use cbor::Item;
use envelope::Envelope;
use optical::Frame;
use x509::{Certificate, CertificateError};

use crate::args::InspectArgs;
use crate::exit::{Exit, wrong, wrong_code};
use crate::input::{self, to_hex};
use crate::output::Output;
use crate::say::fill;

/// Runs the command.
pub(crate) fn run(args: &InspectArgs, out: &mut Output) -> Result<Exit> {
    let bytes = input::read_any(&args.file, input::LIST)?;
    if let Some(blocks) = x509::certificate_pems(&input::utf8(&bytes)) {
        let refused = |error: CertificateError| {
            wrong_code("cli.wrong.certificate", &input::name(&args.file), error.code())
        };
        for der in blocks.map_err(refused)? {
            let certificate = Certificate::decode(&der).map_err(refused)?;
            title("X.509 certificate (PEM)", der.len(), out)?;
            certificate::print(&certificate, 1, out)?;
        }
        return Ok(Exit::Done);
    }
    if let Ok(certificate) = Certificate::decode(&bytes) {
        title("X.509 certificate (DER)", bytes.len(), out)?;
        certificate::print(&certificate, 1, out)?;
        return Ok(Exit::Done);
    }
    if let Ok(frame) = Frame::decode(&bytes) {
        title("QR frame", bytes.len(), out)?;
        return of_frame(&frame, out);
    }
    let tree = tree::Tree::new(args.full);
    if let Ok(item) = cbor::decode_foreign(&bytes) {
        title(kind(&item), bytes.len(), out)?;
        tree.print(&item, out)?;
        return Ok(Exit::Done);
    }
    if let Ok(envelope) = Envelope::decode(&bytes) {
        title("Envelope of the QR link, deflated", bytes.len(), out)?;
        let inflated = envelope.encode_inflated();
        title("Envelope", inflated.len(), out)?;
        if let Ok(item) = cbor::decode_foreign(&inflated) {
            tree.print(&item, out)?;
        }
        return Ok(Exit::Done);
    }
    let length = bytes.len().to_string();
    Err(wrong("cli.wrong.inspect", &[("file", &input::name(&args.file)), ("length", &length)]).into())
}

fn title(kind: &str, length: usize, out: &mut Output) -> Result<()> {
    out.strong(&fill("cli.inspect.title", &[("kind", kind), ("length", &length.to_string())]))
}

fn of_frame(frame: &Frame<'_>, out: &mut Output) -> Result<Exit> {
    let part = if frame.is_parity() { "parity" } else { "data" };
    out.line(&format!("  session  {}", to_hex(&frame.session())))?;
    out.line(&format!("  payload  {} bytes in {} frames", frame.length(), frame.k()))?;
    out.line(&format!("  index    {} ({part})", frame.index()))?;
    out.line(&format!("  data     {} bytes", frame.data().len()))?;
    Ok(Exit::Done)
}

/// Returns the type of an item, guessed from its keys.
fn kind(item: &Item<'_>) -> &'static str {
    let has = |key: &str| item.get_text(key).is_some();
    match item.as_array() {
        Some([_, _, payload, _]) => return kind_of_signed(item, payload),
        Some([_, _, _]) => return "CBOR array of three: an Envelope or a SessionTranscript",
        Some(_) => return "CBOR array",
        None => {}
    }
    if let Some((tag, inner)) = item.as_tag() {
        return match (tag, inner.as_array()) {
            (18, Some([_, _, payload, _])) => kind_of_signed(inner, payload),
            (24, _) => "#6.24: CBOR in a byte string",
            _ => "tagged CBOR",
        };
    }
    match item.as_map() {
        Some(_) if has("documents") || has("documentErrors") => "DeviceResponse",
        Some(_) if has("docRequests") => "DeviceRequest",
        Some(_) if has("issuerAuth") => "IssuerSigned",
        Some(_) if has("valueDigests") => "MobileSecurityObject",
        Some(_) if has("vicalProvider") => "VICAL, unsigned",
        Some(_) if item.get_integer(65533).is_some() => "status list, unsigned",
        Some(_) if item.get_integer(1).is_some() && item.get_integer(-1).is_some() => "COSE_Key",
        Some(_) => "CBOR map",
        None => "CBOR",
    }
}

fn kind_of_signed(message: &Item<'_>, payload: &Item<'_>) -> &'static str {
    let inside = payload.as_bytes().and_then(|bytes| cbor::decode_foreign(bytes).ok());
    let has = |key: &str| inside.as_ref().is_some_and(|item| item.get_text(key).is_some());
    let claim = |key: i64| inside.as_ref().is_some_and(|item| item.get_integer(key).is_some());
    let is_message =
        message.as_array().is_some_and(|parts| parts.first().is_some_and(|p| p.as_bytes().is_some()));
    match () {
        () if has("vicalProvider") => "VICAL (COSE_Sign1)",
        () if claim(65533) => "status list (CWT in COSE_Sign1)",
        () if claim(65530) => "identifier list (CWT in COSE_Sign1)",
        () if is_message && inside.as_ref().is_some_and(|item| item.as_encoded_cbor().is_some()) => {
            "issuerAuth (COSE_Sign1 of an MSO)"
        }
        () if is_message => "COSE_Sign1 or COSE_Mac0",
        () => "CBOR array of four",
    }
}

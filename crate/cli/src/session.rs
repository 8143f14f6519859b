//! Which session a presentation is bound to, from the arguments.

use std::path::Path;

use anyhow::Result;
use batch::Session;
use mdoc::{Handover, SessionTranscript, TranscriptError};

use crate::args::SessionArgs;
use crate::exit::{Wrong, wrong};
use crate::input;
use crate::say;

/// Returns the session of the arguments, and the key of the sentence that says which values it is of.
pub(crate) fn of(args: &SessionArgs) -> Result<(Session, Option<&'static str>)> {
    let thumbprint =
        args.thumbprint.as_deref().map(|text| input::argument("--thumbprint", text)).transpose()?;
    let kind = &args.kind;
    if thumbprint.is_some() && kind.openid4vp.is_none() && kind.dc_api.is_none() {
        return Err(wrong("cli.wrong.thumbprint-alone", &[]).into());
    }
    let thumbprint = thumbprint.as_deref();
    if kind.one_way {
        return Ok((Session::OneWay, None));
    }
    let (made, values) = if let Some(text) = &kind.transcript {
        return Ok((Session::Given(from_text(text)?), Some("cli.session.transcript")));
    } else if let Some([client_id, nonce, response_uri]) = kind.openid4vp.as_deref() {
        (
            SessionTranscript::openid4vp_redirect(client_id, nonce, thumbprint, response_uri),
            "cli.session.openid4vp",
        )
    } else if let Some([origin, nonce]) = kind.dc_api.as_deref() {
        (SessionTranscript::openid4vp_dc_api(origin, nonce, thumbprint), "cli.session.dc-api")
    } else if let Some([encryption_info, origin]) = kind.org_iso_mdoc.as_deref() {
        (SessionTranscript::org_iso_mdoc(encryption_info, origin), "cli.session.org-iso-mdoc")
    } else if let Some([engagement, key]) = kind.proximity.as_deref() {
        let (engagement, key) =
            (input::argument("--proximity", engagement)?, input::argument("--proximity", key)?);
        (
            SessionTranscript::proximity(&inner(&engagement), &inner(&key), Handover::Qr),
            "cli.session.proximity",
        )
    } else {
        return Ok((Session::NotGiven, None));
    };
    Ok((Session::Given(made.map_err(refused)?), Some(values)))
}

fn refused(error: TranscriptError) -> Wrong {
    wrong("cli.wrong.session", &[("reason", &say::reason(error.code())), ("code", error.code())])
}

/// Reads a transcript: hexadecimal or base64url text, or a file; with or without tag 24.
fn from_text(text: &str) -> Result<SessionTranscript> {
    let bytes = match text.strip_prefix('@') {
        Some(file) => input::read_any(Path::new(file), input::SMALL)?,
        None => input::argument("--transcript", text)?,
    };
    Ok(SessionTranscript::from_bytes(&inner(&bytes)).map_err(|error| {
        wrong("cli.wrong.session", &[("reason", &say::reason(error.code())), ("code", error.code())])
    })?)
}

/// Returns the content of `#6.24(bstr)`, or the bytes unchanged.
fn inner(bytes: &[u8]) -> Vec<u8> {
    let item = cbor::decode_foreign(bytes).ok();
    item.as_ref().and_then(|item| item.as_encoded_cbor()).unwrap_or(bytes).to_vec()
}

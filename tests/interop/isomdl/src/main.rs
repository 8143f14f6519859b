//! isomdl, asked by `peers/isomdl.mjs`: a question a line on standard input, an answer a line out, in JSON.
//!
//! A question has `at` (unix seconds; the clock is held there) and bytes in hexadecimal. An answer has `ok`, and `error`.

mod clock;

use std::io::{BufRead as _, Write as _};

use anyhow::{Context as _, bail};
use isomdl::definitions::DeviceResponse;
use isomdl::definitions::session::SessionTranscript;
use isomdl::definitions::x509::trust_anchor::{TrustAnchor, TrustAnchorRegistry, TrustPurpose};
use isomdl::presentation::authentication::AuthenticationStatus;
use isomdl::presentation::{reader, reader_utils};
use serde::{Deserialize, Serialize};
use x509_cert::der::Decode as _;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Question {
    at: u32,
    device_response: String,
    transcript: String,
    iaca: String,
}

/// Any transcript: the library's reader is generic over it.
#[derive(Clone, Serialize, Deserialize)]
#[serde(transparent)]
struct Transcript(ciborium::Value);

impl SessionTranscript for Transcript {}

/// What the library's own reader does with a response that it has decrypted.
fn verify(question: &Question) -> anyhow::Result<()> {
    clock::hold(question.at);
    let response: DeviceResponse = isomdl::cbor::from_slice(&hex::decode(&question.device_response)?)
        .ok()
        .context("no DeviceResponse")?;
    let transcript: Transcript =
        isomdl::cbor::from_slice(&hex::decode(&question.transcript)?).ok().context("no transcript")?;
    let certificate = x509_cert::Certificate::from_der(&hex::decode(&question.iaca)?)?;
    let trust =
        TrustAnchorRegistry { anchors: vec![TrustAnchor { certificate, purpose: TrustPurpose::Iaca }] };
    let (document, chain, namespaces) = reader::parse(&response)?;
    let outcome = reader_utils::validate_response(transcript, trust, chain, document.clone(), namespaces);
    let valid = [outcome.issuer_authentication, outcome.device_authentication]
        .iter()
        .all(|status| *status == AuthenticationStatus::Valid);
    if !valid || !outcome.errors.is_empty() {
        bail!("{}", serde_json::to_string(&outcome.errors)?);
    }
    Ok(())
}

/// The answer to one line; a panic of the library is a refusal too.
fn answer(line: &str) -> serde_json::Value {
    let verdict = std::panic::catch_unwind(|| verify(&serde_json::from_str(line)?));
    match verdict {
        Ok(Ok(())) => serde_json::json!({ "ok": true }),
        Ok(Err(error)) => serde_json::json!({ "ok": false, "error": format!("{error:#}") }),
        Err(_) => serde_json::json!({ "ok": false, "error": "it panicked" }),
    }
}

fn main() -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        writeln!(out, "{}", answer(&line?))?;
        out.flush()?;
    }
    Ok(())
}

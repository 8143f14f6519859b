//! Revocation lists in files: those of `--crl`, and those in a folder of trust.

use std::path::{Path, PathBuf};

use ::trust::{ImportError, ReceivedList};
use anyhow::Result;
use cbor::Timestamp;
use mdoc::{OutcomeCode, TrustAnchors};
use serde_json::json;
use signature::VerifySignature;
use x509::VerifiedCrl;

use crate::exit::{Wrong, wrong, wrong_file};
use crate::input::{self, to_hex};
use crate::output::Output;
use crate::say::{fill, moment, reason};
use crate::trust_file::mixed;

/// The revocation lists of a file in a folder of trust, not verified.
pub(crate) struct InFolder {
    pub(crate) file: PathBuf,
    pub(crate) lists: Vec<ReceivedList>,
}

impl InFolder {
    /// Adds the lists of trusted authorities. Each of the others is named on standard error, and keeps nothing else out.
    pub(crate) fn add_to(&self, trust: &mut TrustAnchors, signatures: &dyn VerifySignature) {
        for list in &self.lists {
            match list.crl(trust, signatures).map(|(list, _)| list) {
                Ok(list) => trust.revoke(list),
                Err(error) => eprintln!("{}", refused(&self.file, &error)),
            }
        }
    }

    /// Returns the lists as JSON: those of `trust` with what they say, and why each of the others does not count.
    pub(crate) fn to_json(
        &self,
        trust: &TrustAnchors,
        now: Timestamp,
        signatures: &dyn VerifySignature,
    ) -> serde_json::Value {
        let of = |list: &ReceivedList| match list.crl(trust, signatures) {
            Ok((crl, anchor)) => json!({
                "authority": anchor.label,
                "number": crl.number().map(to_hex),
                "date": crl.this_update().format_tdate(),
                "nextUpdate": crl.next_update().format_tdate(),
                "revoked": crl.len(),
                "sha256": to_hex(&list.pin),
                "age": age(&crl, now).map(OutcomeCode::code),
                "refused": null,
            }),
            Err(error) => json!({ "sha256": to_hex(&list.pin), "refused": error.code() }),
        };
        let lists: Vec<_> = self.lists.iter().map(of).collect();
        json!({ "file": input::name(&self.file), "anchors": [], "revocationLists": lists })
    }

    /// Prints the lists as [`Self::to_json`] returns them.
    pub(crate) fn print(
        &self,
        trust: &TrustAnchors,
        now: Timestamp,
        signatures: &dyn VerifySignature,
        out: &mut Output,
    ) -> Result<()> {
        let count = self.lists.len().to_string();
        out.strong(&fill("cli.trust.crls", &[("file", &input::name(&self.file)), ("count", &count)]))?;
        for list in &self.lists {
            let (crl, anchor) = match list.crl(trust, signatures) {
                Ok(verified) => verified,
                Err(error) => {
                    out.line(&format!("  {}", refused(&self.file, &error)))?;
                    continue;
                }
            };
            let label = licence::ShownText::new(&anchor.label, 150);
            let (count, next) = (crl.len().to_string(), moment(crl.next_update()));
            let values = [("authority", label.as_str()), ("count", &count), ("next", &next)];
            out.line(&format!("  {}", fill("cli.trust.crl", &values)))?;
            if let Some(code) = age(&crl, now).map(OutcomeCode::code) {
                out.line(&format!("    {} [{code}]", reason(code)))?;
            }
            out.faint(&format!("    SHA-256 {}", to_hex(&list.pin)))?;
        }
        Ok(())
    }
}

/// Reads the revocation lists of a file.
pub(crate) fn of_file(file: &Path) -> Result<InFolder> {
    let bytes = input::read_any(file, input::LIST)?;
    let lists = ReceivedList::read_crls(&input::utf8(&bytes)).map_err(|error| refused(file, &error))?;
    Ok(InFolder { file: file.to_owned(), lists })
}

/// Returns why a list is not current at `now`, if it is not.
fn age(list: &VerifiedCrl, now: Timestamp) -> Option<OutcomeCode> {
    if now < list.this_update() {
        Some(OutcomeCode::DsRevocationAhead)
    } else {
        (list.next_update() < now).then_some(OutcomeCode::DsRevocationOld)
    }
}

fn refused(file: &Path, error: &ImportError) -> Wrong {
    match error.code() {
        Some(code) => wrong_file("cli.wrong.crl", &input::name(file), code),
        None => mixed(file),
    }
}

/// Adds revocations: lists signed by trusted authorities, and fingerprints of certificates.
pub(crate) fn revoke(
    trust: &mut TrustAnchors,
    lists: &[PathBuf],
    revoked: &[String],
    signatures: &dyn VerifySignature,
) -> Result<()> {
    for file in lists {
        let bytes = input::read_any(file, input::LIST)?;
        for list in ReceivedList::read_crls(&input::utf8(&bytes)).map_err(|error| refused(file, &error))? {
            let list = list.crl(trust, signatures).map(|(list, _)| list);
            trust.revoke(list.map_err(|error| refused(file, &error))?);
        }
    }
    for text in revoked {
        let hash = batch::sha256(text);
        trust.revoke(hash.ok_or_else(|| wrong("cli.wrong.hex", &[("argument", "--revoked")]))?);
    }
    Ok(())
}

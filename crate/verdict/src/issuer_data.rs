//! The verdict on issuer data, whose presenter is unknown.
//!
//! Its type differs from a presentation's [`Verdict`](crate::Verdict), so that neither is taken for the other.
//! ```compile_fail,E0308
//! use liangzheng_verdict::{IssuerVerdict, Verdict};
//! fn pass_for_a_presentation(of_issuer: IssuerVerdict) -> Verdict { of_issuer }
//! ```

use envelope::{EnvelopeError, MAX_INFLATED};
use mdoc::UnverifiedIssuerData;
use mdoc::{IssuerContext, ProfileError};

use crate::context::VerifierContext;
use crate::judge;
use crate::several::{Choice, choose, decisive};
use crate::verdict::{IssuerVerdict, Presenter};

/// Judges issuer data. Any bytes give a verdict.
///
/// It checks what [`mdoc::verify_issuer_data`] checks, the licence's validity and status and
/// the rules of the purpose. Nothing is known about the presenter.
pub fn verify_issuer_data(
    bytes: &[u8],
    presenter: Presenter,
    context: &VerifierContext<'_>,
) -> IssuerVerdict {
    let VerifierContext { now, terms, .. } = *context;
    let refused = |verdict| judge::without_issuer_data(verdict, now);
    if bytes.len() > MAX_INFLATED {
        return refused(judge::not_a_code(&EnvelopeError::Size, terms, now));
    }
    let unverified = match decode(bytes, presenter) {
        Ok(unverified) => unverified,
        Err(error) => return refused(judge::unproven(&error.into(), terms, now)),
    };
    let &VerifierContext { trust, clock_floor, signatures, strict, .. } = context;
    let issuer = IssuerContext { trust, now, clock_floor, signatures, strict };
    let answer = match mdoc::verify_issuer_answer(&unverified, &issuer) {
        Ok(answer) => answer,
        Err(error) => return refused(judge::unproven(&error, terms, now)),
    };
    match choose(answer, context) {
        Choice::Documents(documents) => {
            let verdicts = documents
                .iter()
                .map(|(data, beside)| judge::judge_issuer_data(data, presenter, beside, terms, now))
                .collect();
            decisive(verdicts, terms.purpose, |verdict: &IssuerVerdict| &verdict.layers)
                .unwrap_or_else(|| refused(judge::several(terms, now)))
        }
        Choice::Several => refused(judge::several(terms, now)),
        Choice::NotALicence(other) => refused(judge::another_document(other, terms, now)),
        Choice::Unknown(error) => refused(judge::unproven(&error, terms, now)),
    }
}

/// Returns whether these bytes are a document as other systems keep and send it, and no payload of the QR link: a DeviceResponse,
/// with documents or without, or an IssuerSigned.
pub fn is_document(bytes: &[u8]) -> bool {
    bytes.len() <= MAX_INFLATED
        && cbor::decode_foreign(bytes).is_ok_and(|item| {
            let has = |key| item.get_text(key).is_some();
            has("documents") || has("issuerAuth") || has("version") && has("status")
        })
}

/// Decodes a DeviceResponse, which has a version, or an IssuerSigned, which has `issuerAuth`. Other bytes are refused as an
/// IssuerSigned if nothing is asked about the presenter, else as a DeviceResponse.
fn decode(bytes: &[u8], presenter: Presenter) -> Result<Vec<UnverifiedIssuerData>, ProfileError> {
    let item = cbor::decode_foreign(bytes);
    let has = |key| item.as_ref().is_ok_and(|item| item.get_text(key).is_some());
    let is_response = has("version") || has("documents");
    if !is_response && (has("issuerAuth") || presenter == Presenter::NotAsked) {
        return Ok(vec![UnverifiedIssuerData::decode(bytes)?]);
    }
    UnverifiedIssuerData::from_device_response(bytes)
}

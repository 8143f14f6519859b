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

use crate::checked::check_issuer_data;
use crate::context::VerifierContext;
use crate::judge;
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
    let verified = mdoc::verify_issuer_data(&unverified, &issuer);
    let data = match verified {
        Ok(data) => data,
        Err(error) => return refused(judge::unproven(&error, terms, now)),
    };
    match check_issuer_data(data, context.status_lists, terms, now) {
        Ok(checked) => judge::judge_issuer_data(&checked, presenter, terms, now),
        Err(other) => refused(judge::another_document(other, terms, now)),
    }
}

/// Whether it is a DeviceResponse, which has a version; other bytes are decoded as an IssuerSigned.
fn decode(bytes: &[u8], presenter: Presenter) -> Result<UnverifiedIssuerData, ProfileError> {
    let is_response = cbor::decode_foreign(bytes)
        .is_ok_and(|item| item.get_text("version").is_some() || item.get_text("documents").is_some());
    match (presenter, is_response) {
        (Presenter::NotAsked, false) => UnverifiedIssuerData::decode(bytes),
        _ => UnverifiedIssuerData::from_device_response(bytes),
    }
}

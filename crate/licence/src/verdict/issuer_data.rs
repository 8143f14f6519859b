//! The verdict on issuer data: what was signed, without who shows it.
//!
//! Its type is another one than a presentation's [`Verdict`](super::Verdict), cannot be sent to a
//! page and has no face to compare: no page can take the one for the other.
//! ```compile_fail,E0308
//! use liangzheng_licence::verdict::{IssuerVerdict, Verdict};
//! fn pass_for_a_presentation(of_issuer: IssuerVerdict) -> Verdict { of_issuer }
//! ```

use mdoc::error::ProfileError;
use mdoc::issuer_data::{self, UnverifiedIssuerData};
use mdoc::one_way::{EnvelopeError, MAX_INFLATED};
use mdoc::time::Timestamp;

use super::one_way::VerifierContext;
use super::{Colour, Issuer, Layer, judge};
use crate::checked::check_issuer_data;
use crate::message::Message;
use crate::view::LicenceView;

/// What was asked about who shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presenter {
    /// Nothing: only the issuer's data counts. The bytes may be an IssuerSigned or a DeviceResponse.
    NotAsked,
    /// It was asked, and cannot be known: the session of this DeviceResponse is not at hand.
    Undetermined,
}

/// What is known of issuer data. It says nothing of who shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssuerVerdict {
    /// Never of a presentation: the second row is grey or a doubt.
    pub colour: Colour,
    /// The sentence that a person would say aloud.
    pub headline: Message,
    /// The reason or the restriction that belongs to it.
    pub subline: Option<Message>,
    /// The five rows, in order.
    pub layers: [Layer; 5],
    /// What is worth a word and changes no colour.
    pub notes: Vec<Message>,
    /// Signed under a demo anchor: 演示 / DEMO.
    pub demo: bool,
    /// Who issued it; only with all proofs.
    pub issuer: Option<Issuer>,
    /// The licence's fields, only where nobody asked who shows them.
    pub view: Option<LicenceView>,
    /// When it was judged.
    pub at: Timestamp,
}

/// Judges issuer data; whatever the bytes are, the answer is a verdict.
///
/// It checks what [`issuer_data::verify_issuer_data`] checks, the licence's validity and status and
/// the rules of the purpose. It leaves to the caller everything about who shows it.
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
    let verified = issuer_data::verify_issuer_data(&unverified, context.trust, now, context.clock_floor);
    let data = match verified {
        Ok(data) => data,
        Err(error) => return refused(judge::unproven(&error, terms, now)),
    };
    match check_issuer_data(data, context.status_lists, terms.purpose, now) {
        Ok(checked) => judge::judge_issuer_data(&checked, presenter, terms, now),
        Err(other) => refused(judge::another_document(other, terms, now)),
    }
}

/// A DeviceResponse says so by its version; the rest is an IssuerSigned or nothing.
fn decode(bytes: &[u8], presenter: Presenter) -> Result<UnverifiedIssuerData, ProfileError> {
    let is_response = mdoc::cbor::decode_foreign(bytes)
        .is_ok_and(|item| item.get_text("version").is_some() || item.get_text("documents").is_some());
    match (presenter, is_response) {
        (Presenter::NotAsked, false) => UnverifiedIssuerData::decode(bytes),
        _ => UnverifiedIssuerData::from_device_response(bytes),
    }
}

//! What a decision is made from: a verdict, of a presentation or of issuer data.

use licence::LicenceView;

use crate::check::{Check, CheckState};
use crate::layer::LayerId;
use crate::policy::{Listed, SignedPurpose};
use crate::purpose::Purpose;
use crate::verdict::{Issuer, IssuerVerdict, Layer, Verdict};

/// A verdict as a policy reads it. It can only be made from a verdict, whose proofs cannot be left out.
#[derive(Debug, Clone, Copy)]
pub struct Judged<'a> {
    layers: &'a [Layer; 5],
    pub(super) issuer: Option<&'a Issuer>,
    pub(super) view: Option<&'a LicenceView>,
    pub(super) signed: SignedPurpose,
    /// The purpose of the terms; `None` where the verdict does not say it: its presenter is unknown then.
    purpose: Option<Purpose>,
    /// Whether nobody remembers one-way codes, so that one may have been used elsewhere while it is fresh.
    pub(super) replay_unchecked: bool,
}

impl<'a> From<&'a Verdict> for Judged<'a> {
    fn from(verdict: &'a Verdict) -> Self {
        Judged {
            layers: &verdict.layers,
            issuer: verdict.issuer.as_ref(),
            view: verdict.view.as_ref(),
            signed: SignedPurpose::of(verdict.signed_purpose.as_ref().map(|text| text.as_str())),
            purpose: verdict.terms.as_ref().map(|terms| terms.purpose),
            replay_unchecked: false,
        }
    }
}

impl<'a> From<&'a IssuerVerdict> for Judged<'a> {
    fn from(verdict: &'a IssuerVerdict) -> Self {
        Judged {
            layers: &verdict.layers,
            issuer: verdict.issuer.as_ref(),
            view: verdict.view.as_ref(),
            signed: SignedPurpose::Unsaid,
            purpose: None,
            replay_unchecked: false,
        }
    }
}

impl<'a> Judged<'a> {
    /// Says that the caller does not remember one-way codes: one that may have been used before, at another desk or by another
    /// process, is for a person to review. Presentations in a session are not affected.
    #[must_use]
    pub fn without_replay_store(self) -> Self {
        Self { replay_unchecked: true, ..self }
    }

    /// Returns the licence's fields, as far as they were shown; `None` unless every proof holds.
    #[must_use]
    pub fn view(&self) -> Option<&'a LicenceView> {
        self.view
    }

    /// Returns a layer; the first one if there is none with this id, which cannot be.
    pub(super) fn layer(&self, id: LayerId) -> &'a Layer {
        let [first, ..] = self.layers;
        self.layers.iter().find(|layer| layer.id == id).unwrap_or(first)
    }

    /// Returns the checks of a layer that are in a state.
    pub(super) fn checks(&self, id: LayerId, state: CheckState) -> impl Iterator<Item = &'a Check> {
        self.layer(id).checks.iter().filter(move |check| check.state == state)
    }

    /// Whether it was verified with the terms of a policy: what its status says, whatever its age.
    pub(super) fn is_for_policies(&self) -> bool {
        self.purpose.is_none_or(|purpose| purpose == Purpose::None)
    }

    /// Returns what the status list says.
    pub(super) fn listed(&self) -> Listed {
        Listed::of(&self.layer(LayerId::Status).checks)
    }
}

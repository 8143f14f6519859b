//! What a forger or a careless issuer signs: elements, digests, MSO, certificates, COSE.

mod certificates;
mod cose;
mod elements;
mod mso;

use super::Hostile;
use crate::issuer::TestIssuer;

pub(super) fn all(issuer: &TestIssuer) -> Vec<Hostile> {
    let mut all = elements::all(issuer);
    all.extend(mso::all(issuer));
    all.extend(certificates::all(issuer));
    all.extend(cose::all(issuer));
    all
}

/// Returns those that leave the certificates as they are.
pub(super) fn of_licence(issuer: &TestIssuer) -> Vec<Hostile> {
    [elements::all(issuer), mso::all(issuer), cose::all(issuer)].concat()
}

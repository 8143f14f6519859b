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

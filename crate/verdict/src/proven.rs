//! A document with its issuer's proofs, presented or not.

use mdoc::{IssuerVerified, VerifiedPresentation};

/// A document with its issuer's proofs.
pub(crate) trait Proven {
    fn issued(&self) -> &IssuerVerified;
}

impl Proven for VerifiedPresentation {
    fn issued(&self) -> &IssuerVerified {
        VerifiedPresentation::issued(self)
    }
}

impl Proven for IssuerVerified {
    fn issued(&self) -> &IssuerVerified {
        self
    }
}

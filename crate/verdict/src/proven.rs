//! What is proven of a document, whether its holder is proven too or not.

use mdoc::Elements;
use mdoc::MobileSecurityObject;
use mdoc::Outcome;
use mdoc::VerifiedIssuerData;
use mdoc::{IssuerInfo, VerifiedPresentation};

/// A document whose issuer and elements are proven; nobody else can implement it.
pub trait ProvenDocument: sealed::Sealed {
    /// The elements that the issuer signed.
    fn elements(&self) -> &Elements;
    /// The signed MSO.
    fn mso(&self) -> &MobileSecurityObject;
    /// The outcome of the MSO's validity.
    fn mso_validity(&self) -> &Outcome;
    /// The outcome of the DS certificate's revocation; `None` where no list of its authority is at hand.
    fn ds_revocation(&self) -> Option<&Outcome>;
    /// Who issued.
    fn issuer(&self) -> IssuerInfo;
    /// The type of the document.
    fn doc_type(&self) -> &str {
        &self.mso().doc_type
    }
}

mod sealed {
    pub trait Sealed {}
    impl Sealed for mdoc::VerifiedPresentation {}
    impl Sealed for mdoc::VerifiedIssuerData {}
}

macro_rules! proven {
    ($proven:ty) => {
        impl ProvenDocument for $proven {
            fn elements(&self) -> &Elements {
                self.elements()
            }

            fn mso(&self) -> &MobileSecurityObject {
                self.mso()
            }

            fn mso_validity(&self) -> &Outcome {
                self.mso_validity()
            }

            fn ds_revocation(&self) -> Option<&Outcome> {
                self.ds_revocation()
            }

            fn issuer(&self) -> IssuerInfo {
                self.issuer()
            }
        }
    };
}

proven!(VerifiedPresentation);
proven!(VerifiedIssuerData);

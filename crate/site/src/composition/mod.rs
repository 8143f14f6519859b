//! All that differs between a demo build and a production build: the issuer, the built-in trust, and the signer of
//! questions.

#[cfg(feature = "demo")]
mod demo;
#[cfg(not(feature = "demo"))]
mod production;

use mdoc::TrustAnchors;

#[cfg(feature = "demo")]
pub(crate) use demo::*;
#[cfg(not(feature = "demo"))]
pub(crate) use production::*;

thread_local! {
    // Parsed once, as it is needed for every verdict. A constant of the build: nothing ever writes it.
    static TRUST: TrustAnchors = built_in_trust();
}

/// Returns the anchors that this build trusts without an imported list: the demo authority's in a demo build, none in a
/// production build.
pub(crate) fn trust() -> TrustAnchors {
    TRUST.with(Clone::clone)
}

/// Returns the name of the trust list of this build; `None` in a production build.
pub(crate) fn trust_list() -> Option<String> {
    trust().iter().next().and_then(|anchor| anchor.lists().next().map(str::to_owned))
}

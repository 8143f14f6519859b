//! What differs between a demo build and a production build, and nothing else does: who issues, who is trusted, and who
//! signs questions.

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
    // Made once: it is asked for with every verdict.
    static TRUST: TrustAnchors = built_in_trust();
}

/// Whom this build trusts without an imported list: the demo authority in a demo build, nobody in a production build.
pub(crate) fn trust() -> TrustAnchors {
    TRUST.with(Clone::clone)
}

/// The trust list of this build, by name; nothing in a production build.
pub(crate) fn trust_list() -> Option<String> {
    trust().iter().next().and_then(|anchor| anchor.lists().next().map(str::to_owned))
}

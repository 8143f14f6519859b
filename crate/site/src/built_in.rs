//! The built-in trust: the demo's issuers and readers in a demo build, none in a production build.

use mdoc::ReaderAnchors;
use mdoc::TrustAnchors;

thread_local! {
    static ISSUERS: TrustAnchors = made_issuers();
}

/// The issuers that this build trusts.
pub(crate) fn issuers() -> TrustAnchors {
    ISSUERS.with(Clone::clone)
}

/// The name of the trust list of this build; `None` in a production build.
pub(crate) fn trust_list() -> Option<String> {
    ISSUERS.with(|issuers| issuers.iter().next().and_then(|anchor| anchor.lists().next().map(str::to_owned)))
}

fn made_issuers() -> TrustAnchors {
    #[allow(unused_mut, reason = "a production build adds nobody")]
    let mut issuers = TrustAnchors::new();
    // Without its anchor every licence is of an unknown issuer.
    #[cfg(feature = "demo")]
    if let Ok(anchor) = authority::demo::DemoAuthority::new().anchor() {
        issuers.add(anchor);
    }
    issuers
}

/// The readers whose requests this build knows.
pub(crate) fn readers() -> ReaderAnchors {
    #[allow(unused_mut, reason = "a production build adds nobody")]
    let mut readers = ReaderAnchors::new();
    // Without its anchor no requester is verified.
    #[cfg(feature = "demo")]
    if let Ok(anchor) = authority::demo::DemoAuthority::new().reader_anchor() {
        readers.add(anchor);
    }
    readers
}

//! The places in which the wallet refuses to work.

use super::problem::{Own, Problem};
use crate::browser::{dom, trial};

/// Checks that this page may store and show a licence.
///
/// In a frame another site could make the holder touch what they do not see. On an origin that is shared with
/// other pages (a project page on a shared host) any of those could sign with the device key, so the page
/// must lie at the root of its own origin. In a frame only the trial of this origin may show a wallet, which has a store of its
/// own. Without a secure context there is no WebCrypto.
pub(super) fn check() -> Result<(), Problem> {
    let window = dom::window();
    let framed = window.top().ok().flatten().is_none_or(|top| top != window);
    if framed && !trial::is_framed_by_its_page() {
        return Err(Problem::Own(Own::Framed));
    }
    let path = window.location().pathname().unwrap_or_default();
    let own = match framed {
        true => path == trial::WALLET,
        false => path == "/wallet/" || path == "/wallet/index.html",
    };
    if !own {
        return Err(Problem::Own(Own::SharedOrigin));
    }
    if !window.is_secure_context() {
        return Err(Problem::Own(Own::NotSecure));
    }
    Ok(())
}

//! The browser binding of the wallet and verifier pages: the DOM, IndexedDB, WebCrypto and camera at the edge,
//! the pure crates in the middle.
//!
//! Each page and each worker is a program of its own, in `src/bin`, and loads nothing of the others: [`start_wallet`],
//! [`start_verify`], [`ScanWorker`], [`VerifyWorker`]. The authority's desk is a page of demo builds only.

#[cfg(feature = "demo")]
mod authority;
mod browser;
mod composition;
mod page;
mod photograph;
#[cfg_attr(
    not(feature = "demo"),
    allow(dead_code, reason = "nothing can be claimed in a production build yet")
)]
mod post;
mod scan;
#[cfg_attr(
    not(feature = "demo"),
    allow(dead_code, reason = "nothing can be claimed in a production build yet")
)]
mod storage;
mod ui;
mod verify;
mod wallet;
mod workers;

#[cfg(feature = "demo")]
pub use page::start_authority;
pub use page::{start_verify, start_wallet};
pub use workers::picture::picture_size;
pub use workers::scan::Scanner;
pub use workers::scan_worker::ScanWorker;
pub use workers::verify_worker::VerifyWorker;

//! `liangzheng authority desk-key`, `receive`, `queue` and `review`: the desk of the demo's authority in a folder.
//!
//! Every step is one of `authority::desk`, as at the desk's page; here are the files, the clock and the words.

mod folder;
mod key;
mod measures;
mod on_file;
mod queue;
mod receive;
mod review;
mod said;
mod steps;

pub(crate) use key::run as key;
pub(crate) use queue::run as queue;
pub(crate) use receive::run as receive;
pub(crate) use review::run as review;

use std::path::Path;

use anyhow::Result;
use cbor::Timestamp;

use crate::exit::wrong_code;

/// Whether a folder holds a desk.
pub(crate) fn is_in(path: &Path) -> bool {
    folder::Folder::new(path).is_desk()
}

/// Returns the signed status list of a desk's licences.
pub(crate) fn status_list(path: &Path, now: Timestamp) -> Result<Vec<u8>> {
    let folder = folder::Folder::new(path);
    let list = folder.read()?.desk(&folder)?.status_list(now);
    Ok(list.map_err(|error| wrong_code("cli.wrong.issue", &path.display().to_string(), error.code()))?)
}

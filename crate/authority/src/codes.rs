//! Every code of this crate.

use cbor::CodeInfo;

use crate::error::{ClaimCode, IssueCode, PhotoCode, ReplaceCode};
use crate::photo::RejectReason;

/// Returns every code of this crate with its step and clause.
pub fn codes() -> impl Iterator<Item = &'static CodeInfo> {
    [ClaimCode::CODES, PhotoCode::CODES, ReplaceCode::CODES, IssueCode::CODES, RejectReason::CODES]
        .into_iter()
        .flatten()
}

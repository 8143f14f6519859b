//! Every code of this crate.

use cbor::CodeInfo;
use envelope::sealed::SealedCode;

use crate::error::{ClaimCode, IssueCode, PhotoCode, ReplaceCode};
use crate::photo::RejectReason;
use crate::post::{AnswerCode, ApplicationCode, DeskCertificateCode};

/// Returns every code of this crate with its step and clause.
pub fn codes() -> impl Iterator<Item = &'static CodeInfo> {
    [ClaimCode::CODES, PhotoCode::CODES, ReplaceCode::CODES, IssueCode::CODES, RejectReason::CODES]
        .into_iter()
        .chain([SealedCode::CODES, DeskCertificateCode::CODES, ApplicationCode::CODES, AnswerCode::CODES])
        .flatten()
}

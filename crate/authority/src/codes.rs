//! Every code of this crate.

use cbor::CodeInfo;
use envelope::sealed::SealedCode;

use crate::error::{ClaimCode, DeskCode, IssueCode, PhotoCode, ReplaceCode, RolloutCode};
use crate::login::LoginCode;
use crate::photo::RejectReason;
use crate::post::{AnswerCode, ApplicationCode, DeskCertificateCode};

/// Returns every code of this crate with its step and clause.
pub fn codes() -> impl Iterator<Item = &'static CodeInfo> {
    [
        LoginCode::CODES,
        ClaimCode::CODES,
        PhotoCode::CODES,
        ReplaceCode::CODES,
        IssueCode::CODES,
        RejectReason::CODES,
        RolloutCode::CODES,
        DeskCode::CODES,
        SealedCode::CODES,
        DeskCertificateCode::CODES,
        ApplicationCode::CODES,
        AnswerCode::CODES,
    ]
    .into_iter()
    .flatten()
}

//! The headline of each code of the earlier stages.

use cbor::cose::CoseCode;
use envelope::EnvelopeCode;
use mdoc::OutcomeCode;
use mdoc::codes::{ProfileCode, TrustCode, VerifyCode};

use crate::code::AnswerCode;
use crate::words::Headline;

/// Returns the headline of a failed proof.
pub(crate) const fn of_proof(code: VerifyCode) -> Headline {
    match code {
        VerifyCode::Profile(code) => of_profile(code),
        VerifyCode::Trust(code) => of_trust(code),
        VerifyCode::IssuerNotChecked(_) | VerifyCode::DeviceNotChecked(_) => Headline::SignatureNotChecked,
        VerifyCode::MsoSignedOutsideDs | VerifyCode::IssuingCountry | VerifyCode::IssuingJurisdiction => {
            Headline::IssuerInvalid
        }
        VerifyCode::IssuerSignature | VerifyCode::DigestMismatch | VerifyCode::DigestMissing => {
            Headline::Altered
        }
        VerifyCode::DeviceSignature
        | VerifyCode::DeviceMac
        | VerifyCode::DeviceMacUnexpected
        | VerifyCode::DeviceElements => Headline::NotItsHolder,
        VerifyCode::DocType => Headline::Malformed,
    }
}

pub(crate) const fn of_envelope(code: EnvelopeCode) -> Headline {
    match code {
        EnvelopeCode::Size
        | EnvelopeCode::Deflate
        | EnvelopeCode::Kind
        | EnvelopeCode::Shape
        | EnvelopeCode::Info
        | EnvelopeCode::Life => Headline::NotALicence,
        EnvelopeCode::InfoNewer => Headline::NewerWallet,
        EnvelopeCode::Cbor(_) => Headline::Malformed,
    }
}

const fn of_profile(code: ProfileCode) -> Headline {
    match code {
        ProfileCode::DuplicateElement => Headline::Altered,
        ProfileCode::Time => Headline::TimeUnreadable,
        ProfileCode::DocumentErrors => Headline::NothingShown,
        ProfileCode::WalletGeneralError
        | ProfileCode::WalletCborDecodingError
        | ProfileCode::WalletCborValidationError
        | ProfileCode::WalletError => Headline::WalletError,
        ProfileCode::ProofNotRead => Headline::ProofNotRead,
        ProfileCode::Shape
        | ProfileCode::Version
        | ProfileCode::Status
        | ProfileCode::Documents
        | ProfileCode::NoElements
        | ProfileCode::MsoVersion
        | ProfileCode::DigestLength
        | ProfileCode::KeyAuthorizations
        | ProfileCode::DigestAlgorithm
        | ProfileCode::DeviceKey
        | ProfileCode::DigestId
        | ProfileCode::RandomShort
        | ProfileCode::Cbor(_) => Headline::Malformed,
        ProfileCode::Cose(CoseCode::NotChecked(_)) => Headline::SignatureNotChecked,
        ProfileCode::Cose(_) => Headline::Malformed,
    }
}

const fn of_trust(code: TrustCode) -> Headline {
    match code {
        TrustCode::IssuerUnknown | TrustCode::DocType => Headline::IssuerUnknown,
        TrustCode::KeyUnknown | TrustCode::KeyIdentifier => Headline::IssuerKeyUnknown,
        TrustCode::Algorithm
        | TrustCode::Brainpool
        | TrustCode::Signature
        | TrustCode::DsNotYet
        | TrustCode::DsExpired
        | TrustCode::IacaNotYet
        | TrustCode::IacaExpired
        | TrustCode::DsRevoked
        | TrustCode::Certificate(_) => Headline::IssuerInvalid,
        TrustCode::NotChecked(_) => Headline::SignatureNotChecked,
        TrustCode::AnchorSignature => Headline::Malformed,
    }
}

pub(super) const fn of_outcome(code: OutcomeCode) -> Headline {
    match code {
        OutcomeCode::TrustListOld | OutcomeCode::TrustListSignerExpired => Headline::TrustListOld,
        OutcomeCode::DsRevocationOld => Headline::RevocationListOld,
        OutcomeCode::DsRevocationMissing => Headline::RevocationListMissing,
        OutcomeCode::TrustListAhead
        | OutcomeCode::DsRevocationAhead
        | OutcomeCode::ClockAhead
        | OutcomeCode::ClockFloor => Headline::Clock,
        OutcomeCode::MsoExpired => Headline::CopyExpired,
        OutcomeCode::MsoNotYet => Headline::CopyNotYet,
        OutcomeCode::Stale => Headline::OldCode,
        OutcomeCode::Audience => Headline::Audience,
        OutcomeCode::FreshnessUnproven => Headline::FreshnessUnproven,
        // Where it is the reason of a row, the headline says how long ago.
        OutcomeCode::Seen => Headline::SeenNow,
    }
}

/// Returns the headline of a refused answer.
pub(crate) const fn of_answer(code: AnswerCode) -> Headline {
    match code {
        AnswerCode::OtherRequest
        | AnswerCode::Decryption
        | AnswerCode::Query
        | AnswerCode::Late
        | AnswerCode::Seen => Headline::OtherAnswer,
        AnswerCode::Form
        | AnswerCode::Header
        | AnswerCode::Algorithm
        | AnswerCode::Enc
        | AnswerCode::Key
        | AnswerCode::Content
        | AnswerCode::Several => Headline::Malformed,
        AnswerCode::Envelope(code) => of_envelope(code),
    }
}

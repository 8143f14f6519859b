//! ISO/IEC 18013-5 mdoc: bytes to types to verified; issuing; two-phase device signing.

mod codes;
#[cfg(feature = "rustcrypto")]
mod holder;
#[cfg(feature = "issue")]
mod issuer;
mod reader;
mod session;
#[cfg(feature = "status-list")]
pub mod status_list;
mod verify;
#[cfg(feature = "vical")]
pub mod vical;
mod wire;

pub use codes::codes;
#[cfg(feature = "rustcrypto")]
pub use holder::credential::{UnverifiedCredential, VerifiedCredential, verify_credential};
#[cfg(feature = "rustcrypto")]
pub use holder::present::{Disclosure, PreparedPresentation, PresentCode, PresentError};
#[cfg(feature = "issue")]
pub use issuer::issue::{IssueCode, IssueError, IssueRequest, IssuerSigner};
pub use reader::auth::{
    Reader, ReaderAnchor, ReaderAnchors, ReaderAuthCode, ReaderAuthError, TrustedReader, VerifiedReader,
    reader_to_be_signed,
};
pub use session::reader_key::ReaderKey;
pub use session::transcript::{
    Handover, ONE_WAY_HANDOVER, SessionTranscript, THUMBPRINT_LENGTH, TranscriptCode, TranscriptError,
};
pub use verify::elements::Elements;
pub use verify::error::{VerifyCode, VerifyError};
pub use verify::freshness::{Freshness, JudgeFreshness, OwnSession, UnknownSession};
pub use verify::issuer_verified::{
    IssuerInfo, IssuerProofs, IssuerVerified, UnverifiedIssuerData, verify_issuer_data,
};
pub use verify::outcome::{MsoValidity, Outcome, OutcomeCode, Reason};
pub use verify::presentation::{
    PresentationProofs, UnverifiedPresentation, VerifiedPresentation, VerifyContext, signatures, verify,
};
pub use verify::proof::{DeviceAuthenticated, DigestsMatch, IssuerTrusted, MsoSigned};
pub use verify::revocation::{DsRevocation, Revocation};
pub use verify::step;
pub use verify::trust::{Anchor, TrustAnchors, TrustCode, TrustError};
pub use verify::vouch::Vouched;
pub use wire::device_request::{
    self, DeviceRequest, DocRequest, RequestCode, RequestError, RequestedElement,
};
pub use wire::device_response::{DeviceAuth, DeviceResponse, DeviceSigned, Document, MAX_ERRORS};
pub use wire::digest::DigestAlgorithm;
pub use wire::element_name::ElementName;
pub use wire::error::{ProfileCode, ProfileError};
pub use wire::issuer_signed::{IssuerSigned, IssuerSignedItem, MIN_RANDOM};
pub use wire::mso::{KeyAuthorizations, MAX_DIGEST_ID, MobileSecurityObject, ValidityInfo};
pub use wire::returned::{DocumentError, ElementError};

//! The steps of verification, as `step()` returns them.
//!
//! The crates `cbor` (with COSE) and `x509` have their own steps.

/// Opening the one-way Envelope.
pub const ENVELOPE: &str = "envelope";
/// The shape and the pinned fields of the mdoc.
pub const PROFILE: &str = "profile";
/// Reading a list of trusted issuers, and accepting an anchor.
pub const TRUST_LIST: &str = "trust-list";
/// Reading a status list.
pub const STATUS_LIST: &str = "status-list";
/// Proof that the issuer's certificate is issued by a trusted authority.
pub const ISSUER_TRUSTED: &str = "issuer-trusted";
/// Proof that the issuer signed the MSO.
pub const ISSUER_SIGNED: &str = "issuer-signed";
/// Proof that every element has its signed digest.
pub const DIGESTS_MATCH: &str = "digests-match";
/// Proof that the device key signed this presentation.
pub const DEVICE_SIGNED: &str = "device-signed";
/// Outcome: the MSO's own validity.
pub const MSO_VALIDITY: &str = "mso-validity";
/// Outcome: freshness.
pub const FRESHNESS: &str = "freshness";
/// Making a session transcript.
pub const SESSION_TRANSCRIPT: &str = "session-transcript";
/// Decoding a reader's request, and reader authentication.
pub const READER: &str = "reader";
/// Making a credential or a presentation.
pub const MAKE: &str = "make";

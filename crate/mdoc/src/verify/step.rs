//! The steps of the way from received bytes to a verified presentation, as `step()` names them.
//!
//! Reading CBOR, COSE and certificates has the steps that [`cbor`], [`cbor::cose`] and [`x509`] name.

/// Opening the one-way Envelope.
pub const ENVELOPE: &str = "envelope";
/// The shape and the pinned fields of the mdoc.
pub const PROFILE: &str = "profile";
/// Proof: the issuer's certificate comes from a trusted authority.
pub const ISSUER_TRUSTED: &str = "issuer-trusted";
/// Proof: the issuer signed the MSO.
pub const ISSUER_SIGNED: &str = "issuer-signed";
/// Proof: every element has the digest that the issuer signed.
pub const DIGESTS_MATCH: &str = "digests-match";
/// Proof: the holder's device key signed this presentation.
pub const DEVICE_SIGNED: &str = "device-signed";
/// Outcome: the MSO's own validity.
pub const MSO_VALIDITY: &str = "mso-validity";
/// Outcome: freshness.
pub const FRESHNESS: &str = "freshness";
/// Putting the transcript of a session together.
pub const SESSION_TRANSCRIPT: &str = "session-transcript";
/// Reading what a reader asks for, and proving which reader asks.
pub const READER: &str = "reader";
/// Making a credential or a presentation.
pub const MAKE: &str = "make";

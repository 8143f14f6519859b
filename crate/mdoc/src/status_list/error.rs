//! Why a status list, or a reference to one, is refused.

use cbor::CborError;
use cbor::coded;
use cbor::cose::CoseError;
use cbor::stage_error;

/// Why a status list, or a reference to one, is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum StatusListError {
    /// Not CBOR, or not within its bounds.
    Cbor(CborError),
    /// Not COSE of this profile.
    Cose(CoseError),
    /// More than 1 MiB, or more than 4 MiB inflated.
    Size,
    /// Not a `COSE_Sign1` with its tag 18.
    Structure,
    /// A list as JWT. Documents of this standard use CWT.
    Jwt,
    /// The protected header does not say that it is a status list.
    Type,
    /// A claim is missing or has another type.
    Claims,
    /// Entries of another width than 1, 2, 4 or 8 bits.
    Bits,
    /// The entries are not one whole zlib stream.
    Zlib,
    /// The list has another name than requested.
    Subject,
    /// The list says that it was made in the future.
    NotYet,
    /// The list has expired.
    Expired,
    /// The list is past its time to live.
    Stale,
    /// The signer is not authorised for this issuer.
    Signer,
    /// The signer's certificate names no purpose, or other purposes than documents and status lists.
    SignerPurpose,
    /// The signer's certificate is malformed, or may not sign.
    SignerCertificate,
    /// The signer's certificate, or its authority's, is not valid now.
    SignerDates,
    /// The signer's certificate is revoked.
    SignerRevoked,
    /// The signature does not verify.
    Signature,
    /// The list has no entry of this index.
    Index,
    /// The list is older than the stored one.
    Rollback,
    /// The reference in the MSO is malformed or of an unknown kind.
    Reference,
}

coded!(StatusListError as StatusListCode {
    Size => "status-size", "status-list", "draft-ietf-oauth-status-list-20, 11";
    Structure => "status-structure", "status-list", "draft-ietf-oauth-status-list-20, 5.2";
    Jwt => "status-jwt", "status-list", "draft-ietf-oauth-status-list-20, 5.1";
    Type => "status-type", "status-list", "draft-ietf-oauth-status-list-20, 5.2";
    Claims => "status-claims", "status-list", "draft-ietf-oauth-status-list-20, 5.2";
    Bits => "status-bits", "status-list", "draft-ietf-oauth-status-list-20, 4.1";
    Zlib => "status-zlib", "status-list", "draft-ietf-oauth-status-list-20, 4.1";
    Subject => "status-subject", "status-list", "draft-ietf-oauth-status-list-20, 8.3";
    NotYet => "status-not-yet", "status-list", "draft-ietf-oauth-status-list-20, 8.3";
    Expired => "status-expired", "status-list", "draft-ietf-oauth-status-list-20, 8.3";
    Stale => "status-stale", "status-list", "draft-ietf-oauth-status-list-20, 8.3";
    Signer => "status-signer", "status-list", "draft-ietf-oauth-status-list-20, 8.3";
    SignerPurpose => "status-signer-purpose", "status-list", "draft-ietf-oauth-status-list-20, 10";
    SignerCertificate => "status-signer-certificate", "status-list", "ISO/IEC 18013-5, B.1";
    SignerDates => "status-signer-dates", "status-list", "ISO/IEC 18013-5, 9.3.3";
    SignerRevoked => "status-signer-revoked", "status-list", "RFC 5280, 6.3.3";
    Signature => "status-signature", "status-list", "draft-ietf-oauth-status-list-20, 8.3";
    Index => "status-index", "status-list", "draft-ietf-oauth-status-list-20, 8.3";
    Rollback => "status-rollback", "status-list", "Liangzheng licence profile, 4";
    Reference => "status-reference", "status-list", "draft-ietf-oauth-status-list-20, 6.3";
} via [Cbor(cbor::CborCode), Cose(cbor::cose::CoseCode)]);
stage_error!(StatusListError);

impl From<CborError> for StatusListError {
    fn from(error: CborError) -> Self {
        Self::Cbor(error)
    }
}

impl From<CoseError> for StatusListError {
    fn from(error: CoseError) -> Self {
        Self::Cose(error)
    }
}

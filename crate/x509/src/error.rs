//! What is refused in a certificate.

use core::fmt;

use cbor::coded;

/// Why a certificate is refused. Codes that begin `cert-profile-` are lines of Annex B.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CertificateError {
    /// Not a certificate in DER.
    Malformed,
    /// Longer than [`MAX_CERTIFICATE`](super::MAX_CERTIFICATE).
    Size,
    /// Not X.509 version 3.
    Version,
    /// A serial number that is zero, negative or longer than 20 octets, or, in a profile, so short that it was counted.
    Serial,
    /// A time in the other of the two encodings than its year asks for.
    TimeEncoding,
    /// Two different algorithms are named for one signature, or one with parameters.
    SignatureAlgorithm,
    /// No EC key on a named curve, or a point off its curve.
    Key,
    /// The same extension twice.
    DuplicateExtension,
    /// Ends before it begins, or lives longer than its kind may.
    Validity,
    /// An IACA certificate issued by another name than its own.
    SelfIssued,
    /// Key usage absent, not critical, or not exactly what its kind has.
    KeyUsage,
    /// An IACA certificate without `CA, path length 0`, or a DS certificate with any.
    BasicConstraints,
    /// A DS certificate without exactly the document signer's purpose, critical; an IACA certificate with any.
    ExtendedKeyUsage,
    /// No subject key identifier, or a malformed one.
    SubjectKeyIdentifier,
    /// A DS certificate without its issuer's key identifier.
    AuthorityKeyIdentifier,
    /// No email or URI of the issuer.
    IssuerAltName,
    /// No place where revocations are published.
    CrlDistributionPoints,
    /// Another extension is marked critical.
    CriticalExtension,
    /// An extension that the profile forbids.
    ForbiddenExtension,
    /// No country of two capital letters, or more than one.
    Country,
    /// No common name.
    CommonName,
    /// The DS certificate's country is not its IACA's.
    CountryMismatch,
    /// Only one of the two has a state or province, or they differ.
    StateMismatch,
}

coded!(CertificateError {
    Malformed => "cert-malformed", "certificate", "RFC 5280, 4.1";
    Size => "cert-size", "certificate", "project limit: 8 KiB";
    Version => "cert-profile-version", "certificate", "ISO/IEC 18013-5, B.1";
    Serial => "cert-profile-serial", "certificate", "ISO/IEC 18013-5, B.1";
    TimeEncoding => "cert-profile-time-encoding", "certificate", "RFC 5280, 4.1.2.5";
    SignatureAlgorithm => "cert-profile-signature-algorithm", "certificate", "RFC 5280, 4.1.1.2";
    Key => "cert-profile-key", "certificate", "ISO/IEC 18013-5, B.1";
    DuplicateExtension => "cert-profile-duplicate-extension", "certificate", "RFC 5280, 4.2";
    Validity => "cert-profile-validity", "certificate", "ISO/IEC 18013-5, B.1";
    SelfIssued => "cert-profile-self-issued", "certificate", "ISO/IEC 18013-5, B.1";
    KeyUsage => "cert-profile-key-usage", "certificate", "ISO/IEC 18013-5, B.1";
    BasicConstraints => "cert-profile-basic-constraints", "certificate", "ISO/IEC 18013-5, B.1";
    ExtendedKeyUsage => "cert-profile-extended-key-usage", "certificate", "ISO/IEC 18013-5, B.1";
    SubjectKeyIdentifier => "cert-profile-subject-key-identifier", "certificate", "ISO/IEC 18013-5, B.1";
    AuthorityKeyIdentifier => "cert-profile-authority-key-identifier", "certificate", "ISO/IEC 18013-5, B.1";
    IssuerAltName => "cert-profile-issuer-alt-name", "certificate", "ISO/IEC 18013-5, B.1";
    CrlDistributionPoints => "cert-profile-crl-distribution-points", "certificate", "ISO/IEC 18013-5, B.1";
    CriticalExtension => "cert-profile-critical-extension", "certificate", "RFC 5280, 4.2";
    ForbiddenExtension => "cert-profile-forbidden-extension", "certificate", "ISO/IEC 18013-5, B.1.1";
    Country => "cert-profile-country", "certificate", "ISO/IEC 18013-5, B.1";
    CommonName => "cert-profile-common-name", "certificate", "ISO/IEC 18013-5, B.1";
    CountryMismatch => "cert-profile-country-mismatch", "certificate", "ISO/IEC 18013-5, B.1";
    StateMismatch => "cert-profile-state-mismatch", "certificate", "ISO/IEC 18013-5, B.1";
});

impl fmt::Display for CertificateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl core::error::Error for CertificateError {}

impl From<der::Error> for CertificateError {
    fn from(_: der::Error) -> Self {
        Self::Malformed
    }
}

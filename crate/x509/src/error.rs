//! Errors of certificates.

use core::fmt;

use cbor::coded;

/// Why a certificate is refused. Codes that start with `cert-profile-` are lines of Annex B.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CertificateError {
    /// Not a certificate in DER.
    Malformed,
    /// Longer than [`MAX_CERTIFICATE`](super::MAX_CERTIFICATE).
    Size,
    /// Not X.509 version 3.
    Version,
    /// The serial number is zero, negative or longer than 20 octets, or, in a profile, too short to be random.
    Serial,
    /// A time is not in the encoding that its year requires.
    TimeEncoding,
    /// The two algorithm identifiers differ, or have parameters.
    SignatureAlgorithm,
    /// The key is not an EC key on a named curve, or its point is not on it.
    Key,
    /// An extension occurs twice.
    DuplicateExtension,
    /// The validity ends before it begins, or is longer than the profile allows.
    Validity,
    /// The issuer of an IACA certificate is not its subject.
    SelfIssued,
    /// The key usage is missing, not critical, or not exactly the profile's.
    KeyUsage,
    /// An IACA certificate has other basic constraints than `CA, path length 0`, or a DS certificate has any.
    BasicConstraints,
    /// A DS certificate has another extended key usage than the document signer's, critical; or an IACA certificate has any.
    ExtendedKeyUsage,
    /// No subject key identifier, or a malformed one.
    SubjectKeyIdentifier,
    /// A DS certificate without its issuer's key identifier.
    AuthorityKeyIdentifier,
    /// No email address or URI of the issuer (issuer alternative name).
    IssuerAltName,
    /// No CRL distribution point, or one of another form.
    CrlDistributionPoints,
    /// An unknown extension is critical.
    CriticalExtension,
    /// The profile forbids an extension.
    ForbiddenExtension,
    /// Not exactly one country of two capital letters.
    Country,
    /// No common name, or an empty one.
    CommonName,
    /// The DS certificate's country is not its IACA's.
    CountryMismatch,
    /// Only one of the two certificates has a state or province, or they differ.
    StateMismatch,
}

coded!(CertificateError as CertificateCode {
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

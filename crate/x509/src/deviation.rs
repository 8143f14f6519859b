//! Departures from Annex B that are no danger.

use cbor::coded;

use crate::error::CertificateError;

/// Which certificate of an issuer departs from Annex B.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum IssuerCertificate {
    /// The root: the trust anchor.
    Iaca,
    /// The document signer's.
    DocumentSigner,
}

coded!(
    /// The line of Annex B from which a certificate departs.
    pub enum DeviationCode {
        /// No key usage.
        KeyUsageMissing [certificate] => "deviation-key-usage-missing", "certificate", "ISO/IEC 18013-5, B.1", plain;
        /// The key usage is not critical.
        KeyUsageNotCritical [certificate] => "deviation-key-usage-not-critical", "certificate", "ISO/IEC 18013-5, B.1", plain;
        /// The key usage has other bits beside the necessary one, or lacks cRLSign.
        KeyUsageOther [certificate] => "deviation-key-usage-other", "certificate", "ISO/IEC 18013-5, B.1", plain;
        /// No extended key usage.
        ExtendedKeyUsageMissing [certificate] => "deviation-extended-key-usage-missing", "certificate", "ISO/IEC 18013-5, B.1", plain;
        /// The extended key usage is not critical.
        ExtendedKeyUsageNotCritical [certificate] => "deviation-extended-key-usage-not-critical", "certificate", "ISO/IEC 18013-5, B.1", plain;
        /// A document signer with further purposes, or a root with any.
        ExtendedKeyUsageOther [certificate] => "deviation-extended-key-usage-other", "certificate", "ISO/IEC 18013-5, B.1", plain;
        /// A root's basic constraints are not critical, or a document signer has any.
        BasicConstraints [certificate] => "deviation-basic-constraints", "certificate", "ISO/IEC 18013-5, B.1", plain;
        /// No path length, or one above 0.
        PathLength [certificate] => "deviation-path-length", "certificate", "ISO/IEC 18013-5, B.1", plain;
        /// Valid for longer than the standard allows.
        Validity [certificate] => "deviation-validity", "certificate", "ISO/IEC 18013-5, B.1", plain;
        /// A serial number of one octet.
        Serial [certificate] => "deviation-serial", "certificate", "ISO/IEC 18013-5, B.1", plain;
        /// No subject key identifier, or an empty one.
        SubjectKeyIdentifier [certificate] => "deviation-subject-key-identifier", "certificate", "ISO/IEC 18013-5, B.1", plain;
        /// No authority key identifier.
        AuthorityKeyIdentifier [certificate] => "deviation-authority-key-identifier", "certificate", "ISO/IEC 18013-5, B.1", plain;
        /// No email address or URI of the issuer.
        IssuerAltName [certificate] => "deviation-issuer-alt-name", "certificate", "ISO/IEC 18013-5, B.1", plain;
        /// No CRL distribution point, or one of another form.
        CrlDistributionPoints [certificate] => "deviation-crl-distribution-points", "certificate", "ISO/IEC 18013-5, B.1", plain;
        /// An extension that the standard excludes; it is not critical.
        ForbiddenExtension [certificate] => "deviation-forbidden-extension", "certificate", "ISO/IEC 18013-5, B.1.1", plain;
        /// A known extension is critical that must not be.
        CriticalExtension [certificate] => "deviation-critical-extension", "certificate", "ISO/IEC 18013-5, B.1", plain;
        /// No common name, or an empty one.
        CommonName [certificate] => "deviation-common-name", "certificate", "ISO/IEC 18013-5, B.1", plain;
        /// The issuer's name is that of the root in other letters, string types or white space.
        IssuerName [certificate] => "deviation-issuer-name", "certificate", "RFC 5280, 7.1", plain;
        /// Not exactly one country of two capital letters.
        Country [certificate] => "deviation-country", "certificate", "ISO/IEC 18013-5, B.1", plain;
        /// A state that is not written as in ISO 3166-2, or more than one.
        State [certificate] => "deviation-state", "certificate", "ISO/IEC 18013-5, B.1", plain;
        /// One of root, document signer and document names a country or state, and another does not.
        PlaceMissing [certificate] => "deviation-place-missing", "certificate", "ISO/IEC 18013-5, B.1", plain;
        /// A country or state cannot be compared.
        PlaceUnreadable [certificate] => "deviation-place-unreadable", "certificate", "ISO/IEC 18013-5, 9.3.1", plain;
    }
);

/// One departure from Annex B.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Deviation {
    /// The certificate that departs.
    pub certificate: IssuerCertificate,
    /// The line from which it departs.
    pub code: DeviationCode,
}

impl Deviation {
    /// Returns whether it leaves something open, so that what is signed is undetermined; otherwise it is a remark.
    ///
    /// A document signer without extended key usage or without key usage is a doubt: any certificate of that authority
    /// would do. So is a country or state that cannot be compared.
    #[must_use]
    pub const fn is_doubt(self) -> bool {
        match self.certificate {
            IssuerCertificate::Iaca => false,
            IssuerCertificate::DocumentSigner => matches!(
                self.code,
                DeviationCode::KeyUsageMissing
                    | DeviationCode::ExtendedKeyUsageMissing
                    | DeviationCode::PlaceUnreadable
            ),
        }
    }
}

/// The deviations of one certificate while its profile is checked.
pub(super) struct Deviations {
    certificate: IssuerCertificate,
    strict: bool,
    found: Vec<Deviation>,
}

impl Deviations {
    pub(super) const fn of(certificate: IssuerCertificate, strict: bool) -> Self {
        Self { certificate, strict, found: Vec::new() }
    }

    /// Records a deviation.
    ///
    /// # Errors
    /// `refusal` if the check is strict.
    pub(super) fn add(
        &mut self,
        code: DeviationCode,
        refusal: CertificateError,
    ) -> Result<(), CertificateError> {
        self.require_tolerance(refusal)?;
        self.remark(code);
        Ok(())
    }

    /// Accepts what is no deviation and yet outside the closed profile.
    ///
    /// # Errors
    /// `refusal` if the check is strict.
    pub(super) const fn require_tolerance(&self, refusal: CertificateError) -> Result<(), CertificateError> {
        if self.strict { Err(refusal) } else { Ok(()) }
    }

    /// Records a deviation that a strict check accepts as well.
    pub(super) fn remark(&mut self, code: DeviationCode) {
        let deviation = Deviation { certificate: self.certificate, code };
        if !self.found.contains(&deviation) {
            self.found.push(deviation);
        }
    }

    pub(super) fn into_vec(self) -> Vec<Deviation> {
        self.found
    }
}

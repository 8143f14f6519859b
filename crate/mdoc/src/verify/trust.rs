//! Trust anchors, and the chain from a DS certificate to one of them.

use core::fmt;

use crate::verify::outcome::Reason;
use crate::verify::revocation::{DsRevocation, Revocation, Revocations};
use crate::verify::step;
use crate::verify::vouch::{Vouched, Voucher};
use cbor::coded;
use cbor::{SignatureNotChecked, Timestamp};
use signature::{SignatureError, UnverifiedSignature, VerifySignature};
use x509::{
    Certificate, CertificateError, CrlError, UnverifiedCrl, VerifiedCrl, check_document_signer, check_iaca,
};

/// One pinned certificate of a trust list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    certificate: Certificate,
    role: Role,
    /// The authority's name for display.
    pub label: String,
    /// The trust lists that contain it, in the order in which they were added.
    vouchers: Vec<Voucher>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Iaca,
    PinnedDocumentSigner,
}

impl Anchor {
    /// Creates an anchor from an authority's root. Checks the IACA profile, and its own signature if the algorithm is
    /// supported.
    ///
    /// `label` and `list` are names for display: of the authority, and of the list or person that vouches for it. An anchor
    /// counts as current; [`Anchor::in_doubt`] says that its list is not.
    ///
    /// # Errors
    /// Returns the line of the profile that is broken, or `AnchorSignature`. Dates are checked when the anchor is used.
    pub fn iaca(
        certificate: Certificate,
        label: impl Into<String>,
        list: impl Into<String>,
        by: &dyn VerifySignature,
    ) -> Result<Self, TrustError> {
        let _profile = check_iaca(&certificate)?;
        match certificate.verify_signed_by(certificate.public_key(), by) {
            // another curve: accepted, and verifying a chain to it will fail with a code of its own
            Ok(_) | Err(SignatureError::Curve | SignatureError::Brainpool) => {}
            Err(SignatureError::NotChecked) => {
                return Err(TrustError::NotChecked(SignatureNotChecked::at(step::TRUST_LIST)));
            }
            Err(_) => return Err(TrustError::AnchorSignature),
        }
        Ok(Self {
            certificate,
            role: Role::Iaca,
            label: label.into(),
            vouchers: vec![Voucher::new(list.into())],
        })
    }

    /// Creates an anchor from one document signer whose root is not available (as in ISO/IEC 18013-5, Annex D).
    ///
    /// It is trusted for itself only.
    ///
    /// # Errors
    /// Returns the line of the document signer's profile that is broken.
    pub fn pinned_document_signer(
        certificate: Certificate,
        label: impl Into<String>,
        list: impl Into<String>,
    ) -> Result<Self, TrustError> {
        let _profile = check_document_signer(&certificate, None)?;
        let (role, vouchers) = (Role::PinnedDocumentSigner, vec![Voucher::new(list.into())]);
        Ok(Self { certificate, role, label: label.into(), vouchers })
    }

    /// Returns the pinned certificate.
    #[must_use]
    pub const fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    /// Returns the names of the trust lists that contain it, each once.
    pub fn lists(&self) -> impl Iterator<Item = &str> {
        let named = self.vouchers.iter().map(Voucher::list);
        named.enumerate().filter_map(|(index, list)| {
            let before = self.vouchers.iter().take(index).any(|v| v.list() == list);
            (!before).then_some(list)
        })
    }

    /// Restricts its lists to documents of these types.
    #[must_use]
    pub fn for_doc_types(mut self, doc_types: &[String]) -> Self {
        self.vouchers.iter_mut().for_each(|v| v.restrict(doc_types));
        self
    }

    /// Marks its lists as not current: an issuer on no other list is undetermined.
    #[must_use]
    pub fn in_doubt(mut self, reason: &Reason) -> Self {
        self.vouchers.iter_mut().for_each(|v| v.doubt(reason));
        self
    }

    /// Returns the lists that trust it for a document type.
    ///
    /// # Errors
    /// [`TrustError::DocType`] if no list covers that type.
    pub fn vouched(&self, doc_type: &str) -> Result<Vouched, TrustError> {
        Vouched::of(&self.vouchers, doc_type).ok_or(TrustError::DocType)
    }

    /// Returns the SHA-256 of its `SubjectPublicKeyInfo`, which identifies demo anchors.
    #[must_use]
    pub fn spki_sha256(&self) -> [u8; 32] {
        self.certificate.spki_sha256()
    }
}

/// All anchors that a verifier trusts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TrustAnchors {
    anchors: Vec<Anchor>,
    revocations: Revocations,
}

impl TrustAnchors {
    /// Creates an empty set.
    #[must_use]
    pub const fn new() -> Self {
        Self { anchors: Vec::new(), revocations: Revocations::new() }
    }

    /// Revokes DS certificates: one by its fingerprint, or those on a list that an IACA signed
    /// ([`Self::verify_crl`]).
    pub fn revoke(&mut self, revocation: impl Into<Revocation>) {
        self.revocations.add(revocation.into());
    }

    /// Verifies that a list is signed by one of the anchors; returns the anchor.
    ///
    /// # Errors
    /// `crl-issuer` if no anchor has its name and key identifier; otherwise as [`UnverifiedCrl::verify`].
    pub fn verify_crl(
        &self,
        list: &UnverifiedCrl,
        by: &dyn VerifySignature,
    ) -> Result<(VerifiedCrl, &Anchor), CrlError> {
        let mut reason = CrlError::Issuer;
        for anchor in self.anchors.iter().filter(|anchor| list.names(&anchor.certificate)) {
            match list.clone().verify(&anchor.certificate, by) {
                Ok(verified) => return Ok((verified, anchor)),
                Err(error) => reason = error,
            }
        }
        Err(reason)
    }

    /// Adds an anchor. If the certificate is there already, keeps the label and merges the lists.
    pub fn add(&mut self, anchor: Anchor) {
        let known = |a: &&mut Anchor| a.certificate == anchor.certificate && a.role == anchor.role;
        match self.anchors.iter_mut().find(known) {
            Some(known) => known.vouchers.extend(anchor.vouchers),
            None => self.anchors.push(anchor),
        }
    }

    /// Returns all anchors in the order in which they were added.
    pub fn iter(&self) -> impl Iterator<Item = &Anchor> {
        self.anchors.iter()
    }

    /// Returns the anchors that are roots of authorities.
    #[cfg(feature = "status-list")]
    pub(crate) fn authorities(&self) -> impl Iterator<Item = &Anchor> {
        self.anchors.iter().filter(|anchor| anchor.role == Role::Iaca)
    }

    /// Returns the anchor that is this document signer itself, pinned by all its bytes.
    #[cfg(feature = "status-list")]
    pub(crate) fn pinned(&self, signer: &Certificate) -> Option<&Anchor> {
        let pinned = |a: &&Anchor| a.role == Role::PinnedDocumentSigner && a.certificate == *signer;
        self.anchors.iter().find(pinned)
    }

    /// Returns the outcome of revocation for a certificate directly under this anchor; `None` if it is revoked.
    #[cfg(feature = "status-list")]
    pub(crate) fn revocation(
        &self,
        certificate: &Certificate,
        anchor: &Anchor,
        now: Timestamp,
    ) -> Option<DsRevocation> {
        self.revocations.check(certificate, &anchor.certificate, now)
    }

    /// Returns whether there is no anchor.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.anchors.is_empty()
    }

    /// Verifies a DS certificate at `now`; returns its anchor and the outcome of its revocation.
    ///
    /// Checked, in this order: an anchor with the issuer's name (all its bytes), the key identifier, the signature, the
    /// profile of Annex B for the DS certificate directly under that anchor, and that both are valid at `now`, first and
    /// last second included; last, that it is not revoked. The caller checks whether the MSO was signed within these dates.
    ///
    /// # Errors
    /// Returns the first check that fails.
    pub fn verify(
        &self,
        ds: &Certificate,
        now: Timestamp,
        by: &dyn VerifySignature,
    ) -> Result<(&Anchor, DsRevocation), TrustError> {
        let anchor = self.find(ds, now, by)?;
        let revocation = self.revocations.check(ds, &anchor.certificate, now);
        Ok((anchor, revocation.ok_or(TrustError::DsRevoked)?))
    }

    /// Returns the signature of a DS certificate under each anchor that may have issued it: those that
    /// [`TrustAnchors::verify`] depends on.
    pub(crate) fn signatures(&self, ds: &Certificate) -> impl Iterator<Item = UnverifiedSignature> {
        let iacas = self.anchors.iter().filter(|a| a.role == Role::Iaca).map(Anchor::certificate);
        iacas.filter_map(|iaca| {
            check_names(iaca, ds).ok()?;
            ds.unverified(iaca.public_key()).ok()
        })
    }

    fn find(
        &self,
        ds: &Certificate,
        now: Timestamp,
        by: &dyn VerifySignature,
    ) -> Result<&Anchor, TrustError> {
        let pinned = |a: &&Anchor| a.role == Role::PinnedDocumentSigner && a.certificate == *ds;
        if let Some(anchor) = self.anchors.iter().find(pinned) {
            check_ds_dates(ds, now)?;
            return Ok(anchor);
        }
        // there may be several roots with one name and key identifier, such as a renewed one
        let mut reason = TrustError::IssuerUnknown;
        for anchor in self.anchors.iter().filter(|a| a.role == Role::Iaca) {
            match verify_under(&anchor.certificate, ds, now, by) {
                Ok(()) => return Ok(anchor),
                Err(error) if error.progress() >= reason.progress() => reason = error,
                Err(_) => {}
            }
        }
        Err(reason)
    }
}

fn check_names(iaca: &Certificate, ds: &Certificate) -> Result<(), TrustError> {
    if iaca.subject().raw() != ds.issuer().raw() {
        return Err(TrustError::IssuerUnknown);
    }
    // a missing identifier breaks the profile, a different one the chain
    if ds.aki().is_some_and(|aki| iaca.ski() != Some(aki)) {
        return Err(TrustError::KeyIdentifier);
    }
    Ok(())
}

fn verify_under(
    iaca: &Certificate,
    ds: &Certificate,
    now: Timestamp,
    by: &dyn VerifySignature,
) -> Result<(), TrustError> {
    check_names(iaca, ds)?;
    let _signed = ds.verify_signed_by(iaca.public_key(), by).map_err(|error| match error {
        SignatureError::Curve => TrustError::Algorithm,
        SignatureError::Brainpool => TrustError::Brainpool,
        SignatureError::NotChecked => TrustError::NotChecked(SignatureNotChecked::at(step::ISSUER_TRUSTED)),
        _ => TrustError::Signature,
    })?;
    let _profile = check_document_signer(ds, Some(iaca))?;
    check_ds_dates(ds, now)?;
    if now < iaca.not_before() {
        return Err(TrustError::IacaNotYet);
    }
    if now > iaca.not_after() {
        return Err(TrustError::IacaExpired);
    }
    Ok(())
}

fn check_ds_dates(ds: &Certificate, now: Timestamp) -> Result<(), TrustError> {
    if now < ds.not_before() {
        return Err(TrustError::DsNotYet);
    }
    if now > ds.not_after() {
        return Err(TrustError::DsExpired);
    }
    Ok(())
}

/// Why a DS certificate is not trusted, or an anchor not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TrustError {
    /// No anchor has the issuer's name.
    IssuerUnknown,
    /// An anchor has the name, and another key identifier.
    KeyIdentifier,
    /// The anchor's key or the signature algorithm is not supported, or they do not match.
    Algorithm,
    /// The anchor's key is on a brainpool curve, which the standard lists and this crate does not support.
    Brainpool,
    /// The signature of the certificate does not verify under the anchor's key.
    Signature,
    /// The provider could not verify the signature of the certificate.
    NotChecked(SignatureNotChecked),
    /// The DS certificate is not valid yet.
    DsNotYet,
    /// The DS certificate is no longer valid.
    DsExpired,
    /// The anchor is not valid yet.
    IacaNotYet,
    /// The anchor is no longer valid.
    IacaExpired,
    /// The DS certificate is revoked, by a list of its authority or by its fingerprint.
    DsRevoked,
    /// The anchor's own signature does not verify.
    AnchorSignature,
    /// No list covers this authority for this document type.
    DocType,
    /// A line of the certificates' profile.
    Certificate(CertificateError),
}

coded!(TrustError as TrustCode {
    IssuerUnknown => "issuer-unknown", "issuer-trusted", "ISO/IEC 18013-5, 9.3.3";
    KeyIdentifier => "chain-key-identifier", "issuer-trusted", "ISO/IEC 18013-5, 9.3.3";
    Algorithm => "chain-algorithm", "issuer-trusted", "ISO/IEC 18013-5, 9.3.3";
    Brainpool => "chain-brainpool", "issuer-trusted", "ISO/IEC 18013-5, B.1";
    Signature => "chain-signature", "issuer-trusted", "ISO/IEC 18013-5, 9.3.3";
    DsNotYet => "ds-not-yet", "issuer-trusted", "ISO/IEC 18013-5, 9.3.3";
    DsExpired => "ds-expired", "issuer-trusted", "ISO/IEC 18013-5, 9.3.3";
    IacaNotYet => "iaca-not-yet", "issuer-trusted", "ISO/IEC 18013-5, 9.3.3";
    IacaExpired => "iaca-expired", "issuer-trusted", "ISO/IEC 18013-5, 9.3.3";
    DsRevoked => "ds-revoked", "issuer-trusted", "RFC 5280, 6.3.3";
    AnchorSignature => "anchor-signature", "trust-list", "ISO/IEC 18013-5, B.1";
    DocType => "issuer-doc-type", "issuer-trusted", "ISO/IEC 18013-5, C.1.7";
} via [Certificate(x509::CertificateCode), NotChecked(cbor::NotCheckedCode)]);

impl TrustError {
    /// Ranks errors; when several anchors match, the one that passed most checks is reported.
    const fn progress(&self) -> u8 {
        match self {
            Self::IssuerUnknown | Self::AnchorSignature => 0,
            Self::KeyIdentifier => 1,
            Self::Algorithm | Self::Brainpool => 2,
            Self::Signature => 3,
            // the signature may be right
            Self::NotChecked(_) => 4,
            Self::Certificate(_) => 5,
            Self::DsNotYet | Self::DsExpired => 6,
            Self::IacaNotYet | Self::IacaExpired => 7,
            Self::DsRevoked => 8,
            Self::DocType => 9,
        }
    }
}

impl From<CertificateError> for TrustError {
    fn from(error: CertificateError) -> Self {
        Self::Certificate(error)
    }
}

impl fmt::Display for TrustError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl core::error::Error for TrustError {}

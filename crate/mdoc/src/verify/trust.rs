//! Trust anchors, and the chain from a DS certificate to one of them.

use crate::document_type::SIGNER_PURPOSES;
use crate::verify::outcome::Reason;
use crate::verify::revocation::{DsRevocation, Revocation, Revocations};
use crate::verify::signer_purpose::Signs;
use crate::verify::step;
use crate::verify::trust_error::TrustError;
use crate::verify::vouch::{Vouched, Voucher};
use cbor::{SignatureNotChecked, Timestamp};
use signature::{SignatureError, UnverifiedSignature, VerifySignature};
use x509::{
    Certificate, CrlError, Deviation, DeviationCode, IssuerCertificate, UnverifiedCrl, VerifiedCrl,
    check_document_signer, check_document_signer_strictly, check_iaca, check_iaca_strictly,
};

/// One pinned certificate of a trust list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    certificate: Certificate,
    role: Role,
    deviations: Vec<Deviation>,
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
    /// Creates an anchor from an authority's root. Checks that nothing in it is dangerous ([`check_iaca`]), and its own
    /// signature if the algorithm is supported. Its departures from Annex B are [`deviations`](Self::deviations).
    ///
    /// `label` and `list` are names for display: of the authority, and of the list or person that vouches for it. An anchor
    /// counts as current; [`Anchor::in_doubt`] says that its list is not.
    ///
    /// # Errors
    /// Returns the danger, `AnchorSignature`, or `Algorithm` for a curve that is not supported or a signature by anything but
    /// ECDSA with SHA-2. Dates are checked when the anchor is used. A signature that the provider cannot check is no error.
    pub fn iaca(
        certificate: Certificate,
        label: impl Into<String>,
        list: impl Into<String>,
        by: &dyn VerifySignature,
    ) -> Result<Self, TrustError> {
        let profile = check_iaca(&certificate)?;
        match certificate.verify_signed_by(certificate.public_key(), by) {
            Ok(_) => {}
            // brainpoolP320r1 and P512r1: accepted, and verifying a chain to it will fail with a code of its own
            Err(SignatureError::Brainpool) if certificate.is_signed_by_ecdsa_with_sha2() => {}
            // SHA-1 or a smaller curve, for example
            Err(SignatureError::Curve | SignatureError::Brainpool) => return Err(TrustError::Algorithm),
            // Whoever configures an anchor vouches for its key, and not its signature over itself. Where the provider lacks
            // the curve, a chain to it is not checked either, which is undetermined and never a pass.
            Err(SignatureError::NotChecked) => {}
            Err(_) => return Err(TrustError::AnchorSignature),
        }
        Ok(Self {
            certificate,
            role: Role::Iaca,
            deviations: profile.deviations().to_vec(),
            label: label.into(),
            vouchers: vec![Voucher::new(list.into())],
        })
    }

    /// Creates an anchor from one document signer whose root is not available (as in ISO/IEC 18013-5, Annex D).
    ///
    /// It is trusted for itself only. What it may sign is checked with each document.
    ///
    /// # Errors
    /// Returns the danger ([`check_document_signer`]).
    pub fn pinned_document_signer(
        certificate: Certificate,
        label: impl Into<String>,
        list: impl Into<String>,
    ) -> Result<Self, TrustError> {
        let profile = check_document_signer(&certificate, None, SIGNER_PURPOSES)?;
        let deviations = profile.deviations().to_vec();
        let (role, vouchers) = (Role::PinnedDocumentSigner, vec![Voucher::new(list.into())]);
        Ok(Self { certificate, role, deviations, label: label.into(), vouchers })
    }

    /// Returns it if it fits Annex B to the letter.
    ///
    /// # Errors
    /// Returns the line of the profile that is broken.
    pub fn strictly(self) -> Result<Self, TrustError> {
        self.check_strictly()?;
        Ok(self)
    }

    fn check_strictly(&self) -> Result<(), TrustError> {
        match self.role {
            Role::Iaca => check_iaca_strictly(&self.certificate).map(drop)?,
            Role::PinnedDocumentSigner => {
                check_document_signer_strictly(&self.certificate, None).map(drop)?;
            }
        }
        Ok(())
    }

    /// Returns the departures of its certificate from Annex B.
    #[must_use]
    pub fn deviations(&self) -> &[Deviation] {
        &self.deviations
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

    /// Sets since when the next version of its lists has been due. They count as current all the same.
    #[must_use]
    pub fn due_since(mut self, since: Timestamp) -> Self {
        self.vouchers.iter_mut().for_each(|v| v.set_due(since));
        self
    }

    /// Sets when its lists were made: the newest date is told where an authority's key is not on them.
    #[must_use]
    pub fn of_date(mut self, date: Timestamp) -> Self {
        self.vouchers.iter_mut().for_each(|v| v.set_date(date));
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

    /// Returns whether there is no anchor.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.anchors.is_empty()
    }

    /// Verifies at `now` that a certificate may sign what `signs` says.
    ///
    /// Checked, in this order: an anchor with the issuer's name ([`x509::Name::matches`]), the key identifier where both have one, the
    /// signature, the certificate's profile directly under that anchor, and that both are valid at `now`, first and
    /// last second included; last, that it is not revoked. The caller checks whether the MSO was signed within these dates.
    ///
    /// # Errors
    /// Returns the first check that fails.
    pub fn verify(
        &self,
        ds: &Certificate,
        signs: Signs<'_>,
        now: Timestamp,
        by: &dyn VerifySignature,
    ) -> Result<TrustedSigner<'_>, TrustError> {
        let (anchor, deviations) = self.find(ds, signs, now, by)?;
        let revocation = self.revocations.check(ds, &anchor.certificate, now);
        Ok(TrustedSigner { anchor, deviations, revocation: revocation.ok_or(TrustError::DsRevoked)? })
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
        signs: Signs<'_>,
        now: Timestamp,
        by: &dyn VerifySignature,
    ) -> Result<(&Anchor, Vec<Deviation>), TrustError> {
        let pinned = |a: &&Anchor| a.role == Role::PinnedDocumentSigner && a.certificate == *ds;
        if let Some(anchor) = self.anchors.iter().find(pinned) {
            let deviations = signs.check(ds, None)?;
            check_ds_dates(ds, now)?;
            return Ok((anchor, deviations));
        }
        // there may be several roots with one name and key identifier, such as a renewed one
        let mut reason = TrustError::IssuerUnknown;
        for anchor in self.anchors.iter().filter(|a| a.role == Role::Iaca) {
            match anchor.verify_issued(ds, signs, now, by) {
                Ok(deviations) => return Ok((anchor, deviations)),
                Err(error) if error.progress() >= reason.progress() => reason = error,
                Err(_) => {}
            }
        }
        match reason {
            TrustError::KeyUnknown(_) if signs.is_strict() => Err(TrustError::KeyIdentifier),
            TrustError::KeyUnknown(_) => Err(TrustError::KeyUnknown(self.newest_list_of(ds))),
            reason => Err(reason),
        }
    }

    /// Returns the newest date of the lists that have the name of a certificate's issuer.
    fn newest_list_of(&self, ds: &Certificate) -> Option<Timestamp> {
        let named = self.anchors.iter().filter(|a| a.certificate.subject().matches(ds.issuer()));
        named.flat_map(|anchor| &anchor.vouchers).filter_map(Voucher::date).max()
    }
}

/// A certificate that may sign, by one of the anchors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrustedSigner<'a> {
    /// The anchor that issued it, or as which it is pinned.
    pub anchor: &'a Anchor,
    /// The departures from Annex B of the anchor and of the certificate, in this order.
    pub deviations: Vec<Deviation>,
    /// The outcome of its revocation.
    pub revocation: DsRevocation,
}

/// Whether two certificates name the same key of the issuer.
enum SameKey {
    /// Both have the identifier.
    Named,
    /// One of them has none.
    NotNamed,
}

fn check_names(iaca: &Certificate, ds: &Certificate) -> Result<SameKey, TrustError> {
    if !iaca.subject().matches(ds.issuer()) {
        return Err(TrustError::IssuerUnknown);
    }
    let present = |identifier: &&[u8]| !identifier.is_empty();
    match (ds.aki().filter(present), iaca.ski().filter(present)) {
        (Some(named), Some(own)) if named == own => Ok(SameKey::Named),
        (Some(_), Some(_)) => Err(TrustError::KeyUnknown(None)),
        _ => Ok(SameKey::NotNamed),
    }
}

impl Anchor {
    /// Verifies that this authority issued a certificate for what it signs; returns the deviations of both.
    fn verify_issued(
        &self,
        ds: &Certificate,
        signs: Signs<'_>,
        now: Timestamp,
        by: &dyn VerifySignature,
    ) -> Result<Vec<Deviation>, TrustError> {
        let iaca = &self.certificate;
        let same_key = check_names(iaca, ds)?;
        // by Annex B the issuer's name is a copy of the root's
        let is_copy = iaca.subject().raw() == ds.issuer().raw();
        if signs.is_strict() && !is_copy {
            return Err(TrustError::IssuerUnknown);
        }
        // by Annex B the hash is that of the curve
        if signs.is_strict()
            && ds.unverified(iaca.public_key()).is_ok_and(|signed| signed.cose_algorithm().is_none())
        {
            return Err(TrustError::Algorithm);
        }
        let _signed =
            ds.verify_signed_by(iaca.public_key(), by).map_err(|error| match (error, same_key) {
                (SignatureError::Curve, _) => TrustError::Algorithm,
                (SignatureError::Brainpool, _) => TrustError::Brainpool,
                (SignatureError::NotChecked, _) => {
                    TrustError::NotChecked(SignatureNotChecked::at(step::ISSUER_TRUSTED))
                }
                (_, SameKey::Named) => TrustError::Signature,
                (_, SameKey::NotNamed) => TrustError::KeyUnknown(None),
            })?;
        if signs.is_strict() {
            self.check_strictly()?;
        }
        let of_signer = signs.check(ds, Some(iaca))?;
        check_ds_dates(ds, now)?;
        if now < iaca.not_before() {
            return Err(TrustError::IacaNotYet);
        }
        if now > iaca.not_after() {
            return Err(TrustError::IacaExpired);
        }
        let mut deviations = self.deviations.clone();
        if !is_copy {
            let (certificate, code) = (IssuerCertificate::DocumentSigner, DeviationCode::IssuerName);
            deviations.push(Deviation { certificate, code });
        }
        deviations.extend(of_signer);
        Ok(deviations)
    }
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

//! Who signed a list: the chain from the signer's certificate to a pinned root.

use super::error::VicalError;
use crate::verify::step;
use cbor::Timestamp;
use cbor::cose::CoseError;
use signature::{SignatureError, VerifySignature};
use x509::{Certificate, check_vical_authority, check_vical_signer};

/// The roots that a verifier trusts for lists, each pinned by its certificate or by that certificate's SHA-256.
///
/// A pin may also be an intermediate certificate or the signer's own; the chain is followed up to the first pin.
#[derive(Clone, Debug, Default)]
pub struct VicalTrust {
    fingerprints: Vec<[u8; 32]>,
    certificates: Vec<Certificate>,
}

impl VicalTrust {
    /// Creates an empty set.
    #[must_use]
    pub const fn new() -> Self {
        Self { fingerprints: Vec::new(), certificates: Vec::new() }
    }

    /// Trusts a root that lists carry in their chain, by the SHA-256 of its certificate.
    #[must_use]
    pub fn with_sha256(mut self, fingerprint: [u8; 32]) -> Self {
        self.fingerprints.push(fingerprint);
        self
    }

    /// Trusts a root; lists need not carry it.
    #[must_use]
    pub fn with_root(mut self, certificate: Certificate) -> Self {
        self.fingerprints.push(certificate.fingerprint());
        self.certificates.push(certificate);
        self
    }

    fn is_pinned(&self, certificate: &Certificate) -> bool {
        self.fingerprints.contains(&certificate.fingerprint())
    }
}

/// Proof: the signer's certificate fits its purpose and leads to a pinned root, and all of it held when the list was made.
#[derive(Clone, Debug)]
pub(super) struct SignerTrusted {
    pub(super) signer: Certificate,
    pub(super) root: Certificate,
    /// The last second at which every certificate of the path still holds.
    pub(super) until: Timestamp,
}

impl SignerTrusted {
    /// Follows `chain`, leaf first, to a pin; `date` is the list's.
    pub(super) fn check(
        chain: &[Certificate],
        trust: &VicalTrust,
        date: Timestamp,
        by: &dyn VerifySignature,
    ) -> Result<Self, VicalError> {
        let (signer, above) = chain.split_first().ok_or(VicalError::SignerChain)?;
        let _profile = check_vical_signer(signer).map_err(VicalError::SignerProfile)?;
        let mut path = vec![signer];
        for certificate in above {
            if path.last().is_some_and(|last| trust.is_pinned(last)) {
                break;
            }
            certifies(certificate, &path, by)?;
            path.push(certificate);
        }
        let top = *path.last().ok_or(VicalError::SignerChain)?;
        if !trust.is_pinned(top) {
            // the root itself need not come along
            let mut reason = VicalError::SignerUnknown;
            let mut certifying = None;
            for root in &trust.certificates {
                match certifies(root, &path, by) {
                    Ok(()) => {
                        certifying = Some(root);
                        break;
                    }
                    Err(error @ VicalError::Cose(CoseError::NotChecked(_))) => reason = error,
                    Err(_) => {}
                }
            }
            path.push(certifying.ok_or(reason)?);
        }
        let held = |c: &&Certificate| c.not_before() <= date && date <= c.not_after();
        if !path.iter().all(held) {
            return Err(VicalError::SignerDates);
        }
        let root = (*path.last().ok_or(VicalError::SignerChain)?).clone();
        let until = path.iter().map(|c| c.not_after()).min().ok_or(VicalError::SignerChain)?;
        Ok(Self { signer: signer.clone(), root, until })
    }
}

/// Returns whether `authority` certified the last certificate of `path`, with the path below that it may have.
fn certifies(
    authority: &Certificate,
    path: &[&Certificate],
    by: &dyn VerifySignature,
) -> Result<(), VicalError> {
    let below = path.last().ok_or(VicalError::SignerChain)?;
    if !authority.subject().matches(below.issuer()) {
        return Err(VicalError::SignerChain);
    }
    if let (Some(named), Some(own)) = (below.aki(), authority.ski())
        && named != own
    {
        return Err(VicalError::SignerChain);
    }
    // authorities below this one; the first of the path is the signer
    let authorities = path.len().saturating_sub(1);
    let _profile = check_vical_authority(authority, authorities).map_err(|_| VicalError::SignerChain)?;
    let signed = below.verify_signed_by(authority.public_key(), by);
    let _signed = signed.map_err(|error| match error {
        SignatureError::NotChecked => VicalError::Cose(CoseError::from(error).at(step::TRUST_LIST)),
        _ => VicalError::SignerChain,
    })?;
    Ok(())
}

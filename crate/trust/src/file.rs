//! What a file is: a trust list, certificates or revocation lists.

use mdoc::vical::{MAX_VICAL, UnverifiedVical, VerifiedVical, VicalError, VicalTrust};
use mdoc::{Anchor, TrustAnchors, TrustError};
use sha2::{Digest as _, Sha256};
use signature::VerifySignature;
use x509::{
    Certificate, CertificateError, CrlError, UnverifiedCrl, VerifiedCrl, certificate_pems, crl_pems,
    each_certificate_pem,
};

use crate::error::ImportError;

/// The kinds of lists that are imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListKind {
    /// A signed list of authorities.
    Vical,
    /// One IACA certificate.
    Certificate,
    /// An authority's revocation list.
    Crl,
}

impl ListKind {
    const ALL: [Self; 3] = [Self::Vical, Self::Certificate, Self::Crl];

    /// Returns the name in a store and in a bundle.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Vical => "vical",
            Self::Certificate => "certificate",
            Self::Crl => "crl",
        }
    }

    /// Returns the kind with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// A list as received, not verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceivedList {
    /// The kind of the file.
    pub kind: ListKind,
    /// SHA-256 of the root of a trust list's signer, of the certificate, or of the revocation list.
    pub pin: [u8; 32],
    /// The bytes: a trust list in CBOR, a certificate or a revocation list in DER.
    pub bytes: Vec<u8>,
}

impl ReceivedList {
    /// Reads a file of which every part must be right: as [`ReceivedList::read_each`].
    ///
    /// # Errors
    /// As [`ReceivedList::read_each`], or what is wrong with one of the parts: none is skipped.
    pub fn read(bytes: &[u8]) -> Result<Vec<Self>, ImportError> {
        Self::read_each(bytes)?.into_iter().collect()
    }

    /// Reads a file by its content: certificates or revocation lists in PEM, one of either in DER, or one trust list. Of a PEM
    /// text each certificate is read by itself.
    ///
    /// The pin is the file's own claim until a user confirms it.
    ///
    /// # Errors
    /// [`ImportError::NeitherOfThem`], [`ImportError::Mixed`], or what is wrong with a file of another kind than certificates.
    pub fn read_each(bytes: &[u8]) -> Result<Vec<Result<Self, ImportError>>, ImportError> {
        if is_crl(bytes)? {
            return Ok(Self::read_crls(bytes)?.into_iter().map(Ok).collect());
        }
        if bytes.len() > MAX_VICAL {
            return Err(VicalError::Size.into());
        }
        let in_der = || bytes.first().filter(|first| **first == SEQUENCE).map(|_| vec![Ok(bytes.to_vec())]);
        if let Some(ders) = each_certificate_pem(bytes).or_else(in_der) {
            let of = |der: Result<Vec<u8>, CertificateError>| {
                let der = der.map_err(TrustError::Certificate)?;
                let pin = decoded(&der)?.fingerprint();
                Ok(Self { kind: ListKind::Certificate, pin, bytes: der })
            };
            return Ok(ders.into_iter().map(of).collect());
        }
        let list = UnverifiedVical::decode(bytes)?;
        let pin = list.top_sha256().ok_or(VicalError::SignerChain)?;
        Ok(vec![Ok(Self { kind: ListKind::Vical, pin, bytes: bytes.to_vec() })])
    }

    /// Reads a file of revocation lists: several in PEM, or one in DER.
    ///
    /// # Errors
    /// [`ImportError::Mixed`], or what is wrong with the text. One in DER is decoded when it is verified.
    pub fn read_crls(bytes: &[u8]) -> Result<Vec<Self>, ImportError> {
        let lists = match crl_pems(bytes) {
            Some(_) if certificate_pems(bytes).is_some() => return Err(ImportError::Mixed),
            Some(lists) => lists?,
            None => vec![bytes.to_vec()],
        };
        let of = |bytes: Vec<u8>| Self { kind: ListKind::Crl, pin: Sha256::digest(&bytes).into(), bytes };
        Ok(lists.into_iter().map(of).collect())
    }

    /// Verifies a trust list under the roots in `pins`; `signatures` verifies its signatures.
    ///
    /// # Errors
    /// As [`UnverifiedVical::decode`] and [`UnverifiedVical::verify`].
    pub fn vical(
        &self,
        pins: &VicalTrust,
        signatures: &dyn VerifySignature,
    ) -> Result<VerifiedVical, ImportError> {
        Ok(UnverifiedVical::decode(&self.bytes)?.verify(pins, signatures)?)
    }

    /// Decodes a certificate. [`Anchor::iaca`] checks whether it is an authority's root.
    ///
    /// # Errors
    /// [`ImportError::Certificate`].
    pub fn certificate(&self) -> Result<Certificate, ImportError> {
        decoded(&self.bytes)
    }

    /// Verifies that one of the anchors signed a revocation list; returns both.
    ///
    /// # Errors
    /// [`ImportError::Crl`].
    pub fn crl<'t>(
        &self,
        anchors: &'t TrustAnchors,
        signatures: &dyn VerifySignature,
    ) -> Result<(VerifiedCrl, &'t Anchor), ImportError> {
        Ok(anchors.verify_crl(&UnverifiedCrl::decode(&self.bytes)?, signatures)?)
    }
}

/// The first byte of a certificate and of a revocation list in DER.
const SEQUENCE: u8 = 0x30;

fn decoded(der: &[u8]) -> Result<Certificate, ImportError> {
    Certificate::decode(der).map_err(|error: CertificateError| TrustError::Certificate(error).into())
}

/// Whether these are revocation lists, in PEM or one in DER. A certificate in DER has the same first bytes.
fn is_crl(bytes: &[u8]) -> Result<bool, CrlError> {
    if crl_pems(bytes).is_some() {
        return Ok(true);
    }
    if bytes.first() != Some(&SEQUENCE) {
        return Ok(false);
    }
    match UnverifiedCrl::decode(bytes) {
        Ok(_) => Ok(true),
        Err(CrlError::Malformed | CrlError::Size) => Ok(false),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_list_is_told_from_what_is_a_bad_one() {
        let code = |bytes: &[u8]| ReceivedList::read(bytes).map_or_else(|e| e.code(), |_| Some("read"));
        assert!(matches!(ReceivedList::read(b"hello"), Err(ImportError::NeitherOfThem(_))));
        assert!(matches!(ReceivedList::read(b""), Err(ImportError::NeitherOfThem(_))));
        assert_eq!(code(&[0x30, 0x00]), Some("cert-malformed"));
        let broken = b"-----BEGIN CERTIFICATE-----\n@\n-----END CERTIFICATE-----";
        assert_eq!(code(broken), Some("cert-malformed"));
        assert_eq!(code(&vec![0; MAX_VICAL + 1]), Some("vical-size"));
        let crl = b"-----BEGIN X509 CRL-----\nMAA=\n-----END X509 CRL-----";
        let nobody = TrustAnchors::new();
        let verified = |bytes: &[u8]| {
            ReceivedList::read(bytes).map(|all| {
                all.iter()
                    .map(|one| one.verify(&nobody, &signature::RustCrypto).map_err(|e| e.code()).map(|_| ()))
                    .collect::<Vec<_>>()
            })
        };
        assert_eq!(verified(&[crl.as_slice(), crl].concat()), Ok(vec![Err(Some("crl-malformed")); 2]));
        assert_eq!(code(&crl[..40]), Some("crl-malformed"));
        let mixed =
            [crl.as_slice(), b"-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----"].concat();
        assert!(matches!(ReceivedList::read(&mixed), Err(ImportError::Mixed)));
    }

    #[test]
    fn every_kind_has_a_name_of_its_own() {
        let names =
            [(ListKind::Vical, "vical"), (ListKind::Certificate, "certificate"), (ListKind::Crl, "crl")];
        for (kind, name) in names {
            assert_eq!((kind.name(), ListKind::named(name)), (name, Some(kind)));
        }
        assert_eq!(ListKind::named("list"), None);
    }
}

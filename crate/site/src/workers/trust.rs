//! Imported lists of who is trusted and who no longer is: what a file is, whether it holds, and how the page hands lists
//! to the verifying worker.
//!
//! A list travels and is stored as the received bytes with the fingerprint that a person confirmed, and is verified
//! again by whoever uses it: neither the store nor the page's messages are believed. An authority's list of revoked
//! certificates needs no fingerprint to be confirmed: it is signed by somebody who is trusted already.

use std::cell::RefCell;
use std::rc::Rc;

use cbor::Timestamp;
use cbor::Value;
use mdoc::vical::{
    KnownProvider, MAX_VICAL, UnverifiedVical, VerifiedVical, VicalEntry, VicalError, VicalTrust,
};
use mdoc::{Anchor, TrustAnchors, TrustError};
use sha2::{Digest, Sha256};
use x509::{Certificate, CrlError, UnverifiedCrl, VerifiedCrl, certificate_pems, crl_pems};

/// Lists that are kept and handed over at most.
pub(crate) const MAX_LISTS: usize = 16;

/// What a file with trust in it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A signed list.
    Vical,
    /// One IACA certificate.
    Certificate,
    /// An authority's list of revoked certificates.
    Crl,
}

impl Kind {
    const ALL: [Self; 3] = [Self::Vical, Self::Certificate, Self::Crl];

    /// The name in the store and in a bundle.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Vical => "vical",
            Self::Certificate => "certificate",
            Self::Crl => "crl",
        }
    }

    /// The kind of this name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// A list as received, with its fingerprint: of its signer's root, or of the bytes themselves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Imported {
    pub(crate) kind: Kind,
    pub(crate) pin: [u8; 32],
    pub(crate) bytes: Vec<u8>,
}

/// Why a file is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ImportError {
    /// Neither a list nor a certificate; the code of the reader that gave up.
    NeitherOfThem(&'static str),
    /// The list is refused.
    List(VicalError),
    /// The certificate is refused.
    Certificate(TrustError),
    /// The list of revoked certificates is refused.
    Crl(CrlError),
    /// Certificates and lists of revoked ones in one text.
    Mixed,
}

impl ImportError {
    /// The stable code; empty where there is none, since nothing in the file is wrong.
    pub(crate) const fn code(&self) -> &'static str {
        match self {
            Self::NeitherOfThem(code) => code,
            Self::List(error) => error.code(),
            Self::Certificate(error) => error.code(),
            Self::Crl(error) => error.code(),
            Self::Mixed => "",
        }
    }
}

impl From<VicalError> for ImportError {
    fn from(error: VicalError) -> Self {
        match error {
            VicalError::Cbor(_) | VicalError::Cose(_) => Self::NeitherOfThem(error.code()),
            other => Self::List(other),
        }
    }
}

impl From<CrlError> for ImportError {
    fn from(error: CrlError) -> Self {
        Self::Crl(error)
    }
}

impl Imported {
    /// What a file is: certificates or lists of revoked ones, as text or one in DER; else one list. Its own top is taken
    /// for the pin, which a person is asked to confirm.
    pub(crate) fn read(bytes: &[u8]) -> Result<Vec<Self>, ImportError> {
        if let Some(lists) = read_crls(bytes) {
            // What one of them says may depend on the other's being trusted, which a person is asked first.
            if certificate_pems(bytes).is_some() {
                return Err(ImportError::Mixed);
            }
            let of = |bytes: Vec<u8>| Self { kind: Kind::Crl, pin: Sha256::digest(&bytes).into(), bytes };
            return Ok(lists?.into_iter().map(of).collect());
        }
        if bytes.len() > MAX_VICAL {
            return Err(VicalError::Size.into());
        }
        let refused = |error| ImportError::Certificate(TrustError::Certificate(error));
        let ders = match certificate_pems(bytes) {
            Some(ders) => Some(ders.map_err(refused)?),
            None => bytes.first().filter(|first| **first == 0x30).map(|_| vec![bytes.to_vec()]),
        };
        if let Some(ders) = ders {
            let of = |der: Vec<u8>| {
                let pin = Certificate::decode(&der).map_err(refused)?.fingerprint();
                Ok(Self { kind: Kind::Certificate, pin, bytes: der })
            };
            return ders.into_iter().map(of).collect();
        }
        let list = UnverifiedVical::decode(bytes)?;
        let pin = list.top_sha256().ok_or(VicalError::SignerChain)?;
        Ok(vec![Self { kind: Kind::Vical, pin, bytes: bytes.to_vec() }])
    }

    /// Verifies the bytes against the pin; a list of revoked certificates against the anchors too, one of which must
    /// have signed it.
    pub(crate) fn verify(&self, anchors: &TrustAnchors) -> Result<TrustList, ImportError> {
        match self.kind {
            Kind::Vical => {
                let list = UnverifiedVical::decode(&self.bytes)?;
                let list = list.verify(&VicalTrust::new().with_sha256(self.pin))?;
                let known = KnownProvider::find(list.provider(), &self.pin).is_some();
                let name = name(list.provider(), (!known).then_some(&self.pin));
                let entries = list.entries(&name).collect();
                Ok(TrustList { name, known, held: Held::Vical { list: Box::new(list), entries } })
            }
            Kind::Certificate => {
                let refused = |error| ImportError::Certificate(TrustError::Certificate(error));
                let certificate = Certificate::decode(&self.bytes).map_err(refused)?;
                if certificate.fingerprint() != self.pin {
                    return Err(VicalError::SignerUnknown.into());
                }
                let label = mdoc::vical::certificate_label(&certificate);
                let name = name(&label, Some(&self.pin));
                let anchor = Anchor::iaca(certificate, label, &name).map_err(ImportError::Certificate)?;
                Ok(TrustList { name, known: false, held: Held::Certificate(Box::new(anchor)) })
            }
            Kind::Crl => {
                let (list, anchor) = anchors.verify_crl(&UnverifiedCrl::decode(&self.bytes)?)?;
                let (name, authority) = (anchor.label.clone(), anchor.spki_sha256());
                Ok(TrustList { name, known: true, held: Held::Crl { list: Box::new(list), authority } })
            }
        }
    }
}

/// The DER of lists of revoked certificates, or what is wrong with them; `None` where it is something else.
fn read_crls(bytes: &[u8]) -> Option<Result<Vec<Vec<u8>>, CrlError>> {
    if let Some(lists) = crl_pems(bytes) {
        return Some(lists);
    }
    bytes.first().filter(|first| **first == 0x30)?;
    match UnverifiedCrl::decode(bytes) {
        Ok(_) => Some(Ok(vec![bytes.to_vec()])),
        // a certificate begins in the same way
        Err(CrlError::Malformed | CrlError::Size) => None,
        Err(error) => Some(Err(error)),
    }
}

/// A provider's name where this build knows it; else with the beginning of the fingerprint, so that nobody takes a
/// stranger's list for another one of the same name.
fn name(provider: &str, pin: Option<&[u8; 32]>) -> String {
    match pin {
        None => provider.to_owned(),
        Some([a, b, c, d, ..]) => format!("{provider} · {a:02x}{b:02x}{c:02x}{d:02x}"),
    }
}

/// A verified list.
#[derive(Clone, Debug)]
pub(crate) struct TrustList {
    /// The name under which it vouches.
    pub(crate) name: String,
    /// Whether this build knows its provider.
    pub(crate) known: bool,
    /// What it holds.
    pub(crate) held: Held,
}

/// What a list holds.
#[derive(Clone, Debug)]
pub(crate) enum Held {
    /// A signed list with its entries.
    Vical { list: Box<VerifiedVical>, entries: Vec<VicalEntry> },
    /// One authority.
    Certificate(Box<Anchor>),
    /// What an authority revoked, and SHA-256 of the authority's `SubjectPublicKeyInfo`.
    Crl { list: Box<VerifiedCrl>, authority: [u8; 32] },
}

impl TrustList {
    /// The signed list, if it is one.
    pub(crate) fn vical(&self) -> Option<&VerifiedVical> {
        match &self.held {
            Held::Vical { list, .. } => Some(list),
            Held::Certificate(_) | Held::Crl { .. } => None,
        }
    }

    /// The list of revoked certificates, if it is one.
    pub(crate) fn crl(&self) -> Option<&VerifiedCrl> {
        match &self.held {
            Held::Crl { list, .. } => Some(list),
            Held::Vical { .. } | Held::Certificate(_) => None,
        }
    }

    /// Adds whom it vouches for at `now`, or revokes what it revokes.
    pub(crate) fn add_to(&self, trust: &mut TrustAnchors, now: Timestamp) {
        match &self.held {
            Held::Vical { list, entries } => {
                let age = list.age(now);
                entries.iter().filter_map(|entry| entry.anchor_of_age(&age)).for_each(|a| trust.add(a));
            }
            Held::Certificate(anchor) => trust.add((**anchor).clone()),
            Held::Crl { list, .. } => trust.revoke((**list).clone()),
        }
    }
}

/// Lists in one byte string, for the worker.
pub(crate) fn bundle<'a>(lists: impl IntoIterator<Item = &'a Imported>) -> Vec<u8> {
    let lists = lists.into_iter().take(MAX_LISTS).map(|list| {
        Value::array([
            Value::text(list.kind.name()),
            Value::bytes(list.pin),
            Value::bytes(list.bytes.as_slice()),
        ])
    });
    cbor::encode(&Value::array(lists))
}

fn unbundle(bundle: &[u8]) -> Option<Vec<Imported>> {
    let tree = cbor::decode_own(bundle).ok()?;
    let lists = tree.as_array()?.iter().take(MAX_LISTS);
    lists
        .map(|list| {
            let [kind, pin, bytes] = list.as_array()? else {
                return None;
            };
            let kind = Kind::named(kind.as_text()?)?;
            Some(Imported { kind, pin: pin.as_bytes()?.try_into().ok()?, bytes: bytes.as_bytes()?.to_vec() })
        })
        .collect()
}

/// Puts the lists of revoked certificates last: by then those are there who may sign one.
pub(crate) fn trusted_first<T>(lists: &mut [T], kind: impl Fn(&T) -> Kind) {
    lists.sort_by_key(|list| kind(list) == Kind::Crl);
}

thread_local! {
    /// Lists that this thread verified, by the hash of what was verified; only those of the last call stay.
    static VERIFIED: RefCell<Vec<([u8; 32], Rc<TrustList>)>> = const { RefCell::new(Vec::new()) };
}

/// Adds the anchors of a bundle's lists as they are at `now`, and what their authorities revoked. A list that does not
/// verify is trusted by nobody; `None` where the bundle itself cannot be read: a fault of the page.
pub(crate) fn add_bundle(bundle: &[u8], trust: &mut TrustAnchors, now: Timestamp) -> Option<()> {
    let mut imported = unbundle(bundle)?;
    trusted_first(&mut imported, |list| list.kind);
    let before = VERIFIED.take();
    let mut verified = Vec::new();
    for list in &imported {
        let mut hash = Sha256::new();
        hash.update(list.kind.name());
        hash.update(list.pin);
        hash.update(&list.bytes);
        let hash: [u8; 32] = hash.finalize().into();
        let known = before.iter().find(|(have, _)| *have == hash).map(|(_, list)| list.clone());
        // A list of revoked certificates that was verified once stays what its authority said: it counts for nobody else.
        if let Some(list) = known.or_else(|| list.verify(trust).ok().map(Rc::new)) {
            list.add_to(trust, now);
            verified.push((hash, list));
        }
    }
    VERIFIED.set(verified);
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_list_is_told_from_what_is_a_bad_one() {
        let code = |bytes: &[u8]| Imported::read(bytes).map_or_else(|e| e.code(), |_| "read");
        assert!(matches!(Imported::read(b"hello"), Err(ImportError::NeitherOfThem(_))));
        assert!(matches!(Imported::read(b""), Err(ImportError::NeitherOfThem(_))));
        assert_eq!(code(&[0x30, 0x00]), "cert-malformed");
        assert_eq!(code(b"-----BEGIN CERTIFICATE-----\n@\n-----END CERTIFICATE-----"), "cert-malformed");
        assert_eq!(code(&vec![0; MAX_VICAL + 1]), "vical-size");
        let crl = b"-----BEGIN X509 CRL-----\nMAA=\n-----END X509 CRL-----";
        let nobody = TrustAnchors::new();
        let verified = |bytes: &[u8]| {
            Imported::read(bytes).map(|all| {
                all.iter()
                    .map(|one| one.verify(&nobody).map_err(|e| e.code()).map(|_| ()))
                    .collect::<Vec<_>>()
            })
        };
        assert_eq!(verified(&[crl.as_slice(), crl].concat()), Ok(vec![Err("crl-malformed"); 2]));
        assert_eq!(code(&crl[..40]), "crl-malformed");
        let mixed =
            [crl.as_slice(), b"-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----"].concat();
        assert!(matches!(Imported::read(&mixed), Err(ImportError::Mixed)));
    }

    #[test]
    fn every_kind_has_a_name_of_its_own() {
        let names = [(Kind::Vical, "vical"), (Kind::Certificate, "certificate"), (Kind::Crl, "crl")];
        for (kind, name) in names {
            assert_eq!((kind.name(), Kind::named(name)), (name, Some(kind)));
        }
        assert_eq!(Kind::named("list"), None);
    }

    #[test]
    fn a_bundle_that_cannot_be_read_is_a_fault() {
        let mut trust = TrustAnchors::new();
        assert_eq!(add_bundle(&[0x01], &mut trust, Timestamp::from_unix(0)), None);
        let nobody = Imported { kind: Kind::Certificate, pin: [0; 32], bytes: vec![0x30, 0x00] };
        let both = bundle([&nobody, &nobody]);
        assert_eq!(unbundle(&both), Some(vec![nobody.clone(), nobody]));
        assert_eq!(add_bundle(&both, &mut trust, Timestamp::from_unix(0)), Some(()));
        assert!(trust.is_empty());
    }
}

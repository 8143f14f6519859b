//! Imported trust lists: what a file is, whether it holds, and how the page hands lists to the verifying worker.
//!
//! A list travels and is stored as the received bytes with the fingerprint that a person confirmed, and is verified
//! again by whoever uses it: neither the store nor the page's messages are believed.

use std::cell::RefCell;
use std::rc::Rc;

use mdoc::cbor::{self, Value};
use mdoc::time::Timestamp;
use mdoc::trust::{Anchor, TrustAnchors, TrustError};
use mdoc::vical::{
    KnownProvider, MAX_VICAL, UnverifiedVical, VerifiedVical, VicalEntry, VicalError, VicalTrust,
};
use mdoc::x509::{Certificate, first_pem};
use sha2::{Digest, Sha256};

/// Lists that are kept and handed over at most.
pub(crate) const MAX_LISTS: usize = 16;

/// What a file with trust in it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A signed list.
    Vical,
    /// One IACA certificate.
    Certificate,
}

/// A list as received, with what was pinned: the root of its signer, or the certificate itself.
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
}

impl ImportError {
    /// The stable code.
    pub(crate) const fn code(&self) -> &'static str {
        match self {
            Self::NeitherOfThem(code) => code,
            Self::List(error) => error.code(),
            Self::Certificate(error) => error.code(),
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

impl Imported {
    /// What a file is: a certificate as text or in DER, else a list. Its own top is taken for the pin, which a person
    /// is asked to confirm.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, ImportError> {
        if bytes.len() > MAX_VICAL {
            return Err(VicalError::Size.into());
        }
        let refused = |error| ImportError::Certificate(TrustError::Certificate(error));
        let der = match first_pem(bytes) {
            Some(der) => Some(der.map_err(refused)?),
            None => bytes.first().filter(|first| **first == 0x30).map(|_| bytes.to_vec()),
        };
        if let Some(der) = der {
            let certificate = Certificate::decode(&der).map_err(refused)?;
            return Ok(Self { kind: Kind::Certificate, pin: certificate.fingerprint(), bytes: der });
        }
        let list = UnverifiedVical::decode(bytes)?;
        let pin = list.top_sha256().ok_or(VicalError::SignerChain)?;
        Ok(Self { kind: Kind::Vical, pin, bytes: bytes.to_vec() })
    }

    /// Verifies the bytes against the pin.
    pub(crate) fn verify(&self) -> Result<TrustList, ImportError> {
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
        }
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
}

impl TrustList {
    /// The signed list, if it is one.
    pub(crate) fn vical(&self) -> Option<&VerifiedVical> {
        match &self.held {
            Held::Vical { list, .. } => Some(list),
            Held::Certificate(_) => None,
        }
    }

    fn add_to(&self, trust: &mut TrustAnchors, now: Timestamp) {
        match &self.held {
            Held::Vical { list, entries } => {
                let age = list.age(now);
                entries.iter().filter_map(|entry| entry.anchor_of_age(&age)).for_each(|a| trust.add(a));
            }
            Held::Certificate(anchor) => trust.add((**anchor).clone()),
        }
    }
}

/// Lists in one byte string, for the worker.
pub(crate) fn bundle<'a>(lists: impl IntoIterator<Item = &'a Imported>) -> Vec<u8> {
    let lists = lists.into_iter().take(MAX_LISTS).map(|list| {
        Value::array([
            Value::Bool(list.kind == Kind::Vical),
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
            let [vical, pin, bytes] = list.as_array()? else {
                return None;
            };
            let kind = if vical.as_bool()? { Kind::Vical } else { Kind::Certificate };
            Some(Imported { kind, pin: pin.as_bytes()?.try_into().ok()?, bytes: bytes.as_bytes()?.to_vec() })
        })
        .collect()
}

thread_local! {
    /// Lists that this thread verified, by the hash of what was verified; only those of the last call stay.
    static VERIFIED: RefCell<Vec<([u8; 32], Rc<TrustList>)>> = const { RefCell::new(Vec::new()) };
}

/// Adds the anchors of a bundle's lists as they are at `now`. A list that does not verify is trusted by nobody; `None`
/// where the bundle itself cannot be read: a fault of the page.
pub(crate) fn add_bundle(bundle: &[u8], trust: &mut TrustAnchors, now: Timestamp) -> Option<()> {
    let imported = unbundle(bundle)?;
    let before = VERIFIED.take();
    let mut verified = Vec::new();
    for list in &imported {
        let mut hash = Sha256::new();
        hash.update([u8::from(list.kind == Kind::Vical)]);
        hash.update(list.pin);
        hash.update(&list.bytes);
        let hash: [u8; 32] = hash.finalize().into();
        let known = before.iter().find(|(have, _)| *have == hash).map(|(_, list)| list.clone());
        if let Some(list) = known.or_else(|| list.verify().ok().map(Rc::new)) {
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

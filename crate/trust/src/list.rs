//! A verified list: what it adds to the anchors, and what is displayed.

use cbor::Timestamp;
use mdoc::vical::{VerifiedVical, VicalEntry, VicalEntryCode, VicalError, VicalTrust, certificate_label};
use mdoc::{Anchor, TrustAnchors};
use signature::VerifySignature;
use x509::{Certificate, VerifiedCrl};

use crate::error::ImportError;
use crate::file::{ListKind, ReceivedList};
use crate::known::KnownProvider;

impl ReceivedList {
    /// Verifies the bytes by the pin; a revocation list by the anchors, one of which must have signed it. `signatures`
    /// verifies every signature.
    ///
    /// # Errors
    /// Returns the first check that fails.
    pub fn verify(
        &self,
        anchors: &TrustAnchors,
        signatures: &dyn VerifySignature,
    ) -> Result<VerifiedList, ImportError> {
        match self.kind {
            ListKind::Vical => {
                let list = self.vical(&VicalTrust::new().with_sha256(self.pin), signatures)?;
                let known = KnownProvider::find(list.provider(), &self.pin).is_some();
                let name = name(list.provider(), (!known).then_some(&self.pin));
                let entries = list.entries(&name, signatures).collect();
                let content = Content::Vical { list: Box::new(list), entries };
                Ok(VerifiedList { name, known, content })
            }
            ListKind::Certificate => {
                let certificate = self.certificate()?;
                if certificate.fingerprint() != self.pin {
                    return Err(VicalError::SignerUnknown.into());
                }
                let label = certificate_label(&certificate);
                let name = name(&label, Some(&self.pin));
                let anchor = Anchor::iaca(certificate, label, &name, signatures)?;
                Ok(VerifiedList { name, known: false, content: Content::Certificate(Box::new(anchor)) })
            }
            ListKind::Crl => {
                let (list, anchor) = self.crl(anchors, signatures)?;
                let (name, authority) = (anchor.label.clone(), anchor.spki_sha256());
                let content = Content::Crl { list: Box::new(list), authority };
                Ok(VerifiedList { name, known: true, content })
            }
        }
    }
}

/// Returns a provider's name if this build knows it, otherwise with the first digits of the fingerprint, to distinguish
/// lists of one name.
fn name(provider: &str, pin: Option<&[u8; 32]>) -> String {
    match pin {
        None => provider.to_owned(),
        Some([a, b, c, d, ..]) => {
            format!("{provider} · {}", base16ct::lower::encode_string(&[*a, *b, *c, *d]))
        }
    }
}

/// What the key of a revocation list begins with.
const CRL: &str = "crl ";

/// Returns the authority in the key of a revocation list: SHA-256 of its `SubjectPublicKeyInfo`.
pub(crate) fn authority_of(key: &str) -> Option<[u8; 32]> {
    let mut hash = [0; 32];
    let digits = key.strip_prefix(CRL)?;
    (base16ct::lower::decode(digits, &mut hash).ok()?.len() == hash.len()).then_some(hash)
}

/// A verified list.
#[derive(Clone, Debug)]
pub struct VerifiedList {
    /// The name of the list, or the authority of the revocations.
    pub name: String,
    /// Whether the user need not compare its fingerprint: a known provider, or an authority that is trusted already.
    pub known: bool,
    /// Its content.
    pub content: Content,
}

/// The content of a verified list.
#[derive(Clone, Debug)]
pub enum Content {
    /// A signed list with its entries.
    Vical {
        /// The list.
        list: Box<VerifiedVical>,
        /// Its entries, each with its anchor or the reason for having none.
        entries: Vec<VicalEntry>,
    },
    /// One authority.
    Certificate(Box<Anchor>),
    /// The revocations of an authority.
    Crl {
        /// The revocation list.
        list: Box<VerifiedCrl>,
        /// SHA-256 of the authority's `SubjectPublicKeyInfo`.
        authority: [u8; 32],
    },
}

/// Whether a list is current at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Currency {
    /// It is current.
    Current,
    /// Its next version is due: it counts as current until its grace ends.
    Due,
    /// It is out of date: what is on no other list is undetermined.
    Old,
    /// It is dated in the future.
    Ahead,
    /// The certificate is not valid at this time.
    NotValid,
}

impl Currency {
    pub(crate) fn of_vical(list: &VerifiedVical, now: Timestamp) -> Self {
        match list.age(now).reason() {
            None if list.due_since(now).is_some() => Self::Due,
            None => Self::Current,
            // its signer was valid at its date, so its date is the reason
            Some(_) if now < list.date() => Self::Ahead,
            Some(_) => Self::Old,
        }
    }
}

/// One authority on a list.
#[derive(Clone, Copy, Debug)]
pub struct Issuer<'a> {
    /// The certificate, if it can be decoded.
    pub certificate: Option<&'a Certificate>,
    /// The anchor; `None` for an entry that is not trusted.
    pub anchor: Option<&'a Anchor>,
    /// The code of the reason why it is not trusted.
    pub refused: Option<VicalEntryCode>,
}

impl Issuer<'_> {
    /// The subject of the certificate, for display; empty if it cannot be decoded.
    #[must_use]
    pub fn label(&self) -> String {
        self.certificate.map(certificate_label).unwrap_or_default()
    }
}

impl<'a> From<&'a VicalEntry> for Issuer<'a> {
    fn from(entry: &'a VicalEntry) -> Self {
        let (anchor, refused) = match entry.anchor() {
            Ok(anchor) => (Some(anchor), None),
            Err(error) => (None, Some(error.kind())),
        };
        Self { certificate: entry.certificate(), anchor, refused }
    }
}

impl<'a> From<&'a Anchor> for Issuer<'a> {
    fn from(anchor: &'a Anchor) -> Self {
        Self { certificate: Some(anchor.certificate()), anchor: Some(anchor), refused: None }
    }
}

impl VerifiedList {
    /// The signed trust list, if it is one.
    #[must_use]
    pub fn vical(&self) -> Option<&VerifiedVical> {
        match &self.content {
            Content::Vical { list, .. } => Some(list),
            Content::Certificate(_) | Content::Crl { .. } => None,
        }
    }

    /// The revocation list, if it is one.
    #[must_use]
    pub fn crl(&self) -> Option<&VerifiedCrl> {
        match &self.content {
            Content::Crl { list, .. } => Some(list),
            Content::Vical { .. } | Content::Certificate(_) => None,
        }
    }

    /// Adds its anchors as of `now`, or what it revokes.
    pub fn add_to(&self, trust: &mut TrustAnchors, now: Timestamp) {
        match &self.content {
            Content::Vical { list, entries } => {
                entries.iter().filter_map(|entry| list.anchor(entry, now)).for_each(|a| trust.add(a));
            }
            Content::Certificate(anchor) => trust.add((**anchor).clone()),
            Content::Crl { list, .. } => trust.revoke((**list).clone()),
        }
    }

    /// Returns the key under which it is stored: one for each provider and root, certificate, or authority with revocations.
    #[must_use]
    pub fn key(&self, pin: &[u8; 32]) -> String {
        let hex = |hash: &[u8; 32]| base16ct::lower::encode_string(hash);
        match &self.content {
            Content::Vical { list, .. } => format!("{} {}", hex(pin), list.provider()),
            Content::Certificate(_) => format!("{} ", hex(pin)),
            Content::Crl { authority, .. } => format!("{CRL}{}", hex(authority)),
        }
    }

    /// Returns whether it is current at `now`.
    #[must_use]
    pub fn currency(&self, now: Timestamp) -> Currency {
        match &self.content {
            Content::Vical { list, .. } => Currency::of_vical(list, now),
            Content::Certificate(anchor) => {
                let certificate = anchor.certificate();
                if certificate.not_before() <= now && now <= certificate.not_after() {
                    Currency::Current
                } else {
                    Currency::NotValid
                }
            }
            Content::Crl { list, .. } if now < list.this_update() => Currency::Ahead,
            Content::Crl { list, .. } if now > list.next_update() => Currency::Old,
            Content::Crl { .. } => Currency::Current,
        }
    }

    /// Returns the authorities on it, including refused entries; none for a revocation list.
    pub fn issuers(&self) -> impl Iterator<Item = Issuer<'_>> {
        let (entries, anchor) = match &self.content {
            Content::Vical { entries, .. } => (entries.as_slice(), None),
            Content::Certificate(anchor) => (&[][..], Some(&**anchor)),
            Content::Crl { .. } => (&[][..], None),
        };
        entries.iter().map(Issuer::from).chain(anchor.map(Issuer::from))
    }
}

//! Decodes a trust list, without verifying it.

use super::entry::RawEntry;
use super::error::VicalError;
use cbor::Item;
use cbor::Timestamp;
use cbor::cose::CoseSign1;
use x509::Certificate;

/// Longest list, in bytes; AAMVA's has 21 KiB.
pub const MAX_VICAL: usize = 1024 * 1024;

/// Most certificates in a list.
pub const MAX_VICAL_CERTIFICATES: usize = 4096;

/// Most CBOR items in a payload; an entry has about thirty.
const MAX_VICAL_ITEMS: usize = 65_536;

/// Longest name of a provider, in bytes.
const MAX_PROVIDER: usize = 200;

/// A list as received: decoded, not verified.
#[derive(Clone, Debug)]
pub struct UnverifiedVical {
    pub(super) message: CoseSign1,
    pub(super) chain: Vec<Certificate>,
    pub(super) content: Content,
}

/// The content of the payload.
#[derive(Clone, Debug)]
pub(super) struct Content {
    pub(super) provider: String,
    pub(super) date: Timestamp,
    pub(super) issue_id: Option<u64>,
    pub(super) next_update: Option<Timestamp>,
    pub(super) entries: Vec<RawEntry>,
}

impl UnverifiedVical {
    /// Reads a list. Unknown keys are ignored, and an entry that cannot be read spoils no other.
    ///
    /// # Errors
    /// A [`VicalError`]: size, CBOR, COSE, a field of the list itself, or the signer's certificates cannot be read.
    pub fn decode(bytes: &[u8]) -> Result<Self, VicalError> {
        if bytes.len() > MAX_VICAL {
            return Err(VicalError::Size);
        }
        let message = CoseSign1::decode(bytes)?;
        let chain = message.require_x5chain()?.iter();
        let chain: Result<Vec<_>, _> = chain.map(|der| Certificate::decode(der)).collect();
        let chain = chain.map_err(VicalError::SignerProfile)?;
        let payload = message.payload().ok_or(VicalError::Shape("payload"))?;
        let content = Content::read(&cbor::decode_foreign_within(payload, MAX_VICAL_ITEMS)?)?;
        Ok(Self { message, chain, content })
    }

    /// Returns the SHA-256 of the last certificate of the message, the root of the chain: what a person who trusts a
    /// provider for the first time compares and pins. It proves nothing before [`verify`](Self::verify).
    #[must_use]
    pub fn top_sha256(&self) -> Option<[u8; 32]> {
        self.chain.last().map(Certificate::fingerprint)
    }
}

impl Content {
    fn read(map: &Item<'_>) -> Result<Self, VicalError> {
        map.as_map().ok_or(VicalError::Shape("VICAL"))?;
        let version = map.get_text("version").and_then(Item::as_text);
        let version = version.ok_or(VicalError::Shape("version"))?;
        if version != "1" && !version.starts_with("1.") {
            return Err(VicalError::Version);
        }
        let provider = map.get_text("vicalProvider").and_then(Item::as_text);
        let provider = provider.filter(|name| !name.trim().is_empty() && name.len() <= MAX_PROVIDER);
        let moment = |key| map.get_text(key).map(|item| item.as_tdate().ok_or(VicalError::Shape(key)));
        let number = map.get_text("vicalIssueID").map(|item| item.as_unsigned());
        let infos = map.get_text("certificateInfos").and_then(Item::as_array);
        let infos = infos.ok_or(VicalError::Shape("certificateInfos"))?;
        if infos.is_empty() || infos.len() > MAX_VICAL_CERTIFICATES {
            return Err(VicalError::Certificates);
        }
        let content = Self {
            provider: provider.ok_or(VicalError::Shape("vicalProvider"))?.to_owned(),
            date: moment("date").ok_or(VicalError::Shape("date"))??,
            issue_id: number.map(|number| number.ok_or(VicalError::Shape("vicalIssueID"))).transpose()?,
            next_update: moment("nextUpdate").transpose()?,
            entries: infos.iter().map(RawEntry::read).collect(),
        };
        if content.next_update.is_some_and(|next| next < content.date) {
            return Err(VicalError::Shape("nextUpdate"));
        }
        Ok(content)
    }
}

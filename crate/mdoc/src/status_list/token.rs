//! From received bytes to a verified list.

use super::error::StatusListError;
use super::list::{self, Bits, Status, StatusList};
use super::signer;
use super::{CONTENT_FORMATS, HEADER_TYPE, MAX_TOKEN, MAX_URI, MEDIA_TYPE, TAG_SIGN1, claim};
use crate::verify::step;
use crate::verify::trust::TrustAnchors;
use cbor::Item;
use cbor::Timestamp;
use cbor::cose::{CoseError, CoseSign1};
use signature::{PublicKey, SignatureValid, VerifySignature};
use x509::Certificate;

/// Most seconds by which a list's time may be ahead of the clock.
const AHEAD_SECONDS: i64 = 60;

/// Who may sign a list.
#[derive(Clone, Copy, Debug)]
pub enum StatusSigner<'a> {
    /// A signer of documents or of status lists, directly under one of these authorities.
    Anchors(&'a TrustAnchors),
    /// This key, which the caller pinned; certificates in the message are ignored.
    Key(&'a PublicKey),
}

/// The signer of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ListSigner {
    /// A signer of a trusted authority.
    Anchor {
        /// SHA-256 of the authority's `SubjectPublicKeyInfo`.
        spki_sha256: [u8; 32],
        /// The authority's name for display.
        label: String,
    },
    /// The key that the caller pinned.
    Key,
}

/// A token as received: not verified, and its entries not inflated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnverifiedStatusList {
    message: CoseSign1,
    uri: String,
    issued_at: Timestamp,
    expires: Option<Timestamp>,
    time_to_live: Option<i64>,
    bits: Bits,
}

impl UnverifiedStatusList {
    /// Decodes a token: shape, headers and claims.
    ///
    /// # Errors
    /// `status-size`, `status-jwt`, `status-structure`, `status-type`, `status-claims`, `status-bits`, or a code of CBOR or COSE.
    pub fn decode(token: &[u8]) -> Result<Self, StatusListError> {
        if token.len() > MAX_TOKEN {
            return Err(StatusListError::Size);
        }
        if is_jwt(token) {
            return Err(StatusListError::Jwt);
        }
        let item = cbor::decode_foreign(token)?;
        let Some((TAG_SIGN1, content)) = item.as_tag() else {
            return Err(StatusListError::Structure);
        };
        let message = CoseSign1::from_item_with_chain_anywhere(content)?;
        // the message was decoded, so its protected header is a map
        let protected = cbor::decode_foreign(message.protected().raw())?;
        if !protected.get_integer(HEADER_TYPE).is_some_and(is_type) {
            return Err(StatusListError::Type);
        }
        let payload = message.payload().ok_or(CoseError::Payload)?;
        let claims = cbor::decode_foreign(payload)?;
        claims.as_map().ok_or(StatusListError::Claims)?;
        let uri = claims.get_integer(claim::SUBJECT).and_then(Item::as_text);
        let uri = uri.filter(|uri| uri.len() <= MAX_URI).ok_or(StatusListError::Claims)?.to_owned();
        let issued_at = moment(&claims, claim::ISSUED_AT)?.ok_or(StatusListError::Claims)?;
        let expires = moment(&claims, claim::EXPIRES)?;
        let seconds = |ttl: &Item<'_>| {
            let seconds = ttl.as_integer().filter(|seconds| *seconds > 0);
            seconds.ok_or(StatusListError::Claims)
        };
        let time_to_live = claims.get_integer(claim::TIME_TO_LIVE).map(seconds).transpose()?;
        let list = claims.get_integer(claim::STATUS_LIST).ok_or(StatusListError::Claims)?;
        let (bits, _) = list::parts(list)?;
        Ok(Self { message, uri, issued_at, expires, time_to_live, bits })
    }

    /// Returns the name that the list claims, not verified.
    #[must_use]
    pub fn claimed_uri(&self) -> &str {
        &self.uri
    }

    /// Verifies signer, signature, name and times at `now`, and inflates the entries after that.
    ///
    /// # Errors
    /// In this order: `status-signer` or another code of the signer, `status-signature`, `status-subject`, `status-not-yet`,
    /// `status-expired`, `status-stale`, `status-zlib` or `status-size`.
    pub fn verify(
        &self,
        signer: StatusSigner<'_>,
        uri: &str,
        now: Timestamp,
        by: &dyn VerifySignature,
    ) -> Result<VerifiedStatusList, StatusListError> {
        let (signature, signer) = self.check_signature(signer, now, by)?;
        if self.uri != uri {
            return Err(StatusListError::Subject);
        }
        if now.plus_seconds(AHEAD_SECONDS) < self.issued_at {
            return Err(StatusListError::NotYet);
        }
        let _current = check_current(self.issued_at, self.expires, self.time_to_live, now)?;
        let payload = self.message.payload().ok_or(CoseError::Payload)?;
        let claims = cbor::decode_foreign(payload)?;
        let list = claims.get_integer(claim::STATUS_LIST).ok_or(StatusListError::Claims)?;
        Ok(VerifiedStatusList {
            list: StatusList::from_item(list)?,
            uri: self.uri.clone(),
            issued_at: self.issued_at,
            expires: self.expires,
            time_to_live: self.time_to_live,
            signer,
            _signature: signature,
        })
    }

    fn check_signature(
        &self,
        signer: StatusSigner<'_>,
        now: Timestamp,
        by: &dyn VerifySignature,
    ) -> Result<(SignatureValid, ListSigner), StatusListError> {
        let verify = |key: &PublicKey| {
            let verified = self.message.verify(key, by).map(|(proof, _)| proof);
            verified.map_err(|error| match error {
                CoseError::Signature => StatusListError::Signature,
                other => StatusListError::Cose(other.at(step::STATUS_LIST)),
            })
        };
        match signer {
            StatusSigner::Key(key) => Ok((verify(key)?, ListSigner::Key)),
            StatusSigner::Anchors(anchors) => {
                let leaf = self.message.x5chain().first().ok_or(StatusListError::Signer)?;
                let leaf = Certificate::decode(leaf).map_err(|_| StatusListError::SignerCertificate)?;
                let anchor = signer::check(anchors, &leaf, now, by)?;
                let proof = verify(leaf.public_key())?;
                let label = anchor.label.clone();
                Ok((proof, ListSigner::Anchor { spki_sha256: anchor.spki_sha256(), label }))
            }
        }
    }
}

/// Whether the type is the media type, or its number as CoAP content format (RFC 9596, 2).
fn is_type(item: &Item<'_>) -> bool {
    match item.as_text() {
        Some(text) => text.eq_ignore_ascii_case(MEDIA_TYPE),
        None => item.as_unsigned().is_some_and(|number| CONTENT_FORMATS.contains(&number)),
    }
}

/// Whether the bytes are a JWT in compact form: three parts in base64url.
fn is_jwt(token: &[u8]) -> bool {
    let token = token.trim_ascii();
    let is_part = |part: &[u8]| {
        !part.is_empty()
            && part.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    };
    token.starts_with(b"eyJ")
        && token.split(|byte| *byte == b'.').count() == 3
        && token.split(|byte| *byte == b'.').all(is_part)
}

/// Proof that a list was neither expired nor past its time to live at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Current(());

/// A list whose signer, name and times were verified.
#[derive(Clone, Debug)]
pub struct VerifiedStatusList {
    list: StatusList,
    uri: String,
    issued_at: Timestamp,
    expires: Option<Timestamp>,
    time_to_live: Option<i64>,
    signer: ListSigner,
    _signature: SignatureValid,
}

impl VerifiedStatusList {
    /// Returns the name of the list.
    #[must_use]
    pub fn uri(&self) -> &str {
        &self.uri
    }

    /// Returns when it was made.
    #[must_use]
    pub const fn issued_at(&self) -> Timestamp {
        self.issued_at
    }

    /// Returns when it expires, if it has such a time.
    #[must_use]
    pub const fn expires(&self) -> Option<Timestamp> {
        self.expires
    }

    /// Returns when it should be replaced: at its expiry or the end of its time to live, whichever is earlier.
    #[must_use]
    pub fn fresh_until(&self) -> Option<Timestamp> {
        let stale = self.time_to_live.map(|seconds| self.issued_at.plus_seconds(seconds));
        [self.expires, stale].into_iter().flatten().min()
    }

    /// Returns the signer.
    #[must_use]
    pub const fn signer(&self) -> &ListSigner {
        &self.signer
    }

    /// Returns its entries.
    #[must_use]
    pub const fn list(&self) -> &StatusList {
        &self.list
    }

    /// Returns the entry of an index. Check [`VerifiedStatusList::current`] again each time a stored list is used.
    ///
    /// # Errors
    /// `status-index` if there is no such entry.
    pub fn get(&self, index: u64) -> Result<Status, StatusListError> {
        self.list.get(index)
    }

    /// Checks that it is current at `now`.
    ///
    /// # Errors
    /// `status-expired` or `status-stale`.
    pub fn current(&self, now: Timestamp) -> Result<Current, StatusListError> {
        check_current(self.issued_at, self.expires, self.time_to_live, now)
    }
}

fn check_current(
    issued_at: Timestamp,
    expires: Option<Timestamp>,
    time_to_live: Option<i64>,
    now: Timestamp,
) -> Result<Current, StatusListError> {
    // "on or after" that time it is not accepted (RFC 8392, 3.1.4)
    if expires.is_some_and(|end| end <= now) {
        return Err(StatusListError::Expired);
    }
    if time_to_live.is_some_and(|seconds| issued_at.plus_seconds(seconds) < now) {
        return Err(StatusListError::Stale);
    }
    Ok(Current(()))
}

/// Reads a NumericDate in whole seconds (RFC 8392, 2); fractions are not accepted.
fn moment(claims: &Item<'_>, label: i64) -> Result<Option<Timestamp>, StatusListError> {
    let Some(seconds) = claims.get_integer(label) else {
        return Ok(None);
    };
    let seconds = seconds.as_unsigned().and_then(|seconds| i64::try_from(seconds).ok());
    seconds.map(|seconds| Some(Timestamp::from_unix(seconds))).ok_or(StatusListError::Claims)
}

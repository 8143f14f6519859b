//! `MobileSecurityObject`: what the issuer signs (ISO/IEC 18013-5, 9.1.2.4).
//!
//! ```text
//! MSO = {"version": "1.0", "digestAlgorithm": tstr, "valueDigests": {+ns => {+uint => bstr}},
//!        "deviceKeyInfo": {"deviceKey": COSE_Key, ? "keyAuthorizations": …, ? "keyInfo": …},
//!        "docType": tstr, "validityInfo": {"signed", "validFrom", "validUntil", ? "expectedUpdate": tdate}, ? "status": …}
//! ```
//! Unknown keys are ignored; the received bytes are kept with them.

use std::collections::{BTreeMap, BTreeSet};

use crate::wire::digest::DigestAlgorithm;
use crate::wire::error::ProfileError;
use cbor::Timestamp;
use cbor::cose::{CoseError, CoseKey};
use cbor::{Item, Value};

/// The largest digestID (ISO/IEC 18013-5, 9.1.2.4).
pub const MAX_DIGEST_ID: u32 = 0x7fff_ffff;
/// The version that is written, and whose major number is read.
pub(crate) const VERSION: &str = "1.0";

/// When the MSO was signed and when it is valid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ValidityInfo {
    /// When it was signed.
    pub signed: Timestamp,
    /// The first second at which it is valid.
    pub valid_from: Timestamp,
    /// The last second at which it is valid.
    pub valid_until: Timestamp,
    /// When the issuer expects to sign a new one.
    pub expected_update: Option<Timestamp>,
}

impl ValidityInfo {
    /// Returns whether the issuer planned a new MSO for a time that is past (`expectedUpdate`).
    ///
    /// That is no failure: the holder may have been offline, and the MSO is valid until [`ValidityInfo::valid_until`]. Its
    /// content may be out of date.
    #[must_use]
    pub fn expected_update_passed(&self, now: Timestamp) -> bool {
        self.expected_update.is_some_and(|expected| expected <= now)
    }
}

/// The elements that the issuer allows the device to sign (`keyAuthorizations`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeyAuthorizations {
    name_spaces: BTreeSet<String>,
    data_elements: BTreeMap<String, BTreeSet<String>>,
}

impl KeyAuthorizations {
    /// Returns whether the device may sign this element.
    pub fn allows(&self, namespace: &str, identifier: &str) -> bool {
        self.name_spaces.contains(namespace)
            || self.data_elements.get(namespace).is_some_and(|elements| elements.contains(identifier))
    }

    /// Allows the device to sign every element of a namespace.
    #[must_use]
    pub fn with_namespace(mut self, namespace: &str) -> Self {
        self.name_spaces.insert(namespace.to_owned());
        self
    }

    /// Allows the device to sign one element.
    #[must_use]
    pub fn with_element(mut self, namespace: &str, identifier: &str) -> Self {
        self.data_elements.entry(namespace.to_owned()).or_default().insert(identifier.to_owned());
        self
    }

    fn is_empty(&self) -> bool {
        self.name_spaces.is_empty() && self.data_elements.is_empty()
    }

    fn decode(item: &Item<'_>) -> Result<Self, ProfileError> {
        const WHERE: ProfileError = ProfileError::Shape("keyAuthorizations");
        let names = |item: &Item<'_>| -> Result<BTreeSet<String>, ProfileError> {
            let names = item.as_array().filter(|names| !names.is_empty()).ok_or(WHERE)?;
            names.iter().map(|name| name.as_text().map(str::to_owned).ok_or(WHERE)).collect()
        };
        item.as_map().ok_or(WHERE)?;
        let mut authorizations = Self::default();
        if let Some(list) = item.get_text("nameSpaces") {
            authorizations.name_spaces = names(list)?;
        }
        if let Some(map) = item.get_text("dataElements") {
            for (namespace, list) in map.as_map().ok_or(WHERE)? {
                let namespace = namespace.as_text().ok_or(WHERE)?.to_owned();
                // A namespace that the device may sign as a whole has no elements apart (9.1.2.4).
                if authorizations.name_spaces.contains(&namespace) {
                    return Err(ProfileError::KeyAuthorizations(namespace));
                }
                authorizations.data_elements.insert(namespace, names(list)?);
            }
        }
        Ok(authorizations)
    }

    fn to_value(&self) -> Value {
        let names = |names: &BTreeSet<String>| Value::array(names.iter().map(Value::text));
        let mut pairs = Vec::new();
        if !self.name_spaces.is_empty() {
            pairs.push(("nameSpaces", names(&self.name_spaces)));
        }
        if !self.data_elements.is_empty() {
            let map = self.data_elements.iter();
            let map = Value::map(map.map(|(namespace, list)| (namespace.as_str(), names(list))));
            pairs.push(("dataElements", map));
        }
        Value::map(pairs)
    }
}

/// A decoded MSO. It proves nothing before the signature over its bytes is verified.
#[derive(Clone, Debug, PartialEq)]
pub struct MobileSecurityObject {
    /// The algorithm of the digests.
    pub digest_algorithm: DigestAlgorithm,
    /// Digests by namespace and digestID.
    pub value_digests: BTreeMap<String, BTreeMap<u32, Vec<u8>>>,
    /// The device key: a presentation is signed with its private key.
    pub device_key: CoseKey,
    /// The elements that the device may sign.
    pub key_authorizations: KeyAuthorizations,
    /// The type of the document.
    pub doc_type: String,
    /// When it was signed and is valid.
    pub validity_info: ValidityInfo,
    /// The reference to a status list, read by [`crate::status_list::StatusReference`]; its bytes are
    /// [`MobileSecurityObject::status_raw`].
    pub status: Option<Value>,
    pub(crate) received: Received,
}

/// The received bytes of an MSO; empty for one that is being issued.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Received {
    mso: Vec<u8>,
    status: Option<Vec<u8>>,
    /// The first field of `validityInfo` with a time in another form than that of ISO/IEC 18013-5.
    untidy_time: Option<&'static str>,
}

impl MobileSecurityObject {
    /// Decodes the payload of `issuerAuth`: `#6.24(bstr .cbor MSO)`.
    ///
    /// # Errors
    /// A CBOR code, `profile-shape`, `profile-time`, `mso-version`, `digest-algorithm`, `digest-id`, `digest-length`,
    /// `key-authorizations`, `device-key`, or `cose-brainpool` for a device key on brainpoolP320r1 or P512r1.
    pub fn decode(payload: &[u8]) -> Result<Self, ProfileError> {
        const WHERE: ProfileError = ProfileError::Shape("MobileSecurityObject");
        let outer = cbor::decode_foreign(payload)?;
        let inner = outer.as_encoded_cbor().ok_or(ProfileError::Shape("MobileSecurityObjectBytes"))?;
        let mso = cbor::decode_foreign(inner)?;
        let text = |key: &str| mso.get_text(key).and_then(Item::as_text).ok_or(WHERE);
        if !is_version_1(text("version")?) {
            return Err(ProfileError::MsoVersion);
        }
        let digest_algorithm =
            DigestAlgorithm::from_name(text("digestAlgorithm")?).ok_or(ProfileError::DigestAlgorithm)?;
        let device_key_info = mso.get_text("deviceKeyInfo").ok_or(WHERE)?;
        let device_key = device_key_info.get_text("deviceKey").ok_or(WHERE)?;
        let value_digests = mso.get_text("valueDigests").ok_or(WHERE)?;
        let status = mso.get_text("status");
        let (validity_info, untidy_time) = ValidityInfo::decode(mso.get_text("validityInfo").ok_or(WHERE)?)?;
        Ok(Self {
            digest_algorithm,
            value_digests: decode_value_digests(value_digests, digest_algorithm)?,
            device_key: CoseKey::from_item(device_key).map_err(|error| match error {
                CoseError::Brainpool => ProfileError::Cose(error),
                _ => ProfileError::DeviceKey,
            })?,
            key_authorizations: device_key_info
                .get_text("keyAuthorizations")
                .map(KeyAuthorizations::decode)
                .transpose()?
                .unwrap_or_default(),
            doc_type: text("docType")?.to_owned(),
            validity_info,
            status: status.map(Item::to_value),
            received: Received {
                mso: inner.to_vec(),
                status: status.map(|status| status.raw().to_vec()),
                untidy_time,
            },
        })
    }

    /// Returns the received bytes of the whole map, unknown keys included; empty for an MSO that is being issued.
    pub fn raw(&self) -> &[u8] {
        &self.received.mso
    }

    /// Returns the received bytes under `status`.
    pub fn status_raw(&self) -> Option<&[u8]> {
        self.received.status.as_deref()
    }

    /// Returns the first field of `validityInfo` whose time has a fraction or an offset, which RFC 3339 allows and ISO/IEC
    /// 18013-5 does not.
    pub const fn untidy_time(&self) -> Option<&'static str> {
        self.received.untidy_time
    }

    /// Returns the payload of `issuerAuth`.
    pub fn encode(&self) -> Vec<u8> {
        let digests = self.value_digests.iter().map(|(namespace, digests)| {
            let pairs =
                digests.iter().map(|(id, digest)| (Value::Unsigned(u64::from(*id)), Value::bytes(&**digest)));
            (namespace.as_str(), Value::Map(pairs.collect()))
        });
        let mut device_key_info = vec![("deviceKey", self.device_key.to_value())];
        if !self.key_authorizations.is_empty() {
            device_key_info.push(("keyAuthorizations", self.key_authorizations.to_value()));
        }
        let mut pairs = vec![
            ("version", Value::text(VERSION)),
            ("digestAlgorithm", Value::text(self.digest_algorithm.name())),
            ("valueDigests", Value::map(digests)),
            ("deviceKeyInfo", Value::map(device_key_info)),
            ("docType", Value::text(&self.doc_type)),
            ("validityInfo", self.validity_info.to_value()),
        ];
        if let Some(status) = &self.status {
            pairs.push(("status", status.clone()));
        }
        let mso = cbor::encode(&Value::map(pairs));
        cbor::encode(&Value::encoded_cbor(mso))
    }
}

impl ValidityInfo {
    /// Decodes the map, and returns the first field with a time in another form than that of ISO/IEC 18013-5.
    fn decode(item: &Item<'_>) -> Result<(Self, Option<&'static str>), ProfileError> {
        const WHERE: ProfileError = ProfileError::Shape("validityInfo");
        let time = |key: &'static str| {
            item.get_text(key).map(|time| time.as_time().ok_or_else(|| ProfileError::Time(key.to_owned())))
        };
        let required = |key: &'static str| time(key).ok_or(WHERE)?;
        let info = Self {
            signed: required("signed")?,
            valid_from: required("validFrom")?,
            valid_until: required("validUntil")?,
            expected_update: time("expectedUpdate").transpose()?,
        };
        let untidy = |key: &&str| item.get_text(key).is_some_and(|time| time.as_tdate().is_none());
        let fields = ["signed", "validFrom", "validUntil", "expectedUpdate"];
        Ok((info, fields.into_iter().find(untidy)))
    }

    fn to_value(self) -> Value {
        let mut pairs = vec![
            ("signed", Value::tdate(self.signed)),
            ("validFrom", Value::tdate(self.valid_from)),
            ("validUntil", Value::tdate(self.valid_until)),
        ];
        if let Some(time) = self.expected_update {
            pairs.push(("expectedUpdate", Value::tdate(time)));
        }
        Value::map(pairs)
    }
}

/// Versions 1.x are read; another major number is another format.
pub(crate) fn is_version_1(version: &str) -> bool {
    version
        .strip_prefix("1.")
        .is_some_and(|minor| !minor.is_empty() && minor.bytes().all(|digit| digit.is_ascii_digit()))
}

fn decode_value_digests(
    item: &Item<'_>,
    algorithm: DigestAlgorithm,
) -> Result<BTreeMap<String, BTreeMap<u32, Vec<u8>>>, ProfileError> {
    const WHERE: ProfileError = ProfileError::Shape("valueDigests");
    let mut value_digests = BTreeMap::new();
    for (namespace, digests) in item.as_map().ok_or(WHERE)? {
        let namespace = namespace.as_text().ok_or(WHERE)?;
        let mut by_id = BTreeMap::new();
        for (id, digest) in digests.as_map().ok_or(WHERE)? {
            let id = decode_digest_id(id, namespace)?;
            let digest = digest.as_bytes().ok_or(WHERE)?;
            if digest.len() != algorithm.length() {
                return Err(ProfileError::DigestLength(namespace.to_owned()));
            }
            by_id.insert(id, digest.to_vec());
        }
        value_digests.insert(namespace.to_owned(), by_id);
    }
    Ok(value_digests)
}

/// A digestID: an unsigned integer of at most 2^31 - 1.
pub(crate) fn decode_digest_id(item: &Item<'_>, namespace: &str) -> Result<u32, ProfileError> {
    item.as_unsigned()
        .and_then(|id| u32::try_from(id).ok())
        .filter(|id| *id <= MAX_DIGEST_ID)
        .ok_or_else(|| ProfileError::DigestId(namespace.to_owned()))
}

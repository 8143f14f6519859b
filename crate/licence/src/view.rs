//! What the pages draw of a licence: the card in the wallet, the holder in a verdict.

use mdoc::{Elements, IssuerVerified};
use serde::{Deserialize, Serialize};

use crate::class::format_classes;
use crate::facts::{Facts, portrait, visible};
use crate::jpeg::{self, PortraitInfo};
use crate::profile::Profile;
use crate::text::ShownText;

/// A portrait that passed [`check_portrait`](crate::check_portrait).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Portrait {
    /// The JPEG, without bytes after its end.
    #[serde(with = "base64")]
    pub bytes: Vec<u8>,
    /// Its measures.
    pub info: PortraitInfo,
}

/// Whether there is a portrait.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PortraitState {
    /// None was shown.
    NotShown,
    /// Shown, and within its bounds.
    Shown,
    /// Shown, but not a picture that may be drawn: draw a placeholder.
    Unreadable,
    /// Shown, and a JPEG 2000, which browsers do not draw.
    NotDrawn,
}

/// Everything that a page may draw of a document, as far as it was shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LicenceView {
    /// What it says.
    pub fields: Facts,
    /// The portrait.
    pub portrait: Option<Portrait>,
    /// Whether there is a portrait.
    pub portrait_state: PortraitState,
}

impl LicenceView {
    /// Creates the view of a verified document; `None` if its type is not one that is read ([`Profile::of`]).
    pub fn of(document: &IssuerVerified) -> Option<LicenceView> {
        Some(LicenceView::from_facts(Facts::of(document)?, document.elements()))
    }

    /// Creates the view of a Chinese licence's elements. It contains the portrait only if
    /// [`check_portrait`](crate::check_portrait) passes.
    pub fn from_elements(elements: &Elements) -> LicenceView {
        LicenceView::from_facts(Facts::read(Profile::Cn, elements), elements)
    }

    /// Creates the view of the elements that these facts were read from.
    pub fn from_facts(fields: Facts, elements: &Elements) -> LicenceView {
        let bytes = portrait(fields.profile, elements);
        let portrait = bytes.and_then(|bytes| {
            let info = jpeg::check_portrait(bytes).ok()?;
            let picture = bytes.get(..bytes.len().checked_sub(info.trailing)?)?;
            Some(Portrait { bytes: picture.to_vec(), info })
        });
        let portrait_state = match (bytes, &portrait) {
            (None, _) => PortraitState::NotShown,
            (Some(_), Some(_)) => PortraitState::Shown,
            (Some(bytes), None) if jpeg::is_jpeg_2000(bytes) => PortraitState::NotDrawn,
            (Some(_), None) => PortraitState::Unreadable,
        };
        LicenceView { fields, portrait, portrait_state }
    }

    /// The name in national characters: family name, then given name.
    pub fn national_name(&self) -> Option<String> {
        let whole = || visible(&self.fields.full_name_national).map(|name| name.as_str().to_owned());
        join(&self.fields.family_name_national, &self.fields.given_name_national, "").or_else(whole)
    }

    /// The name in Latin letters: family name, then given name.
    pub fn latin_name(&self) -> Option<String> {
        let whole = || visible(&self.fields.full_name).map(|name| name.as_str().to_owned());
        join(&self.fields.family_name, &self.fields.given_name, " ").or_else(whole)
    }

    /// Returns the classes as on the licence ("A2E"), with unknown codes in brackets.
    pub fn classes_text(&self) -> Option<String> {
        let classes = self.fields.classes.as_ref()?;
        let mut text = format_classes(classes.known.iter().map(|held| held.class));
        for code in &classes.unknown {
            text.push('[');
            text.push_str(code.as_str());
            text.push(']');
        }
        Some(text)
    }
}

fn join(family: &Option<ShownText>, given: &Option<ShownText>, between: &str) -> Option<String> {
    match (visible(family), visible(given)) {
        (None, None) => None,
        (Some(one), None) | (None, Some(one)) => Some(one.as_str().to_owned()),
        (Some(family), Some(given)) => Some(format!("{}{between}{}", family.as_str(), given.as_str())),
    }
}

/// Serialises bytes as base64, which is a third longer in JSON; a list of numbers would be over three times as long.
mod base64 {
    use base64ct::{Base64, Encoding as _};
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(super) fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&Base64::encode_string(bytes))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
        let text = String::deserialize(deserializer)?;
        Base64::decode_vec(&text).map_err(|_| D::Error::custom("not base64"))
    }
}

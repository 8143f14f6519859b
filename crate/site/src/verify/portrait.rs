//! The portrait on the verdict: a blob of the checked JPEG, shown by `<img>` and nothing else.

use js_sys::{Array, Uint8Array};
use licence::Portrait;
use web_sys::{Blob, BlobPropertyBag, Url};

/// An address of the portrait, which ends when this is dropped.
#[must_use = "the address ends when this is dropped"]
pub(crate) struct PortraitUrl(String);

impl PortraitUrl {
    /// For a portrait whose bounds the licence checked (`licence::check_portrait`).
    pub(crate) fn new(portrait: &Portrait) -> Option<Self> {
        let bytes = Uint8Array::from(portrait.bytes.as_slice());
        let options = BlobPropertyBag::new();
        options.set_type("image/jpeg");
        let blob = Blob::new_with_u8_array_sequence_and_options(&Array::of1(&bytes), &options).ok()?;
        Url::create_object_url_with_blob(&blob).ok().map(Self)
    }

    /// The address.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl Drop for PortraitUrl {
    fn drop(&mut self) {
        let _ = Url::revoke_object_url(&self.0);
    }
}

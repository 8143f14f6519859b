//! Portraits in images: a blob of the checked JPEG, shown by `<img>` and nothing else.

use js_sys::{Array, Uint8Array};
use web_sys::{Blob, BlobPropertyBag, HtmlImageElement, Url};

use crate::ui::scope::Scope;

/// A `blob:` address of a checked JPEG, which ends when this is dropped.
#[must_use = "the address ends when this is dropped"]
pub(crate) struct Picture(String);

impl Picture {
    /// Makes an address for bytes that passed `licence::check_portrait`.
    pub(crate) fn of_jpeg(bytes: &[u8]) -> Option<Self> {
        let kind = BlobPropertyBag::new();
        kind.set_type("image/jpeg");
        let blob = Blob::new_with_u8_array_sequence_and_options(&Array::of1(&Uint8Array::from(bytes)), &kind)
            .ok()?;
        Url::create_object_url_with_blob(&blob).ok().map(Self)
    }

    /// The address.
    pub(crate) fn address(&self) -> &str {
        &self.0
    }

    /// Shows a portrait in an image, as long as a scope lives. Bytes that are no portrait leave it empty.
    pub(crate) fn show_in(scope: &Scope, image: &HtmlImageElement, bytes: &[u8]) {
        let picture = licence::check_portrait(bytes).ok().and_then(|_| Self::of_jpeg(bytes));
        match picture {
            Some(picture) => {
                image.set_src(&picture.0);
                scope.keep(picture);
            }
            None => {
                let _ = image.remove_attribute("src");
            }
        }
    }
}

impl Drop for Picture {
    fn drop(&mut self) {
        let _ = Url::revoke_object_url(&self.0);
    }
}

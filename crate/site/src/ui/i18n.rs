//! The language that is shown, and the texts of the catalogue in it.

use std::cell::Cell;

pub use strings::Language;
use web_sys::Element;

use crate::storage::settings;

/// The event of the window after another language was chosen.
pub(crate) const CHANGED: &str = "liangzheng:language";

// One language for the whole page, read by every text, day and number of it; written when the page starts and by the
// language buttons only. As an argument it would go through every function of every screen.
thread_local! {
    static LANGUAGE: Cell<Language> = const { Cell::new(Language::Chinese) };
}

/// The language that is shown now.
pub fn language() -> Language {
    LANGUAGE.get()
}

/// Shows this language from now on.
pub fn set_language(language: Language) {
    LANGUAGE.set(language);
}

/// Shows this language from now on, and remembers it for the next visit.
pub fn choose(language: Language) {
    set_language(language);
    settings::LANGUAGE.write(language.tag().to_owned());
}

/// The language that was chosen before, else the browser's.
pub fn preferred() -> Language {
    let stored = settings::LANGUAGE.read();
    let tag = stored.or_else(|| crate::browser::dom::window().navigator().language()).unwrap_or_default();
    Language::of_tag(&tag)
}

/// The text of a key in the language that is shown; an unknown key is shown as itself.
pub fn tr(key: &str) -> String {
    find(key).unwrap_or(key).to_owned()
}

/// True when the catalogue has this key.
pub fn has(key: &str) -> bool {
    find(key).is_some()
}

fn find(key: &str) -> Option<&'static str> {
    strings::find(key, language())
}

/// The text of a key with its `{name}` placeholders filled.
pub fn fill(key: &str, args: &[(&str, &str)]) -> String {
    strings::fill(&tr(key), args)
}

/// Writes the texts of `root` and all below it: `data-t="key"` fills the text, `data-t-aria-label="key"` and
/// its like (`title`, `placeholder`, `alt`) the attribute.
pub fn apply(root: &Element) {
    one(root);
    for element in crate::browser::dom::all_in(root, "*") {
        one(&element);
    }
}

fn one(element: &Element) {
    if let Some(key) = element.get_attribute("data-t") {
        element.set_text_content(Some(&tr(&key)));
    }
    for name in ["aria-label", "title", "placeholder", "alt"] {
        if let Some(key) = element.get_attribute(&format!("data-t-{name}")) {
            let _ = element.set_attribute(name, &tr(&key));
        }
    }
}

//! The texts of the catalogue in the pages themselves, in both languages, so that a page can be read before any script.
//!
//! In sources an element without content names its text: `<p data-t="home.lead"></p>`. The build writes both languages
//! into it, and `www/styles/layout.css` shows the one of `<html lang>`. Attributes and the title cannot hold both:
//! `data-t-aria-label="key"` becomes `aria-label` in Chinese, with both languages beside it for `www/js/guard.js`.
//! What stands in a `<template>` is left as it is: the module fills it when it is used.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context as _, bail};

/// The attributes that have texts.
const ATTRIBUTES: [&str; 4] = ["aria-label", "title", "placeholder", "alt"];

/// Texts by key, then by language.
pub(crate) type Texts = BTreeMap<String, Both>;

/// A text in both languages.
#[derive(Clone, Debug, serde::Deserialize)]
pub(crate) struct Both {
    /// In Chinese.
    #[serde(rename = "zh-CN")]
    chinese: String,
    /// In English.
    #[serde(rename = "en")]
    english: String,
}

impl Both {
    /// Returns the text in one of the languages.
    pub(crate) fn of(&self, chinese: bool) -> &str {
        if chinese { &self.chinese } else { &self.english }
    }
}

/// Reads every catalogue of a folder.
pub(crate) fn read(folder: &Path) -> anyhow::Result<Texts> {
    let mut texts = Texts::new();
    for entry in std::fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))? {
        let path = entry?.path();
        let part: Texts = serde_json::from_slice(&std::fs::read(&path)?)
            .with_context(|| format!("in {}", path.display()))?;
        texts.extend(part);
    }
    Ok(texts)
}

/// Writes the texts into a page.
///
/// # Errors
/// Fails for a key that is in no catalogue, or for an element with `data-t` that has content.
pub(crate) fn fill(page: &str, texts: &Texts) -> anyhow::Result<String> {
    let mut out = String::with_capacity(page.len() * 2);
    let mut rest = page;
    while let Some(start) = rest.find('<') {
        let (before, tag_on) = rest.split_at(start);
        out.push_str(before);
        if tag_on.starts_with("<template") {
            let Some(end) = tag_on.find("</template>") else { bail!("a template is never closed") };
            let (template, after) = tag_on.split_at(end);
            out.push_str(template);
            rest = after;
            continue;
        }
        let Some(end) = tag_on.find('>') else { bail!("a tag is never closed") };
        let (tag, after) = tag_on.split_at(end);
        out.push_str(tag);
        for name in ATTRIBUTES {
            if let Some(key) = attribute(tag, &format!("data-t-{name}")) {
                let (chinese, english) = escaped(key, texts)?;
                out.push_str(&format!(
                    " {name}=\"{chinese}\" data-zh-{name}=\"{chinese}\" data-en-{name}=\"{english}\""
                ));
            }
        }
        rest = after;
        let Some(key) = attribute(tag, "data-t") else { continue };
        if !after.starts_with("></") {
            bail!("{tag}> has a text of the catalogue and content of its own");
        }
        let (chinese, english) = escaped(key, texts)?;
        if tag.starts_with("<title") {
            out.push_str(&format!(" data-zh=\"{chinese}\" data-en=\"{english}\">{chinese}"));
        } else if !tag.starts_with("<option") {
            out.push_str(&format!(
                "><span lang=\"zh-CN\">{chinese}</span><span lang=\"en\">{english}</span>"
            ));
        } else {
            continue;
        }
        rest = after.split_at(1).1;
    }
    out.push_str(rest);
    Ok(out)
}

/// Returns the value of an attribute of a tag.
pub(crate) fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let (_, value) = tag.split_once(&format!(" {name}=\""))?;
    value.split_once('"').map(|(value, _)| value)
}

fn escaped(key: &str, texts: &Texts) -> anyhow::Result<(String, String)> {
    let Some(text) = texts.get(key) else { bail!("there is no text {key} in www/strings") };
    let escape = |text: &str| {
        text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
    };
    Ok((escape(&text.chinese), escape(&text.english)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts() -> Texts {
        let both = |chinese: &str, english: &str| Both { chinese: chinese.into(), english: english.into() };
        [("a", both("甲", "A & <b>")), ("b", both("乙", "\"B\""))]
            .map(|(key, text)| (key.to_owned(), text))
            .into()
    }

    #[test]
    fn an_empty_element_gets_both_languages() {
        let page = fill("<p class=\"x\" data-t=\"a\"></p><i></i>", &texts()).unwrap();
        assert_eq!(
            page,
            "<p class=\"x\" data-t=\"a\"><span lang=\"zh-CN\">甲</span>\
             <span lang=\"en\">A &amp; &lt;b&gt;</span></p><i></i>"
        );
    }

    #[test]
    fn attributes_and_the_title_have_the_other_language_beside_them() {
        let page =
            fill("<title data-t=\"a\"></title><nav data-t-aria-label=\"b\"><br></nav>", &texts()).unwrap();
        assert_eq!(
            page,
            "<title data-t=\"a\" data-zh=\"甲\" data-en=\"A &amp; &lt;b&gt;\">甲</title>\
             <nav data-t-aria-label=\"b\" aria-label=\"乙\" data-zh-aria-label=\"乙\" \
             data-en-aria-label=\"&quot;B&quot;\"><br></nav>"
        );
    }

    #[test]
    fn templates_and_options_are_the_modules() {
        let page = "<template id=\"t\"><p data-t=\"a\"></p></template><option data-t=\"a\"></option>";
        assert_eq!(fill(page, &texts()).unwrap(), page);
    }

    #[test]
    fn an_unknown_key_and_an_element_with_content_are_errors() {
        let message = |page: &str| format!("{:#}", fill(page, &texts()).unwrap_err());
        assert!(message("<p data-t=\"none\"></p>").contains("no text none"));
        assert!(message("<p data-t=\"a\">x</p>").contains("content of its own"));
        assert!(message("<nav data-t-title=\"none\"></nav>").contains("no text none"));
    }
}

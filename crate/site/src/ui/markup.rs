//! The pages' markup as structs, written by `build/markup.rs`: an element that the markup no longer has does not compile.

use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlTemplateElement, NodeList};

use crate::browser::dom;

/// By what elements are found, in document order.
const MARKED: &str = "[data-slot],[data-action],[data-go],[id]";

/// Markup that is not that of this build. The name is that of the template or of the element.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Missing(pub(crate) &'static str);

/// The marked elements of a piece of markup.
struct Parts {
    root: Element,
    found: NodeList,
}

impl Parts {
    /// Those of a translated copy of a template.
    fn copy(template: &'static str, count: u32) -> Result<Self, Missing> {
        let copy = || {
            let template: HtmlTemplateElement = dom::by_id(template)?.dyn_into().ok()?;
            let copy = template.content().first_element_child()?.clone_node_with_deep(true).ok()?;
            copy.dyn_into::<Element>().ok()
        };
        let root = copy().ok_or(Missing(template))?;
        crate::ui::i18n::apply(&root);
        Self::of(root, template, count)
    }

    /// Those below the element of the page with this id, of which [`present`] was asked before.
    fn of_page(id: &'static str) -> Self {
        let root: Element = fixed(id);
        let found = root.query_selector_all(MARKED).unwrap_or_else(|_| JsValue::UNDEFINED.unchecked_into());
        Self { root, found }
    }

    fn of(root: Element, name: &'static str, count: u32) -> Result<Self, Missing> {
        let found = root.query_selector_all(MARKED).map_err(|_| Missing(name))?;
        if found.length() == count { Ok(Self { root, found }) } else { Err(Missing(name)) }
    }

    /// The element around them. The build knows its tag.
    fn root<T: JsCast>(&self) -> T {
        self.root.clone().unchecked_into()
    }

    /// One of them, by its place. The build knows its tag.
    fn at<T: JsCast>(&self, place: u32) -> T {
        self.found.item(place).map_or(JsValue::UNDEFINED, JsValue::from).unchecked_into()
    }
}

/// Fails if an element of the page is missing, or does not contain as many marked elements as the build counted.
fn present(all: &[(&'static str, Option<u32>)]) -> Result<(), Missing> {
    for &(id, count) in all {
        let element = dom::by_id(id).ok_or(Missing(id))?;
        if let Some(count) = count {
            Parts::of(element, id, count)?;
        }
    }
    Ok(())
}

/// The element of the page with this id, of which [`present`] was asked before. The build knows its tag.
fn fixed<T: JsCast>(id: &'static str) -> T {
    dom::by_id(id).map_or(JsValue::UNDEFINED, JsValue::from).unchecked_into()
}

/// `www/wallet/index.html`.
pub(crate) mod wallet {
    use web_sys::*;

    use super::{Missing, Parts, fixed, present};

    include!(concat!(env!("OUT_DIR"), "/markup/wallet.rs"));
}

/// `www/authority/index.html`.
#[cfg(feature = "demo")]
pub(crate) mod authority {
    use web_sys::*;

    use super::{Missing, Parts, fixed, present};

    include!(concat!(env!("OUT_DIR"), "/markup/authority.rs"));
}

/// `www/verify/index.html`.
pub(crate) mod verify {
    use web_sys::*;

    use super::{Missing, Parts, fixed, present};

    include!(concat!(env!("OUT_DIR"), "/markup/verify.rs"));
}

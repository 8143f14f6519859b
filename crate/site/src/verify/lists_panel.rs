//! The panel of status lists: name, who signed, as of when, whether it serves; refresh and remove.

use mdoc::TrustAnchors;
use mdoc::status_list::{ListSigner, VerifiedStatusList};
use web_sys::Element;

use super::Handle;
use super::lists::judged;
use crate::browser::dom;
use crate::storage::KeptList;
use crate::ui::i18n::{fill, has, tr};
use crate::ui::{format, words};

impl Handle {
    /// Draws the panel anew.
    pub(super) fn draw_lists(&self) {
        // what nobody looks at is neither verified nor drawn
        let Some(panel) = dom::by_id("lists").filter(|panel| panel.has_attribute("open")) else {
            return;
        };
        if let Some(rows) = dom::slot(&panel, "rows") {
            rows.replace_children_with_node_0();
            let own = own_row();
            let trust = self.0.trust.anchors(format::now());
            let kept = self.0.lists.kept.borrow().clone();
            let all: Vec<Element> =
                own.into_iter().chain(kept.iter().filter_map(|list| self.row(list, &trust))).collect();
            dom::show(&rows, !all.is_empty());
            for row in &all {
                let _ = rows.append_child(row);
            }
        }
        if let Some(place) = dom::slot(&panel, "told") {
            let told = self.0.lists.told.borrow().clone();
            dom::show(&place, told.is_some());
            if let Some(told) = told {
                let list = told.uri.as_deref().map(words::isolate).unwrap_or_default();
                let mut text = fill(&told.key, &[("list", &list)]);
                let next = std::format!("{}.next", told.key);
                if has(&next) {
                    text = fill("lists.told.next", &[("what", &text), ("next", &tr(&next))]);
                }
                let _ = place.set_attribute("data-state", if told.good { "pass" } else { "fail" });
                dom::write(&place, "sign", if told.good { "✓" } else { "!" });
                dom::write(&place, "text", &text);
            }
        }
    }

    fn row(&self, kept: &KeptList, trust: &TrustAnchors) -> Option<Element> {
        let row = dom::template("list-template")?;
        dom::write(&row, "name", &kept.uri);
        match judged(&kept.token, trust) {
            Ok(list) => serves(&row, &list, "lists.serves"),
            Err(error) => {
                let _ = row.set_attribute("data-state", "undetermined");
                dom::write(&row, "sign", "!");
                dom::write(&row, "state", &tr(&std::format!("code.{}", error.code())));
            }
        }
        if let Some(button) = dom::slot(&row, "refresh") {
            dom::show(&button, kept.source.is_some());
            let (page, source) = (self.clone(), kept.source.clone().unwrap_or_default());
            // the row is drawn anew after every change, and its listeners go with it
            dom::on(&button, "click", move |_| page.fetch_list(source.clone())).forget();
        }
        if let Some(button) = dom::slot(&row, "remove") {
            let (page, uri) = (self.clone(), kept.uri.clone());
            dom::on(&button, "click", move |_| page.remove_list(uri.clone())).forget();
        }
        Some(row)
    }
}

/// The list that this build makes itself.
fn own_row() -> Option<Element> {
    let at_hand = crate::workers::lists::on(format::now(), &crate::built_in::issuers());
    let list = at_hand.lists.iter().find(|list| crate::workers::lists::is_own(list.uri()))?;
    let row = dom::template("list-template")?;
    dom::write(&row, "name", list.uri());
    serves(&row, list, "lists.made");
    for name in ["refresh", "remove"] {
        if let Some(button) = dom::slot(&row, name) {
            dom::show(&button, false);
        }
    }
    Some(row)
}

fn serves(row: &Element, list: &VerifiedStatusList, key: &str) {
    let _ = row.set_attribute("data-state", "pass");
    dom::write(row, "sign", "✓");
    let signer = match list.signer() {
        ListSigner::Anchor { label, .. } => words::isolate(label),
        ListSigner::Key => tr("lists.pinned"),
    };
    let as_of = format::moment(list.issued_at());
    dom::write(row, "state", &fill(key, &[("signer", &signer), ("moment", &as_of)]));
}

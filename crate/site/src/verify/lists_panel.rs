//! The panel of status lists: name, who signed, as of when, whether it serves; refresh and remove.

use mdoc::TrustAnchors;
use mdoc::status_list::{ListSigner, VerifiedStatusList};

use super::Handle;
use super::lists::judged;
use crate::browser::dom;
use crate::storage::KeptList;
use crate::ui::i18n::{fill, has, tr};
use crate::ui::markup::verify::List;
use crate::ui::scope::Scope;
use crate::ui::{format, words};

impl Handle {
    /// Draws the panel anew.
    pub(super) fn draw_lists(&self) {
        let panel = &self.0.markup.lists;
        // what nobody looks at is neither verified nor drawn
        if !panel.root.open() {
            return;
        }
        let scope = Scope::new();
        let trust = self.0.trust.anchors(format::now());
        let kept = self.0.lists.kept.borrow().clone();
        let rows = kept.iter().filter_map(|list| self.row(list, &trust, &scope));
        let all: Vec<List> = own_row().into_iter().chain(rows).collect();
        // The listeners of the rows before end with them.
        drop(self.0.lists.rows.replace(scope));
        panel.rows.replace_children_with_node_0();
        dom::show(&panel.rows, !all.is_empty());
        for row in &all {
            let _ = panel.rows.append_child(&row.root);
        }
        let told = self.0.lists.told.borrow().clone();
        dom::show(&panel.told, told.is_some());
        if let Some(told) = told {
            let list = told.uri.as_deref().map(words::isolate).unwrap_or_default();
            let mut text = fill(&told.key, &[("list", &list)]);
            let next = std::format!("{}.next", told.key);
            if has(&next) {
                text = fill("lists.told.next", &[("what", &text), ("next", &tr(&next))]);
            }
            let _ = panel.told.set_attribute("data-state", if told.good { "pass" } else { "fail" });
            dom::set(&panel.sign, if told.good { "✓" } else { "!" });
            dom::set(&panel.text, &text);
        }
    }

    fn row(&self, kept: &KeptList, trust: &TrustAnchors, scope: &Scope) -> Option<List> {
        let row = List::new().ok()?;
        dom::set(&row.name, &kept.uri);
        match judged(&kept.token, trust) {
            Ok(list) => serves(&row, &list, "lists.serves"),
            Err(error) => {
                let _ = row.root.set_attribute("data-state", "undetermined");
                dom::set(&row.sign, "!");
                dom::set(&row.state, &tr(&std::format!("code.{}", error.code())));
            }
        }
        dom::show(&row.refresh, kept.source.is_some());
        let (page, source) = (self.clone(), kept.source.clone().unwrap_or_default());
        scope.click(&row.refresh, move || page.fetch_list(source.clone()));
        let (page, uri) = (self.clone(), kept.uri.clone());
        scope.click(&row.remove, move || page.remove_list(uri.clone()));
        Some(row)
    }
}

/// The list that this build makes itself.
fn own_row() -> Option<List> {
    let at_hand = crate::workers::lists::on(format::now(), &crate::composition::trust());
    let list = at_hand.lists.iter().find(|list| crate::workers::lists::is_own(list.uri()))?;
    let row = List::new().ok()?;
    dom::set(&row.name, list.uri());
    serves(&row, list, "lists.made");
    dom::show(&row.refresh, false);
    dom::show(&row.remove, false);
    Some(row)
}

fn serves(row: &List, list: &VerifiedStatusList, key: &str) {
    let _ = row.root.set_attribute("data-state", "pass");
    dom::set(&row.sign, "✓");
    let signer = match list.signer() {
        ListSigner::Anchor { label, .. } => words::isolate(label),
        ListSigner::Key => tr("lists.pinned"),
    };
    let as_of = format::moment(list.issued_at());
    dom::set(&row.state, &fill(key, &[("signer", &signer), ("moment", &as_of)]));
}

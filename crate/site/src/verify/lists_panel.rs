//! The panel of status lists: name, signer, date, state; refresh and remove.

use ::trust::status;
use mdoc::TrustAnchors;
use mdoc::status_list::{ListSigner, StatusListError, VerifiedStatusList};
use signature::RustCrypto;

use crate::browser::dom;
use crate::storage::KeptList;
use crate::ui::i18n::{fill, has, tr};
use crate::ui::markup::verify::{List, Lists as Markup};
use crate::ui::scope::Scope;
use crate::ui::{format, words};

/// The result of an action: a key of the catalogue, and the list that it names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Told {
    pub(super) good: bool,
    pub(super) key: String,
    pub(super) uri: Option<String>,
}

impl Told {
    pub(super) fn good(key: &str, uri: &str) -> Self {
        Self { good: true, key: key.into(), uri: Some(uri.into()) }
    }

    pub(super) fn bad(key: impl Into<String>) -> Self {
        Self { good: false, key: key.into(), uri: None }
    }

    pub(super) fn refused(error: StatusListError) -> Self {
        Self::bad(std::format!("code.{}", error.code()))
    }
}

/// An action on a row.
pub(super) enum Act {
    /// Fetches the list from this address of the site again.
    Fetch(String),
    /// Removes the list of this name.
    Remove(String),
}

/// Verifies a list as of now, by the trusted authorities.
pub(super) fn judged(token: &[u8], trust: &TrustAnchors) -> Result<VerifiedStatusList, StatusListError> {
    status::read(token, trust, format::now(), &RustCrypto)
}

/// Draws the panel. Returns the listeners of its rows, which call `act`.
pub(super) fn draw(
    panel: &Markup,
    kept: &[KeptList],
    told: Option<&Told>,
    trust: &TrustAnchors,
    act: impl Fn(Act) + Clone + 'static,
) -> Scope {
    let scope = Scope::new();
    let rows = kept.iter().filter_map(|list| row(list, trust, &scope, &act));
    let all: Vec<List> = own_row().into_iter().chain(rows).collect();
    panel.rows.replace_children_with_node_0();
    dom::show(&panel.rows, !all.is_empty());
    for row in &all {
        let _ = panel.rows.append_child(&row.root);
    }
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
    scope
}

fn row(
    kept: &KeptList,
    trust: &TrustAnchors,
    scope: &Scope,
    act: &(impl Fn(Act) + Clone + 'static),
) -> Option<List> {
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
    let (refresh, source) = (act.clone(), kept.source.clone().unwrap_or_default());
    scope.click(&row.refresh, move || refresh(Act::Fetch(source.clone())));
    let (remove, uri) = (act.clone(), kept.uri.clone());
    scope.click(&row.remove, move || remove(Act::Remove(uri.clone())));
    Some(row)
}

/// The list that this build makes itself.
fn own_row() -> Option<List> {
    let list = crate::workers::lists::own(&crate::composition::trust(), format::now())?;
    let row = List::new().ok()?;
    dom::set(&row.name, list.uri());
    serves(&row, &list, "lists.made");
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

//! The panel of status lists: name, signer, date, state; refresh and remove.

use ::trust::status;
use mdoc::TrustAnchors;
use mdoc::status_list::{ListSigner, StatusListError, VerifiedStatusList};
use signature::RustCrypto;

use crate::browser::dom;
use crate::storage::KeptList;
use crate::ui::format;
use crate::ui::i18n::{fill, tr};
use crate::ui::markup::verify::{List, Lists as Markup};
use crate::ui::scope::Scope;
use crate::ui::words::{self, Reason};
use crate::workers::lists::{is_own, own};

/// The result of an action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Told {
    /// The list of this name is kept.
    Kept(String),
    /// It serves until the page is closed: the browser could not keep it.
    NotKept(String),
    /// The list of this name was removed.
    Removed(String),
    /// It could not be removed.
    NotRemoved,
    /// The file cannot be read.
    Unreadable,
    /// The address is not one of this site.
    Address,
    /// Nothing was received from the address.
    FetchFailed,
    /// The list is refused.
    Refused(StatusListError),
}

impl Told {
    fn is_good(&self) -> bool {
        matches!(self, Self::Kept(_) | Self::Removed(_))
    }

    fn text(&self) -> String {
        let of = |key, uri: &str| fill(key, &[("list", &words::isolate(uri))]);
        match self {
            Self::Kept(uri) => of("lists.taken", uri),
            Self::NotKept(uri) => of("lists.not-kept", uri),
            Self::Removed(uri) => of("lists.removed", uri),
            Self::NotRemoved => tr("lists.not-removed"),
            Self::Unreadable => tr("lists.unreadable"),
            Self::Address => tr("lists.address"),
            Self::FetchFailed => tr("lists.fetch-failed"),
            Self::Refused(error) => match Reason::of_code(error.kind().info()) {
                Reason { what, next: Some(next) } => {
                    fill("lists.told.next", &[("what", &what), ("next", &next)])
                }
                Reason { what, next: None } => what,
            },
        }
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
    let imported = kept.iter().any(|list| is_own(&list.uri));
    let own = if imported { None } else { own_row() };
    let all: Vec<List> = own.into_iter().chain(rows).collect();
    panel.rows.replace_children_with_node_0();
    dom::show(&panel.rows, !all.is_empty());
    for row in &all {
        let _ = panel.rows.append_child(&row.root);
    }
    dom::show(&panel.told, told.is_some());
    if let Some(told) = told {
        let good = told.is_good();
        let _ = panel.told.set_attribute("data-state", if good { "pass" } else { "fail" });
        dom::set(&panel.sign, if good { "✓" } else { "!" });
        dom::set(&panel.text, &told.text());
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
            dom::set(&row.state, &Reason::of_code(error.kind().info()).what);
        }
    }
    dom::show(&row.refresh, kept.source.is_some());
    let (refresh, source) = (act.clone(), kept.source.clone().unwrap_or_default());
    scope.click(&row.refresh, move || refresh(Act::Fetch(source.clone())));
    let (remove, uri) = (act.clone(), kept.uri.clone());
    scope.click(&row.remove, move || remove(Act::Remove(uri.clone())));
    Some(row)
}

/// The list that this build makes itself, as long as none of its name is imported.
fn own_row() -> Option<List> {
    let list = own(&crate::composition::trust(), format::now())?;
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

//! Details: every field in full, the photo, the state of the storage; and the way to delete it all.

use std::rc::Rc;

use web_sys::{Element, HtmlDialogElement};

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;

use super::holder::Wallet;
use super::media::Picture;
#[cfg(feature = "demo")]
use super::problem;
use super::problem::Problem;
use super::screen::Screen;
use super::{App, card, home, media};
use crate::browser::dom;
use crate::storage;
use crate::storage::{Persistence, Sentinel};
use crate::ui::i18n::{fill, tr};
use crate::ui::{format, words};

/// The details of the loaded licence.
pub(super) async fn screen(app: &Rc<App>) -> Result<Screen, Problem> {
    let wallet = app.wallet().ok_or(Problem::Unexpected)?;
    let persistence = storage::persistence().await;
    let mut screen = Screen::new("details")?;
    let (root, licence) = (screen.root.clone(), wallet.clone());
    Picture::show_in(&mut screen, &root, "photo", &wallet.stored.large);
    screen.text(move || {
        facts(&root, &licence);
        dom::write(&root, "signed", &format::moment(licence.credential.issued().mso().validity_info.signed));
        let (state, about) = storage(persistence);
        dom::write(&root, "storage", &state);
        dom::write(&root, "storage-about", &about);
        dom::write(&root, "photo-state", &photo_state(&licence));
    });
    if let Some(button) = screen.find("[data-action=\"persist\"]") {
        dom::show(&button, persistence != Persistence::Persistent);
    }
    let there = app.clone();
    screen.act("persist", move || {
        let app = there.clone();
        async move {
            if storage::ask_persistence().await != Persistence::Persistent {
                super::say(&tr("details.persist.refused"));
            }
            app.go(|app| async move { self::screen(&app).await });
        }
    });
    let there = app.clone();
    screen.click("delete", move || ask_delete(&there));
    photo_and_refresh(&mut screen, app);
    Ok(screen)
}

#[cfg(feature = "demo")]
fn photo_and_refresh(screen: &mut Screen, app: &Rc<App>) {
    let there = app.clone();
    screen.click("replace", move || there.go(|app| async move { super::claim::replace(&app).await }));
    let (there, root) = (app.clone(), screen.root.clone());
    screen.act("refresh", move || {
        let (app, root) = (there.clone(), root.clone());
        async move {
            problem::clear(&root);
            match super::refresh::now(&app).await {
                Ok(()) => {
                    super::say(&tr("details.refreshed"));
                    app.go(|app| async move { self::screen(&app).await });
                }
                Err(problem) => problem.say_in(&root),
            }
        }
    });
}

/// Without an authority there is nothing to refresh from.
#[cfg(not(feature = "demo"))]
fn photo_and_refresh(screen: &mut Screen, _app: &Rc<App>) {
    for action in ["replace", "refresh"] {
        if let Some(button) = screen.find(&format!("[data-action=\"{action}\"]")) {
            dom::show(&button, false);
        }
    }
}

#[cfg(feature = "demo")]
fn photo_state(wallet: &Wallet) -> String {
    super::claim::photo_state(wallet)
}

#[cfg(not(feature = "demo"))]
fn photo_state(_wallet: &Wallet) -> String {
    String::new()
}

/// What the browser promised about this site's data, and what that means.
fn storage(persistence: Persistence) -> (String, String) {
    match persistence {
        Persistence::Persistent => (tr("details.storage.kept"), tr("details.storage.kept.about")),
        Persistence::BestEffort => {
            (tr("details.storage.best-effort"), tr("details.storage.best-effort.about"))
        }
        Persistence::Unknown => (tr("details.storage.unknown"), tr("details.storage.unknown.about")),
    }
}

/// Every field that the licence has, by the names of the catalogue.
fn facts(root: &Element, wallet: &Wallet) {
    let Some(list) = dom::slot(root, "facts") else {
        return;
    };
    list.set_text_content(None);
    let (view, fields) = (&wallet.view, &wallet.view.fields);
    let text = |field: &Option<licence::text::ShownText>| field.as_ref().map(|t| t.as_str().to_owned());
    let day = |date: Option<cbor::Date>| date.map(format::day);
    let classes = fields.classes.as_ref().map(|classes| {
        let lines = classes.known.iter().map(|held| {
            fill(
                "details.class",
                &[("class", &words::vehicle(held.class)), ("date", &format::day(held.from))],
            )
        });
        lines.collect::<Vec<_>>().join("\n")
    });
    let novice = fields.novice_until.and_then(|novice| novice.car.or(novice.motorcycle)).map(format::day);
    let ages: Vec<String> = fields
        .age_over
        .iter()
        .map(|(age, over)| {
            let key = if *over { "details.age.yes" } else { "details.age.no" };
            fill(key, &[("age", &age.to_string())])
        })
        .collect();
    let lines = [
        ("details.name", view.national_name()),
        ("details.pinyin", view.latin_name()),
        ("element.document_number", text(&fields.document_number).map(|n| format::grouped(&n))),
        ("element.sex", fields.sex.map(card::sex)),
        ("element.nationality", text(&fields.nationality).map(|code| card::nationality(&code))),
        ("element.birth_date", day(fields.birth_date)),
        ("element.classes", classes),
        ("element.first_issue_date", day(fields.first_issue_date)),
        ("element.issue_date", day(fields.issue_date)),
        ("element.expiry_date", card::until(view).map(|printed| long_or_day(&printed))),
        ("element.status_letters", Some(wallet.status_words())),
        ("element.points", fields.points.map(|points| points.incurred.to_string())),
        ("element.novice_until", novice),
        ("element.administrative_number", text(&fields.administrative_number)),
        ("element.core_number", text(&fields.core_number)),
        ("element.resident_address_zh", text(&fields.resident_address_zh)),
        ("element.issuing_authority_zh", text(&fields.issuing_authority_zh)),
        ("element.record_zh", text(&fields.record_zh)),
        ("details.ages", Some(format::list(&ages)).filter(|ages| !ages.is_empty())),
        ("element.generated_at", fields.generated_at.map(format::moment)),
    ];
    for (key, value) in lines {
        let (Some(value), Some(line)) = (value.filter(|v| !v.is_empty()), dom::template("t-fact")) else {
            continue;
        };
        dom::write(&line, "label", &tr(key));
        dom::write(&line, "value", &value);
        let _ = list.append_child(&line);
    }
}

fn long_or_day(printed: &str) -> String {
    cbor::Date::parse(printed).map_or_else(|| printed.to_owned(), format::day)
}

/// Asks whether the wallet is to be deleted, and deletes it.
pub(super) fn ask_delete(app: &Rc<App>) {
    let Some(root) = dom::template("t-delete") else {
        return;
    };
    let Some(dialog) = root.dyn_ref::<HtmlDialogElement>().cloned() else {
        return;
    };
    let _ = dom::document().body().map(|body| body.append_child(&root));
    let on = |action: &str, act: Box<dyn FnMut()>| {
        let mut act = act;
        if let Ok(Some(button)) = root.query_selector(&format!("[data-action=\"{action}\"]")) {
            // Ends with the dialog's elements.
            dom::on(&button, "click", move |_| act()).forget();
        }
    };
    let closing = dialog.clone();
    on("cancel", Box::new(move || closing.close()));
    let (there, closing, place) = (app.clone(), dialog.clone(), root.clone());
    on(
        "delete",
        Box::new(move || {
            let (app, dialog, place) = (there.clone(), closing.clone(), place.clone());
            spawn_local(async move {
                match delete(&app).await {
                    Ok(()) => {
                        dialog.close();
                        super::say(&tr("delete.done"));
                        app.go_home();
                    }
                    Err(problem) => problem.say_in(&place),
                }
            });
        }),
    );
    let gone = root.clone();
    dom::on(&root, "close", move |_| gone.remove()).forget();
    let _ = dialog.show_modal();
}

/// Removes key, licence, application and list, then the mark that they were there.
async fn delete(app: &Rc<App>) -> Result<(), Problem> {
    let store = app.store.clone();
    storage::exclusive(async move { store.delete_all().await }).await?;
    Sentinel::clear();
    home::forget_told();
    media::remember(super::purpose::LAST, None);
    *app.wallet.borrow_mut() = None;
    app.shown.borrow_mut().clear();
    app.tabs.announce_deleted();
    Ok(())
}

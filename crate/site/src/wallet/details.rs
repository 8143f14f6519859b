//! Details: every field in full, the photo, the state of the storage; and the way to delete it all.

use std::cell::Cell;
use std::rc::Rc;

use licence::elements::id;

use super::app::App;
use super::holder::Wallet;
use super::notices::Notices;
use super::problem::Problem;
use super::route::Route;
use super::screen::{At, Screen};
use super::{application, coming, deleting, fields, refresh, stack};
use crate::browser::{dom, trial};
use crate::storage::{self, Persistence};
use crate::ui::i18n::{fill, tr};
use crate::ui::markup::wallet::{Details, Fact};
use crate::ui::portrait::Picture;
use crate::ui::scope::Scope;
use crate::ui::{format, words};

/// The details of the loaded licence.
pub(super) async fn screen(app: &Rc<App>) -> Result<Screen, Problem> {
    let wallet = app.wallet().ok_or(Problem::Unexpected)?;
    let persistence = Rc::new(Cell::new(storage::persistence().await));
    let page = Details::new()?;
    let screen = Screen::new(At::Details, &page.root);
    let scope = &screen.scope;
    let notices = Notices::new(&page.problem, scope);
    app.link(scope, &page.back, || Route::Home);
    // The issuer signed this one; what is stored beside the licence is proven by nothing.
    let portrait = wallet.view.portrait.as_ref().map(|portrait| portrait.bytes.clone()).unwrap_or_default();
    Picture::show_in(scope, &page.photo, &portrait);
    let (written, there, promised) = (page.clone(), app.clone(), persistence.clone());
    let open = Rc::new(Cell::new(false));
    let in_full = open.clone();
    let draw = Rc::new(move || {
        if let Some(licence) = there.wallet() {
            facts(&written, &licence, in_full.get());
            write(&written, &licence, promised.get(), there.issuer.is_some());
        }
    });
    let drawn = draw.clone();
    scope.click(&page.in_full, move || {
        open.set(!open.get());
        drawn();
    });
    let drawn = draw.clone();
    scope.text(move || drawn());
    dom::show(&page.persist, persistence.get() != Persistence::Persistent);
    coming::put(scope, &page, app);
    let answer = Answer::new(&page, scope);
    let (said, drawn) = (answer.clone(), draw.clone());
    scope.act(&page.persist, move || {
        let (answer, draw, promised) = (said.clone(), drawn.clone(), persistence.clone());
        async move {
            promised.set(storage::ask_persistence().await);
            draw();
            answer.say(if promised.get() == Persistence::Persistent {
                "details.persist.agreed"
            } else {
                "details.persist.refused"
            });
        }
    });
    let there = app.clone();
    scope.click(&page.delete, move || deleting::ask(&there));
    let there = app.clone();
    scope.click(&page.another, move || there.follow(stack::add(there.clone())));
    let several = app.licences().len() > 1;
    let delete = page.delete.clone();
    scope.text(move || dom::set(&delete, &tr(if several { "details.delete.one" } else { "details.delete" })));
    // It deletes the whole wallet, which nobody means who holds several.
    dom::show(&page.another_driver, !several);
    let there = app.clone();
    scope.click(&page.another_driver, move || there.follow(deleting::another_driver(there.clone())));
    let (there, said) = (app.clone(), Notices::new(&page.photo_problem, scope));
    scope.act(&page.replace, move || {
        let (app, notices) = (there.clone(), said.clone());
        async move {
            notices.clear();
            match application::replace_photo(&app).await {
                Ok(route) => app.go(route),
                Err(problem) => notices.say(problem),
            }
        }
    });
    let (there, said) = (app.clone(), notices.clone());
    scope.act(&page.reclaim, move || {
        let (app, notices) = (there.clone(), said.clone());
        async move {
            notices.clear();
            match application::reclaim(&app).await {
                Ok(route) => app.go(route),
                Err(problem) => notices.say(problem),
            }
        }
    });
    let there = app.clone();
    scope.act(&page.refresh, move || {
        let (app, notices, answer, draw) = (there.clone(), notices.clone(), answer.clone(), draw.clone());
        async move {
            notices.clear();
            match refresh::now(&app).await {
                Ok(()) => {
                    draw();
                    answer.say("details.refreshed");
                }
                Err(problem) => notices.say(problem),
            }
        }
    });
    // Without an authority there is nobody to ask.
    dom::show(&page.again, app.issuer.is_some() && !trial::is_on());
    dom::show(&page.further, app.issuer.is_some());
    for button in [&page.replace, &page.refresh] {
        dom::show(button, app.issuer.is_some());
    }
    Ok(screen)
}

/// What a button of this screen did, beside it, in the language that is shown.
#[derive(Clone)]
struct Answer {
    page: Details,
    said: Rc<Cell<Option<&'static str>>>,
}

impl Answer {
    fn new(page: &Details, scope: &Scope) -> Self {
        let answer = Self { page: page.clone(), said: Rc::default() };
        let again = answer.clone();
        scope.text(move || again.write());
        answer
    }

    fn say(&self, key: &'static str) {
        self.said.set(Some(key));
        self.write();
    }

    fn write(&self) {
        dom::set(&self.page.answer, &self.said.get().map(tr).unwrap_or_default());
    }
}

fn write(page: &Details, wallet: &Wallet, persistence: Persistence, issuer: bool) {
    dom::set(&page.signed, &format::moment(wallet.credential.issued().mso().validity_info.signed));
    let (state, about) = storage(persistence);
    dom::set(&page.storage, &state);
    dom::set(&page.storage_about, &about);
    let photo = if issuer { application::photo_state(wallet) } else { String::new() };
    dom::set(&page.photo_state, &photo);
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

/// Every field that the licence has, by the names of the catalogue. Numbers and the address are masked, as on the card, until
/// they are wanted `in_full`.
fn facts(page: &Details, wallet: &Wallet, in_full: bool) {
    let _ = page.in_full.set_attribute("aria-pressed", if in_full { "true" } else { "false" });
    dom::set(&page.in_full, &tr(if in_full { "details.masked" } else { "details.in-full" }));
    let number = |number: String| if in_full { format::grouped(&number) } else { format::masked(&number) };
    page.facts.set_text_content(None);
    let (view, fields) = (&wallet.view, &wallet.view.fields);
    let text = fields::text;
    let value = |element| strings::facts::value(fields, element, words::OWN);
    let classes = fields.classes.as_ref().map(|classes| {
        let lines = classes.known.iter().map(|held| {
            fill("details.class", &[("class", &words::class(held.class)), ("date", &format::day(held.from))])
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
    let address = fields::in_language(&fields.resident_address_zh, &fields.resident_address);
    let office = fields::in_language(&fields.issuing_authority_zh, &fields.issuing_authority);
    let lines = [
        ("details.name", view.national_name()),
        ("details.pinyin", view.latin_name()),
        ("element.document_number", text(&fields.document_number).map(number)),
        ("element.sex", fields.sex.map(fields::sex)),
        ("element.nationality", text(&fields.nationality).map(|code| fields::nationality(&code))),
        ("element.birth_date", value(id::BIRTH_DATE)),
        ("element.classes", classes),
        ("element.first_issue_date", value(id::FIRST_ISSUE_DATE)),
        ("element.issue_date", value(id::ISSUE_DATE)),
        ("element.expiry_date", fields::until(view).map(|printed| long_or_day(&printed))),
        ("element.status_letters", Some(wallet.status_words())),
        ("element.points", fields.points.map(|points| points.incurred.to_string())),
        ("element.novice_until", novice),
        ("element.administrative_number", text(&fields.administrative_number).map(number)),
        ("element.core_number", text(&fields.core_number).map(number)),
        ("element.resident_address_zh", address.map(|all| if in_full { all } else { beginning(&all) })),
        ("element.issuing_authority_zh", office),
        ("element.record_zh", value(id::RECORD_ZH)),
        ("details.ages", Some(format::list(&ages)).filter(|ages| !ages.is_empty())),
        ("element.generated_at", value(id::GENERATED_AT)),
    ];
    for (key, value) in lines {
        let (Some(value), Ok(line)) = (value.filter(|v| !v.is_empty()), Fact::new()) else {
            continue;
        };
        dom::set(&line.label, &tr(key));
        dom::set(&line.value, &value);
        let _ = page.facts.append_child(&line.root);
    }
}

/// The first letters of a text, and that there are more.
fn beginning(text: &str) -> String {
    format!("{}••••", text.chars().take(3).collect::<String>())
}

fn long_or_day(printed: &str) -> String {
    cbor::Date::parse(printed).map_or_else(|| printed.to_owned(), format::day)
}

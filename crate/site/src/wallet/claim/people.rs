//! Who claims: the number and the name, or one of the demo's people.

use std::cell::Cell;
use std::rc::Rc;

use authority::application::Application;
use authority::login::{self, LoginError};
use authority::photo::PhotoSource;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, HtmlInputElement};

use crate::browser::{dom, trial};
use crate::storage::{Draft, Slot};
use crate::ui::format;
use crate::ui::i18n::{Language, fill, language, tr};
use crate::ui::markup::wallet::{People, PeopleGroup, Person as Row};
use crate::ui::scope::Scope;
use crate::ui::words;
use crate::wallet::app::App;
use crate::wallet::application;
use crate::wallet::issuer::{Group, Issuer, OnRecord, Person};
use crate::wallet::notices::Notices;
use crate::wallet::problem::{Own, Problem};
use crate::wallet::route::{Claim, Route};
use crate::wallet::screen::{At, Screen};

/// The two fields, and below them the demo's people. In a trial only these.
pub(super) async fn screen(
    app: &Rc<App>,
    issuer: impl Issuer,
    why: Option<Problem>,
) -> Result<Screen, Problem> {
    let page = People::new()?;
    let screen = Screen::new(At::People, &page.root);
    let notices = Notices::new(&page.problem, &screen.scope);
    let there = app.clone();
    screen.scope.click(&page.back, move || there.follow(leave(there.clone())));
    let title = page.title.clone();
    screen
        .scope
        .text(move || dom::set(&title, &tr(if trial::is_on() { "people.title" } else { "who.title" })));
    for part in [&page.form, &page.or] {
        dom::show(part, !trial::is_on());
    }
    if !trial::is_on() {
        let draft = app.store.draft().await.ok().flatten().unwrap_or_default();
        fields(&screen.scope, &page, app, &issuer, draft);
    }
    list(&screen.scope, &page, app, &issuer, &notices);
    if let Some(why) = why {
        notices.say(why);
    }
    Ok(screen)
}

/// Back to the welcome, or to the licence on top where there is one: what is typed stays.
async fn leave(app: Rc<App>) -> Result<Route, Problem> {
    if let Some(draft) = app.store.draft().await? {
        app.store.put_draft(&Draft { reference: None, ..draft }).await?;
    }
    Ok(if app.licences().is_empty() { Route::Claim(Claim::Welcome) } else { Route::Home })
}

/// What is typed is stored with every letter; one write is on its way at a time.
#[derive(Clone)]
struct Typed {
    number: HtmlInputElement,
    name: HtmlInputElement,
    app: Rc<App>,
    writing: Rc<Cell<bool>>,
    changed: Rc<Cell<bool>>,
}

impl Typed {
    fn draft(&self) -> Draft {
        Draft { number: self.number.value(), name: self.name.value(), reference: None }
    }

    fn keep(&self) {
        self.changed.set(true);
        if self.writing.replace(true) {
            return;
        }
        let this = self.clone();
        spawn_local(async move {
            while this.changed.take() {
                // A letter that is not stored is typed again after a crash; nothing else depends on it.
                let _ = this.app.store.put_draft(&this.draft()).await;
            }
            this.writing.set(false);
        });
    }
}

fn fields(scope: &Scope, page: &People, app: &Rc<App>, issuer: &impl Issuer, draft: Draft) {
    page.who_number.set_value(&draft.number);
    page.who_name.set_value(&draft.name);
    let typed = Typed {
        number: page.who_number.clone(),
        name: page.who_name.clone(),
        app: app.clone(),
        writing: Rc::default(),
        changed: Rc::default(),
    };
    let fault: Rc<Cell<Option<LoginError>>> = Rc::default();
    let (written, found) = (page.clone(), fault.clone());
    let write = Rc::new(move || {
        dom::set(&written.who_number_hint, &hint(&written.who_number.value()));
        let fault = found.get();
        let of_name = fault.filter(LoginError::is_of_name);
        say(&written.who_name_error, &written.who_name, of_name);
        let of_number = fault.filter(|fault| !fault.is_of_name());
        say(&written.who_number_error, &written.who_number, of_number);
        // It would say the same once more.
        dom::show(&written.who_number_hint, of_number != Some(LoginError::NumberCheck));
    });
    let writes = write.clone();
    scope.text(move || writes());
    for field in [&page.who_number, &page.who_name] {
        let (typed, fault, write) = (typed.clone(), fault.clone(), write.clone());
        scope.on(field, "input", move |_| {
            fault.set(None);
            write();
            typed.keep();
        });
    }
    let (there, issuer, page) = (app.clone(), issuer.clone(), page.clone());
    scope.on(&page.form.clone(), "submit", move |event| {
        event.prevent_default();
        let draft = typed.draft();
        match issuer.log_in(&draft.number, &draft.name) {
            Ok(found) => {
                let app = there.clone();
                let reference = Some(found.person.reference.to_owned());
                there.follow(async move {
                    app.store.put_draft(&Draft { reference, ..draft }).await?;
                    Ok(Route::Claim(Claim::Found))
                });
            }
            Err(error) => {
                fault.set(Some(error));
                write();
                dom::focus(if error.is_of_name() { &page.who_name } else { &page.who_number });
            }
        }
    });
}

/// What stands below the number: its form, and what its check character is while it is typed.
fn hint(number: &str) -> String {
    match login::check_of(number) {
        None => tr("who.number.hint"),
        Some((expected, None)) => fill("who.number.check.next", &[("expected", &expected.to_string())]),
        Some((expected, Some(typed))) if expected == typed => tr("who.number.check.right"),
        Some((expected, Some(typed))) => fill(
            "who.number.check.wrong",
            &[("expected", &expected.to_string()), ("typed", &words::isolate(&typed.to_string()))],
        ),
    }
}

/// Says beside a field what is wrong with it, and how to mend it.
fn say(place: &Element, field: &HtmlInputElement, fault: Option<LoginError>) {
    let _ = field.set_attribute("aria-invalid", if fault.is_some() { "true" } else { "false" });
    dom::show(place, fault.is_some());
    let words = fault.map(|fault| {
        let message = fault.message();
        format!("{} {}", words::say(&message), words::next_step(&message).unwrap_or_default())
    });
    dom::set(place, &words.unwrap_or_default());
}

/// The demo's people, by what their licences show.
fn list(scope: &Scope, page: &People, app: &Rc<App>, issuer: &impl Issuer, notices: &Notices) {
    let people = issuer.people();
    for group in Group::ALL {
        let of_group: Vec<_> = people.iter().filter(|person| person.group == group).cloned().collect();
        let Ok(place) = PeopleGroup::new() else {
            continue;
        };
        if of_group.is_empty() {
            continue;
        }
        let _ = place.root.set_attribute("data-group", group.code());
        let title = place.title.clone();
        scope.text(move || dom::set(&title, &tr(&format!("people.{}", group.code()))));
        let _ = page.groups.append_child(&place.root);
        for person in of_group {
            let Ok(row) = Row::new() else {
                continue;
            };
            draw(scope, &row, &person);
            let _ = place.people.append_child(&row.root);
            let (app, issuer, said) = (app.clone(), issuer.clone(), notices.clone());
            scope.click(&row.person, move || {
                said.clear();
                let (there, issuer) = (app.clone(), issuer.clone());
                app.follow(async move { choose(&there, &issuer, person.reference).await });
            });
        }
    }
}

/// Writes the row of a person.
fn draw(scope: &Scope, row: &Row, person: &Person) {
    dom::set(&row.name, &person.name);
    dom::set(&row.pinyin, &person.name_latin);
    dom::set(&row.classes, &person.classes);
    dom::show(&row.portrait, person.photo.is_some());
    dom::show(&row.no_photo, person.photo.is_none());
    if let Some(photo) = &person.photo {
        row.portrait.set_src(photo);
    }
    let (about, story, opens) = (row.about.clone(), person.story.clone(), person.opens);
    scope.text(move || {
        let words = match opens {
            Some((city, latin, from)) => {
                let city = if language() == Language::Chinese { city } else { latin };
                fill("people.opens", &[("city", city), ("date", &format::day(from))])
            }
            None => tr(&story),
        };
        dom::set(&about, &words);
    });
    let _ = row.person.set_attribute("data-person", person.reference);
}

/// A demo person was chosen: number and name are filled in, and the licence is shown. A trial goes straight on to what is
/// confirmed.
async fn choose(app: &App, issuer: &impl Issuer, reference: &str) -> Result<Route, Problem> {
    let found = issuer.on_record(reference).ok_or(Problem::Unexpected)?;
    let OnRecord { person, number, refused, .. } = found;
    let draft = Draft { number, name: person.name, reference: Some(reference.to_owned()) };
    app.store.put_draft(&draft).await?;
    if refused.is_none() && trial::is_on() {
        begin(app, issuer, reference).await?;
        return Ok(Route::Claim(Claim::Resume(None)));
    }
    Ok(Route::Claim(Claim::Found))
}

/// Opens the application of a licence that was found, unless it waits already. In a trial the photo on file is not asked
/// about on a screen of its own.
pub(super) async fn begin(app: &App, issuer: &impl Issuer, reference: &str) -> Result<(), Problem> {
    let waits = application::read(app).await.ok().flatten();
    if waits.is_some_and(|waiting| waiting.application.claim().reference() == reference) {
        return Ok(());
    }
    let opened = issuer.apply(reference).await?;
    let on_file = matches!(opened, Application::PhotoOnFile(_)) && trial::is_on();
    let taken = app.store.slots().await?;
    let free = Slot::all().find(|slot| !taken.contains(slot)).ok_or(Problem::Own(Own::WalletFull))?;
    application::open(app, &opened, on_file.then_some(PhotoSource::OnFile), free).await
}

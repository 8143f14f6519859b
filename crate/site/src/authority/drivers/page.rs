//! The page of a driver: facts, licence, history; what is changed, and what that does.

use std::cell::RefCell;
use std::rc::Rc;

use authority::desk::{Action, Driver, LicenceState};
use authority::driver::Change;
use authority::journal::Shown;
use authority::photo::PhotoSource;
use licence::Letter;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlInputElement;

use super::editor::Editor;
use super::{history, outcome, receipt, state};
use crate::authority::app::App;
use crate::authority::problem::Problem;
use crate::authority::route::Route;
use crate::authority::trouble;
use crate::authority::view::View;
use crate::authority::words::{choices, city, classes, reason, shown_text, validity};
use crate::browser::dom;
use crate::ui::format;
use crate::ui::i18n::{fill, tr};
use crate::ui::markup::Missing;
use crate::ui::markup::authority::{Driver as Markup, Fact, Line, ShownField};
use crate::ui::portrait::Picture;
use crate::ui::words::letters;

/// The letters by which a licence is suspended.
const SUSPENDS: [char; 3] = ['D', 'K', 'U'];

/// The page of a driver.
pub(in crate::authority) fn driver(app: &Rc<App>, reference: &str) -> Result<View, Missing> {
    let Some(driver) = app.desk().driver(reference, app.clock.now()) else {
        return trouble::view(&Problem::Own("driver-unknown"));
    };
    let page = Markup::new()?;
    let view = View::new(&page.root);
    let (written, of) = (page.clone(), driver.clone());
    view.scope.text(move || write(&written, &of));
    photo(app, &view, &page, &driver);
    dom::show(&page.at_counter_panel, app.desk().at_counter(reference).is_some());
    let _ = page.photograph.set_attribute("href", &Route::photograph_link(reference));
    history::draw(app, &view.scope, &page.history, reference)?;
    let form = Rc::new(Form {
        app: app.clone(),
        page: page.clone(),
        driver: driver.clone(),
        editor: RefCell::default(),
        shown: RefCell::default(),
    });
    form.offer(&view)?;
    form.offer_suspension(&view);
    receipt::show_last(app, &view.scope, &page, reference);
    let ended = form.clone();
    view.scope.leave(move || drop(ended.editor.take()));
    Ok(view)
}

/// The photo in use, or the one on file.
fn photo(app: &Rc<App>, view: &View, page: &Markup, driver: &Driver) {
    let own = driver.licence.as_ref().map(|held| held.record.photo().clone());
    let own = own.filter(|photo| photo.source != PhotoSource::OnFile);
    let file = app.desk().photo_on_file(&driver.reference);
    dom::show(&page.no_photo, own.is_none() && file.is_none());
    dom::show(&page.photo, own.is_some() || file.is_some());
    match (own, file) {
        (Some(photo), _) => {
            let (app, image) = (app.clone(), page.photo.clone());
            let pictures: Rc<RefCell<crate::ui::scope::Scope>> = Rc::default();
            view.scope.keep(pictures.clone());
            spawn_local(async move {
                if let Ok([Some(bytes)]) = app.store.photos([photo.large_sha256]).await {
                    Picture::show_in(&pictures.borrow(), &image, &bytes);
                }
            });
        }
        (None, Some(file)) => page.photo.set_src(&file.address),
        (None, None) => {}
    }
}

/// Writes the facts, and the state of the licence.
fn write(page: &Markup, driver: &Driver) {
    let facts = &driver.facts;
    dom::set(&page.name, &facts.name_zh());
    dom::set(&page.pinyin, &facts.name_latin());
    let lines: [(&str, String); 10] = [
        ("desk.driver.number", format::grouped(&facts.number)),
        ("desk.driver.born", format::day(facts.born)),
        ("desk.label.classes", classes(&facts.classes)),
        ("desk.label.validity", validity(&facts.validity)),
        ("desk.label.letters", letters(&facts.letters.text())),
        ("desk.label.points", facts.points.to_string()),
        ("desk.label.office", city(&facts.office.city)),
        ("desk.driver.file-number", facts.file_number.clone()),
        ("desk.driver.core-number", facts.core_number.clone()),
        (
            "desk.driver.photo",
            tr(if driver.photo_on_file { "desk.driver.photo.yes" } else { "desk.driver.photo.no" }),
        ),
    ];
    page.facts.set_text_content(None);
    for (key, value) in lines {
        if let Ok(line) = Fact::new() {
            dom::set(&line.name, &tr(key));
            dom::set(&line.value, &value);
            let _ = page.facts.append_child(&line.root);
        }
    }
    let _ = page.state.set_attribute(
        "data-state",
        match driver.state {
            LicenceState::None => "none",
            LicenceState::Serving => "serving",
            LicenceState::Suspended => "suspended",
            LicenceState::Ended => "ended",
        },
    );
    dom::set(&page.state, &state(driver.state));
    let mut about = Vec::new();
    if let Some(held) = &driver.licence {
        let args = [
            ("entry", &*held.entry.to_string()),
            ("date", &*format::day(held.record.claimed_on())),
            ("at", &*format::moment(held.issued_at)),
        ];
        about.push(fill("desk.licence.about", &args));
        if !driver.changed.is_empty() {
            about.push(tr("desk.licence.reclaim"));
            about.extend(driver.changed.iter().map(outcome::changed));
        }
    }
    if driver.at_counter {
        about.push(tr("desk.driver.at-counter"));
    } else if !driver.rejections.is_empty() {
        let reasons: Vec<String> = driver.rejections.iter().map(|one| reason(one.reason)).collect();
        let args = [("count", &*driver.rejections.len().to_string()), ("reasons", &*reasons.join(" "))];
        about.push(fill("desk.review.before", &args));
    }
    lines_into(&page.licence, &about);
}

/// Writes sentences as a list.
fn lines_into(place: &web_sys::HtmlElement, lines: &[String]) {
    place.set_text_content(None);
    for text in lines {
        if let Ok(line) = Line::new() {
            dom::set(&line.root, text);
            let _ = place.append_child(&line.root);
        }
    }
}

/// What is done to a driver.
struct Form {
    app: Rc<App>,
    page: Markup,
    driver: Driver,
    editor: RefCell<Option<Editor>>,
    shown: RefCell<Vec<(Shown, HtmlInputElement)>>,
}

impl Form {
    fn offer(self: &Rc<Self>, view: &View) -> Result<(), Missing> {
        let page = &self.page;
        let there = Rc::downgrade(self);
        let preview = move || {
            if let Some(form) = there.upgrade() {
                form.preview();
            }
        };
        for one in Shown::ALL {
            let field = ShownField::new()?;
            let _ = page.shown.append_child(&field.root);
            let name = field.name.clone();
            view.scope.text(move || dom::set(&name, &shown_text(one)));
            self.shown.borrow_mut().push((one, field.shown));
        }
        dom::show(&page.reopen_field, self.driver.at_counter);
        let editor = Editor::new(&self.app, &view.scope, page, &self.driver, preview)?;
        self.editor.replace(Some(editor));
        let there = self.clone();
        view.scope.text(move || there.preview());
        let there = self.clone();
        view.scope.act(&page.save, move || {
            let form = there.clone();
            async move { form.save().await }
        });
        Ok(())
    }

    /// The changes that the form says.
    fn changes(&self) -> Result<Vec<Change>, String> {
        match self.editor.borrow().as_ref().map(Editor::change) {
            Some(Ok(change)) => Ok(change.into_iter().collect()),
            Some(Err(key)) => Err(tr(key)),
            None => Ok(Vec::new()),
        }
    }

    fn papers(&self) -> Vec<Shown> {
        let shown = self.shown.borrow();
        shown.iter().filter(|(_, input)| input.checked()).map(|(one, _)| *one).collect()
    }

    /// Shows what would happen, and whether it can be saved.
    fn preview(&self) {
        let page = &self.page;
        let counter = page.at_counter.checked();
        let (facts, licence, why) = match self.changes() {
            Err(why) => (Vec::new(), Vec::new(), Some(why)),
            Ok(changes) if changes.is_empty() => {
                let reopens = counter && page.reopen.checked();
                let why = if reopens { None } else { Some(tr("desk.change.choose")) };
                (Vec::new(), if reopens { vec![tr("desk.outcome.reopened")] } else { Vec::new() }, why)
            }
            Ok(changes) => {
                let practice = self.app.settings().practice;
                match outcome::of(&self.driver, &changes, practice, self.app.clock.now()) {
                    Ok(found) if found.facts.is_empty() => {
                        (Vec::new(), Vec::new(), Some(tr("desk.change.same")))
                    }
                    Ok(found) => (found.facts, found.licence, None),
                    Err(problem) => (Vec::new(), Vec::new(), Some(problem.text())),
                }
            }
        };
        let why =
            why.or_else(|| (counter && self.papers().is_empty()).then(|| tr("desk.change.lacks-paper")));
        lines_into(&page.outcome_facts, &facts);
        lines_into(&page.outcome_licence, &licence);
        dom::set(&page.outcome_why, &why.clone().unwrap_or_default());
        dom::mark(&page.save, "disabled", why.is_some());
    }

    async fn save(&self) {
        let page = &self.page;
        let Ok(mut changes) = self.changes() else {
            return;
        };
        let reference = self.driver.reference.clone();
        let counter = page.at_counter.checked();
        let action = if counter {
            let note = Some(page.counter_note.value()).filter(|note| !note.trim().is_empty());
            let reopen = self.driver.at_counter && page.reopen.checked();
            Action::Counter { reference, shown: self.papers(), changes, reopen, note }
        } else {
            let Some(change) = changes.pop() else {
                return;
            };
            Action::ChangeFacts { reference, change }
        };
        self.done(action, "desk.change.saved").await;
    }

    /// Does a step, and shows the driver as he or she is then.
    async fn done(&self, action: Action<'_>, said: &'static str) {
        match self.app.act(action).await {
            Ok(effects) => {
                receipt::keep(&self.driver.reference, effects.receipt);
                self.app.show_again();
                self.app.tell(&tr(said));
            }
            Err(problem) => self.app.tell_problem(&problem),
        }
    }

    /// Suspend and reinstate.
    fn offer_suspension(self: &Rc<Self>, view: &View) {
        let page = &self.page;
        let suspended = self.driver.facts.letters.text().contains(SUSPENDS);
        dom::show(&page.suspend_fields, !suspended);
        dom::show(&page.reinstate, suspended);
        choices(&view.scope, &page.suspend_letter, SUSPENDS.map(String::from).to_vec(), letters);
        let there = self.clone();
        view.scope.act(&page.suspend, move || {
            let form = there.clone();
            async move {
                let sign = form.page.suspend_letter.value().chars().next();
                if let Some(letter) = sign.and_then(Letter::from_sign) {
                    let reference = form.driver.reference.clone();
                    form.done(Action::Suspend { reference, letter }, "desk.suspend.done").await;
                }
            }
        });
        let there = self.clone();
        view.scope.act(&page.reinstate, move || {
            let form = there.clone();
            async move {
                let reference = form.driver.reference.clone();
                form.done(Action::Reinstate { reference }, "desk.reinstate.done").await;
            }
        });
    }
}

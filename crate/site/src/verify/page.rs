//! The parts of the verifier page, and what the events of each mean to the others.

use std::cell::RefCell;
use std::rc::Rc;

use verdict::Purpose;
use verdict::Verdict;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, HtmlInputElement};

use super::asking::{self, Asking};
use super::judging::{self, Case, Judging};
use super::lists::Lists;
use super::memory::Way;
use super::pictures::{self, Found};
use super::reading::{self, Reading};
use super::session::Session;
use super::signal::Signal;
use super::terms::Asked;
use super::trust::Trust;
use super::typed;
use super::verdicts::Verdicts;
use crate::browser::dom;
use crate::scan::camera::Camera;
use crate::scan::progress::Line;
use crate::ui::format;
use crate::ui::i18n::{fill, tr};
use crate::ui::markup::verify::{Asked as AskedItem, Page as Markup};
use crate::ui::scope::Scope;
use crate::workers::link::Trouble;
use crate::workers::messages::ToVerify;

/// The page, as long as it lives.
struct Page {
    markup: Rc<Markup>,
    scope: Scope,
    asked: RefCell<Asked>,
    reading: Reading,
    judging: Judging,
    verdicts: Verdicts,
    lists: Lists,
    trust: Trust,
    asking: Asking,
    session: Session,
}

/// The page, for its listeners.
#[derive(Clone)]
struct Handle(Rc<Page>);

/// Starts the verifier page.
///
/// # Errors
/// Fails if the page's markup is not that of this build.
pub(crate) fn start() -> Result<(), JsValue> {
    let markup = Rc::new(Markup::find().map_err(|missing| missing.0)?);
    let (trust, signal) = (Trust::new(&markup), Signal::default());
    let page = Handle(Rc::new(Page {
        scope: Scope::new(),
        asked: RefCell::new(Asked::remembered()),
        reading: Reading::new(&markup),
        judging: Judging::new(&trust),
        verdicts: Verdicts::new(&markup, &signal),
        lists: Lists::new(&markup, &trust),
        asking: Asking::new(&markup),
        session: Session::new(&markup),
        trust,
        markup,
    }));
    let (markup, scope) = (&page.0.markup, &page.0.scope);
    let there = page.clone();
    page.0.reading.start(scope, move |event| there.read(event));
    let there = page.clone();
    page.0.judging.start(move |event| there.judged(event));
    page.listen();
    signal.listen(markup, scope);
    let there = page.clone();
    page.0.asking.start(scope, move |event| there.asking(event));
    let there = page.clone();
    typed::listen(markup, scope, move |event| there.typed(event));
    let there = page.clone();
    page.0.lists.start(scope, move || there.lists_changed());
    let there = page.clone();
    page.0.session.start(scope, move || {
        if there.0.verdicts.is_of(Way::Received) {
            there.judge_again();
        }
    });
    let there = page.clone();
    page.0.verdicts.on_reopened(move || {
        there.judge_again();
    });
    page.0.verdicts.close();
    page.0.verdicts.forget_stored();
    let there = page.clone();
    page.0.trust.start(scope, move || there.settle());
    let there = page.clone();
    scope.text(move || there.translate());
    let reading = page.0.reading.clone();
    spawn_local(async move {
        if Camera::is_granted().await {
            reading.open_camera().await;
        }
    });
    Ok(())
}

impl Handle {
    /// Does `act` when a control is used.
    fn on_click(&self, control: &Element, act: fn(&Handle)) {
        let page = self.clone();
        self.0.scope.click(control, move || act(&page));
    }

    fn listen(&self) {
        let (markup, scope) = (&self.0.markup, &self.0.scope);
        self.on_click(&markup.camera_start, |page| {
            let reading = page.0.reading.clone();
            spawn_local(async move { reading.open_camera().await });
        });
        self.on_click(&markup.camera_stop.root, |page| page.0.reading.close_camera());
        self.on_click(&markup.screen_open, |page| {
            let reading = page.0.reading.clone();
            spawn_local(async move { reading.open_screen().await });
        });
        dom::show(&markup.screen_open, Camera::has_screen());
        self.on_click(&markup.torch, |page| {
            let camera = page.0.reading.camera().clone();
            spawn_local(async move { camera.switch_light().await });
        });
        self.on_click(&markup.next, Self::next);
        self.on_click(&markup.terms_done, |page| page.0.markup.terms.root.set_open(false));
        self.on_click(&markup.terms_default, |page| {
            page.0.asked.borrow_mut().reset();
            page.ask_anew();
        });
        let page = self.clone();
        scope.on(&markup.purposes, "change", move |event| {
            let tab = event.target().and_then(|tab| tab.dyn_into::<HtmlInputElement>().ok());
            if let Some(purpose) = tab.and_then(|tab| Purpose::from_code(&tab.value())) {
                page.0.asked.borrow_mut().choose(purpose);
                page.ask_anew();
            }
        });
        let (more, open) = (markup.more.clone(), markup.more_open.clone());
        scope.click(&markup.more_open, move || {
            let shown = !more.has_attribute("data-open");
            dom::mark(&more, "data-open", shown);
            let _ = open.set_attribute("aria-expanded", if shown { "true" } else { "false" });
        });
        self.on_click(&markup.class_add, |page| {
            page.0.asked.borrow_mut().add_class(&page.0.markup);
            page.ask_anew();
        });
        let page = self.clone();
        scope.on(&markup.known_classes, "click", move |event| {
            let control = event.target().and_then(|target| target.dyn_into::<Element>().ok());
            let index = control.and_then(|control| control.get_attribute("data-index")?.parse().ok());
            if let Some(index) = index {
                page.0.asked.borrow_mut().remove_class(&page.0.markup, index);
                page.ask_anew();
            }
        });
        let page = self.clone();
        scope.on(&markup.terms.root, "change", move |_| {
            page.0.asked.borrow_mut().read(&page.0.markup);
            page.ask_anew();
        });
        let page = self.clone();
        scope.on(&markup.camera_device, "change", move |_| {
            let reading = page.0.reading.clone();
            reading.camera().choose(page.0.markup.camera_device.value());
            spawn_local(async move { reading.open_camera().await });
        });
        let page = self.clone();
        pictures::listen(markup, scope, move |found| page.found(found));
        // Going back to this page must not show the last licence.
        let page = self.clone();
        scope.on(&dom::window(), "pagehide", move |_| {
            page.0.reading.clear();
            page.close_verdict();
            page.0.reading.resume(true);
        });
    }

    /// Takes files that were handed in: for the trust panel while that is open, else to be read.
    fn found(&self, found: Found) {
        let given: &[JsValue] = if let Found::Files(files) = &found { files } else { &[] };
        if self.0.trust.take(given) {
            return;
        }
        let say = |key| self.0.reading.progress().say(Line::Warning(key));
        let hand_in: Box<dyn FnOnce(&Reading)> = match found {
            Found::Files(files) => Box::new(|reading| reading.hand_in(files)),
            Found::Text(text) => Box::new(move |reading| reading.paste(&text)),
            Found::Nothing => return say("verify.paste.empty"),
            Found::NoFile => return say("verify.drop.empty"),
            Found::Refused => return say("verify.paste.denied"),
        };
        // It replaces what was being typed, and a verdict: the next file means that it was seen.
        if self.0.markup.typed.root.open() {
            self.0.markup.typed.root.close();
        }
        if self.0.verdicts.is_open() {
            self.next();
        }
        hand_in(&self.0.reading);
    }

    /// The terms changed: a verdict on a licence is judged by them; any other verdict is closed.
    fn ask_anew(&self) {
        self.0.asked.borrow_mut().draw(&self.0.markup);
        self.list_asked();
        self.0.asking.translate(self.purpose());
        if !self.0.verdicts.is_open() {
            self.ask();
        } else if !self.judge_again() {
            self.next();
        }
    }

    /// Beside a verdict: whether something else was handed in, and is read after it.
    fn draw_waiting(&self) {
        dom::show(&self.0.markup.next_waits, self.0.reading.waits());
        let lacking = self.0.reading.lacking();
        dom::show(&self.0.markup.next_lacking, lacking.is_some());
        dom::set(&self.0.markup.next_lacking, &lacking.unwrap_or_default());
        // What was handed in beside it comes first.
        let again = self.0.verdicts.asks_to_scan_again() && !self.0.reading.waits();
        let key = if again { "verify.scan-again" } else { "verify.next" };
        let _ = self.0.markup.next.set_attribute("data-t", key);
        dom::set(&self.0.markup.next, &tr(key));
    }

    /// Writes every word of the page again, in the language that is shown now.
    fn translate(&self) {
        self.0.asked.borrow_mut().draw(&self.0.markup);
        self.0.reading.draw();
        self.0.trust.draw();
        self.list_asked();
        self.0.asking.translate(self.purpose());
        self.0.lists.draw();
        self.0.session.draw();
        self.0.verdicts.translate();
        self.draw_waiting();
    }

    /// What a wallet shows for this purpose.
    fn list_asked(&self) {
        let purpose = tr(&format!("purpose.{}", self.purpose().code()));
        dom::set(&self.0.markup.ask_for, &fill("verify.ask-for", &[("purpose", &purpose)]));
        let list = &self.0.markup.asked_list;
        list.set_text_content(None);
        for (_, element) in self.purpose().all_elements() {
            if let Ok(item) = AskedItem::new() {
                dom::set(&item.root, &tr(&licence::elements::name_key(element)));
                let _ = list.append_child(&item.root);
            }
        }
    }

    /// What is asked now.
    fn purpose(&self) -> Purpose {
        self.0.asked.borrow_mut().terms().purpose
    }

    /// What the panel for digits says.
    fn typed(&self, event: typed::Event) {
        match event {
            typed::Event::Opening if self.0.verdicts.is_open() => self.next(),
            typed::Event::Opening => {}
            typed::Event::Moved => self.settle(),
            typed::Event::Payload(payload) => self.0.reading.type_in(payload),
        }
    }

    /// What the asking says.
    fn asking(&self, event: asking::Event) {
        match event {
            asking::Event::Opened => {
                self.ask();
                if !self.0.reading.camera().is_open() {
                    let reading = self.0.reading.clone();
                    spawn_local(async move { reading.open_camera().await });
                }
            }
            asking::Event::Due => self.ask(),
            asking::Event::Closed => {
                self.0.judging.send(ToVerify::EndQuestion {});
                self.0.reading.resume(self.is_free());
            }
            asking::Event::Failed => self.0.reading.progress().say(Line::Warning("ask.failed")),
        }
    }

    /// Asks the worker for a new question by the terms of now, where one is asked at all.
    fn ask(&self) {
        if let Some(message) = self.0.asking.request(self.purpose()) {
            self.0.judging.send(message);
        }
    }

    /// After every change of the status lists: they go to the worker, and the verdict on the screen is judged again.
    fn lists_changed(&self) {
        self.0.judging.send(self.0.lists.message());
        self.judge_again();
    }

    /// Has codes read, or not, as the page is now.
    fn settle(&self) {
        self.0.reading.settle(self.is_free());
    }

    /// Whether no verdict is on the screen and no payload is being judged.
    fn is_free(&self) -> bool {
        !self.0.verdicts.is_open() && !self.0.judging.is_busy()
    }

    /// What the reading says.
    fn read(&self, event: reading::Event) {
        match event {
            reading::Event::Payload { payload, handed_in } => {
                // While a question is asked nothing is taken but its answer: a code without it may be an old one.
                let way = if self.0.asking.is_on() { Way::Answer } else { Way::Unasked };
                self.judge(payload, way, !handed_in);
            }
            reading::Event::Received(bytes) => self.judge(bytes, Way::Received, false),
            reading::Event::Waits => self.draw_waiting(),
        }
    }

    /// Judges a payload that was read or received just now.
    fn judge(&self, payload: Vec<u8>, way: Way, live: bool) {
        self.0.reading.progress().verifying();
        let at = format::now();
        self.send(Case { payload: payload.into(), way, session: Rc::default(), at, live, judged: None });
        self.settle();
    }

    /// Judges what is on the screen by the terms that are asked now, as of the moment at which it was scanned. Returns
    /// false if nothing is on the screen of which a person was seen.
    fn judge_again(&self) -> bool {
        let Some(case) = self.0.verdicts.again() else {
            return false;
        };
        self.send(case);
        true
    }

    fn send(&self, mut case: Case) {
        case.session = self.0.session.transcript();
        let memory = self.0.verdicts.seen_before(&case);
        let page = self.clone();
        self.0.judging.judge(case, memory, move || page.0.asked.borrow_mut().terms());
    }

    /// What the judging says.
    fn judged(&self, event: judging::Event) {
        match event {
            judging::Event::Ready => {
                self.0.judging.send(self.0.lists.message());
                // A new worker knows no question.
                self.ask();
                self.0.verdicts.rehearse();
            }
            judging::Event::Question(id, payload) => self.0.asking.answered(id, payload),
            judging::Event::Judged(judged) => self.give(judged.0, judged.1),
            judging::Event::Other(other) => self.0.reading.received_other(other, self.is_free()),
            judging::Event::Mixed => self.0.reading.progress().trouble(Trouble::Mixed),
            judging::Event::Broken => dom::show(&self.0.markup.no_judge, true),
        }
    }

    fn give(&self, case: Case, verdict: Verdict) {
        if case.judged.is_some() {
            self.0.verdicts.replace(case, verdict);
        } else if case.live && self.0.verdicts.was_just_closed(&verdict) {
            self.0.reading.resume(true);
            self.0.reading.progress().say(Line::Plain("verify.scan.same"));
        } else {
            let took_ms = self.0.reading.took_ms();
            if verdict.at.is_some() {
                self.0.reading.progress().done(took_ms);
            } else {
                self.0.reading.progress().rest();
            }
            self.0.verdicts.give(case, verdict, took_ms);
        }
        self.draw_waiting();
    }

    /// Takes the verdict off the page, and reads the next code.
    fn next(&self) {
        self.0.verdicts.forget();
        self.close_verdict();
        self.0.reading.resume(true);
        self.ask();
        dom::focus(&self.0.markup.stage);
    }

    /// Takes the verdict off the page, and drops what is being judged: a verdict that is judged again would come back.
    fn close_verdict(&self) {
        self.0.judging.drop_case();
        self.0.verdicts.close();
        self.draw_waiting();
    }
}

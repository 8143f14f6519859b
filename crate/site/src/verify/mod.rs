//! The verifier page: camera and pictures in, verdict out.
//!
//! `reading` and `judging` own a worker each, and tell the page what came of it: a payload, a verdict. What is judged and
//! what is shown then is decided by the page (`verdicts`). The panels (`asking`, `lists`, `trust`, `typed`) know the page,
//! and none of them another.

mod asking;
mod judging;
mod lists;
mod lists_panel;
mod memory;
mod pictures;
mod portrait;
mod reading;
mod screen;
mod signal;
mod terms;
mod trust;
mod typed;
mod verdicts;

use std::cell::RefCell;
use std::rc::Rc;

use verdict::Purpose;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, HtmlInputElement};

use self::judging::Judging;
use self::memory::{Given, Memory};
use self::pictures::Found;
use self::reading::Reading;
use self::screen::Screen;
use self::terms::Asked;
use self::trust::Trust;
use crate::browser::dom;
use crate::scan::camera::Camera;
use crate::scan::progress::Line;
use crate::ui::i18n::tr;
use crate::ui::markup::verify::{Asked as AskedItem, Page as Markup};
use crate::ui::scope::Scope;

/// The page, as long as it lives.
struct Page {
    markup: Rc<Markup>,
    scope: Scope,
    asked: RefCell<Asked>,
    reading: Reading,
    judging: Judging,
    memory: RefCell<Memory>,
    lists: lists::AtHand,
    trust: Trust,
    signal: signal::Signal,
    asking: asking::Asking,
    /// The verdict on the screen.
    open: RefCell<Option<(Given, Screen)>>,
}

/// What the page shows beside the camera.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Route {
    /// What a wallet is asked for, while codes are read.
    Scan,
    /// The verdict on the last one.
    Verdict,
}

impl Route {
    /// As `data-screen` says it to the style.
    fn name(self) -> &'static str {
        match self {
            Self::Scan => "scan",
            Self::Verdict => "verdict",
        }
    }
}

/// The page, for its listeners.
#[derive(Clone)]
struct Handle(Rc<Page>);

/// Starts the verifier page.
///
/// # Errors
/// When the page's markup is not that of this build.
pub(crate) fn start() -> Result<(), JsValue> {
    let markup = Rc::new(Markup::find().map_err(|missing| missing.0)?);
    let trust = Trust::new(&markup);
    let page = Handle(Rc::new(Page {
        markup: markup.clone(),
        scope: Scope::new(),
        asked: RefCell::new(Asked::remembered()),
        reading: Reading::new(&markup),
        judging: Judging::new(&trust),
        memory: RefCell::default(),
        lists: lists::AtHand::default(),
        trust,
        signal: signal::Signal::default(),
        asking: asking::Asking::default(),
        open: RefCell::default(),
    }));
    let (read, judged) = (page.clone(), page.clone());
    page.0.reading.start(&page.0.scope, move |event| read.read(event));
    page.0.judging.start(move |event| judged.judged(event));
    page.listen();
    signal::Signal::listen(&page);
    page.listen_to_asking();
    typed::listen(&page);
    page.start_lists();
    page.screen(Route::Scan);
    let panel = page.clone();
    page.0.trust.start(&page.0.scope, move || panel.settle());
    let speaking = page.clone();
    page.0.scope.text(move || speaking.translate());
    spawn_local(async move {
        if Camera::is_granted().await {
            page.0.reading.open_camera().await;
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
        // Nobody finds the last licence by going back to this page.
        let page = self.clone();
        scope.on(&dom::window(), "pagehide", move |_| {
            page.0.reading.clear();
            page.close_verdict();
            page.0.reading.resume(true);
        });
    }

    /// What was found where files are handed in: for the trust panel while that is open, else to be read.
    fn found(&self, found: Found) {
        let given: &[JsValue] = if let Found::Pictures(files) = &found { files } else { &[] };
        if self.0.trust.take(given) {
            return;
        }
        let say = |key| self.0.reading.progress().say(Line::Warning(key));
        let files = match found {
            Found::Pictures(files) => files,
            Found::Nothing => return say("verify.paste.empty"),
            Found::NoFile => return say("verify.drop.empty"),
            Found::Refused => return say("verify.paste.denied"),
        };
        // It takes the place of what was being typed, and of a verdict: who hands in the next one has seen that.
        if self.0.markup.typed.root.open() {
            self.0.markup.typed.root.close();
        }
        if self.0.open.borrow().is_some() {
            self.next();
        }
        self.0.reading.hand_in(files);
    }

    /// The terms changed: who is on the screen is judged by them; any other verdict is taken away.
    fn ask_anew(&self) {
        self.0.asked.borrow_mut().draw(&self.0.markup);
        self.list_asked();
        self.translate_asking();
        if self.0.open.borrow().is_none() {
            self.ask();
        } else if !self.judge_again() {
            self.next();
        }
    }

    fn screen(&self, route: Route) {
        let markup = &self.0.markup;
        let _ = markup.app.set_attribute("data-screen", route.name());
        dom::show(&markup.waiting, route == Route::Scan);
        dom::show(&markup.next_bar, route == Route::Verdict);
        self.draw_waiting();
    }

    /// Beside a verdict: whether something else was handed in, and is read after it.
    fn draw_waiting(&self) {
        dom::show(&self.0.markup.next_waits, self.0.reading.waits());
    }

    /// Writes every word of the page again, in the language that is shown now.
    fn translate(&self) {
        self.0.asked.borrow_mut().draw(&self.0.markup);
        self.0.reading.draw();
        self.0.trust.draw();
        self.list_asked();
        self.translate_asking();
        self.draw_lists();
        self.translate_verdict();
    }

    /// What a wallet shows for this purpose.
    fn list_asked(&self) {
        let list = &self.0.markup.asked_list;
        list.set_text_content(None);
        let purpose = self.0.asked.borrow_mut().terms().purpose;
        for (_, element) in purpose.all_elements() {
            if let Ok(item) = AskedItem::new() {
                dom::set(&item.root, &tr(&licence::elements::name_key(element)));
                let _ = list.append_child(&item.root);
            }
        }
    }
}

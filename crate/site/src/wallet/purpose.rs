//! The choice of a purpose: four purposes, and the list of elements that will be shown.

use std::cell::Cell;
use std::rc::Rc;

use licence::elements::name_key;
use mdoc::Disclosure;
use verdict::purpose::Purpose;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement};

use super::problem::Problem;
use super::screen::Screen;
use super::{App, media, present, problem};
use crate::browser::dom;
use crate::ui::format;
use crate::ui::i18n::{fill, tr};

/// Where the last choice is remembered.
pub(super) const LAST: &str = "purpose";

/// What the holder chose to show.
#[derive(Clone, Copy)]
pub(super) struct Choice {
    /// What for.
    pub(super) purpose: Purpose,
    /// Whether the portrait goes along, where it may be left out.
    pub(super) portrait: bool,
}

/// The choice of a purpose, with the last one chosen already.
pub(super) fn screen(app: &Rc<App>) -> Result<Screen, Problem> {
    screen_after(app, None)
}

/// The same, after a presentation ended for a reason.
pub(super) fn screen_after(app: &Rc<App>, why: Option<Problem>) -> Result<Screen, Problem> {
    let wallet = app.wallet().ok_or(Problem::Unexpected)?;
    let mut screen = Screen::new("purpose")?;
    let last =
        media::remembered(LAST).and_then(|code| Purpose::from_code(&code)).unwrap_or(Purpose::Roadside);
    let choice = Rc::new(Cell::new(Choice { purpose: last, portrait: true }));
    let root = screen.root.clone();

    let (page, chosen, licence) = (root.clone(), choice.clone(), wallet.clone());
    let redraw = Rc::new(move || {
        let now = chosen.get();
        let elements = now.purpose.elements(now.portrait);
        let disclosure = Disclosure::select(&licence.credential, &elements);
        leaving(&page, &disclosure);
        if let Some(box_) = dom::slot(&page, "portrait-choice") {
            dom::show(&box_, now.purpose.portrait_is_optional());
        }
    });
    for tile in dom::all_in(&root, "[data-purpose]") {
        let Some(purpose) = tile.get_attribute("data-purpose").and_then(|code| Purpose::from_code(&code))
        else {
            continue;
        };
        let text = tile.clone();
        screen.text(move || {
            dom::write(&text, "title", &tr(&format!("purpose.{}", purpose.code())));
            dom::write(&text, "about", &tr(&format!("purpose.{}.hint", purpose.code())));
        });
        let Some(input) = input_in(&tile) else {
            continue;
        };
        input.set_checked(purpose == last);
        let (chosen, draw) = (choice.clone(), redraw.clone());
        screen.on(&input, "change", move |_| {
            chosen.set(Choice { purpose, ..chosen.get() });
            draw();
        });
    }
    if let Some(input) = dom::slot(&root, "portrait-choice").and_then(|place| input_in(&place)) {
        let (chosen, draw, asked) = (choice.clone(), redraw.clone(), input.clone());
        screen.on(&input, "change", move |_| {
            chosen.set(Choice { portrait: asked.checked(), ..chosen.get() });
            draw();
        });
    }
    screen.text(move || redraw());

    let (there, page) = (app.clone(), root.clone());
    screen.act("present", move || {
        let (app, page, choice) = (there.clone(), page.clone(), choice.get());
        async move {
            problem::clear(&page);
            media::remember(LAST, Some(choice.purpose.code()));
            match present::prepare(&app, choice).await {
                Ok(ready) => app.go(|app| async move { present::screen(&app, ready).await }),
                Err(problem) => problem.say_in(&page),
            }
        }
    });
    if let Some(why) = why {
        why.say_in(&root);
    }
    Ok(screen)
}

/// The names of what will leave, and of what was asked for and is not there.
fn leaving(root: &Element, disclosure: &Disclosure) {
    let Some(list) = dom::slot(root, "elements") else {
        return;
    };
    list.set_text_content(None);
    for name in disclosure.shown() {
        let Ok(chip) = dom::document().create_element("li") else {
            continue;
        };
        let _ = chip.set_attribute("data-element", &name.identifier);
        chip.set_text_content(Some(&tr(&name_key(&name.identifier))));
        let _ = list.append_child(&chip);
    }
    let missing: Vec<String> =
        disclosure.missing().iter().map(|name| tr(&name_key(&name.identifier))).collect();
    dom::write(root, "missing", &fill("present.missing", &[("names", &format::list(&missing))]));
    if let Some(place) = dom::slot(root, "missing") {
        dom::show(&place, !missing.is_empty());
    }
}

fn input_in(place: &Element) -> Option<HtmlInputElement> {
    place.query_selector("input").ok().flatten()?.dyn_into().ok()
}

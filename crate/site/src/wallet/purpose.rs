//! The choice of a purpose: seven purposes, and the list of elements that will be shown. For a counter the holder ticks each
//! element; none is ticked beforehand.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;

use licence::elements::name_key;
use mdoc::holder::Disclosure;
use verdict::Purpose;

use super::app::App;
use super::holder::Wallet;
use super::notices::Notices;
use super::presentation::{Choice, Presentation};
use super::problem::Problem;
use super::route::Route;
use super::screen::{At, Screen};
use super::{fields, groups};
use crate::browser::dom;
use crate::storage::settings;
use crate::ui::format;
use crate::ui::i18n::{fill, tr};
use crate::ui::markup::wallet::{ConsentElement, Purpose as Markup};

/// The choice of a purpose, with the last one chosen already.
pub(super) fn screen(app: &Rc<App>, why: Option<Problem>) -> Result<Screen, Problem> {
    let wallet = app.wallet().ok_or(Problem::Unexpected)?;
    let page = Markup::new()?;
    let screen = Screen::new(At::Purpose, &page.root);
    let notices = Notices::new(&page.problem, &screen.scope);
    app.link(&screen.scope, &page.back, || Route::Home);
    let last = settings::LAST_PURPOSE.read();
    let last = last.and_then(|code| Purpose::from_code(&code)).unwrap_or(Purpose::Roadside);
    let first = Choice { purpose: last, portrait: true, still: false, ticked: BTreeSet::new() };
    let choice = Rc::new(RefCell::new(first));
    let lines = Rc::new(lines(&page, &wallet)?);
    let licence = wallet.clone();

    let (drawn, chosen) = (page.clone(), choice.clone());
    let redraw = Rc::new(move || {
        let now = chosen.borrow();
        let one_by_one = now.purpose.is_chosen_by_holder();
        leaving(&drawn, &now.disclosure(&wallet));
        dom::show(&drawn.portrait_choice, now.purpose.portrait_is_optional() && !one_by_one);
        dom::show(&drawn.ticks, one_by_one);
    });
    for ((input, title), about) in page.choice.iter().zip(&page.title).zip(&page.about) {
        let Some(purpose) = Purpose::from_code(&input.value()) else {
            continue;
        };
        let (title, about) = (title.clone(), about.clone());
        screen.scope.text(move || {
            dom::set(&title, &tr(&format!("purpose.{}", purpose.code())));
            dom::set(&about, &tr(&format!("purpose.{}.hint", purpose.code())));
        });
        input.set_checked(purpose == last);
        let (chosen, draw) = (choice.clone(), redraw.clone());
        screen.scope.on(input, "change", move |_| {
            chosen.borrow_mut().purpose = purpose;
            draw();
        });
    }
    let (chosen, draw, asked) = (choice.clone(), redraw.clone(), page.include_portrait.clone());
    screen.scope.on(&page.include_portrait, "change", move |_| {
        chosen.borrow_mut().portrait = asked.checked();
        draw();
    });
    let (chosen, draw, ticks) = (choice.clone(), redraw.clone(), lines.clone());
    let read = Rc::new(move || {
        chosen.borrow_mut().ticked =
            ticks.iter().filter(|(_, line)| line.tick.checked()).map(|(id, _)| *id).collect();
        draw();
    });
    let (ticks, all) = (lines.clone(), read.clone());
    screen.scope.click(&page.all, move || {
        ticks.iter().for_each(|(_, line)| line.tick.set_checked(true));
        all();
    });
    screen.scope.on(&page.tick_list, "change", move |_| read());
    screen.scope.text(move || {
        for (id, line) in lines.iter() {
            dom::set(&line.label, &tr(&name_key(id)));
            dom::set(&line.value, &fields::value(&licence.view.fields, id).unwrap_or_default());
        }
    });
    screen.scope.text(move || redraw());

    let (there, said) = (app.clone(), notices.clone());
    screen.scope.act(&page.present, move || {
        let (app, notices, choice) = (there.clone(), said.clone(), choice.borrow().clone());
        async move {
            notices.clear();
            settings::LAST_PURPOSE.write(choice.purpose.code().to_owned());
            let Some(wallet) = app.wallet() else {
                return notices.say(Problem::Unexpected);
            };
            match Presentation::new(wallet, choice).await {
                Ok(ready) => app.go(Route::Present(ready)),
                Err(problem) => notices.say(problem),
            }
        }
    });
    if let Some(why) = why {
        notices.say(why);
    }
    Ok(screen)
}

/// A line with a tick for each element of the licence that a counter may be shown.
fn lines(page: &Markup, wallet: &Wallet) -> Result<Vec<(&'static str, ConsentElement)>, Problem> {
    let held = |(space, id): &&(&str, &str)| wallet.credential.issued().elements().get(space, id).is_some();
    let may = Purpose::Counter.all_elements().iter().filter(held);
    may.map(|(_, id)| {
        let line = ConsentElement::new()?;
        let _ = line.root.set_attribute("data-element", id);
        let _ = page.tick_list.append_child(&line.root);
        Ok((*id, line))
    })
    .collect()
}

/// The names of what will leave, grouped and one by one, and of what was asked for and is not there.
fn leaving(page: &Markup, disclosure: &Disclosure) {
    let ids: Vec<String> = disclosure.shown().iter().map(|name| name.identifier.clone()).collect();
    let keys = groups::name_keys(&ids);
    page.groups.set_text_content(None);
    for key in &keys {
        let Ok(chip) = dom::document().create_element("li") else {
            continue;
        };
        chip.set_text_content(Some(&tr(key)));
        let _ = page.groups.append_child(&chip);
    }
    dom::show(&page.each, ids.len() > keys.len());
    dom::set(&page.each_count, &fill("present.each", &[("count", &ids.len().to_string())]));
    page.elements.set_text_content(None);
    for name in disclosure.shown() {
        let Ok(chip) = dom::document().create_element("li") else {
            continue;
        };
        let _ = chip.set_attribute("data-element", &name.identifier);
        chip.set_text_content(Some(&tr(&name_key(&name.identifier))));
        let _ = page.elements.append_child(&chip);
    }
    let missing: Vec<String> =
        disclosure.missing().iter().map(|name| tr(&name_key(&name.identifier))).collect();
    dom::set(&page.missing, &fill("present.missing", &[("names", &format::list(&missing))]));
    dom::show(&page.missing, !missing.is_empty());
}

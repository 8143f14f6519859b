//! Who asks, what for, and what exactly: the holder ticks element by element, and nothing is ticked beforehand.

use std::cell::RefCell;
use std::rc::Rc;

use mdoc::ElementName;
use protocol::challenge::DEFAULT_LIFE_SECONDS;
use protocol::{AskedElement, CheckedRequest, Consent, ElementLabel, Requester};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement};

use super::holder::Wallet;
use super::problem::Problem;
use super::question::decode;
use super::screen::Screen;
use super::{App, answer, problem};
use crate::browser::{dom, key};
use crate::ui::i18n::{fill, tr};
use crate::ui::{format, words};

/// A question that this wallet can answer.
pub(super) struct Asked {
    request: CheckedRequest,
    elements: Vec<AskedElement>,
    wallet: Rc<Wallet>,
}

impl Asked {
    /// Reads a payload of the QR link.
    pub(super) fn of(app: &Rc<App>, payload: &[u8]) -> Result<Self, Problem> {
        let wallet = app.wallet().ok_or(Problem::Unexpected)?;
        let request = decode(payload)?;
        let elements = request.asked_of(&wallet.credential)?;
        Ok(Self { request, elements, wallet })
    }
}

/// The choice of what to show.
pub(super) fn screen(app: &Rc<App>, asked: Asked) -> Result<Screen, Problem> {
    let mut screen = Screen::new("consent")?;
    let root = screen.root.clone();
    let asked = Rc::new(asked);
    let boxes = Rc::new(RefCell::new(Vec::<(ElementName, HtmlInputElement)>::new()));
    list(&root, &asked, &mut boxes.borrow_mut());

    let (page, of) = (root.clone(), asked.clone());
    screen.text(move || write(&page, &of));
    let all = boxes.clone();
    screen.click("all", move || all.borrow().iter().for_each(|(_, tick)| tick.set_checked(true)));
    let there = app.clone();
    screen.click("refuse", move || there.go_home());

    let (there, page) = (app.clone(), root.clone());
    screen.act("answer", move || {
        let (app, page, asked, boxes) = (there.clone(), page.clone(), asked.clone(), boxes.clone());
        async move {
            problem::clear(&page);
            let chosen: Vec<ElementName> = boxes
                .borrow()
                .iter()
                .filter(|(_, tick)| tick.checked())
                .map(|(name, _)| name.clone())
                .collect();
            match make(&asked, &chosen).await {
                Ok(ready) => app.go(|app| async move { answer::screen(&app, ready).await }),
                Err(problem) => problem.say_in(&page),
            }
        }
    });
    Ok(screen)
}

/// Signs and encrypts the answer.
async fn make(asked: &Asked, chosen: &[ElementName]) -> Result<answer::Ready, Problem> {
    let coded = |error: protocol::error::ConsentError| Problem::coded(error.code());
    let now = format::now();
    // A question may have ended while it was read.
    if asked.request.until().is_some_and(|until| now > until) {
        return Err(Problem::Named("answer-ended"));
    }
    let prepared = Consent::new(asked.request.clone(), chosen)
        .and_then(|consent| consent.prepare(&asked.wallet.credential))
        .map_err(coded)?;
    let signature = asked.wallet.stored.key.sign(prepared.to_be_signed()).await?;
    let mut failed = false;
    let made = prepared.complete(&signature, &mut |bytes| failed |= !key::random(bytes));
    if failed {
        return Err(Problem::Named("no-random"));
    }
    let made = made.map_err(coded)?;
    Ok(answer::Ready {
        payload: made.payload().to_vec(),
        shown: made.shown().iter().map(|name| name.identifier.clone()).collect(),
        // A question without a life of its own is shown as long as one of ours would be.
        until: asked.request.until().unwrap_or_else(|| now.plus_seconds(DEFAULT_LIFE_SECONDS)),
        wallet: asked.wallet.clone(),
    })
}

/// A line for each element that the licence has.
fn list(root: &Element, asked: &Asked, boxes: &mut Vec<(ElementName, HtmlInputElement)>) {
    let Some(place) = dom::slot(root, "elements") else {
        return;
    };
    for element in asked.elements.iter().filter(|element| element.held) {
        let Some(line) = dom::template("t-consent-element") else {
            continue;
        };
        let _ = line.set_attribute("data-element", &element.name.identifier);
        for (name, shown) in [("retain", element.intent_to_retain), ("beyond", element.beyond_purpose)] {
            if let Some(mark) = dom::slot(&line, name) {
                dom::show(&mark, shown);
            }
        }
        let tick = line.query_selector("input").ok().flatten().and_then(|tick| tick.dyn_into().ok());
        boxes.extend(tick.map(|tick| (element.name.clone(), tick)));
        let _ = place.append_child(&line);
    }
}

fn write(root: &Element, asked: &Asked) {
    let (kind, sign, title, about) = match asked.request.requester() {
        Requester::Verified(requester) => {
            let authority = words::isolate(requester.authority().as_str());
            let about = fill("consent.verified.about", &[("authority", &authority)]);
            ("pass", "✓", words::isolate(requester.name().as_str()), about)
        }
        Requester::NotVerified(requester) => {
            let name = words::isolate(requester.says.as_str());
            let about = fill("consent.not-verified.says", &[("name", &name)]);
            ("review", "!", tr("consent.not-verified"), format!("{about} {}", tr(requester.why.key())))
        }
    };
    if let Some(place) = dom::slot(root, "requester") {
        let _ = place.set_attribute("class", &format!("notice {kind}"));
        dom::write(&place, "sign", sign);
        dom::write(&place, "title", &title);
        dom::write(&place, "about", &about);
    }
    dom::write(root, "why", &why(asked));
    for (line, element) in
        dom::all_in(root, "[data-element]").iter().zip(asked.elements.iter().filter(|e| e.held))
    {
        dom::write(line, "label", &label(element));
    }
    let missing: Vec<String> = asked.elements.iter().filter(|element| !element.held).map(label).collect();
    dom::write(root, "missing", &fill("consent.missing", &[("names", &format::list(&missing))]));
    if let Some(place) = dom::slot(root, "missing") {
        dom::show(&place, !missing.is_empty());
    }
}

fn why(asked: &Asked) -> String {
    let Some(purpose) = asked.request.purpose() else {
        return tr("consent.why.none");
    };
    let named = purpose
        .purpose
        .map(|purpose| fill("consent.why", &[("purpose", &tr(&format!("purpose.{}", purpose.code())))]));
    let words = purpose
        .text
        .as_ref()
        .map(|text| fill("consent.why.words", &[("text", &words::isolate(text.as_str()))]));
    match (named, words) {
        (Some(named), Some(words)) => format!("{named} {words}"),
        (named, words) => named.or(words).unwrap_or_else(|| tr("consent.why.none")),
    }
}

fn label(element: &AskedElement) -> String {
    match &element.label {
        ElementLabel::Key(key) => tr(key),
        ElementLabel::Text(text) => words::isolate(text.as_str()),
    }
}

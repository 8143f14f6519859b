//! The consent: requester, purpose and elements. The holder ticks each element; none is ticked beforehand.

use std::rc::Rc;

use mdoc::ElementName;
use protocol::{AskedElement, ElementLabel, OtherFormat, Requester};

use super::answering::Question;
use super::app::App;
use super::notices::Notices;
use super::problem::Problem;
use super::route::Route;
use super::screen::{At, Screen};
use crate::browser::dom;
use crate::ui::i18n::{fill, tr};
use crate::ui::markup::wallet::{Consent as Markup, ConsentElement, ConsentLicence};
use crate::ui::scope::Scope;
use crate::ui::{format, words};

/// An element that may be shown, and its line.
struct Line {
    element: AskedElement,
    markup: ConsentElement,
}

/// The choice of what to show.
pub(super) fn screen(app: &Rc<App>, question: Box<Question>) -> Result<Screen, Problem> {
    let page = Markup::new()?;
    let screen = Screen::new(At::Consent, &page.root);
    let notices = Notices::new(&page.problem, &screen.scope);
    app.link(&screen.scope, &page.back, || Route::Home);
    let question: Rc<Question> = Rc::from(question);
    let lines = Rc::new(list(&page, &question)?);

    which(app, &screen.scope, &page, &question);
    let (written, asked, shown) = (page.clone(), question.clone(), lines.clone());
    screen.scope.text(move || write(&written, &asked, &shown));
    dom::show(&page.cannot, !question.answerable);
    page.answer.set_disabled(!question.answerable);
    page.all.set_disabled(!question.answerable);
    lines.iter().for_each(|line| line.markup.tick.set_disabled(!question.answerable));
    // A question for more than its purpose needs: one touch ticks what the purpose needs.
    let all = lines.clone();
    screen.scope.click(&page.all, move || {
        for line in all.iter().filter(|line| !line.element.beyond_purpose) {
            line.markup.tick.set_checked(true);
        }
    });
    app.link(&screen.scope, &page.refuse, || Route::Home);

    let there = app.clone();
    screen.scope.act(&page.answer, move || {
        let (app, notices, question) = (there.clone(), notices.clone(), question.clone());
        let chosen: Vec<ElementName> = lines
            .iter()
            .filter(|line| line.markup.tick.checked())
            .map(|line| line.element.name.clone())
            .collect();
        async move {
            notices.clear();
            match question.answer(&chosen).await {
                Ok(answer) => app.go(Route::Answer(answer)),
                Err(problem) => notices.say(problem),
            }
        }
    });
    Ok(screen)
}

/// The choice of which licence answers, where there are several; the other ones are told apart by what they can answer.
fn which(app: &Rc<App>, scope: &Scope, page: &Markup, question: &Rc<Question>) {
    dom::show(&page.which, question.licences.len() > 1);
    for (wallet, can) in &question.licences {
        let Ok(line) = ConsentLicence::new() else {
            continue;
        };
        line.choice.set_checked(Rc::ptr_eq(wallet, &question.wallet));
        line.choice.set_disabled(!can);
        dom::show(&line.cannot, !can);
        dom::set(&line.name, &wallet.name().unwrap_or_default());
        let about = wallet
            .view
            .fields
            .classes
            .as_ref()
            .map(|held| licence::format_classes(held.known.iter().map(|held| held.class)));
        dom::set(&line.about, &about.unwrap_or_default());
        let _ = page.licences.append_child(&line.root);
        let (there, question, wallet) = (app.clone(), question.clone(), wallet.clone());
        scope.on(&line.choice, "change", move |_| {
            let turned = question.turned_to(&wallet);
            there.follow(async move { Ok(Route::Consent(Box::new(turned?))) });
        });
    }
}

/// A line for each element that the licence has.
fn list(page: &Markup, question: &Question) -> Result<Vec<Line>, Problem> {
    let held = question.elements.iter().filter(|element| element.held);
    held.map(|element| {
        let markup = ConsentElement::new()?;
        let _ = markup.root.set_attribute("data-element", &element.name.identifier);
        dom::show(&markup.retain, element.intent_to_retain);
        dom::show(&markup.beyond, element.beyond_purpose);
        let _ = page.elements.append_child(&markup.root);
        Ok(Line { element: element.clone(), markup })
    })
    .collect()
}

fn write(page: &Markup, question: &Question, lines: &[Line]) {
    let (kind, sign, title, about) = match question.request.requester() {
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
    let _ = page.requester.set_attribute("class", &format!("notice {kind}"));
    dom::set(&page.sign, sign);
    dom::set(&page.title, &title);
    dom::set(&page.about, &about);
    dom::set(&page.why, &[vec![why(question)], not_answered(question)].concat().join(" "));
    for line in lines {
        dom::set(&line.markup.label, &label(&line.element));
        let value = question.value(&line.element.name.identifier);
        dom::set(&line.markup.value, &value.unwrap_or_default());
    }
    let beyond = lines.iter().any(|line| line.element.beyond_purpose);
    dom::set(&page.all, &tr(if beyond { "consent.needed" } else { "consent.all" }));
    let missing: Vec<String> = question.elements.iter().filter(|element| !element.held).map(label).collect();
    dom::set(&page.missing, &fill("consent.missing", &[("names", &format::list(&missing))]));
    dom::show(&page.missing, !missing.is_empty());
}

/// A sentence for each credential of another format that is asked for or accepted.
fn not_answered(question: &Question) -> Vec<String> {
    let said = |other: &OtherFormat| {
        let (what, format) = (words::isolate(other.what.as_str()), words::isolate(other.format.as_str()));
        fill(OtherFormat::KEY, &[("what", &what), ("format", &format)])
    };
    question.request.not_answered().map(said).collect()
}

fn why(question: &Question) -> String {
    let Some(purpose) = question.request.purpose() else {
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

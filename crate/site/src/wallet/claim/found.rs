//! The licence that was found, or why it cannot be claimed now.

use std::rc::Rc;

use authority::error::ClaimCode;

use super::people;
use crate::browser::dom;
use crate::storage::{Draft, Slot};
use crate::ui::i18n::{Language, fill, language, tr};
use crate::ui::markup::wallet::{Fact, Found};
use crate::ui::{format, words};
use crate::wallet::app::App;
use crate::wallet::issuer::{Issuer, OnRecord};
use crate::wallet::problem::Problem;
use crate::wallet::route::{Claim, Route};
use crate::wallet::screen::{At, Screen};
use crate::wallet::{application, stack};

/// What the authority has of the licence of who is typed; the fields, if it has none.
pub(super) async fn screen(app: &Rc<App>, issuer: impl Issuer) -> Result<Screen, Problem> {
    let draft = app.store.draft().await?.unwrap_or_default();
    let found = draft.reference.as_deref().and_then(|reference| issuer.on_record(reference));
    let Some(found) = found else {
        return people::screen(app, issuer, None).await;
    };
    let page = Found::new()?;
    let screen = Screen::new(At::Found, &page.root);
    let scope = &screen.scope;
    let (reference, refused) = (found.person.reference, found.refused.clone());
    let held = held(app, reference);
    dom::show(&page.next, refused.is_none() || held.is_some());
    dom::show(&page.refused, refused.is_some() && held.is_none());
    dom::show(&page.leaves, refused.is_none() && held.is_none());
    if let Some(refused) = refused.as_ref().filter(|_| held.is_none()) {
        let _ = page.root.set_attribute("data-problem", refused.code());
    }
    let written = page.clone();
    scope.text(move || {
        write(&written, &found);
        if held.is_some() {
            dom::set(&written.title, &tr("found.title.held"));
        }
        dom::set(&written.next, &tr(if held.is_some() { "found.held" } else { "common.next-step" }));
    });

    for control in [&page.back, &page.other] {
        let (there, draft) = (app.clone(), draft.clone());
        scope.click(control, move || {
            let (app, draft) = (there.clone(), Draft { reference: None, ..draft.clone() });
            there.follow(async move {
                app.store.put_draft(&draft).await?;
                Ok(Route::Claim(Claim::People(None)))
            });
        });
    }
    let there = app.clone();
    scope.click(&page.next, move || {
        let (app, issuer) = (there.clone(), issuer.clone());
        there.follow(async move {
            if let Some(slot) = held {
                application::forget(&app).await?;
                return stack::turn_to(&app, slot).await;
            }
            match people::begin(&app, &issuer, reference).await {
                Ok(()) => Ok(Route::Claim(Claim::Resume(None))),
                // What was possible when the screen was drawn is not any more.
                Err(Problem::Coded(..)) => Ok(Route::Claim(Claim::Found)),
                Err(problem) => Err(problem),
            }
        });
    });
    Ok(screen)
}

/// The place at which the wallet has this person's licence already.
fn held(app: &App, reference: &str) -> Option<Slot> {
    let records = app.wallets().into_iter().filter_map(|wallet| {
        let record = application::record_of(&wallet.stored).ok()?;
        Some((wallet.stored.slot, record))
    });
    records.into_iter().find(|(_, record)| record.reference() == reference).map(|(slot, _)| slot)
}

fn write(page: &Found, found: &OnRecord) {
    let OnRecord { person, refused, .. } = found;
    dom::set(&page.title, &tr(if refused.is_some() { "found.title.not-now" } else { "found.title" }));
    let chinese = language() == Language::Chinese;
    let office = if chinese { &person.office } else { &found.office_latin };
    if let Some(refused) = refused {
        dom::set(&page.refused_title, &refused.title());
        dom::set(&page.refused_text, &refused.next());
        let not_open = refused.code() == ClaimCode::NotRolledOut.info().code;
        let contact = match not_open {
            true => tr("found.where-shown"),
            false => fill("home.contact", &[("office", &words::isolate(office))]),
        };
        dom::set(&page.contact, &contact);
    }
    page.facts.set_text_content(None);
    let lines = [
        ("details.name", person.name.clone()),
        ("details.pinyin", person.name_latin.clone()),
        ("element.document_number", format::masked(&found.number)),
        ("element.classes", person.classes.clone()),
        ("element.first_issue_date", format::day(found.first_issue)),
        ("element.expiry_date", found.until.map_or_else(|| tr("common.long-term"), format::day)),
        ("element.status_letters", words::letters(&found.letters)),
        ("element.issuing_authority_zh", office.clone()),
        ("home.valid-where", tr("home.valid-where.value")),
    ];
    for (key, value) in lines {
        let Ok(line) = Fact::new() else {
            continue;
        };
        dom::set(&line.label, &tr(key));
        dom::set(&line.value, &value);
        let _ = page.facts.append_child(&line.root);
    }
}

//! How an application reaches a desk, on the screen that waits: the desk in this browser, or one on another machine.

use std::rc::Rc;

use authority::application::Application;
use authority::post::VerifiedDesk;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlElement;

use super::desk_answer::{can_be_sent, of_mailbox};
use super::desk_read::verify_offer;
use super::desk_sent::Sent;
use crate::browser::{dom, trial};
use crate::post::mailbox::Mailbox;
use crate::ui::format;
use crate::ui::i18n::fill;
use crate::ui::markup::wallet::Carriers;
use crate::ui::scope::Scope;
use crate::ui::words;
use crate::wallet::app::App;
use crate::wallet::application::Pending;
use crate::wallet::issuer::Issuer;
use crate::wallet::notices::Notices;
use crate::wallet::problem::Problem;
use crate::wallet::route::{Claim, Desk, DeskMessage, Route};

/// Puts the ways to a desk into a place of the screen. Returns whether the application was sealed for one; nothing where there is
/// no way.
pub(super) async fn put(
    app: &Rc<App>,
    scope: &Scope,
    place: &HtmlElement,
    notices: &Notices,
    issuer: impl Issuer,
    waiting: &Pending,
) -> Result<Option<bool>, Problem> {
    let sent = Sent::read(app).await?;
    // Who was sent to the counter is answered there: nothing more is sent.
    let at_counter = sent.is_some() && matches!(waiting.application, Application::AtCounter(_));
    if trial::is_on() || !(at_counter || can_be_sent(waiting)) {
        return Ok(None);
    }
    let page = Carriers::new()?;
    let sealed = sent.is_some();
    for part in [&page.title, &page.waits, &page.carry] {
        dom::show(part, !at_counter);
    }
    dom::show(&page.another, !at_counter);
    dom::show(&page.at_counter, at_counter);
    dom::show(&page.choose, sent.is_none());
    dom::show(&page.sent, sent.is_some());
    dom::put(place, &page.root);
    dom::show(place, true);
    app.link(scope, &page.elsewhere, || Route::Claim(Claim::Desk(Desk::Read(DeskMessage::Offer, None))));
    app.link(scope, &page.another, || Route::Claim(Claim::Desk(Desk::Read(DeskMessage::Offer, None))));
    app.link(scope, &page.show_codes, || Route::Claim(Claim::Desk(Desk::Show)));
    app.link(scope, &page.read_answer, || Route::Claim(Claim::Desk(Desk::Read(DeskMessage::Answer, None))));
    if let Some(sent) = sent {
        let (written, at) = (page.clone(), format::of_ms(sent.made_at));
        let (desk, saved, said) = (sent.desk.clone(), sent.clone(), notices.clone());
        let number = sent.spoken();
        scope.text(move || {
            if at_counter {
                dom::set(&written.number, &fill("post.counter.number", &[("number", &number)]));
                dom::set(
                    &written.counter_about,
                    &fill("post.counter.about", &[("desk", &words::isolate(&desk))]),
                );
            }
            dom::set(&written.to, &fill("post.sent.to", &[("desk", &words::isolate(&desk))]));
            dom::set(&written.when, &fill("post.sent.when", &[("time", &format::moment(at))]));
        });
        scope.click(&page.save, move || {
            if !saved.save() {
                said.say(Problem::Unexpected);
            }
        });
    }
    here(app, scope, &page, notices, issuer, waiting);
    Ok(Some(sealed))
}

/// The desk in this browser: its offer lies in the post box, and so does its answer.
fn here(
    app: &Rc<App>,
    scope: &Scope,
    page: &Carriers,
    notices: &Notices,
    issuer: impl Issuer,
    waiting: &Pending,
) {
    let offered: Rc<std::cell::RefCell<Option<VerifiedDesk>>> = Rc::default();
    let (written, of) = (page.clone(), offered.clone());
    let write = Rc::new(move || {
        let name = of.borrow().as_ref().map(|desk| desk.name().to_owned());
        dom::show(&written.hand_in, name.is_some());
        dom::set(
            &written.hand_in,
            &name.map(|name| fill("post.hand-in", &[("desk", &words::isolate(&name))])).unwrap_or_default(),
        );
    });
    let writes = write.clone();
    scope.text(move || writes());
    let look = {
        let (app, offered, write) = (app.clone(), offered.clone(), write.clone());
        Rc::new(move || {
            let (app, offered, write) = (app.clone(), offered.clone(), write.clone());
            spawn_local(async move {
                if let Some(route) = of_mailbox(&app).await {
                    return app.go(route.unwrap_or_else(|why| Route::Claim(Claim::Resume(Some(why)))));
                }
                let Ok(mailbox) = Mailbox::open().await else { return };
                let offer = mailbox.offer().await.ok().flatten();
                offered.replace(offer.and_then(|offer| verify_offer(&offer).ok()));
                write();
            });
        })
    };
    let again = look.clone();
    scope.keep(Mailbox::listen(move || again()));
    look();
    let (there, said, waiting) = (app.clone(), notices.clone(), waiting.clone());
    scope.act(&page.hand_in, move || {
        let (app, notices, issuer, waiting) = (there.clone(), said.clone(), issuer.clone(), waiting.clone());
        let desk = offered.borrow().clone();
        async move {
            let Some(desk) = desk else { return };
            let posted = async {
                let sent = Sent::prepare(&app, &issuer, &waiting, &desk).await?;
                sent.post().await
            };
            match posted.await {
                Ok(()) => app.go(Route::Claim(Claim::Resume(None))),
                Err(problem) => notices.say(problem),
            }
        }
    });
}

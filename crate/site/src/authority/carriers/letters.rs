//! The post box of this browser: applications are taken in as they come, and answers leave by themselves.

use std::cell::Cell;
use std::rc::Rc;

use authority::desk::{ApplicationId, Closed, QueueFilter, Stage};
use wasm_bindgen_futures::spawn_local;

use super::{answers, offer, receive};
use crate::authority::app::App;
use crate::authority::problem::Problem;
use crate::authority::typing::is_unfinished;
use crate::post::mailbox::Mailbox;
use crate::storage::StoreError;
use crate::ui::i18n::tr;
use crate::ui::scope::Scope;

/// How often answers that are due are looked for, in milliseconds.
const TICK_MS: i32 = 2_000;
/// Seconds for which an answer is put into the box again when the page starts: its last start may have ended in between.
const AGAIN_S: i64 = 3_600;

/// Attends to the post box as long as the page lives.
pub(in crate::authority) async fn attend(app: &Rc<App>, scope: &Scope) -> Result<(), Problem> {
    let mailbox = Mailbox::open().await?;
    mailbox.put_offer(&offer::offer(app).await?).await?;
    let postbox = Rc::new(Postbox { app: app.clone(), mailbox, working: Cell::default() });
    postbox.again().await?;
    let heard = Rc::downgrade(&postbox);
    if let Some(listening) = Mailbox::listen(move || {
        if let Some(postbox) = heard.upgrade() {
            postbox.work();
        }
    }) {
        scope.keep(listening);
    }
    let ticking = postbox.clone();
    scope.every(TICK_MS, move || ticking.work());
    postbox.work();
    Ok(())
}

/// Puts a stored answer into the post box, for a wallet in this browser.
pub(in crate::authority) async fn deliver(app: &App, id: ApplicationId) -> Result<(), Problem> {
    let mailbox = Mailbox::open().await?;
    put(app, &mailbox, id).await
}

async fn put(app: &App, mailbox: &Mailbox, id: ApplicationId) -> Result<(), Problem> {
    if let Some(payload) = app.store.answer(id).await? {
        mailbox.put_answer(&id.to_hex(), &payload).await?;
    }
    Ok(())
}

/// The post box with what attends to it.
struct Postbox {
    app: Rc<App>,
    mailbox: Mailbox,
    working: Cell<bool>,
}

impl Postbox {
    /// Takes in what came, and hands over what is due; one thing after the other.
    fn work(self: &Rc<Self>) {
        if self.app.is_busy() || self.working.replace(true) {
            return;
        }
        let postbox = self.clone();
        spawn_local(async move {
            if let Err(problem) = postbox.work_once().await {
                postbox.app.tell_problem(&problem);
            }
            postbox.working.set(false);
        });
    }

    async fn work_once(&self) -> Result<(), Problem> {
        let mut changed = false;
        for (name, payload) in self.mailbox.applications().await? {
            match receive::receive(&self.app, &payload).await {
                Ok(taken) => {
                    changed = true;
                    if taken.effects.answer.is_some() {
                        self.hand_over(taken.id).await?;
                    }
                }
                // It stays in the box until it can be stored.
                Err(Problem::Store(StoreError::Changed) | Problem::Own("busy")) => return Ok(()),
                Err(Problem::Store(error)) => return Err(error.into()),
                // It was received by another tab, or before this one was killed.
                Err(Problem::Refused("application-seen" | "application-replayed", _)) => {}
                Err(problem) => self.app.tell_problem(&problem),
            }
            self.mailbox.remove_application(&name).await?;
        }
        for id in self.due() {
            match answers::answer(&self.app, id).await {
                Ok(()) => self.hand_over(id).await?,
                Err(Problem::Store(StoreError::Changed) | Problem::Own("busy")) => return Ok(()),
                Err(problem) => return Err(problem),
            }
            changed = true;
        }
        if changed {
            self.app.count();
            if !is_unfinished() {
                self.app.show_again();
            }
            self.app.say(&tr("desk.post.changed"));
        }
        Ok(())
    }

    fn due(&self) -> Vec<ApplicationId> {
        let now = self.app.clock.now();
        let desk = self.app.desk();
        let filter = QueueFilter { stage: Some(Stage::ToAnswer), ..QueueFilter::default() };
        let due = desk.queue(&filter, now).into_iter().filter(|queued| answers::is_due(queued, now));
        due.map(|queued| queued.id).collect()
    }

    /// Puts a stored answer into the box.
    async fn hand_over(&self, id: ApplicationId) -> Result<(), Problem> {
        put(&self.app, &self.mailbox, id).await
    }

    /// Puts answers of the last hour into the box again.
    async fn again(&self) -> Result<(), Problem> {
        let now = self.app.clock.now();
        let recent: Vec<ApplicationId> = {
            let desk = self.app.desk();
            let all = desk.queue(&QueueFilter { stage: Some(Stage::Done), ..QueueFilter::default() }, now);
            let recent = all.into_iter().filter(|queued| match queued.closed {
                Some(Closed::Answered { at }) => now.seconds_since(at) < AGAIN_S,
                _ => false,
            });
            recent.map(|queued| queued.id).collect()
        };
        for id in recent {
            self.hand_over(id).await?;
        }
        Ok(())
    }
}

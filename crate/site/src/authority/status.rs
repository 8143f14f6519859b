//! The status list: what changed since it was published, and publishing it as a file.

use std::rc::Rc;

use authority::desk::LicenceState;
use authority::journal::{Step, StepKind};
use authority::photo::Sha256Digest;

use super::app::App;
use super::problem::Problem;
use super::settings::Published;
use super::view::View;
use super::words::who;
use super::{file, steps};
use crate::browser::dom;
use crate::ui::format;
use crate::ui::i18n::{fill, tr};
use crate::ui::markup::Missing;
use crate::ui::markup::authority::Status;

/// The name of the file; the verifier takes it under *Status lists*.
const FILE: &str = "status-list.cwt";
/// Most steps that are listed.
const LISTED: usize = 100;

/// The view.
pub(super) fn view(app: &Rc<App>) -> Result<View, Missing> {
    let page = Status::new()?;
    let view = View::new(&page.root);
    let published = app.settings().published;
    let since = published.as_ref().map_or(0, |published| published.lines);
    let changed = changes(app, since);
    let counts = counts(app);
    let (written, count) = (page.clone(), changed.len());
    view.scope.text(move || {
        let text = match &published {
            None => tr("desk.status.never"),
            Some(of) => fill("desk.status.published", &[("at", &format::moment(of.at))]),
        };
        dom::set(&written.published, &text);
        dom::set(&written.hash, &published.as_ref().map(|of| of.sha256.to_hex()).unwrap_or_default());
        dom::show(&written.hash_line, published.is_some());
        let (serving, suspended, ended) = counts;
        let args = [
            ("serving", &*serving.to_string()),
            ("suspended", &*suspended.to_string()),
            ("ended", &*ended.to_string()),
        ];
        dom::set(&written.counts, &fill("desk.status.counts", &args));
        let changes = match count {
            0 => tr("desk.status.nothing-new"),
            count => fill("desk.status.changes", &[("count", &count.to_string())]),
        };
        dom::set(&written.changes, &changes);
    });
    for step in changed.into_iter().rev().take(LISTED) {
        let name = step.details.driver.as_deref().map(|reference| who(app, reference).0);
        let line = steps::line(&view.scope, name, step)?;
        let _ = page.rows.append_child(&line);
    }
    let there = app.clone();
    view.scope.act(&page.publish, move || {
        let app = there.clone();
        async move {
            match publish(&app).await {
                Ok(()) => {
                    app.show_again();
                    app.tell(&tr("desk.status.done"));
                }
                Err(problem) => app.tell_problem(&problem),
            }
        }
    });
    Ok(view)
}

/// The steps that changed the list since it had this many lines in the journal.
fn changes(app: &App, since: u64) -> Vec<Step> {
    let desk = app.desk();
    let changes = |kind| {
        matches!(
            kind,
            StepKind::Issued
                | StepKind::Changed
                | StepKind::Suspended
                | StepKind::Reinstated
                | StepKind::Counter
        )
    };
    desk.steps().flatten().filter(|step| step.sequence >= since && changes(step.step)).collect()
}

/// How many licences of this desk are valid, suspended and invalid.
fn counts(app: &App) -> (usize, usize, usize) {
    let drivers = app.desk().search("", app.clock.now());
    let of = |state| drivers.iter().filter(|driver| driver.state == state).count();
    (of(LicenceState::Serving), of(LicenceState::Suspended), of(LicenceState::Ended))
}

/// Signs the list, hands it out, and remembers that.
async fn publish(app: &App) -> Result<(), Problem> {
    let now = app.clock.now();
    let (token, lines) = {
        let desk = app.desk();
        (desk.status_list(now)?, desk.journal().len() as u64)
    };
    let published = Published { at: now, lines, sha256: Sha256Digest::of(&token) };
    app.set_settings(|settings| settings.published = Some(published.clone())).await?;
    file::save(FILE, "application/statuslist+cwt", &token);
    Ok(())
}

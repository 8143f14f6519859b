//! The journal: every step, filtered; exported; and whether it fits together and with receipts.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use authority::journal::{JournalFinding, Receipt, Step, StepKind, verify};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::File;

use super::app::App;
use super::view::View;
use super::words::{choices, who};
use super::{file, steps};
use crate::browser::{dom, fetch};
use crate::ui::i18n::{fill, tr};
use crate::ui::markup::Missing;
use crate::ui::markup::authority::{Journal, Line};
use crate::ui::scope::Scope;

/// How many steps are shown at once.
const PAGE: usize = 50;
const ALL: &str = "all";
/// Most receipts that are read at once.
const RECEIPTS: u32 = 100;

/// The view.
pub(super) fn view(app: &Rc<App>) -> Result<View, Missing> {
    let page = Journal::new()?;
    let view = View::new(&page.root);
    let kinds = StepKind::ALL.iter().map(|kind| kind.code().to_owned());
    choices(
        &view.scope,
        &page.kind,
        std::iter::once(ALL.to_owned()).chain(kinds).collect(),
        |kind| match kind {
            ALL => tr("desk.filter.all"),
            kind => tr(&format!("desk.step.{kind}")),
        },
    );
    let shown = Rc::new(Cell::new(PAGE));
    let lines: Rc<RefCell<Scope>> = Rc::default();
    let draw = {
        let (app, page, shown, lines) = (app.clone(), page.clone(), shown.clone(), lines.clone());
        move || {
            lines.replace(list(&app, &page, shown.get()));
        }
    };
    let again = draw.clone();
    view.scope.text(again);
    let (filtered, reset) = (draw.clone(), shown.clone());
    view.scope.on(&page.filters, "input", move |_| {
        reset.set(PAGE);
        filtered();
    });
    view.scope.click(&page.more, move || {
        shown.set(shown.get() + PAGE);
        draw();
    });
    exports(app, &view, &page);
    verification(app, &view, &page);
    Ok(view)
}

/// Whether a step has a text: in the driver's name or number, in the clerk, or in what it says.
fn has(app: &App, step: &Step, text: &str) -> bool {
    let text = text.trim().to_lowercase();
    let name = step.details.driver.as_deref().map(|reference| who(app, reference).0);
    let number = step.details.number_last4.clone();
    let parts = [Some(step.clerk.clone()), name, number, step.details.note.clone()];
    text.is_empty() || parts.into_iter().flatten().any(|part| part.to_lowercase().contains(&text))
}

/// Draws the newest steps that the filter lets through.
fn list(app: &App, page: &Journal, most: usize) -> Scope {
    let (kind, text) = (page.kind.value(), page.text.value());
    let found: Vec<Step> = {
        let desk = app.desk();
        let of_kind = |step: &Step| matches!(&*kind, "" | ALL) || step.step.code() == kind;
        desk.steps().rev().flatten().filter(of_kind).collect()
    };
    let found: Vec<Step> = found.into_iter().filter(|step| has(app, step, &text)).collect();
    let scope = Scope::new();
    page.rows.set_text_content(None);
    let (count, left) = (found.len(), found.len().saturating_sub(most));
    for step in found.into_iter().take(most) {
        let name = step.details.driver.as_deref().map(|reference| who(app, reference).0);
        if let Ok(line) = steps::line(&scope, name, step) {
            let _ = page.rows.append_child(&line);
        }
    }
    dom::set(
        &page.count,
        &match count {
            0 => tr("desk.journal.none"),
            count => fill("desk.journal.count", &[("count", &count.to_string())]),
        },
    );
    dom::show(&page.more, left > 0);
    dom::set(&page.more, &fill("desk.journal.more", &[("count", &left.to_string())]));
    let checkpoint = app.desk().checkpoint();
    dom::set(&page.size, &fill("desk.journal.size", &[("size", &checkpoint.size.to_string())]));
    dom::set(&page.root_hash, &base16ct::lower::encode_string(&checkpoint.root.0));
    scope
}

fn exports(app: &Rc<App>, view: &View, page: &Journal) {
    let there = app.clone();
    view.scope.click(&page.export, move || {
        file::save("journal.ndjson", "application/x-ndjson", there.desk().export().as_bytes());
    });
    let there = app.clone();
    view.scope.click(&page.checkpoint, move || {
        file::save("checkpoint.txt", "text/plain", there.desk().checkpoint().text().as_bytes());
    });
}

/// What a verification of the journal found.
enum Report {
    /// The file of this name is no receipt.
    NoReceipt(String),
    /// The journal cannot be read: this code says why.
    NotVerified(&'static str),
    /// All of this many steps are whole, against this many receipts.
    Whole(usize, usize),
    /// What is wrong.
    Broken(Vec<JournalFinding>),
}

/// Checks the journal by itself, or against receipts that are handed in. What was found follows the language.
fn verification(app: &Rc<App>, view: &View, page: &Journal) {
    let found: Rc<RefCell<Option<Report>>> = Rc::default();
    let said = {
        let (page, found) = (page.clone(), found.clone());
        move || {
            if let Some(report) = &*found.borrow() {
                say(&page, report);
            }
        }
    };
    view.scope.text(said.clone());
    let tell = move |report| {
        found.replace(Some(report));
        said();
    };
    let (there, told) = (app.clone(), tell.clone());
    view.scope.click(&page.verify, move || told(report(&there, &[])));
    let (there, page) = (app.clone(), page.clone());
    view.scope.on(&page.receipts.clone(), "change", move |_| {
        let (app, page, tell) = (there.clone(), page.clone(), tell.clone());
        spawn_local(async move {
            let mut receipts = Vec::new();
            let files = page.receipts.files();
            for at in 0..files.as_ref().map_or(0, |files| files.length().min(RECEIPTS)) {
                let Some(file) = files.as_ref().and_then(|files| files.get(at)) else {
                    continue;
                };
                let bytes = fetch::blob(file.unchecked_ref::<File>()).await.unwrap_or_default();
                match Receipt::from_json(&bytes) {
                    Ok(receipt) => receipts.push(receipt),
                    Err(_) => return tell(Report::NoReceipt(file.name())),
                }
            }
            page.receipts.set_value("");
            tell(report(&app, &receipts));
        });
    });
}

/// Verifies the journal, against these receipts.
fn report(app: &App, receipts: &[Receipt]) -> Report {
    let desk = app.desk();
    match verify(desk.journal().iter().map(String::as_str), receipts) {
        Err(error) => Report::NotVerified(error.code()),
        Ok(findings) if findings.is_empty() => Report::Whole(desk.journal().len(), receipts.len()),
        Ok(findings) => Report::Broken(findings),
    }
}

/// Says what was found.
fn say(page: &Journal, report: &Report) {
    let finding = |finding: &JournalFinding| {
        let code = finding.code.info().code;
        match finding.line {
            Some(line) => fill("desk.journal.finding", &[("line", &line.to_string()), ("code", code)]),
            None => fill("desk.journal.finding.all", &[("code", code)]),
        }
    };
    let lines = match report {
        Report::NoReceipt(name) => vec![fill("desk.journal.no-receipt", &[("name", name)])],
        Report::NotVerified(code) => vec![fill("desk.journal.not-verified", &[("code", code)])],
        Report::Whole(count, 0) => vec![fill("desk.journal.whole", &[("count", &count.to_string())])],
        Report::Whole(count, receipts) => {
            let args = [("count", &*count.to_string()), ("receipts", &*receipts.to_string())];
            vec![fill("desk.journal.whole.receipts", &args)]
        }
        Report::Broken(findings) => {
            let broken = fill("desk.journal.broken", &[("count", &findings.len().to_string())]);
            std::iter::once(broken).chain(findings.iter().take(PAGE).map(finding)).collect()
        }
    };
    let (outcome, sign) =
        if matches!(report, Report::Whole(..)) { ("pass", "✓ ") } else { ("fail", "✕ ") };
    let _ = page.verified.set_attribute("data-outcome", outcome);
    page.verified.set_text_content(None);
    for (at, text) in lines.into_iter().enumerate() {
        if let Ok(line) = Line::new() {
            dom::set(&line.root, &if at == 0 { format!("{sign}{text}") } else { text });
            let _ = page.verified.append_child(&line.root);
        }
    }
}

//! The checks of a photo before it is sent: what was measured, what was not, and what a reviewer will probably say.

use std::cell::RefCell;
use std::rc::Rc;

use authority::photo::RejectReason;
use photo::{Check, Finding, NOT_CHECKED, Outcome, PreflightCode, Report};
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlElement;

use super::photo as photo_screen;
use crate::browser::dom;
use crate::photograph::hint::fill_both;
use crate::ui::i18n::{fill, tr};
use crate::ui::markup::Missing;
use crate::ui::markup::wallet::{CheckRow, Checks as Markup};
use crate::ui::scope::Scope;
use crate::ui::{format, preflight};

/// The list, whose rows are written again with each measurement.
#[derive(Clone)]
pub(super) struct Checks {
    page: Markup,
    rows: Vec<(Check, CheckRow)>,
    unchecked: Vec<(&'static str, CheckRow)>,
}

impl Checks {
    /// An empty list.
    pub(super) fn new() -> Result<Self, Missing> {
        let page = Markup::new()?;
        let rows = Check::ALL.map(|check| {
            let row = CheckRow::new()?;
            let _ = page.list.append_child(&row.root);
            Ok::<_, Missing>((check, row))
        });
        let unchecked = NOT_CHECKED.map(|name| {
            let row = CheckRow::new()?;
            dom::set(&row.sign, "–");
            let _ = page.unchecked.append_child(&row.root);
            Ok((name, row))
        });
        Ok(Self {
            rows: rows.into_iter().collect::<Result<_, _>>()?,
            unchecked: unchecked.into_iter().collect::<Result<_, _>>()?,
            page,
        })
    }

    /// Measures a JPEG, and puts the list into a place once that is done.
    pub(super) fn of_photo(scope: &Scope, place: &HtmlElement, jpeg: Vec<u8>) -> Result<(), Missing> {
        let checks = Self::new()?;
        let report: Rc<RefCell<Option<Report>>> = Rc::default();
        let (written, read) = (checks.clone(), report.clone());
        scope.text(move || {
            if let Some(report) = &*read.borrow() {
                written.write(report);
            }
        });
        let place = place.clone();
        spawn_local(async move {
            if let Some(measured) = preflight::of_jpeg(&jpeg).await {
                checks.write(&measured);
                dom::put(&place, checks.root());
                report.replace(Some(measured));
            }
        });
        Ok(())
    }

    /// Its place in the page.
    pub(super) fn root(&self) -> &HtmlElement {
        &self.page.root
    }

    /// Writes what a report says, in the language that is shown.
    pub(super) fn write(&self, report: &Report) {
        let count = |outcome: Outcome| {
            let all =
                report.findings().iter().filter(|finding| finding.outcome == outcome && is_shown(finding));
            all.count().to_string()
        };
        let counts = [
            ("passed", count(Outcome::Pass)),
            ("failed", count(Outcome::Fail)),
            ("unclear", count(Outcome::Unclear)),
        ];
        let counts = counts.each_ref().map(|(name, count)| (*name, count.as_str()));
        dom::set(&self.page.count, &fill("photo.checks.count", &counts));
        for (check, row) in &self.rows {
            let finding = report.finding(*check).filter(|finding| is_shown(finding));
            dom::show(&row.root, finding.is_some());
            let Some(finding) = finding else {
                continue;
            };
            let outcome = preflight::outcome(finding.outcome);
            let _ = row.root.set_attribute("data-outcome", outcome);
            let _ = row.root.set_attribute("data-check", check.name());
            dom::set(&row.sign, preflight::sign(finding.outcome));
            dom::set(&row.name, &tr(&format!("photo.check.{}", check.name())));
            dom::set(&row.outcome, &tr(&format!("photo.outcome.{outcome}")));
            dom::set(&row.measured, &preflight::measured(finding));
            let (what, next) = preflight::said(finding).unwrap_or_default();
            dom::set(&row.next, &if what.is_empty() { what } else { fill_both(&what, &next) });
        }
        for (name, row) in &self.unchecked {
            dom::set(&row.name, &tr(&format!("photo.unchecked.{name}")));
        }
        let reasons = likely(report);
        dom::show(&self.page.warning, !reasons.is_empty());
        let reasons: Vec<String> = reasons.into_iter().map(photo_screen::reason).collect();
        dom::set(&self.page.says, &fill("photo.warning.says", &[("reasons", &format::list(&reasons))]));
    }
}

/// The weight is known only of a JPEG.
fn is_shown(finding: &Finding) -> bool {
    finding.code != Some(PreflightCode::NotMeasured)
}

/// The reasons for which a reviewer will probably reject a photo with these faults.
pub(super) fn likely(report: &Report) -> Vec<RejectReason> {
    let mut reasons: Vec<RejectReason> = Vec::new();
    for finding in report.faults() {
        let reason = match finding.check {
            Check::Ground => RejectReason::Ground,
            Check::Person
            | Check::Upright
            | Check::HeadSize
            | Check::HeadTop
            | Check::HeadCentre
            | Check::Ratio => RejectReason::Framing,
            Check::Light | Check::Sharpness | Check::Contrast | Check::Size | Check::Weight => {
                RejectReason::Face
            }
        };
        if !reasons.contains(&reason) {
            reasons.push(reason);
        }
    }
    reasons
}

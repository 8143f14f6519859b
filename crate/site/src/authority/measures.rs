//! What is measured of a photo, each beside what is wanted.

use photo::{Finding, Outcome, PreflightCode, Report};
use web_sys::HtmlElement;

use crate::browser::dom;
use crate::ui::i18n::{fill, tr};
use crate::ui::markup::authority::Measure;
use crate::ui::preflight;

/// Writes the measurements of a photo: what is wrong or unclear first.
pub(super) fn draw(place: &HtmlElement, report: &Report) {
    place.set_text_content(None);
    // The weight is known of a JPEG only, and not while a picture is cropped.
    let is_shown = |finding: &&Finding| finding.code != Some(PreflightCode::NotMeasured);
    let shown = || report.findings().iter().filter(is_shown);
    let of = |outcome: Outcome| shown().filter(move |finding| finding.outcome == outcome);
    for finding in of(Outcome::Fail).chain(of(Outcome::Unclear)).chain(of(Outcome::Pass)) {
        let Ok(line) = Measure::new() else {
            return;
        };
        let outcome = preflight::outcome(finding.outcome);
        let _ = line.root.set_attribute("data-outcome", outcome);
        dom::set(&line.name, &tr(&format!("photo.check.{}", finding.check.name())));
        dom::set(&line.sign, preflight::sign(finding.outcome));
        let (said, measured) = (tr(&format!("photo.outcome.{outcome}")), preflight::measured(finding));
        let args = [("outcome", &*said), ("measured", &*measured)];
        dom::set(&line.value, &if measured.is_empty() { said } else { fill("desk.measure", &args) });
        let _ = place.append_child(&line.root);
    }
}

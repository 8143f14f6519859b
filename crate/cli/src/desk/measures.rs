//! What is measured of a photo that waits for its review.

use ::photo::{Finding, Outcome, Picture, Report, measure};
use serde_json::{Value, json};

use crate::picture;
use crate::say::{fill, plain, tr};

/// Measures a JPEG of an application; `None` if it cannot be decoded, or is turned by its metadata.
pub(super) fn of_jpeg(jpeg: &[u8]) -> Option<Report> {
    let file = ::photo::file::read(jpeg).ok()?;
    let decoded = picture::rgba(jpeg).filter(|_| file.orientation == 1)?;
    let picture = Picture::new(&decoded.pixels, decoded.width, decoded.height)?;
    Some(measure(&picture, None, Some(jpeg.len())))
}

/// Returns what is wrong or unclear, a line for each; one line where nothing is, or nothing was measured.
pub(super) fn lines(report: Option<&Report>) -> Vec<String> {
    let Some(report) = report else {
        return vec![format!("[?] {}", tr("cli.desk.not-measured"))];
    };
    let of = |outcome| report.findings().iter().filter(move |finding| finding.outcome == outcome);
    let found: Vec<String> = of(Outcome::Fail).chain(of(Outcome::Unclear)).map(line).collect();
    if found.is_empty() { vec![format!("[+] {}", tr("cli.desk.nothing-wrong"))] } else { found }
}

fn line(finding: &Finding) -> String {
    let sign = if finding.outcome == Outcome::Fail { "[x]" } else { "[?]" };
    let name = tr(&format!("photo.check.{}", finding.check.name())).to_owned();
    let text = finding.code.map(|code| plain(code.code())).unwrap_or_default();
    let key = format!("photo.measured.{}", finding.check.name());
    match finding.shown() {
        Some(value) => format!("{sign} {name}: {text} ({})", fill(&key, &[("value", &value)])),
        None => format!("{sign} {name}: {text}"),
    }
}

/// Returns every check with its outcome.
pub(super) fn json(report: Option<&Report>) -> Value {
    let findings = report.map(|report| report.findings().iter().map(of_finding).collect::<Vec<_>>());
    findings.map_or(Value::Null, Value::from)
}

fn of_finding(finding: &Finding) -> Value {
    json!({
        "check": finding.check.name(),
        "outcome": finding.outcome,
        "code": finding.code.map(|code| code.code()),
        "text": finding.code.map(|code| plain(code.code())),
        "value": finding.value,
    })
}

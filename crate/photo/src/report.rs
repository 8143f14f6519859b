//! Every measurement with its outcome: what is shown to the holder, and later to the reviewer.

use cbor::coded;
use serde::{Deserialize, Serialize};

use crate::ground::Ground;
use crate::head::{Figure, Head};
use crate::picture::Picture;
use crate::sharpness;
use crate::tone::Tone;

coded!(
    /// What is wrong with a photo, or cannot be told.
    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    pub enum PreflightCode {
        Nobody => "preflight-nobody", "photo", "electronic photo";
        Turned => "preflight-turned", "photo", "electronic photo";
        Dark => "preflight-dark", "photo", "electronic photo";
        Dim => "preflight-dim", "photo", "electronic photo";
        BlownOut => "preflight-blown-out", "photo", "electronic photo";
        Glare => "preflight-glare", "photo", "electronic photo";
        GroundColoured => "preflight-ground-coloured", "photo", "electronic photo";
        GroundDark => "preflight-ground-dark", "photo", "electronic photo";
        GroundUneven => "preflight-ground-uneven", "photo", "electronic photo";
        GroundUnclear => "preflight-ground-unclear", "photo", "electronic photo";
        HeadSmall => "preflight-head-small", "photo", "archive photo";
        HeadLarge => "preflight-head-large", "photo", "archive photo";
        HeadSizeUnclear => "preflight-head-size-unclear", "photo", "archive photo";
        HeadCut => "preflight-head-cut", "photo", "archive photo";
        HeadLow => "preflight-head-low", "photo", "archive photo";
        HeadTopUnclear => "preflight-head-top-unclear", "photo", "archive photo";
        HeadLeft => "preflight-head-left", "photo", "archive photo";
        HeadRight => "preflight-head-right", "photo", "archive photo";
        HeadCentreUnclear => "preflight-head-centre-unclear", "photo", "archive photo";
        OutlineUnclear => "preflight-outline-unclear", "photo", "archive photo";
        Blurred => "preflight-blurred", "photo", "electronic photo";
        Soft => "preflight-soft", "photo", "electronic photo";
        Flat => "preflight-flat", "photo", "electronic photo";
        Pale => "preflight-pale", "photo", "electronic photo";
        Narrow => "preflight-narrow", "photo", "electronic photo";
        Ratio => "preflight-ratio", "photo", "electronic photo";
        Light => "preflight-light", "photo", "archive photo";
        Heavy => "preflight-heavy", "photo", "electronic photo";
        NotMeasured => "preflight-not-measured", "photo", "electronic photo";
    }
);

/// What is checked, in the order in which a holder is told of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Check {
    /// Somebody is there.
    Person,
    /// The person is upright.
    Upright,
    /// There is light, and not too much.
    Light,
    /// The ground is white.
    Ground,
    /// The head has the right size.
    HeadSize,
    /// The head has the right space above it.
    HeadTop,
    /// The head is in the middle.
    HeadCentre,
    /// The picture is sharp.
    Sharpness,
    /// Dark and bright are apart.
    Contrast,
    /// There are enough pixels.
    Size,
    /// The ratio of width to height.
    Ratio,
    /// The weight of the file.
    Weight,
}

impl Check {
    /// Every check, in their order.
    pub const ALL: [Self; 12] = [
        Self::Person,
        Self::Upright,
        Self::Light,
        Self::Ground,
        Self::HeadSize,
        Self::HeadTop,
        Self::HeadCentre,
        Self::Sharpness,
        Self::Contrast,
        Self::Size,
        Self::Ratio,
        Self::Weight,
    ];

    /// Returns its name in kebab case; its title for people is `photo.check.<name>`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Upright => "upright",
            Self::Light => "light",
            Self::Ground => "ground",
            Self::HeadSize => "head-size",
            Self::HeadTop => "head-top",
            Self::HeadCentre => "head-centre",
            Self::Sharpness => "sharpness",
            Self::Contrast => "contrast",
            Self::Size => "size",
            Self::Ratio => "ratio",
            Self::Weight => "weight",
        }
    }

    /// Returns the range of values that pass, both ends included.
    pub const fn range(self) -> (i32, i32) {
        match self {
            Self::Person => (6, 95),
            Self::Upright => (0, 100),
            Self::Light => (150, 255),
            Self::Ground => (85, 100),
            Self::HeadSize => (200, 290),
            Self::HeadTop => (4, 44),
            Self::HeadCentre => (-18, 18),
            Self::Sharpness => (45, 100),
            Self::Contrast => (80, 255),
            Self::Size => (520, i32::MAX),
            Self::Ratio => (666, 751),
            Self::Weight => (10 * 1024, 100 * 1024),
        }
    }
}

/// What nobody measures here; the sentence for people is `photo.unchecked.<name>`.
pub const NOT_CHECKED: [&str; 6] = ["you", "face", "head-covered", "glasses", "retouched", "age"];

/// How a check ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// As it should be.
    Pass,
    /// A reviewer will probably reject it.
    Fail,
    /// This measure cannot tell.
    Unclear,
}

/// One check with what was measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The check.
    pub check: Check,
    /// How it ended.
    pub outcome: Outcome,
    /// Why it did not pass.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<PreflightCode>,
    /// The measured value, in the unit of the check, where something was measured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<i32>,
}

impl Finding {
    /// Returns the measured value as texts show it: in percent, in thousandths or in KB; `None` where nothing was measured.
    pub fn shown(&self) -> Option<String> {
        let value = self.value?;
        let of = |whole: i32| (value.abs() * 100 / whole).to_string();
        Some(match self.check {
            Check::Upright => return None,
            Check::Light | Check::Contrast => of(255),
            Check::HeadSize | Check::HeadTop => of(378),
            Check::HeadCentre => of(260),
            Check::Ratio => format!("{}.{:03}", value / 1000, value % 1000),
            Check::Weight => (value / 1024).to_string(),
            Check::Person | Check::Ground | Check::Sharpness | Check::Size => value.to_string(),
        })
    }
}

/// The piece of a source that a photo was cut from, in pixels of the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cut {
    /// Its width.
    pub width: u32,
    /// Its height.
    pub height: u32,
}

/// One finding for each check, in their order.
///
/// As JSON it is `{"version":1,"findings":[{"check":"ground","outcome":"fail","code":"ground-dark","value":12}, …]}`. A
/// report of another version, with a check twice or out of order, is not read. Of what another device reports nothing is
/// proven; whoever has the photo can [`measure`] it again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "Written", try_from = "Written")]
pub struct Report {
    findings: Vec<Finding>,
}

/// The form in which a report is stored.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    version: u8,
    findings: Vec<Finding>,
}

impl From<Report> for Written {
    fn from(report: Report) -> Self {
        Self { version: Report::VERSION, findings: report.findings }
    }
}

impl TryFrom<Written> for Report {
    type Error = &'static str;

    fn try_from(written: Written) -> Result<Self, Self::Error> {
        if written.version != Self::VERSION {
            return Err("another version of a photo report");
        }
        let ordered = written.findings.is_sorted_by(|one, next| one.check < next.check);
        let agrees = written
            .findings
            .iter()
            .all(|finding| (finding.outcome == Outcome::Pass) == finding.code.is_none());
        if !ordered || !agrees {
            return Err("not a photo report");
        }
        Ok(Self { findings: written.findings })
    }
}

impl Report {
    /// The version of the stored form.
    pub const VERSION: u8 = 1;

    /// Every finding, in the order of [`Check::ALL`].
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// Returns the finding of a check.
    pub fn finding(&self, check: Check) -> Option<&Finding> {
        self.findings.iter().find(|finding| finding.check == check)
    }

    /// Returns the first fault, which is the one to mend first.
    pub fn first(&self) -> Option<&Finding> {
        self.faults().next()
    }

    /// Returns the faults.
    pub fn faults(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| finding.outcome == Outcome::Fail)
    }
}

/// Measures a picture that has the ratio of the photo. `cut` is what it was cut from, and `bytes` the weight of its JPEG,
/// where they are known.
pub fn measure(picture: &Picture, cut: Option<Cut>, bytes: Option<usize>) -> Report {
    let ground = Ground::of(picture);
    let figure = ground.is_even().then(|| Figure::of(picture, &ground));
    let somebody = figure.as_ref().filter(|figure| is_somebody(figure));
    let head = somebody.filter(|figure| figure.is_upright() && figure.is_whole()).and_then(Head::of);
    let nobody = figure.is_some() && somebody.is_none();
    let tone = Tone::of(picture, head.as_ref());
    let findings = Check::ALL.map(|check| {
        let (outcome, code, value) = match check {
            Check::Person => person(figure.as_ref()),
            Check::Upright => upright(figure.as_ref()),
            Check::Light => light(&tone, &ground, nobody),
            Check::Ground => of_ground(&ground, head.as_ref()),
            Check::HeadSize => of_head(head.as_ref(), size),
            Check::HeadTop => of_head(head.as_ref(), top),
            Check::HeadCentre => of_head(head.as_ref(), centre),
            Check::Sharpness => sharp(sharpness::of(picture)),
            Check::Contrast => contrast(&tone),
            Check::Size => pixels(picture, cut),
            Check::Ratio => ratio(picture),
            Check::Weight => weight(bytes),
        };
        Finding { check, outcome, code, value }
    });
    Report { findings: findings.to_vec() }
}

/// How a check ended, why, and the value.
type Found = (Outcome, Option<PreflightCode>, Option<i32>);

const fn pass(value: i32) -> Found {
    (Outcome::Pass, None, Some(value))
}

const fn fail(code: PreflightCode, value: i32) -> Found {
    (Outcome::Fail, Some(code), Some(value))
}

const fn unclear(code: PreflightCode, value: i32) -> Found {
    (Outcome::Unclear, Some(code), Some(value))
}

const fn unknown(code: PreflightCode) -> Found {
    (Outcome::Unclear, Some(code), None)
}

const fn within(check: Check, value: i32) -> bool {
    let (least, most) = check.range();
    least <= value && value <= most
}

fn is_somebody(figure: &Figure) -> bool {
    figure.share >= Check::Person.range().0
}

fn person(figure: Option<&Figure>) -> Found {
    match figure {
        None => unknown(PreflightCode::OutlineUnclear),
        Some(figure) if !is_somebody(figure) => fail(PreflightCode::Nobody, figure.share),
        Some(figure) if !within(Check::Person, figure.share) => {
            unclear(PreflightCode::OutlineUnclear, figure.share)
        }
        Some(figure) => pass(figure.share),
    }
}

fn upright(figure: Option<&Figure>) -> Found {
    match figure.filter(|figure| is_somebody(figure)) {
        None => unknown(PreflightCode::OutlineUnclear),
        Some(figure) => {
            let [top, right, _, left] = figure.edges;
            let value = top.max(left).max(right);
            if figure.is_upright() { pass(value) } else { fail(PreflightCode::Turned, value) }
        }
    }
}

fn light(tone: &Tone, ground: &Ground, nobody: bool) -> Found {
    let bright = i32::from(tone.bright);
    // What is bright enough to be white was lit well enough, whatever is before it.
    let lit = ground.white >= Check::Ground.range().0;
    match (bright, tone.blown) {
        (..110, _) if !lit => fail(PreflightCode::Dark, bright),
        (..150, _) if !lit => unclear(PreflightCode::Dim, bright),
        _ if nobody => pass(bright),
        (_, 35..) => fail(PreflightCode::BlownOut, bright),
        (_, 15..) => unclear(PreflightCode::Glare, bright),
        _ => pass(bright),
    }
}

fn of_ground(ground: &Ground, head: Option<&Head>) -> Found {
    let least = Check::Ground.range().0;
    // A head that reaches the edges covers it.
    let covered = head.is_some_and(|head| head.wide || head.cut);
    match (ground.white, ground.near) {
        (white, _) if white >= least => pass(white),
        // Most of it is white; the rest may be hair, a scarf or a shadow.
        (white @ 55.., _) => unclear(PreflightCode::GroundUnclear, white),
        (white, near) if near >= least => unclear(PreflightCode::GroundUnclear, white),
        (white, 30..) if covered => unclear(PreflightCode::GroundUnclear, white),
        (white, 30..) => fail(PreflightCode::GroundUneven, white),
        (white, _) if ground.chroma > 44 => fail(PreflightCode::GroundColoured, white),
        (white, _) => fail(PreflightCode::GroundDark, white),
    }
}

fn of_head(head: Option<&Head>, found: fn(&Head) -> Found) -> Found {
    head.map_or(unknown(PreflightCode::OutlineUnclear), found)
}

fn to_i32(value: usize) -> i32 {
    i32::try_from(value).unwrap_or(i32::MAX)
}

fn size(head: &Head) -> Found {
    let (value, width) = (to_i32(head.height()), to_i32(head.width));
    if head.to_chin.is_some() {
        // Hair that has the colour of the ground makes a head up to 45 lower, and a knot of hair makes it higher.
        return match value {
            ..155 => fail(PreflightCode::HeadSmall, value),
            331.. => fail(PreflightCode::HeadLarge, value),
            _ if within(Check::HeadSize, value) && width >= 120 => pass(value),
            _ => unclear(PreflightCode::HeadSizeUnclear, value),
        };
    }
    match width {
        _ if head.wide || head.cut && width > 230 => fail(PreflightCode::HeadLarge, value),
        // Hair only makes it wider.
        ..110 => fail(PreflightCode::HeadSmall, value),
        150..=205 => pass(value),
        _ => unclear(PreflightCode::HeadSizeUnclear, value),
    }
}

fn top(head: &Head) -> Found {
    let value = to_i32(head.top);
    match value {
        _ if head.cut => fail(PreflightCode::HeadCut, value),
        101.. => fail(PreflightCode::HeadLow, value),
        _ if within(Check::HeadTop, value) => pass(value),
        _ => unclear(PreflightCode::HeadTopUnclear, value),
    }
}

fn centre(head: &Head) -> Found {
    match head.off() {
        value @ ..-30 => fail(PreflightCode::HeadLeft, value),
        value @ 31.. => fail(PreflightCode::HeadRight, value),
        value if within(Check::HeadCentre, value) => pass(value),
        value => unclear(PreflightCode::HeadCentreUnclear, value),
    }
}

fn sharp(value: Option<i32>) -> Found {
    match value {
        None => unknown(PreflightCode::Soft),
        Some(value @ ..35) => fail(PreflightCode::Blurred, value),
        Some(value) if within(Check::Sharpness, value) => pass(value),
        Some(value) => unclear(PreflightCode::Soft, value),
    }
}

fn contrast(tone: &Tone) -> Found {
    match i32::from(tone.contrast) {
        value @ ..40 => fail(PreflightCode::Flat, value),
        value if within(Check::Contrast, value) => pass(value),
        value => unclear(PreflightCode::Pale, value),
    }
}

fn pixels(picture: &Picture, cut: Option<Cut>) -> Found {
    let width = cut.map_or(picture.width, |cut| cut.width);
    let value = i32::try_from(width).unwrap_or(i32::MAX);
    match value {
        // What a camera of 720 lines gives is scaled up by a twentieth, which nobody sees.
        ..400 => fail(PreflightCode::Narrow, value),
        _ if within(Check::Size, value) => pass(value),
        _ => unclear(PreflightCode::Narrow, value),
    }
}

fn ratio(picture: &Picture) -> Found {
    let value = i32::try_from(picture.width * 1000 / picture.height).unwrap_or(i32::MAX);
    if within(Check::Ratio, value) { pass(value) } else { fail(PreflightCode::Ratio, value) }
}

fn weight(bytes: Option<usize>) -> Found {
    let Some(value) = bytes.map(to_i32) else {
        return unknown(PreflightCode::NotMeasured);
    };
    match value {
        _ if within(Check::Weight, value) => pass(value),
        ..10_240 => unclear(PreflightCode::Light, value),
        _ => fail(PreflightCode::Heavy, value),
    }
}

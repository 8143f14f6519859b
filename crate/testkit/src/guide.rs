//! The guide to every code, `docs/errors.md` and the page `/errors/`, the tests of every threat in `docs/threats.md`, the
//! states of a claim in `docs/claiming.md`, the ready policies in `docs/policies.md`, the schemas of policies and records, and the codes as a type of TypeScript, made from the
//! tables of the crates, the string catalogue and the hostile files, so
//! that none of them can be forgotten.
//!
//! `cargo xtask docs` writes them; a test compares them with what is in the repository.

mod claiming;
mod codes_ts;
mod markdown;
mod page;
mod policies;
mod records;
mod threats;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use strings::Language;
use strings::codes::Stage;
use verdict::LayerId;

use crate::hostile::Expectation;

pub use claiming::claiming;
pub use codes_ts::codes_ts;
pub use markdown::markdown;
pub use page::page;
pub use policies::{policies, policy_schema};
pub use records::record_schema;
pub use threats::threats;

/// Returns the documents of the repository at `root`: their paths below it, and their content.
///
/// Fails if the home page, from which the page takes its head and foot, or the list of threats cannot be read.
pub fn documents(root: &Path) -> std::io::Result<[(&'static str, String); 8]> {
    let sections = sections(root);
    let home = std::fs::read_to_string(root.join("www/index.html"))?;
    Ok([
        ("docs/errors.md", markdown(&sections)),
        ("www/errors/index.html", page(&sections, &home)),
        ("docs/threats.md", threats(root)?),
        ("docs/claiming.md", claiming(root)?),
        ("docs/policies.md", policies(root)),
        ("docs/policy.schema.json", policy_schema()),
        ("docs/record.schema.json", record_schema()),
        ("crate/verifier/npm/src/generated/codes.ts", codes_ts(&sections)),
    ])
}

/// A text in both languages.
#[derive(Clone, Debug, Deserialize)]
pub struct Text {
    /// 简体中文.
    #[serde(rename = "zh-CN")]
    pub zh: String,
    /// English.
    pub en: String,
}

/// The common part of the codes of one kind: their meaning, and what each side can do.
#[derive(Clone, Debug, Deserialize)]
pub struct Kind {
    /// Its name.
    pub title: Text,
    /// The common meaning.
    pub about: Text,
    /// What the holder can do.
    pub holder: Text,
    /// What the issuer, or the maker of a wallet, can do.
    pub issuer: Text,
}

/// One code.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Stable, in kebab case.
    pub code: String,
    /// The row of a verdict; `None` outside of verdicts.
    pub layer: Option<LayerId>,
    /// The clause or section that requires the check.
    pub clause: String,
    /// What it means.
    pub meaning: Text,
    /// What the verifier does next; `None` where the finding is no fault.
    pub next: Option<Text>,
    /// Hostile files that give it: rule and description.
    pub examples: Vec<(String, String)>,
}

/// All codes of one kind.
#[derive(Clone, Debug)]
pub struct Section {
    /// The kind's name in anchors.
    pub name: &'static str,
    /// What they have in common.
    pub kind: Kind,
    /// The codes, by name.
    pub entries: Vec<Entry>,
}

/// The kinds in the order of verification: read, open, trust, signed, holder, fresh, valid, status, purpose; then the
/// rest.
const KINDS: [&str; 24] = [
    "scan",
    "envelope",
    "encoding",
    "profile",
    "certificate",
    "trust",
    "trust-list",
    "altered",
    "device",
    "freshness",
    "validity",
    "status",
    "policy",
    "partner",
    "record",
    "reader",
    "challenge",
    "answer",
    "session",
    "claim",
    "claim-message",
    "desk",
    "facts",
    "make",
];

/// Returns the kind of a step.
fn kind_of_step(step: &str) -> &'static str {
    match step {
        "received" => "scan",
        "envelope" => "envelope",
        "decode" | "cose" => "encoding",
        "profile" => "profile",
        "certificate" => "certificate",
        "issuer-trusted" | "revocation-list" => "trust",
        "trust-list" => "trust-list",
        "issuer-signed" | "digests-match" => "altered",
        "device-signed" => "device",
        "freshness" => "freshness",
        "mso-validity" => "validity",
        "status-list" | "status" => "status",
        "policy" => "partner",
        "record" | "journal" | "checkpoint" | "receipt" | "replay" => "record",
        "reader" => "reader",
        "request" | "consent" => "challenge",
        "answer" => "answer",
        "session-transcript" => "session",
        "make" => "make",
        "claim" | "photo" | "replace" | "issue" => "claim",
        "sealed" | "desk-certificate" | "application" | "desk-answer" => "claim-message",
        "desk" => "desk",
        "number" | "facts" => "facts",
        // A test fails for such a step and names it.
        _ => "",
    }
}

/// Returns the row of a verdict in which a step's failures are; `None` for what is in no verdict.
fn layer_of_step(kind: &str, step: &str) -> Option<LayerId> {
    match (kind, step) {
        (
            "scan" | "partner" | "record" | "reader" | "session" | "make" | "challenge" | "answer" | "claim"
            | "claim-message" | "desk" | "facts",
            _,
        ) => None,
        (_, mdoc::step::DEVICE_SIGNED | mdoc::step::FRESHNESS) => Some(LayerId::Presenter),
        (_, mdoc::step::MSO_VALIDITY) => Some(LayerId::Validity),
        _ => Some(LayerId::Issuer),
    }
}

fn kind_of_layer(layer: Option<LayerId>) -> &'static str {
    match layer {
        Some(LayerId::Issuer) => "trust",
        Some(LayerId::Presenter) => "device",
        Some(LayerId::Validity) => "validity",
        Some(LayerId::Status) => "status",
        Some(LayerId::Policy) => "policy",
        None => "facts",
    }
}

/// One line of a table of codes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Stable, in kebab case.
    pub code: String,
    /// The row of a verdict; `None` outside of verdicts.
    pub layer: Option<LayerId>,
    /// The clause or section that requires the check.
    pub clause: String,
    /// The kind under which the guide has it.
    pub kind: &'static str,
}

/// Returns every line of every table: the stages of [`strings::codes`], and the codes of `optical`.
pub fn lines() -> Vec<Line> {
    let mut lines = Vec::new();
    let mut add = |code: &str, layer, clause: &str, kind| {
        lines.push(Line { code: code.to_owned(), layer, clause: clause.to_owned(), kind });
    };
    for stage in strings::codes::STAGES {
        match stage {
            Stage::Steps(codes) => {
                for info in *codes {
                    let kind = kind_of_step(info.step);
                    add(info.code, layer_of_step(kind, info.step), info.clause, kind);
                }
            }
            Stage::Layers(codes) => {
                codes
                    .iter()
                    .for_each(|info| add(info.code, info.step, info.clause, kind_of_layer(info.step)));
            }
        }
    }
    let frames = optical::FrameError::ALL.iter().map(|error| (error.code(), error.clause()));
    let symbols = optical::SymbolError::ALL.iter().map(|error| (error.code(), error.clause()));
    let texts = optical::text::TextError::ALL.iter().map(|error| (error.code(), error.clause()));
    for (code, clause) in frames.chain(symbols).chain(texts) {
        add(code, None, clause, "scan");
    }
    lines
}

/// Returns the whole guide, from the tables and from the project's files under `root`.
///
/// # Panics
/// Panics if a code has no text or a step no kind, which is an error in this project.
pub fn sections(root: &Path) -> Vec<Section> {
    let mut kinds: BTreeMap<String, Kind> = read(&root.join("crate/testkit/guide.json"));
    let examples = examples(root);
    let mut sections: Vec<Section> = KINDS
        .iter()
        .map(|name| {
            let kind = kinds.remove(*name).unwrap_or_else(|| panic!("guide.json lacks {name}"));
            Section { name, kind, entries: Vec::new() }
        })
        .collect();
    assert!(kinds.is_empty(), "guide.json has kinds that nothing uses: {kinds:?}");
    for Line { code, layer, clause, kind } in lines() {
        let section = sections.iter_mut().find(|section| section.name == kind);
        let section = section.unwrap_or_else(|| panic!("{code} is of no kind: add its step to guide.rs"));
        let text = |key: String| text(&key).as_ref().map(with_samples);
        // A code that is never shown needs no text for clerks.
        let Some(meaning) = text(format!("code.{code}")) else {
            assert_eq!(kind, "make", "{code} has no text");
            continue;
        };
        let next = text(format!("code.{code}.next"));
        let examples = examples.get(&code).cloned().unwrap_or_default();
        section.entries.push(Entry { code, layer, clause, meaning, next, examples });
    }
    for section in &mut sections {
        section.entries.sort_by(|a, b| a.code.cmp(&b.code));
        section.entries.dedup_by(|a, b| a.code == b.code);
    }
    sections.retain(|section| !section.entries.is_empty());
    sections
}

/// Returns the text of a key in both languages.
fn text(key: &str) -> Option<Text> {
    let of = |language| strings::find(key, language).map(str::to_owned);
    Some(Text { zh: of(Language::Chinese)?, en: of(Language::English)? })
}

/// Sample values of a placeholder in Chinese and English, so that a sentence reads as on a screen.
const SAMPLES: &[(&str, &str, &str)] = &[
    ("{age}", "18", "18"),
    ("{category}", "B", "B"),
    ("{certificate}", "签发证件的证书", "certificate that signed the document"),
    ("{class}", "C1", "C1"),
    ("{shown}", "执法检查", "Roadside"),
    ("{asked}", "租车", "Rental"),
    ("{codes}", "01、70", "01, 70"),
    ("{classes}", "C2 小型自动挡汽车（不含手动挡）", "C2, automatic cars (no manual)"),
    ("{categories}", "AM、B", "AM, B"),
    ("{count}", "3", "3"),
    ("{date}", "2026年11月8日", "8 November 2026"),
    ("{document}", "org.iso.23220.photoid.1", "org.iso.23220.photoid.1"),
    ("{element}", "准驾车型", "classes"),
    ("{fact}", "points", "points"),
    ("{field}", "结束日期", "the last day"),
    ("{from}", "9", "9"),
    ("{hours}", "24", "24"),
    ("{issuer}", "演示发证机关 DEMO", "演示发证机关 DEMO"),
    ("{letters}", "D 暂扣", "D – suspended"),
    ("{lists}", "演示", "Demo"),
    ("{moment}", "2026年11月8日 10:00", "8 November 2026 at 10:00"),
    ("{most}", "8", "8"),
    ("{other}", "证号后四位", "last 4 of the number"),
    ("{points}", "9", "9"),
    ("{problem}", "unknown field `pionts`", "unknown field `pionts`"),
    ("{rule}", "points", "points"),
    ("{seconds}", "8", "8"),
    ("{to}", "11", "11"),
    ("{value}", "5", "5"),
    ("{vehicle}", "小型汽车", "a car"),
    ("{width}", "320", "320"),
    ("{year}", "1994", "1994"),
    ("{years}", "3", "3"),
];

/// Returns the sentence with a sample in every placeholder; one that has none stays as `{name}`.
fn with_samples(text: &Text) -> Text {
    let mut filled = text.clone();
    for (name, zh, en) in SAMPLES {
        filled.zh = filled.zh.replace(name, zh);
        filled.en = filled.en.replace(name, en);
    }
    filled
}

/// Rule and description of the files by the code that they give: those whose own code it is, otherwise two in whose
/// verdict it is.
fn examples(root: &Path) -> BTreeMap<String, Vec<(String, String)>> {
    let mut own: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    let mut also = own.clone();
    // the folder of trusted certificates has no expectation
    let rules =
        files(&root.join("tests/vectors")).into_iter().filter(|path| path.join("expect.json").is_file());
    for folder in rules {
        let expect: Expectation = read(&folder.join("expect.json"));
        let rule = folder.file_name().expect("a name").to_string_lossy().into_owned();
        if let Some(code) = &expect.code {
            own.entry(code.clone()).or_default().push((rule.clone(), expect.description.clone()));
        }
        for code in expect.codes {
            also.entry(code).or_default().push((rule.clone(), expect.description.clone()));
        }
    }
    // a file in whose verdict a code merely is, where no file is about it
    for (code, examples) in also {
        own.entry(code).or_insert_with(|| examples.into_iter().take(2).collect());
    }
    own
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut files: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    files
}

fn read<T: for<'a> Deserialize<'a>>(file: &Path) -> T {
    let text = std::fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

/// Returns the row of a verdict in words.
fn layer_name(layer: Option<LayerId>) -> Option<(&'static str, &'static str)> {
    Some(match layer? {
        LayerId::Issuer => ("1 项：真伪与签发机关", "1, genuine, and signed by whom"),
        LayerId::Presenter => ("2 项：本人此刻出示", "2, shown now by its holder"),
        LayerId::Validity => ("3 项：有效期", "3, valid"),
        LayerId::Status => ("4 项：驾驶证状态", "4, status, and how old that is"),
        LayerId::Policy => ("5 项：本次用途", "5, your purpose"),
    })
}

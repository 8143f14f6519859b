//! `docs/policies.md`, each ready policy as tables, and `docs/policy.schema.json`.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use licence::{Fact, Vehicle};
use serde::Deserialize;
use verdict::{
    AskedFact, Case, Effect, NoviceAccepted, Policy, PolicyDocument, READY_POLICIES, Rule, RuleLine,
    StatusAccepted, When,
};

use super::Text;

/// Returns the JSON Schema of a policy and of a case, as one document with both under `$defs`.
pub fn policy_schema() -> String {
    with_others(schemars::schema_for!(PolicyDocument), [("Case", schemars::schema_for!(Case))])
}

/// Returns a schema with others under its `$defs`, as text.
pub(super) fn with_others<const N: usize>(
    root: schemars::Schema,
    others: [(&str, schemars::Schema); N],
) -> String {
    let value = |schema: schemars::Schema| serde_json::to_value(schema).expect("JSON");
    let mut root = value(root);
    for (name, other) in others {
        let mut other = value(other);
        let inner = other.as_object_mut().and_then(|other| other.remove("$defs"));
        if let Some(other) = other.as_object_mut() {
            other.remove("$schema");
        }
        let defs =
            root.as_object_mut().map(|root| root.entry("$defs").or_insert_with(|| serde_json::json!({})));
        if let Some(serde_json::Value::Object(defs)) = defs {
            if let Some(serde_json::Value::Object(inner)) = inner {
                defs.extend(inner);
            }
            defs.insert(name.to_owned(), other);
        }
    }
    // `serde_json` keeps the members in this order only where no crate of the build enables `preserve_order`.
    root.sort_all_objects();
    serde_json::to_string_pretty(&root).expect("JSON") + "\n"
}

/// Returns `docs/policies.md`.
///
/// # Panics
/// Panics if a ready policy or the file of cases cannot be read, which is an error in this project.
pub fn policies(root: &Path) -> String {
    let cases = cases(root);
    let total: usize = cases.values().flat_map(BTreeMap::values).sum();
    let mut out = format!(
        "# Policies\n\nA policy is what a partner decides by: a JSON document of the schema \
         [policy.schema.json](policy.schema.json), read by section 12 of [licence.md](licence.md). These are ready to be \
         used, or to be copied and changed (`crate/verdict/policies`). This page is written by `cargo xtask docs`.\n\n\
         Before any rule: the issuer must be trusted, nothing altered, shown now by its holder, and the document valid. What \
         fails there refuses, and a doubt there is for a person. No policy changes that.\n\n\
         `tests/vectors/policy-cases.json` has {total} cases (person, vehicle, day and policy, with decision and reasons), for \
         programs that decide by themselves.\n\n"
    );
    out.push_str("## Rules\n| rule | parameters | reads |\n|---|---|---|\n");
    for (name, parameters, reads) in RULES {
        let _ = writeln!(out, "| `{name}` | {parameters} | {reads} |");
    }
    out.push_str(
        "\n`when` and `on`: `now` is the day of the check, `start` the first day of the case, `period` the first through the \
         last. `on_fail` (by default `refuse`) and `on_undetermined` (by default `review`) say what an outcome does: \
         `refuse`, `review`, or `note`, which decides nothing.\n",
    );
    for (id, json) in READY_POLICIES {
        let policy = Policy::from_json(json.as_bytes()).expect("a ready policy");
        page(&mut out, &policy, cases.get(id));
    }
    out
}

/// The rules with their bounds, and the facts that they read.
const RULES: [(&str, &str, &str); 15] = [
    ("age", "`at_least` 1 to 120, `on`", "age or birth-date; birth-year"),
    ("birth-year", "`on`", "birth-year or birth-date"),
    (
        "vehicle",
        "`when`; `vehicle`, else that of the case; `state_classes` such as `US-UT:D=car`; `iso_states` such as `US-CA`",
        "privileges; for a stop age birth-date, birth-year, age, extended-until; issuing-country, issuing-jurisdiction",
    ),
    ("years-held", "`at_least` 1 to 80, or none to state the years; `when`", "privileges"),
    ("novice", "`accept`: `without-trailer` or `never`; `when`", "novice-until"),
    ("valid-through", "`when`", "expiry-date; long-term"),
    ("status", "`accept`: `may-drive`, `good` or `normal`; `when`; `needed`", "status-letters, status list"),
    ("status-age", "`at_most_hours` 1 to 8760", "status-letters, status list"),
    ("points", "`below` 1 to 12", "points"),
    ("points-bands", "`bands` from 0 upwards without gaps, to at most 11", "points"),
    ("booking", "`compare_name`, `compare_number`", "national-name or name; number-last4 or number"),
    ("face", "", "portrait, and what a person says"),
    ("professional-certificate", "", "nothing: it reminds of a certificate that is in no licence"),
    ("trusted-issuer", "`countries`, `lists`", "the issuer's certificate"),
    ("strict", "", "certificates and document"),
];

fn page(out: &mut String, policy: &Policy, cases: Option<&BTreeMap<String, usize>>) {
    let document = policy.document();
    let hash: String = policy.sha256().iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    let _ = write!(
        out,
        "\n## {}\n{} · {}\n\n{} · {}\n\nVersion {}, valid from {} to {}, signed purpose `{}`, hash `{hash}…`.",
        document.id,
        document.purpose.zh,
        document.purpose.en,
        document.contact.zh,
        document.contact.en,
        document.version,
        document.valid_from,
        document.valid_to,
        document.kind.code(),
    );
    if let Some(cases) = cases {
        let count = |outcome: &str| cases.get(outcome).copied().unwrap_or_default();
        let (accept, review, refuse) = (count("accept"), count("review"), count("refuse"));
        let _ = write!(out, " Cases: {accept} accepted, {review} for review, {refuse} refused.");
    }
    out.push_str("\n\n| 规则 | rule | if not | if it cannot be said |\n|---|---|---|---|\n");
    for line in &document.rules {
        let Text { zh, en } = rule_in_words(&line.rule);
        let (fails, open) = match line.rule {
            Rule::ProfessionalCertificate {} => ("", ""),
            // An old status is never a failure.
            Rule::StatusAge { .. } => ("", effect(line.on_undetermined)),
            _ => (effect(line.on_fail), effect(line.on_undetermined)),
        };
        let _ = writeln!(out, "| {zh} | {en} | {fails} | {open} |");
    }
    out.push_str("\n| asked | read by | kept | shown to a person |\n|---|---|---|---|\n");
    for asked in &document.facts {
        let _ = writeln!(out, "{}", fact_row(asked, &document.rules));
    }
}

fn fact_row(asked: &AskedFact, rules: &[RuleLine]) -> String {
    let fact = asked.fact;
    let mut read: Vec<&str> =
        rules.iter().filter(|line| line.rule.uses().contains(&fact)).map(|line| line.rule.name()).collect();
    if matches!(fact, Fact::ExpiryDate | Fact::LongTerm | Fact::IssueDate) {
        read.insert(0, "validity");
    }
    let kept = if asked.intent_to_retain { "kept" } else { "" };
    let optional = if asked.optional { ", may be left out" } else { "" };
    let shown = asked.shown.as_ref().map(|words| format!("{} · {}", words.zh, words.en)).unwrap_or_default();
    format!("| {}{optional} | {} | {kept} | {shown} |", fact.code(), read.join(", "))
}

const fn effect(effect: Effect) -> &'static str {
    match effect {
        Effect::Refuse => "refuse",
        Effect::Review => "review",
        Effect::Note => "note",
    }
}

const fn day(when: When) -> (&'static str, &'static str) {
    match when {
        When::Now => ("今天", "today"),
        When::Start => ("第一天", "on the first day"),
        When::Period => ("整个期间", "from the first day through the last"),
    }
}

fn vehicle_in_words(vehicle: Option<Vehicle>) -> (String, String) {
    let of = |language| vehicle.and_then(|vehicle| strings::find(&format!("vehicle.{vehicle}"), language));
    let (zh, en) = (of(strings::Language::Chinese), of(strings::Language::English));
    (zh.unwrap_or("所选车辆").to_owned(), en.unwrap_or("the vehicle").to_owned())
}

fn rule_in_words(rule: &Rule) -> Text {
    let text = |zh: String, en: String| Text { zh, en };
    match rule {
        Rule::Age { at_least, on } => {
            let (zh, en) = day(*on);
            text(format!("{zh}已满 {at_least} 岁"), format!("{at_least} or over {en}"))
        }
        Rule::BirthYear { .. } => text("写明出生年份".into(), "the year of birth is stated".into()),
        Rule::Vehicle { when, vehicle, state_classes, iso_states } => {
            let ((zh, en), (vehicle_zh, vehicle_en)) = (day(*when), vehicle_in_words(*vehicle));
            let classes: Vec<String> = state_classes.iter().cloned().map(String::from).collect();
            let known: Vec<String> =
                classes.into_iter().chain(iso_states.iter().map(|state| state.code().to_owned())).collect();
            let known = if known.is_empty() { String::new() } else { format!(" ({})", known.join(", ")) };
            text(format!("{zh}可以驾驶{vehicle_zh}{known}"), format!("may drive {vehicle_en} {en}{known}"))
        }
        Rule::YearsHeld { at_least: Some(years), .. } => {
            let unit = if *years == 1 { "year" } else { "years" };
            text(format!("驾龄满 {years} 年"), format!("held for at least {years} {unit}"))
        }
        Rule::YearsHeld { at_least: None, .. } => text("写明驾龄".into(), "the years held are stated".into()),
        Rule::Novice { accept: NoviceAccepted::Never, .. } => text("不在实习期".into(), "no novice".into()),
        Rule::Novice { accept: NoviceAccepted::WithoutTrailer, .. } => {
            text("实习期内不牵引挂车".into(), "no novice with a trailer".into())
        }
        Rule::ValidThrough { when } => match when {
            When::Now => text("今天有效".into(), "valid today".into()),
            When::Start => text("第一天有效".into(), "valid on the first day".into()),
            When::Period => text("到最后一天仍有效".into(), "valid through the last day".into()),
        },
        Rule::Status { accept, needed, .. } => {
            let (zh, en) = match accept {
                StatusAccepted::MayDrive => ("状态允许驾驶", "the status allows driving"),
                StatusAccepted::Good => {
                    ("状态为 A、H 或 I（延期须人工核对）", "status A, H or I; an extension is for review")
                }
                StatusAccepted::Normal => ("状态只有 A", "status A alone"),
            };
            let (also_zh, also_en) =
                if *needed { ("，必须有状态", ", and there must be one") } else { ("", "") };
            text(format!("{zh}{also_zh}"), format!("{en}{also_en}"))
        }
        Rule::StatusAge { at_most_hours } => {
            let hours = at_most_hours;
            text(format!("状态数据不早于 {hours} 小时前"), format!("status at most {hours} hours old"))
        }
        Rule::Points { below } => {
            text(format!("累积记分少于 {below} 分"), format!("fewer than {below} points"))
        }
        Rule::PointsBands { bands } => {
            let bands: Vec<String> = bands.iter().map(|band| format!("{}–{}", band.from, band.to)).collect();
            text(format!("记分档：{}", bands.join("、")), format!("band of points: {}", bands.join(", ")))
        }
        Rule::Booking { compare_name, compare_number } => {
            let (zh, en) = match (compare_name, compare_number) {
                (true, true) => ("姓名和证号末位", "name and end of the number"),
                (true, false) => ("姓名", "name"),
                (false, _) => ("证号末位", "end of the number"),
            };
            text(format!("{zh}与订单一致"), format!("{en} as in the booking"))
        }
        Rule::Face {} => text("工作人员比对照片".into(), "a person compares the portrait".into()),
        Rule::ProfessionalCertificate {} => text(
            "提醒：可能需要从业资格证，驾驶证上没有".into(),
            "reminder: a professional certificate may be needed, and is in no licence".into(),
        ),
        Rule::TrustedIssuer { countries, lists } => {
            let all: Vec<&str> = countries.iter().chain(lists).map(String::as_str).collect();
            text(format!("签发机关属于：{}", all.join("、")), format!("issued by: {}", all.join(", ")))
        }
        Rule::Strict {} => text("完全符合标准".into(), "follows the standard in everything".into()),
        // Of purposes only.
        Rule::MayDrive | Rule::ValidNow => text(String::new(), String::new()),
    }
}

/// Returns the number of cases by policy and outcome.
fn cases(root: &Path) -> BTreeMap<String, BTreeMap<String, usize>> {
    #[derive(Deserialize)]
    struct File {
        cases: Vec<Line>,
    }
    #[derive(Deserialize)]
    struct Line {
        policy: String,
        decision: String,
    }
    let file: File = super::read(&root.join("tests/vectors/policy-cases.json"));
    let mut counts: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
    for line in file.cases {
        *counts.entry(line.policy).or_default().entry(line.decision).or_default() += 1;
    }
    counts
}

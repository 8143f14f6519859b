//! `tests/vectors/policy-cases.json`: who presents what on which day, and what each ready policy decides.
//!
//! Every case is a signed presentation that is verified. `LIANGZHENG_WRITE_VECTORS=1` writes the file.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use cbor::{Date, Timestamp, Value};
use liangzheng_verdict::{Case, Decision, DecisionOutcome, Judged, Policy, READY_POLICIES, Vehicle};
use licence::{Class, HeldClass, LicenceFacts, NoviceUntil, Profile, SignedStatus, StatusLetters};
use serde_json::{Value as Json, json};
use testkit::abroad;
use testkit::issuer::{TestIssuer, TestIssuerOptions};

use crate::policy::ready;
use crate::support::{Named, Scene, date, facts, now};

const OFFSET: i32 = 8 * 3600;
const DAY: i64 = 86_400;

/// A person of the file.
struct Person {
    id: &'static str,
    description: &'static str,
    /// Of a Chinese licence.
    facts: Option<LicenceFacts>,
    /// Of another one.
    abroad: Vec<Named>,
    country: &'static str,
    state: Option<&'static str>,
    name: &'static str,
    number_end: &'static str,
    /// How old status and points are when they are presented.
    status_age_hours: i64,
    profile: Profile,
}

fn held(classes: &[(Class, &str)]) -> Vec<HeldClass> {
    classes.iter().map(|(class, from)| HeldClass { class: *class, from: date(from) }).collect()
}

fn chinese(id: &'static str, description: &'static str, change: impl FnOnce(&mut LicenceFacts)) -> Person {
    let mut of = facts();
    let classes = of.classes.clone();
    change(&mut of);
    if of.classes != classes {
        of.novice_until = NoviceUntil::from_classes(&of.classes);
        of.first_issue_date = of.classes.iter().map(|held| held.from).min().unwrap_or(of.first_issue_date);
    }
    Person {
        id,
        description,
        facts: Some(of),
        abroad: Vec::new(),
        country: "CN",
        state: None,
        name: "测试一",
        number_end: "0028",
        status_age_hours: 1,
        profile: Profile::Cn,
    }
}

fn of_abroad(id: &'static str, description: &'static str, document: abroad::Document) -> Person {
    let profile = if document.country == "US" { Profile::Us } else { Profile::Iso };
    Person {
        id,
        description,
        facts: None,
        abroad: document.elements,
        country: document.country,
        state: (document.country == "US").then_some("US-UT"),
        name: "Erika Mustermann",
        number_end: "0129",
        status_age_hours: 1,
        profile,
    }
}

fn letters(facts: &mut LicenceFacts, text: &str, until: Option<&str>) {
    facts.status = SignedStatus { letters: StatusLetters::parse(text), as_of: now(), until: until.map(date) };
}

fn people() -> Vec<Person> {
    let mut people = vec![
        chinese("ordinary", "C1 since 2015, everything in order", |_| {}),
        chinese("novice", "C1 since 2026-03-01, novice until 2027-03-01", |facts| {
            facts.classes = held(&[(Class::C1, "2026-03-01")]);
        }),
        chinese("novice-trailer", "C1 and C6 since 2026-03-01, novice", |facts| {
            facts.classes = held(&[(Class::C1, "2026-03-01"), (Class::C6, "2026-03-01")]);
        }),
        chinese("towing", "C1 since 2012, C6 since 2018", |facts| {
            facts.classes = held(&[(Class::C1, "2012-05-01"), (Class::C6, "2018-06-01")]);
        }),
        chinese("towing-69", "C6, turns 70 on 2027-01-15", |facts| {
            facts.birth_date = date("1957-01-15");
            facts.classes = held(&[(Class::C1, "2012-05-01"), (Class::C6, "2022-06-01")]);
        }),
        chinese("automatic", "C2 only", |facts| facts.classes = held(&[(Class::C2, "2015-03-01")])),
        chinese("lorry", "B2 since 2016", |facts| facts.classes = held(&[(Class::B2, "2016-03-01")])),
        chinese("tractor", "A2 since 2014", |facts| facts.classes = held(&[(Class::A2, "2014-03-01")])),
        chinese("bus-62", "A1 since 2014, turns 63 on 2026-12-01", |facts| {
            facts.birth_date = date("1963-12-01");
            facts.classes = held(&[(Class::A1, "2014-03-01")]);
        }),
        chinese("bus-extended", "A1, 64 years old, extended until 2026-12-31", |facts| {
            facts.birth_date = date("1962-06-01");
            facts.classes = held(&[(Class::A1, "2014-03-01")]);
            facts.extended_until = Some(date("2026-12-31"));
        }),
        chinese("suspended", "status D", |facts| letters(facts, "D", None)),
        chinese("full", "status B, 12 points", |facts| {
            letters(facts, "B", None);
            facts.points.incurred = 12;
        }),
        chinese("nine-points", "9 points", |facts| facts.points.incurred = 9),
        chinese("open-offence", "status H: an offence that is not settled", |facts| {
            letters(facts, "H", None)
        }),
        chinese("extension", "status P, extended until 2026-11-24", |facts| {
            letters(facts, "P", Some("2026-11-24"));
        }),
        chinese("unknown-letter", "status with a letter that no table has", |facts| {
            letters(facts, "AQ", None)
        }),
        chinese("ends-soon", "valid until 2026-11-24", |facts| facts.expiry_date = date("2026-11-24")),
        chinese("ends-at-return", "valid until 2026-11-25", |facts| facts.expiry_date = date("2026-11-25")),
        chinese("expired", "valid until 2026-11-21", |facts| facts.expiry_date = date("2026-11-21")),
        chinese("long-term", "长期, the next event was in 2026", |facts| {
            facts.long_term = true;
            facts.expiry_date = date("2026-01-01");
            facts.issue_date = date("2020-01-01");
        }),
        chinese("one-year", "C1 since 2025-11-22: held for one year to the day", |facts| {
            facts.classes = held(&[(Class::C1, "2025-11-22")]);
        }),
        chinese("leap-day", "C1 since 2024-02-29, born on 2004-02-29", |facts| {
            facts.birth_date = date("2004-02-29");
            facts.classes = held(&[(Class::C1, "2024-02-29")]);
        }),
        of_abroad("german", "a European licence: AM, B, C1", abroad::german()),
        of_abroad("korean", "a Korean licence: B with an end", abroad::korean()),
        of_abroad("american", "class D of Utah, restriction and endorsement", abroad::american()),
    ];
    let mut old = chinese("old-status", "the status is 30 hours old", |_| {});
    old.status_age_hours = 30;
    people.push(old);
    let mut older = chinese("older-status", "the status is 8 days old", |_| {});
    older.status_age_hours = 8 * 24;
    people.push(older);
    people
}

/// What is presented at a time: the elements of the person's document.
fn elements(person: &Person, at: Timestamp) -> Vec<Named> {
    let Some(facts) = &person.facts else {
        return person.abroad.clone();
    };
    let mut facts = facts.clone();
    let as_of = at.plus_seconds(-person.status_age_hours * 3600);
    facts.status.as_of = as_of;
    facts.points.as_of = as_of;
    facts.elements(now()).expect("facts that can be signed")
}

fn scene(person: &Person, policy: &Policy, at: Timestamp) -> (Scene, Vec<&'static str>) {
    let mut scene = Scene::new(policy.document().kind);
    let (country, state) = (person.country.to_owned(), person.state.map(str::to_owned));
    scene.issuer = TestIssuer::new(&TestIssuerOptions { country, state, ..TestIssuerOptions::default() });
    scene.trust = scene.issuer.trust();
    scene.elements = elements(person, at);
    let by_answer = person.profile == Profile::Cn;
    let asked = policy.elements(person.profile, by_answer);
    let names: Vec<(&'static str, &'static str)> =
        scene.elements.iter().map(|line| (line.0, line.1)).collect();
    let is_asked = |id: &str| asked.iter().any(|element| element.identifier == id);
    let shown: Vec<(&str, &str)> = names.into_iter().filter(|line| is_asked(line.1)).collect();
    let ids = shown.iter().map(|line| line.1).collect();
    scene.only = Some(shown);
    scene.signed = Some(policy.document().kind.code());
    (scene.shown_at, scene.now) = (at, at.plus_seconds(1));
    scene.clock_floor = now();
    scene.terms = policy.terms(scene.now, OFFSET);
    (scene, ids)
}

/// One line of the file.
struct Line {
    name: String,
    policy: &'static str,
    person: &'static str,
    at: Timestamp,
    case: Case,
}

fn case(person: &Person, policy: &str, at: Timestamp) -> Case {
    let today = at.date_at(OFFSET);
    let (vehicle, from, until) = match policy {
        "rental-car" => ("car", today, today.plus_days(3)),
        "rental-trailer" => ("car-light-trailer", today, today.plus_days(3)),
        "rental-motorhome" => ("motorhome", today, today.plus_days(13)),
        "insurance-proposal" => ("car", today.plus_days(1), today.plus_days(1).plus_years(1)),
        "freight" => ("lorry", today, today),
        "passenger" => ("bus", today, today),
        _ => ("car", today, today),
    };
    Case {
        vehicle: Vehicle::from_code(vehicle),
        trailer: None,
        from: Some(from),
        until: Some(until),
        name: Some(person.name.to_owned()),
        number_end: Some(person.number_end.to_owned()),
        face: Some(liangzheng_verdict::FaceCompared::Same),
    }
}

/// A policy, a name, and what is different in the case.
type Change = (&'static str, &'static str, fn(&mut Case));

fn lines(people: &[Person]) -> Vec<Line> {
    let later = [
        "novice",
        "novice-trailer",
        "towing-69",
        "bus-62",
        "bus-extended",
        "extension",
        "ends-soon",
        "korean",
    ];
    let mut lines = Vec::new();
    for (policy, _) in READY_POLICIES {
        for person in people {
            // 2026-11-22, 2026-12-01 and 2027-01-15 in Shanghai.
            for days in [0, 9, 54] {
                if days > 0 && !later.contains(&person.id) {
                    continue;
                }
                let at = now().plus_seconds(days * DAY);
                let case = case(person, policy, at);
                let name = format!("{policy}/{}/{}", person.id, at.date_at(OFFSET));
                lines.push(Line { name, policy, person: person.id, at, case });
            }
        }
    }
    let ordinary = people.iter().find(|person| person.id == "ordinary").expect("a person");
    let changes: [Change; 17] = [
        ("rental-car", "no-vehicle", |case| case.vehicle = None),
        ("rental-car", "no-return", |case| case.until = None),
        ("rental-car", "other-name", |case| case.name = Some("测试二".to_owned())),
        ("rental-car", "name-in-pinyin", |case| case.name = Some("Ceshi Yiren".to_owned())),
        ("rental-car", "name-with-a-space", |case| case.name = Some("测 试一".to_owned())),
        ("rental-car", "no-name", |case| case.name = None),
        ("rental-car", "other-number", |case| case.number_end = Some("9999".to_owned())),
        ("rental-car", "face-not-compared", |case| case.face = None),
        ("rental-car", "face-not-sure", |case| case.face = Some(liangzheng_verdict::FaceCompared::NotSure)),
        ("rental-car", "another-person", |case| {
            case.face = Some(liangzheng_verdict::FaceCompared::Different)
        }),
        ("rental-car", "trailer", |case| case.trailer = Some(liangzheng_verdict::Trailer::Light)),
        ("rental-car", "a-bus", |case| case.vehicle = Vehicle::from_code("bus")),
        ("rental-car", "until-the-last-valid-day", |case| case.until = Date::parse("2031-03-01")),
        ("rental-car", "a-day-too-long", |case| case.until = Date::parse("2031-03-02")),
        ("age-only", "another-person", |case| case.face = Some(liangzheng_verdict::FaceCompared::Different)),
        ("age-only", "face-not-compared", |case| case.face = None),
        ("insurance-proposal", "other-name", |case| case.name = Some("测试二".to_owned())),
    ];
    for (policy, what, change) in changes {
        let mut case = case(ordinary, policy, now());
        change(&mut case);
        let name = format!("{policy}/{}/{what}", ordinary.id);
        lines.push(Line { name, policy, person: ordinary.id, at: now(), case });
    }
    lines
}

fn json_of(value: &Value) -> Json {
    if let Some(date) = value.as_date() {
        return json!(date.to_string());
    }
    if let Some(moment) = value.as_tdate() {
        return json!(moment);
    }
    match value {
        Value::Unsigned(number) => json!(number),
        Value::Bytes(bytes) => json!({ "bytes": bytes.len() }),
        Value::Text(text) => json!(text),
        Value::Array(items) => Json::Array(items.iter().map(json_of).collect()),
        Value::Map(_) => {
            let pairs = value.as_map().into_iter().flatten();
            Json::Object(
                pairs
                    .map(|(key, value)| (key.as_text().unwrap_or_default().to_owned(), json_of(value)))
                    .collect(),
            )
        }
        Value::Bool(flag) => json!(flag),
        _ => Json::Null,
    }
}

fn person_json(person: &Person) -> Json {
    let mut document: BTreeMap<&str, BTreeMap<&str, Json>> = BTreeMap::new();
    for (namespace, id, value) in elements(person, now()) {
        let mut value = json_of(&value);
        // They are as old as the person says whenever they are presented.
        if let Some(value) = value.as_object_mut() {
            value.remove("as_of");
        }
        document.entry(namespace).or_default().insert(id, value);
    }
    json!({
        "description": person.description,
        "issuer": { "country": person.country, "state": person.state },
        "status_age_hours": person.status_age_hours,
        "document": document,
    })
}

fn decided(person: &Person, line: &Line) -> (Decision, Vec<&'static str>) {
    let policy = ready(line.policy);
    let (scene, shown) = scene(person, &policy, line.at);
    let verdict = scene.verdict();
    (policy.decide(&Judged::from(&verdict), &line.case, scene.now, OFFSET), shown)
}

#[test]
fn the_public_cases_are_what_is_decided() {
    let people = people();
    let person = |id: &str| people.iter().find(|person| person.id == id).expect("a person");
    let mut cases = Vec::new();
    let mut outcomes: BTreeSet<(&str, DecisionOutcome)> = BTreeSet::new();
    for line in lines(&people) {
        let (decision, shown) = decided(person(line.person), &line);
        outcomes.insert((line.policy, decision.outcome));
        let reasons: Vec<Json> = decision
            .reasons
            .iter()
            .map(|reason| {
                json!({
                    "rule": reason.rule, "outcome": reason.outcome, "code": reason.code, "effect": reason.effect,
                })
            })
            .collect();
        cases.push(json!({
            "name": line.name, "policy": line.policy, "person": line.person, "at": line.at.unix(),
            "utc_offset_seconds": OFFSET, "shown": shown, "case": line.case,
            "decision": decision.outcome, "reasons": reasons,
        }));
    }
    assert!(cases.len() >= 200, "{} cases", cases.len());
    for (policy, _) in READY_POLICIES {
        let all = [DecisionOutcome::Accept, DecisionOutcome::Review, DecisionOutcome::Refuse];
        assert!(all.iter().all(|outcome| outcomes.contains(&(policy, *outcome))), "{policy}: {outcomes:?}");
    }
    let hashes: BTreeMap<&str, String> = READY_POLICIES
        .iter()
        .map(|(id, _)| (*id, ready(id).sha256().iter().map(|byte| format!("{byte:02x}")).collect()))
        .collect();
    let people: BTreeMap<&str, Json> = people.iter().map(|person| (person.id, person_json(person))).collect();
    let people = people.into_iter().map(|(id, person)| (id, sorted(person))).collect();
    let text = write(&hashes, &people, &cases.into_iter().map(sorted).collect::<Vec<_>>());
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors/policy-cases.json");
    if std::env::var_os("LIANGZHENG_WRITE_VECTORS").is_some() {
        std::fs::write(&file, &text).expect("written");
    }
    let kept = std::fs::read_to_string(&file).unwrap_or_default();
    let differs = kept.lines().zip(text.lines()).find(|(kept, made)| kept != made);
    assert!(kept == text, "another policy-cases.json: {differs:#?}");
}

/// Members in ascending order, which `serde_json` keeps only where no crate of the build enables `preserve_order`.
fn sorted(mut json: Json) -> Json {
    json.sort_all_objects();
    json
}

/// One line for each person and each case, so that a change is seen.
fn write(hashes: &BTreeMap<&str, String>, people: &BTreeMap<&str, Json>, cases: &[Json]) -> String {
    let rows = |rows: Vec<String>| rows.join(",\n    ");
    let people = rows(people.iter().map(|(id, person)| format!("{}: {person}", json!(id))).collect());
    let cases = rows(cases.iter().map(Json::to_string).collect());
    format!(
        "{{\n  \"policies\": {},\n  \"persons\": {{\n    {people}\n  }},\n  \"cases\": [\n    {cases}\n  ]\n}}\n",
        json!(hashes)
    )
}

/// What a person would say of a few cases, so that the file is held against more than the program that writes it.
#[test]
fn some_cases_by_hand() {
    use DecisionOutcome::{Accept, Refuse, Review};
    let people = people();
    let lines = lines(&people);
    let hand = [
        ("rental-car/ordinary/2026-11-22", Accept),
        ("rental-car/novice/2026-11-22", Refuse),
        ("rental-car/one-year/2026-11-22", Accept),
        ("rental-car/leap-day/2026-11-22", Accept),
        ("rental-car/ends-soon/2026-11-22", Refuse),
        ("rental-car/ends-at-return/2026-11-22", Accept),
        ("rental-car/expired/2026-11-22", Refuse),
        ("rental-car/long-term/2026-11-22", Accept),
        ("rental-car/suspended/2026-11-22", Refuse),
        ("rental-car/extension/2026-11-22", Refuse),
        ("rental-car/open-offence/2026-11-22", Accept),
        ("rental-car/unknown-letter/2026-11-22", Review),
        ("rental-car/old-status/2026-11-22", Review),
        ("rental-car/automatic/2026-11-22", Refuse),
        ("rental-car/german/2026-11-22", Accept),
        ("rental-car/american/2026-11-22", Accept),
        ("rental-car/ordinary/a-day-too-long", Refuse),
        ("rental-car/ordinary/until-the-last-valid-day", Accept),
        ("rental-trailer/towing/2026-11-22", Accept),
        ("rental-trailer/novice-trailer/2026-11-22", Refuse),
        ("rental-trailer/ordinary/2026-11-22", Refuse),
        // Only the year of birth is asked, and in 2027 it decides no more.
        ("rental-trailer/towing-69/2026-11-22", Accept),
        ("rental-trailer/towing-69/2027-01-15", Review),
        ("rental-motorhome/ordinary/2026-11-22", Review),
        ("rental-motorhome/lorry/2026-11-22", Accept),
        ("insurance-proposal/ordinary/2026-11-22", Accept),
        ("insurance-proposal/nine-points/2026-11-22", Accept),
        ("insurance-proposal/old-status/2026-11-22", Accept),
        ("insurance-proposal/older-status/2026-11-22", Review),
        ("insurance-proposal/suspended/2026-11-22", Review),
        ("freight/lorry/2026-11-22", Accept),
        ("freight/ordinary/2026-11-22", Refuse),
        ("freight/open-offence/2026-11-22", Refuse),
        ("passenger/bus-62/2026-11-22", Accept),
        ("passenger/bus-62/2026-12-01", Refuse),
        ("passenger/bus-extended/2026-11-22", Accept),
        ("passenger/bus-extended/2027-01-15", Refuse),
        ("age-only/suspended/2026-11-22", Accept),
        ("age-only/ordinary/face-not-compared", Review),
    ];
    for (name, outcome) in hand {
        let line = lines.iter().find(|line| line.name == name).unwrap_or_else(|| panic!("no case {name}"));
        let person = people.iter().find(|person| person.id == line.person).expect("a person");
        let (decision, _) = decided(person, line);
        assert_eq!(decision.outcome, outcome, "{name}: {:#?}", decision.reasons);
    }
}

//! Policies: what is refused when one is loaded, and what one decides.

use cbor::Value;
use liangzheng_verdict::{
    Case, Decision, DecisionOutcome, Judged, Policy, Purpose, READY_POLICIES, RuleOutcome, Vehicle,
    VehicleKind, verify_one_way,
};
use licence::{HeldClass, LicenceFacts, NoviceUntil, Profile, StatusLetters};
use serde_json::{Value as Json, json};

use crate::support::{Scene, date, facts, now};

const OFFSET: i32 = 8 * 3600;

pub(crate) fn ready(id: &str) -> Policy {
    let (_, text) = READY_POLICIES.into_iter().find(|(have, _)| *have == id).expect("a ready policy");
    Policy::from_json(text.as_bytes()).expect("a policy")
}

/// The ready policy after a change to its document.
fn changed(id: &str, change: impl FnOnce(&mut Json)) -> Result<Policy, &'static str> {
    let (_, text) = READY_POLICIES.into_iter().find(|(have, _)| *have == id).expect("a ready policy");
    let mut json: Json = serde_json::from_str(text).expect("JSON");
    change(&mut json);
    Policy::from_json(&serde_json::to_vec(&json).expect("JSON")).map_err(|error| error.code())
}

/// The elements that the policy asks of a Chinese licence.
fn scene(policy: &Policy, person: &LicenceFacts) -> Scene {
    let mut scene = Scene::of(policy.document().kind, person);
    let names: Vec<(&'static str, &'static str)> =
        scene.elements.iter().map(|line| (line.0, line.1)).collect();
    let asked = policy.elements(Profile::Cn, true);
    let only = names.into_iter().filter(|(_, id)| asked.iter().any(|element| element.identifier == *id));
    scene.only = Some(only.collect());
    scene.signed = Some(policy.document().kind.code());
    scene.terms = policy.terms(scene.now, OFFSET);
    scene
}

fn decide(policy: &Policy, scene: &Scene, case: &Case) -> Decision {
    let verdict = scene.verdict();
    policy.decide(&Judged::from(&verdict), case, scene.now, OFFSET)
}

/// A rental from today for three days, with everything filled in.
fn rented() -> Case {
    Case::from_json(
        json!({
            "vehicle": "car", "from": "2026-11-22", "until": "2026-11-25",
            "name": "测试一", "number_end": "0028", "face": "same"
        })
        .to_string()
        .as_bytes(),
    )
    .expect("a case")
}

#[track_caller]
fn gives(decision: &Decision, outcome: DecisionOutcome, rule: &str, of_rule: RuleOutcome, code: &str) {
    let reason = decision.reasons.iter().find(|reason| reason.rule == rule);
    let reason = reason.unwrap_or_else(|| panic!("no rule {rule}: {:#?}", decision.reasons));
    assert_eq!((reason.outcome, reason.code.map(|code| code.text())), (of_rule, Some(code)), "{reason:#?}");
    assert_eq!(decision.outcome, outcome, "{:#?}", decision.reasons);
}

use DecisionOutcome::{Accept, Refuse, Review};
use RuleOutcome::{Fail, NotApplicable, Pass, Undetermined};

#[test]
fn an_ordinary_rental_is_accepted_for_every_reason() {
    let policy = ready("rental-car");
    let decision = decide(&policy, &scene(&policy, &facts()), &rented());
    assert_eq!(decision.outcome, Accept, "{:#?}", decision.reasons);
    let outcomes: Vec<(&str, RuleOutcome)> =
        decision.reasons.iter().map(|reason| (reason.rule.as_ref(), reason.outcome)).collect();
    let rules = [
        "integrity",
        "presenter",
        "validity",
        "age",
        "vehicle",
        "years-held",
        "novice",
        "valid-through",
        "status",
        "status-age",
        "booking",
        "face",
    ];
    assert_eq!(outcomes, rules.map(|rule| (rule, Pass)));
    assert!(decision.reasons.iter().all(|reason| reason.code.is_some() && reason.effect.is_none()));
    let text = serde_json::to_string(&decision).expect("JSON");
    assert_eq!(serde_json::from_str::<Decision>(&text).expect("a decision"), decision);
    gives(&decision, Accept, "booking", Pass, "name-matches");
    gives(&decision, Accept, "face", Pass, "face-matches");
    assert!(text.contains("number-matches"));
}

#[test]
fn what_the_case_lacks_is_for_a_person() {
    let policy = ready("rental-car");
    let scene = scene(&policy, &facts());
    let of = |change: fn(&mut Case)| {
        let mut case = rented();
        change(&mut case);
        decide(&policy, &scene, &case)
    };
    gives(&of(|case| case.vehicle = None), Review, "vehicle", Undetermined, "case-missing");
    gives(&of(|case| case.until = None), Review, "valid-through", Undetermined, "case-missing");
    gives(&of(|case| case.from = None), Review, "age", Undetermined, "case-missing");
    gives(&of(|case| case.name = None), Review, "booking", Undetermined, "case-missing");
    gives(&of(|case| case.face = None), Review, "face", Undetermined, "face-not-compared");
    let not_sure = |case: &mut Case| case.face = Some(liangzheng_verdict::FaceCompared::NotSure);
    gives(&of(not_sure), Review, "face", Undetermined, "face-not-sure");
    let different = |case: &mut Case| case.face = Some(liangzheng_verdict::FaceCompared::Different);
    gives(&of(different), Refuse, "face", Fail, "face-differs");
    gives(&of(|case| case.name = Some("测试二".into())), Review, "booking", Fail, "name-differs");
    let pinyin = |case: &mut Case| case.name = Some("Ceshi Yiren".into());
    gives(&of(pinyin), Review, "booking", Undetermined, "name-not-comparable");
    gives(&of(|case| case.number_end = Some("9999".into())), Review, "booking", Fail, "number-differs");
    let bus = |case: &mut Case| {
        case.vehicle = Some(VehicleKind::Bus.into());
        case.trailer = Some(liangzheng_verdict::Trailer::Heavy);
    };
    gives(&of(bus), Review, "vehicle", Undetermined, "case-trailer");
}

#[test]
fn days_are_exact_and_both_ends_count() {
    let policy = ready("rental-car");
    let mut person = facts();
    person.expiry_date = date("2026-11-25");
    let last_day = decide(&policy, &scene(&policy, &person), &rented());
    gives(&last_day, Accept, "valid-through", Pass, "term-covered");
    person.expiry_date = date("2026-11-24");
    gives(
        &decide(&policy, &scene(&policy, &person), &rented()),
        Refuse,
        "valid-through",
        Fail,
        "term-too-short",
    );

    // One year held to the day, from a leap day as well.
    let held = |from: &str, start: &str| {
        let mut person = facts();
        person.classes = vec![HeldClass { class: licence::Class::C1, from: date(from) }];
        person.novice_until = NoviceUntil::from_classes(&person.classes);
        person.first_issue_date = date(from);
        let case = Case { from: Some(date(start)), until: Some(date(start)), ..rented() };
        decide(&policy, &scene(&policy, &person), &case)
    };
    gives(&held("2025-11-22", "2026-11-22"), Accept, "years-held", Pass, "held-years");
    gives(&held("2025-11-23", "2026-11-22"), Refuse, "years-held", Fail, "held-too-short");
    gives(&held("2024-02-29", "2026-11-22"), Accept, "years-held", Pass, "held-years");
}

#[test]
fn novices_trailers_and_points() {
    let mut person = facts();
    person.classes = vec![
        HeldClass { class: licence::Class::C1, from: date("2026-01-10") },
        HeldClass { class: licence::Class::C6, from: date("2026-01-10") },
    ];
    person.novice_until = NoviceUntil::from_classes(&person.classes);
    let trailer = ready("rental-trailer");
    let case = Case { trailer: Some(liangzheng_verdict::Trailer::Light), ..rented() };
    gives(&decide(&trailer, &scene(&trailer, &person), &case), Refuse, "novice", Fail, "novice-trailer");

    let insurance = ready("insurance-proposal");
    let priced = decide(&insurance, &scene(&insurance, &person), &rented());
    gives(&priced, Accept, "novice", Fail, "novice-not-accepted");
    gives(&priced, Accept, "points-bands", Pass, "points-band");
    person.points.incurred = 12;
    gives(
        &decide(&insurance, &scene(&insurance, &person), &rented()),
        Review,
        "points-bands",
        Fail,
        "points-full",
    );

    let few = changed("freight", |json| {
        for line in json["rules"].as_array_mut().expect("rules") {
            if line["rule"]["name"] == "points" {
                line["rule"]["below"] = 3.into();
            }
        }
    });
    let few = few.expect("a policy");
    let lorry = Case { vehicle: Some(Vehicle::CAR), ..rented() };
    let decision = decide(&few, &scene(&few, &facts()), &lorry);
    gives(&decision, Review, "points", Fail, "points-above");
    gives(&decision, Review, "professional-certificate", NotApplicable, "professional-certificate");
}

#[test]
fn a_status_is_read_whatever_the_policy_makes_of_it() {
    let policy = ready("rental-car");
    let mut person = facts();
    person.status.letters = StatusLetters::parse("D");
    gives(&decide(&policy, &scene(&policy, &person), &rented()), Refuse, "status", Fail, "status-refused");
    let mut person = facts();
    person.status.as_of = now().plus_seconds(-25 * 3600);
    let old = decide(&policy, &scene(&policy, &person), &rented());
    gives(&old, Review, "status-age", Undetermined, "status-old");
}

#[test]
fn what_is_no_rule_cannot_be_softened() {
    let notes = changed("age-only", |json| {
        for line in json["rules"].as_array_mut().expect("rules") {
            line["on_fail"] = "note".into();
            line["on_undetermined"] = "note".into();
        }
    });
    let policy = notes.expect("a policy");
    let mut scene = scene(&policy, &facts());
    assert_eq!(decide(&policy, &scene, &Case::default()).outcome, Accept);
    // Another moment: the code is old.
    scene.now = now().plus_seconds(3600);
    gives(&decide(&policy, &scene, &Case::default()), Refuse, "presenter", Fail, "stale");
    // Another issuer.
    scene.now = now().plus_seconds(1);
    scene.trust = mdoc::TrustAnchors::new();
    gives(&decide(&policy, &scene, &Case::default()), Refuse, "integrity", Fail, "issuer-unknown");
}

#[test]
fn an_expired_licence_is_refused_where_no_rule_asks() {
    let policy = ready("freight");
    let mut person = facts();
    person.expiry_date = date("2026-11-21");
    gives(&decide(&policy, &scene(&policy, &person), &rented()), Refuse, "validity", Fail, "licence-expired");
}

#[test]
fn another_purpose_another_time_and_another_way() {
    let policy = ready("rental-car");
    let mut scene = scene(&policy, &facts());
    scene.signed = Some("insurance");
    gives(&decide(&policy, &scene, &rented()), Review, "purpose", Undetermined, "purpose-other");
    scene.signed = Some("rental");
    let future = changed("rental-car", |json| json["valid_from"] = "2027-01-01".into()).expect("a policy");
    gives(&decide(&future, &scene, &rented()), Review, "policy", Undetermined, "policy-not-yet");
    let past = changed("rental-car", |json| json["valid_to"] = "2026-11-21".into()).expect("a policy");
    gives(&decide(&past, &scene, &rented()), Review, "policy", Undetermined, "policy-ended");
    let last = changed("rental-car", |json| json["valid_to"] = "2026-11-22".into()).expect("a policy");
    assert_eq!(decide(&last, &scene, &rented()).outcome, Accept);
    // Verified for a purpose, which asks less of the status than a policy may.
    scene.terms = liangzheng_verdict::Terms::default_for(Purpose::AgeOnly, date("2026-11-22"));
    gives(&decide(&policy, &scene, &rented()), Review, "policy", Undetermined, "judged-otherwise");
}

/// The wallet's code for rental has the elements of the purpose, and not `issuing_country`: the issuer's certificate says it.
#[test]
fn the_code_of_a_wallet_for_the_purpose_is_enough() {
    for (id, case) in [("rental-car", rented()), ("age-only", Case::default())] {
        let policy = ready(id);
        let kind = policy.document().kind;
        let mut scene = Scene::of(kind, &facts());
        scene.signed = Some(kind.code());
        scene.terms = policy.terms(scene.now, OFFSET);
        let case = Case { face: rented().face, ..case };
        let decision = decide(&policy, &scene, &case);
        assert_eq!(decision.outcome, Accept, "{id}: {:#?}", decision.reasons);
    }
}

/// A code lives a minute, and every desk and process that does not know of the others takes it.
#[test]
fn a_code_that_may_have_been_used_elsewhere_is_for_a_person() {
    let policy = ready("rental-car");
    let scene = scene(&policy, &facts());
    let verdict = scene.verdict();
    let forgetful = Judged::from(&verdict).without_replay_store();
    let decision = policy.decide(&forgetful, &rented(), scene.now, OFFSET);
    gives(&decision, Review, "replay", Undetermined, "replay-not-checked");
}

#[test]
fn issuers_and_strictness() {
    let with = |rule: Json| {
        changed("age-only", |json| json["rules"] = json!([{"rule": rule}, {"rule": {"name": "age", "at_least": 18, "on": "now"}}, {"rule": {"name": "face"}, "on_undetermined": "note"}]))
            .expect("a policy")
    };
    let of = |policy: &Policy| decide(policy, &scene(policy, &facts()), &Case::default());
    gives(
        &of(&with(json!({"name": "trusted-issuer", "countries": ["CN"]}))),
        Accept,
        "trusted-issuer",
        Pass,
        "issuer-accepted",
    );
    let other = with(json!({"name": "trusted-issuer", "countries": ["DE"], "lists": ["Europe"]}));
    gives(&of(&other), Refuse, "trusted-issuer", Fail, "issuer-not-accepted");
    gives(&of(&with(json!({"name": "strict"}))), Accept, "strict", Pass, "strict-met");
}

#[test]
fn an_untidy_certificate_fails_where_strictness_is_a_rule() {
    let strict = json!([{"rule": {"name": "strict"}, "on_fail": "review"}, {"rule": {"name": "face"}}]);
    let change = |json: &mut Json| {
        json["rules"] = strict;
        json["facts"].as_array_mut().expect("facts").retain(|line| line["fact"] == "portrait");
    };
    let policy = changed("age-only", change).expect("a policy");
    let mut scene = scene(&policy, &facts());
    let mut options = testkit::issuer::TestIssuerOptions::default();
    options.ds_validity.1 = options.ds_validity.1.plus_seconds(400 * 86_400);
    scene.issuer = testkit::issuer::TestIssuer::new(&options);
    gives(&decide(&policy, &scene, &rented()), Review, "strict", Fail, "strict-not-met");
}

#[test]
fn a_number_that_was_not_asked_is_not_compared() {
    let policy = ready("rental-car");
    let mut scene = scene(&policy, &facts());
    scene.only.as_mut().expect("elements").push(("org.iso.18013.5.1", "document_number"));
    let case = Case { number_end: Some("70028".into()), ..rented() };
    gives(&decide(&policy, &scene, &case), Accept, "booking", Pass, "name-matches");
    scene.only.as_mut().expect("elements").retain(|line| line.1 != "number_last4");
    gives(&decide(&policy, &scene, &case), Review, "booking", Undetermined, "element-missing");
}

#[test]
fn a_hidden_or_broken_element_is_never_a_pass() {
    let policy = ready("rental-car");
    for (id, rule) in [
        ("classes", "vehicle"),
        ("status_letters", "status"),
        ("age_over_18", "age"),
        ("novice_until", "novice"),
        ("number_last4", "booking"),
        ("portrait_small", "face"),
    ] {
        let mut scene = scene(&policy, &facts());
        scene.only.as_mut().expect("elements").retain(|line| line.1 != id);
        let hidden = decide(&policy, &scene, &rented());
        let reason = hidden.reasons.iter().find(|reason| reason.rule == rule).expect("the rule");
        assert_eq!((reason.outcome, hidden.outcome), (Undetermined, Review), "{id}");
        let mut scene = self::scene(&policy, &facts());
        scene.replace(id, Some(Value::Unsigned(7)));
        let broken = decide(&policy, &scene, &rented());
        let reason = broken.reasons.iter().find(|reason| reason.rule == rule).expect("the rule");
        assert_eq!((reason.outcome, broken.outcome), (Undetermined, Review), "{id}");
    }
    // The end of the validity is no rule's.
    let mut scene = scene(&policy, &facts());
    scene.only.as_mut().expect("elements").retain(|line| line.1 != "expiry_date");
    gives(&decide(&policy, &scene, &rented()), Review, "validity", Undetermined, "validity-missing");
}

#[test]
fn what_if_names_the_day() {
    let policy = ready("rental-car");
    let mut person = facts();
    person.classes = vec![HeldClass { class: licence::Class::C1, from: date("2025-12-10") }];
    person.novice_until = NoviceUntil::from_classes(&person.classes);
    let scene = scene(&policy, &person);
    let verdict = verify_one_way(&scene.payload(), &scene.context());
    let flips = policy.what_if(&Judged::from(&verdict), &rented(), scene.now, OFFSET, 60);
    let days: Vec<(u16, &str, RuleOutcome, Option<&str>)> = flips
        .iter()
        .map(|flip| (flip.in_days, flip.rule.as_str(), flip.to, flip.code.map(|code| code.text())))
        .collect();
    assert_eq!(
        days,
        [(18, "years-held", Pass, Some("held-years")), (19, "novice", Pass, Some("not-novice"))],
        "{flips:#?}"
    );
    assert_eq!((flips[0].date, flips[0].decision), (date("2026-12-10"), Accept));
}

#[test]
fn nothing_is_asked_of_a_document_that_can_have_none_of_it() {
    let points = changed("age-only", |json| {
        json["facts"] = json!([{"fact": "points", "intent_to_retain": false}]);
        json["rules"] = json!([{"rule": {"name": "points", "below": 12}}]);
    });
    let points = points.expect("a policy");
    let german = testkit::abroad::german();
    let mut scene = scene(&points, &facts());
    scene.elements = german.elements;
    // The country of the issuer's certificate.
    scene.replace("issuing_country", Some(Value::text("CN")));
    scene.only = Some(vec![("org.iso.18013.5.1", "age_over_18"), ("org.iso.18013.5.1", "expiry_date")]);
    gives(&decide(&points, &scene, &Case::default()), Review, "policy", Undetermined, "no-rule-applies");
}

#[test]
fn a_policy_is_refused_with_a_code() {
    let rental = |change: &dyn Fn(&mut Json)| changed("rental-car", change).err();
    let rule = |name: &str, change: &dyn Fn(&mut Json)| {
        rental(&|json| {
            let lines = json["rules"].as_array_mut().expect("rules");
            change(lines.iter_mut().find(|line| line["rule"]["name"] == name).expect("the rule"));
        })
    };
    let without = |list: &str, member: &str, name: &str| {
        rental(&|json| {
            json[list]
                .as_array_mut()
                .expect("a list")
                .retain(|line| line[member] != name && line[member]["name"] != name);
        })
    };
    assert_eq!(rental(&|_| {}), None);
    assert_eq!(rental(&|json| json["more"] = 1.into()), Some("policy-json"));
    assert_eq!(rental(&|json| json["id"] = "a b".into()), Some("policy-id"));
    assert_eq!(rental(&|json| json["purpose"]["en"] = " ".into()), Some("policy-text"));
    assert_eq!(rental(&|json| json["contact"]["zh-CN"] = "长".repeat(501).into()), Some("policy-text"));
    assert_eq!(rental(&|json| json["valid_to"] = "2025-01-01".into()), Some("policy-dates"));
    assert_eq!(rental(&|json| json["rules"] = json!([])), Some("policy-count"));
    assert_eq!(rental(&|json| json["kind"] = "none".into()), Some("policy-json"));
    assert_eq!(rule("age", &|line| line["rule"]["at_least"] = 0.into()), Some("policy-parameter"));
    assert_eq!(rule("age", &|line| line["rule"]["at_least"] = 21.5.into()), Some("policy-json"));
    assert_eq!(rule("age", &|line| line["rule"]["more"] = 1.into()), Some("policy-json"));
    assert_eq!(rule("face", &|line| line["rule"]["more"] = 1.into()), Some("policy-json"));
    assert_eq!(rule("face", &|line| line["on_fail"] = "accept".into()), Some("policy-json"));
    assert_eq!(rule("status", &|line| line["on_fail"] = "note".into()), Some("policy-status-not-asked"));
    assert_eq!(
        rule("status", &|line| line["on_undetermined"] = "note".into()),
        Some("policy-status-not-asked")
    );
    assert_eq!(without("rules", "rule", "status"), Some("policy-status-not-asked"));
    for hidden in ["may-drive", "valid-now", "no-such-rule"] {
        assert_eq!(rule("face", &|line| line["rule"] = json!({"name": hidden})), Some("policy-json"));
    }
    assert_eq!(without("facts", "fact", "age"), Some("policy-fact-not-asked"));
    assert_eq!(without("facts", "fact", "expiry-date"), Some("policy-fact-not-asked"));
    assert_eq!(without("rules", "rule", "novice"), Some("policy-fact-unused"));
    let again = |list: &str| {
        rental(&|json| {
            let lines = json[list].as_array_mut().expect("a list");
            lines.push(lines[0].clone());
        })
    };
    assert_eq!((again("facts"), again("rules")), (Some("policy-fact-twice"), Some("policy-rule-twice")));
    assert_eq!(Policy::from_json(&[b' '; 65 * 1024]).map_err(|error| error.code()), Err("policy-size"));
    let twice = r#"{"id": "a", "id": "b"}"#;
    assert_eq!(Policy::from_json(twice.as_bytes()).map_err(|error| error.code()), Err("policy-json"));
    let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    assert_eq!(Policy::from_json(deep.as_bytes()).map_err(|error| error.code()), Err("policy-json"));
}

#[test]
fn a_case_is_refused_with_a_code_and_without_its_values() {
    let of = |json: Json| Case::from_json(json.to_string().as_bytes()).map_err(|error| error.code());
    assert_eq!(of(json!({})), Ok(Case::default()));
    assert_eq!(of(json!({"vehicle": "boat"})), Err("case-form"));
    assert_eq!(of(json!({"more": 1})), Err("case-form"));
    assert_eq!(of(json!({"from": "2026-02-30"})), Err("case-form"));
    assert_eq!(of(json!({"from": "2026-11-22", "until": "2026-11-21"})), Err("case-dates"));
    assert_eq!(of(json!({"name": " "})), Err("case-text"));
    assert_eq!(of(json!({"name": "a".repeat(151)})), Err("case-text"));
    assert_eq!(of(json!({"number_end": "1"})), Err("case-text"));
    assert_eq!(of(json!({"number_end": "11010519491231002X"})), Err("case-text"));
    let long = format!("{{}}{}", " ".repeat(5000));
    assert_eq!(Case::from_json(long.as_bytes()).map_err(|error| error.code()), Err("case-form"));
}

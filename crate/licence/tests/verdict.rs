//! The whole way of a one-way presentation: what a verifier sees, in each row of the colour table.

#![expect(clippy::expect_used, reason = "helpers of tests")]

mod support;

use liangzheng_licence::check::State;
use liangzheng_licence::class::Class;
use liangzheng_licence::message::{Arg, Message};
use liangzheng_licence::purpose::{Purpose, Terms};
use liangzheng_licence::status::{Group, StatusLetters, TABLE};
use liangzheng_licence::verdict::{Colour, Face, FaceAnswer, LayerId, Verdict};
use mdoc::cbor::Value;
use mdoc::time::Timestamp;
use support::{Scene, date, facts, jpeg, now, today};
use testkit::issuer::{TestIssuer, TestIssuerOptions};

fn state(verdict: &Verdict, id: LayerId) -> State {
    verdict.layer(id).expect("five layers").state
}

fn states(verdict: &Verdict) -> [State; 5] {
    LayerId::ALL.map(|id| state(verdict, id))
}

fn has(verdict: &Verdict, code: &str) -> bool {
    verdict.checks().any(|check| check.code == code)
}

fn noted(verdict: &Verdict, key: &str) -> bool {
    verdict.notes.iter().any(|note| note.code == key)
}

/// No element anywhere: neither in the view nor in a sentence.
fn hides_everything(verdict: &Verdict) {
    assert_eq!(verdict.view, None);
    assert_eq!(verdict.face, Face::NotShown);
    assert_eq!(verdict.facts_as_of, None);
    let text = serde_json::to_string(verdict).expect("json");
    for secret in ["测", "试一", "Ceshi", "199003070028", "1990-03-07", "2031-03-01"] {
        assert!(!text.contains(secret), "{secret}");
    }
}

use State::{Fail, NotAsked, Pass, Undetermined};

#[test]
fn each_purpose_is_green() {
    let c1 = || ("vehicle", Arg::Class(Class::C1));
    let headlines = [
        (Purpose::Roadside, Message::new("headline.roadside.pass", [c1()])),
        (Purpose::Rental, Message::new("headline.rental.pass", [c1(), ("years", Arg::Number(11))])),
        (Purpose::Insurance, Message::new("headline.insurance.pass", [c1(), ("years", Arg::Number(11))])),
        (Purpose::AgeOnly, Message::new("headline.age-only.pass", [("age", Arg::Number(18))])),
    ];
    for (purpose, headline) in headlines {
        let verdict = Scene::new(purpose).verdict();
        assert_eq!(verdict.colour, Colour::Green, "{purpose:?}: {:?}", verdict.headline);
        assert_eq!(verdict.headline, headline);
        let status = if purpose == Purpose::AgeOnly { NotAsked } else { Pass };
        assert_eq!(states(&verdict), [Pass, Pass, Pass, status, Pass]);
        assert!(noted(&verdict, "note.relay"));
        assert!(noted(&verdict, "note.no-revocation-list"));
        assert!(verdict.replay.is_some());
        assert!(!verdict.demo, "the test authority is no demo");
        assert_eq!(verdict.issuer.as_ref().map(|issuer| issuer.label.as_str()), Some("Test authority"));
    }
}

#[test]
fn a_person_compares_the_face_where_one_was_shown() {
    for purpose in [Purpose::Roadside, Purpose::Rental, Purpose::AgeOnly] {
        let verdict = Scene::new(purpose).verdict();
        assert_eq!(verdict.face, Face::ToCompare);
        assert!(noted(&verdict, "note.compare-portrait"));
        let asking = verdict.after_face(FaceAnswer::NotAnswered);
        assert_eq!(asking.ask, Some(Message::plain("face.compare")));
        let same = verdict.after_face(FaceAnswer::Same);
        assert_eq!((same.colour, same.ask), (Colour::Green, None));
        let not_sure = verdict.after_face(FaceAnswer::NotSure);
        assert_eq!(not_sure.colour, Colour::Amber);
        assert_eq!(not_sure.headline.code, "headline.face-not-sure");
    }
    let insurance = Scene::new(Purpose::Insurance).verdict();
    assert_eq!(insurance.face, Face::NotShown);
    let band = insurance.after_face(FaceAnswer::NotAnswered);
    assert_eq!((band.colour, band.ask), (Colour::Green, None));
}

#[test]
fn a_face_never_mends_a_refusal() {
    let mut person = facts();
    person.status.letters = StatusLetters::parse("D");
    let verdict = Scene::of(Purpose::Roadside, &person).verdict();
    for answer in [FaceAnswer::Same, FaceAnswer::NotSure, FaceAnswer::NotAnswered] {
        assert_eq!(verdict.after_face(answer).colour, Colour::Red);
        assert_eq!(verdict.after_face(answer).headline.code, "headline.status.D");
    }
}

#[test]
fn every_letter_at_the_roadside() {
    for row in &TABLE {
        let mut person = facts();
        person.status.letters = StatusLetters::parse(&row.sign.to_string());
        person.status.until = (row.group == Group::Extended).then(today);
        let verdict = Scene::of(Purpose::Roadside, &person).verdict();
        let good = matches!(row.group, Group::Green | Group::Extended);
        assert_eq!(verdict.colour, if good { Colour::Green } else { Colour::Red }, "{}", row.sign);
        assert!(verdict.view.is_some(), "whose licence it is, is shown");
        if !good {
            assert_eq!(verdict.headline.code, format!("headline.status.{}", row.sign));
            assert_eq!(state(&verdict, LayerId::Status), Fail);
        }
    }
}

#[test]
fn every_extension_that_is_over() {
    for letter in ["N", "P", "T"] {
        let mut person = facts();
        person.status.letters = StatusLetters::parse(letter);
        person.status.until = Some(today().plus_days(-1));
        let verdict = Scene::of(Purpose::Roadside, &person).verdict();
        assert_eq!(verdict.colour, Colour::Red);
        assert_eq!(verdict.headline.code, format!("headline.status.{letter}"));
    }
}

#[test]
fn unknown_letters_are_amber() {
    let mut scene = Scene::new(Purpose::Roadside);
    let status = Value::map([("letters", Value::text("Q")), ("as_of", Value::tdate(now()))]);
    scene.replace("status_letters", Some(status));
    let verdict = scene.verdict();
    assert_eq!(verdict.colour, Colour::Amber);
    assert_eq!(verdict.headline.code, "headline.status-unknown");
}

#[test]
fn old_status_is_amber_and_says_of_when_it_is() {
    for (purpose, hours) in [(Purpose::Roadside, 24), (Purpose::Rental, 24), (Purpose::Insurance, 168)] {
        let mut person = facts();
        let mut scene = Scene::of(purpose, &person);
        person.status.as_of = scene.now.plus_seconds(-hours * 3600);
        scene.elements = person.elements(now()).expect("elements");
        assert_eq!(scene.verdict().colour, Colour::Green);
        person.status.as_of = person.status.as_of.plus_seconds(-1);
        scene.elements = person.elements(now()).expect("elements");
        let verdict = scene.verdict();
        assert_eq!(verdict.colour, Colour::Amber);
        assert_eq!(state(&verdict, LayerId::Status), Undetermined);
        assert_eq!(verdict.headline.code, "headline.status-unverified");
        assert_eq!(verdict.facts_as_of, Some(person.status.as_of));
    }
}

#[test]
fn a_bad_letter_stays_bad_when_it_is_old() {
    let mut person = facts();
    person.status.letters = StatusLetters::parse("D");
    person.status.as_of = now().plus_seconds(-30 * 86_400);
    assert_eq!(Scene::of(Purpose::Roadside, &person).verdict().colour, Colour::Red);
}

#[test]
fn expired_through_the_last_second_of_the_day_in_shanghai() {
    let mut person = facts();
    person.expiry_date = today();
    let mut scene = Scene::of(Purpose::Roadside, &person);
    let midnight = today().plus_days(1).start_at(8 * 3600);
    scene.shown_at = midnight.plus_seconds(-1);
    scene.now = scene.shown_at;
    assert_eq!(scene.verdict().colour, Colour::Green);
    scene.now = midnight;
    let verdict = scene.verdict();
    assert_eq!(verdict.colour, Colour::Red);
    let expired = Message::new("headline.expired", [("date", Arg::Date(today()))]);
    assert_eq!(verdict.headline, expired);
    assert!(verdict.view.is_some(), "an expired licence shows its holder");
    assert!(noted(&verdict, "note.clock-right"));
}

#[test]
fn long_term_never_expires() {
    let mut person = facts();
    person.long_term = true;
    person.expiry_date = date("2024-01-01");
    let verdict = Scene::of(Purpose::Rental, &person).verdict();
    assert_eq!(verdict.colour, Colour::Green);
    assert!(has(&verdict, "licence-long-term"));
}

#[test]
fn the_copy_has_a_life_of_its_own() {
    let mut scene = Scene::new(Purpose::AgeOnly);
    let end = now().floor_to_day().plus_seconds(90 * 86_400);
    scene.shown_at = end;
    scene.now = end;
    assert_eq!(scene.verdict().colour, Colour::Green, "age only asks for nothing but the copy's life");
    scene.now = end.plus_seconds(1);
    let verdict = scene.verdict();
    assert_eq!(verdict.colour, Colour::Red);
    assert_eq!(verdict.headline.code, "headline.copy-expired");
}

#[test]
fn old_code() {
    let mut scene = Scene::new(Purpose::Roadside);
    scene.now = scene.shown_at.plus_seconds(60);
    assert_eq!(scene.verdict().colour, Colour::Green);
    scene.now = scene.shown_at.plus_seconds(61);
    let verdict = scene.verdict();
    assert_eq!((verdict.colour, verdict.headline.code.as_ref()), (Colour::Red, "headline.old-code"));
    assert!(noted(&verdict, "note.clock-right"));
    assert_eq!(states(&verdict), [Pass, Fail, Pass, NotAsked, NotAsked]);
    hides_everything(&verdict);
}

#[test]
fn future_code() {
    let mut scene = Scene::new(Purpose::Roadside);
    scene.now = scene.shown_at.plus_seconds(-60);
    assert_eq!(scene.verdict().colour, Colour::Green);
    scene.now = scene.shown_at.plus_seconds(-61);
    let verdict = scene.verdict();
    assert_eq!((verdict.colour, verdict.headline.code.as_ref()), (Colour::Amber, "headline.clock"));
    hides_everything(&verdict);
}

#[test]
fn a_clock_that_is_behind_is_amber_and_never_green() {
    for behind in [1, 3_600, 86_400, 20 * 365 * 86_400] {
        let mut scene = Scene::new(Purpose::Roadside);
        scene.clock_floor = scene.now;
        scene.now = scene.now.plus_seconds(-behind);
        let verdict = scene.verdict();
        assert_eq!(verdict.colour, Colour::Amber, "{behind} s behind");
        assert_eq!(verdict.headline.code, "headline.clock");
        assert!(has(&verdict, "clock-floor"));
        hides_everything(&verdict);
    }
}

#[test]
fn the_same_code_twice() {
    let mut scene = Scene::new(Purpose::Rental);
    let first = scene.verdict();
    let replay = first.replay.expect("to be remembered");
    scene.memory.remember(replay.key, scene.now, replay.exp);
    scene.now = scene.now.plus_seconds(8);
    let second = scene.verdict();
    assert_eq!(second.colour, Colour::Amber);
    assert_eq!(second.headline, Message::new("headline.seen", [("seconds", Arg::Number(8))]));
    assert_eq!(second.replay, Some(replay), "the way back to the first verdict");
    hides_everything(&second);
}

#[test]
fn unknown_issuer() {
    let mut scene = Scene::new(Purpose::Roadside);
    let options = TestIssuerOptions {
        seed: "another".into(),
        iaca_name: "Another IACA".into(),
        ..TestIssuerOptions::default()
    };
    scene.trust = TestIssuer::new(&options).trust();
    let verdict = scene.verdict();
    assert_eq!((verdict.colour, verdict.headline.code.as_ref()), (Colour::Red, "headline.issuer-unknown"));
    assert!(has(&verdict, "issuer-unknown"));
    assert_eq!(states(&verdict), [Fail, NotAsked, NotAsked, NotAsked, NotAsked]);
    hides_everything(&verdict);
}

#[test]
fn right_name_and_wrong_key() {
    let mut scene = Scene::new(Purpose::Roadside);
    let options = TestIssuerOptions { seed: "another".into(), ..TestIssuerOptions::default() };
    scene.trust = TestIssuer::new(&options).trust();
    let verdict = scene.verdict();
    assert_eq!(verdict.colour, Colour::Red);
    hides_everything(&verdict);
}

#[test]
fn not_a_licence_code() {
    let scene = Scene::new(Purpose::Roadside);
    let payload = scene.payload();
    for bytes in [&b""[..], b"https://example.com", &[0; 64], &payload[1..], &payload[..payload.len() - 1]] {
        let verdict = scene.verify_payload(bytes);
        assert_eq!((verdict.colour, verdict.headline.code.as_ref()), (Colour::Red, "headline.not-a-licence"));
        hides_everything(&verdict);
    }
}

#[test]
fn our_own_fault_is_no_verdict() {
    let verdict = Verdict::interrupted();
    assert_eq!(verdict.colour, Colour::Amber);
    assert_eq!(verdict.headline.code, "headline.interrupted");
    assert_eq!(verdict.view, None);
}

#[test]
fn rental_refused_and_for_what() {
    let mut person = facts();
    person.classes[0].from = today().plus_days(-300);
    let verdict = Scene::of(Purpose::Rental, &person).verdict();
    assert_eq!(verdict.colour, Colour::Red);
    assert_eq!(verdict.headline, Message::new("headline.rental.held-too-short", [("years", Arg::Number(1))]));
    let mut scene = Scene::new(Purpose::Rental);
    scene.terms.until = date("2031-03-02");
    assert_eq!(scene.verdict().headline.code, "headline.rental.term-too-short");
    scene.terms = Terms { trailer: true, ..Terms::default_for(Purpose::Rental, today()) };
    assert_eq!(scene.verdict().headline.code, "headline.rental.trailer-not-covered");
}

#[test]
fn roadside_refused_and_for_what() {
    let mut scene = Scene::new(Purpose::Roadside);
    scene.terms.vehicle = Class::A1;
    let verdict = scene.verdict();
    assert_eq!(verdict.colour, Colour::Red);
    assert_eq!(verdict.headline.code, "headline.roadside.class-not-covered");
    assert_eq!(verdict.headline.arg("vehicle"), Some(&Arg::Class(Class::A1)));
}

#[test]
fn a_novice_is_green_with_a_word() {
    let mut person = facts();
    person.classes[0].from = today().plus_days(-30);
    person.novice_until = liangzheng_licence::novice::NoviceUntil::from_classes(&person.classes);
    let verdict = Scene::of(Purpose::Roadside, &person).verdict();
    assert_eq!(verdict.colour, Colour::Green);
    assert_eq!(verdict.subline.map(|line| line.code.into_owned()), Some("subline.novice".to_owned()));
}

#[test]
fn age_only_shows_the_answer_and_the_portrait_alone() {
    let verdict = Scene::new(Purpose::AgeOnly).verdict();
    let view = verdict.view.expect("a view");
    assert!(view.portrait.is_some());
    assert_eq!(view.fields.shown, ["age_over_18", "portrait_small"]);

    let mut scene = Scene::new(Purpose::AgeOnly);
    scene.with_portrait = false;
    let verdict = scene.verdict();
    assert_eq!((verdict.colour, verdict.face), (Colour::Amber, Face::NotShown));
    assert_eq!(verdict.headline.code, "headline.age-only.no-portrait");
}

#[test]
fn age_only_false_fails_and_missing_is_a_doubt() {
    let mut scene = Scene::new(Purpose::AgeOnly);
    scene.replace("age_over_18", Some(Value::Bool(false)));
    let verdict = scene.verdict();
    assert_eq!(
        (verdict.colour, verdict.headline.code.as_ref()),
        (Colour::Red, "headline.age-only.age-below")
    );
    scene.replace("age_over_18", None);
    let verdict = scene.verdict();
    assert_eq!((verdict.colour, verdict.headline.code.as_ref()), (Colour::Amber, "headline.age-only.review"));
}

#[test]
fn a_code_for_another_purpose_leaves_doubts() {
    let mut scene = Scene::new(Purpose::AgeOnly);
    scene.terms = Terms::default_for(Purpose::Roadside, today());
    let verdict = scene.verdict();
    assert_eq!(verdict.colour, Colour::Amber);
    assert_eq!(state(&verdict, LayerId::Status), Undetermined);
}

#[test]
fn more_than_asked_is_noted() {
    let mut scene = Scene::new(Purpose::Rental);
    scene.also_shown = vec![("org.iso.18013.5.1", "birth_date")];
    let verdict = scene.verdict();
    assert_eq!(verdict.colour, Colour::Green);
    assert!(noted(&verdict, "note.over-disclosure"));
}

#[test]
fn hostile_portraits_are_not_in_a_verdict() {
    let mut bomb = jpeg(20_000, 20_000);
    for portrait in
        [std::mem::take(&mut bomb), b"<svg onload=alert(1)>".to_vec(), jpeg(120, 174)[..20].to_vec()]
    {
        let mut scene = Scene::new(Purpose::Roadside);
        scene.replace("portrait_small", Some(Value::bytes(portrait)));
        let verdict = scene.verdict();
        assert_eq!((verdict.colour, verdict.face), (Colour::Amber, Face::NotShown));
        assert!(has(&verdict, "portrait-unreadable"));
        assert_eq!(verdict.view.expect("a view").portrait, None);
    }
}

#[test]
fn hostile_text_is_visible_and_bounded() {
    let mut scene = Scene::new(Purpose::Roadside);
    scene.replace("family_name_national_character", Some(Value::text("王\u{202e}<b>")));
    scene.replace("document_number", Some(Value::text("9".repeat(5_000))));
    let verdict = scene.verdict();
    let view = verdict.view.as_ref().expect("a view");
    let name = view.fields.family_name_national.as_ref().map(|name| name.as_str());
    assert_eq!(name, Some("王⟨U+202E⟩<b>"));
    assert!(serde_json::to_string(&verdict).expect("json").len() < 32_768);
}

#[test]
fn a_verdict_crosses_a_worker_border() {
    for purpose in Purpose::ALL {
        let verdict = Scene::new(purpose).verdict();
        let text = serde_json::to_string(&verdict).expect("json");
        let back: Verdict = serde_json::from_str(&text).expect("a verdict");
        assert_eq!(back, verdict);
    }
}

#[test]
fn no_flipped_bit_gives_another_green_verdict() {
    let scene = Scene::new(Purpose::Insurance);
    let payload = scene.payload();
    let right = scene.verify_payload(&payload);
    let mut green = 0;
    // One bit of each byte; `mdoc` flips every bit of the inflated Envelope.
    for bit in (0..payload.len()).map(|byte| byte * 8 + byte % 8) {
        let mut bytes = payload.clone();
        bytes[bit / 8] ^= 1 << (bit % 8);
        let verdict = scene.verify_payload(&bytes);
        if verdict.colour == Colour::Green {
            assert_eq!(verdict.view, right.view, "bit {bit}");
            green += 1;
        } else {
            hides_everything(&verdict);
        }
    }
    assert!(green < 64, "only bits outside of every signature, such as deflate's padding: {green}");
}

#[test]
fn nobody_trusts_a_time_of_nought() {
    let mut scene = Scene::new(Purpose::Roadside);
    scene.now = Timestamp::from_unix(0);
    let verdict = scene.verdict();
    assert_ne!(verdict.colour, Colour::Green);
    hides_everything(&verdict);
}

//! Each row of the colour table, each letter, each purpose.

use cbor::Value;
use liangzheng_verdict::CheckState::{Fail, NotAsked, Pass, Undetermined};
use liangzheng_verdict::words::{FaceWords, Headline};
use liangzheng_verdict::{Arg, Colour, Face, FaceAnswer, LayerId, Purpose, Terms};
use licence::{Group, LETTER_TABLE, StatusLetters, Vehicle, VehicleKind};

use crate::support::{Scene, date, facts, noted, now, state, states, today};

#[test]
fn each_purpose_is_green() {
    let vehicle = Vehicle::CAR;
    let headlines = [
        (Purpose::Roadside, Headline::RoadsidePass { vehicle }),
        (Purpose::Rental, Headline::RentalPass { vehicle, years: 11 }),
        (Purpose::Insurance, Headline::InsurancePass { vehicle, years: 11 }),
        (Purpose::AgeOnly, Headline::AgeOnlyPass { age: 18 }),
    ];
    for (purpose, headline) in headlines {
        let verdict = Scene::new(purpose).verdict();
        assert_eq!(verdict.colour, Colour::Green, "{purpose:?}: {:?}", verdict.headline);
        assert_eq!(verdict.headline, headline.into());
        let status = if purpose == Purpose::AgeOnly { NotAsked } else { Pass };
        assert_eq!(states(&verdict), [Pass, Pass, Pass, status, Pass]);
        // Insurance asks for no portrait: there is none to compare.
        let relay = if purpose == Purpose::Insurance { "note.relay.without-portrait" } else { "note.relay" };
        assert!(noted(&verdict, relay));
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
        assert_eq!(asking.ask, Some(FaceWords::Compare.into()));
        let same = verdict.after_face(FaceAnswer::Same);
        assert_eq!((same.colour, same.ask), (Colour::Green, None));
        let blank = verdict.after_face(FaceAnswer::Blank);
        assert_eq!(blank.colour, Colour::Amber);
        assert_eq!(blank.headline.code, "headline.portrait-blank");
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
    for row in &LETTER_TABLE {
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
fn rental_refused_and_for_what() {
    let mut person = facts();
    person.classes[0].from = today().plus_days(-300);
    let verdict = Scene::of(Purpose::Rental, &person).verdict();
    assert_eq!(verdict.colour, Colour::Red);
    assert_eq!(verdict.headline, Headline::RentalHeldTooShort { years: 1 }.into());
    let mut scene = Scene::new(Purpose::Rental);
    scene.terms.until = date("2031-03-02");
    assert_eq!(scene.verdict().headline.code, "headline.rental.term-too-short");
    scene.terms = Terms {
        vehicle: Some(VehicleKind::CarHeavyTrailer.into()),
        ..Terms::default_for(Purpose::Rental, today())
    };
    assert_eq!(scene.verdict().headline.code, "headline.rental.trailer-not-covered");
}

#[test]
fn roadside_refused_and_for_what() {
    let mut scene = Scene::new(Purpose::Roadside);
    scene.terms.vehicle = Some(VehicleKind::Bus.into());
    let verdict = scene.verdict();
    assert_eq!(verdict.colour, Colour::Red);
    assert_eq!(verdict.headline.code, "headline.roadside.class-not-covered");
    assert_eq!(verdict.headline.arg("vehicle"), Some(&Arg::Vehicle(VehicleKind::Bus.into())));
}

#[test]
fn a_novice_is_green_with_a_word() {
    let mut person = facts();
    person.classes[0].from = today().plus_days(-30);
    person.novice_until = licence::NoviceUntil::from_classes(&person.classes);
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

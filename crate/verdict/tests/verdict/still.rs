//! The still answer: less than the purpose, no portrait, and no fault of the holder.

use liangzheng_verdict::{CheckState, Colour, Face, LayerId, Purpose};
use licence::elements::id;
use licence::{Class, DOMESTIC_NAMESPACE, HeldClass, ISO_NAMESPACE};

use super::support::{Scene, date, facts, has, noted, state};

/// A number of the right check character, born on 7 March 1990.
const NUMBER: &str = "000000199003070022";

/// The still answer of this purpose, to a verifier who asks for it.
fn still(purpose: Purpose) -> Scene {
    let mut scene = Scene::new(purpose);
    scene.signed = purpose.signed();
    scene.only = Some(purpose.still_elements());
    scene
}

#[test]
fn it_asks_for_another_document_with_a_photo_and_blames_nobody() {
    let mut transport = facts();
    transport.document_number = NUMBER.into();
    transport.classes =
        [Class::A1, Class::B2].map(|class| HeldClass { class, from: date("2015-03-01") }).to_vec();
    for purpose in [Purpose::Roadside, Purpose::Rental, Purpose::Freight, Purpose::Passenger] {
        let mut scene = still(purpose);
        scene.elements = transport.elements(super::support::now()).expect("facts that can be signed");
        let verdict = scene.verdict();
        assert_eq!((verdict.colour, verdict.face), (Colour::Amber, Face::NotShown), "{purpose:?}");
        assert_eq!(verdict.headline.code, "headline.still-answer", "{purpose:?} {:?}", verdict.layers[4]);
        assert_eq!(verdict.subline.as_ref().map(|line| line.code.as_ref()), Some("code.still-answer"));
        assert_eq!(state(&verdict, LayerId::Policy), CheckState::Undetermined);
        assert!(!has(&verdict, "element-missing") && !has(&verdict, "portrait-left-out"), "{purpose:?}");
        assert!(noted(&verdict, "note.relay.without-portrait"));
        assert!(!verdict.asks_to_scan_again());
    }
}

#[test]
fn it_is_no_answer_of_its_own_where_no_face_is_compared_or_the_portrait_is_the_holders_choice() {
    let insurance = still(Purpose::Insurance).verdict();
    assert_eq!(
        (insurance.colour, insurance.headline.code.as_ref()),
        (Colour::Green, "headline.insurance.pass")
    );
    for purpose in [Purpose::AgeOnly, Purpose::Counter] {
        let verdict = still(purpose).verdict();
        assert_eq!(verdict.colour, Colour::Amber, "{purpose:?}");
        assert!(has(&verdict, "portrait-left-out") && !has(&verdict, "still-answer"), "{purpose:?}");
    }
}

#[test]
fn what_may_be_driven_is_answered_by_the_date_of_birth_in_the_number() {
    let mut person = facts();
    person.document_number = NUMBER.into();
    person.classes.push(HeldClass { class: Class::B1, from: date("2016-03-01") });
    let mut scene = Scene::of(Purpose::Roadside, &person);
    scene.signed = Some("roadside");
    scene.only = Some(Purpose::Roadside.still_elements());
    scene.terms.vehicle = None;
    let verdict = scene.verdict();
    assert_eq!(verdict.headline.code, "headline.still-answer");
    assert!(has(&verdict, "may-drive") && !has(&verdict, "classes-open"));
    // A number of another kind has none.
    scene.replace(id::DOCUMENT_NUMBER, Some("E12345678".into()));
    let verdict = scene.verdict();
    assert_eq!(verdict.headline.code, "headline.roadside.review-open");
}

#[test]
fn what_refuses_refuses_a_still_answer_as_well() {
    for (letters, code) in [("D", "headline.status.D"), ("G", "headline.status.G")] {
        let mut person = facts();
        person.status.letters = licence::StatusLetters::parse(letters);
        let mut scene = Scene::of(Purpose::Roadside, &person);
        scene.signed = Some("roadside");
        scene.only = Some(Purpose::Roadside.still_elements());
        let verdict = scene.verdict();
        assert_eq!((verdict.colour, verdict.headline.code.as_ref()), (Colour::Red, code));
    }
}

#[test]
fn one_that_shows_more_or_less_than_its_set_or_is_not_signed_as_it_is_an_ordinary_presentation() {
    // More: what else is missing is a fault again.
    let mut more = still(Purpose::Roadside);
    more.also_shown.push((ISO_NAMESPACE, id::BIRTH_DATE));
    // With the portrait it is no still answer either.
    let mut with_portrait = still(Purpose::Roadside);
    with_portrait.also_shown.push((DOMESTIC_NAMESPACE, id::PORTRAIT_SMALL));
    let mut unsigned = still(Purpose::Roadside);
    unsigned.signed = None;
    for scene in [more, with_portrait, unsigned] {
        let verdict = scene.verdict();
        assert_eq!(verdict.colour, Colour::Amber);
        assert!(
            has(&verdict, "element-missing") && !has(&verdict, "still-answer"),
            "{:?}",
            verdict.layers[4]
        );
    }
    // Less: of its own set something is missing.
    let mut less = still(Purpose::Roadside);
    less.only.as_mut().expect("a set").retain(|line| line.1 != id::DOCUMENT_NUMBER);
    let verdict = less.verdict();
    assert!(has(&verdict, "element-missing") && has(&verdict, "still-answer"), "{:?}", verdict.layers);
    assert_ne!(verdict.headline.code, "headline.still-answer");
}

#[test]
fn one_for_another_purpose_is_said_to_be_for_that_one() {
    for shown in Purpose::ALL {
        for asked in Purpose::ALL.into_iter().filter(|asked| *asked != shown) {
            let mut scene = Scene::new(asked);
            scene.signed = shown.signed();
            scene.only = Some(shown.still_elements());
            let verdict = scene.verdict();
            // A lorry that a car licence does not cover is refused all the same.
            assert_ne!(verdict.colour, Colour::Green, "{shown:?} for {asked:?}");
            assert!(has(&verdict, "purpose-other") && !has(&verdict, "still-answer"), "{shown:?} {asked:?}");
        }
    }
}

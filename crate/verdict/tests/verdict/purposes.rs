//! For what it was shown, and for what it is asked.

use cbor::Value;
use liangzheng_verdict::words::Headline;
use liangzheng_verdict::{Colour, Purpose, Terms, Verdict};
use licence::Vehicle;

use crate::support::{Scene, has, today};

/// Shows for one purpose what another one asks about, a car each time.
fn scene(shown: Purpose, asked: Purpose, signed: bool) -> Scene {
    let mut scene = Scene::new(shown);
    scene.signed = signed.then(|| shown.code());
    scene.terms = Terms { vehicle: Some(Vehicle::CAR), ..Terms::default_for(asked, today()) };
    scene
}

fn pairs() -> impl Iterator<Item = (Purpose, Purpose)> {
    let all = Purpose::ALL.into_iter();
    all.flat_map(|shown| Purpose::ALL.into_iter().map(move |asked| (shown, asked)))
        .filter(|(shown, asked)| shown != asked)
}

fn says(verdict: &Verdict, shown: Purpose, asked: Purpose) {
    assert_eq!(verdict.headline, Headline::OtherPurpose { shown, asked }.into(), "{shown:?} for {asked:?}");
    assert_eq!((verdict.colour, &verdict.subline), (Colour::Amber, &None), "{shown:?} for {asked:?}");
    assert!(has(verdict, "purpose-other") && !has(verdict, "element-missing"));
    assert!(verdict.view.is_some(), "what is known is shown");
    assert!(verdict.asks_to_scan_again());
}

#[test]
fn another_purpose_is_one_sentence_in_all_42_pairs() {
    assert_eq!(pairs().count(), 42);
    for (shown, asked) in pairs() {
        says(&scene(shown, asked, true).verdict(), shown, asked);
    }
}

#[test]
fn the_same_purpose_is_no_finding() {
    for purpose in Purpose::ALL {
        let verdict = scene(purpose, purpose, true).verdict();
        assert_eq!(verdict.colour, Colour::Green, "{purpose:?}: {:?}", verdict.headline);
        assert!(!has(&verdict, "purpose-other"));
    }
}

#[test]
fn without_a_signed_purpose_a_complete_set_tells() {
    for (shown, asked) in pairs() {
        let verdict = scene(shown, asked, false).verdict();
        // A counter is content with whatever the holder ticks; a rental shows all that a proof of age needs.
        let is_enough = asked.elements(false).iter().all(|element| shown.elements(true).contains(element));
        if is_enough || asked == Purpose::Counter {
            assert!(!has(&verdict, "purpose-other"), "{shown:?} for {asked:?}");
            continue;
        }
        let first =
            if shown.elements(true) == Purpose::Roadside.elements(true) { Purpose::Roadside } else { shown };
        says(&verdict, first, asked);
    }
}

#[test]
fn an_unknown_purpose_is_shown_as_unknown() {
    let mut scene = scene(Purpose::Rental, Purpose::Rental, true);
    scene.signed = Some("parking");
    let verdict = scene.verdict();
    assert_eq!(verdict.headline, Headline::UnknownPurpose { asked: Purpose::Rental }.into());
    assert_eq!(verdict.colour, Colour::Amber);
    assert!(has(&verdict, "purpose-unknown"));
}

#[test]
fn what_follows_from_what_was_shown_is_computed() {
    let rental = scene(Purpose::Roadside, Purpose::Rental, true).verdict();
    assert!(has(&rental, "age-reached") && !has(&rental, "age-unknown"));
    let insurance = scene(Purpose::Roadside, Purpose::Insurance, true).verdict();
    assert!(has(&insurance, "birth-year"));
    let age = scene(Purpose::Roadside, Purpose::AgeOnly, true).verdict();
    assert!(has(&age, "age-reached"));
    // Somebody of 17 is refused by the date of birth, whatever it was shown for.
    let mut young = scene(Purpose::Roadside, Purpose::AgeOnly, true);
    young.replace("birth_date", Some(Value::date(today().plus_years(-17))));
    assert_eq!(young.verdict().colour, Colour::Red);
}

#[test]
fn a_refusal_of_the_licence_comes_before_the_purpose() {
    let mut facts = crate::support::facts();
    facts.status.letters = licence::StatusLetters::parse("D");
    let mut scene = Scene::of(Purpose::Roadside, &facts);
    scene.signed = Some("roadside");
    scene.terms = Terms::default_for(Purpose::Rental, today());
    let verdict = scene.verdict();
    assert_eq!((verdict.colour, verdict.headline.code.as_ref()), (Colour::Red, "headline.status.D"));
    assert!(!verdict.asks_to_scan_again());
}

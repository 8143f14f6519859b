//! Days, lives and clocks.

use cbor::Timestamp;
use liangzheng_verdict::CheckState::{Fail, NotAsked, Pass};
use liangzheng_verdict::words::Headline;
use liangzheng_verdict::{Colour, Purpose};

use crate::support::{Scene, date, facts, has, hides_everything, noted, now, states, today};

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
    assert_eq!(verdict.headline, Headline::Expired { date: today() }.into());
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
    assert_eq!(scene.verdict().headline, Headline::SeenNow.into());
    scene.now = scene.now.plus_seconds(8);
    let second = scene.verdict();
    assert_eq!(second.colour, Colour::Amber);
    assert_eq!(second.headline, Headline::Seen { seconds: 8 }.into());
    assert_eq!(second.replay, Some(replay), "the way back to the first verdict");
    hides_everything(&second);
}

#[test]
fn nobody_trusts_a_time_of_nought() {
    let mut scene = Scene::new(Purpose::Roadside);
    scene.now = Timestamp::from_unix(0);
    let verdict = scene.verdict();
    assert_ne!(verdict.colour, Colour::Green);
    hides_everything(&verdict);
}

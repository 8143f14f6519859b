//! The verdict on each person.

use mdoc::TrustAnchors;
use mdoc::vical::UnverifiedVical;
use verdict::Colour;
use verdict::Purpose;

use crate::support::{DEMO, at, at_hand, claim, shown_to, verdict};

/// A list by another provider vouches for the demo's root: its licences are known, and stay marked.
#[test]
fn no_list_makes_the_demo_real() {
    let now = at("2026-11-22T12:00:00Z");
    let anchor = DEMO.anchor(&signature::RustCrypto).unwrap();
    let provider = testkit::vical::TestVicalProvider::new("Borrowed lists");
    let bytes = provider.list("Borrowed lists", now, 1, &[anchor.certificate()]);
    let list =
        UnverifiedVical::decode(&bytes).unwrap().verify(&provider.trust(), &signature::RustCrypto).unwrap();
    let mut trust = TrustAnchors::new();
    list.add_to(&mut trust, "Borrowed lists", now, &signature::RustCrypto);
    assert_eq!(trust.iter().flat_map(|anchor| anchor.lists()).collect::<Vec<_>>(), ["Borrowed lists"]);
    let licence = claim(DEMO.person("lin").unwrap(), now);
    let verdict = shown_to(&licence, Purpose::Roadside, now, &at_hand(now), &trust);
    assert_eq!(verdict.colour, Colour::Green);
    assert!(verdict.demo, "known by its key, whatever list it is on");
    assert!(verdict.notes.iter().any(|note| note.code == "note.demo"));
    // unknown without the list
    let nobody = shown_to(&licence, Purpose::Roadside, now, &at_hand(now), &TrustAnchors::new());
    assert_eq!(nobody.colour, Colour::Red);
}

#[test]
fn verdict_that_everybody_gets() {
    use Colour::{Amber, Green, Red};
    // Roadside asks what may be driven, rental for a C1 car; insurance for a year from tomorrow.
    let expected = [
        ("lin", Green, Green, Green, Green),
        ("zhao", Green, Green, Green, Green),
        ("xu", Green, Red, Red, Green),
        ("gao", Red, Red, Red, Green),
        ("wei", Red, Red, Red, Green),
        ("cheng", Red, Red, Red, Green),
        ("shen", Green, Green, Green, Green),
        ("he", Green, Green, Green, Green),
        ("tang", Green, Green, Green, Green),
        ("shangguan", Green, Green, Green, Green),
        ("bai", Green, Amber, Amber, Green),
    ];
    for day in ["2026-11-22T04:05:06Z", "2036-11-22T04:05:06Z"] {
        let lists = at_hand(at(day));
        for (id, roadside, rental, insurance, age) in expected {
            let of = |purpose| {
                let verdict = verdict(DEMO.person(id).unwrap(), purpose, at(day), &lists);
                assert!(verdict.demo, "{id} is marked as a demo");
                println!("{id} {purpose:?}: {:?} {}", verdict.colour, verdict.headline.code);
                verdict.colour
            };
            let colours =
                (of(Purpose::Roadside), of(Purpose::Rental), of(Purpose::Insurance), of(Purpose::AgeOnly));
            assert_eq!(colours, (roadside, rental, insurance, age), "{id} on {day}");
        }
    }
}

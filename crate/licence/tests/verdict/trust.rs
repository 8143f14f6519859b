//! By whose word an issuer is known: lists named, old ones in doubt, each for its own types of documents.

use liangzheng_licence::check::State::{Fail, NotAsked, Pass, Undetermined};
use liangzheng_licence::message::Arg;
use liangzheng_licence::purpose::Purpose;
use liangzheng_licence::verdict::{Colour, Verdict};
use mdoc::time::Timestamp;
use mdoc::trust::TrustAnchors;
use mdoc::vical::{UnverifiedVical, VerifiedVical, VicalEntryRequest, VicalRequest};
use testkit::vical::{TestVicalProvider, request};

use crate::support::{Scene, has, hides_everything, now, states};

const DAY: i64 = 86_400;

fn list(scene: &Scene, date: Timestamp) -> VerifiedVical {
    let provider = TestVicalProvider::new("Test lists");
    let bytes = provider.list("Test lists", date, 1, &[scene.issuer.iaca()]);
    UnverifiedVical::decode(&bytes).and_then(|list| list.verify(&provider.trust())).expect("a list")
}

/// The names of the lists in the check that passes.
fn named(verdict: &Verdict) -> Vec<String> {
    let trusted = verdict.checks().find(|check| check.code == "issuer-trusted").expect("a trusted issuer");
    match trusted.message.arg("lists") {
        Some(Arg::List(lists)) => lists.iter().map(|list| list.as_str().to_owned()).collect(),
        other => panic!("no lists but {other:?}"),
    }
}

#[test]
fn every_list_that_vouches_is_named() {
    let mut scene = Scene::new(Purpose::Roadside);
    let current = list(&scene, now().plus_seconds(-DAY));
    current.add_to(&mut scene.trust, "A second list", scene.now);
    let verdict = scene.verdict();
    assert_eq!(verdict.colour, Colour::Green);
    assert_eq!(named(&verdict), ["test list", "A second list"]);
    let issuer = verdict.issuer.expect("an issuer");
    assert_eq!(issuer.lists.len(), 2);
    // the label is the first list's
    assert_eq!(issuer.label.as_str(), "Test authority");
}

#[test]
fn an_issuer_that_only_an_old_list_knows_is_in_doubt() {
    let mut scene = Scene::new(Purpose::Roadside);
    // next update 30 days after its date, and 7 days of grace
    let limit = now().plus_seconds(1 - 37 * DAY);
    for (date, colour, state) in
        [(limit, Colour::Green, Pass), (limit.plus_seconds(-1), Colour::Amber, Undetermined)]
    {
        scene.trust = TrustAnchors::new();
        list(&scene, date).add_to(&mut scene.trust, "Old list", scene.now);
        let verdict = scene.verdict();
        assert_eq!(verdict.colour, colour);
        assert_eq!(states(&verdict)[0], state);
        // who it is may be seen: nothing is proven false
        assert!(verdict.view.is_some());
    }
    let verdict = scene.verdict();
    assert!(has(&verdict, "trust-list-old"));
    assert_eq!(verdict.headline.code, "headline.trust-list-old");
    let fresh = list(&scene, now().plus_seconds(-DAY));
    fresh.add_to(&mut scene.trust, "Fresh list", scene.now);
    let verdict = scene.verdict();
    assert_eq!((verdict.colour, named(&verdict)), (Colour::Green, vec!["Fresh list".to_owned()]));
}

#[test]
fn an_issuer_of_other_documents_is_none_of_licences() {
    let mut scene = Scene::new(Purpose::Roadside);
    let provider = TestVicalProvider::new("Test lists");
    let iaca = scene.issuer.iaca().clone();
    let entries = vec![VicalEntryRequest { certificate: &iaca, doc_types: vec!["org.example.fishing"] }];
    let request = VicalRequest { entries, ..request("Test lists", now(), 1, &[]) };
    let bytes = provider.signer().issue(&request).expect("a list");
    let list =
        UnverifiedVical::decode(&bytes).and_then(|list| list.verify(&provider.trust())).expect("a list");
    scene.trust = TrustAnchors::new();
    list.add_to(&mut scene.trust, "Fishing", scene.now);
    let verdict = scene.verdict();
    assert_eq!((verdict.colour, verdict.headline.code.as_ref()), (Colour::Red, "headline.issuer-unknown"));
    assert!(has(&verdict, "issuer-doc-type"));
    assert_eq!(states(&verdict), [Fail, NotAsked, NotAsked, NotAsked, NotAsked]);
    hides_everything(&verdict);
}

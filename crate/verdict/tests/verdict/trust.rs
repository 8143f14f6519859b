//! By whose word an issuer is known: lists named, old ones in doubt, each for its own types of documents.

use cbor::Timestamp;
use cbor::Value;
use liangzheng_verdict::CheckState::{Fail, NotAsked, Pass, Undetermined};
use liangzheng_verdict::words::Headline;
use liangzheng_verdict::{Arg, Colour, Purpose, Verdict};
use mdoc::TrustAnchors;
use mdoc::vical::{UnverifiedVical, VerifiedVical, VicalEntryRequest, VicalRequest};
use testkit::vical::{TestVicalProvider, request};

use crate::support::{Scene, has, hides_everything, noted, now, states};

const DAY: i64 = 86_400;

fn list(scene: &Scene, date: Timestamp) -> VerifiedVical {
    let provider = TestVicalProvider::new("Test lists");
    let bytes = provider.list("Test lists", date, 1, &[scene.issuer.iaca()]);
    UnverifiedVical::decode(&bytes)
        .and_then(|list| list.verify(&provider.trust(), &signature::RustCrypto))
        .expect("a list")
}

/// The names of the lists in the check that passes.
fn named(verdict: &Verdict) -> Vec<String> {
    let trusted =
        verdict.checks().find(|check| check.code.text() == "issuer-trusted").expect("a trusted issuer");
    match trusted.message.arg("lists") {
        Some(Arg::List(lists)) => lists.iter().map(|list| list.as_str().to_owned()).collect(),
        other => panic!("no lists but {other:?}"),
    }
}

#[test]
fn every_list_that_vouches_is_named() {
    let mut scene = Scene::new(Purpose::Roadside);
    let current = list(&scene, now().plus_seconds(-DAY));
    current.add_to(&mut scene.trust, "A second list", scene.now, &signature::RustCrypto);
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
        list(&scene, date).add_to(&mut scene.trust, "Old list", scene.now, &signature::RustCrypto);
        let verdict = scene.verdict();
        assert_eq!(verdict.colour, colour);
        assert_eq!(states(&verdict)[0], state);
        // within the grace the next version is asked for; after it the list counts no longer
        assert_eq!(noted(&verdict, "note.trust-list-due"), state == Pass);
        // who it is may be seen: nothing is proven false
        assert!(verdict.view.is_some());
    }
    let verdict = scene.verdict();
    assert!(has(&verdict, "trust-list-old"));
    assert_eq!(verdict.headline.code, "headline.trust-list-old");
    let fresh = list(&scene, now().plus_seconds(-DAY));
    fresh.add_to(&mut scene.trust, "Fresh list", scene.now, &signature::RustCrypto);
    let verdict = scene.verdict();
    assert_eq!((verdict.colour, named(&verdict)), (Colour::Green, vec!["Fresh list".to_owned()]));
    assert!(!noted(&verdict, "note.trust-list-due"));
}

#[test]
fn an_issuer_of_other_documents_is_none_of_licences() {
    let mut scene = Scene::new(Purpose::Roadside);
    let provider = TestVicalProvider::new("Test lists");
    let iaca = scene.issuer.iaca().clone();
    let entries = vec![VicalEntryRequest { certificate: &iaca, doc_types: vec!["org.example.fishing"] }];
    let request = VicalRequest { entries, ..request("Test lists", now(), 1, &[]) };
    let bytes = provider.signer().issue(&request).expect("a list");
    let list = UnverifiedVical::decode(&bytes)
        .and_then(|list| list.verify(&provider.trust(), &signature::RustCrypto))
        .expect("a list");
    scene.trust = TrustAnchors::new();
    list.add_to(&mut scene.trust, "Fishing", scene.now, &signature::RustCrypto);
    let verdict = scene.verdict();
    assert_eq!((verdict.colour, verdict.headline.code.as_ref()), (Colour::Red, "headline.issuer-unknown"));
    assert!(has(&verdict, "issuer-doc-type"));
    assert_eq!(states(&verdict), [Fail, NotAsked, NotAsked, NotAsked, NotAsked]);
    hides_everything(&verdict);
}

/// The issuer's list of revoked certificates, from its date for a day; it has the DS certificate or not.
fn revocations(scene: &Scene, from: Timestamp, revoked: bool) -> x509::VerifiedCrl {
    let (iaca, ds) = (scene.issuer.iaca(), scene.issuer.ds());
    let mut template = x509::hazmat::CrlTemplate::new(iaca, 1, from, from.plus_seconds(DAY));
    if revoked {
        template = template.revoke(ds, from);
    }
    let list = x509::UnverifiedCrl::decode(&template.sign(scene.issuer.iaca_key()));
    list.and_then(|list| list.verify(iaca, &signature::RustCrypto)).expect("a list")
}

#[test]
fn a_revoked_issuer_is_red_and_an_old_list_a_doubt() {
    let with = |from: Timestamp, revoked: bool| {
        let mut scene = Scene::new(Purpose::Roadside);
        let list = revocations(&scene, from, revoked);
        scene.trust.revoke(list);
        scene.verdict()
    };
    let none = Scene::new(Purpose::Roadside).verdict();
    assert_eq!(none.colour, Colour::Green);
    assert!(noted(&none, "note.no-revocation-list") && !has(&none, "issuer-not-revoked"));

    let current = with(now(), false);
    assert_eq!(current.colour, Colour::Green);
    assert!(has(&current, "issuer-not-revoked") && !noted(&current, "note.no-revocation-list"));

    let old = with(now().plus_seconds(-DAY), false);
    assert_eq!(old.colour, Colour::Amber);
    assert!(has(&old, "ds-revocation-old") && !noted(&old, "note.no-revocation-list"));
    assert_eq!(
        old.headline,
        Headline::RevocationListOld.into(),
        "a doubt about the list, not about the issuer"
    );
    let mut scene = Scene::new(Purpose::Roadside);
    scene.trust.revoke(mdoc::Revocation::Missing(scene.issuer.iaca().spki_sha256()));
    let missing = scene.verdict();
    assert_eq!(missing.colour, Colour::Amber);
    assert!(has(&missing, "ds-revocation-missing") && !noted(&missing, "note.no-revocation-list"));
    assert_eq!(missing.headline, Headline::RevocationListMissing.into());
    let ahead = with(now().plus_seconds(60), false);
    assert_eq!(ahead.colour, Colour::Amber);
    assert!(has(&ahead, "ds-revocation-ahead"));
    assert_eq!(ahead.headline, Headline::Clock.into());

    for from in [now(), now().plus_seconds(-9 * DAY)] {
        let revoked = with(from, true);
        assert_eq!(revoked.colour, Colour::Red);
        assert!(has(&revoked, "ds-revoked"));
        hides_everything(&revoked);
    }
}

#[test]
fn what_a_device_reports_and_an_update_that_is_due_are_said() {
    use testkit::draft::{Draft, get_mut, set};
    let scene = Scene::new(Purpose::Roadside);
    let said = |change: &dyn Fn(&mut Draft)| {
        let mut draft = Draft::new(&scene.issuer);
        change(&mut draft);
        scene.verify_payload(&testkit::hostile::deflate(&draft.inflated()))
    };
    let keys = ["note.documents-not-returned", "note.elements-not-returned", "note.update-due"];
    let quiet = said(&|_| {});
    assert!(keys.iter().all(|key| !noted(&quiet, key)));
    let all = said(&|d| {
        let zero = || Value::Unsigned(0);
        d.errors = Some(Value::map([("org.iso.18013.5.1", Value::map([("weight", zero())]))]));
        d.document_errors = Some(Value::array([Value::map([("org.example", zero())])]));
        let moment = Value::tdate(now());
        set(get_mut(&mut d.mso, "validityInfo"), "expectedUpdate", moment);
    });
    assert_eq!(all.colour, quiet.colour, "a note changes no colour");
    assert!(keys.iter().all(|key| noted(&all, key)));
}

//! Answers with several documents: one is judged, and of the others type, issuer and validity are said.

use cbor::{Value, decode_foreign, encode};
use liangzheng_verdict::{
    CheckState, Colour, LayerId, Presenter, Purpose, Verdict, verify_in_session, verify_issuer_data,
};
use mdoc::SessionTranscript;
use testkit::draft::{Draft, get_mut, set};
use testkit::random::signing_key;

use crate::support::{Scene, has, hides_everything, noted, now, state};

const PID: &str = "eu.europa.ec.eudi.pid.1";

fn session() -> SessionTranscript {
    SessionTranscript::openid4vp_redirect("client", "nonce", None, "https://v.example").expect("a transcript")
}

fn licence(scene: &Scene) -> Draft {
    Draft::new(&scene.issuer)
}

fn pid(scene: &Scene) -> Draft {
    let mut draft = licence(scene);
    PID.clone_into(&mut draft.doc_type);
    set(&mut draft.mso, "docType", Value::text(PID));
    draft.set_device_key(signing_key("another device").into());
    draft
}

fn together(drafts: &[&Draft]) -> Vec<u8> {
    let documents = drafts.iter().flat_map(|draft| {
        let response = draft.device_response_for(&session());
        let response = decode_foreign(&response).expect("a response").to_value();
        response.get_text("documents").and_then(Value::as_array).expect("documents").to_vec()
    });
    encode(&Value::map([
        ("version", Value::text("1.0")),
        ("documents", Value::Array(documents.collect())),
        ("status", Value::Unsigned(0)),
    ]))
}

fn judge(scene: &Scene, drafts: &[&Draft]) -> Verdict {
    verify_in_session(&together(drafts), session(), None, &scene.context())
}

#[test]
fn the_licence_is_judged_and_the_other_document_is_named() {
    let scene = Scene::new(Purpose::None);
    let (licence, pid) = (licence(&scene), pid(&scene));
    for drafts in [[&licence, &pid], [&pid, &licence]] {
        let verdict = judge(&scene, &drafts);
        assert_eq!(verdict.colour, Colour::Green, "{:?}", verdict.headline);
        assert!(verdict.view.is_some(), "the licence's");
        assert!(noted(&verdict, "note.beside"));
        let note = verdict.notes.iter().find(|note| note.code == "note.beside").expect("a note");
        assert_eq!(note.args().len(), 2, "type and issuer, and nothing of the person");
    }
    // A document that is not judged and has expired is a note, and never a pass or a refusal of the licence.
    let mut expired = pid.clone();
    let ended = Value::tdate(now().plus_seconds(-1));
    set(get_mut(&mut expired.mso, "validityInfo"), "validUntil", ended);
    let verdict = judge(&scene, &[&licence, &expired]);
    assert_eq!(verdict.colour, Colour::Green);
    assert!(noted(&verdict, "note.beside-not-valid"));
}

#[test]
fn one_false_document_spoils_the_answer() {
    let scene = Scene::new(Purpose::None);
    let (licence, mut other) = (licence(&scene), pid(&scene));
    other.device_auth.key = signing_key("thief").into();
    for drafts in [[&licence, &other], [&other, &licence]] {
        let verdict = judge(&scene, &drafts);
        assert_eq!(verdict.colour, Colour::Red);
        hides_everything(&verdict);
    }
}

#[test]
fn two_licences_are_undetermined_and_show_nothing() {
    for purpose in [Purpose::None, Purpose::Roadside, Purpose::AgeOnly] {
        let scene = Scene::new(purpose);
        let mut second = licence(&scene);
        second.set_device_key(signing_key("another device").into());
        let verdict = judge(&scene, &[&licence(&scene), &second]);
        assert_eq!(verdict.colour, Colour::Amber, "{purpose:?}");
        assert!(has(&verdict, "several-documents"));
        hides_everything(&verdict);
    }
}

#[test]
fn a_document_of_an_unknown_issuer_beside_the_licence_is_a_doubt() {
    let scene = Scene::new(Purpose::None);
    let options = testkit::issuer::TestIssuerOptions {
        seed: "stranger".into(),
        iaca_name: "Stranger".into(),
        ..Default::default()
    };
    let mut stranger = Scene::new(Purpose::None);
    stranger.issuer = testkit::issuer::TestIssuer::new(&options);
    let verdict = judge(&scene, &[&licence(&scene), &pid(&stranger)]);
    assert_eq!((verdict.colour, state(&verdict, LayerId::Issuer)), (Colour::Amber, CheckState::Undetermined));
    assert_eq!(verdict.headline.code, "headline.beside-unknown");
    let neither = judge(&scene, &[&pid(&stranger), &licence(&stranger)]);
    assert!(has(&neither, "issuer-unknown"));
}

#[test]
fn without_a_session_each_document_is_verified_too() {
    let scene = Scene::new(Purpose::None);
    let (licence, pid) = (licence(&scene), pid(&scene));
    let data =
        |drafts: &[&Draft], presenter| verify_issuer_data(&together(drafts), presenter, &scene.context());
    let verdict = data(&[&licence, &pid], Presenter::Undetermined);
    assert_eq!(verdict.colour, Colour::Amber);
    assert!(verdict.notes.iter().any(|note| note.code == "note.beside"));
    let mut altered = pid.clone();
    set(&mut altered.item_mut("family_name").map, "elementValue", Value::text("Other"));
    let verdict = data(&[&licence, &altered], Presenter::NotAsked);
    assert_eq!((verdict.colour, verdict.view), (Colour::Red, None));
}

//! Without a purpose: a presentation in any session, and issuer data without who shows it.

use cbor::Value;
use liangzheng_verdict::{
    CheckState, Colour, IssuerVerdict, LayerId, Presenter, Purpose, Verdict, VerifierContext,
    verify_in_session, verify_issuer_data,
};
use mdoc::SessionTranscript;
use mdoc::holder::{Disclosure, PreparedPresentation};
use signature::sign_es256;
use testkit::draft::{Draft, set};
use testkit::holder::TestHolder;

use crate::support::{Scene, date, facts, has, hides_everything, now, states};

const PASS: CheckState = CheckState::Pass;
const GREY: CheckState = CheckState::NotAsked;

fn session() -> SessionTranscript {
    SessionTranscript::openid4vp_redirect("client", "nonce", None, "https://v.example").expect("a transcript")
}

fn response(scene: &Scene, transcript: &SessionTranscript) -> Vec<u8> {
    let holder = TestHolder::with_status(&scene.issuer, now(), scene.elements.clone(), scene.status.clone());
    let all: Vec<_> = scene.elements.iter().map(|(namespace, id, _)| (*namespace, *id)).collect();
    let disclosure = Disclosure::select(holder.credential(), &all);
    let prepared = PreparedPresentation::prepare(disclosure, transcript);
    let signature = sign_es256(holder.key(), prepared.to_be_signed());
    prepared.complete(&signature).expect("a presentation")
}

fn context(scene: &Scene) -> VerifierContext<'_> {
    VerifierContext {
        now: scene.now,
        clock_floor: scene.clock_floor,
        trust: &scene.trust,
        memory: &scene.memory,
        audience: None,
        status_lists: &scene.lists,
        terms: &scene.terms,
        signatures: &signature::RustCrypto,
        strict: false,
    }
}

fn judge(scene: &Scene) -> Verdict {
    verify_in_session(&response(scene, &session()), session(), None, &context(scene))
}

fn issuer_data(scene: &Scene, presenter: Presenter) -> IssuerVerdict {
    verify_issuer_data(&response(scene, &session()), presenter, &context(scene))
}

fn of_issuer(verdict: &IssuerVerdict) -> [CheckState; 5] {
    LayerId::ALL.map(|id| verdict.layers.iter().find(|layer| layer.id == id).expect("five layers").state)
}

#[test]
fn an_answer_in_the_own_session_is_green_and_asks_for_nothing_more() {
    let verdict = judge(&Scene::new(Purpose::None));
    assert_eq!(states(&verdict), [PASS, PASS, PASS, PASS, GREY]);
    assert_eq!((verdict.colour, verdict.headline.code.as_ref()), (Colour::Green, "headline.none.pass"));
    assert!(has(&verdict, "fresh-by-session") && !has(&verdict, "fresh"));
    assert_eq!(verdict.replay, None);
    assert!(verdict.view.is_some_and(|view| view.national_name().as_deref() == Some("测试一")));
    // with a purpose its rules count as ever
    let roadside = judge(&Scene::new(Purpose::Roadside));
    assert_eq!(states(&roadside)[4], PASS);
}

#[test]
fn an_answer_for_another_session_is_refused_and_shows_nothing() {
    let scene = Scene::new(Purpose::None);
    let other = SessionTranscript::one_way(b"another");
    let verdict = verify_in_session(&response(&scene, &session()), other, None, &context(&scene));
    assert!(has(&verdict, "device-signature"));
    assert_eq!(verdict.colour, Colour::Red);
    hides_everything(&verdict);
}

#[test]
fn under_none_status_is_asked_only_where_letters_are_and_has_no_age() {
    let without = |ids: &[&str]| {
        let mut scene = Scene::new(Purpose::None);
        for id in ids {
            scene.replace(id, None);
        }
        states(&judge(&scene))
    };
    assert_eq!(without(&["status_letters"]), [PASS, PASS, PASS, GREY, GREY]);
    assert_eq!(without(&["expiry_date", "long_term"]), [PASS, PASS, PASS, PASS, GREY]);

    let mut facts = facts();
    facts.status.as_of = now().plus_seconds(-30 * 86_400);
    assert_eq!(states(&judge(&Scene::of(Purpose::None, &facts)))[3], PASS);
    assert_eq!(states(&judge(&Scene::of(Purpose::Roadside, &facts)))[3], CheckState::Undetermined);
    facts.status.as_of = now().plus_seconds(3600);
    assert_eq!(states(&judge(&Scene::of(Purpose::None, &facts)))[3], CheckState::Undetermined);
    facts.status.letters = licence::StatusLetters::parse("D");
    assert_eq!(states(&judge(&Scene::of(Purpose::None, &facts)))[3], CheckState::Fail);
}

#[test]
fn under_none_an_expired_licence_is_still_refused() {
    let mut facts = facts();
    facts.expiry_date = date("2026-11-21");
    let verdict = judge(&Scene::of(Purpose::None, &facts));
    assert_eq!(states(&verdict), [PASS, PASS, CheckState::Fail, PASS, GREY]);
    assert!(has(&verdict, "licence-expired"));
}

fn of_type(scene: &Scene, doc_type: &str) -> Vec<u8> {
    let mut draft = Draft::new(&scene.issuer);
    doc_type.clone_into(&mut draft.doc_type);
    set(&mut draft.mso, "docType", Value::text(doc_type));
    draft.device_response_for(&session())
}

#[test]
fn another_document_is_judged_under_none_and_refused_for_a_purpose() {
    let scene = Scene::new(Purpose::None);
    let bytes = of_type(&scene, "org.example.membership.1");
    let verdict = verify_in_session(&bytes, session(), None, &context(&scene));
    assert_eq!(states(&verdict), [PASS, PASS, PASS, GREY, GREY]);
    assert_eq!(verdict.subline.as_ref().map(|line| line.code.as_ref()), Some("subline.other-document"));
    assert_eq!(verdict.view, None, "it is no licence");

    let roadside = Scene::new(Purpose::Roadside);
    let refused = verify_in_session(&bytes, session(), None, &context(&roadside));
    assert!(has(&refused, "document-not-licence"));
    for nonsense in ["", "a b", "驾驶证", &"x".repeat(129)] {
        let bytes = of_type(&scene, nonsense);
        let refused = verify_in_session(&bytes, session(), None, &context(&scene));
        assert!(has(&refused, "document-type-malformed"), "{nonsense}");
        assert_eq!(refused.colour, Colour::Red);
    }
}

#[test]
fn an_identity_document_is_shown_and_is_no_licence() {
    let scene = Scene::new(Purpose::None);
    let bytes = of_type(&scene, "eu.europa.ec.eudi.pid.1");
    let verdict = verify_in_session(&bytes, session(), None, &context(&scene));
    assert_eq!(states(&verdict), [PASS, PASS, PASS, GREY, GREY]);
    assert_eq!(verdict.subline.as_ref().map(|line| line.code.as_ref()), Some("subline.other-document"));
    let view = verdict.view.expect("its name and portrait");
    assert_eq!((view.fields.profile, view.fields.classes), (licence::Profile::Id, None));

    let roadside = Scene::new(Purpose::Roadside);
    let refused = verify_in_session(&bytes, session(), None, &context(&roadside));
    assert!(has(&refused, "genuine-not-licence"));
    assert_eq!(refused.headline.code, "headline.genuine-not-licence");
    assert!(refused.view.is_some() && refused.issuer.is_some(), "it is genuine");
}

#[test]
fn issuer_data_says_that_its_presenter_was_not_asked() {
    let scene = Scene::new(Purpose::None);
    let verdict = issuer_data(&scene, Presenter::NotAsked);
    assert_eq!(of_issuer(&verdict), [PASS, GREY, PASS, PASS, GREY]);
    assert_eq!(verdict.headline.code, "headline.none.issuer-only");
    assert_eq!(verdict.colour, Colour::Green);
    assert!(verdict.view.is_some());

    // an IssuerSigned alone is enough; who presents it is as open as for a DeviceResponse without its session
    let holder = TestHolder::with_elements(&scene.issuer, now(), scene.elements.clone());
    let bytes = holder.credential().bytes();
    let alone = verify_issuer_data(bytes, Presenter::NotAsked, &context(&scene));
    assert_eq!(of_issuer(&alone), [PASS, GREY, PASS, PASS, GREY]);
    let open = verify_issuer_data(bytes, Presenter::Undetermined, &context(&scene));
    assert_eq!(of_issuer(&open), [PASS, CheckState::Undetermined, PASS, PASS, GREY]);
    assert_eq!(open.view, None);

    // a purpose's green does not hide that nobody was compared
    let roadside = issuer_data(&Scene::new(Purpose::Roadside), Presenter::NotAsked);
    assert_eq!(roadside.subline.map(|line| line.code), Some("headline.none.issuer-only".into()));
}

#[test]
fn without_a_session_the_presenter_is_undetermined_and_nothing_is_shown() {
    let scene = Scene::new(Purpose::None);
    let verdict = issuer_data(&scene, Presenter::Undetermined);
    assert_eq!(of_issuer(&verdict), [PASS, CheckState::Undetermined, PASS, PASS, GREY]);
    assert_eq!(
        (verdict.colour, verdict.headline.code.as_ref()),
        (Colour::Amber, "headline.device-unchecked")
    );
    assert_eq!(verdict.view, None);
}

#[test]
fn issuer_data_of_a_stranger_or_of_another_document_is_refused() {
    let mut scene = Scene::new(Purpose::None);
    let mut bytes = response(&scene, &session());
    assert_eq!(verify_issuer_data(&[], Presenter::NotAsked, &context(&scene)).colour, Colour::Red);
    let at = bytes.windows(5).rposition(|window| window == b"Ceshi").expect("the name");
    bytes[at] ^= 1;
    let altered = verify_issuer_data(&bytes, Presenter::NotAsked, &context(&scene));
    assert_eq!(altered.layers[0].checks[0].code.text(), "digest-mismatch");
    assert_eq!(altered.view, None);

    // the document around it says another type than the MSO
    let mut draft = Draft::new(&scene.issuer);
    "org.iso.18013.5.1.other".clone_into(&mut draft.doc_type);
    let bytes = draft.device_response_for(&session());
    let other = verify_issuer_data(&bytes, Presenter::NotAsked, &context(&scene));
    assert!(other.layers.iter().flat_map(|layer| &layer.checks).any(|check| check.code.text() == "doc-type"));

    scene.trust = mdoc::TrustAnchors::new();
    let unknown = issuer_data(&scene, Presenter::NotAsked);
    assert_eq!((unknown.colour, unknown.issuer), (Colour::Red, None));
}

#[test]
fn no_page_can_be_told_to_ask_for_nothing() {
    assert!(!Purpose::ALL.contains(&Purpose::None));
    assert_eq!(Purpose::from_code("none"), None);
    assert!(serde_json::from_str::<Purpose>("\"none\"").is_err());
    assert!(serde_json::from_str::<Purpose>("\"age-only\"").is_ok());
}

#[test]
fn a_list_that_is_named_counts_where_nothing_else_was_asked() {
    use mdoc::status_list::Status;

    let named = |at_hand: Option<Status>| {
        let mut scene = Scene::new(Purpose::None);
        crate::listed::name(&mut scene, at_hand);
        // however old it is: nobody said how old is too old
        scene.now = scene.now.plus_seconds(30);
        scene
    };
    let status = |scene: &Scene| judge(scene).layer(LayerId::Status).expect("a row").state;
    assert_eq!(status(&named(None)), CheckState::Undetermined);
    assert_eq!(status(&named(Some(Status::Valid))), PASS);
    assert_eq!(status(&named(Some(Status::Suspended))), CheckState::Fail);
    let scene = named(Some(Status::Suspended));
    assert_eq!(of_issuer(&issuer_data(&scene, Presenter::NotAsked))[3], CheckState::Fail);
    // neither list nor letters: not asked
    let mut bare = Scene::new(Purpose::None);
    bare.replace("status_letters", None);
    assert_eq!(status(&bare), GREY);
}

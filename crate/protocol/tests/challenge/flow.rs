//! The right way, of both sides.

use envelope::{MAX_DEFLATED, kind};
use liangzheng_protocol::error::ConsentError;
use liangzheng_protocol::{
    Challenge, Consent, ElementLabel, PreparedChallenge, Requester, UnverifiedRequest, WhyNotVerified,
};
use mdoc::ElementName;
use mdoc::reader::ReaderAnchors;
use serde_json::json;
use testkit::challenge::{json_of, put, unsigned_text};
use testkit::draft::NOW;
use testkit::random::TestRandom;
use testkit::reader::TestReader;
use verdict::{CheckState, Colour, Face, LayerId, Purpose};

use crate::support::{
    answer, answer_with, asking, everything, has, holder, judge, page, plain, question, read, signed,
    unsigned,
};

#[test]
fn a_signed_question_is_answered_and_judged_fresh() {
    for purpose in Purpose::ALL {
        let mut challenge = signed(purpose, "signed");
        let request = read(challenge.payload()).expect("a request");
        let Requester::Verified(requester) = request.requester() else { panic!("not verified") };
        assert_eq!(
            (requester.name().as_str(), requester.authority().as_str()),
            ("Checkpoint 7", "Test readers")
        );
        assert_eq!(request.purpose().and_then(|asked| asked.purpose), Some(purpose));
        assert_eq!(request.until(), Some(NOW.plus_seconds(300)));

        let answer = answer(&challenge, "answer");
        let verdict = judge(&mut challenge, answer.payload(), purpose);
        assert!(has(&verdict, "fresh-by-answer") && has(&verdict, "device-signed"), "{:?}", verdict.headline);
        assert_eq!(verdict.layer(LayerId::Presenter).map(|layer| layer.state), Some(CheckState::Pass));
        assert_eq!(verdict.colour, Colour::Green, "{:?}", verdict.headline);
        let shows_face = purpose != Purpose::Insurance;
        let relay = if shows_face { "note.relay" } else { "note.relay.without-portrait" };
        assert!(verdict.notes.iter().any(|note| note.code == relay), "a relay is always possible");
        assert_eq!(verdict.face == Face::ToCompare, shows_face);
        assert_eq!(verdict.replay, None, "the question itself is spent");
        assert!(challenge.is_answered());
    }
}

#[test]
fn an_unsigned_question_is_answered_and_its_requester_is_not_verified() {
    let mut challenge = unsigned(Purpose::Rental, "unsigned");
    let request = read(challenge.payload()).expect("a request");
    let Requester::NotVerified(requester) = request.requester() else { panic!("verified") };
    assert_eq!((requester.why, requester.says.as_str()), (WhyNotVerified::NotSigned, "verifier.example"));
    assert_eq!(request.until(), None);
    let answer = answer(&challenge, "answer");
    let verdict = judge(&mut challenge, answer.payload(), Purpose::Rental);
    assert_eq!(verdict.colour, Colour::Green, "{:?}", verdict.headline);
}

#[test]
fn a_reader_whose_authority_is_unknown_is_not_verified_and_named_as_such() {
    let payload = signed(Purpose::Rental, "unknown").payload().to_vec();
    let request = UnverifiedRequest::decode(&payload).expect("a request");
    let checked =
        request.verify(&ReaderAnchors::new(), NOW, &signature::RustCrypto).expect("a signature that holds");
    let Requester::NotVerified(requester) = checked.requester() else { panic!("verified") };
    assert_eq!((requester.why, requester.says.as_str()), (WhyNotVerified::AuthorityUnknown, "Checkpoint 7"));
}

#[test]
fn only_what_a_person_chose_leaves() {
    let mut challenge = signed(Purpose::AgeOnly, "choose");
    let request = read(challenge.payload()).expect("a request");
    let age = ElementName::new("org.iso.18013.5.1", "age_over_18");
    let answer = answer_with(request, std::slice::from_ref(&age), "choose");
    assert_eq!(answer.shown(), [age]);
    let opened = challenge.open(answer.payload(), NOW).expect("an answer");
    let text = String::from_utf8_lossy(opened.device_response()).into_owned();
    assert!(text.contains("age_over_18") && !text.contains("portrait_small"));
}

#[test]
fn less_than_was_asked_is_a_doubt_of_the_purpose_and_more_is_a_note() {
    let mut challenge = signed(Purpose::Rental, "less");
    let request = read(challenge.payload()).expect("a request");
    let some: Vec<_> = everything(&request).into_iter().filter(|name| name.identifier != "classes").collect();
    let answer = answer_with(request, &some, "less");
    let verdict = judge(&mut challenge, answer.payload(), Purpose::Rental);
    assert_eq!(verdict.colour, Colour::Amber, "{:?}", verdict.headline);
    assert!(has(&verdict, "class-unreadable") || has(&verdict, "element-missing"));

    // the verifier asked for roadside and judges for rental: what rental does not need is named
    let mut challenge = signed(Purpose::Roadside, "more");
    let answer = self::answer(&challenge, "more");
    let verdict = judge(&mut challenge, answer.payload(), Purpose::Rental);
    assert!(verdict.notes.iter().any(|note| note.code == "note.over-disclosure"));
}

#[test]
fn the_wallet_names_each_element_what_it_lacks_and_what_is_beyond_the_purpose() {
    let mut asked = plain(Purpose::AgeOnly);
    let more = [
        ("org.iso.18013.5.1", "family_name"),
        ("org.example", "shoe_size\u{202e}"),
        ("org.example", "age_over_18"),
    ];
    for (namespace, identifier) in more {
        let mut element = asked.documents[0].elements[0].clone();
        element.name = ElementName::new(namespace, identifier);
        element.intent_to_retain = identifier == "family_name";
        asked.documents[0].elements.push(element);
    }
    asked.text = Some("Entry\u{202e} to the hall".into());
    let mut random = TestRandom::new("more");
    let challenge = Challenge::unsigned(&asked, NOW, &mut |buffer| random.fill(buffer)).expect("a question");
    let request = read(challenge.payload()).expect("a request");
    let text = request.purpose().and_then(|asked| asked.text.clone()).expect("words");
    assert_eq!(text.as_str(), "Entry⟨U+202E⟩ to the hall");

    let lines = request.asked_of(holder().credential()).expect("a licence");
    let seen: Vec<_> = lines
        .iter()
        .map(|line| {
            let label = match &line.label {
                ElementLabel::Key(key) => key.as_str(),
                ElementLabel::Text(text) => text.as_str(),
            };
            (label.to_owned(), line.held, line.beyond_purpose, line.intent_to_retain)
        })
        .collect();
    let line = |label: &str, held, beyond, retain| (label.to_owned(), held, beyond, retain);
    let expected = [
        line("element.age_over_18", true, false, false),
        line("element.portrait_small", true, false, false),
        line("element.family_name", true, true, true),
        line("shoe_size⟨U+202E⟩", false, true, false),
        line("age_over_18", false, true, false),
    ];
    assert_eq!(seen, expected);
}

#[test]
fn nothing_is_shown_that_nobody_asked_for_or_chose() {
    let challenge = signed(Purpose::AgeOnly, "nobody");
    let request = || read(challenge.payload()).expect("a request");
    let consent = |names: &[ElementName]| Consent::new(request(), names).map_err(|error| error.code());
    assert_eq!(consent(&[]), Err("consent-empty"));
    let number = ElementName::new("org.iso.18013.5.1", "document_number");
    assert_eq!(consent(&[number]), Err("consent-not-asked"));
    let elsewhere = ElementName::new("org.example", "age_over_18");
    assert_eq!(consent(&[elsewhere]), Err("consent-not-asked"));
}

#[test]
fn what_the_licence_has_not_makes_no_answer() {
    let mut asked = plain(Purpose::AgeOnly);
    asked.documents[0].elements[0].name = ElementName::new("org.example", "shoe_size");
    asked.documents[0].elements.truncate(1);
    let mut random = TestRandom::new("none");
    let challenge = Challenge::unsigned(&asked, NOW, &mut |buffer| random.fill(buffer)).expect("a question");
    let request = read(challenge.payload()).expect("a request");
    let chosen = everything(&request);
    let prepared = Consent::new(request, &chosen).expect("a consent").prepare(holder().credential());
    assert!(matches!(prepared, Err(ConsentError::Empty)));
}

#[test]
fn questions_out_of_bounds_are_not_made() {
    let code = |change: &dyn Fn(&mut liangzheng_protocol::Question)| {
        let mut asked = plain(Purpose::AgeOnly);
        change(&mut asked);
        let mut random = TestRandom::new("bounds");
        let made = Challenge::unsigned(&asked, NOW, &mut |buffer| random.fill(buffer));
        made.err().map(|error| error.code())
    };
    assert_eq!(code(&|_| {}), None);
    assert_eq!(code(&|asked| asked.documents[0].elements.clear()), Some("make-question"));
    assert_eq!(code(&|asked| asked.documents[0].elements.extend_from_within(..1)), Some("make-question"));
    assert_eq!(code(&|asked| asked.life_seconds = 601), Some("make-question"));
    assert_eq!(code(&|asked| asked.life_seconds = 0), Some("make-question"));
    assert_eq!(code(&|asked| asked.documents[0].doc_type.clear()), Some("make-question"));
    assert_eq!(code(&|asked| asked.response_uri = page()), None);
    let made = Challenge::unsigned(&question(Purpose::AgeOnly), NOW, &mut |buffer| buffer.fill(0));
    assert_eq!(made.err().map(|error| error.code()), Some("make-random"));
}

#[test]
fn a_signature_of_another_key_is_not_put_in() {
    let (reader, other) = (TestReader::default(), TestReader::new("other"));
    let prepared = || {
        let mut random = TestRandom::new("sign");
        let asked = question(Purpose::AgeOnly);
        let made = PreparedChallenge::new(&asked, reader.certificate().clone(), NOW, &mut |b| random.fill(b));
        made.expect("a question")
    };
    assert!(prepared().sign(reader.key()).is_ok());
    assert_eq!(prepared().sign(other.key()).err().map(|error| error.code()), Some("make-signature"));
    assert_eq!(prepared().complete(&[0; 63]).err().map(|error| error.code()), Some("make-signature"));
}

#[test]
fn two_questions_share_nothing_and_fit_the_link() {
    let (one, two) = (signed(Purpose::Roadside, "one"), signed(Purpose::Roadside, "two"));
    let (json, other) = (json_of(one.payload()), json_of(two.payload()));
    assert_ne!(json["nonce"], other["nonce"]);
    assert_ne!(json["client_metadata"]["jwks"], other["client_metadata"]["jwks"]);
    for purpose in Purpose::ALL {
        let (signed, unsigned) = (signed(purpose, "size"), unsigned(purpose, "size"));
        let answer = answer(&signed, "size");
        println!(
            "{}: signed request {} bytes, unsigned {}, answer {}",
            purpose.code(),
            signed.payload().len(),
            unsigned.payload().len(),
            answer.payload().len()
        );
        assert!(signed.payload().len() <= 2048, "{}", signed.payload().len());
        assert!(unsigned.payload().len() <= 1273 - 13, "one still symbol of version 25");
        assert!(answer.payload().len() <= MAX_DEFLATED);
        for (payload, expected) in [(signed.payload(), 2), (unsigned.payload(), 2), (answer.payload(), 3)] {
            assert_eq!(kind(&envelope::inflate(payload).expect("deflate")), Ok(expected));
        }
    }
}

/// A licence whose MSO has these elements alone.
fn holder_of(elements: &[(&'static str, &'static str)]) -> testkit::holder::TestHolder {
    let all = testkit::sample::licence_elements();
    let some = all.into_iter().filter(|(namespace, id, _)| elements.contains(&(*namespace, *id))).collect();
    testkit::holder::TestHolder::with_elements(&testkit::issuer::TestIssuer::default(), NOW, some)
}

#[test]
fn each_kind_of_licence_answers_with_its_own_set() {
    let challenge = unsigned(Purpose::Roadside, "kinds");
    let request = read(challenge.payload()).expect("a request");
    let of = |holder: &testkit::holder::TestHolder| {
        let lines = request.asked_of(holder.credential()).expect("a licence");
        let missing = lines.iter().filter(|line| !line.held).count();
        let names: Vec<String> = lines.into_iter().map(|line| line.name.identifier.to_string()).collect();
        (names, missing)
    };
    let (names, missing) = of(&holder());
    assert_eq!((names.len(), missing), (17, 0), "a Chinese licence: the richest set");
    let iso: Vec<_> = [
        "portrait",
        "family_name",
        "given_name",
        "birth_date",
        "document_number",
        "issuing_country",
        "driving_privileges",
        "expiry_date",
    ]
    .map(|id| ("org.iso.18013.5.1", id))
    .to_vec();
    let abroad = holder_of(&iso);
    let (names, missing) = of(&abroad);
    assert_eq!((names.len(), missing), (8, 0), "a licence of another country: {names:?}");
    let chosen: Vec<_> = iso.iter().map(|(namespace, id)| ElementName::new(namespace, id)).collect();
    let consent = Consent::new(request.clone(), &chosen).expect("a consent");
    assert!(consent.prepare(abroad.credential()).is_ok());
    // An element of another kind's set is not of this one.
    let classes = ElementName::new("org.liangzheng.edl.1.CN", "classes");
    let consent = Consent::new(request.clone(), &[classes]).expect("a consent");
    assert!(matches!(consent.prepare(abroad.credential()), Err(ConsentError::NotAsked)));
    // A licence that has no whole set says what it lacks, and does not answer.
    let poor = holder_of(&iso[1..]);
    let (names, missing) = of(&poor);
    assert_eq!((names.len(), missing), (8, 1));
    let consent = Consent::new(request.clone(), &chosen[1..]).expect("a consent");
    let refused = consent.prepare(poor.credential()).err().map(|error| error.code());
    assert_eq!(refused, Some("consent-unsatisfied"));
}

#[test]
fn an_answer_may_come_under_any_of_the_ids() {
    let json = json_of(unsigned(Purpose::AgeOnly, "ids").payload());
    let credentials = json["dcql_query"]["credentials"].as_array().expect("credentials");
    let options = json["dcql_query"]["credential_sets"][0]["options"].as_array().expect("options");
    assert_eq!(credentials.len(), options.len());
    for (credential, option) in credentials.iter().zip(options) {
        assert_eq!(option[0], credential["id"]);
    }
}

/// An option of another format is passed over, and said; the licence answers.
#[test]
fn a_credential_of_another_format_is_named_and_not_answered() {
    let mut json = json_of(asking(&plain(Purpose::AgeOnly), "other format").payload());
    let sd_jwt = json!({
        "id": "pid", "format": "dc+sd-jwt",
        "meta": {"vct_values": ["urn:eudi:pid:1"]},
        "claims": [{"path": ["nationalities", 0]}],
    });
    put(&mut json, "dcql_query/credentials/1", sd_jwt);
    put(&mut json, "dcql_query/credential_sets", json!([{"options": [["pid"], ["licence"]]}]));
    let request = read(&unsigned_text(&json.to_string())).expect("a question");
    let others: Vec<_> = request.not_answered().collect();
    let [other] = others.as_slice() else { panic!("{others:?}") };
    assert_eq!((other.format.as_str(), other.what.as_str()), ("dc+sd-jwt", "urn:eudi:pid:1"));
    assert_eq!(request.documents().count(), 1);
    let asked = request.asked_of(holder().credential()).expect("what is asked");
    assert!(asked.iter().all(|element| element.held), "{asked:?}");
}

//! Other issuers, other bytes, hostile elements, our own faults (`T-tampering`, `T-text-spoofing`, `T-trap`).

use cbor::Value;
use liangzheng_verdict::CheckState::{Fail, NotAsked};
use liangzheng_verdict::{Colour, Face, Purpose, Verdict};
use testkit::issuer::{TestIssuer, TestIssuerOptions};

use crate::support::{Scene, has, hides_everything, jpeg, states};

#[test]
fn unknown_issuer() {
    let mut scene = Scene::new(Purpose::Roadside);
    let options = TestIssuerOptions {
        seed: "another".into(),
        iaca_name: "Another IACA".into(),
        ..TestIssuerOptions::default()
    };
    scene.trust = TestIssuer::new(&options).trust();
    let verdict = scene.verdict();
    assert_eq!((verdict.colour, verdict.headline.code.as_ref()), (Colour::Red, "headline.issuer-unknown"));
    assert!(has(&verdict, "issuer-unknown"));
    assert_eq!(states(&verdict), [Fail, NotAsked, NotAsked, NotAsked, NotAsked]);
    hides_everything(&verdict);
}

#[test]
fn right_name_and_wrong_key() {
    let mut scene = Scene::new(Purpose::Roadside);
    let options = TestIssuerOptions { seed: "another".into(), ..TestIssuerOptions::default() };
    scene.trust = TestIssuer::new(&options).trust();
    let verdict = scene.verdict();
    assert_eq!(verdict.colour, Colour::Red);
    hides_everything(&verdict);
}

#[test]
fn not_a_licence_code() {
    let scene = Scene::new(Purpose::Roadside);
    let payload = scene.payload();
    for bytes in [&b""[..], b"https://example.com", &[0; 64], &payload[1..], &payload[..payload.len() - 1]] {
        let verdict = scene.verify_payload(bytes);
        assert_eq!((verdict.colour, verdict.headline.code.as_ref()), (Colour::Red, "headline.not-a-licence"));
        hides_everything(&verdict);
    }
}

#[test]
fn our_own_fault_is_no_verdict() {
    let verdict = Verdict::interrupted();
    assert_eq!(verdict.colour, Colour::Amber);
    assert_eq!(verdict.headline.code, "headline.interrupted");
    assert_eq!(verdict.view, None);
}

#[test]
fn hostile_portraits_are_not_in_a_verdict() {
    let mut bomb = jpeg(20_000, 20_000);
    for portrait in
        [std::mem::take(&mut bomb), b"<svg onload=alert(1)>".to_vec(), jpeg(120, 174)[..20].to_vec()]
    {
        let mut scene = Scene::new(Purpose::Roadside);
        scene.replace("portrait_small", Some(Value::bytes(portrait)));
        let verdict = scene.verdict();
        assert_eq!((verdict.colour, verdict.face), (Colour::Amber, Face::NotShown));
        assert!(has(&verdict, "portrait-unreadable"));
        assert_eq!(verdict.view.expect("a view").portrait, None);
    }
}

#[test]
fn hostile_text_is_visible_and_bounded() {
    let mut scene = Scene::new(Purpose::Roadside);
    scene.replace("family_name_national_character", Some(Value::text("王\u{202e}<b>")));
    scene.replace("document_number", Some(Value::text("9".repeat(5_000))));
    let verdict = scene.verdict();
    let view = verdict.view.as_ref().expect("a view");
    let name = view.fields.family_name_national.as_ref().map(|name| name.as_str());
    assert_eq!(name, Some("王⟨U+202E⟩<b>"));
    assert!(serde_json::to_string(&verdict).expect("json").len() < 32_768);
}

#[test]
fn a_verdict_crosses_a_worker_border() {
    for purpose in Purpose::ALL {
        let verdict = Scene::new(purpose).verdict();
        let text = serde_json::to_string(&verdict).expect("json");
        let back: Verdict = serde_json::from_str(&text).expect("a verdict");
        assert_eq!(back, verdict);
    }
}

#[test]
fn no_flipped_bit_gives_another_green_verdict() {
    let scene = Scene::new(Purpose::Insurance);
    let payload = scene.payload();
    let right = scene.verify_payload(&payload);
    let mut green = 0;
    // One bit of each byte; `mdoc` flips every bit of the inflated Envelope.
    for bit in (0..payload.len()).map(|byte| byte * 8 + byte % 8) {
        let mut bytes = payload.clone();
        bytes[bit / 8] ^= 1 << (bit % 8);
        let verdict = scene.verify_payload(&bytes);
        if verdict.colour == Colour::Green {
            assert_eq!(verdict.view, right.view, "bit {bit}");
            green += 1;
        } else {
            hides_everything(&verdict);
        }
    }
    assert!(green < 64, "only bits outside of every signature, such as deflate's padding: {green}");
}

//! Applications: what a desk receives, and what it refuses.

use cbor::Value;
use liangzheng_authority::photo::PhotoSource;
use liangzheng_authority::post::{ApplicationError, Asks, PHOTO_MAX};

use crate::support::*;

fn code(received: Result<impl Sized, ApplicationError>) -> &'static str {
    received.map_or_else(|error| error.code(), |_| "received")
}

#[test]
fn an_application_arrives_as_it_was_made() {
    let desk = Desk::new("desk");
    for wallet in [Wallet::new("wallet", 7), Wallet::new("wallet", 7).with_photo()] {
        let sent = wallet.send(&desk.verified()).unwrap();
        let received = desk.receive(&sent.payload).unwrap();
        assert_eq!(received.body(), &wallet.body);
        assert_eq!(received.binding(), &sent.binding);
        assert_eq!(received.answer_key(), &wallet.answer.public());
        assert_eq!(received.portraits().is_some(), wallet.body.photo.is_some());
        assert!(sent.payload.len() <= 65_536);
    }
}

#[test]
fn every_occasion_arrives_and_asks_for_what_it_needs() {
    let desk = Desk::new("desk");
    let send = |asks, held: Option<[u8; 32]>, photo: bool| {
        let mut wallet = Wallet::new("wallet", 7);
        if photo {
            wallet = wallet.with_photo();
        }
        (wallet.body.asks, wallet.body.held) = (asks, held);
        code(wallet.send(&desk.verified()).and_then(|sent| desk.receive(&sent.payload)))
    };
    assert_eq!(send(Asks::FirstClaim, None, false), "received");
    assert_eq!(send(Asks::FirstClaim, None, true), "received");
    assert_eq!(send(Asks::FirstClaim, Some([1; 32]), false), "application-form");
    assert_eq!(send(Asks::Replacement, Some([1; 32]), true), "received");
    assert_eq!(send(Asks::Replacement, Some([1; 32]), false), "application-photo");
    assert_eq!(send(Asks::Replacement, None, true), "application-form");
    assert_eq!(send(Asks::Reclaim, Some([1; 32]), false), "received");
    assert_eq!(send(Asks::Reclaim, Some([1; 32]), true), "received");
    assert_eq!(send(Asks::Refresh, Some([1; 32]), false), "received");
    assert_eq!(send(Asks::Refresh, Some([1; 32]), true), "received");
    let mut again = Wallet::new("wallet", 7);
    (again.body.asks, again.body.held, again.body.record) = (Asks::Reclaim, Some([1; 32]), Some("{}".into()));
    let sent = again.send(&desk.verified()).unwrap();
    assert_eq!(desk.receive(&sent.payload).unwrap().body(), &again.body);
    again.body.record = Some("x".repeat(4_097));
    assert_eq!(code(again.send(&desk.verified())), "application-form");
    let mut first = Wallet::new("wallet", 7);
    first.body.record = Some("{}".into());
    assert_eq!(code(first.send(&desk.verified())), "application-form");
}

#[test]
fn nobody_but_its_desk_reads_an_application() {
    let (desk, other) = (Desk::new("desk"), Desk::new("another desk"));
    let wallet = Wallet::new("wallet", 7).with_photo();
    let sent = wallet.send(&desk.verified()).unwrap();
    assert_eq!(code(other.receive(&sent.payload)), "sealed-other-desk");
    // The other desk writes its own identifier into the envelope.
    let mut parts = items(&envelope::inflate(&sent.payload).unwrap());
    parts[1] = Value::bytes(other.key.public().spki_sha256());
    let redirected = envelope::deflate(&cbor::encode(&Value::Array(parts))).unwrap();
    assert_eq!(code(other.receive(&redirected)), "sealed-opening");
    assert_eq!(code(desk.receive(&redirected)), "sealed-other-desk");
    // Neither the number nor the name is in the payload in clear.
    let inflated = envelope::inflate(&sent.payload).unwrap();
    for clear in [wallet.body.number.as_bytes(), wallet.body.name.as_bytes(), &wallet.body.id] {
        assert!(!inflated.windows(clear.len()).any(|window| window == clear));
    }
}

#[test]
fn an_application_that_a_desk_passes_on_to_another_is_refused_there() {
    let (desk, other) = (Desk::new("desk"), Desk::new("another desk"));
    let sent = Wallet::new("wallet", 7).send(&desk.verified()).unwrap();
    let (body, signature) = open(&desk, &sent.payload);
    let passed_on = forge(&other, vec![Value::bytes(body.clone()), Value::bytes(signature.clone())]);
    assert_eq!(code(other.receive(&passed_on)), "application-other-desk");
    // With the other desk in the body, the signature no longer holds.
    let mut parts = items(&body);
    parts[2] = Value::bytes(other.key.public().spki_sha256());
    let changed = cbor::encode(&Value::Array(parts));
    let passed_on = forge(&other, vec![Value::bytes(changed), Value::bytes(signature)]);
    assert_eq!(code(other.receive(&passed_on)), "application-signature");
}

#[test]
fn a_changed_application_is_refused() {
    let desk = Desk::new("desk");
    let wallet = Wallet::new("wallet", 7).with_photo();
    let sent = wallet.send(&desk.verified()).unwrap();
    // Each byte on its way, as far as it is not that of the deflate stream.
    let inflated = envelope::inflate(&sent.payload).unwrap();
    for at in (0..inflated.len()).step_by(199).chain(0..140) {
        let mut altered = inflated.clone();
        altered[at] ^= 1;
        let code = code(desk.receive(&envelope::deflate(&altered).unwrap()));
        assert_ne!(code, "received", "{at}");
    }
    // Whoever could open it changes one item: another name, another answer key, another photo.
    let (body, signature) = open(&desk, &sent.payload);
    let another = Wallet::new("attacker", 8);
    let changes: [(usize, Value); 5] = [
        (1, Value::bytes([9; 16])),
        (3, Value::integer(now().unix() - 1)),
        (5, Value::array([Value::text("another number"), Value::text("another name")])),
        (7, Value::bytes(another.body.answer_key)),
        (8, Value::Null),
    ];
    for (place, value) in changes {
        let mut parts = items(&body);
        parts[place] = value;
        let changed = cbor::encode(&Value::Array(parts));
        let forged = forge(&desk, vec![Value::bytes(changed), Value::bytes(signature.clone())]);
        assert_eq!(code(desk.receive(&forged)), "application-signature", "{place}");
    }
}

#[test]
fn an_application_for_another_device_key_is_refused() {
    let desk = Desk::new("desk");
    let sent = Wallet::new("wallet", 7).send(&desk.verified()).unwrap();
    let (body, signature) = open(&desk, &sent.payload);
    // The attacker's device key under the victim's signature, and the victim's key under the attacker's signature.
    let mut parts = items(&body);
    parts[6] = Value::bytes(point(&signing_key(8)));
    let changed = cbor::encode(&Value::Array(parts));
    let forged = forge(&desk, vec![Value::bytes(changed), Value::bytes(signature)]);
    assert_eq!(code(desk.receive(&forged)), "application-signature");
    assert_eq!(
        code(desk.receive(&signed_again(&desk, &body, &signing_key(8), |_| ()))),
        "application-signature"
    );
    assert_eq!(code(desk.receive(&signed_again(&desk, &body, &signing_key(7), |_| ()))), "received");
}

#[test]
fn an_application_is_received_once_and_not_for_ever() {
    let desk = Desk::new("desk");
    let sent = Wallet::new("wallet", 7).send(&desk.verified()).unwrap();
    let receive =
        |days: i64, known| code(desk.receive_at(&sent.payload, now().plus_seconds(days * DAY), known));
    assert_eq!(receive(0, false), "received");
    assert_eq!(receive(0, true), "application-seen");
    assert_eq!(receive(30, false), "received");
    assert_eq!(receive(31, false), "application-old");
    assert_eq!(receive(-1, false), "received");
    assert_eq!(receive(-2, false), "application-ahead");
}

#[test]
fn what_breaks_a_rule_is_neither_made_nor_received() {
    let desk = Desk::new("desk");
    let wallet = Wallet::new("wallet", 7).with_photo();
    let sent = wallet.send(&desk.verified()).unwrap();
    let (body, _) = open(&desk, &sent.payload);
    let key = signing_key(7);
    let again = |change: fn(&mut Vec<Value>)| code(desk.receive(&signed_again(&desk, &body, &key, change)));
    assert_eq!(again(|_| ()), "received");
    // Newer programs: a higher version, one more item, another occasion.
    assert_eq!(again(|parts| parts[0] = Value::Unsigned(2)), "application-newer");
    assert_eq!(again(|parts| parts.push(Value::Null)), "application-newer");
    assert_eq!(again(|parts| parts[4] = Value::Unsigned(4)), "application-newer");
    // Items that are missing, or of another type or length.
    assert_eq!(again(|parts| drop(parts.pop())), "application-form");
    for place in [1, 2, 3, 4, 5, 6, 7, 8, 9] {
        let mut forged = items(&body);
        forged[place] = Value::text("no such item");
        let changed = cbor::encode(&Value::Array(forged));
        let refused = code(desk.receive(&forge(&desk, vec![Value::bytes(changed), Value::bytes([0; 64])])));
        assert_eq!(refused, "application-form", "{place}");
    }
    // Points that are none, and one key for both.
    assert_eq!(again(|parts| parts[7] = Value::bytes([4; 65])), "sealed-point");
    assert_eq!(again(|parts| parts[6] = Value::bytes([4; 65])), "sealed-point");
    assert_eq!(again(|parts| parts[7] = parts[6].clone()), "application-same-key");
    // Texts that say nothing, or too much.
    assert_eq!(
        again(|parts| parts[5] = Value::array([Value::text(" "), Value::text("x")])),
        "application-form"
    );
    let long =
        |parts: &mut Vec<Value>| parts[5] = Value::array([Value::text("x".repeat(65)), Value::text("x")]);
    assert_eq!(again(long), "application-form");
    // Photos that are none, and one that says to be on file.
    let photo = |source: u64, large: &[u8]| {
        Value::array([Value::Unsigned(source), Value::bytes(large), Value::bytes(*b"no picture")])
    };
    for (source, large, expected) in [
        (0, b"no picture".to_vec(), "photo-not-jpeg"),
        (2, b"no picture".to_vec(), "application-form"),
        (0, vec![0; PHOTO_MAX + 1], "application-photo"),
    ] {
        let forged = signed_again(&desk, &body, &key, |parts| parts[8] = photo(source, &large));
        assert_eq!(code(desk.receive(&forged)), expected);
    }
    // The content of the envelope.
    for (content, expected) in [
        (vec![Value::bytes(body.clone())], "application-form"),
        (vec![Value::bytes(body.clone()), Value::Null], "application-form"),
        (vec![Value::bytes(body.clone()), Value::bytes([0; 64]), Value::Null], "application-newer"),
        (vec![Value::bytes(body.clone()), Value::bytes([0; 63])], "application-signature"),
        (vec![Value::bytes(body.clone()), Value::bytes([0; 64])], "application-signature"),
    ] {
        assert_eq!(code(desk.receive(&forge(&desk, content))), expected);
    }

    let mut made = Wallet::new("wallet", 7).with_photo();
    made.body.answer_key = made.body.device_key;
    assert_eq!(code(made.send(&desk.verified())), "application-same-key");
    let mut made = Wallet::new("wallet", 7).with_photo();
    made.body.photo.as_mut().unwrap().source = PhotoSource::OnFile;
    assert_eq!(code(made.send(&desk.verified())), "application-photo");
    made.body.photo.as_mut().unwrap().large = vec![0; PHOTO_MAX + 1];
    assert_eq!(code(made.send(&desk.verified())), "application-photo");
}

#[test]
fn envelopes_that_are_none() {
    let desk = Desk::new("desk");
    let sent = Wallet::new("wallet", 7).send(&desk.verified()).unwrap();
    let envelope = items(&envelope::inflate(&sent.payload).unwrap());
    let with = |change: fn(&mut Vec<Value>)| {
        let mut parts = envelope.clone();
        change(&mut parts);
        code(desk.receive(&envelope::deflate(&cbor::encode(&Value::Array(parts))).unwrap()))
    };
    assert_eq!(with(|_| ()), "received");
    assert_eq!(with(|parts| parts.push(Value::Null)), "sealed-newer");
    assert_eq!(with(|parts| drop(parts.pop())), "sealed-form");
    assert_eq!(with(|parts| parts[0] = Value::Unsigned(5)), "envelope-kind");
    assert_eq!(with(|parts| parts[1] = Value::bytes([0; 31])), "sealed-form");
    assert_eq!(with(|parts| parts[2] = Value::bytes([4; 65])), "sealed-point");
    assert_eq!(with(|parts| parts[2] = Value::Null), "sealed-form");
    assert_eq!(with(|parts| parts[3] = Value::bytes([0; 15])), "sealed-form");
    assert_eq!(code(desk.receive(&[0; 65_537])), "size");
    assert_eq!(code(desk.receive(b"")), "envelope-deflate");
    // A photo with which a payload would be too long is not sealed.
    let huge =
        envelope::sealed::SealedApplication::seal(&desk.key.public(), &noise(65_500), &mut random("s"));
    assert_eq!(huge.unwrap().encode().err().map(|error| error.code()), Some("sealed-length"));
}

fn noise(length: usize) -> Vec<u8> {
    let mut bytes = vec![0; length];
    random("noise")(&mut bytes);
    bytes
}

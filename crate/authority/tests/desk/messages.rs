//! The whole way of a claim between a wallet and a desk, as sealed messages.

use cbor::Timestamp;
use liangzheng_authority::application::{Occasion, Record};
use liangzheng_authority::desk::{Action, Received};
use liangzheng_authority::driver::{Basis, Change, Validity};
use liangzheng_authority::photo::RejectReason;
use liangzheng_authority::post::{
    AgreementSecret, ApplicationBody, Awaited, DeskAnchors, DeskOffer, DeskOutcome, PendingAnswer,
    PendingApplication, PreparedApplication, ReceivedApplication, SentPhoto, VerifiedAnswer, VerifiedDesk,
};
use licence::LicenceView;
use mdoc::TrustAnchors;
use p256::ecdsa::SigningKey;
use sha2::{Digest, Sha256};
use signature::{RustCrypto, sign_es256};

use crate::support::{DEMO, NOON, Office, at, key};

fn secret(name: &str) -> AgreementSecret {
    AgreementSecret::generate(&mut random(name)).unwrap()
}

fn random(name: &str) -> impl FnMut(&mut [u8]) {
    let mut count = 0_u64;
    let name = name.to_owned();
    move |buffer: &mut [u8]| {
        for chunk in buffer.chunks_mut(32) {
            count += 1;
            let block = Sha256::new_with_prefix(&name).chain_update(count.to_be_bytes()).finalize();
            chunk.copy_from_slice(&block[..chunk.len()]);
        }
    }
}

fn desk(key: &AgreementSecret, now: Timestamp) -> VerifiedDesk {
    let certificate = DEMO.desk_certificate(key.public().to_sec1(), now, &mut random("serial")).unwrap();
    let anchors = DeskAnchors::new(vec![DEMO.desk_anchor().unwrap()]);
    anchors.verify(&DeskOffer::new(vec![certificate]).unwrap(), now, &RustCrypto).unwrap()
}

/// A wallet's application, sealed, opened at the desk, and what the wallet waits for.
fn send(
    office: &mut Office,
    occasion: Occasion,
    photo: Option<&str>,
    held: Option<&[u8]>,
) -> (ReceivedApplication, Awaited) {
    let desk_key = secret("desk");
    let Received { id, number, name, made_at, photo, .. } = office.application("lin", occasion, photo);
    let answer = secret("answer key");
    let applicant = name.clone();
    let body = ApplicationBody {
        id: *id.as_bytes(),
        made_at,
        asks: occasion.into(),
        number: number.clone(),
        name,
        device_key: key(7),
        answer_key: *answer.public().to_sec1(),
        photo: photo.map(|photo| SentPhoto { source: photo.source, large: photo.large, small: photo.small }),
        held: held.map(|credential| Sha256::digest(credential).into()),
        record: None,
    };
    let prepared = PreparedApplication::new(&body, &desk(&desk_key, office.now)).unwrap();
    let device = SigningKey::from_slice(&[7; 32]).unwrap();
    let signature = sign_es256(&device, prepared.to_be_signed());
    let sent = prepared.seal(&signature, &mut random("seal")).unwrap();
    let pending = PendingApplication::decode(&sent.payload, &desk_key.public()).unwrap();
    let shared = desk_key.agree(pending.point());
    let received = pending.step(&shared).unwrap().verify(office.now, |_| false, &RustCrypto).unwrap();
    let answer_key = answer.public();
    let (binding, device_key) = (sent.binding, key(7));
    let awaited = Awaited { binding, answer_key, device_key, number, name: applicant };
    (received, awaited)
}

/// Seals the desk's answer, and opens it in the wallet.
fn hand_over(office: &mut Office, received: &ReceivedApplication, awaited: &Awaited) -> VerifiedAnswer {
    let id = Received::from(received).id;
    let answer = office.answer(id).unwrap();
    open(office, &answer, received, awaited)
}

fn open(
    office: &Office,
    answer: &liangzheng_authority::desk::Answer,
    received: &ReceivedApplication,
    awaited: &Awaited,
) -> VerifiedAnswer {
    let payload =
        answer.body().seal(received.answer_key(), received.binding(), &mut random("seal back")).unwrap();
    let pending = PendingAnswer::decode(&payload, awaited, |_| false).unwrap();
    let shared = secret("answer key").agree(pending.point());
    let mut trust = TrustAnchors::default();
    trust.add(DEMO.anchor(&RustCrypto).unwrap());
    pending.step(&shared).unwrap().verify(awaited, &trust, office.now, &RustCrypto).unwrap()
}

fn basis(answer: &VerifiedAnswer) -> Basis {
    let credential = &answer.licence().unwrap().credential;
    Basis::of(&LicenceView::from_elements(credential.issued().elements()).fields).unwrap()
}

#[test]
fn claim_rejection_reclaim_and_what_changed_travel_as_messages() {
    let mut office = Office::new(NOON);
    let (received, awaited) = send(&mut office, Occasion::FirstClaim, None, None);
    office.receive(&Received::from(&received)).unwrap();
    let first = hand_over(&mut office, &received, &awaited);
    let licence = first.licence().unwrap();
    let record: Record = serde_json::from_str(&licence.record).unwrap();
    assert_eq!(record.reference(), "lin");
    assert_eq!(first.receipt().size, office.journal.len() as u64);
    assert_eq!(first.receipt().root, office.desk().checkpoint().root.0);

    // A photo is rejected.
    let (received, awaited) = send(&mut office, Occasion::Replacement, Some("he"), Some(b"credential"));
    office.receive(&Received::from(&received)).unwrap();
    let id = Received::from(&received).id;
    let note = Some("蓝色背景".to_owned());
    office.act(Action::Reject { id, reason: RejectReason::Ground, note: note.clone() }).unwrap();
    let rejected = hand_over(&mut office, &received, &awaited).outcome().clone();
    assert_eq!(rejected, DeskOutcome::Rejected { reason: RejectReason::Ground, note, rejections: 1 });

    // The validity changes: the licence is claimed again, and the wallet sees what is different.
    let validity = Validity { from: cbor::Date::new(2026, 11, 23).unwrap(), until: None };
    let change = Change::Validity(validity);
    office.act(Action::ChangeFacts { reference: "lin".into(), change }).unwrap();
    let (received, awaited) = send(&mut office, Occasion::Reclaim, None, Some(b"credential"));
    office.receive(&Received::from(&received)).unwrap();
    let second = hand_over(&mut office, &received, &awaited);
    assert_eq!(basis(&first).changed(&basis(&second)).len(), 1);
    assert_eq!(basis(&second).validity, validity);
}

#[test]
fn refusal_travels_with_its_code_its_placeholders_and_the_office() {
    let mut office = Office::new(NOON);
    let suspend = Action::Suspend { reference: "lin".into(), letter: licence::Letter::D };
    office.act(suspend).unwrap();
    let (received, awaited) = send(&mut office, Occasion::FirstClaim, None, None);
    let answer = office.receive(&Received::from(&received)).unwrap().answer.unwrap();
    let opened = open(&office, &answer, &received, &awaited);
    let DeskOutcome::Refused { code, args, office } = opened.outcome().clone() else {
        panic!("not refused");
    };
    assert_eq!(code, "claim-status-red");
    let names: Vec<_> = args.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["letters"]);
    assert!(office.is_some_and(|office| !office.name.is_empty() && !office.name_latin.is_empty()));
}

#[test]
fn licence_that_the_built_in_issuer_made_is_named_by_its_hash() {
    let mut office = Office::new(NOON);
    office.now = at("2026-11-24T04:00:00Z");
    let (received, awaited) = send(&mut office, Occasion::Replacement, Some("he"), Some(b"credential"));
    office.receive(&Received::from(&received)).unwrap();
    office.act(Action::Approve { id: Received::from(&received).id }).unwrap();
    assert!(hand_over(&mut office, &received, &awaited).licence().is_some());
}

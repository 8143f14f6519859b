//! The desk of this crate between the two messages: an application arrives, is reviewed, and its answer is opened by its wallet.

use cbor::cose::CoseKey;
use liangzheng_authority::demo::DemoRegister;
use liangzheng_authority::desk::{Action, ApplicationId, Desk as Queue, PhotoWanted, Received, Stored};
use liangzheng_authority::photo::{PhotoSource, Portraits, RejectReason};
use liangzheng_authority::post::{
    AnswerError, DeskOutcome, PendingAnswer, SentPhoto, VerifiedAnswer, seal_answer,
};
use liangzheng_authority::rollout::Rollout;
use signature::RustCrypto;

use crate::support::*;

fn queue() -> Queue {
    Queue::load(Box::new(DemoRegister::new()), Rollout::built_in(), Stored::default()).unwrap()
}

/// The wallet of a driver whose photo is not on file.
fn applicant() -> Wallet {
    let mut wallet = Wallet::new("he", 7);
    let person = DEMO.person("he").unwrap();
    let (large, small) = (large("tang"), DEMO.small_portrait("tang").unwrap());
    let portraits = Portraits { large: &large, small };
    wallet.body.number = DEMO.facts(person, DEMO.claim_day(person, now()), portraits, now()).document_number;
    wallet.body.name = person.name_zh();
    wallet.body.photo = Some(SentPhoto { source: PhotoSource::Camera, large, small: small.to_vec() });
    wallet
}

/// Sends the application of a wallet through the desk; `decide` is what the clerk does. Returns what the wallet makes of it.
fn through(
    wallet: &Wallet,
    decide: impl Fn(ApplicationId) -> Option<Action<'static>>,
) -> Result<VerifiedAnswer, AnswerError> {
    let (desk, mut queue) = (Desk::new("desk"), queue());
    let sent = wallet.send(&desk.verified()).unwrap();
    let received = Received::from(&desk.receive(&sent.payload).unwrap());
    let id = received.id;
    let mut random = random("queue");
    let mut act = |action| queue.act(action, "clerk", now(), &mut random).unwrap();
    let arrived = act(Action::Receive(Box::new(received)));
    let answer = match decide(id) {
        None => arrived.answer.unwrap(),
        Some(decision) => {
            act(decision);
            let photo = wallet.body.photo.as_ref().unwrap();
            let portraits = Some(Portraits { large: &photo.large, small: &photo.small });
            act(Action::Answer { id, portraits }).answer.unwrap()
        }
    };
    let payload = seal_answer(&answer, &desk.key.public(), &mut random_of()).unwrap();
    let awaited = wallet.awaited(&sent);
    let pending = PendingAnswer::decode(&payload, &awaited, |_| false)?;
    let shared = wallet.answer.agree(pending.point());
    pending.step(&shared)?.verify(&awaited, &trust(), now(), &RustCrypto)
}

fn random_of() -> impl FnMut(&mut [u8]) {
    random("seal")
}

#[test]
fn an_approved_photo_becomes_a_licence_for_the_wallets_device() {
    let wallet = applicant();
    let answer = through(&wallet, |id| Some(Action::Approve { id })).unwrap();
    let licence = answer.licence().unwrap();
    assert_eq!(licence.large, large("tang"));
    assert_eq!(licence.credential.device_key(), &CoseKey::from_sec1(&wallet.body.device_key).unwrap());
    assert!(answer.receipt().size >= 3, "received, approved, issued: {}", answer.receipt().size);
}

#[test]
fn a_rejected_photo_brings_its_reason_and_the_clerks_words() {
    let reject = |id| {
        Some(Action::Reject { id, reason: RejectReason::Ears, note: Some("请露出双耳".to_owned()) })
    };
    let answer = through(&applicant(), reject).unwrap();
    let DeskOutcome::Rejected { reason, note, rejections } = answer.outcome() else { panic!("rejected") };
    assert_eq!((*reason, note.as_deref(), *rejections), (RejectReason::Ears, Some("请露出双耳"), 1));
}

#[test]
fn a_name_that_is_not_the_numbers_is_refused_with_the_desks_code() {
    let mut wallet = applicant();
    wallet.body.name = "另一个人".to_owned();
    let answer = through(&wallet, |_| None).unwrap();
    let DeskOutcome::Refused { code, .. } = answer.outcome() else { panic!("refused") };
    assert!(liangzheng_authority::codes().any(|info| info.code == code), "{code}");
}

#[test]
fn a_photo_on_file_is_used_by_itself() {
    let mut wallet = Wallet::new("wallet", 7);
    wallet.body.number = number("lin");
    wallet.body.name = DEMO.person("lin").unwrap().name_zh();
    let (desk, mut queue) = (Desk::new("desk"), queue());
    let sent = wallet.send(&desk.verified()).unwrap();
    let received = Received::from(&desk.receive(&sent.payload).unwrap());
    let id = received.id;
    let mut random = random("queue");
    queue.act(Action::Receive(Box::new(received)), "clerk", now(), &mut random).unwrap();
    let Some(PhotoWanted::OnFile(on_file)) = queue.photo_wanted(id) else { panic!("the photo on file") };
    let large = large("lin");
    let portraits = Some(Portraits { large: &large, small: &on_file.small });
    let answer = queue.act(Action::Answer { id, portraits }, "clerk", now(), &mut random).unwrap().answer;
    let payload = seal_answer(&answer.unwrap(), &desk.key.public(), &mut random_of()).unwrap();
    let awaited = wallet.awaited(&sent);
    let pending = PendingAnswer::decode(&payload, &awaited, |_| false).unwrap();
    let shared = wallet.answer.agree(pending.point());
    let opened = pending.step(&shared).unwrap().verify(&awaited, &trust(), now(), &RustCrypto).unwrap();
    assert_eq!(opened.licence().unwrap().large, large);
}

//! A desk without a page, for the tests of the wallet: its offer, and its answers, good and bad.

use cbor::Timestamp;
use cbor::cose::CoseKey;
use licence::{Class, HeldClass};
use p256::ecdsa::SigningKey;
use signature::{PublicKey, RustCrypto};
use x509::{CertificateAuthority, CertificateRole, Name, Subject, ids};

use crate::Failure;
use crate::authority::application::{Application, AtDesk, PhotoNeeded, Record};
use crate::authority::demo::{DemoAuthority, ReviewAnswer};
use crate::authority::driver::Changes;
use crate::authority::photo::{PhotoSource, Portraits, RejectReason};
use crate::authority::post::{
    AgreementSecret, AnswerBody, DeskOffer, DeskOutcome, JournalReceipt, Office, PendingApplication,
    ReceivedApplication,
};

const DEMO: DemoAuthority = DemoAuthority::new();
/// This desk's key, for tests only.
const DESK: [u8; 32] = [0x55; 32];
const DAY: i64 = 86_400;

/// "Random" bytes of a counter.
fn random() -> impl FnMut(&mut [u8]) {
    let mut next = 0_u8;
    move |buffer: &mut [u8]| {
        buffer.fill_with(|| {
            next = next.wrapping_add(1);
            next
        });
    }
}

/// The payload of an offer: of this desk, or of one that a wallet must refuse.
pub(crate) fn offer(which: &str, now: Timestamp) -> Result<Vec<u8>, Failure> {
    let key = AgreementSecret::from_scalar(&DESK)?.public();
    let certificate = match which {
        "own" => DEMO.desk_certificate(key.to_sec1(), now, &mut random())?,
        "expired" => DEMO.desk_certificate(key.to_sec1(), now.plus_seconds(-40 * DAY), &mut random())?,
        "signer" => DEMO.ds_certificate(now)?,
        "foreign" => {
            let name = Name::from_attributes(&[(ids::COMMON_NAME, "DEMO desks")]);
            let (not_before, not_after) = (now.plus_seconds(-DAY), now.plus_seconds(30 * DAY));
            let subject = Subject { name, serial: &[0x51; 16], not_before, not_after, crl_uri: "" };
            let root = CertificateAuthority::reader_authority(SigningKey::from_slice(&[5; 32])?, &subject)?;
            let leaf = PublicKey::p256_from_sec1(key.to_sec1()).ok_or("a point")?;
            root.issue(CertificateRole::Desk, &subject, leaf)?.as_der().to_vec()
        }
        _ => return Err("own | expired | signer | foreign".into()),
    };
    Ok(DeskOffer::new(vec![certificate])?.encode()?)
}

/// Opens an application at this desk; the code of its refusal if it is refused.
fn receive(payload: &[u8], now: Timestamp) -> Result<ReceivedApplication, Failure> {
    let desk = AgreementSecret::from_scalar(&DESK)?;
    let pending = PendingApplication::decode(payload, &desk.public())?;
    let shared = desk.agree(pending.point());
    Ok(pending.step(&shared)?.verify(now, |_| false, &RustCrypto)?)
}

/// The payload of an answer to an application.
pub(crate) fn answer(outcome: &str, payload: &[u8], now: Timestamp) -> Result<Vec<u8>, Failure> {
    let received = receive(payload, now)?;
    let own = received.body().device_key;
    let outcome = match outcome {
        "issued" => issue(&received, &own, now)?,
        "other-key" => {
            let stranger = PublicKey::from(&SigningKey::from_slice(&[6; 32])?);
            issue(&received, stranger.to_sec1().ok_or("a point")?.as_slice().try_into()?, now)?
        }
        "rejected" => DeskOutcome::Rejected {
            reason: RejectReason::Ears,
            note: Some("请露出双耳".into()),
            rejections: 1,
        },
        "counter" => {
            let office = Office { name: "演示发证机关".into(), name_latin: "Demo office".into() };
            DeskOutcome::Counter { reason: Some(RejectReason::Ears), note: None, office }
        }
        "ended" => DeskOutcome::Refused { code: "licence-ended".into(), args: Vec::new(), office: None },
        "changed" => reissue(&received, &own, now)?,
        "refused" => {
            DeskOutcome::Refused { code: "replace-too-early".into(), args: date(now)?, office: None }
        }
        _ => return Err("issued | changed | other-key | rejected | counter | ended | refused".into()),
    };
    let body = AnswerBody { answered_at: now, receipt: JournalReceipt { size: 1, root: [1; 32] }, outcome };
    Ok(body.seal(received.answer_key(), received.binding(), &mut random())?)
}

fn date(now: Timestamp) -> Result<Vec<(String, verdict::Arg)>, Failure> {
    Ok(vec![("date".into(), verdict::Arg::Date(now.date_at(0).plus_months(6)))])
}

/// Approves the photo and issues the licence for a device key.
fn issue(received: &ReceivedApplication, device: &[u8; 65], now: Timestamp) -> Result<DeskOutcome, Failure> {
    let portraits = received.portraits().ok_or("a photo of the applicant's own")?;
    let submitted = DEMO.submit_photo(needed(received, portraits, now)?, portraits, PhotoSource::Camera, now);
    let submitted = submitted.map_err(|(_, error)| error)?;
    let Application::Approved(approved) = DEMO.review(submitted, ReviewAnswer::Approve, now) else {
        return Err("approved".into());
    };
    let device = CoseKey::from_sec1(device)?;
    let issued = DEMO.issue(&approved, portraits, device, now, &mut random())?;
    Ok(DeskOutcome::Issued { credential: issued.credential, record: serde_json::to_string(&issued.record)? })
}

/// Issues the licence of a re-claim with another class: C1 and, from that day on, D.
fn reissue(
    received: &ReceivedApplication,
    device: &[u8; 65],
    now: Timestamp,
) -> Result<DeskOutcome, Failure> {
    let body = received.body();
    let record: Record = serde_json::from_str(body.record.as_ref().ok_or("a licence that is held")?)?;
    let person = DEMO.person(record.reference()).ok_or("a person")?;
    let path = format!("www{}", person.portrait_path());
    let large = std::fs::read(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path))?;
    let small = DEMO.small_portrait(person.id).ok_or("a portrait")?;
    let portraits = received.portraits().unwrap_or(Portraits { large: &large, small });
    let today = licence::shanghai_day(now);
    let mut classes = DEMO.facts(person, record.claimed_on(), portraits, now).classes;
    classes.push(HeldClass { class: Class::D, from: today });
    let changes = Changes { classes: Some(classes), card_from: Some(today), ..Changes::default() };
    let record = record.at_desk(AtDesk { entry: 77, changes });
    let issued = DEMO.refresh(&record, portraits, CoseKey::from_sec1(device)?, now, &mut random())?;
    Ok(DeskOutcome::Issued { credential: issued.credential, record: serde_json::to_string(&issued.record)? })
}

/// The claim of who applies, as far as a photo is needed for it.
fn needed(
    received: &ReceivedApplication,
    portraits: Portraits<'_>,
    now: Timestamp,
) -> Result<PhotoNeeded, Failure> {
    let body = received.body();
    if let Some(record) = &body.record {
        let record: Record = serde_json::from_str(record)?;
        return Ok(record.replace_photo(licence::shanghai_day(now))?);
    }
    let number = |person| {
        let day = DEMO.claim_day(person, now);
        DEMO.facts(person, day, portraits, now).document_number
    };
    let person = DEMO.people().iter().find(|person| number(person) == body.number).ok_or("a person")?;
    match DEMO.start(person.id, now)? {
        Application::PhotoNeeded(needed) => Ok(needed),
        _ => Err("a photo is on file".into()),
    }
}

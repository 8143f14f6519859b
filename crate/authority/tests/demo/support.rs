//! Claims as a wallet does, and judges as a verifier does.

use cbor::Date;
use cbor::Timestamp;
use cbor::cose::CoseKey;
use envelope::Info;
use envelope::PreparedOneWay;
use envelope::ReplayMemory;
use liangzheng_authority::application::Application;
use liangzheng_authority::application::Record;
use liangzheng_authority::demo::DemoAuthority;
use liangzheng_authority::demo::DemoPerson;
use liangzheng_authority::demo::IssuedLicence;
use liangzheng_authority::demo::ReviewAnswer;
use liangzheng_authority::demo::STATUS_LIST_URI;
use liangzheng_authority::demo::Story;
use liangzheng_authority::error::IssueError;
use liangzheng_authority::photo::PhotoSource;
use liangzheng_authority::photo::Portraits;
use licence::DOMESTIC_NAMESPACE;
use licence::LicenceFacts;
use mdoc::TrustAnchors;
use mdoc::holder::Disclosure;
use mdoc::holder::UnverifiedCredential;
use mdoc::holder::VerifiedCredential;
use mdoc::holder::verify_credential;
use mdoc::status_list::StatusLists;
use mdoc::status_list::StatusSigner;
use mdoc::status_list::UnverifiedStatusList;
use mdoc::status_list::VerifiedStatusList;
use p256::ecdsa::SigningKey;
use sha2::{Digest, Sha256};
use signature::PublicKey;
use signature::sign_es256;
use verdict::Purpose;
use verdict::Terms;
use verdict::Verdict;
use verdict::VerifierContext;
use verdict::verify_one_way;

pub(crate) const DEMO: DemoAuthority = DemoAuthority::new();

pub(crate) const DAY: i64 = 86_400;

/// Days over the twenty years: today, ends of quarters, leap days, the last year.
pub(crate) const DAYS: [&str; 12] = [
    "2026-01-01T00:00:00Z",
    "2026-11-22T04:05:06Z",
    "2026-12-31T23:59:59Z",
    "2027-01-01T00:00:00Z",
    "2027-11-22T04:05:06Z",
    "2028-02-28T16:00:00Z",
    "2028-02-29T12:00:00Z",
    "2032-02-29T12:00:00Z",
    "2036-11-22T04:05:06Z",
    "2044-02-29T01:00:00Z",
    "2045-06-30T12:00:00Z",
    "2045-12-30T12:00:00Z",
];

pub(crate) fn at(text: &str) -> Timestamp {
    Timestamp::parse_tdate(text).unwrap()
}

pub(crate) fn date(text: &str) -> Date {
    Date::parse(text).unwrap()
}

/// Noon in Shanghai.
pub(crate) fn noon(day: Date) -> Timestamp {
    day.start_at(8 * 3600).plus_seconds(DAY / 2)
}

/// "Random" bytes that are the same in every run.
pub(crate) fn salts() -> impl FnMut(&mut [u8]) {
    let mut count = 0_u64;
    move |buffer: &mut [u8]| {
        for chunk in buffer.chunks_mut(32) {
            count += 1;
            let block = Sha256::digest(count.to_be_bytes());
            chunk.copy_from_slice(&block[..chunk.len()]);
        }
    }
}

pub(crate) fn device() -> (SigningKey, CoseKey) {
    let key = SigningKey::from_slice(&[7; 32]).unwrap();
    let public = CoseKey::from_sec1(&PublicKey::from(&key).to_sec1().unwrap()).unwrap();
    (key, public)
}

pub(crate) fn large(id: &str) -> Vec<u8> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../www/demo/portraits");
    std::fs::read(format!("{folder}/{id}.jpg")).unwrap()
}

pub(crate) fn trust() -> TrustAnchors {
    let mut trust = TrustAnchors::default();
    trust.add(DEMO.anchor(&signature::RustCrypto).unwrap());
    trust
}

/// Claims as the wallet does: the photo on file confirmed, or the drawn picture handed in and approved.
pub(crate) fn claim(person: &DemoPerson, now: Timestamp) -> IssuedLicence {
    let large = large(person.id);
    let small = DEMO.small_portrait(person.id).unwrap();
    let portraits = Portraits { large: &large, small };
    let approved = match DEMO.start(person.id, now).unwrap() {
        Application::PhotoOnFile(on_file) => DEMO.confirm_photo(on_file, &large, now).unwrap(),
        Application::PhotoNeeded(needed) => {
            let waiting = DEMO.submit_photo(needed, portraits, PhotoSource::File, now).unwrap();
            match DEMO.review(waiting, ReviewAnswer::Approve, now) {
                Application::Approved(approved) => approved,
                other => panic!("{other:?}"),
            }
        }
        other => panic!("{other:?}"),
    };
    DEMO.issue(&approved, portraits, device().1, now, &mut salts()).unwrap()
}

pub(crate) fn refresh(record: &Record, now: Timestamp) -> Result<IssuedLicence, IssueError> {
    let large = large(record.reference());
    let small = DEMO.small_portrait(record.reference()).unwrap();
    DEMO.refresh(record, Portraits { large: &large, small }, device().1, now, &mut salts())
}

pub(crate) fn verified(licence: &IssuedLicence, now: Timestamp) -> VerifiedCredential {
    let unverified = UnverifiedCredential::decode(&licence.credential).unwrap();
    let verified = verify_credential(&unverified, &trust(), now, &signature::RustCrypto).unwrap();
    assert!(verified.issued().mso_validity().is_pass());
    verified
}

pub(crate) fn letters(credential: &VerifiedCredential) -> String {
    let status = credential.issued().elements().get(DOMESTIC_NAMESPACE, "status_letters").unwrap();
    status.get_text("letters").unwrap().as_text().unwrap().to_owned()
}

pub(crate) fn claimable() -> impl Iterator<Item = &'static DemoPerson> {
    DEMO.people().iter().filter(|person| person.story != Story::Locked)
}

pub(crate) fn facts(id: &str, claimed_on: Date, day: Date) -> LicenceFacts {
    let person = DEMO.person(id).unwrap();
    DEMO.facts(person, claimed_on, Portraits { large: &[], small: &[] }, noon(day))
}

/// The demo's list of the day, verified as a verifier does.
pub(crate) fn list(now: Timestamp) -> VerifiedStatusList {
    let list = UnverifiedStatusList::decode(&DEMO.status_list(now).unwrap()).unwrap();
    list.verify(StatusSigner::Anchors(&trust()), STATUS_LIST_URI, now, &signature::RustCrypto).unwrap()
}

pub(crate) fn at_hand(now: Timestamp) -> StatusLists {
    let mut lists = StatusLists::new();
    lists.insert(list(now)).unwrap();
    lists
}

pub(crate) fn verdict(person: &DemoPerson, purpose: Purpose, now: Timestamp, lists: &StatusLists) -> Verdict {
    shown(&claim(person, now), purpose, now, lists)
}

/// What a verifier with these lists says of a licence that is shown now.
pub(crate) fn shown(
    licence: &IssuedLicence,
    purpose: Purpose,
    now: Timestamp,
    lists: &StatusLists,
) -> Verdict {
    shown_to(licence, purpose, now, lists, &trust())
}

pub(crate) fn shown_to(
    licence: &IssuedLicence,
    purpose: Purpose,
    now: Timestamp,
    lists: &StatusLists,
    trust: &TrustAnchors,
) -> Verdict {
    let credential = verified(licence, now);
    let disclosure = Disclosure::select(&credential, &purpose.elements(true));
    let info = Info { iat: now, exp: now.plus_seconds(60), nonce: [9; 16], aud: None, purpose: None };
    let prepared = PreparedOneWay::prepare(disclosure, info).unwrap();
    let signature = sign_es256(&device().0, prepared.to_be_signed());
    let completed = prepared.complete(&signature).unwrap();
    let memory = ReplayMemory::default();
    let terms = Terms::default_for(purpose, licence::shanghai_day(now));
    let context = VerifierContext {
        now,
        clock_floor: at("2026-01-01T00:00:00Z"),
        trust,
        memory: &memory,
        audience: None,
        status_lists: lists,
        terms: &terms,
        signatures: &signature::RustCrypto,
        strict: false,
    };
    verify_one_way(completed.payload(), &context)
}

//! The demo authority as a wallet meets it: every person, on days over twenty years.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "the whole file is a test, its helpers too"
)]

use cbor::cose::CoseKey;
use cbor::{Date, Timestamp};
use envelope::Info;
use envelope::PreparedOneWay;
use envelope::ReplayMemory;
use liangzheng_authority::application::{Application, Record};
use liangzheng_authority::demo::{
    DemoAuthority, DemoPerson, IssuedLicence, ReviewAnswer, STATUS_LIST_URI, Story,
};
use liangzheng_authority::error::IssueError;
use liangzheng_authority::issuer::issue;
use liangzheng_authority::photo::{PhotoSource, Portraits, RejectReason};
use licence::{DOMESTIC_NAMESPACE, LicenceFacts, completed_years};
use mdoc::TrustAnchors;
use mdoc::holder::Disclosure;
use mdoc::holder::{UnverifiedCredential, VerifiedCredential, verify_credential};
use mdoc::reader::ReaderAnchors;
use mdoc::status_list::{
    Status, StatusListInfo, StatusLists, StatusReference, StatusSigner, UnverifiedStatusList,
    VerifiedStatusList,
};
use mdoc::vical::UnverifiedVical;
use p256::ecdsa::SigningKey;
use sha2::{Digest, Sha256};
use signature::{PublicKey, sign_es256};
use verdict::{Colour, Purpose, Terms, Verdict, VerifierContext, verify_one_way};
use x509::{Certificate, check_document_signer_strictly, check_iaca_strictly};

const DEMO: DemoAuthority = DemoAuthority::new();
const DAY: i64 = 86_400;

/// Days over the twenty years: today, ends of quarters, leap days, the last year.
const DAYS: [&str; 12] = [
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

fn at(text: &str) -> Timestamp {
    Timestamp::parse_tdate(text).unwrap()
}

fn date(text: &str) -> Date {
    Date::parse(text).unwrap()
}

/// Noon in Shanghai.
fn noon(day: Date) -> Timestamp {
    day.start_at(8 * 3600).plus_seconds(DAY / 2)
}

/// "Random" bytes that are the same in every run.
fn salts() -> impl FnMut(&mut [u8]) {
    let mut count = 0_u64;
    move |buffer: &mut [u8]| {
        for chunk in buffer.chunks_mut(32) {
            count += 1;
            let block = Sha256::digest(count.to_be_bytes());
            chunk.copy_from_slice(&block[..chunk.len()]);
        }
    }
}

fn device() -> (SigningKey, CoseKey) {
    let key = SigningKey::from_slice(&[7; 32]).unwrap();
    let public = CoseKey::from_sec1(&PublicKey::from(&key).to_sec1().unwrap()).unwrap();
    (key, public)
}

fn large(id: &str) -> Vec<u8> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../www/demo/portraits");
    std::fs::read(format!("{folder}/{id}.jpg")).unwrap()
}

fn trust() -> TrustAnchors {
    let mut trust = TrustAnchors::default();
    trust.add(DEMO.anchor(&signature::RustCrypto).unwrap());
    trust
}

/// Claims as the wallet does: the photo on file confirmed, or the drawn picture handed in and approved.
fn claim(person: &DemoPerson, now: Timestamp) -> IssuedLicence {
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

fn refresh(record: &Record, now: Timestamp) -> Result<IssuedLicence, IssueError> {
    let large = large(record.reference());
    let small = DEMO.small_portrait(record.reference()).unwrap();
    DEMO.refresh(record, Portraits { large: &large, small }, device().1, now, &mut salts())
}

fn verified(licence: &IssuedLicence, now: Timestamp) -> VerifiedCredential {
    let unverified = UnverifiedCredential::decode(&licence.credential).unwrap();
    let verified = verify_credential(&unverified, &trust(), now, &signature::RustCrypto).unwrap();
    assert!(verified.issued().mso_validity().is_pass());
    verified
}

fn letters(credential: &VerifiedCredential) -> String {
    let status = credential.issued().elements().get(DOMESTIC_NAMESPACE, "status_letters").unwrap();
    status.get_text("letters").unwrap().as_text().unwrap().to_owned()
}

fn claimable() -> impl Iterator<Item = &'static DemoPerson> {
    DEMO.people().iter().filter(|person| person.story != Story::Locked)
}

fn facts(id: &str, claimed_on: Date, day: Date) -> LicenceFacts {
    let person = DEMO.person(id).unwrap();
    DEMO.facts(person, claimed_on, Portraits { large: &[], small: &[] }, noon(day))
}

#[test]
fn everybody_claims_and_verifies_on_every_day_of_twenty_years() {
    for day in DAYS {
        let now = at(day);
        for person in claimable() {
            let credential = verified(&claim(person, now), now);
            let expected = match person.story {
                Story::Plain => "A",
                Story::Violation => "H",
                Story::MedicalExtended => "P",
                Story::Suspended => "D",
                Story::PointsFull => "B",
                Story::Expired => "M",
                Story::Locked => unreachable!(),
            };
            assert_eq!(letters(&credential), expected, "{} on {day}", person.id);
            let elements = credential.issued().elements();
            let office = elements.get(DOMESTIC_NAMESPACE, "issuing_authority_zh").unwrap();
            assert!(office.as_text().unwrap().contains("演示"), "{}", person.id);
            let office = elements.get(licence::ISO_NAMESPACE, "issuing_authority").unwrap();
            assert!(office.as_text().unwrap().contains("DEMO"), "{}", person.id);
        }
    }
}

#[test]
fn facts_change_on_the_day_after_the_claim() {
    for (id, before, after) in [("gao", "A", "D"), ("wei", "A", "B"), ("cheng", "A", "M"), ("lin", "A", "A")]
    {
        for claimed_on in ["2026-11-22", "2028-02-29", "2045-05-05"].map(date) {
            let on = |day| facts(id, claimed_on, day).status.letters.text();
            assert_eq!(on(claimed_on), before, "{id}");
            assert_eq!(on(claimed_on.plus_days(1)), after, "{id}");
            assert_eq!(on(claimed_on.plus_days(200)), after, "{id}");
        }
    }
    let claimed_on = date("2026-11-22");
    let points = |day| facts("wei", claimed_on, day).points.incurred;
    assert_eq!(points(claimed_on), 9);
    assert_eq!(points(claimed_on.plus_days(1)), 12);
    assert_eq!(points(claimed_on.plus_days(800)), 12);
    let cheng = facts("cheng", claimed_on, claimed_on.plus_days(1));
    assert_eq!((cheng.expiry_date, cheng.long_term), (claimed_on, false));
}

#[test]
fn expired_for_more_than_a_year_is_cancelled() {
    let claimed_on = date("2026-11-22");
    let on = |day: &str| facts("cheng", claimed_on, date(day)).status.letters.text();
    assert_eq!(on("2027-11-22"), "M");
    assert_eq!(on("2027-11-23"), "G");
    // Everybody with an end runs into it when nothing is renewed; a new claim is a new licence.
    let xu = facts("xu", claimed_on, date("2032-06-22"));
    assert_eq!((xu.status.letters.text().as_str(), xu.expiry_date), ("A", date("2032-06-22")));
    assert_eq!(facts("xu", claimed_on, date("2032-06-23")).status.letters.text(), "M");
    assert_eq!(facts("gao", claimed_on, date("2036-01-01")).status.letters.text(), "G");
}

#[test]
fn people_are_what_they_are_said_to_be_on_every_day() {
    let first = date("2026-01-01").days();
    for day in (first..first + 20 * 365).step_by(13).map(Date::from_days) {
        let age = |id: &str| completed_years(facts(id, day, day).birth_date, day);
        assert_eq!(age("shen"), 71, "{day}");
        assert_eq!(age("lin"), 32, "{day}");
        assert_eq!(age("xu"), 20, "{day}");
        let shen = facts("shen", day, day);
        assert!(shen.long_term && shen.expiry_date >= day, "{day}");
        assert!(shen.expiry_date <= day.plus_days(366 + 31), "{day}");
        let zhao = facts("zhao", day, day);
        assert!(zhao.long_term, "{day}");
        assert_eq!(zhao.expiry_date, zhao.birth_date.plus_years(63));
        let xu = facts("xu", day, day);
        assert!(xu.novice_until.car.is_some_and(|until| until > day.plus_months(6)), "{day}");
        let tang = facts("tang", day, day);
        assert!(tang.novice_until.motorcycle.is_some_and(|until| until > day), "{day}");
        assert!(tang.novice_until.car.is_some_and(|until| until < day), "{day}");
        let lin = facts("lin", day, day);
        assert!(!lin.long_term && lin.expiry_date > day.plus_years(4), "{day}");
    }
}

#[test]
fn claimed_licence_keeps_its_person() {
    let claimed_on = date("2026-11-22");
    for person in DEMO.people() {
        let first = facts(person.id, claimed_on, claimed_on);
        let later = facts(person.id, claimed_on, claimed_on.plus_years(3));
        assert_eq!(first.document_number, later.document_number);
        assert_eq!(first.core_number, later.core_number);
        assert_eq!(first.classes, later.classes);
        assert_eq!(first.birth_date, later.birth_date);
    }
}

#[test]
fn numbers_pass_their_checks_and_belong_to_nobody() {
    let mut numbers = Vec::new();
    for person in DEMO.people() {
        for day in DAYS.map(|day| at(day).date_at(0)) {
            let facts = facts(person.id, day, day);
            assert_eq!(facts.number_warnings(), [], "{} on {day}", person.id);
            // GB/T 2260 has no province 99, and Macau (82) no prefecture 99.
            assert!(facts.document_number.starts_with("99"));
            assert!(facts.administrative_number.starts_with("8299"));
            assert!(facts.core_number.starts_with("99"));
            assert!(!numbers.contains(&(day, facts.document_number.clone())));
            numbers.push((day, facts.document_number));
        }
    }
}

#[test]
fn nobody_claims_in_a_barred_group() {
    let now = at("2026-11-22T04:05:06Z");
    assert_eq!(DEMO.start("qin", now).unwrap_err().code(), "claim-status-abnormal");
    assert_eq!(DEMO.start("nobody", now).unwrap_err().code(), "claim-person-unknown");
    let claimed_on = date("2026-11-01");
    let later = |id: &str, day: &str| {
        let person = DEMO.person(id).unwrap();
        match DEMO.start_on(person, claimed_on, date(day)) {
            Ok(_) => "open",
            Err(error) => error.code(),
        }
    };
    for id in ["gao", "wei", "cheng"] {
        assert_eq!(later(id, "2026-11-01"), "open", "{id}");
        assert_eq!(later(id, "2026-11-02"), "claim-status-red", "{id}");
    }
    assert_eq!(later("cheng", "2027-12-01"), "claim-status-gone");
    assert_eq!(later("bai", "2026-12-31"), "open");
    assert_eq!(later("bai", "2027-01-01"), "claim-extension-over");
    assert_eq!(DEMO.start("lin", at("2021-12-09T04:00:00Z")).unwrap_err().code(), "claim-not-rolled-out");
    assert!(DEMO.start("lin", at("2021-12-09T16:00:00Z")).is_ok());
}

#[test]
fn anchor_is_constant_and_is_the_one_known_as_demo() {
    let der = DEMO.anchor_certificate().unwrap();
    let hash = base16ct::lower::encode_string(&Sha256::digest(&der));
    assert_eq!(hash, "7364e443967622ea84494b84da77772c9750113afcef2e64a9d0e29a85bb7f8d");
    let anchor = DEMO.anchor(&signature::RustCrypto).unwrap();
    assert_eq!(verdict::demo_anchor::DEMO_ANCHOR_SPKI_SHA256, [anchor.spki_sha256()]);
    let root = anchor.certificate();
    let _profile = check_iaca_strictly(root).unwrap();
    assert_eq!(root.not_before().format_tdate(), "2026-01-01T00:00:00Z");
    assert_eq!(root.not_after().format_tdate(), "2045-12-31T23:59:59Z");
}

#[test]
fn the_certificates_of_a_quarter_are_the_same_bytes_every_time() {
    let sha256 = |der: &[u8]| base16ct::lower::encode_string(&Sha256::digest(der));
    for (day, ds, reader) in [
        (
            "2026-01-01T00:00:00Z",
            "bd5ecb975088dbc9af0d5c92abf0354a800e955908799df1e77ec4d2217dc9e0",
            "da9c40d754a7fe7ea96662aab087c120557671d9503038424a1bab89c4d3e4f2",
        ),
        (
            "2026-11-22T12:00:00Z",
            "ccb8c2e560a030398afb9647fdd25a594ee434bd9082384eba64ef8a284f5324",
            "d6cd46308ee4c982f023587483b966a156d0976fedee7bd0cbabb781ec670ace",
        ),
        (
            "2045-12-31T23:59:59Z",
            "c85e1193fb0ca65ec43178f16a8f000d2dad88c4a585a6dd018573b677dc174f",
            "c5f4b8213b1cc357e491fd3ff8c713bc196e27d120a8c1d4f588847d7cc69633",
        ),
    ] {
        assert_eq!(sha256(&DEMO.ds_certificate(at(day)).unwrap()), ds, "{day}");
        assert_eq!(sha256(DEMO.reader(at(day)).unwrap().certificate.as_der()), reader, "{day}");
    }
}

#[test]
fn the_reader_conforms_on_every_day_and_its_authority_is_constant() {
    let der = DEMO.reader_authority_certificate();
    let hash = base16ct::lower::encode_string(&Sha256::digest(der));
    assert_eq!(hash, "6fdc6cf37f75b6a98ab77ef3efd7207515459dbf7acfbf5347d289f0759b9a78");
    let root = Certificate::decode(der).unwrap();
    let mut anchors = ReaderAnchors::new();
    anchors.add(DEMO.reader_anchor().unwrap());
    let mut now = at("2026-01-01T00:00:00Z");
    while now <= root.not_after() {
        let reader = DEMO.reader(now).unwrap();
        assert_eq!(reader.certificate.public_key(), &PublicKey::from(&reader.key));
        let trusted = anchors.verify(reader.certificate, now, &signature::RustCrypto).unwrap();
        assert_eq!((trusted.name(), trusted.anchor_label()), ("演示核验方 DEMO", "演示核验机构 DEMO"));
        now = now.plus_seconds(29 * DAY);
    }
    assert_eq!(DEMO.reader(now.plus_seconds(60 * DAY)).unwrap_err().code(), "issue-outside-authority");
}

#[test]
fn document_signer_conforms_on_every_day() {
    let root = Certificate::decode(&DEMO.anchor_certificate().unwrap()).unwrap();
    let mut now = at("2026-01-01T00:00:00Z");
    let mut keys = Vec::new();
    while now <= root.not_after() {
        let ds = Certificate::decode(&DEMO.ds_certificate(now).unwrap()).unwrap();
        let _profile = check_document_signer_strictly(&ds, Some(&root)).unwrap();
        let _signed = ds.verify_signed_by(root.public_key(), &signature::RustCrypto).unwrap();
        assert!(ds.not_before() <= now && now <= ds.not_after(), "{}", now.format_tdate());
        assert!(ds.not_after().seconds_since(ds.not_before()) <= 457 * DAY);
        assert!(root.not_before() <= ds.not_before() && ds.not_after() <= root.not_after());
        if !keys.contains(&ds.spki_sha256()) {
            keys.push(ds.spki_sha256());
        }
        now = now.plus_seconds(29 * DAY);
    }
    assert_eq!(keys.len(), 80);
    for outside in ["2025-12-31T23:59:59Z", "2046-01-01T00:00:00Z"] {
        assert_eq!(DEMO.ds_certificate(at(outside)).unwrap_err(), IssueError::OutsideAuthority);
    }
}

#[test]
fn copy_lives_ninety_days_and_never_past_its_signer() {
    let person = DEMO.person("lin").unwrap();
    for day in DAYS {
        let now = at(day);
        let credential = verified(&claim(person, now), now);
        let validity = credential.issued().mso().validity_info;
        let ds = Certificate::decode(&DEMO.ds_certificate(now).unwrap()).unwrap();
        assert_eq!(validity.signed, now.floor_to_day());
        assert_eq!(validity.valid_from, now.floor_to_day());
        assert_eq!(validity.valid_until, validity.valid_until.floor_to_day());
        assert!(validity.valid_until <= ds.not_after());
        let life = validity.valid_until.seconds_since(validity.signed);
        if day.starts_with("2045-12") {
            assert_eq!(life, DAY, "the demo's last days");
        } else {
            assert_eq!(life, 90 * DAY, "{day}");
        }
        assert!(verify_until(&claim(person, now), validity.valid_until));
        assert!(!verify_until(&claim(person, now), validity.valid_until.plus_seconds(1)));
    }
}

/// Whether a licence verifies, its copy's life included.
fn verify_until(licence: &IssuedLicence, now: Timestamp) -> bool {
    let unverified = UnverifiedCredential::decode(&licence.credential).unwrap();
    verify_credential(&unverified, &trust(), now, &signature::RustCrypto)
        .is_ok_and(|verified| verified.issued().mso_validity().is_pass())
}

#[test]
fn refresh_gives_the_facts_of_the_day() {
    let claimed = at("2026-11-22T04:05:06Z");
    let stored = serde_json::to_string(&claim(DEMO.person("tang").unwrap(), claimed).record).unwrap();
    let record: Record = serde_json::from_str(&stored).unwrap();
    let later = at("2027-08-01T10:00:00Z");
    let licence = refresh(&record, later).unwrap();
    assert_eq!(licence.record, record);
    let credential = verified(&licence, later);
    let generated = credential.issued().elements().get(DOMESTIC_NAMESPACE, "generated_at").unwrap();
    assert_eq!(generated.as_tdate(), Some(later));
    let status = credential.issued().elements().get(DOMESTIC_NAMESPACE, "status_letters").unwrap();
    assert_eq!(status.get_text("as_of").unwrap().as_tdate(), Some(later));
    let foreign = stored.replace("\"schema\":1", "\"schema\":2");
    let foreign: Record = serde_json::from_str(&foreign).unwrap();
    assert_eq!(refresh(&foreign, later).unwrap_err(), IssueError::Record);
}

#[test]
fn only_the_photo_on_file_is_confirmed_and_only_the_approved_one_is_issued() {
    let now = at("2026-11-22T04:05:06Z");
    let Ok(Application::PhotoOnFile(on_file)) = DEMO.start("lin", now) else { panic!() };
    let (on_file, error) = DEMO.confirm_photo(on_file, &large("xu"), now).unwrap_err();
    assert_eq!(error.code(), "photo-not-on-file");
    let (lin, xu) = (large("lin"), large("xu"));
    let approved = DEMO.confirm_photo(on_file, &lin, now).unwrap();
    let small = DEMO.small_portrait("lin").unwrap();
    let other = Portraits { large: &xu, small };
    let error = DEMO.issue(&approved, other, device().1, now, &mut salts()).unwrap_err();
    assert_eq!(error.code(), "photo-mismatch");
}

/// Facts that are no licence are not signed: here with a portrait of no bytes.
#[test]
fn facts_that_are_none_are_not_issued() {
    let (day, signer) = (testkit::draft::NOW, testkit::issuer::TestIssuer::default().signer());
    let facts = facts("lin", day.date_at(0), day.date_at(0));
    let error = issue(&signer, &facts, device().1, day, &mut salts()).unwrap_err();
    assert_eq!(error.code(), "issue-facts");
}

#[test]
fn replaced_photo_is_reviewed_and_the_old_one_serves_until_then() {
    let claimed = at("2026-11-22T04:05:06Z");
    let first = claim(DEMO.person("lin").unwrap(), claimed);
    let (new_large, new_small) = (large("tang"), DEMO.small_portrait("tang").unwrap());
    let portraits = Portraits { large: &new_large, small: new_small };
    let day = date("2026-12-01");
    let needed = first.record.replace_photo(day).unwrap();
    let waiting = DEMO.submit_photo(needed, portraits, PhotoSource::Camera, noon(day)).unwrap();
    let answer = ReviewAnswer::Reject(RejectReason::Ears);
    let Application::PhotoNeeded(needed) = DEMO.review(waiting, answer, noon(day)) else { panic!() };
    // The old photo is still refreshed.
    let old = verified(&refresh(&first.record, noon(day)).unwrap(), noon(day));
    let shown = |credential: &VerifiedCredential| {
        credential
            .issued()
            .elements()
            .get(licence::ISO_NAMESPACE, "portrait")
            .unwrap()
            .as_bytes()
            .unwrap()
            .to_vec()
    };
    assert_eq!(shown(&old), large("lin"));
    let waiting = DEMO.submit_photo(needed, portraits, PhotoSource::Camera, noon(day)).unwrap();
    let Application::Approved(approved) = DEMO.review(waiting, ReviewAnswer::Approve, noon(day)) else {
        panic!()
    };
    let second = DEMO.issue(&approved, portraits, device().1, noon(day), &mut salts()).unwrap();
    assert_eq!(shown(&verified(&second, noon(day))), new_large);
    assert_eq!(second.record.claimed_on(), first.record.claimed_on());
    let too_early = second.record.replace_photo(date("2027-05-31")).unwrap_err();
    assert_eq!(too_early.code(), "replace-too-early");
    assert!(second.record.replace_photo(date("2027-06-01")).is_ok());
}

#[test]
fn portraits_are_on_file_within_their_sizes_and_all_different() {
    let mut seen = Vec::new();
    for person in DEMO.people() {
        let large = large(person.id);
        let small = DEMO.small_portrait(person.id).unwrap();
        assert!(large.len() <= 60_000 && small.len() <= 2_600, "{}", person.id);
        let info = licence::check_portrait(&large).unwrap();
        assert_eq!((info.width, info.height), (520, 756));
        let info = licence::check_portrait(small).unwrap();
        assert_eq!((info.width, info.height), (120, 174));
        assert!(!seen.contains(&large), "{}", person.id);
        seen.push(large);
    }
    assert!(seen.len() >= 8);
}

#[test]
fn sizes_of_presentations() {
    let now = at("2026-11-22T04:05:06Z");
    let (key, _) = device();
    for purpose in [Purpose::Roadside, Purpose::Rental, Purpose::Insurance, Purpose::AgeOnly] {
        let mut longest = 0;
        for person in claimable() {
            let credential = verified(&claim(person, now), now);
            let disclosure = Disclosure::select(&credential, &purpose.elements(true));
            assert!(disclosure.missing().is_empty(), "{} {purpose:?}", person.id);
            let info = Info { iat: now, exp: now.plus_seconds(60), nonce: [9; 16], aud: None };
            let prepared = PreparedOneWay::prepare(disclosure, info).unwrap();
            let signature = sign_es256(&key, prepared.to_be_signed());
            let completed = prepared.complete(&signature).unwrap();
            longest = longest.max(completed.payload().len());
        }
        println!("{purpose:?}: at most {longest} bytes");
        assert!(longest <= 6_500, "{purpose:?} {longest}");
        // Four frames of version 25-L, 1,260 bytes each.
        assert!(purpose != Purpose::Rental || longest <= 5_040, "{longest}");
    }
    let lengths: Vec<_> = claimable().map(|person| claim(person, now).credential.len()).collect();
    println!("whole credentials: {lengths:?} bytes");
}

/// The colour and headline that a verifier gives a person who shows the default code of a purpose.
/// The demo's list of the day, verified as a verifier does.
fn list(now: Timestamp) -> VerifiedStatusList {
    let list = UnverifiedStatusList::decode(&DEMO.status_list(now).unwrap()).unwrap();
    list.verify(StatusSigner::Anchors(&trust()), STATUS_LIST_URI, now, &signature::RustCrypto).unwrap()
}

fn at_hand(now: Timestamp) -> StatusLists {
    let mut lists = StatusLists::new();
    lists.insert(list(now)).unwrap();
    lists
}

fn verdict(person: &DemoPerson, purpose: Purpose, now: Timestamp, lists: &StatusLists) -> Verdict {
    shown(&claim(person, now), purpose, now, lists)
}

/// What a verifier with these lists says of a licence that is shown now.
fn shown(licence: &IssuedLicence, purpose: Purpose, now: Timestamp, lists: &StatusLists) -> Verdict {
    shown_to(licence, purpose, now, lists, &trust())
}

fn shown_to(
    licence: &IssuedLicence,
    purpose: Purpose,
    now: Timestamp,
    lists: &StatusLists,
    trust: &TrustAnchors,
) -> Verdict {
    let credential = verified(licence, now);
    let disclosure = Disclosure::select(&credential, &purpose.elements(true));
    let info = Info { iat: now, exp: now.plus_seconds(60), nonce: [9; 16], aud: None };
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

/// A list by another provider vouches for the demo's root: its licences are known, and stay marked.
#[test]
fn no_list_makes_the_demo_real() {
    let now = at("2026-11-22T12:00:00Z");
    let anchor = DEMO.anchor(&signature::RustCrypto).unwrap();
    let provider = testkit::vical::TestVicalProvider::new("Borrowed lists");
    let bytes = provider.list("Borrowed lists", now, 1, &[anchor.certificate()]);
    let list =
        UnverifiedVical::decode(&bytes).unwrap().verify(&provider.trust(), &signature::RustCrypto).unwrap();
    let mut trust = TrustAnchors::new();
    list.add_to(&mut trust, "Borrowed lists", now, &signature::RustCrypto);
    assert_eq!(trust.iter().flat_map(|anchor| anchor.lists()).collect::<Vec<_>>(), ["Borrowed lists"]);
    let licence = claim(DEMO.person("lin").unwrap(), now);
    let verdict = shown_to(&licence, Purpose::Roadside, now, &at_hand(now), &trust);
    assert_eq!(verdict.colour, Colour::Green);
    assert!(verdict.demo, "known by its key, whatever list it is on");
    assert!(verdict.notes.iter().any(|note| note.code == "note.demo"));
    // unknown without the list
    let nobody = shown_to(&licence, Purpose::Roadside, now, &at_hand(now), &TrustAnchors::new());
    assert_eq!(nobody.colour, Colour::Red);
}

#[test]
fn verdict_that_everybody_gets() {
    use Colour::{Amber, Green, Red};
    // Roadside asks for a C1 car, rental too; insurance for a year from tomorrow.
    let expected = [
        ("lin", Green, Green, Green, Green),
        ("zhao", Green, Green, Green, Green),
        ("xu", Red, Red, Red, Green),
        ("gao", Red, Red, Red, Green),
        ("wei", Red, Red, Red, Green),
        ("cheng", Red, Red, Red, Green),
        ("shen", Green, Green, Green, Green),
        ("he", Green, Green, Green, Green),
        ("tang", Green, Green, Green, Green),
        ("shangguan", Green, Green, Green, Green),
        ("bai", Green, Amber, Amber, Green),
    ];
    for day in ["2026-11-22T04:05:06Z", "2036-11-22T04:05:06Z"] {
        let lists = at_hand(at(day));
        for (id, roadside, rental, insurance, age) in expected {
            let of = |purpose| {
                let verdict = verdict(DEMO.person(id).unwrap(), purpose, at(day), &lists);
                assert!(verdict.demo, "{id} is marked as a demo");
                println!("{id} {purpose:?}: {:?} {}", verdict.colour, verdict.headline.code);
                verdict.colour
            };
            let colours =
                (of(Purpose::Roadside), of(Purpose::Rental), of(Purpose::Insurance), of(Purpose::AgeOnly));
            assert_eq!(colours, (roadside, rental, insurance, age), "{id} on {day}");
        }
    }
}

fn entry(credential: &VerifiedCredential) -> StatusListInfo {
    let reference = StatusReference::read(credential.issued().mso().status.as_ref()).unwrap().unwrap();
    reference.status_list.unwrap()
}

#[test]
fn the_list_of_a_day_says_what_a_refresh_on_that_day_says() {
    for claimed in ["2026-11-22T04:05:06Z", "2031-02-28T15:59:59Z"] {
        let claimed = at(claimed);
        let licences: Vec<_> = claimable().map(|person| (person, claim(person, claimed))).collect();
        let mut seen = std::collections::BTreeSet::new();
        for days in [0, 1, 20, 61, 80, 400] {
            let now = claimed.plus_seconds(days * DAY);
            let list = list(now);
            assert!(list.list().entries() == 1 << 20);
            for (person, licence) in &licences {
                let fresh = refresh(&licence.record, now).unwrap();
                let fresh = verified(&fresh, now);
                let (entry, letters) = (entry(&fresh), letters(&fresh));
                assert_eq!(entry.uri, STATUS_LIST_URI);
                let facts = facts(person.id, licence.record.claimed_on(), now.date_at(8 * 3600));
                let lasts = facts.status.until.is_none_or(|until| now.date_at(8 * 3600) <= until);
                let due = facts.status.letters.list_status(lasts).unwrap();
                assert_eq!(list.get(entry.idx), Ok(due), "{} {letters} after {days} days", person.id);
                seen.insert(due.value());
            }
        }
        assert_eq!(seen.into_iter().collect::<Vec<_>>(), [0, 1, 2], "the demo shows all three");
    }
}

#[test]
fn entries_stay_with_a_licence_and_differ_between_people() {
    let now = at(DAYS[1]);
    let mut seen = std::collections::BTreeSet::new();
    for person in claimable() {
        let licence = claim(person, now);
        let first = entry(&verified(&licence, now));
        assert!(seen.insert(first.idx));
        let later = now.plus_seconds(30 * DAY);
        assert_eq!(entry(&verified(&refresh(&licence.record, later).unwrap(), later)), first);
    }
}

/// Row 58: suspended the day after the claim, and the wallet was offline since.
#[test]
fn a_wallet_that_was_not_refreshed_is_red_by_the_list() {
    let now = at(DAYS[1]);
    for (id, headline) in [
        ("gao", "headline.status.listed-suspended"),
        ("wei", "headline.status.listed-suspended"),
        // its last day has passed, and that is said first
        ("cheng", "headline.expired"),
    ] {
        let person = DEMO.person(id).unwrap();
        let claimed = claim(person, now);
        // the credential of the day of the claim, when all was well
        let then = now.plus_seconds(-person.claimed_days_ago as i64 * DAY);
        let stale = refresh(&claimed.record, then).unwrap();
        assert_eq!(letters(&verified(&stale, then)), "A");
        let verdict = shown(&stale, Purpose::Roadside, now, &at_hand(now));
        assert_eq!((verdict.colour, verdict.headline.code.as_ref()), (Colour::Red, headline), "{id}");
        assert!(verdict.checks().any(|check| check.code.text() == "status-list-suspended"));
        assert_eq!(shown(&stale, Purpose::Roadside, then, &at_hand(then)).colour, Colour::Green);
    }
}

#[test]
fn the_list_is_the_same_all_day_and_ends_after_a_week() {
    let midnight = date("2026-11-22").start_at(8 * 3600);
    let bytes = DEMO.status_list(midnight).unwrap();
    assert_eq!(DEMO.status_list(midnight.plus_seconds(DAY - 1)).unwrap(), bytes);
    assert_ne!(DEMO.status_list(midnight.plus_seconds(DAY)).unwrap(), bytes);
    println!("{} bytes for 2^20 entries", bytes.len());
    assert!(bytes.len() < 64 * 1024);
    let list = list(midnight);
    assert_eq!(list.issued_at(), midnight);
    assert!(list.current(midnight.plus_seconds(7 * DAY)).is_ok());
    assert!(list.current(midnight.plus_seconds(7 * DAY + 1)).is_err());
    let count = |status| (0..1 << 20).filter(|index| list.get(*index) == Ok(status)).count();
    let (gone, suspended) = (count(Status::Invalid), count(Status::Suspended));
    println!("{gone} gone, {suspended} suspended");
    assert!((5_000..15_000).contains(&gone) && (3_000..9_000).contains(&suspended));
    for day in DAYS {
        assert!(DEMO.status_list(at(day)).is_ok(), "{day}");
    }
    assert_eq!(DEMO.status_list(at("2046-01-01T00:00:00Z")), Err(IssueError::OutsideAuthority));
}

#[test]
fn an_authority_s_own_list_goes_from_licence_to_licence() {
    use liangzheng_authority::status_list::StatusListState;
    let mut state = StatusListState::new("https://status.example/1", 64);
    let mut random = salts();
    let entries: Vec<_> = (0..64).map(|_| state.take(&mut random).unwrap().idx).collect();
    assert_eq!(entries.iter().collect::<std::collections::BTreeSet<_>>().len(), 64, "each once");
    assert_ne!(entries, (0..64).collect::<Vec<_>>(), "and in no order");
    assert!(state.take(&mut random).is_err(), "it is full");
    state.set(entries[0], Status::Suspended).unwrap();
    state.set(entries[1], Status::Invalid).unwrap();
    assert!(state.set(entries[1], Status::Valid).is_err(), "what ended stays ended");
    assert!(state.set(64, Status::Valid).is_err());
    let text = serde_json::to_string(&state).unwrap();
    assert_eq!(serde_json::from_str::<StatusListState>(&text).unwrap(), state);
    let key = SigningKey::from_slice(&[8; 32]).unwrap();
    let ds = testkit::issuer::TestIssuer::default();
    let token = state.publish(&ds.signer(), testkit::draft::NOW, 86_400).unwrap();
    let list = UnverifiedStatusList::decode(&token).unwrap();
    let list = list
        .verify(StatusSigner::Anchors(&ds.trust()), state.uri(), testkit::draft::NOW, &signature::RustCrypto)
        .unwrap();
    assert_eq!(list.get(entries[0]), Ok(Status::Suspended));
    assert_eq!(list.get(entries[1]), Ok(Status::Invalid));
    assert_eq!(list.get(entries[2]), Ok(Status::Valid));
    let other = PublicKey::from(&key);
    let unverified = UnverifiedStatusList::decode(&token).unwrap();
    assert!(
        unverified
            .verify(StatusSigner::Key(&other), state.uri(), testkit::draft::NOW, &signature::RustCrypto)
            .is_err()
    );
}

//! Photos on file, handed in and replaced, and the sizes of what is shown.

use envelope::Info;
use envelope::PreparedOneWay;
use liangzheng_authority::application::Application;
use liangzheng_authority::demo::ReviewAnswer;
use liangzheng_authority::photo::PhotoSource;
use liangzheng_authority::photo::Portraits;
use liangzheng_authority::photo::RejectReason;
use mdoc::holder::Disclosure;
use mdoc::holder::VerifiedCredential;
use signature::sign_es256;
use verdict::Purpose;

use crate::support::{DEMO, at, claim, claimable, date, device, large, noon, refresh, salts, verified};

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
            let info = Info { iat: now, exp: now.plus_seconds(60), nonce: [9; 16], aud: None, purpose: None };
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

#[test]
fn the_still_answer_of_every_purpose_and_person_fits_one_symbol() {
    let now = at("2026-11-22T04:05:06Z");
    let (key, _) = device();
    // A counter is shown what the holder ticks; all of it is too much for one symbol.
    for purpose in Purpose::ALL.into_iter().filter(|purpose| !purpose.is_chosen_by_holder()) {
        let mut longest = 0;
        for person in claimable() {
            let credential = verified(&claim(person, now), now);
            let disclosure = Disclosure::select(&credential, &purpose.still_elements());
            assert!(disclosure.missing().is_empty(), "{} {purpose:?}", person.id);
            let signed = purpose.signed().map(str::to_owned);
            let info =
                Info { iat: now, exp: now.plus_seconds(60), nonce: [9; 16], aud: None, purpose: signed };
            let prepared = PreparedOneWay::prepare(disclosure, info).unwrap();
            let signature = sign_es256(&key, prepared.to_be_signed());
            let completed = prepared.complete(&signature).unwrap();
            longest = longest.max(completed.payload().len());
        }
        println!("{purpose:?}, still: at most {longest} bytes");
        assert!(longest <= 2_911, "{purpose:?} {longest}");
    }
}

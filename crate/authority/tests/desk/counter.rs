//! Three photos were rejected: the clerk takes one in at the counter, and the application is answered with the licence.

use liangzheng_authority::application::Occasion;
use liangzheng_authority::desk::{Action, ApplicationId, Effects, Outcome, ReceivedPhoto, Stage};
use liangzheng_authority::driver::Change;
use liangzheng_authority::error::{ClaimError, DeskError, PhotoError};
use liangzheng_authority::journal::{Shown, Step, StepKind};
use liangzheng_authority::photo::{PhotoSource, Portraits, RejectReason, Sha256Digest};
use licence::Letter;

use crate::support::{DEMO, NOON, Office, at, issued, key, large};

const HE: &str = "he";

/// The photo that the clerk takes in: of another drawing, so that it is none of the rejected ones.
fn taken() -> ReceivedPhoto {
    let small = DEMO.small_portrait("lin").unwrap().to_vec();
    ReceivedPhoto { source: PhotoSource::Camera, large: large("lin"), small }
}

fn photograph(office: &mut Office, shown: &[Shown], photo: ReceivedPhoto) -> Result<Effects, DeskError> {
    let note = Some("seen with 440301199003071234".to_owned());
    office.act(Action::Photograph { reference: HE.into(), shown: shown.to_vec(), photo, note })
}

/// Three rejections. Returns the third application, whose answer was handed over if `answered`.
fn sent_to_the_counter(office: &mut Office, occasion: Occasion, answered: bool) -> ApplicationId {
    let mut last = None;
    for times in 1..=3 {
        let application = office.application(HE, occasion, Some(HE));
        office.receive(&application).unwrap();
        office.reject(application.id, RejectReason::Ground);
        if times < 3 || answered {
            office.answer(application.id).unwrap();
        }
        last = Some(application.id);
    }
    last.unwrap()
}

fn last_step(office: &Office) -> Step {
    Step::from_line(office.journal.last().unwrap()).unwrap()
}

#[test]
fn a_photo_at_the_counter_makes_the_licence_for_the_phone_that_was_sent_there() {
    for answered in [true, false] {
        let mut office = Office::new(NOON);
        let id = sent_to_the_counter(&mut office, Occasion::FirstClaim, answered);
        office.now = at("2026-11-24T02:00:00Z");
        assert_eq!(office.desk().at_counter(HE).unwrap().id, id);
        let effects = photograph(&mut office, &[Shown::IdentityCard, Shown::IdentityCard], taken()).unwrap();
        assert_eq!(effects.answer, None);
        assert_eq!(office.queued[&id].stage(), Stage::ToAnswer);
        assert_eq!(office.photos.len(), 2, "the rejected one is erased, the new one is kept");
        let step = last_step(&office);
        assert_eq!((step.step, step.details.application), (StepKind::Photographed, Some(id)));
        assert_eq!(step.details.shown, [Shown::IdentityCard]);
        assert_eq!(step.details.photo_sha256, Some(Sha256Digest::of(&large("lin"))));
        assert_eq!(step.details.note.as_deref(), Some("seen with …1234"));

        let answer = office.answer(id).unwrap();
        assert_eq!((answer.id, answer.device_key, answer.answer_key), (id, key(7), key(9)));
        let licence = issued(answer);
        let photo = licence.record.photo();
        assert_eq!(
            (photo.source, photo.large_sha256),
            (PhotoSource::Camera, Sha256Digest::of(&large("lin")))
        );
        let driver = office.desk().driver(HE, office.now).unwrap();
        assert!(!driver.at_counter && driver.rejections.is_empty());
        // It is a photo of the driver's own: the next one is six months away.
        assert_eq!(licence.record.replaceable_from().to_string(), "2027-05-24");
    }
}

#[test]
fn an_application_from_a_new_phone_takes_the_place_of_the_one_before() {
    let mut office = Office::new(NOON);
    let before = sent_to_the_counter(&mut office, Occasion::FirstClaim, false);
    office.now = office.now.plus_seconds(60);
    let mut newer = office.application(HE, Occasion::FirstClaim, Some(HE));
    newer.device_key = key(11);
    let outcome = office.receive(&newer).unwrap().answer.unwrap().outcome;
    assert!(matches!(outcome, Outcome::Counter { .. }));
    assert_eq!(office.answer(before).unwrap_err(), DeskError::Withdrawn);
    assert!(office.photos.is_empty());
    photograph(&mut office, &[Shown::Passport], taken()).unwrap();
    let answer = office.answer(newer.id).unwrap();
    assert_eq!(answer.device_key, key(11));
    issued(answer);
}

#[test]
fn what_is_not_allowed_is_refused_by_its_code_and_changes_nothing() {
    let mut office = Office::new(NOON);
    let identity = [Shown::IdentityCard];
    assert_eq!(photograph(&mut office, &identity, taken()).unwrap_err(), DeskError::NotAtCounter);
    let id = sent_to_the_counter(&mut office, Occasion::FirstClaim, true);
    let steps = office.journal.len();
    for shown in [&[][..], &[Shown::PaperLicence, Shown::PaperPhoto]] {
        let error = photograph(&mut office, shown, taken()).unwrap_err();
        assert_eq!(error, DeskError::IdentityNotShown);
    }
    let narrow = ReceivedPhoto { large: taken().small, ..taken() };
    let error = photograph(&mut office, &identity, narrow).unwrap_err();
    assert_eq!(error, PhotoError::TooNarrow { width: 120 }.into());
    let other = Action::Photograph {
        reference: "nobody".into(),
        shown: identity.to_vec(),
        photo: taken(),
        note: None,
    };
    assert_eq!(office.act(other).unwrap_err(), DeskError::DriverUnknown);
    let long = Action::Photograph {
        reference: HE.into(),
        shown: identity.to_vec(),
        photo: taken(),
        note: Some("x".repeat(201)),
    };
    assert_eq!(office.act(long).unwrap_err(), DeskError::Note);
    assert_eq!(office.journal.len(), steps);
    assert!(office.photos.is_empty());

    // A suspended licence is not issued, whoever stands at the counter.
    let letter = Letter::from_sign('D').unwrap();
    office.act(Action::Suspend { reference: HE.into(), letter }).unwrap();
    let error = photograph(&mut office, &identity, taken()).unwrap_err();
    assert!(matches!(error, DeskError::Claim(ClaimError::StatusRed(_))), "{error:?}");
    office.act(Action::Reinstate { reference: HE.into() }).unwrap();

    photograph(&mut office, &identity, taken()).unwrap();
    // It is decided once, and not taken back: the driver has left.
    assert_eq!(photograph(&mut office, &identity, taken()).unwrap_err(), DeskError::NotAtCounter);
    assert_eq!(office.act(Action::Undo { id }).unwrap_err(), DeskError::Step);
    issued(office.answer(id).unwrap());
    // The answer is made again for the same phone; another photo is not taken.
    issued(office.answer(id).unwrap());
    assert_eq!(photograph(&mut office, &identity, taken()).unwrap_err(), DeskError::NotAtCounter);
}

#[test]
fn a_claim_that_was_opened_again_is_not_photographed() {
    let mut office = Office::new(NOON);
    sent_to_the_counter(&mut office, Occasion::FirstClaim, true);
    let reopen = Action::Counter {
        reference: HE.into(),
        shown: vec![Shown::IdentityCard],
        changes: Vec::<Change>::new(),
        reopen: true,
        note: None,
    };
    office.act(reopen).unwrap();
    assert_eq!(office.desk().at_counter(HE), None);
    let error = photograph(&mut office, &[Shown::IdentityCard], taken()).unwrap_err();
    assert_eq!(error, DeskError::NotAtCounter);
}

#[test]
fn the_photo_of_a_licence_is_replaced_at_the_counter_too() {
    let mut office = Office::new(NOON);
    let first = office.application(HE, Occasion::FirstClaim, Some(HE));
    let before = office.issue(&first);
    office.now = at("2027-06-01T04:00:00Z");
    let id = sent_to_the_counter(&mut office, Occasion::Replacement, true);
    photograph(&mut office, &[Shown::IdentityCard], taken()).unwrap();
    assert_eq!(office.photos.len(), 4, "the old one serves until the answer is made");
    let after = issued(office.answer(id).unwrap());
    assert_eq!(after.record.desk(), before.record.desk());
    assert_eq!(after.record.photo().large_sha256, Sha256Digest::of(&large("lin")));
    assert_eq!(office.photos.len(), 2);
    let kept = Portraits { large: &large("lin"), small: DEMO.small_portrait("lin").unwrap() };
    assert!(after.record.photo().is_of(kept));
}

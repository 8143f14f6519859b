use super::*;
use crate::photo::tests::jpeg;

fn date(text: &str) -> Date {
    Date::parse(text).unwrap()
}

/// Noon in Shanghai.
fn noon(day: &str) -> Timestamp {
    date(day).start_at(SHANGHAI_OFFSET_SECONDS).plus_seconds(43_200)
}

fn applicant(letters: &str, photo_on_file: bool) -> Applicant {
    Applicant {
        reference: "somebody".into(),
        office: IssuingOffice {
            city: "武汉".into(),
            batch: None,
            name: "office".into(),
            name_latin: "office".into(),
        },
        letters: StatusLetters::parse(letters),
        extension_until: None,
        photo_on_file,
    }
}

/// Stores and loads, as a wallet does on every reload.
fn reload(application: impl Into<Application>) -> Application {
    let application = application.into();
    let stored = serde_json::to_string(&application).unwrap();
    let loaded = serde_json::from_str(&stored).unwrap();
    assert_eq!(application, loaded);
    loaded
}

fn needed(application: Application) -> PhotoNeeded {
    match reload(application) {
        Application::PhotoNeeded(needed) => needed,
        other => panic!("{other:?}"),
    }
}

fn submitted(needed: PhotoNeeded, day: &str) -> PhotoSubmitted {
    let (large, small) = (jpeg(520, 756, 4_000), jpeg(120, 174, 900));
    let portraits = Portraits { large: &large, small: &small };
    let submitted = needed.submit(portraits, PhotoSource::Camera, noon(day)).unwrap();
    match reload(submitted) {
        Application::PhotoSubmitted(submitted) => submitted,
        other => panic!("{other:?}"),
    }
}

#[test]
fn photo_on_file_is_confirmed_and_replaced_at_once() {
    let Ok(Application::PhotoOnFile(on_file)) = applicant("A", true).apply(date("2026-11-22")) else {
        panic!("not on file");
    };
    let (large, small) = (jpeg(520, 756, 4_000), jpeg(120, 174, 900));
    let portraits = Portraits { large: &large, small: &small };
    let approved = on_file.confirm(portraits, date("2026-11-22")).unwrap();
    let record = approved.record();
    assert_eq!(record.photo().source, PhotoSource::OnFile);
    let needed = record.replace_photo(date("2026-11-22")).unwrap();
    assert_eq!(reload(needed).claim().occasion(), Occasion::Replacement);
    // The old photo serves until the new one is approved: the record did not change.
    assert!(record.photo().is_of(portraits));
}

#[test]
fn own_photo_is_reviewed_and_kept_for_six_months() {
    let application = applicant("A", false).apply(date("2026-08-31")).unwrap();
    let submitted = submitted(needed(application), "2026-08-31");
    let record = submitted.approve(date("2026-08-31")).record();
    let again = record.replace_photo(date("2027-02-27")).unwrap_err();
    assert_eq!(again, ReplaceError::TooEarly { from: date("2027-02-28") });
    assert_eq!(again.code(), "replace-too-early");
    assert!(record.replace_photo(date("2027-02-28")).is_ok());
    let stored = serde_json::to_string(&record).unwrap();
    assert_eq!(serde_json::from_str::<Record>(&stored).unwrap(), record);
}

#[test]
fn replaced_photo_is_kept_for_six_months_and_the_claim_day_stays() {
    let Ok(Application::PhotoOnFile(on_file)) = applicant("A", true).apply(date("2026-01-10")) else {
        panic!("not on file");
    };
    let (large, small) = (jpeg(520, 756, 4_000), jpeg(120, 174, 900));
    let portraits = Portraits { large: &large, small: &small };
    let first = on_file.confirm(portraits, date("2026-01-10")).unwrap().record();
    let needed = first.replace_photo(date("2026-03-01")).unwrap();
    let second = submitted(needed, "2026-03-01").approve(date("2026-03-02")).record();
    assert_eq!(second.claimed_on(), date("2026-01-10"));
    assert_eq!(second.replaceable_from(), date("2026-09-02"));
}

#[test]
fn three_rejections_lead_to_the_counter() {
    let mut application = applicant("A", false).apply(date("2026-11-22")).unwrap();
    for (count, reason) in
        [RejectReason::Ground, RejectReason::Ears, RejectReason::Mask].into_iter().enumerate()
    {
        assert_eq!(application.rejections().len(), count);
        let waiting = submitted(needed(application), "2026-11-22");
        application = waiting.reject(reason, None, date("2026-11-22")).into();
        assert_eq!(application.rejections().last().map(|last| last.reason), Some(reason));
    }
    assert!(matches!(reload(application), Application::AtCounter(_)));
}

#[test]
fn photo_that_breaks_a_rule_is_no_rejection() {
    let application = applicant("A", false).apply(date("2026-11-22")).unwrap();
    let (large, small) = (jpeg(400, 600, 4_000), jpeg(120, 174, 900));
    let portraits = Portraits { large: &large, small: &small };
    let at = noon("2026-11-22");
    let (needed, error) = needed(application).submit(portraits, PhotoSource::File, at).unwrap_err();
    assert_eq!(error.code(), "photo-too-narrow");
    assert!(Application::from(needed).rejections().is_empty());
}

#[test]
fn nobody_submits_a_photo_as_if_it_were_on_file() {
    let application = applicant("A", false).apply(date("2026-11-22")).unwrap();
    let (large, small) = (jpeg(520, 756, 4_000), jpeg(120, 174, 900));
    let portraits = Portraits { large: &large, small: &small };
    let waiting = needed(application).submit(portraits, PhotoSource::OnFile, noon("2026-11-22")).unwrap();
    assert_eq!(waiting.photo().source, PhotoSource::File);
}

#[test]
fn claims_that_are_refused() {
    let code = |letters: &str, day: &str| match applicant(letters, true).apply(date(day)) {
        Ok(_) => "open",
        Err(error) => error.code(),
    };
    assert_eq!(code("A", "2021-10-19"), "claim-not-rolled-out");
    assert_eq!(code("A", "2021-10-20"), "open");
    assert_eq!(code("D", "2026-11-22"), "claim-status-red");
    assert_eq!(code("L", "2026-11-22"), "claim-status-abnormal");
    assert_eq!(code("G", "2026-11-22"), "claim-status-gone");
    assert_eq!(code("P", "2026-11-22"), "claim-extension-over");
}

//! Whether the licence is valid on a day (layer 3).

use cbor::Date;
use licence::validity::{End, end};
use licence::{Fact, Facts};

use super::days::Days;
use crate::check::Finding;
use crate::reason::Reason;

/// Returns whether the licence is valid on a day; 注销 is never inferred from it.
pub(crate) fn validity_check(fields: &Facts, on: Date) -> Finding {
    if let Some(start) = fields.issue_date.filter(|start| on < *start) {
        return Finding::fail(Reason::LicenceNotYet { date: start });
    }
    match end(fields) {
        End::LongTerm => Finding::pass(Reason::LicenceLongTerm),
        End::On(date) if on <= date => Finding::pass(Reason::LicenceCurrent { date }),
        End::On(date) => Finding::fail(Reason::LicenceExpired { date }),
        End::Unknown => Finding::undetermined(Reason::ValidityMissing),
    }
}

/// Returns whether a document of another country is valid now; `None` if a document of its profile has no end.
///
/// A day is one where the document was issued: until it is over in the westernmost part of that country, it is valid, and the
/// finding says so if the verifier's own day is later. An end with a time is compared as a time.
pub(crate) fn validity_abroad(facts: &Facts, days: &Days) -> Option<Finding> {
    if !facts.applicable(Fact::ExpiryDate) {
        return None;
    }
    if let Some(date) = facts.issue_date
        && let found @ (None | Some(false)) = days.decide(days.local, |on| date <= on)
    {
        return Some(match found {
            None => Finding::undetermined(Reason::LicenceBeginsToday { date }),
            Some(_) => Finding::fail(Reason::LicenceNotYet { date }),
        });
    }
    if let Some(end) = facts.expiry_time {
        let date = days.day_of(end);
        return Some(if days.now <= end {
            Finding::pass(Reason::LicenceCurrent { date })
        } else {
            Finding::fail(Reason::LicenceExpired { date })
        });
    }
    Some(match facts.expiry_date {
        None => Finding::undetermined(Reason::ValidityMissing),
        Some(date) if date < days.issuer => Finding::fail(Reason::LicenceExpired { date }),
        Some(date) if date < days.local => Finding::pass(Reason::LicenceExpiresToday { date }),
        Some(date) => Finding::pass(Reason::LicenceCurrent { date }),
    })
}

#[cfg(test)]
mod tests {
    use cbor::Timestamp;
    use licence::shanghai_day;

    use super::*;
    use crate::check::CheckState;

    fn date(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    #[test]
    fn valid_through_the_whole_expiry_day_in_shanghai() {
        let fields =
            Facts { expiry_date: Some(date("2026-03-01")), long_term: Some(false), ..Default::default() };
        let last = Timestamp::parse_tdate("2026-03-01T15:59:59Z").unwrap();
        assert_eq!(validity_check(&fields, shanghai_day(last)).cause.code().text(), "licence-current");
        let after = validity_check(&fields, shanghai_day(last.plus_seconds(1)));
        assert_eq!((after.state, after.cause.code().text()), (CheckState::Fail, "licence-expired"));
    }

    #[test]
    fn long_term_never_fails_by_its_date() {
        let fields =
            Facts { expiry_date: Some(date("2020-01-01")), long_term: Some(true), ..Default::default() };
        assert_eq!(validity_check(&fields, date("2099-01-01")).cause.code().text(), "licence-long-term");
    }

    #[test]
    fn unknown_and_not_yet() {
        let nothing = validity_check(&Facts::default(), date("2026-01-01"));
        assert_eq!(
            (nothing.state, nothing.cause.code().text()),
            (CheckState::Undetermined, "validity-missing")
        );
        let not_long = Facts { long_term: Some(false), ..Default::default() };
        assert_eq!(validity_check(&not_long, date("2026-01-01")).cause.code().text(), "validity-missing");
        let later = Facts {
            issue_date: Some(date("2026-01-02")),
            expiry_date: Some(date("2032-01-02")),
            ..Default::default()
        };
        assert_eq!(validity_check(&later, date("2026-01-01")).cause.code().text(), "licence-not-yet");
        assert_eq!(validity_check(&later, date("2026-01-02")).cause.code().text(), "licence-current");
    }
}

//! Whether the licence is valid on a day (layer 3).

use cbor::Date;
use licence::Facts;
use licence::validity::{End, end};

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

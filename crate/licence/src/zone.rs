//! On which day it is in the country of an issuer.

use cbor::{Date, Timestamp};

const MINUTE: i32 = 60;

/// The offset from UTC where a day ends last on Earth.
const LAST_ON_EARTH: i32 = -12 * 3600;

/// The westernmost offset from UTC, in minutes, that is in use during the year in each country of ISO 3166-1, with the
/// territories for which that country issues licences. Source: IANA time zone database \[K\].
const WESTERNMOST: [(i32, &str); 28] = [
    (-660, "AS NU UM US"),
    (-600, "CK FR PF"),
    (-480, "CA MX PN"),
    (-360, "BZ CL CR EC GT HN NI SV"),
    (-300, "BR BS CO CU HT JM KY PA PE TC"),
    (-240, "AG AI AW BB BL BM BO BQ CW DK DM DO GD GL GP GY KN LC MF MQ MS NL PR PY SX TT VC VE VG VI"),
    (-180, "AR FK GF PM SR UY"),
    (-120, "GS"),
    (-60, "CV PT"),
    (0, "BF CI EH ES FO GB GG GH GM GN GW IE IM IS JE LR MA ML MR SH SL SN ST TG"),
    (
        60,
        "AD AL AO AT BA BE BJ CD CF CG CH CM CZ DE DZ GA GI GQ HR HU IT LI LU MC ME MK MT NE NG NO PL RS SE SI SJ SK SM TD TN VA XK",
    ),
    (120, "AX BG BI BW CY EE EG FI GR IL LB LS LT LV LY MD MW MZ NA PS RO RU RW SD SS SZ UA ZA ZM ZW"),
    (180, "BH BY DJ ER ET IQ JO KE KM KW MG QA SA SO SY TR TZ UG YE YT"),
    (210, "IR"),
    (240, "AE AM AZ GE MU OM RE SC"),
    (270, "AF"),
    (300, "KZ MV PK TJ TM UZ"),
    (330, "IN LK"),
    (345, "NP"),
    (360, "BD BT IO KG"),
    (390, "CC MM"),
    (420, "CX ID KH LA MN TH VN"),
    (480, "AU BN CN HK MO MY PH SG TW"),
    (540, "JP KP KR PW TL"),
    (600, "FM GU MP PG"),
    (660, "NC NF SB VU"),
    (720, "FJ KI MH NR NZ TV WF"),
    (780, "TO WS TK"),
];

/// Returns the seconds ahead of UTC in the westernmost part of a country, two letters of ISO 3166-1; -12 hours for a country
/// that is unknown, or not given.
pub fn westernmost_offset(country: Option<&str>) -> i32 {
    let has = |country: &str, list: &str| list.split(' ').any(|have| have == country);
    let found = country.filter(|country| country.len() == 2);
    let line = found.and_then(|country| WESTERNMOST.iter().find(|(_, list)| has(country, list)));
    line.map_or(LAST_ON_EARTH, |(minutes, _)| minutes * MINUTE)
}

/// Returns the day in the westernmost part of a country: until it is over, the day lasts somewhere in that country.
pub fn issuer_day(country: Option<&str>, now: Timestamp) -> Date {
    now.date_at(westernmost_offset(country))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_country_is_listed_once() {
        let mut all: Vec<&str> = WESTERNMOST.iter().flat_map(|(_, list)| list.split(' ')).collect();
        assert!(all.iter().all(|country| country.len() == 2), "{all:?}");
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count);
    }

    #[test]
    fn a_day_lasts_until_it_is_over_in_the_west() {
        let day = |text: &str| Date::parse(text).unwrap();
        let at = |text: &str| Timestamp::parse_tdate(text).unwrap();
        let morning = at("2026-11-29T06:00:00Z");
        assert_eq!(issuer_day(Some("US"), morning), day("2026-11-28"));
        assert_eq!(issuer_day(Some("DE"), morning), day("2026-11-29"));
        assert_eq!(issuer_day(Some("KR"), at("2026-11-28T15:00:00Z")), day("2026-11-29"));
        for unknown in [None, Some(""), Some("ZZ"), Some("USA"), Some("us")] {
            assert_eq!(westernmost_offset(unknown), LAST_ON_EARTH, "{unknown:?}");
        }
    }
}

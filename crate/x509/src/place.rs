//! Countries and states, however a certificate or a document writes them.
//!
//! A state is written as in ISO 3166-2 (`US-LA`), by the second part alone (`LA`), or by its English name
//! (`Louisiana`). The names are those of ISO 3166-2 for the countries whose licences are issued by states.

/// A country or state of a certificate or a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place<'a> {
    /// It is not named.
    Absent,
    /// It is named more than once, or by no text that can be read.
    Unreadable,
    /// The text.
    Text(&'a str),
}

/// The result of comparing two places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlaceMatch {
    /// Both name the same, in the same letters, or neither names any.
    Same,
    /// Both name the same in other letters.
    SameOtherwise,
    /// Only one of them names a place.
    OneSided,
    /// One of them cannot be read.
    Unreadable,
    /// They name different places.
    Different,
}

impl<'a> From<Option<&'a str>> for Place<'a> {
    fn from(text: Option<&'a str>) -> Self {
        text.map_or(Self::Absent, Self::Text)
    }
}

/// Compares two countries (ISO 3166-1 alpha-2, in any case).
#[must_use]
pub fn compare_countries(one: Place<'_>, other: Place<'_>) -> PlaceMatch {
    compare(one, other, read_country)
}

/// Compares two states of a country; the country is that of either, as it is written there.
#[must_use]
pub fn compare_states(country: Place<'_>, one: Place<'_>, other: Place<'_>) -> PlaceMatch {
    let country = match country {
        Place::Text(text) => read_country(text).unwrap_or_default(),
        Place::Absent | Place::Unreadable => String::new(),
    };
    compare(one, other, |text| read_state(&country, text))
}

/// Returns whether a state is written as in ISO 3166-2, for example `US-LA`.
#[must_use]
pub(crate) fn is_whole_state(country: Place<'_>, state: &str) -> bool {
    match (country, state.split_once('-')) {
        (Place::Text(country), Some((before, code))) => before == country && is_code(code),
        _ => false,
    }
}

fn compare(one: Place<'_>, other: Place<'_>, read: impl Fn(&str) -> Option<String>) -> PlaceMatch {
    match (one, other) {
        (Place::Absent, Place::Absent) => PlaceMatch::Same,
        (Place::Absent, _) | (_, Place::Absent) => PlaceMatch::OneSided,
        (Place::Unreadable, _) | (_, Place::Unreadable) => PlaceMatch::Unreadable,
        (Place::Text(one), Place::Text(other)) if one == other => PlaceMatch::Same,
        (Place::Text(one), Place::Text(other)) => match (read(one), read(other)) {
            (Some(one), Some(other)) if one == other => PlaceMatch::SameOtherwise,
            (Some(_), Some(_)) => PlaceMatch::Different,
            _ => PlaceMatch::Unreadable,
        },
    }
}

/// Returns a country in capitals; `None` for another text, and for a code that ISO 3166-1 leaves to its users (`AA`, `QM`
/// to `QZ`, `XA` to `XZ` but Kosovo's `XK`, `ZZ`), which names no country.
fn read_country(text: &str) -> Option<String> {
    let code = text.trim().to_ascii_uppercase();
    let own = match code.as_bytes() {
        b"AA" | b"ZZ" | [b'Q', b'M'..=b'Z'] => true,
        [b'X', second] => *second != b'K',
        _ => false,
    };
    let letters = code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase());
    (letters && !own).then_some(code)
}

/// Returns a state's code in capitals, with its country in front.
fn read_state(country: &str, text: &str) -> Option<String> {
    let text = text.trim();
    if let Some((before, code)) = text.split_once('-')
        && is_code(code)
        && read_country(before).is_some()
    {
        return Some(text.to_ascii_uppercase());
    }
    let known = STATES.iter().find(|(of, _)| *of == country).map(|(_, states)| *states);
    let whole = |code: &str| format!("{country}-{}", code.to_ascii_uppercase());
    let Some(known) = known else {
        return (is_code(text) && !country.is_empty()).then(|| whole(text));
    };
    let state =
        known.iter().find(|(code, name)| code.eq_ignore_ascii_case(text) || name.eq_ignore_ascii_case(text));
    state.map(|(code, _)| whole(code))
}

/// The second part of a code of ISO 3166-2: one to three letters or digits.
fn is_code(text: &str) -> bool {
    (1..=3).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// The states of one country: the second part of the code, and the English name.
type States = &'static [(&'static str, &'static str)];

/// States by country (ISO 3166-2).
const STATES: &[(&str, States)] = &[("AU", AUSTRALIA), ("CA", CANADA), ("CN", CHINA), ("US", UNITED_STATES)];

#[rustfmt::skip]
const AUSTRALIA: States = &[
    ("ACT", "Australian Capital Territory"), ("NSW", "New South Wales"), ("NT", "Northern Territory"),
    ("QLD", "Queensland"), ("SA", "South Australia"), ("TAS", "Tasmania"), ("VIC", "Victoria"),
    ("WA", "Western Australia"),
];

#[rustfmt::skip]
const CANADA: States = &[
    ("AB", "Alberta"), ("BC", "British Columbia"), ("MB", "Manitoba"), ("NB", "New Brunswick"),
    ("NL", "Newfoundland and Labrador"), ("NS", "Nova Scotia"), ("NT", "Northwest Territories"), ("NU", "Nunavut"),
    ("ON", "Ontario"), ("PE", "Prince Edward Island"), ("QC", "Quebec"), ("SK", "Saskatchewan"), ("YT", "Yukon"),
];

#[rustfmt::skip]
const CHINA: States = &[
    ("AH", "Anhui"), ("BJ", "Beijing"), ("CQ", "Chongqing"), ("FJ", "Fujian"), ("GD", "Guangdong"), ("GS", "Gansu"),
    ("GX", "Guangxi"), ("GZ", "Guizhou"), ("HA", "Henan"), ("HB", "Hubei"), ("HE", "Hebei"), ("HI", "Hainan"),
    ("HK", "Hong Kong"), ("HL", "Heilongjiang"), ("HN", "Hunan"), ("JL", "Jilin"), ("JS", "Jiangsu"), ("JX", "Jiangxi"),
    ("LN", "Liaoning"), ("MO", "Macao"), ("NM", "Inner Mongolia"), ("NX", "Ningxia"), ("QH", "Qinghai"),
    ("SC", "Sichuan"), ("SD", "Shandong"), ("SH", "Shanghai"), ("SN", "Shaanxi"), ("SX", "Shanxi"), ("TJ", "Tianjin"),
    ("TW", "Taiwan"), ("XJ", "Xinjiang"), ("XZ", "Tibet"), ("YN", "Yunnan"), ("ZJ", "Zhejiang"),
];

#[rustfmt::skip]
const UNITED_STATES: States = &[
    ("AK", "Alaska"), ("AL", "Alabama"), ("AR", "Arkansas"), ("AS", "American Samoa"), ("AZ", "Arizona"),
    ("CA", "California"), ("CO", "Colorado"), ("CT", "Connecticut"), ("DC", "District of Columbia"),
    ("DE", "Delaware"), ("FL", "Florida"), ("GA", "Georgia"), ("GU", "Guam"), ("HI", "Hawaii"), ("IA", "Iowa"),
    ("ID", "Idaho"), ("IL", "Illinois"), ("IN", "Indiana"), ("KS", "Kansas"), ("KY", "Kentucky"),
    ("LA", "Louisiana"), ("MA", "Massachusetts"), ("MD", "Maryland"), ("ME", "Maine"), ("MI", "Michigan"),
    ("MN", "Minnesota"), ("MO", "Missouri"), ("MP", "Northern Mariana Islands"), ("MS", "Mississippi"),
    ("MT", "Montana"), ("NC", "North Carolina"), ("ND", "North Dakota"), ("NE", "Nebraska"), ("NH", "New Hampshire"),
    ("NJ", "New Jersey"), ("NM", "New Mexico"), ("NV", "Nevada"), ("NY", "New York"), ("OH", "Ohio"),
    ("OK", "Oklahoma"), ("OR", "Oregon"), ("PA", "Pennsylvania"), ("PR", "Puerto Rico"), ("RI", "Rhode Island"),
    ("SC", "South Carolina"), ("SD", "South Dakota"), ("TN", "Tennessee"), ("TX", "Texas"),
    ("UM", "United States Minor Outlying Islands"), ("UT", "Utah"), ("VA", "Virginia"), ("VI", "Virgin Islands"),
    ("VT", "Vermont"), ("WA", "Washington"), ("WI", "Wisconsin"), ("WV", "West Virginia"), ("WY", "Wyoming"),
];

#[cfg(test)]
mod tests {
    use super::{Place, PlaceMatch, compare_countries, compare_states, is_whole_state};

    fn state(country: &str, one: &str, other: &str) -> PlaceMatch {
        compare_states(Place::Text(country), Place::Text(one), Place::Text(other))
    }

    #[test]
    fn a_state_is_the_same_in_its_three_forms() {
        assert_eq!(state("US", "US-LA", "US-LA"), PlaceMatch::Same);
        for other in ["LA", "Louisiana", "louisiana", "us-la"] {
            assert_eq!(state("US", "US-LA", other), PlaceMatch::SameOtherwise, "{other}");
        }
        assert_eq!(state("US", "US-LA", "US-AL"), PlaceMatch::Different);
        assert_eq!(state("US", "Louisiana", "Alabama"), PlaceMatch::Different);
        assert_eq!(state("US", "Louisiana", "The Pelican State"), PlaceMatch::Unreadable);
        // a code of another country, and of a country whose states are not in the table
        assert_eq!(state("US", "US-LA", "CA-LA"), PlaceMatch::Different);
        assert_eq!(state("BR", "BR-SP", "SP"), PlaceMatch::SameOtherwise);
        assert_eq!(state("BR", "BR-SP", "RJ"), PlaceMatch::Different);
        assert_eq!(state("BR", "BR-SP", "São Paulo"), PlaceMatch::Unreadable);
        let absent = compare_states(Place::Text("US"), Place::Absent, Place::Text("LA"));
        assert_eq!(absent, PlaceMatch::OneSided);
        let two = compare_states(Place::Text("US"), Place::Unreadable, Place::Text("LA"));
        assert_eq!(two, PlaceMatch::Unreadable);
    }

    #[test]
    fn a_country_is_two_letters_that_name_one() {
        let country = |one, other| compare_countries(Place::Text(one), Place::Text(other));
        assert_eq!(country("US", "US"), PlaceMatch::Same);
        assert_eq!(country("US", "us"), PlaceMatch::SameOtherwise);
        assert_eq!(country("US", "FR"), PlaceMatch::Different);
        assert_eq!(country("US", "USA"), PlaceMatch::Unreadable);
        for code in ["ZZ", "AA", "QM", "XA"] {
            assert_eq!(country("US", code), PlaceMatch::Unreadable, "{code}");
            assert_eq!(country(code, code), PlaceMatch::Same, "{code}");
        }
        assert_eq!(country("XK", "RS"), PlaceMatch::Different);
        assert_eq!(compare_countries(Place::Absent, Place::Text("US")), PlaceMatch::OneSided);
    }

    #[test]
    fn the_whole_form_has_the_country_in_front() {
        assert!(is_whole_state(Place::Text("US"), "US-LA"));
        for other in ["LA", "us-LA", "FR-LA", "US-", "US-LOUISIANA"] {
            assert!(!is_whole_state(Place::Text("US"), other), "{other}");
        }
        assert!(!is_whole_state(Place::Absent, "US-LA"));
    }
}

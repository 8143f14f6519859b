//! The purposes of a presentation, and the elements that each one shows.

use cbor::Date;
use serde::{Deserialize, Serialize};

use licence::elements::id;
use licence::{DOMESTIC_NAMESPACE, ISO_NAMESPACE, SHANGHAI_OFFSET_SECONDS, Vehicle, VehicleKind};

use crate::state_class::{State, StateClass};

/// The purpose of a verification.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Purpose {
    /// 执法检查: what may the holder drive now, or may the holder drive this vehicle?
    Roadside,
    /// 租车: may the vehicle be rented to the holder until the day of return?
    Rental,
    /// 投保: the facts on which a proposal is priced.
    Insurance,
    /// 仅证明年龄: has the holder reached an age? The portrait is optional.
    AgeOnly,
    /// 货运: may the holder drive this vehicle in goods transport now?
    Freight,
    /// 客运: may the holder drive this vehicle in passenger transport now?
    Passenger,
    /// 交管业务: a counter of the traffic police. The holder chooses among all elements.
    Counter,
    /// No purpose: whether the document is genuine and valid. Only for the command line; it is not deserialised.
    #[serde(skip_deserializing)]
    None,
}

const I: &str = ISO_NAMESPACE;
const D: &str = DOMESTIC_NAMESPACE;

/// What the roadside check shows \[P\].
const ROADSIDE: [(&str, &str); 17] = [
    (D, id::PORTRAIT_SMALL),
    (I, id::FAMILY_NAME),
    (I, id::GIVEN_NAME),
    (I, id::FAMILY_NAME_NATIONAL),
    (I, id::GIVEN_NAME_NATIONAL),
    (I, id::SEX),
    (I, id::BIRTH_DATE),
    (I, id::DOCUMENT_NUMBER),
    (I, id::ISSUING_COUNTRY),
    (D, id::CLASSES),
    (D, id::STATUS_LETTERS),
    (D, id::POINTS),
    (I, id::EXPIRY_DATE),
    (D, id::LONG_TERM),
    (D, id::EXTENDED_UNTIL),
    (D, id::NOVICE_UNTIL),
    (D, id::ISSUING_AUTHORITY_ZH),
];

/// What the still answer of a roadside check shows \[P\]: who, by which number, what may be driven and until when.
const ROADSIDE_STILL: [(&str, &str); 8] = [
    (I, id::FAMILY_NAME_NATIONAL),
    (I, id::GIVEN_NAME_NATIONAL),
    (I, id::DOCUMENT_NUMBER),
    (D, id::CLASSES),
    (D, id::STATUS_LETTERS),
    (I, id::EXPIRY_DATE),
    (D, id::LONG_TERM),
    (D, id::NOVICE_UNTIL),
];

/// What a rental shows \[P\].
const RENTAL: [(&str, &str); 12] = [
    (D, id::PORTRAIT_SMALL),
    (I, id::FAMILY_NAME_NATIONAL),
    (I, id::GIVEN_NAME_NATIONAL),
    (D, id::NUMBER_LAST4),
    (I, id::AGE_OVER_18),
    (I, id::AGE_OVER_21),
    (I, id::AGE_OVER_25),
    (D, id::CLASSES),
    (D, id::STATUS_LETTERS),
    (I, id::EXPIRY_DATE),
    (D, id::LONG_TERM),
    (D, id::NOVICE_UNTIL),
];

/// What an insurance proposal shows \[P\].
const INSURANCE: [(&str, &str); 10] = [
    (I, id::FAMILY_NAME_NATIONAL),
    (I, id::GIVEN_NAME_NATIONAL),
    (D, id::NUMBER_LAST4),
    (I, id::AGE_BIRTH_YEAR),
    (D, id::CLASSES),
    (D, id::STATUS_LETTERS),
    (D, id::POINTS),
    (I, id::EXPIRY_DATE),
    (D, id::LONG_TERM),
    (D, id::NOVICE_UNTIL),
];

/// What age only shows \[P\]; the portrait may be left out.
const AGE_ONLY: [(&str, &str); 2] = [(I, id::AGE_OVER_18), (D, id::PORTRAIT_SMALL)];

/// What a counter may be shown: every element but the large portrait \[P\].
const COUNTER: [(&str, &str); 36] = [
    (D, id::PORTRAIT_SMALL),
    (I, id::FAMILY_NAME),
    (I, id::GIVEN_NAME),
    (I, id::FAMILY_NAME_NATIONAL),
    (I, id::GIVEN_NAME_NATIONAL),
    (I, id::SEX),
    (I, id::NATIONALITY),
    (I, id::BIRTH_DATE),
    (I, id::DOCUMENT_NUMBER),
    (I, id::ADMINISTRATIVE_NUMBER),
    (I, id::ISSUE_DATE),
    (I, id::EXPIRY_DATE),
    (I, id::ISSUING_COUNTRY),
    (I, id::ISSUING_AUTHORITY),
    (I, id::UN_DISTINGUISHING_SIGN),
    (I, id::DRIVING_PRIVILEGES),
    (I, id::RESIDENT_ADDRESS),
    (I, id::AGE_BIRTH_YEAR),
    (I, id::AGE_OVER_18),
    (I, id::AGE_OVER_21),
    (I, id::AGE_OVER_25),
    (I, id::AGE_OVER_60),
    (I, id::AGE_OVER_70),
    (D, id::CLASSES),
    (D, id::STATUS_LETTERS),
    (D, id::POINTS),
    (D, id::FIRST_ISSUE_DATE),
    (D, id::LONG_TERM),
    (D, id::EXTENDED_UNTIL),
    (D, id::NOVICE_UNTIL),
    (D, id::NUMBER_LAST4),
    (D, id::CORE_NUMBER),
    (D, id::ISSUING_AUTHORITY_ZH),
    (D, id::RESIDENT_ADDRESS_ZH),
    (D, id::RECORD_ZH),
    (D, id::GENERATED_AT),
];

impl Purpose {
    /// The seven purposes of the pages, in their order.
    pub const ALL: [Purpose; 7] = [
        Purpose::Roadside,
        Purpose::Rental,
        Purpose::Insurance,
        Purpose::AgeOnly,
        Purpose::Freight,
        Purpose::Passenger,
        Purpose::Counter,
    ];

    /// Returns the stable text, in kebab case: `roadside`, `rental`, `insurance`, `age-only`, `freight`, `passenger`,
    /// `counter`, `none`.
    pub fn code(self) -> &'static str {
        match self {
            Purpose::Roadside => "roadside",
            Purpose::Rental => "rental",
            Purpose::Insurance => "insurance",
            Purpose::AgeOnly => "age-only",
            Purpose::Freight => "freight",
            Purpose::Passenger => "passenger",
            Purpose::Counter => "counter",
            Purpose::None => "none",
        }
    }

    /// Returns the purpose of the pages with this text.
    pub fn from_code(code: &str) -> Option<Purpose> {
        Purpose::ALL.into_iter().find(|purpose| purpose.code() == code)
    }

    /// Returns the text that a wallet signs with a presentation, as [`Purpose::code`]; `None` for no purpose.
    pub fn signed(self) -> Option<&'static str> {
        (self != Purpose::None).then(|| self.code())
    }

    /// Returns every element of the purpose, as (namespace, identifier).
    pub fn all_elements(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Purpose::Roadside | Purpose::Freight | Purpose::Passenger => &ROADSIDE,
            Purpose::Rental => &RENTAL,
            Purpose::Insurance => &INSURANCE,
            Purpose::AgeOnly => &AGE_ONLY,
            Purpose::Counter => &COUNTER,
            Purpose::None => &[],
        }
    }

    /// Returns the elements of the still answer, as (namespace, identifier): a set without the portrait that fits one QR
    /// symbol, for screenshots and scanner guns. Of a counter those that the holder ticks are shown.
    pub fn still_elements(self) -> Vec<(&'static str, &'static str)> {
        match self {
            Purpose::Roadside => ROADSIDE_STILL.to_vec(),
            Purpose::Freight | Purpose::Passenger => [&ROADSIDE_STILL[..], &[(D, id::POINTS)]].concat(),
            Purpose::Rental | Purpose::Insurance | Purpose::AgeOnly | Purpose::Counter | Purpose::None => {
                let all = self.all_elements().iter().copied();
                all.filter(|(_, id)| *id != id::PORTRAIT_SMALL).collect()
            }
        }
    }

    /// Whether the holder may leave the portrait out.
    pub fn portrait_is_optional(self) -> bool {
        matches!(self, Purpose::AgeOnly | Purpose::Counter)
    }

    /// Whether the holder chooses the elements one by one, so that an element that is not shown is no fault.
    pub fn is_chosen_by_holder(self) -> bool {
        self == Purpose::Counter
    }

    /// Whether a professional certificate (从业资格证, JT/T 1290) may be needed beside the licence.
    pub fn is_professional(self) -> bool {
        matches!(self, Purpose::Freight | Purpose::Passenger)
    }

    /// Returns the elements to show, as (namespace, identifier). `include_portrait` has an effect only if the portrait is
    /// optional.
    pub fn elements(self, include_portrait: bool) -> Vec<(&'static str, &'static str)> {
        let leave_out = self.portrait_is_optional() && !include_portrait;
        let all = self.all_elements().iter().copied();
        all.filter(|(_, id)| !(leave_out && *id == id::PORTRAIT_SMALL)).collect()
    }
}

/// The verifier's terms: the purpose with its vehicle, its days and its age, and what the verifier knows and demands beyond.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// The purpose.
    pub purpose: Purpose,
    /// The vehicle that will be driven. Without one, *roadside* asks what may be driven, and every other purpose is asked about
    /// the vehicle of [`Terms::judged_vehicle`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vehicle: Option<Vehicle>,
    /// The first day.
    pub from: Date,
    /// The last day; not before the first.
    pub until: Date,
    /// The least age: 18, 21 or 25.
    pub age_at_least: u8,
    /// Seconds by which the verifier's place is ahead of UTC. It decides which day it is, except for a Chinese licence, which
    /// is judged in Shanghai.
    #[serde(default = "shanghai")]
    pub utc_offset_seconds: i32,
    /// The classes of states that the verifier knows. Without one, a class of a state is for a person to review.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub state_classes: Vec<StateClass>,
    /// The states whose licences are judged by their ISO categories in `driving_privileges`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub iso_states: Vec<State>,
    /// Whether a document without any status mechanism is for a person to review; otherwise that is a note. *Age only* asks
    /// for no status.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub status_needed: bool,
}

const fn shanghai() -> i32 {
    SHANGHAI_OFFSET_SECONDS
}

impl Terms {
    /// Returns the default terms \[P\], for the age of 18 and a car without a trailer (freight: a lorry; passenger: a bus;
    /// roadside: no vehicle, so that the answer is what may be driven).
    /// Rental is from today for 3 days, insurance from tomorrow for a year, all others are of today. *None* uses only the
    /// purpose.
    pub fn default_for(purpose: Purpose, today: Date) -> Terms {
        let (from, until) = match purpose {
            Purpose::Roadside
            | Purpose::AgeOnly
            | Purpose::Freight
            | Purpose::Passenger
            | Purpose::Counter
            | Purpose::None => (today, today),
            Purpose::Rental => (today, today.plus_days(3)),
            Purpose::Insurance => (today.plus_days(1), today.plus_days(1).plus_years(1)),
        };
        let utc_offset_seconds = SHANGHAI_OFFSET_SECONDS;
        let vehicle = (purpose != Purpose::Roadside).then(|| usual_vehicle(purpose));
        Terms {
            purpose,
            vehicle,
            from,
            until,
            age_at_least: 18,
            utc_offset_seconds,
            state_classes: Vec::new(),
            iso_states: Vec::new(),
            status_needed: false,
        }
    }

    /// Returns the vehicle that is asked about: the chosen one, else the usual one of the purpose.
    pub fn judged_vehicle(&self) -> Vehicle {
        self.vehicle.unwrap_or_else(|| usual_vehicle(self.purpose))
    }
}

fn usual_vehicle(purpose: Purpose) -> Vehicle {
    match purpose {
        Purpose::Freight => VehicleKind::Lorry.into(),
        Purpose::Passenger => VehicleKind::Bus.into(),
        _ => Vehicle::CAR,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use licence::elements::{DOMESTIC_ELEMENTS, ISO_ELEMENTS, namespace_of};

    #[test]
    fn elements_of_the_domain() {
        for purpose in Purpose::ALL {
            let elements = purpose.elements(true);
            for (index, (namespace, id)) in elements.iter().enumerate() {
                assert_eq!(namespace_of(id), Some(*namespace), "{id}");
                assert!(!elements[..index].contains(&(*namespace, *id)), "{id} twice");
            }
            assert_eq!(Purpose::from_code(purpose.code()), Some(purpose));
        }
        let has = |purpose: Purpose, id| purpose.all_elements().iter().any(|line| line.1 == id);
        assert!(!has(Purpose::Insurance, id::PORTRAIT_SMALL));
        assert!(!has(Purpose::Rental, id::BIRTH_DATE));
        assert!(!has(Purpose::Rental, id::POINTS));
        assert!(!has(Purpose::Rental, id::DOCUMENT_NUMBER));
        assert!(Purpose::ALL.iter().all(|purpose| !has(*purpose, id::PORTRAIT)));
        for purpose in Purpose::ALL.into_iter().filter(|purpose| *purpose != Purpose::Counter) {
            for hidden in [id::RESIDENT_ADDRESS, id::RESIDENT_ADDRESS_ZH, id::CORE_NUMBER] {
                assert!(!has(purpose, hidden));
            }
        }
    }

    #[test]
    fn freight_and_passenger_show_what_the_roadside_does_and_the_counter_all() {
        for purpose in [Purpose::Freight, Purpose::Passenger] {
            assert_eq!(purpose.all_elements(), Purpose::Roadside.all_elements());
        }
        let counter: Vec<&str> = Purpose::Counter.all_elements().iter().map(|line| line.1).collect();
        let known = ISO_ELEMENTS.iter().chain(&DOMESTIC_ELEMENTS).filter(|id| **id != id::PORTRAIT);
        assert!(known.clone().all(|id| counter.contains(id)));
        assert_eq!(counter.len(), known.count());
    }

    #[test]
    fn only_age_only_may_leave_the_portrait_out() {
        assert_eq!(Purpose::AgeOnly.elements(false), [(ISO_NAMESPACE, id::AGE_OVER_18)]);
        assert_eq!(Purpose::AgeOnly.elements(true).len(), 2);
        assert_eq!(Purpose::Rental.elements(false), Purpose::Rental.elements(true));
    }

    #[test]
    fn a_still_answer_shows_less_and_no_portrait() {
        for purpose in Purpose::ALL {
            let (still, all) = (purpose.still_elements(), purpose.all_elements());
            assert!(
                still.iter().all(|line| all.contains(line) && line.1 != id::PORTRAIT_SMALL),
                "{purpose:?}"
            );
        }
        let roadside = Purpose::Roadside.still_elements();
        for hidden in [id::BIRTH_DATE, id::SEX, id::FAMILY_NAME, id::POINTS, id::ISSUING_AUTHORITY_ZH] {
            assert!(!roadside.iter().any(|line| line.1 == hidden), "{hidden}");
        }
        // Transport refuses by points.
        let freight = Purpose::Freight.still_elements();
        assert_eq!(freight.len(), roadside.len() + 1);
        assert!(freight.contains(&(DOMESTIC_NAMESPACE, id::POINTS)));
        assert_eq!(Purpose::AgeOnly.still_elements(), Purpose::AgeOnly.elements(false));
        assert_eq!(Purpose::Insurance.still_elements(), Purpose::Insurance.all_elements());
    }

    #[test]
    fn assumed_terms() {
        let today = Date::parse("2026-11-22").unwrap();
        let terms = |purpose| {
            let terms = Terms::default_for(purpose, today);
            (terms.from.to_string(), terms.until.to_string(), terms.vehicle)
        };
        let day = |text: &str| text.to_owned();
        assert_eq!(terms(Purpose::Roadside), (day("2026-11-22"), day("2026-11-22"), None));
        assert_eq!(terms(Purpose::Rental), (day("2026-11-22"), day("2026-11-25"), Some(Vehicle::CAR)));
        assert_eq!(terms(Purpose::Insurance), (day("2026-11-23"), day("2027-11-23"), Some(Vehicle::CAR)));
    }
}

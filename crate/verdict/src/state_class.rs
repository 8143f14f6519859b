//! What a verifier knows about the classes of a state: which class covers which vehicle.

use std::fmt;
use std::str::FromStr;

use licence::{Facts, Vehicle};
use serde::{Deserialize, Serialize};
use x509::{Place, PlaceMatch, compare_countries, compare_states};

/// Most characters of a class.
const CLASS_MAX: usize = 16;

/// A state or province of ISO 3166-2, such as `US-UT`. It serialises as this text.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct State(String);

impl State {
    /// Returns the code of ISO 3166-2.
    pub fn code(&self) -> &str {
        &self.0
    }

    /// Whether a document was issued by this state: by the element `issuing_jurisdiction`, else by the issuer's certificate,
    /// each in any form that names it (`US-UT`, `UT`, `Utah`). A document that names no state, or another country, was not.
    pub(crate) fn issued(&self, facts: &Facts) -> bool {
        let country = self.0.split('-').next();
        let (Some(state), Some(shown)) = (facts.state(), facts.country()) else {
            return false;
        };
        let equal = |compared| matches!(compared, PlaceMatch::Same | PlaceMatch::SameOtherwise);
        equal(compare_countries(country.into(), Place::Text(shown.as_str())))
            && equal(compare_states(country.into(), Place::Text(state.as_str()), Place::Text(&self.0)))
    }
}

impl FromStr for State {
    type Err = StateClassError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let part = |part: &str, least, most| {
            (least..=most).contains(&part.len())
                && part.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
        };
        match text.split_once('-') {
            Some((country, state)) if part(country, 2, 2) && part(state, 1, 3) => Ok(Self(text.to_owned())),
            _ => Err(StateClassError::State),
        }
    }
}

impl TryFrom<String> for State {
    type Error = StateClassError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<State> for String {
    fn from(state: State) -> String {
        state.0
    }
}

/// A class of a state and a vehicle that it covers, such as class D of Utah and a car. It serialises as text:
/// `US-UT:D=car`, where the vehicle is a [`Vehicle::code`].
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct StateClass {
    /// The state.
    pub state: State,
    /// The class, as in `domestic_vehicle_class_code`.
    pub class: String,
    /// The vehicle; an automatic one is covered by a class for its kind as well.
    pub vehicle: Vehicle,
}

impl StateClass {
    /// Whether it names this class and covers this vehicle.
    pub(crate) fn covers(&self, class: &str, vehicle: Vehicle) -> bool {
        self.class == class
            && self.vehicle.kind == vehicle.kind
            && (vehicle.automatic || !self.vehicle.automatic)
    }
}

impl FromStr for StateClass {
    type Err = StateClassError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (place, vehicle) = text.split_once('=').ok_or(StateClassError::Form)?;
        let (state, class) = place.split_once(':').ok_or(StateClassError::Form)?;
        let readable = !class.is_empty()
            && class.chars().count() <= CLASS_MAX
            && class.trim() == class
            && !class.chars().any(char::is_control);
        if !readable {
            return Err(StateClassError::Form);
        }
        let vehicle = Vehicle::from_code(vehicle).ok_or(StateClassError::Vehicle)?;
        Ok(Self { state: state.parse()?, class: class.to_owned(), vehicle })
    }
}

impl TryFrom<String> for StateClass {
    type Error = StateClassError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<StateClass> for String {
    fn from(known: StateClass) -> String {
        format!("{}:{}={}", known.state.0, known.class, known.vehicle.code())
    }
}

/// Why a text names no state, or no class of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StateClassError {
    /// Not of the form `STATE:CLASS=VEHICLE`.
    Form,
    /// The state is no code of ISO 3166-2.
    State,
    /// The vehicle is unknown.
    Vehicle,
}

impl fmt::Display for StateClassError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Form => "expected STATE:CLASS=VEHICLE, such as US-UT:D=car",
            Self::State => "expected a state of ISO 3166-2, such as US-UT",
            Self::Vehicle => "unknown vehicle; expected one such as car or lorry-trailer",
        })
    }
}

impl std::error::Error for StateClassError {}

#[cfg(test)]
mod tests {
    use licence::ShownText;

    use super::*;

    fn state(text: &str) -> State {
        text.parse().unwrap()
    }

    fn issued_by(jurisdiction: Option<&str>, certificate: Option<&str>) -> Facts {
        let text = |text: &str| ShownText::new(text, 150);
        Facts {
            issuing_country: Some(text("US")),
            issuing_jurisdiction: jurisdiction.map(text),
            certificate_state: certificate.map(text),
            ..Facts::default()
        }
    }

    #[test]
    fn a_pair_is_one_text() {
        for text in ["US-UT:D=car", "US-NY:D M=motorcycle", "CA-ON:G=car-automatic", "AU-NSW:C=car"] {
            let known: StateClass = text.parse().unwrap();
            assert_eq!(String::from(known), text);
        }
        let fails = [
            ("", StateClassError::Form),
            ("US-UT:D", StateClassError::Form),
            ("US-UT=car", StateClassError::Form),
            ("US-UT:=car", StateClassError::Form),
            ("US-UT: D=car", StateClassError::Form),
            ("UT:D=car", StateClassError::State),
            ("us-ut:D=car", StateClassError::State),
            ("US-UTAH:D=car", StateClassError::State),
            ("US-UT:D=boat", StateClassError::Vehicle),
        ];
        for (text, error) in fails {
            assert_eq!(text.parse::<StateClass>(), Err(error), "{text}");
        }
    }

    #[test]
    fn a_state_is_known_in_each_of_its_forms_and_never_guessed() {
        let utah = state("US-UT");
        for written in ["US-UT", "UT", "Utah", "us-ut"] {
            assert!(utah.issued(&issued_by(Some(written), None)), "{written}");
            assert!(utah.issued(&issued_by(None, Some(written))), "{written}");
        }
        // The document's own element before the certificate's.
        assert!(!utah.issued(&issued_by(Some("US-NY"), Some("UT"))));
        for (jurisdiction, certificate) in [(None, None), (Some("US-NY"), None), (Some("nowhere"), None)] {
            assert!(!utah.issued(&issued_by(jurisdiction, certificate)));
        }
        let canadian =
            Facts { issuing_country: Some(ShownText::new("CA", 2)), ..issued_by(Some("UT"), None) };
        assert!(!utah.issued(&canadian));
    }

    #[test]
    fn a_class_for_a_kind_covers_both_gearboxes() {
        let known: StateClass = "US-UT:D=car".parse().unwrap();
        assert!(known.covers("D", Vehicle::CAR) && known.covers("D", Vehicle::CAR.with_automatic(true)));
        assert!(!known.covers("C", Vehicle::CAR) && !known.covers("d", Vehicle::CAR));
        let automatic: StateClass = "US-UT:D=car-automatic".parse().unwrap();
        assert!(!automatic.covers("D", Vehicle::CAR));
        assert!(automatic.covers("D", Vehicle::CAR.with_automatic(true)));
    }
}

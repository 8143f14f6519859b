//! What a partner knows: the case that a policy is asked about.

use cbor::Date;
use licence::{Vehicle, VehicleKind};
use serde::{Deserialize, Serialize};

use crate::message::CaseField;
use crate::policy::CaseError;
use crate::reason::Reason;

/// Most bytes of a case.
const SIZE_MAX: usize = 4096;
/// Most characters of a name.
const NAME_MAX: usize = 150;
/// Fewest and most characters of the end of a number.
const NUMBER_END: std::ops::RangeInclusive<usize> = 3..=8;

/// A trailer behind the vehicle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Trailer {
    /// At most 750 kg.
    Light,
    /// More than 750 kg.
    Heavy,
}

/// What a person said who compared the portrait with the face.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum FaceCompared {
    /// The same person.
    Same,
    /// Not sure.
    NotSure,
    /// Another person.
    Different,
}

/// What the partner knows. A rule that needs what is not given is undetermined.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Case {
    /// The vehicle, such as `car` or `motorhome-automatic`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub vehicle: Option<Vehicle>,
    /// A trailer behind it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trailer: Option<Trailer>,
    /// The first day.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub from: Option<Date>,
    /// The last day; not before the first.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub until: Option<Date>,
    /// The name of the booking or proposal, at most 150 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The last 3 to 8 characters of the number of the licence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number_end: Option<String>,
    /// What the person said who compared the portrait.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub face: Option<FaceCompared>,
}

impl Case {
    /// Reads and checks a case.
    ///
    /// # Errors
    /// Fails if the bytes are no JSON of the schema, if the last day is before the first, and if a text is outside of its
    /// bounds. The error names no value.
    pub fn from_json(json: &[u8]) -> Result<Case, CaseError> {
        if json.len() > SIZE_MAX {
            return Err(CaseError::Form);
        }
        let case: Case = serde_json::from_slice(json).map_err(|_| CaseError::Form)?;
        if case.until.zip(case.from).is_some_and(|(until, from)| until < from) {
            return Err(CaseError::Dates);
        }
        let name = case.name.as_ref().is_none_or(|name| {
            !name.trim().is_empty() && name.chars().take(NAME_MAX + 1).count() <= NAME_MAX
        });
        let end = case.number_end.as_ref().is_none_or(|end| {
            NUMBER_END.contains(&end.len()) && end.bytes().all(|byte| byte.is_ascii_alphanumeric())
        });
        if name && end { Ok(case) } else { Err(CaseError::Text) }
    }

    /// Returns the vehicle with its trailer; fails if it was not given, or if no trailer is known behind it.
    pub(super) fn vehicle(&self, fixed: Option<Vehicle>) -> Result<Vehicle, Reason> {
        let vehicle = fixed.or(self.vehicle).ok_or(Reason::CaseMissing { field: CaseField::Vehicle })?;
        let Some(trailer) = self.trailer else {
            return Ok(vehicle);
        };
        let kind = match (vehicle.kind, trailer) {
            (VehicleKind::Car, Trailer::Light) => VehicleKind::CarLightTrailer,
            (VehicleKind::Car, Trailer::Heavy) => VehicleKind::CarHeavyTrailer,
            (VehicleKind::Lorry, _) => VehicleKind::LorryTrailer,
            (kind, _) if vehicle.has_trailer() => kind,
            _ => return Err(Reason::CaseTrailer { vehicle }),
        };
        Ok(Vehicle { kind, ..vehicle })
    }

    /// Returns the same case some days later.
    pub(super) fn later(&self, days: i32) -> Case {
        let move_on = |day: Option<Date>| day.map(|day| day.plus_days(days));
        Case { from: move_on(self.from), until: move_on(self.until), ..self.clone() }
    }
}

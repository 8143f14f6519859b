//! The rules of a policy, as data: a name with parameters.
//!
//! No rule is a program. What a rule does is in [`run`](super::run); which facts it reads follows from its name and its
//! parameters ([`Rule::needs`], [`Rule::uses`]).

use licence::{Fact, Vehicle};
use serde::{Deserialize, Serialize};

use crate::state_class::{State, StateClass};

/// The day or days that a rule is asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum When {
    /// The day of the check.
    Now,
    /// The first day of the case.
    Start,
    /// The first day of the case through its last, both included.
    Period,
}

/// Whether a novice is accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum NoviceAccepted {
    /// Yes, but not with a trailer, as the law has it.
    WithoutTrailer,
    /// No.
    Never,
}

/// Which status is accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum StatusAccepted {
    /// Every status with which the holder may drive: A, H, I, and N, P, T while their extension lasts.
    MayDrive,
    /// A, H and I. An extension (N, P, T) is undetermined while it lasts.
    Good,
    /// A alone.
    Normal,
}

/// A band of points, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PointsBand {
    /// The fewest points.
    pub from: u8,
    /// The most points.
    pub to: u8,
}

/// A rule with its parameters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "name", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Rule {
    /// The holder has reached an age. Whatever the document says about it decides: the date of birth, the issuer's answers, or
    /// the year of birth where it is far enough from the border.
    Age {
        /// The age in completed years, 1 to 120. Somebody born on 29 February completes a year on 1 March of a common year.
        at_least: u8,
        /// The day.
        on: When,
    },
    /// States the year of birth and the age that is completed in the year of the day. It never fails.
    BirthYear {
        /// The day.
        on: When,
    },
    /// The licence covers the vehicle, and its trailer: by Chinese class and stop age, by category of ISO/IEC 18013-1, or by a
    /// class of a state that the policy names. A document that is no licence fails.
    Vehicle {
        /// The day or days. A Chinese class must be held on the first; its stop age must not be reached on the last.
        when: When,
        /// The vehicle; without one, the vehicle of the case.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
        vehicle: Option<Vehicle>,
        /// Classes of states that are accepted, such as `US-UT:D=car`. Any other class of a state is undetermined.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[cfg_attr(feature = "schema", schemars(with = "Vec<String>"))]
        state_classes: Vec<StateClass>,
        /// States whose licences are judged by their ISO categories, such as `US-CA`.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[cfg_attr(feature = "schema", schemars(with = "Vec<String>"))]
        iso_states: Vec<State>,
    },
    /// The class or category that covers the vehicle has been held for years. Without a number it states the years and never
    /// fails for them.
    YearsHeld {
        /// The completed years, 1 to 80.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        at_least: Option<u8>,
        /// The day: the first one.
        when: When,
    },
    /// The novice year (实习期) of a Chinese licence.
    Novice {
        /// Whether a novice is accepted.
        accept: NoviceAccepted,
        /// The day: the first one.
        when: When,
    },
    /// The licence is valid through the last day. Its validity on the day of the check is no rule: it is always required.
    ValidThrough {
        /// The day: the last one.
        when: When,
    },
    /// The status, by the issuer's list or by signed letters.
    Status {
        /// Which status is accepted.
        accept: StatusAccepted,
        /// The day on which an extension must last: the last one.
        when: When,
        /// Whether a document without any status is undetermined; otherwise the rule is not applicable to it.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        needed: bool,
    },
    /// The status was signed recently. Older is undetermined, never a failure.
    StatusAge {
        /// The age in hours, 1 to 8760.
        at_most_hours: u16,
    },
    /// The points (累积记分) are few enough.
    Points {
        /// One more than the most points, 1 to 12; 12 is full.
        below: u8,
    },
    /// States the band of the points; outside of every band it fails.
    PointsBands {
        /// The bands from 0 upwards, without gaps, at most 12.
        bands: Vec<PointsBand>,
    },
    /// The holder is who booked.
    Booking {
        /// Whether the name is compared.
        compare_name: bool,
        /// Whether the last characters of the number are compared.
        compare_number: bool,
    },
    /// A person compared the portrait with the face.
    Face {},
    /// A professional certificate (从业资格证) may be needed: no licence says so. It never decides.
    ProfessionalCertificate {},
    /// The issuer is one of these countries, or in one of these trust lists.
    TrustedIssuer {
        /// Countries, two letters of ISO 3166-1.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        countries: Vec<String>,
        /// Names of trust lists, as the verifier has them.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        lists: Vec<String>,
    },
    /// Certificates and document depart from the standard in nothing.
    Strict {},
    /// What may be driven today, where no vehicle was chosen: of the roadside check.
    #[serde(skip)]
    MayDrive,
    /// Valid today, beside layer 3: of the purposes that ask whether somebody may drive now.
    #[serde(skip)]
    ValidNow,
}

impl Rule {
    /// Returns the stable name, in kebab case.
    pub const fn name(&self) -> &'static str {
        match self {
            Rule::Age { .. } => "age",
            Rule::BirthYear { .. } => "birth-year",
            Rule::Vehicle { .. } => "vehicle",
            Rule::YearsHeld { .. } => "years-held",
            Rule::Novice { .. } => "novice",
            Rule::ValidThrough { .. } => "valid-through",
            Rule::Status { .. } => "status",
            Rule::StatusAge { .. } => "status-age",
            Rule::Points { .. } => "points",
            Rule::PointsBands { .. } => "points-bands",
            Rule::Booking { .. } => "booking",
            Rule::Face {} => "face",
            Rule::ProfessionalCertificate {} => "professional-certificate",
            Rule::TrustedIssuer { .. } => "trusted-issuer",
            Rule::Strict {} => "strict",
            Rule::MayDrive => "may-drive",
            Rule::ValidNow => "valid-now",
        }
    }

    /// Whether it asks what the holder may drive, which only a licence says.
    pub const fn is_about_driving(&self) -> bool {
        matches!(self, Rule::Vehicle { .. } | Rule::YearsHeld { .. } | Rule::Novice { .. } | Rule::MayDrive)
    }

    /// Whether it asks how old the status is.
    pub(crate) const fn is_about_age_of_status(&self) -> bool {
        matches!(self, Rule::StatusAge { .. })
    }

    /// Returns the day or days that it is asked about; `None` if no day matters.
    pub(crate) const fn when(&self) -> Option<When> {
        match self {
            Rule::Age { on, .. } | Rule::BirthYear { on } => Some(*on),
            Rule::Vehicle { when, .. }
            | Rule::YearsHeld { when, .. }
            | Rule::Novice { when, .. }
            | Rule::ValidThrough { when }
            | Rule::Status { when, .. } => Some(*when),
            Rule::MayDrive | Rule::ValidNow => Some(When::Now),
            Rule::StatusAge { .. }
            | Rule::Points { .. }
            | Rule::PointsBands { .. }
            | Rule::Booking { .. }
            | Rule::Face {}
            | Rule::ProfessionalCertificate {}
            | Rule::TrustedIssuer { .. }
            | Rule::Strict {} => None,
        }
    }

    /// Returns the facts without which it is undetermined: of each group any one suffices.
    pub fn needs(&self) -> Vec<&'static [Fact]> {
        match self {
            Rule::Age { .. } => vec![&[Fact::Age, Fact::BirthDate]],
            Rule::BirthYear { .. } => vec![&[Fact::BirthYear, Fact::BirthDate]],
            Rule::Vehicle { vehicle, .. } => match vehicle {
                Some(vehicle) if has_stop_age(*vehicle) => {
                    vec![&[Fact::Privileges], &[Fact::BirthDate, Fact::BirthYear, Fact::Age]]
                }
                _ => vec![&[Fact::Privileges]],
            },
            Rule::YearsHeld { .. } | Rule::MayDrive => vec![&[Fact::Privileges]],
            Rule::Novice { .. } => vec![&[Fact::NoviceUntil]],
            Rule::ValidThrough { .. } | Rule::ValidNow => vec![&[Fact::ExpiryDate]],
            Rule::Status { .. } | Rule::StatusAge { .. } => vec![&[Fact::StatusLetters]],
            Rule::Points { .. } | Rule::PointsBands { .. } => vec![&[Fact::Points]],
            Rule::Booking { compare_name, compare_number } => {
                let name: Option<&'static [Fact]> = compare_name.then_some(&[Fact::NationalName, Fact::Name]);
                let number: Option<&'static [Fact]> =
                    compare_number.then_some(&[Fact::NumberLast4, Fact::Number]);
                name.into_iter().chain(number).collect()
            }
            Rule::Face {} => vec![&[Fact::Portrait]],
            Rule::ProfessionalCertificate {} | Rule::TrustedIssuer { .. } | Rule::Strict {} => Vec::new(),
        }
    }

    /// Returns every fact that it reads where it was shown, those of [`Rule::needs`] included.
    pub fn uses(&self) -> Vec<Fact> {
        let more: &[Fact] = match self {
            Rule::Age { .. } => &[Fact::BirthYear],
            Rule::Vehicle { vehicle, .. } => match vehicle {
                Some(vehicle) if !has_stop_age(*vehicle) => {
                    &[Fact::IssuingCountry, Fact::IssuingJurisdiction]
                }
                _ => &[
                    Fact::IssuingCountry,
                    Fact::IssuingJurisdiction,
                    Fact::BirthDate,
                    Fact::BirthYear,
                    Fact::Age,
                    Fact::ExtendedUntil,
                ],
            },
            Rule::YearsHeld { .. } | Rule::MayDrive => &[Fact::IssuingCountry, Fact::IssuingJurisdiction],
            Rule::ValidThrough { .. } | Rule::ValidNow => &[Fact::LongTerm, Fact::IssueDate],
            _ => &[],
        };
        let needed = self.needs().into_iter().flatten().copied();
        needed.chain(more.iter().copied()).collect()
    }
}

/// Whether Chinese law lets the class of this vehicle, or of its trailer, end at an age.
fn has_stop_age(vehicle: Vehicle) -> bool {
    let cn = vehicle.cn();
    [Some(cn.class), cn.towing].into_iter().flatten().any(|class| class.row().stops_at.is_some())
}

/// The facts that the validity of every document is read from.
pub(crate) const VALIDITY: [Fact; 3] = [Fact::ExpiryDate, Fact::LongTerm, Fact::IssueDate];

/// What a rule's outcome does to the decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// It is said, and decides nothing.
    Note,
    /// The decision is *review* at best.
    Review,
    /// The decision is *refuse*.
    Refuse,
}

/// A rule of a policy, and what its outcome does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RuleLine {
    /// The rule.
    pub rule: Rule,
    /// What a failure does; by default it refuses.
    #[serde(default = "refuse", skip_serializing_if = "is_refuse")]
    pub on_fail: Effect,
    /// What *undetermined* does; by default the decision is *review* at best.
    #[serde(default = "review", skip_serializing_if = "is_review")]
    pub on_undetermined: Effect,
}

const fn refuse() -> Effect {
    Effect::Refuse
}

const fn review() -> Effect {
    Effect::Review
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks by reference")]
fn is_refuse(effect: &Effect) -> bool {
    *effect == Effect::Refuse
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks by reference")]
fn is_review(effect: &Effect) -> bool {
    *effect == Effect::Review
}

impl From<Rule> for RuleLine {
    fn from(rule: Rule) -> Self {
        Self { rule, on_fail: Effect::Refuse, on_undetermined: Effect::Review }
    }
}

impl RuleLine {
    /// Returns the same rule whose failure is for a person to review.
    pub(crate) fn reviewed(self) -> Self {
        Self { on_fail: Effect::Review, ..self }
    }
}

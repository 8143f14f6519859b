//! Looks elements up in the namespaces of a profile.

use cbor::{Date, Timestamp, Value};
use mdoc::Elements;

use crate::calendar::shanghai_day;
use crate::elements::{ISO_ELEMENTS, id, namespace_of};
use crate::profile::{ISO_NAMESPACE, Profile};
use crate::text::ShownText;

/// Most texts of an element with several, such as `nationality` of a PID.
const TEXTS_MAX: usize = 8;

/// Other names of an element in identity documents (ISO/IEC TS 23220-2, PID rulebook) and in Aadhaar.
const ALIASES: [(Profile, &str, &[&str]); 7] = [
    (Profile::Id, id::FAMILY_NAME, &["family_name_unicode", "family_name_viz", "family_name_latin1"]),
    (Profile::Id, id::GIVEN_NAME, &["given_name_unicode", "given_name_viz", "given_name_latin1"]),
    (Profile::Id, id::ISSUING_AUTHORITY, &["issuing_authority_unicode", "issuing_authority_latin1"]),
    (Profile::Id, id::ISSUING_JURISDICTION, &["issuing_subdivision"]),
    (Profile::Id, id::ISSUE_DATE, &["issuance_date"]),
    (Profile::Age, id::BIRTH_DATE, &["dob"]),
    (Profile::Age, id::PORTRAIT, &["resident_image"]),
];

/// What a proof of age can have beside its answers, under names without an alias.
const OF_AGE: [&str; 4] = [id::RESIDENT_NAME, id::LOCAL_RESIDENT_NAME, id::AGE_IN_YEARS, id::AGE_BIRTH_YEAR];

/// Returns the identifiers under which this profile has an element.
fn names(profile: Profile, id: &'static str) -> impl Iterator<Item = &'static str> {
    let aliases = ALIASES.iter().find(|(of, name, _)| *of == profile && *name == id);
    std::iter::once(id).chain(aliases.into_iter().flat_map(|(_, _, names)| names.iter().copied()))
}

/// Returns an element of this profile.
pub(super) fn find<'a>(profile: Profile, elements: &'a Elements, id: &'static str) -> Option<&'a Value> {
    if profile == Profile::Cn {
        return elements.get(namespace_of(id).unwrap_or(ISO_NAMESPACE), id);
    }
    names(profile, id)
        .find_map(|name| profile.namespaces().find_map(|namespace| elements.get(namespace, name)))
}

/// Reads elements and lists those that are malformed.
pub(super) struct Reader<'a> {
    profile: Profile,
    elements: &'a Elements,
    malformed: Vec<String>,
    untidy: Vec<String>,
}

impl<'a> Reader<'a> {
    pub(super) const fn new(profile: Profile, elements: &'a Elements) -> Self {
        Self { profile, elements, malformed: Vec::new(), untidy: Vec::new() }
    }

    pub(super) fn read<T>(&mut self, id: &'static str, read: impl FnOnce(&Value) -> Option<T>) -> Option<T> {
        let value = find(self.profile, self.elements, id)?;
        let found = read(value);
        if found.is_none() {
            self.malformed.push(id.to_owned());
        }
        found
    }

    /// Reads a text, or the list of texts that a PID has for `nationality`.
    pub(super) fn text(&mut self, id: &'static str, max: usize) -> Option<ShownText> {
        let several = self.profile == Profile::Id;
        self.read(id, |value| match value {
            Value::Array(texts) if several && !texts.is_empty() && texts.len() <= TEXTS_MAX => {
                let texts: Option<Vec<&str>> = texts.iter().map(Value::as_text).collect();
                Some(ShownText::new(&texts?.join(", "), max))
            }
            value => value.as_text().map(|text| ShownText::new(text, max)),
        })
    }

    /// Reads a `full-date`, or a `tdate`, which ISO allows for all but the birth date: the day, and the time of a `tdate`. In a
    /// Chinese licence a `tdate` is the day in Shanghai.
    pub(super) fn day(&mut self, id: &'static str) -> Option<(Date, Option<Timestamp>)> {
        let profile = self.profile;
        let mut untidy = false;
        let found = self.read(id, |value| {
            // Photo ID has a map with the date and which of its parts are known.
            let value = match value {
                Value::Map(_) if profile == Profile::Id => value.get_text(id)?,
                value => value,
            };
            if let Some(day) = value.as_date() {
                return Some((day, None));
            }
            // Aadhaar has days as text as well.
            if let (Profile::Age, Value::Text(text)) = (profile, value) {
                return day_of_text(text).map(|day| (day, None));
            }
            let time = value.as_time()?;
            untidy = id == id::BIRTH_DATE || value.as_tdate().is_none();
            Some(match profile {
                Profile::Cn => (shanghai_day(time), None),
                Profile::Iso | Profile::Us | Profile::Id | Profile::Age => (time.date_at(0), Some(time)),
            })
        });
        if untidy {
            self.untidy.push(id.to_owned());
        }
        found
    }

    /// Returns every answer about an age as (age, whether it is reached). An answer of another type is malformed.
    pub(super) fn answers(&mut self) -> Vec<(u8, bool)> {
        let mut answers = Vec::new();
        for (namespace, identifier, value) in self.elements.iter() {
            let read = self.profile.namespaces().any(|own| own == namespace);
            let (Some(age), true) = (age_of(self.profile, identifier), read) else {
                continue;
            };
            match (self.profile, answer(self.profile, value)) {
                (_, Some(over)) => answers.push((age, over)),
                // The ages that a Chinese licence has are read by name.
                (Profile::Cn, None) => {}
                (_, None) => self.malformed.push(identifier.to_owned()),
            }
        }
        answers
    }

    /// Returns the identifiers of the elements of the profile that were shown, and the number of others.
    pub(super) fn listed(&self) -> (Vec<String>, usize) {
        let mut shown = Vec::new();
        let mut foreign = 0;
        for (namespace, identifier, _) in self.elements.iter() {
            let known = match self.profile {
                Profile::Cn => (namespace_of(identifier) == Some(namespace)).then_some(identifier),
                profile if !profile.namespaces().any(|own| own == namespace) => None,
                profile => own_name(profile, identifier),
            };
            match known {
                Some(identifier) if shown.iter().any(|have| have == identifier) => {}
                Some(identifier) => shown.push(identifier.to_owned()),
                None => foreign += 1,
            }
        }
        (shown, foreign)
    }

    /// Returns the malformed elements, and those with an untidy time.
    pub(super) fn ended(self) -> (Vec<String>, Vec<String>) {
        (self.malformed, self.untidy)
    }
}

/// Returns the name by which an element of another profile than the Chinese is listed.
fn own_name(profile: Profile, identifier: &str) -> Option<&str> {
    if age_of(profile, identifier).is_some() {
        return Some(identifier);
    }
    if let Some((_, id, _)) =
        ALIASES.iter().find(|(of, _, names)| *of == profile && names.contains(&identifier))
    {
        return Some(id);
    }
    let known = match profile {
        Profile::Age => OF_AGE.contains(&identifier),
        Profile::Cn | Profile::Iso | Profile::Us | Profile::Id => {
            ISO_ELEMENTS.contains(&identifier)
                || [id::ISSUING_JURISDICTION, id::AGE_IN_YEARS, id::DOMESTIC_DRIVING_PRIVILEGES]
                    .contains(&identifier)
        }
    };
    known.then_some(identifier)
}

/// Returns the age of an `age_over_NN`, or of an `age_aboveNN` of Aadhaar.
fn age_of(profile: Profile, identifier: &str) -> Option<u8> {
    let digits = match identifier.strip_prefix("age_over_") {
        Some(digits) => digits,
        None if profile == Profile::Age => identifier.strip_prefix("age_above")?,
        None => return None,
    };
    let two = digits.len() == 2 && digits.bytes().all(|digit| digit.is_ascii_digit());
    digits.parse().ok().filter(|_| two)
}

/// Reads an answer: a bool, or Aadhaar's "Yes" and "No".
fn answer(profile: Profile, value: &Value) -> Option<bool> {
    match value {
        Value::Bool(over) => Some(*over),
        Value::Text(text) if profile == Profile::Age && text == "Yes" => Some(true),
        Value::Text(text) if profile == Profile::Age && text == "No" => Some(false),
        _ => None,
    }
}

/// Reads a day as India writes it: `1990-01-31`, `31-01-1990` or `31/01/1990`.
fn day_of_text(text: &str) -> Option<Date> {
    if let Some(day) = Date::parse(text) {
        return Some(day);
    }
    let mut parts = text.split(['-', '/']);
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    let whole = parts.next().is_none() && day.len() == 2 && month.len() == 2;
    whole.then(|| Date::parse(&format!("{year}-{month}-{day}"))).flatten()
}

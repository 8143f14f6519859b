//! The sample licence with other facts, shown for a purpose.

use ::licence::elements::{id, namespace_of};
use ::licence::{Vehicle, check_character, shanghai_day};
use ::verdict::Purpose;
use cbor::{Date, Timestamp, Value};
use mdoc::status_list::StatusListInfo;

use crate::abroad::Document;
use crate::draft::{Draft, NOW, set};
use crate::hostile::{Given, Hostile, ListAtHand, Terms, Verdict, deflate, world};
use crate::issuer::TestIssuer;
use crate::sample::licence_elements;

/// Returns the day of the files in Shanghai.
pub(super) fn today() -> Date {
    shanghai_day(NOW)
}

pub(super) fn day(text: &str) -> Value {
    Value::date(Date::parse(text).expect("a date"))
}

/// A licence presented for a purpose, each part of which can be changed.
pub(super) struct Shown {
    pub(super) elements: Vec<(&'static str, &'static str, Value)>,
    pub(super) shown: Vec<(&'static str, &'static str)>,
    pub(super) doc_type: Option<&'static str>,
    pub(super) issuer: TestIssuer,
    pub(super) at: Timestamp,
    pub(super) status: Option<Value>,
    pub(super) lists: Vec<(Vec<u8>, Option<Timestamp>)>,
    pub(super) terms: Option<::verdict::Terms>,
    /// The purpose in Info, if it has one.
    pub(super) signed_purpose: Option<&'static str>,
}

impl Shown {
    /// Creates the sample licence with facts of this morning, presented for a purpose with the default terms.
    pub(super) fn new(purpose: Purpose) -> Self {
        let terms = with_vehicle(::verdict::Terms::default_for(purpose, today()));
        let mut new = Self {
            elements: licence_elements(),
            shown: purpose.elements(true),
            doc_type: None,
            issuer: TestIssuer::default(),
            at: NOW,
            status: None,
            lists: Vec::new(),
            terms: (purpose != Purpose::None).then_some(terms),
            signed_purpose: None,
        };
        new.born("1990-03-07");
        new.points(3);
        new.letters("A")
    }

    /// Creates a document of another country or kind, all of which is presented for a purpose with the default terms.
    pub(super) fn abroad(purpose: Purpose, document: Document) -> Self {
        let authority = match document.country {
            "DE" => "germany",
            "KR" => "korea",
            "US" => "united-states",
            _ => "india",
        };
        let terms = with_vehicle(::verdict::Terms::default_for(purpose, today()));
        Self {
            shown: document.elements.iter().map(|(namespace, id, _)| (*namespace, *id)).collect(),
            elements: document.elements,
            doc_type: Some(document.doc_type),
            issuer: world::issuer(authority).clone(),
            at: NOW,
            status: None,
            lists: Vec::new(),
            terms: (purpose != Purpose::None).then_some(terms),
            signed_purpose: None,
        }
    }

    /// Presents it at another time.
    pub(super) fn at(mut self, at: Timestamp) -> Self {
        self.at = at;
        self
    }

    pub(super) fn roadside() -> Self {
        Self::new(Purpose::Roadside)
    }

    /// Replaces a value.
    pub(super) fn set(mut self, identifier: &str, value: Value) -> Self {
        let found = self.elements.iter_mut().find(|(_, name, _)| *name == identifier);
        found.expect("an element of the sample").2 = value;
        self
    }

    /// Withholds an element.
    pub(super) fn without(mut self, identifier: &str) -> Self {
        self.shown.retain(|(_, name)| *name != identifier);
        self
    }

    /// Discloses one more element.
    pub(super) fn showing(mut self, identifier: &'static str) -> Self {
        self.shown.push((namespace_of(identifier).expect("an element of a licence"), identifier));
        self
    }

    /// Sets the letters, as of this morning.
    pub(super) fn letters(self, letters: &str) -> Self {
        self.status_letters(letters, NOW.floor_to_day(), None)
    }

    pub(super) fn status_letters(self, letters: &str, as_of: Timestamp, until: Option<&str>) -> Self {
        let mut map = vec![("letters", Value::text(letters)), ("as_of", Value::tdate(as_of))];
        map.extend(until.map(|until| ("until", day(until))));
        self.set(id::STATUS_LETTERS, Value::map(map))
    }

    /// Sets the classes, each with the day from which it is held.
    pub(super) fn classes(self, held: &[(&str, &str)]) -> Self {
        let class =
            |(code, from): &(&str, &str)| Value::map([("code", Value::text(*code)), ("from", day(from))]);
        self.set(id::CLASSES, Value::array(held.iter().map(class).collect::<Vec<_>>()))
    }

    /// Sets another birth date, with the matching number and year.
    pub(super) fn born(&mut self, date: &str) {
        let mut change = |identifier: &str, value| {
            let found = self.elements.iter_mut().find(|(_, name, _)| *name == identifier);
            found.expect("an element of the sample").2 = value;
        };
        change(id::BIRTH_DATE, day(date));
        let year = date.split('-').next().and_then(|year| year.parse().ok()).expect("a year");
        change(id::AGE_BIRTH_YEAR, Value::Unsigned(year));
        change(id::DOCUMENT_NUMBER, Value::text(number(date, "001")));
    }

    pub(super) fn points(&mut self, incurred: u64) {
        let found = self.elements.iter_mut().find(|(_, name, _)| *name == id::POINTS);
        let value = [("incurred", Value::Unsigned(incurred)), ("as_of", Value::tdate(NOW.floor_to_day()))];
        found.expect("points").2 = Value::map(value);
    }

    /// Sets another vehicle in the terms.
    pub(super) fn vehicle(mut self, vehicle: impl Into<Vehicle>) -> Self {
        self.terms.as_mut().expect("a purpose").vehicle = Some(vehicle.into());
        self
    }

    /// Says in Info for what it is shown.
    pub(super) fn signed_for(mut self, purpose: &'static str) -> Self {
        self.signed_purpose = Some(purpose);
        self
    }

    /// Shows the still answer of this purpose, which says so in Info.
    pub(super) fn still(purpose: Purpose) -> Self {
        Self::new(purpose).into_still()
    }

    /// Shows the still answer of its purpose.
    pub(super) fn into_still(mut self) -> Self {
        let purpose = self.terms.as_ref().expect("a purpose").purpose;
        self.shown = purpose.still_elements();
        self.signed_for(purpose.code())
    }

    /// Shows this element as well.
    pub(super) fn with(mut self, namespace: &'static str, id: &'static str) -> Self {
        self.shown.push((namespace, id));
        self
    }

    /// Presents it to a desk that asks for this purpose.
    pub(super) fn asked_for(mut self, purpose: Purpose) -> Self {
        self.terms = Some(with_vehicle(::verdict::Terms::default_for(purpose, today())));
        self
    }

    /// Chooses no vehicle: what may be driven?
    pub(super) fn any_vehicle(mut self) -> Self {
        self.terms.as_mut().expect("a purpose").vehicle = None;
        self
    }

    /// Adds a class of a state that the verifier knows.
    pub(super) fn knowing(mut self, class: &str) -> Self {
        let terms = self.terms.as_mut().expect("a purpose");
        terms.state_classes.push(class.parse().expect("a class of a state"));
        self
    }

    /// Takes the ISO categories of a state.
    pub(super) fn iso_state(mut self, state: &str) -> Self {
        self.terms.as_mut().expect("a purpose").iso_states.push(state.parse().expect("a state"));
        self
    }

    /// Demands a status.
    pub(super) fn status_needed(mut self) -> Self {
        self.terms.as_mut().expect("a purpose").status_needed = true;
        self
    }

    /// Names an entry of a status list in the MSO.
    pub(super) fn named(self, index: u64, uri: &str) -> Self {
        self.status(StatusListInfo::new(index, uri).to_status())
    }

    /// Sets the MSO's `status`.
    pub(super) fn status(mut self, status: Value) -> Self {
        self.status = Some(status);
        self
    }

    /// Adds a list to the verifier's, verified at this time or at that of the verdict.
    pub(super) fn at_hand(mut self, list: Vec<u8>, verified_at: Option<Timestamp>) -> Self {
        self.lists.push((list, verified_at));
        self
    }

    pub(super) fn payload(&self) -> Vec<u8> {
        let mut draft = Draft::showing(&self.issuer, self.elements.clone(), &self.shown);
        if self.at != NOW {
            draft.set_time(self.at);
        }
        if let Some(purpose) = self.signed_purpose {
            draft.set_purpose(Value::text(purpose));
        }
        if let Some(doc_type) = self.doc_type {
            doc_type.clone_into(&mut draft.doc_type);
            set(&mut draft.mso, "docType", Value::text(doc_type));
        }
        if let Some(status) = &self.status {
            set(&mut draft.mso, "status", status.clone());
        }
        deflate(&draft.inflated())
    }

    /// Returns the file of a rule that gives this code.
    pub(super) fn gives(
        self,
        rule: &'static str,
        verdict: Verdict,
        code: &str,
        description: &str,
    ) -> Hostile {
        let mut hostile = self.passes(rule, description);
        (hostile.expect.verdict, hostile.expect.code) = (verdict, Some(code.to_owned()));
        hostile
    }

    /// Returns the file of a rule that is kept.
    pub(super) fn passes(self, rule: &'static str, description: &str) -> Hostile {
        let mut hostile = Hostile::accepted(rule, None, description, self.payload()).at(self.at);
        let terms = self.terms.as_ref().map(Terms::from);
        let mut status_lists = Vec::new();
        for ((list, verified_at), file) in self.lists.into_iter().zip(["status.cwt", "status-2.cwt"]) {
            hostile.beside.push((file, list));
            status_lists.push(ListAtHand { file: file.to_owned(), verified_at });
        }
        hostile.given(Given { terms, status_lists, ..Given::default() })
    }
}

/// Returns the terms about the usual vehicle of their purpose.
fn with_vehicle(terms: ::verdict::Terms) -> ::verdict::Terms {
    ::verdict::Terms { vehicle: Some(terms.judged_vehicle()), ..terms }
}

/// Returns a resident identity number of an area that was never assigned, with the right check character.
pub(super) fn number(birth_date: &str, sequence: &str) -> String {
    let first = format!("000000{}{sequence}", birth_date.replace('-', ""));
    format!("{first}{}", check_character(&first).expect("17 digits"))
}

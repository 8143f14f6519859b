//! The elements that a policy asks of documents of each profile, and whether they are kept.

use licence::elements::{AGES_ISSUED, id, namespace_of};
use licence::{AAMVA_NAMESPACE, Fact, ISO_NAMESPACE, Profile};

use super::document::{AskedFact, Policy};
use super::rule::Rule;

/// An element that is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedElement {
    /// Its namespace.
    pub namespace: &'static str,
    /// Its identifier.
    pub identifier: String,
    /// Whether it is kept.
    pub intent_to_retain: bool,
    /// Whether the holder may leave it out.
    pub optional: bool,
}

impl Policy {
    /// Returns the elements that are asked of a licence of this profile, each once; nothing of the profiles that are no licence.
    ///
    /// What a document cannot have is not asked, and neither is what no rule reads of such a document: a stop age is of Chinese
    /// classes. Where both are asked, the name in national characters stands for the one in Latin letters, and the end of a
    /// number for the whole. `by_answer` says how an age is asked of other than Chinese licences: by the issuer's answer,
    /// which not every licence has, or else by the date of birth.
    pub fn elements(&self, profile: Profile, by_answer: bool) -> Vec<AskedElement> {
        let mut elements: Vec<AskedElement> = Vec::new();
        if !profile.is_licence() {
            return elements;
        }
        for asked in self.document().facts.iter().filter(|asked| self.is_asked_of(asked, profile)) {
            for identifier in self.identifiers(asked.fact, profile, by_answer) {
                let (intent_to_retain, optional) = (asked.intent_to_retain, asked.optional);
                match elements.iter_mut().find(|element| element.identifier == identifier) {
                    Some(element) => {
                        element.intent_to_retain |= intent_to_retain;
                        element.optional &= optional;
                    }
                    None => {
                        let namespace = namespace(&identifier, profile);
                        elements.push(AskedElement { namespace, identifier, intent_to_retain, optional });
                    }
                }
            }
        }
        elements
    }

    /// Whether a document of this profile has another fact that is asked as well and says enough.
    pub(crate) fn is_second(&self, fact: Fact, profile: Profile) -> bool {
        let first = match fact {
            Fact::Name => Fact::NationalName,
            Fact::Number => Fact::NumberLast4,
            _ => return false,
        };
        profile.has(first) && self.asks(first)
    }

    /// Whether a fact is asked of documents of this profile.
    pub(crate) fn is_asked_of(&self, asked: &AskedFact, profile: Profile) -> bool {
        let fact = asked.fact;
        let is_read = || {
            let of_stop_age = matches!(fact, Fact::BirthDate | Fact::BirthYear | Fact::Age);
            let lines = &mut self.document().rules.iter();
            lines.any(|line| match &line.rule {
                Rule::Vehicle { .. } if of_stop_age => profile == Profile::Cn,
                rule => rule.uses().contains(&fact),
            })
        };
        profile.has(fact)
            && !self.is_second(fact, profile)
            && (!matches!(fact, Fact::BirthDate | Fact::BirthYear | Fact::Age)
                || is_read()
                || asked.shown.is_some()
                || asked.intent_to_retain)
    }

    fn identifiers(&self, fact: Fact, profile: Profile, by_answer: bool) -> Vec<String> {
        let all = profile.elements(fact);
        let named = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect();
        match (fact, profile) {
            (Fact::Age, Profile::Cn) => self.ages_issued(),
            (Fact::Age, _) if by_answer => vec![format!("age_over_{:02}", self.age())],
            (Fact::Age | Fact::BirthYear, Profile::Iso | Profile::Us | Profile::Id | Profile::Age) => {
                named(&[id::BIRTH_DATE])
            }
            (Fact::Name | Fact::NationalName, _) | (Fact::Privileges, Profile::Us) => named(all),
            _ => named(all.get(..1).unwrap_or_default()),
        }
    }

    /// Returns the age that is asked; 18 without a rule about one.
    fn age(&self) -> u8 {
        let age = |rule: &Rule| match rule {
            Rule::Age { at_least, .. } => Some(*at_least),
            _ => None,
        };
        self.document().rules.iter().find_map(|line| age(&line.rule)).unwrap_or(18)
    }

    /// Returns the answers about an age that a Chinese licence has, of which one decides: the nearest above, and the nearest
    /// below if it is another.
    fn ages_issued(&self) -> Vec<String> {
        let age = i32::from(self.age());
        let above = AGES_ISSUED.iter().find(|(issued, _)| *issued >= age);
        let below = AGES_ISSUED.iter().rev().find(|(issued, _)| *issued <= age);
        let mut answers: Vec<String> =
            above.into_iter().chain(below).map(|(_, id)| (*id).to_owned()).collect();
        answers.dedup();
        answers
    }
}

fn namespace(identifier: &str, profile: Profile) -> &'static str {
    match (profile, identifier) {
        (Profile::Cn, _) => namespace_of(identifier).unwrap_or(ISO_NAMESPACE),
        (_, id::DOMESTIC_DRIVING_PRIVILEGES) => AAMVA_NAMESPACE,
        _ => ISO_NAMESPACE,
    }
}

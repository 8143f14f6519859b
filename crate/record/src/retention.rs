//! Which elements of a presentation are kept: those that a rule reads and whose policy says `intent_to_retain`.

use licence::elements::id;
use licence::{Fact, Profile};
use verdict::Policy;

/// The facts that are never kept unless a partner says so beside its policy.
pub const NEVER_BY_DEFAULT: [Fact; 2] = [Fact::Portrait, Fact::Number];

/// The facts that the validity of every document is read from.
const VALIDITY: [Fact; 3] = [Fact::ExpiryDate, Fact::LongTerm, Fact::IssueDate];

/// What of a presentation is kept.
#[derive(Debug, Clone, Copy)]
pub struct Retention<'a> {
    policy: &'a Policy,
    also: &'a [Fact],
}

impl<'a> Retention<'a> {
    /// Returns what a policy lets one keep: each element that it asks with `intent_to_retain` and that one of its rules, or
    /// the validity of the document, is read from; neither a portrait nor a whole number.
    pub const fn of(policy: &'a Policy) -> Self {
        Self { policy, also: &[] }
    }

    /// Returns the same with facts of [`NEVER_BY_DEFAULT`], where the policy lets one keep them.
    #[must_use]
    pub const fn with(self, also: &'a [Fact]) -> Self {
        Self { also, ..self }
    }

    /// Whether an element of a document of this profile is kept.
    pub fn keeps(&self, profile: Profile, namespace: &str, identifier: &str) -> bool {
        let allowed = |fact: &Fact| !NEVER_BY_DEFAULT.contains(fact) || self.also.contains(fact);
        let retained = [true, false].into_iter().any(|by_answer| {
            let asked = self.policy.elements(profile, by_answer);
            asked.iter().any(|element| {
                element.intent_to_retain && element.namespace == namespace && element.identifier == identifier
            })
        });
        let given = facts_of(profile, identifier);
        retained && given.iter().all(allowed) && given.iter().any(|fact| self.is_read(*fact))
    }

    fn is_read(&self, fact: Fact) -> bool {
        let rules = &self.policy.document().rules;
        VALIDITY.contains(&fact) || rules.iter().any(|line| line.rule.uses().contains(&fact))
    }
}

/// Returns the facts that an element gives in a document of this profile.
pub(crate) fn facts_of(profile: Profile, identifier: &str) -> Vec<Fact> {
    let answers = identifier.starts_with("age_over_") || identifier == id::AGE_BIRTH_YEAR;
    let gives = |fact: &Fact| {
        profile.elements(*fact).contains(&identifier) || (*fact == Fact::Age && answers && profile.has(*fact))
    };
    Fact::ALL.into_iter().filter(gives).collect()
}

/// Returns the facts that a rule of a policy, or what is no rule, is read from.
pub(crate) fn facts_read(policy: &Policy, rule: &str) -> Vec<Fact> {
    let lines = &policy.document().rules;
    match lines.iter().find(|line| line.rule.name() == rule) {
        Some(line) => line.rule.uses(),
        None if rule == "validity" => VALIDITY.to_vec(),
        None => Vec::new(),
    }
}

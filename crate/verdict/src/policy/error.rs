//! Why a policy or a case cannot be used.

use cbor::coded;
use licence::Fact;

use crate::message::{Arg, Message};

/// Why a policy is refused when it is loaded.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum PolicyError {
    /// The document is longer than 64 KiB.
    Size,
    /// It is no JSON of the schema; the text says where and what.
    Json(String),
    /// The id or the version is empty, too long, or has other characters than letters, digits, `.`, `-` and `_`.
    Id,
    /// A text is empty, or longer than 500 characters.
    Text(&'static str),
    /// The last day is before the first.
    Dates,
    /// There are no rules, or more than 32, or more than 32 facts.
    Count,
    /// A rule is there twice.
    RuleTwice(&'static str),
    /// A parameter of a rule is outside of its bounds.
    Parameter(&'static str),
    /// A fact is asked twice.
    FactTwice(Fact),
    /// A fact is asked that no rule reads, no person is shown, and nobody keeps.
    FactUnused(Fact),
    /// A rule reads a fact that is not asked.
    FactNotAsked {
        /// The rule.
        rule: &'static str,
        /// The fact.
        fact: Fact,
    },
    /// It asks what somebody may drive, and not for the status; or a bad status is only a note.
    StatusNotAsked,
}

const CLAUSE: &str = "Liangzheng licence profile, 12";

coded!(PolicyError as PolicyCode {
    Size => "policy-size", "policy", CLAUSE;
    Json [problem] => "policy-json", "policy", CLAUSE;
    Id => "policy-id", "policy", CLAUSE;
    Text [field] => "policy-text", "policy", CLAUSE;
    Dates => "policy-dates", "policy", CLAUSE;
    Count => "policy-count", "policy", CLAUSE;
    RuleTwice [rule] => "policy-rule-twice", "policy", CLAUSE;
    Parameter [rule] => "policy-parameter", "policy", CLAUSE;
    FactTwice [fact] => "policy-fact-twice", "policy", CLAUSE;
    FactUnused [fact] => "policy-fact-unused", "policy", CLAUSE;
    FactNotAsked [rule, fact] => "policy-fact-not-asked", "policy", CLAUSE;
    StatusNotAsked => "policy-status-not-asked", "policy", CLAUSE;
});

impl PolicyError {
    /// Returns the plain reason, with what it is about.
    pub fn message(&self) -> Message {
        let text = |text: &str| Arg::Text(licence::ShownText::new(text, 300));
        let args = match self {
            PolicyError::Json(problem) => vec![("problem", text(problem))],
            PolicyError::Text(field) => vec![("field", text(field))],
            PolicyError::RuleTwice(rule) | PolicyError::Parameter(rule) => vec![("rule", text(rule))],
            PolicyError::FactTwice(fact) | PolicyError::FactUnused(fact) => {
                vec![("fact", text(fact.code()))]
            }
            PolicyError::FactNotAsked { rule, fact } => {
                vec![("rule", text(rule)), ("fact", text(fact.code()))]
            }
            PolicyError::Size
            | PolicyError::Id
            | PolicyError::Dates
            | PolicyError::Count
            | PolicyError::StatusNotAsked => Vec::new(),
        };
        Message::of_code(self.kind().info(), args)
    }
}

/// Why a case is refused. It names no value: a case has a name and the end of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum CaseError {
    /// It is no JSON of the schema, or longer than 4 KiB.
    Form,
    /// The last day is before the first.
    Dates,
    /// The name or the end of the number is empty or too long.
    Text,
}

coded!(CaseError as CaseCode {
    Form => "case-form", "policy", CLAUSE;
    Dates => "case-dates", "policy", CLAUSE;
    Text => "case-text", "policy", CLAUSE;
});

cbor::stage_error!(PolicyError);
cbor::stage_error!(CaseError);

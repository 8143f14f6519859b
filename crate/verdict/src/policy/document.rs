//! A policy as a document: what is asked, why, and what decides.

use cbor::{Date, Timestamp};
use licence::Fact;
use serde::{Deserialize, Serialize};

use super::rule::RuleLine;
use crate::purpose::{Purpose, Terms};

/// A text in both languages, each of 1 to 500 characters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// 简体中文.
    #[serde(rename = "zh-CN")]
    pub zh: String,
    /// English.
    pub en: String,
}

/// A fact that is asked, and why.
///
/// It is read by a rule, or shown to a person, or kept; a fact that is none of these is refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AskedFact {
    /// The fact.
    #[cfg_attr(feature = "schema", schemars(schema_with = "super::schema::fact"))]
    pub fact: Fact,
    /// Whether the partner keeps it after the decision (`intent_to_retain` of ISO/IEC 18013-5 and DCQL).
    pub intent_to_retain: bool,
    /// Whether the holder may leave it out; else a fact that was not shown is for a person to review.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub optional: bool,
    /// Why a person is shown it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shown: Option<Words>,
}

/// The document of a policy. [`Policy::from_json`] reads and checks one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PolicyDocument {
    /// The address of the schema, for editors. It has no effect.
    #[serde(rename = "$schema", default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
    /// Its name: 1 to 64 letters, digits, `.`, `-` and `_`.
    pub id: String,
    /// Its version, written as the id.
    pub version: String,
    /// The first day on which it decides.
    #[cfg_attr(feature = "schema", schemars(schema_with = "super::schema::date"))]
    pub valid_from: Date,
    /// The last day on which it decides.
    #[cfg_attr(feature = "schema", schemars(schema_with = "super::schema::date"))]
    pub valid_to: Date,
    /// The purpose that a wallet signs; a presentation for another one is for a person to review.
    #[cfg_attr(feature = "schema", schemars(schema_with = "super::schema::kind"))]
    pub kind: Purpose,
    /// For what the facts are asked, in words for the holder.
    pub purpose: Words,
    /// Who asks, and how to reach them.
    pub contact: Words,
    /// The facts that are asked, at most 32, each once.
    pub facts: Vec<AskedFact>,
    /// The rules in the order in which their reasons are given, 1 to 32, each once.
    pub rules: Vec<RuleLine>,
}

impl PolicyDocument {
    pub(super) fn is_about_driving(&self) -> bool {
        self.rules.iter().any(|line| line.rule.is_about_driving())
    }
}

/// A policy that was checked: each fact that it asks has a use, and each rule reads what is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    document: PolicyDocument,
    sha256: [u8; 32],
}

impl Policy {
    /// Creates a policy of a document that was checked, with the hash of its canonical form.
    pub(super) fn checked(document: PolicyDocument, sha256: [u8; 32]) -> Policy {
        Policy { document, sha256 }
    }

    /// Returns the document.
    pub fn document(&self) -> &PolicyDocument {
        &self.document
    }

    /// Returns SHA-256 of the document in canonical form (RFC 8785): equal for any order of members and any white space.
    pub fn sha256(&self) -> &[u8; 32] {
        &self.sha256
    }

    /// Whether it asks for a fact.
    pub fn asks(&self, fact: Fact) -> bool {
        self.document.facts.iter().any(|asked| asked.fact == fact)
    }

    /// Whether one of its rules asks what the holder may drive.
    pub fn is_about_driving(&self) -> bool {
        self.document.is_about_driving()
    }

    /// Returns the terms with which a presentation is verified for [`Policy::decide`](Policy::decide): whether it is genuine and
    /// valid, and what its status says, of any age. The rules are asked afterwards.
    pub fn terms(&self, now: Timestamp, utc_offset_seconds: i32) -> Terms {
        let today = now.date_at(utc_offset_seconds);
        Terms { utc_offset_seconds, ..Terms::default_for(Purpose::None, today) }
    }
}

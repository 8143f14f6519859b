//! Reading a policy: bounds, and whether it asks what it reads and reads what it asks.

use licence::Fact;
use sha2::{Digest, Sha256};

use super::document::{AskedFact, Policy, PolicyDocument, Words};
use super::error::PolicyError;
use super::rule::{Effect, PointsBand, Rule, RuleLine, VALIDITY};

/// Most bytes of a document.
const SIZE_MAX: usize = 64 * 1024;
/// Most rules, and most facts.
const COUNT_MAX: usize = 32;
/// Most characters of a text for people.
const TEXT_MAX: usize = 500;
/// Most characters of an id, a version, a country or the name of a list.
const NAME_MAX: usize = 64;
/// Most entries of a list in a parameter.
const LIST_MAX: usize = 256;
/// Most hours of the age of a status: a year.
const HOURS_MAX: u16 = 8760;

impl Policy {
    /// Reads and checks a policy.
    ///
    /// # Errors
    /// Fails if the bytes are no JSON of the schema, if a text or a parameter is outside of its bounds, if a fact is asked that
    /// is neither read by a rule, nor shown, nor kept, if a rule reads a fact that is not asked, and if the policy asks what
    /// somebody may drive and not for the status.
    pub fn from_json(json: &[u8]) -> Result<Policy, PolicyError> {
        let (document, sha256) = read(json)?;
        Ok(Policy::checked(document, sha256))
    }

    /// Checks a document that was made by a program.
    ///
    /// # Errors
    /// As [`Policy::from_json`].
    pub fn new(document: PolicyDocument) -> Result<Policy, PolicyError> {
        let json = serde_json::to_vec(&document).map_err(|error| PolicyError::Json(error.to_string()))?;
        Policy::from_json(&json)
    }
}

/// Returns a document and the hash of its canonical form.
fn read(json: &[u8]) -> Result<(PolicyDocument, [u8; 32]), PolicyError> {
    if json.len() > SIZE_MAX {
        return Err(PolicyError::Size);
    }
    let problem = |error: serde_json::Error| PolicyError::Json(error.to_string());
    // Typed first: it refuses members that are unknown, or there twice.
    let document: PolicyDocument = serde_json::from_slice(json).map_err(problem)?;
    check(&document)?;
    let value: serde_json::Value = serde_json::from_slice(json).map_err(problem)?;
    let canonical = serde_jcs::to_vec(&value).map_err(problem)?;
    Ok((document, Sha256::digest(&canonical).into()))
}

fn check(document: &PolicyDocument) -> Result<(), PolicyError> {
    if ![&document.id, &document.version].into_iter().all(|name| is_name(name)) {
        return Err(PolicyError::Id);
    }
    let shown = document.facts.iter().filter_map(|asked| Some(("shown", asked.shown.as_ref()?)));
    let texts = [("purpose", &document.purpose), ("contact", &document.contact)];
    if let Some((field, _)) = texts.into_iter().chain(shown).find(|(_, words)| !is_text(words)) {
        return Err(PolicyError::Text(field));
    }
    if document.schema.as_ref().is_some_and(|schema| schema.len() > TEXT_MAX) {
        return Err(PolicyError::Text("$schema"));
    }
    if document.valid_to < document.valid_from {
        return Err(PolicyError::Dates);
    }
    if !(1..=COUNT_MAX).contains(&document.rules.len()) || document.facts.len() > COUNT_MAX {
        return Err(PolicyError::Count);
    }
    rules(document)?;
    facts(document)
}

fn is_name(text: &str) -> bool {
    let part = |byte: u8| byte.is_ascii_alphanumeric() || b".-_".contains(&byte);
    (1..=NAME_MAX).contains(&text.len()) && text.bytes().all(part)
}

fn is_text(words: &Words) -> bool {
    [&words.zh, &words.en]
        .into_iter()
        .all(|text| !text.trim().is_empty() && text.chars().take(TEXT_MAX + 1).count() <= TEXT_MAX)
}

fn rules(document: &PolicyDocument) -> Result<(), PolicyError> {
    let mut names = Vec::new();
    for line in &document.rules {
        let name = line.rule.name();
        if names.contains(&name) {
            return Err(PolicyError::RuleTwice(name));
        }
        names.push(name);
        if !parameters_fit(&line.rule) {
            return Err(PolicyError::Parameter(name));
        }
    }
    let driving = document.is_about_driving();
    let status = document.rules.iter().find(|line| matches!(line.rule, Rule::Status { .. }));
    let noted = |line: &&RuleLine| line.on_fail == Effect::Note || line.on_undetermined == Effect::Note;
    // Who asks what somebody may drive must hear of a licence that is suspended.
    if driving && status.is_none_or(|line| noted(&line)) {
        return Err(PolicyError::StatusNotAsked);
    }
    Ok(())
}

fn parameters_fit(rule: &Rule) -> bool {
    match rule {
        Rule::Age { at_least, .. } => (1..=120).contains(at_least),
        Rule::YearsHeld { at_least, .. } => at_least.is_none_or(|years| (1..=80).contains(&years)),
        Rule::Vehicle { state_classes, iso_states, .. } => {
            state_classes.len() <= LIST_MAX && iso_states.len() <= LIST_MAX
        }
        Rule::StatusAge { at_most_hours } => (1..=HOURS_MAX).contains(at_most_hours),
        Rule::Points { below } => (1..=12).contains(below),
        Rule::PointsBands { bands } => bands_fit(bands),
        Rule::Booking { compare_name, compare_number } => *compare_name || *compare_number,
        Rule::TrustedIssuer { countries, lists } => {
            let country = |text: &String| text.len() == 2 && text.bytes().all(|b| b.is_ascii_uppercase());
            let list = |text: &String| (1..=NAME_MAX).contains(&text.chars().take(NAME_MAX + 1).count());
            let count = countries.len() + lists.len();
            (1..=LIST_MAX).contains(&count) && countries.iter().all(country) && lists.iter().all(list)
        }
        Rule::BirthYear { .. }
        | Rule::Novice { .. }
        | Rule::ValidThrough { .. }
        | Rule::Status { .. }
        | Rule::Face {}
        | Rule::ProfessionalCertificate {}
        | Rule::Strict {}
        | Rule::MayDrive
        | Rule::ValidNow => true,
    }
}

/// Whether bands begin at 0 and follow each other without gaps, up to at most 11 points.
fn bands_fit(bands: &[PointsBand]) -> bool {
    let mut next = 0;
    for band in bands {
        if band.from != next || band.to < band.from || band.to > 11 {
            return false;
        }
        next = band.to + 1;
    }
    (1..=12).contains(&bands.len())
}

fn facts(document: &PolicyDocument) -> Result<(), PolicyError> {
    let mut asked = Vec::new();
    for AskedFact { fact, .. } in &document.facts {
        if asked.contains(fact) {
            return Err(PolicyError::FactTwice(*fact));
        }
        asked.push(*fact);
    }
    let driving = document.is_about_driving();
    for line in &document.rules {
        for group in line.rule.needs() {
            if let Some(fact) = group.first().filter(|_| !group.iter().any(|fact| asked.contains(fact))) {
                return Err(PolicyError::FactNotAsked { rule: line.rule.name(), fact: *fact });
            }
        }
    }
    // The validity of a licence is read from it, whatever the rules are.
    if driving && !asked.contains(&Fact::ExpiryDate) {
        return Err(PolicyError::FactNotAsked { rule: "validity", fact: Fact::ExpiryDate });
    }
    let mut used: Vec<Fact> = document.rules.iter().flat_map(|line| line.rule.uses()).collect();
    if asked.contains(&Fact::ExpiryDate) {
        used.extend(VALIDITY);
    }
    let idle =
        |line: &&AskedFact| !used.contains(&line.fact) && line.shown.is_none() && !line.intent_to_retain;
    match document.facts.iter().find(idle) {
        Some(line) => Err(PolicyError::FactUnused(line.fact)),
        None => Ok(()),
    }
}

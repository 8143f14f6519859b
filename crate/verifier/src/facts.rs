//! The facts that a policy asked for, and nothing else of what was shown.

use std::collections::BTreeMap;

use licence::{Fact, LicenceView};
use serde::Serialize;
use serde_json::{Value, json};
use verdict::Policy;

/// The profile, and each asked fact that was shown, by its code.
#[derive(Serialize)]
pub(crate) struct Facts {
    profile: &'static str,
    #[serde(flatten)]
    shown: BTreeMap<&'static str, Value>,
}

impl Facts {
    /// Returns what the policy asks for.
    pub(crate) fn of(view: &LicenceView, policy: &Policy) -> Self {
        let asked = Fact::ALL.into_iter().filter(|fact| policy.asks(*fact));
        let shown = asked.filter_map(|fact| Some((fact.code(), value(view, fact)?))).collect();
        Self { profile: view.fields.profile.code(), shown }
    }
}

/// Returns the portrait, if it is asked for and can be shown.
pub(crate) fn portrait(view: &LicenceView, policy: &Policy) -> Option<Vec<u8>> {
    let portrait = view.portrait.as_ref().filter(|_| policy.asks(Fact::Portrait));
    portrait.map(|portrait| portrait.bytes.clone())
}

fn value(view: &LicenceView, fact: Fact) -> Option<Value> {
    let facts = &view.fields;
    Some(match fact {
        Fact::Name => json!(facts.names().1?),
        Fact::NationalName => json!(view.national_name()?),
        Fact::BirthDate => json!(facts.birth_date?),
        Fact::Age => match (facts.age_in_years, facts.age_over.is_empty()) {
            (None, true) => return None,
            (years, _) => json!({ "years": years, "over": facts.age_over }),
        },
        Fact::BirthYear => json!(facts.birth_year?),
        // Its bytes are returned apart.
        Fact::Portrait => return None,
        Fact::Sex => json!(facts.sex?),
        Fact::Number => json!(facts.document_number.as_ref()?),
        Fact::NumberLast4 => json!(facts.number_last4.as_ref()?),
        Fact::IssuingCountry => json!(facts.issuing_country.as_ref().or(facts.certificate_country.as_ref())?),
        Fact::IssuingJurisdiction => {
            json!(facts.issuing_jurisdiction.as_ref().or(facts.certificate_state.as_ref())?)
        }
        Fact::IssuingAuthority => {
            json!(facts.issuing_authority_zh.as_ref().or(facts.issuing_authority.as_ref())?)
        }
        Fact::IssueDate => json!(facts.issue_date?),
        Fact::ExpiryDate => json!(facts.expiry_date?),
        Fact::LongTerm => json!(facts.long_term?),
        Fact::Privileges => match (&facts.classes, &facts.domestic_privileges, &facts.driving_privileges) {
            (None, None, None) => return None,
            (classes, domestic, iso) => json!({ "classes": classes, "domestic": domestic, "iso": iso }),
        },
        Fact::StatusLetters => {
            let status = facts.status.as_ref()?;
            json!({ "letters": status.letters.text(), "as_of": status.as_of, "until": status.until })
        }
        Fact::Points => json!(facts.points?),
        Fact::ExtendedUntil => json!(facts.extended_until?),
        Fact::NoviceUntil => json!(facts.novice_until?),
    })
}

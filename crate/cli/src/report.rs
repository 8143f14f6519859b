//! A verdict as JSON for programs and as lines for people.

use anyhow::{Context as _, Result};
use batch::Judged;
use cbor::Timestamp;
use licence::LicenceView;
use serde_json::{Map, Value, json};
use verdict::{
    Check, CheckState, Colour, Issuer, IssuerVerdict, Layer, LayerId, Message, Purpose, Verdict,
    VerifierContext,
};

use crate::exit::Exit;
use crate::input::to_hex;
use crate::output::Output;
use crate::policy::Decided;
use crate::say::{language, next_step, say, tr, without_name};

/// The common fields of both types of verdict.
pub(crate) struct Report<'a> {
    /// `presentation` or `issuer-data`.
    kind: &'static str,
    colour: Colour,
    headline: &'a Message,
    subline: Option<&'a Message>,
    layers: &'a [Layer; 5],
    notes: &'a [Message],
    demo: bool,
    issuer: Option<&'a Issuer>,
    view: Option<&'a LicenceView>,
    purpose: Purpose,
    at: Timestamp,
    /// What the policy of a partner decides.
    decided: Option<Decided>,
}

impl<'a> Report<'a> {
    /// Creates the report of what was judged.
    pub(crate) fn of(judged: &'a Judged, context: &VerifierContext<'_>) -> Self {
        match judged {
            Judged::Presentation(verdict) => {
                Self::of_presentation(verdict, context.terms.purpose, context.now)
            }
            Judged::IssuerData(verdict) => Self::of_issuer_data(verdict, context.terms.purpose),
        }
    }

    /// Creates the report of a presentation.
    fn of_presentation(verdict: &'a Verdict, purpose: Purpose, at: Timestamp) -> Self {
        Self {
            kind: "presentation",
            colour: verdict.colour,
            headline: &verdict.headline,
            subline: verdict.subline.as_ref(),
            layers: &verdict.layers,
            notes: &verdict.notes,
            demo: verdict.demo,
            issuer: verdict.issuer.as_ref(),
            view: verdict.view.as_ref(),
            purpose,
            at,
            decided: None,
        }
    }

    /// Creates the report of issuer data.
    fn of_issuer_data(verdict: &'a IssuerVerdict, purpose: Purpose) -> Self {
        Self {
            kind: "issuer-data",
            colour: verdict.colour,
            headline: &verdict.headline,
            subline: verdict.subline.as_ref(),
            layers: &verdict.layers,
            notes: &verdict.notes,
            demo: verdict.demo,
            issuer: verdict.issuer.as_ref(),
            view: verdict.view.as_ref(),
            purpose,
            at: verdict.at,
            decided: None,
        }
    }

    /// Adds what a policy decides.
    pub(crate) fn decided(self, decided: Option<Decided>) -> Self {
        Self { decided, ..self }
    }

    /// Returns the exit status: that of the decision, if a policy decides.
    fn exit(&self) -> Exit {
        self.decided.as_ref().map_or(Exit::from(self.colour), Decided::exit)
    }

    /// Writes it and returns the exit status.
    pub(crate) fn write(&self, as_json: bool, out: &mut Output) -> Result<Exit> {
        if as_json {
            out.json(&self.to_json()?)?
        } else {
            self.print(out)?
        }
        Ok(self.exit())
    }

    fn to_json(&self) -> Result<Value> {
        let layers = self.layers.iter().map(layer_json);
        let reasons = self.reasons().map(|(layer, check)| {
            let mut reason = check_json(check);
            reason.insert("layer".into(), layer.text().into());
            reason.insert("next".into(), next_step(&check.message).into());
            Value::Object(reason)
        });
        let notes = self.notes.iter().map(|note| json!({ "key": note.code, "text": say(note) }));
        let licence = self.view.map(|view| serde_json::to_value(&view.fields)).transpose();
        let mut report = json!({
            "verdict": Exit::from(self.colour).verdict(),
            "kind": self.kind,
            "policy": self.purpose.code(),
            "at": self.at.format_tdate(),
            "language": language().tag(),
            "headline": say(self.headline),
            "subline": self.subline.map(say),
            "layers": layers.collect::<Vec<_>>(),
            "reasons": reasons.collect::<Vec<_>>(),
            "notes": notes.collect::<Vec<_>>(),
            "demo": self.demo,
            "issuer": self.issuer.map(issuer_json),
            "licence": licence.context("JSON")?,
        });
        if let Some((decided, report)) = self.decided.as_ref().zip(report.as_object_mut()) {
            report.insert("decision".into(), decided.to_json()?);
        }
        Ok(report)
    }

    /// Returns every failed check, then every undetermined one, in the order of the layers.
    fn reasons(&self) -> impl Iterator<Item = (LayerId, &Check)> {
        let of = |state: CheckState| {
            let layers = self.layers.iter();
            layers.flat_map(move |layer| {
                layer.checks.iter().filter(move |check| check.state == state).map(|check| (layer.id, check))
            })
        };
        of(CheckState::Fail).chain(of(CheckState::Undetermined))
    }

    fn print(&self, out: &mut Output) -> Result<()> {
        if let Some(decided) = &self.decided {
            decided.print(out)?;
        }
        out.verdict(self.colour, &format!("{} {}", mark(self.colour), say(self.headline)))?;
        if let Some(subline) = self.subline {
            out.line(&format!("  {}", say(subline)))?;
        }
        for layer in self.layers {
            let sign = match layer.state {
                CheckState::Pass => "+",
                CheckState::Fail => "x",
                CheckState::Undetermined => "?",
                CheckState::NotAsked => "-",
            };
            out.line(&format!("  {sign} {}: {}", tr(layer.id.key()), say(&layer.summary)))?;
        }
        for (layer, check) in self.reasons() {
            let clause = check.code.clause();
            out.line(&format!("  {} [{}; {clause}]", say(&check.message), check.code))?;
            if let Some(next) = next_step(&check.message).filter(|_| layer != LayerId::Policy) {
                out.line(&format!("    {next}"))?;
            }
        }
        if let Some(view) = self.view {
            // An answer about an age alone is no answer about a person.
            let without = without_name(&view.fields).filter(|_| self.purpose != Purpose::AgeOnly);
            let names = [view.national_name(), view.latin_name(), without, view.classes_text()];
            let shown: Vec<String> = names.into_iter().flatten().collect();
            if !shown.is_empty() {
                out.line(&format!("  {}", shown.join("  ")))?;
            }
        }
        for note in self.notes {
            out.faint(&format!("  {}", say(note)))?;
        }
        Ok(())
    }
}

fn mark(colour: Colour) -> &'static str {
    match colour {
        Colour::Green => "[+]",
        Colour::Amber => "[?]",
        Colour::Red => "[x]",
    }
}

fn layer_json(layer: &Layer) -> Value {
    let checks = layer.checks.iter().map(|check| {
        let mut checked = check_json(check);
        checked.insert("state".into(), check.state.text().into());
        Value::Object(checked)
    });
    json!({
        "id": layer.id.text(),
        "state": layer.state.text(),
        "text": say(&layer.summary),
        "checks": checks.collect::<Vec<_>>(),
    })
}

fn check_json(check: &Check) -> Map<String, Value> {
    let mut map = Map::new();
    map.insert("code".into(), check.code.text().into());
    map.insert("clause".into(), check.code.clause().into());
    map.insert("text".into(), say(&check.message).into());
    map
}

fn issuer_json(issuer: &Issuer) -> Value {
    json!({
        "label": issuer.label.as_str(),
        "lists": issuer.lists.iter().map(|list| list.as_str()).collect::<Vec<_>>(),
        "country": issuer.country.as_str(),
        "anchorSpkiSha256": to_hex(&issuer.anchor_spki_sha256),
        "dsSha256": to_hex(&issuer.ds_sha256),
    })
}

//! From a decision to a record: what the caller knows, put together with what the journal knows.

use cbor::Timestamp;
use licence::Fact;
use verdict::{Case, Decision, Issuer, Policy, RuleOutcome};

use crate::error::RecordError;
use crate::hash::{Hash, Moment, RecordId};
use crate::payload::{Payload, case_digest};
use crate::presentation::Presentation;
use crate::record::{
    IssuerKeys, Lists, Override, PiiInformation, Record, RecordedRule, SCHEMA_VERSION, SeenDocument, Settings,
};
use crate::retention::Retention;

/// Most characters of a text that the caller gives: place, operator, reason.
pub const TEXT_MAX: usize = 200;
/// Most bytes of the names of elements, namespaces and types as JSON, of all documents; the names beyond are left out, so that
/// no presentation is too large to be recorded.
const NAMES_MAX: usize = 12 * 1024;
/// Most characters of a name.
const NAME_MAX: usize = 128;

/// The reasons of a decision that are no rules of a policy and that nobody can override while they fail.
const PROOFS: [&str; 4] = ["integrity", "presenter", "validity", "revocation"];

/// What is kept beside the record, and until when.
#[derive(Debug, Clone, Copy)]
pub struct Keep<'a> {
    /// When it is to be erased.
    pub until: Timestamp,
    /// Facts of [`NEVER_BY_DEFAULT`](crate::NEVER_BY_DEFAULT) that are kept where the policy lets one.
    pub also: &'a [Fact],
}

/// What a record is made of. Random bytes and time are the caller's.
#[derive(Debug, Clone)]
pub struct Draft<'a> {
    /// 16 random bytes.
    pub record_id: [u8; 16],
    /// 32 random bytes, which are kept in the payload alone.
    pub salt: [u8; 32],
    /// By how many seconds the clock may be wrong, if that is known.
    pub clock_doubt_seconds: Option<u32>,
    /// Who operates the verifier, by the partner's own sign.
    pub operator: Option<&'a str>,
    /// Where.
    pub place: Option<&'a str>,
    /// The program and its version.
    pub program: &'a str,
    /// The policy that decided.
    pub policy: &'a Policy,
    /// The case that it was asked about, with what a person said of the face.
    pub case: &'a Case,
    /// What it decided.
    pub decision: &'a Decision,
    /// The issuer of the verdict.
    pub issuer: Option<&'a Issuer>,
    /// What was presented.
    pub presentation: Presentation<'a>,
    /// What the verifier was set to.
    pub settings: Settings,
    /// The files that the verdict rested on.
    pub lists: Lists,
    /// What a person decided instead.
    pub overridden: Option<Override>,
    /// What is kept; `None` for nothing.
    pub keep: Option<Keep<'a>>,
}

/// Whether a person may decide something better than this decision: not while the document is not genuine, its presenter
/// is wrong, or it is not valid or revoked.
pub fn may_override(decision: &Decision) -> bool {
    !decision
        .reasons
        .iter()
        .any(|reason| reason.outcome == RuleOutcome::Fail && PROOFS.contains(&reason.rule.as_ref()))
}

impl Draft<'_> {
    /// Returns the record at this place of a journal, and its payload.
    pub(crate) fn record(
        &self,
        sequence: u64,
        prev: Option<Hash>,
    ) -> Result<(Record, Option<Vec<u8>>), RecordError> {
        self.check()?;
        let record_id = RecordId(self.record_id);
        let payload = self.keep.map(|keep| self.payload(record_id, &keep)).transpose()?;
        let document = self.policy.document();
        let decision = self.decision;
        let rules = decision.reasons.iter().map(|reason| RecordedRule {
            rule: reason.rule.clone().into_owned(),
            outcome: reason.outcome,
            code: reason.code.map(|code| code.text().to_owned()),
            effect: reason.effect,
        });
        let mut lists = self.lists.clone();
        [&mut lists.trust, &mut lists.status, &mut lists.revocation].into_iter().for_each(|list| {
            list.sort_unstable();
            list.dedup();
        });
        let record = Record {
            schema_version: SCHEMA_VERSION,
            record_id,
            sequence,
            prev,
            event_time: Moment(decision.at),
            clock_doubt_seconds: self.clock_doubt_seconds,
            entity_id: self.operator.map(str::to_owned),
            processing_location: self.place.map(str::to_owned),
            pii_controller: document.contact.clone(),
            purpose: document.purpose.clone(),
            collection_method: self.presentation.form,
            policy: decision.policy.clone(),
            case_digest: case_digest(&self.salt, self.case)?,
            settings: self.settings.clone(),
            lists,
            program: self.program.to_owned(),
            issuer: self.issuer.map(|issuer| IssuerKeys {
                country: issuer.country.as_str().to_owned(),
                key_id: Hash(issuer.ds_sha256),
                anchor: Hash(issuer.anchor_spki_sha256),
            }),
            documents: self.documents(),
            rules: rules.collect(),
            decision: decision.outcome,
            face: self.case.face,
            overridden: self.overridden.clone(),
            keep_until: self.keep.map(|keep| Moment(keep.until)),
            payload_sha256: payload.as_deref().map(Hash::of),
        };
        Ok((record, payload))
    }

    fn check(&self) -> Result<(), RecordError> {
        let overridden = self.overridden.as_ref();
        let texts = [
            ("operator", self.operator),
            ("place", self.place),
            ("program", Some(self.program)),
            ("audience", self.settings.audience.as_deref()),
            ("override.by", overridden.map(|overridden| overridden.by.as_str())),
            ("override.reason", overridden.map(|overridden| overridden.reason.as_str())),
        ];
        let wrong = |text: &str| {
            text.trim().is_empty()
                || text.chars().take(TEXT_MAX + 1).count() > TEXT_MAX
                || text.chars().any(char::is_control)
        };
        if let Some((field, _)) = texts.into_iter().find(|(_, text)| text.is_some_and(wrong)) {
            return Err(RecordError::Text(field));
        }
        let better = overridden.is_some_and(|overridden| overridden.decision < self.decision.outcome);
        if better && !may_override(self.decision) {
            return Err(RecordError::Override);
        }
        Ok(())
    }

    /// Returns what was seen; nothing where the issuer's proofs failed.
    fn documents(&self) -> Vec<SeenDocument> {
        if self.issuer.is_none() {
            return Vec::new();
        }
        let mut left = NAMES_MAX;
        let mut fits = |text: &str| {
            let text: String = text.chars().take(NAME_MAX).collect();
            let length = serde_json::to_string(&text).map_or(usize::MAX, |json| json.len().saturating_add(1));
            left = left.checked_sub(length)?;
            Some(text)
        };
        let documents = self.presentation.documents().into_iter().map(|shown| SeenDocument {
            doc_type: fits(&shown.doc_type).unwrap_or_default(),
            credential_digest: Hash::salted(&self.salt, &shown.mso),
            pii_information: shown
                .elements
                .iter()
                .filter_map(|(namespace, names)| {
                    let namespace = fits(namespace)?;
                    let pii_types: Vec<String> = names.iter().map_while(|name| fits(name)).collect();
                    (!pii_types.is_empty()).then_some(PiiInformation { namespace, pii_types })
                })
                .collect(),
        });
        documents.collect()
    }

    fn payload(&self, record_id: RecordId, keep: &Keep<'_>) -> Result<Vec<u8>, RecordError> {
        let retention = Retention::of(self.policy).with(keep.also);
        let keeps =
            |profile, namespace: &str, identifier: &str| retention.keeps(profile, namespace, identifier);
        let presentation = match self.issuer {
            Some(_) => self.presentation.redacted(&keeps),
            None => None,
        };
        let transcript = self.presentation.transcript.filter(|_| presentation.is_some());
        let payload = Payload {
            schema_version: SCHEMA_VERSION,
            record_id,
            salt: self.salt,
            form: self.presentation.form,
            case: self.case.clone(),
            transcript: transcript.map(<[u8]>::to_vec),
            presentation,
        };
        payload.to_bytes()
    }
}

//! A partner with a policy, a driver with a licence, and a journal of their meetings.

use cbor::Timestamp;
use liangzheng_record::{Appended, Draft, Form, Journal, Keep, Lists, Presentation, Settings};
use mdoc::TrustAnchors;
use serde_json::{Value, json};
use testkit::holder::TestHolder;
use testkit::issuer::TestIssuer;
use testkit::random::TestRandom;
use testkit::sample::licence_elements;
use verdict::{Case, Decision, Judged, Policy, READY_POLICIES, Verdict, VerifierContext, verify_one_way};

pub(crate) use testkit::sample::NOW;

pub(crate) const OFFSET: i32 = 8 * 3600;
const DAY: i64 = 86_400;

/// A ready policy after a change to its document.
pub(crate) fn policy(id: &str, change: impl FnOnce(&mut Value)) -> Policy {
    let (_, text) = READY_POLICIES.into_iter().find(|(have, _)| *have == id).expect("a ready policy");
    let mut json: Value = serde_json::from_str(text).expect("JSON");
    change(&mut json);
    Policy::from_json(&serde_json::to_vec(&json).expect("JSON")).expect("a policy")
}

pub(crate) fn rental() -> Policy {
    policy("rental-car", |_| {})
}

/// The rental policy that keeps whatever it reads, and asks no face.
pub(crate) fn keeps_all() -> Policy {
    policy("rental-car", |json| {
        json["id"] = "rental-car-kept".into();
        json["facts"].as_array_mut().expect("facts").remove(0);
        json["rules"].as_array_mut().expect("rules").pop();
        for fact in json["facts"].as_array_mut().expect("facts") {
            fact["intent_to_retain"] = Value::Bool(true);
        }
    })
}

pub(crate) fn case() -> Case {
    let json = json!({
        "vehicle": "car", "from": "2026-11-22", "until": "2026-11-25",
        "name": "测试一", "number_end": "0010", "face": "same"
    });
    Case::from_json(json.to_string().as_bytes()).expect("a case")
}

/// What a policy asks of the sample licence, presented for it at this moment.
pub(crate) fn presented(policy: &Policy, at: Timestamp) -> Vec<u8> {
    presented_with(policy, at, &[])
}

/// The same with more elements than were asked.
pub(crate) fn presented_with(policy: &Policy, at: Timestamp, more: &[&str]) -> Vec<u8> {
    let issuer = TestIssuer::default();
    let holder = TestHolder::with_elements(&issuer, NOW, licence_elements());
    let asked = policy.elements(licence::Profile::Cn, true);
    let elements = licence_elements();
    let wanted: Vec<(&str, &str)> = elements
        .iter()
        .filter(|(_, id, _)| more.contains(id) || asked.iter().any(|element| element.identifier == *id))
        .map(|(namespace, id, _)| (*namespace, *id))
        .collect();
    holder.present_for(policy.document().kind.code(), &wanted, at).payload().to_vec()
}

pub(crate) fn trust() -> TrustAnchors {
    TestIssuer::default().trust()
}

pub(crate) fn verdict(policy: &Policy, payload: &[u8], at: Timestamp) -> Verdict {
    let (trust, terms) = (trust(), policy.terms(at, OFFSET));
    verify_one_way(payload, &VerifierContext::new(at, &trust, &terms))
}

/// One meeting: what was shown and decided.
pub(crate) struct Meeting {
    pub(crate) policy: Policy,
    pub(crate) case: Case,
    pub(crate) payload: Vec<u8>,
    pub(crate) verdict: Verdict,
    pub(crate) decision: Decision,
    pub(crate) at: Timestamp,
}

impl Meeting {
    pub(crate) fn new(policy: Policy, at: Timestamp) -> Self {
        let payload = presented(&policy, at);
        Self::of(policy, payload, at)
    }

    pub(crate) fn of(policy: Policy, payload: Vec<u8>, at: Timestamp) -> Self {
        let (verdict, case) = (verdict(&policy, &payload, at), case());
        let decision = policy.decide(&Judged::from(&verdict), &case, at, OFFSET);
        Self { policy, case, payload, verdict, decision, at }
    }

    /// The draft of its record; ids and salts come from `label`.
    pub(crate) fn draft(&self, label: &str) -> Draft<'_> {
        let mut random = TestRandom::new(label);
        Draft {
            record_id: random.array(),
            salt: random.array(),
            clock_doubt_seconds: Some(2),
            operator: Some("desk-7"),
            place: Some("上海虹桥店"),
            program: "tests 1.0",
            policy: &self.policy,
            case: &self.case,
            decision: &self.decision,
            issuer: self.verdict.issuer.as_ref(),
            presentation: Presentation { form: Form::OneWay, bytes: &self.payload, transcript: None },
            settings: Settings {
                utc_offset_seconds: OFFSET,
                strict: false,
                audience: None,
                clock_floor: None,
            },
            lists: Lists::default(),
            overridden: None,
            keep: Some(Keep { until: self.at.plus_seconds(365 * DAY), also: &[] }),
        }
    }
}

/// A journal of some records and what lies beside it.
pub(crate) fn journal(count: usize) -> (Journal, Vec<Appended>) {
    let meeting = Meeting::new(rental(), NOW);
    let mut journal = Journal::new();
    let appended = (0..count)
        .map(|number| journal.append(&meeting.draft(&format!("record {number}"))).expect("a record"))
        .collect();
    (journal, appended)
}

/// The file of a journal.
pub(crate) fn file(lines: &[Appended]) -> String {
    lines.iter().map(|appended| format!("{}\n", appended.line)).collect()
}

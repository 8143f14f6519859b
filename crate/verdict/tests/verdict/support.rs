//! A person, an issuer and a verifier for the tests of the whole way.

use cbor::Value;
use cbor::{Date, Timestamp};
use envelope::ReplayMemory;
use liangzheng_verdict::{
    CheckState, Face, LayerId, Purpose, Terms, Verdict, VerifierContext, verify_one_way,
};
use licence::{Class, HeldClass, LicenceFacts, NoviceUntil, Points, Sex, SignedStatus, StatusLetters};
use mdoc::TrustAnchors;
use mdoc::status_list::StatusLists;
use testkit::holder::TestHolder;
use testkit::issuer::TestIssuer;

pub(crate) type Named = (&'static str, &'static str, Value);

pub(crate) fn now() -> Timestamp {
    testkit::draft::NOW
}

pub(crate) fn today() -> Date {
    now().date_at(8 * 3600)
}

pub(crate) fn date(text: &str) -> Date {
    Date::parse(text).expect("a date")
}

/// A JPEG of these dimensions with nothing in it.
pub(crate) fn jpeg(width: u16, height: u16) -> Vec<u8> {
    let [h1, h0] = height.to_be_bytes();
    let [w1, w0] = width.to_be_bytes();
    let mut bytes = vec![0xFF, 0xD8, 0xFF, 0xC0, 0, 11, 8, h1, h0, w1, w0, 1, 1, 0x11, 0];
    bytes.extend([0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0, 0x12, 0x34, 0xFF, 0xD9]);
    bytes
}

/// An ordinary driver of a C1 car, with everything in order.
pub(crate) fn facts() -> LicenceFacts {
    let classes = vec![HeldClass { class: Class::C1, from: date("2015-03-01") }];
    LicenceFacts {
        family_name: "Ceshi".into(),
        given_name: "Yiren".into(),
        family_name_national: "测".into(),
        given_name_national: "试一".into(),
        sex: Sex::Female,
        birth_date: date("1990-03-07"),
        nationality: "CN".into(),
        document_number: "000000199003070028".into(),
        administrative_number: "000000000001".into(),
        core_number: "0000000000001".into(),
        portrait: jpeg(520, 756),
        portrait_small: jpeg(120, 174),
        first_issue_date: date("2015-03-01"),
        issue_date: date("2021-03-01"),
        expiry_date: date("2031-03-01"),
        long_term: false,
        novice_until: NoviceUntil::from_classes(&classes),
        classes,
        status: SignedStatus { letters: StatusLetters::parse("A"), as_of: now(), until: None },
        points: Points { incurred: 3, as_of: now() },
        extended_until: None,
        issuing_authority: "Test Traffic Police".into(),
        issuing_authority_zh: "测试交警支队".into(),
        resident_address: "Test Road 1".into(),
        resident_address_zh: "测试路1号".into(),
        record_zh: String::new(),
        generated_at: now(),
    }
}

/// What is shown to a verifier, who may know another issuer, another time, an earlier scan.
pub(crate) struct Scene {
    pub(crate) issuer: TestIssuer,
    pub(crate) elements: Vec<Named>,
    pub(crate) shown_for: Purpose,
    /// The purpose in Info; without one it is of version 1.
    pub(crate) signed: Option<&'static str>,
    pub(crate) with_portrait: bool,
    /// The elements that are shown, if not those of the purpose.
    pub(crate) only: Option<Vec<(&'static str, &'static str)>>,
    pub(crate) also_shown: Vec<(&'static str, &'static str)>,
    pub(crate) terms: Terms,
    pub(crate) shown_at: Timestamp,
    pub(crate) now: Timestamp,
    pub(crate) clock_floor: Timestamp,
    pub(crate) trust: TrustAnchors,
    pub(crate) memory: ReplayMemory,
    /// The MSO's `status`.
    pub(crate) status: Option<Value>,
    pub(crate) lists: StatusLists,
}

impl Scene {
    pub(crate) fn new(purpose: Purpose) -> Scene {
        Scene::of(purpose, &facts())
    }

    pub(crate) fn of(purpose: Purpose, facts: &LicenceFacts) -> Scene {
        let issuer = TestIssuer::default();
        Scene {
            trust: issuer.trust(),
            issuer,
            elements: facts.elements(now()).expect("facts that can be signed"),
            shown_for: purpose,
            signed: None,
            with_portrait: true,
            only: None,
            also_shown: Vec::new(),
            terms: with_vehicle(Terms::default_for(purpose, today())),
            shown_at: now(),
            now: now().plus_seconds(1),
            clock_floor: now().plus_seconds(-86_400),
            memory: ReplayMemory::new(),
            status: None,
            lists: StatusLists::new(),
        }
    }

    /// Puts another value in, or takes the element out.
    pub(crate) fn replace(&mut self, id: &str, value: Option<Value>) {
        self.elements.retain_mut(|element| {
            if element.1 != id {
                return true;
            }
            match &value {
                Some(value) => {
                    element.2 = value.clone();
                    true
                }
                None => false,
            }
        });
    }

    pub(crate) fn payload(&self) -> Vec<u8> {
        let holder = TestHolder::with_status(&self.issuer, now(), self.elements.clone(), self.status.clone());
        let mut wanted = self.only.clone().unwrap_or_else(|| self.shown_for.elements(self.with_portrait));
        wanted.extend(&self.also_shown);
        let shown = match self.signed {
            Some(purpose) => holder.present_for(purpose, &wanted, self.shown_at),
            None => holder.present(&wanted, self.shown_at, "nonce"),
        };
        shown.payload().to_vec()
    }

    pub(crate) fn context(&self) -> VerifierContext<'_> {
        VerifierContext {
            now: self.now,
            clock_floor: self.clock_floor,
            trust: &self.trust,
            memory: &self.memory,
            audience: None,
            status_lists: &self.lists,
            terms: &self.terms,
            signatures: &signature::RustCrypto,
            strict: false,
        }
    }

    pub(crate) fn verify_payload(&self, payload: &[u8]) -> Verdict {
        verify_one_way(payload, &self.context())
    }

    pub(crate) fn verdict(&self) -> Verdict {
        self.verify_payload(&self.payload())
    }
}

pub(crate) fn state(verdict: &Verdict, id: LayerId) -> CheckState {
    verdict.layer(id).expect("five layers").state
}

pub(crate) fn states(verdict: &Verdict) -> [CheckState; 5] {
    LayerId::ALL.map(|id| state(verdict, id))
}

pub(crate) fn has(verdict: &Verdict, code: &str) -> bool {
    verdict.checks().any(|check| check.code.text() == code)
}

pub(crate) fn noted(verdict: &Verdict, key: &str) -> bool {
    verdict.notes.iter().any(|note| note.code == key)
}

/// No element anywhere: neither in the view nor in a sentence.
pub(crate) fn hides_everything(verdict: &Verdict) {
    assert_eq!(verdict.view, None);
    assert_eq!(verdict.face, Face::NotShown);
    assert_eq!(verdict.facts_as_of, None);
    let text = serde_json::to_string(verdict).expect("json");
    for secret in ["测", "试一", "Ceshi", "199003070028", "1990-03-07", "2031-03-01"] {
        assert!(!text.contains(secret), "{secret}");
    }
}

/// Returns the terms about their usual vehicle, also for the roadside, which otherwise asks what may be driven.
pub(crate) fn with_vehicle(terms: Terms) -> Terms {
    Terms { vehicle: Some(terms.judged_vehicle()), ..terms }
}

//! A verifier with its policy, trust and status lists.

use cbor::Timestamp;
use mdoc::TrustAnchors;
use mdoc::status_list::{StatusLists, UnverifiedStatusList};
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use trust::{ListKind, ReceivedList, VerifiedList, status};
use verdict::Policy;
use wasm_bindgen::prelude::*;

use crate::answers::{Answers, Certificates, Provider, Question};
use crate::refusal::Refusal;

/// Most files of trust, and most status lists.
const FILES_MAX: usize = 64;

/// How far an operation came.
#[wasm_bindgen]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// It is done.
    Done = 0,
    /// It waits for answers about signatures.
    Signatures = 1,
    /// It waits for the caller's replay store.
    Replay = 2,
}

/// A policy, the issuers that the partner trusts, and the status lists that it has.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Engine {
    pub(crate) policy: Policy,
    /// Each with the number of its file.
    received: Vec<(usize, ReceivedList)>,
    refused: Vec<Refused>,
    tokens: Vec<UnverifiedStatusList>,
    verified: Vec<VerifiedList>,
    answers: Answers,
    pub(crate) certificates: Certificates,
    files: Files,
}

/// A part of a file that is not used.
#[derive(Debug, Clone, Serialize)]
struct Refused {
    /// The number of the file, from 0.
    file: usize,
    code: String,
}

/// SHA-256 of each file, in hexadecimal.
#[derive(Debug, Clone, Default, Serialize)]
struct Files {
    trust: Vec<String>,
    status: Vec<String>,
}

/// What was loaded.
#[derive(Serialize)]
struct Loaded<'a> {
    /// The names of the lists and authorities.
    trusted: Vec<&'a str>,
    refused: &'a [Refused],
    files: &'a Files,
    policy: serde_json::Value,
}

#[wasm_bindgen]
impl Engine {
    /// Reads a policy.
    ///
    /// # Errors
    /// The code of the reason why the policy is refused.
    #[wasm_bindgen(constructor)]
    pub fn new(policy: &[u8]) -> Result<Engine, String> {
        let policy = Policy::from_json(policy).map_err(|error| Refusal::from(error).text())?;
        Ok(Self {
            policy,
            received: Vec::new(),
            refused: Vec::new(),
            tokens: Vec::new(),
            verified: Vec::new(),
            answers: Answers::default(),
            certificates: Certificates::default(),
            files: Files::default(),
        })
    }

    /// Adds a file of trust: certificates or revocation lists in PEM, one of either in DER, or a trust list (VICAL).
    ///
    /// # Errors
    /// The code of the reason, if nothing of the file can be read.
    pub fn add_trust(&mut self, file: &[u8]) -> Result<(), String> {
        let number = self.files.trust.len();
        if number == FILES_MAX {
            return Err(Refusal::new("trust-files", FILES_MAX.to_string()).text());
        }
        let parts = ReceivedList::read_each(file).map_err(|error| Refusal::from(error).text())?;
        let (mut read, mut refused) = (Vec::new(), Vec::new());
        for part in parts {
            match part {
                Ok(list) => read.push((number, list)),
                Err(error) => refused.push(Refused { file: number, code: Refusal::from(error).code }),
            }
        }
        if let (true, Some(first)) = (read.is_empty(), refused.first()) {
            return Err(Refusal::new(&first.code, "trust").text());
        }
        self.files.trust.push(sha256(file));
        self.received.extend(read);
        self.refused.extend(refused);
        Ok(())
    }

    /// Adds a status list token in CWT.
    ///
    /// # Errors
    /// The code of the reason, if it is none.
    pub fn add_status(&mut self, token: &[u8]) -> Result<(), String> {
        if self.tokens.len() == FILES_MAX {
            return Err(Refusal::new("status-files", FILES_MAX.to_string()).text());
        }
        let list = UnverifiedStatusList::decode(token)
            .map_err(|error| Refusal::new(error.code(), "status").text())?;
        self.files.status.push(sha256(token));
        self.tokens.push(list);
        Ok(())
    }

    /// Verifies the files, revocation lists last. `now` is in seconds since 1970.
    pub fn load(&mut self, now: f64) -> Step {
        let now = seconds(now);
        let (mut verified, mut anchors) = (Vec::new(), TrustAnchors::new());
        let provider = self.answers.with(&self.certificates);
        let (last, first): (Vec<_>, Vec<_>) =
            self.received.iter().partition(|(_, list)| list.kind == ListKind::Crl);
        let mut refused = Vec::new();
        for (file, list) in first.into_iter().chain(last) {
            match list.verify(&anchors, &provider) {
                Ok(list) => {
                    list.add_to(&mut anchors, now);
                    verified.push(list);
                }
                Err(error) => refused.push(Refused { file: *file, code: Refusal::from(error).code }),
            }
        }
        let _lists = status::at_hand(&self.tokens, &anchors, now, &provider);
        if self.answers.is_waiting() {
            return Step::Signatures;
        }
        self.answers.remember_in(&self.certificates);
        self.verified = verified;
        self.refused.extend(refused);
        Step::Done
    }

    /// Returns the open questions of [`Engine::load`].
    #[must_use]
    pub fn questions(&self) -> Vec<Question> {
        self.answers.questions()
    }

    /// Takes the answers to the open questions in their order: 1 right, 0 wrong, 2 cannot be answered.
    pub fn answer(&mut self, answers: &[u8]) {
        self.answers.answer(answers);
    }

    /// Returns what was loaded, as JSON.
    #[must_use]
    pub fn loaded(&self) -> String {
        let document = self.policy.document();
        let loaded = Loaded {
            trusted: self.verified.iter().map(|list| list.name.as_str()).collect(),
            refused: &self.refused,
            files: &self.files,
            policy: serde_json::json!({
                "sha256": base16ct::lower::encode_string(self.policy.sha256()),
                "document": document,
            }),
        };
        serde_json::to_string(&loaded).unwrap_or_default()
    }
}

impl Engine {
    /// Returns the anchors as of `now`.
    pub(crate) fn anchors(&self, now: Timestamp) -> TrustAnchors {
        let mut anchors = TrustAnchors::new();
        self.verified.iter().for_each(|list| list.add_to(&mut anchors, now));
        anchors
    }

    /// Returns the status lists as of `now`.
    pub(crate) fn status(&self, anchors: &TrustAnchors, now: Timestamp, by: &Provider<'_>) -> StatusLists {
        status::at_hand(&self.tokens, anchors, now, by)
    }

    /// Returns when the newest trust list was made: a lower bound of the true time.
    pub(crate) fn newest(&self) -> Option<Timestamp> {
        self.verified.iter().filter_map(|list| list.vical().map(mdoc::vical::VerifiedVical::date)).max()
    }
}

/// Returns a time that the script gave in seconds; one that is no number is 1970.
pub(crate) fn seconds(at: f64) -> Timestamp {
    Timestamp::from_unix(at as i64)
}

fn sha256(bytes: &[u8]) -> String {
    base16ct::lower::encode_string(&Sha256::digest(bytes))
}

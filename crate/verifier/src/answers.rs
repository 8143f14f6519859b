//! Answers of WebCrypto about signatures, and the questions that are open.

use std::cell::RefCell;

use signature::{Curve, HashAlgorithm, UnverifiedSignature, VerifiedSignatureCache, VerifySignature};
use wasm_bindgen::prelude::*;

/// Certificates whose signatures are remembered at most.
const REMEMBERED: usize = 64;
/// Most signatures that one operation asks about; what comes after them is not checked.
const ASKED_MAX: usize = 512;

/// A signature to verify by WebCrypto.
#[wasm_bindgen]
#[derive(Debug, Clone)]
pub struct Question(UnverifiedSignature);

#[wasm_bindgen]
impl Question {
    /// Returns the curve's name in WebCrypto; of a curve that WebCrypto does not have, the name in its specification.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn curve(&self) -> String {
        match self.0.curve() {
            Curve::P256 => "P-256",
            Curve::P384 => "P-384",
            Curve::P521 => "P-521",
            Curve::BrainpoolP256r1 => "brainpoolP256r1",
            Curve::BrainpoolP384r1 => "brainpoolP384r1",
            _ => "",
        }
        .to_owned()
    }

    /// Returns the hash's name in WebCrypto.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn hash(&self) -> String {
        match self.0.hash() {
            HashAlgorithm::Sha256 => "SHA-256",
            HashAlgorithm::Sha384 => "SHA-384",
            HashAlgorithm::Sha512 => "SHA-512",
        }
        .to_owned()
    }

    /// Returns the key's point in SEC 1 form, compressed or not, as it was received.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn key(&self) -> Vec<u8> {
        self.0.key()
    }

    /// Returns the signed bytes.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn message(&self) -> Vec<u8> {
        self.0.message().to_vec()
    }

    /// Returns r ‖ s.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn signature(&self) -> Vec<u8> {
        self.0.signature().to_vec()
    }
}

/// What WebCrypto said of the signatures of one operation, and what it was not asked yet.
#[derive(Debug, Default)]
pub(crate) struct Answers {
    /// Right, wrong, or `None` where this runtime cannot answer.
    known: Vec<(UnverifiedSignature, Option<bool>)>,
    asked: RefCell<Vec<UnverifiedSignature>>,
}

impl Answers {
    /// Returns the open questions.
    pub(crate) fn questions(&self) -> Vec<Question> {
        self.asked.borrow().iter().cloned().map(Question).collect()
    }

    /// Whether a question is open.
    pub(crate) fn is_waiting(&self) -> bool {
        !self.asked.borrow().is_empty()
    }

    /// Takes the answers to the open questions in their order: 1 right, 0 wrong, any other number cannot be answered. A question
    /// without an answer cannot be answered.
    pub(crate) fn answer(&mut self, answers: &[u8]) {
        let asked = self.asked.take();
        let answers = answers.iter().copied().chain(std::iter::repeat(u8::MAX));
        for (signature, answer) in asked.into_iter().zip(answers) {
            let answer = match answer {
                0 => Some(false),
                1 => Some(true),
                _ => None,
            };
            self.known.push((signature, answer));
        }
    }

    /// Asks about signatures that will be needed together.
    pub(crate) fn ask(&self, signatures: Vec<UnverifiedSignature>, certificates: &Certificates) {
        let provider = self.with(certificates);
        for signature in signatures {
            let _answer = provider.verify(&signature);
        }
    }

    /// Returns the provider of these answers, beside certificates that were verified before.
    pub(crate) fn with<'a>(&'a self, certificates: &'a Certificates) -> Provider<'a> {
        Provider { answers: self, certificates }
    }

    /// Remembers the certificates whose signatures are right.
    pub(crate) fn remember_in(&self, certificates: &Certificates) {
        let right = self.known.iter().filter(|(_, answer)| *answer == Some(true));
        right.for_each(|(signature, _)| certificates.0.borrow_mut().insert(signature));
    }
}

/// Certificates whose signatures WebCrypto verified: they come again with the next licence.
#[derive(Debug)]
pub(crate) struct Certificates(RefCell<VerifiedSignatureCache>);

impl Default for Certificates {
    fn default() -> Self {
        Self(RefCell::new(VerifiedSignatureCache::new(REMEMBERED)))
    }
}

/// A provider that answers what is known, and writes down what is not.
#[derive(Debug)]
pub(crate) struct Provider<'a> {
    answers: &'a Answers,
    certificates: &'a Certificates,
}

impl VerifySignature for Provider<'_> {
    fn verify(&self, signature: &UnverifiedSignature) -> Option<bool> {
        if self.certificates.0.borrow().contains(signature) {
            return Some(true);
        }
        if let Some((_, answer)) = self.answers.known.iter().find(|(known, _)| known == signature) {
            return *answer;
        }
        let mut asked = self.answers.asked.borrow_mut();
        if !asked.contains(signature) && asked.len() + self.answers.known.len() < ASKED_MAX {
            asked.push(signature.clone());
        }
        None
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test")]
mod tests {
    use signature::{Algorithm, PublicKey};

    use super::*;

    fn signature(message: &[u8]) -> UnverifiedSignature {
        let mut point = [2; 33];
        point[1] = 7;
        let key = PublicKey::from_sec1(Curve::P256, &point).unwrap();
        UnverifiedSignature::raw(Algorithm::Es256, &key, message.to_vec(), &[1; 64]).unwrap()
    }

    #[test]
    fn a_question_is_asked_once_and_its_answer_is_for_it_alone() {
        let (mut answers, certificates) = (Answers::default(), Certificates::default());
        let [one, two] = [b"one", b"two"].map(|message| signature(message));
        for _ in 0..2 {
            assert_eq!(answers.with(&certificates).verify(&one), None);
        }
        assert_eq!(answers.questions().len(), 1);
        answers.answer(&[1]);
        assert!(!answers.is_waiting());
        assert_eq!(answers.with(&certificates).verify(&one), Some(true));
        assert_eq!(answers.with(&certificates).verify(&two), None);
        answers.answer(&[0]);
        assert_eq!(answers.with(&certificates).verify(&two), Some(false));
    }

    #[test]
    fn what_the_runtime_cannot_answer_is_not_asked_again() {
        let (mut answers, certificates) = (Answers::default(), Certificates::default());
        let one = signature(b"one");
        assert_eq!(answers.with(&certificates).verify(&one), None);
        answers.answer(&[2]);
        assert_eq!(answers.with(&certificates).verify(&one), None);
        assert!(!answers.is_waiting());
        let two = signature(b"two");
        assert_eq!(answers.with(&certificates).verify(&two), None);
        answers.answer(&[]);
        assert!(!answers.is_waiting() && answers.with(&certificates).verify(&two).is_none());
    }

    #[test]
    fn the_questions_have_an_end() {
        let (answers, certificates) = (Answers::default(), Certificates::default());
        for number in 0..2 * ASKED_MAX {
            answers.with(&certificates).verify(&signature(&number.to_be_bytes()));
        }
        assert_eq!(answers.questions().len(), ASKED_MAX);
    }
}

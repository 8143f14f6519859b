//! The Wasm module of `@liangzheng/verifier/question`: asks a wallet by a QR code for what a policy needs, and opens the
//! encrypted answer.
//!
//! It has the arithmetic of P-256 for the encryption of answers (ECDH-ES). Nothing is judged here: the answer is a DeviceResponse
//! for the verifying module, in a session of these values.

use cbor::Timestamp;
use optical::{DEFAULT_VERSION, FrameSet, Symbol};
use protocol::{Challenge, NONCE_BYTES, ResponseUri, policy_query};
use verdict::Policy;
use wasm_bindgen::prelude::*;

/// Returns the DCQL query of a policy as JSON (OpenID4VP 1.0, 6), for any transport.
///
/// # Errors
/// The code of the reason.
#[wasm_bindgen]
pub fn query(policy: &[u8]) -> Result<String, String> {
    policy_query(&read(policy)?).map_err(|error| error.code().to_owned())
}

/// A question that is shown to a wallet and answered once.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Question {
    challenge: Challenge,
    frames: FrameSet,
}

/// An answer: the presentation is not verified yet.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Answer(Vec<u8>);

#[wasm_bindgen]
impl Answer {
    /// Returns the DeviceResponse.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn device_response(&self) -> Vec<u8> {
        self.0.clone()
    }
}

#[wasm_bindgen]
impl Question {
    /// Asks for what a policy needs. `nonce` has 16 random bytes of whoever judges the answer; `response_uri` is the https address
    /// to which the answer is bound; `now` is in seconds since 1970.
    ///
    /// # Errors
    /// The code of the reason.
    #[wasm_bindgen(constructor)]
    pub fn new(policy: &[u8], nonce: &[u8], response_uri: &str, now: f64) -> Result<Question, String> {
        let policy = read(policy)?;
        let nonce: [u8; NONCE_BYTES] = nonce.try_into().map_err(|_| "question-nonce".to_owned())?;
        let uri = ResponseUri::parse(response_uri).ok_or_else(|| "question-response-uri".to_owned())?;
        let question = protocol::Question::for_policy(&policy, uri);
        let mut failed = false;
        let mut random = |bytes: &mut [u8]| failed |= getrandom::fill(bytes).is_err();
        let now = Timestamp::from_unix(now as i64);
        let made = Challenge::unsigned_with_nonce(&question, nonce, now, &mut random);
        if failed {
            return Err("random".to_owned());
        }
        let challenge = made.map_err(|error| error.code().to_owned())?;
        let frames = FrameSet::for_version(challenge.payload(), DEFAULT_VERSION);
        Ok(Self { frames: frames.map_err(|error| error.code().to_owned())?, challenge })
    }

    /// Returns the values of the session as JSON, in the form that `check` takes.
    #[must_use]
    pub fn session(&self) -> String {
        let (client_id, nonce, response_uri, thumbprint) = self.challenge.session();
        serde_json::json!({
            "kind": "openid4vp",
            "clientId": client_id,
            "nonce": nonce,
            "responseUri": response_uri,
            "jwkThumbprint": base16ct::lower::encode_string(&thumbprint),
        })
        .to_string()
    }

    /// Returns the last second in which an answer is taken.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn until(&self) -> f64 {
        self.challenge.until().unix() as f64
    }

    /// Returns the question as bytes, for a link that is not a screen.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn payload(&self) -> Vec<u8> {
        self.challenge.payload().to_vec()
    }

    /// Returns how many frames hold the question; any as many of all frames restore it.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn needed(&self) -> u32 {
        self.frames.k().into()
    }

    /// Returns the frame of this number as a QR symbol: rows of modules, 1 dark and 0 light, after the length of a row.
    ///
    /// # Errors
    /// `picture`, for no question.
    pub fn frame(&self, number: u32) -> Result<Vec<u8>, String> {
        let symbol = Symbol::encode_smallest(&self.frames.shown(number.into()), DEFAULT_VERSION);
        let symbol = symbol.map_err(|_| "picture".to_owned())?;
        Ok(std::iter::once(symbol.size() as u8).chain(symbol.modules().map(u8::from)).collect())
    }

    /// Opens an answer, a payload of the link. The first one that decodes ends the question.
    ///
    /// # Errors
    /// The code of the reason, such as `answer-late`.
    pub fn open(&mut self, payload: &[u8], now: f64) -> Result<Answer, String> {
        let opened = self.challenge.open(payload, Timestamp::from_unix(now as i64));
        opened
            .map(|answer| Answer(answer.device_response().to_vec()))
            .map_err(|error| error.code().to_owned())
    }
}

fn read(policy: &[u8]) -> Result<Policy, String> {
    Policy::from_json(policy).map_err(|error| error.code().to_owned())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test")]
mod tests {
    use super::*;
    use verdict::READY_POLICIES;

    const NOW: f64 = 1_795_953_600.0;
    const PAGE: &str = "https://insurer.example/online";

    #[test]
    fn a_question_has_the_nonce_of_its_server() {
        for (_, policy) in READY_POLICIES {
            let question = Question::new(policy.as_bytes(), &[7; 16], PAGE, NOW).unwrap();
            let session: serde_json::Value = serde_json::from_str(&question.session()).unwrap();
            assert_eq!(session["nonce"], "BwcHBwcHBwcHBwcHBwcHBw");
            assert_eq!(session["responseUri"], PAGE);
            let picture = question.frame(0).unwrap();
            assert_eq!(picture.len(), usize::from(picture[0]).pow(2) + 1);
            assert!(query(policy.as_bytes()).unwrap().starts_with('{'));
        }
    }

    #[test]
    fn what_cannot_be_asked_has_a_code() {
        let policy = READY_POLICIES[0].1.as_bytes();
        let code =
            |policy: &[u8], nonce: &[u8], page: &str| Question::new(policy, nonce, page, NOW).unwrap_err();
        assert_eq!(code(b"{}", &[7; 16], PAGE), "policy-json");
        assert_eq!(code(policy, &[7; 15], PAGE), "question-nonce");
        assert_eq!(code(policy, &[7; 16], "javascript:alert(1)"), "question-response-uri");
        let mut question = Question::new(policy, &[7; 16], PAGE, NOW).unwrap();
        assert!(question.open(b"no answer", NOW).is_err());
    }
}

//! The Wasm module of `@liangzheng/verifier/testing`: people of the demo, whose licences and device keys are public.
//!
//! They present by the code of the wallet, at the time that is given, so that a partner can try its own pages without a
//! phone. Their authority is trusted by no one but tests.

use authority::application::Application;
use authority::demo::{DemoAuthority, DemoPerson};
use authority::photo::Portraits;
use cbor::Timestamp;
use cbor::cose::CoseKey;
use envelope::{Info, MAX_LIFE_SECONDS, PreparedOneWay};
use licence::Profile;
use mdoc::holder::{
    Disclosure, PreparedPresentation, UnverifiedCredential, VerifiedCredential, verify_credential,
};
use mdoc::reader::ReaderAnchors;
use mdoc::{SessionTranscript, TrustAnchors};
use optical::{DEFAULT_VERSION, FrameSet, Symbol};
use p256::ecdsa::SigningKey;
use protocol::{Consent, UnverifiedRequest};
use signature::{PublicKey, RustCrypto, sign_es256};
use verdict::{Policy, Purpose};
use wasm_bindgen::prelude::*;
use x509::to_pem;

mod abroad;

const AUTHORITY: DemoAuthority = DemoAuthority::new();

/// The device key of every person: public.
const DEVICE_KEY: [u8; 32] = [0x5a; 32];

/// The photos that the authority has on file.
const PHOTOS: [(&str, &[u8]); 7] = [
    ("lin", include_bytes!("../../../../www/demo/portraits/lin.jpg")),
    ("zhao", include_bytes!("../../../../www/demo/portraits/zhao.jpg")),
    ("xu", include_bytes!("../../../../www/demo/portraits/xu.jpg")),
    ("gao", include_bytes!("../../../../www/demo/portraits/gao.jpg")),
    ("wei", include_bytes!("../../../../www/demo/portraits/wei.jpg")),
    ("shen", include_bytes!("../../../../www/demo/portraits/shen.jpg")),
    ("bai", include_bytes!("../../../../www/demo/portraits/bai.jpg")),
];

/// Returns the ids of the people: those of the demo, then those with documents of other countries.
#[wasm_bindgen]
#[must_use]
pub fn people() -> Vec<String> {
    let has_photo = |person: &&DemoPerson| PHOTOS.iter().any(|(id, _)| *id == person.id);
    let people = AUTHORITY.people().iter().filter(has_photo).map(|person| person.id.to_owned());
    people.chain(abroad::PEOPLE.iter().map(|(id, _)| (*id).to_owned())).collect()
}

/// Returns a person's name, in the characters of the document.
///
/// # Errors
/// `person-unknown`.
#[wasm_bindgen]
pub fn name(id: &str) -> Result<String, String> {
    let person = AUTHORITY.person(id).map(DemoPerson::name_zh);
    let other = || abroad::PEOPLE.iter().find(|(have, _)| *have == id).map(|(_, name)| (*name).to_owned());
    person.or_else(other).ok_or_else(|| "person-unknown".to_owned())
}

/// Returns the root certificates of the demo authority and of the test authorities of other countries, in PEM.
///
/// # Errors
/// None in practice.
#[wasm_bindgen]
pub fn trust() -> Result<Vec<u8>, String> {
    let own = AUTHORITY.anchor_certificate().map_err(|error| error.code().to_owned())?;
    let roots = std::iter::once(own).chain(abroad::roots());
    Ok(roots.map(|der| to_pem("CERTIFICATE", &der)).collect::<String>().into_bytes())
}

/// Returns the status list of the demo authority for the day of `now`, in seconds since 1970.
///
/// # Errors
/// Fails outside of the demo's years.
#[wasm_bindgen]
pub fn status(now: f64) -> Result<Vec<u8>, String> {
    AUTHORITY.status_list(Timestamp::from_unix(now as i64)).map_err(|error| error.code().to_owned())
}

/// Presents a licence by a one-way code: what a policy asks, for 60 s from `now`, in seconds since 1970. Returns the payload of
/// the link.
///
/// # Errors
/// The code of the reason.
#[wasm_bindgen]
pub fn present(id: &str, policy: &[u8], now: f64, audience: Option<String>) -> Result<Vec<u8>, String> {
    let now = Timestamp::from_unix(now as i64);
    let policy = read(policy)?;
    let (key, credential) = hold(id, now)?;
    let mut nonce = [0; 16];
    getrandom::fill(&mut nonce).map_err(|_| "random".to_owned())?;
    let info = Info {
        iat: now,
        exp: now.plus_seconds(MAX_LIFE_SECONDS),
        nonce,
        aud: audience,
        purpose: Purpose::signed(policy.document().kind).map(str::to_owned),
    };
    let prepared = PreparedOneWay::prepare(disclosure(id, &credential, &policy), info);
    let prepared = prepared.map_err(|error| error.code().to_owned())?;
    let signature = sign_es256(&key, prepared.to_be_signed());
    let completed = prepared.complete(&signature).map_err(|error| error.code().to_owned())?;
    Ok(completed.payload().to_vec())
}

/// Presents a licence in a session, whose encoded `SessionTranscript` is given. Returns the DeviceResponse.
///
/// # Errors
/// The code of the reason.
#[wasm_bindgen]
pub fn respond(id: &str, policy: &[u8], transcript: &[u8], now: f64) -> Result<Vec<u8>, String> {
    let transcript = SessionTranscript::from_bytes(transcript).map_err(|error| error.code().to_owned())?;
    let (key, credential) = hold(id, Timestamp::from_unix(now as i64))?;
    let prepared = PreparedPresentation::prepare(disclosure(id, &credential, &read(policy)?), &transcript);
    let signature = sign_es256(&key, prepared.to_be_signed());
    prepared.complete(&signature).map_err(|error| error.code().to_owned())
}

/// Answers a question, a payload of the link, with everything that it asks for and the licence has: what a person would choose in
/// the wallet. Returns the payload of the encrypted answer.
///
/// # Errors
/// The code of the reason, such as `consent-unsatisfied`.
#[wasm_bindgen]
pub fn answer(id: &str, question: &[u8], now: f64) -> Result<Vec<u8>, String> {
    let now = Timestamp::from_unix(now as i64);
    let (key, credential) = hold(id, now)?;
    let request = UnverifiedRequest::decode(question).map_err(|error| error.code().to_owned())?;
    let request = request.verify(&ReaderAnchors::new(), now, &RustCrypto);
    let request = request.map_err(|error| error.code().to_owned())?;
    let asked = request.asked_of(&credential).map_err(|error| error.code().to_owned())?;
    let chosen: Vec<_> =
        asked.into_iter().filter(|element| element.held).map(|element| element.name).collect();
    let consent = Consent::new(request, &chosen).map_err(|error| error.code().to_owned())?;
    let prepared = consent.prepare(&credential).map_err(|error| error.code().to_owned())?;
    let signature = sign_es256(&key, prepared.to_be_signed());
    let mut failed = false;
    let answer = prepared.complete(&signature, &mut |bytes| failed |= getrandom::fill(bytes).is_err());
    if failed {
        return Err("random".to_owned());
    }
    Ok(answer.map_err(|error| error.code().to_owned())?.payload().to_vec())
}

/// Returns the encoded `SessionTranscript` of OpenID4VP 1.0 (B.2.6.1), for [`respond`].
///
/// # Errors
/// The code of the reason.
#[wasm_bindgen]
pub fn openid4vp(client_id: &str, nonce: &str, response_uri: &str) -> Result<Vec<u8>, String> {
    let made = SessionTranscript::openid4vp_redirect(client_id, nonce, None, response_uri);
    Ok(made.map_err(|error| error.code().to_owned())?.bytes().to_vec())
}

/// Returns a picture of a payload, as a wallet shows it: its frame of this number, as rows of modules, 1 dark and 0 light. The
/// first number is the length of a row.
///
/// # Errors
/// `picture` for a payload that is too long.
#[wasm_bindgen]
pub fn frame(payload: &[u8], number: u32) -> Result<Vec<u8>, String> {
    let refused = || "picture".to_owned();
    let frames = FrameSet::for_version(payload, DEFAULT_VERSION).map_err(|_| refused())?;
    let symbol = Symbol::encode_smallest(&frames.shown(u64::from(number)), DEFAULT_VERSION);
    let symbol = symbol.map_err(|_| refused())?;
    Ok(std::iter::once(symbol.size() as u8).chain(symbol.modules().map(u8::from)).collect())
}

fn read(policy: &[u8]) -> Result<Policy, String> {
    Policy::from_json(policy).map_err(|error| error.code().to_owned())
}

/// Issues the licence of a person, as of `now`.
fn hold(id: &str, now: Timestamp) -> Result<(SigningKey, VerifiedCredential), String> {
    if let Some(holder) = abroad::holder(id, now) {
        return Ok((holder.key().clone(), holder.credential().clone()));
    }
    let coded = |code: &str| code.to_owned();
    let large = PHOTOS.iter().find(|(have, _)| *have == id).map(|(_, photo)| *photo);
    let (Some(large), Some(small)) = (large, AUTHORITY.small_portrait(id)) else {
        return Err(coded("person-unknown"));
    };
    let Application::PhotoOnFile(application) =
        AUTHORITY.start(id, now).map_err(|error| coded(error.code()))?
    else {
        return Err(coded("photo-needed"));
    };
    let approved = AUTHORITY.confirm_photo(application, large, now);
    let approved = approved.map_err(|(_, error)| coded(error.code()))?;
    let key = SigningKey::from_slice(&DEVICE_KEY).map_err(|_| coded("device-key"))?;
    let device_key = CoseKey::try_from(&PublicKey::from(&key)).map_err(|_| coded("device-key"))?;
    let mut failed = false;
    let mut random = |bytes: &mut [u8]| failed |= getrandom::fill(bytes).is_err();
    let issued = AUTHORITY.issue(&approved, Portraits { large, small }, device_key, now, &mut random);
    let issued = issued.map_err(|error| coded(error.code()))?;
    if failed {
        return Err(coded("random"));
    }
    let unverified = UnverifiedCredential::decode(&issued.credential).map_err(|error| coded(error.code()))?;
    let mut trust = TrustAnchors::new();
    trust.add(AUTHORITY.anchor(&RustCrypto).map_err(|error| coded(error.code()))?);
    let credential = verify_credential(&unverified, &trust, now, &RustCrypto);
    Ok((key, credential.map_err(|error| coded(error.code()))?))
}

fn disclosure(id: &str, credential: &VerifiedCredential, policy: &Policy) -> Disclosure {
    let profile = abroad::profile(id);
    let asked = policy.elements(profile, profile == Profile::Cn);
    let wanted: Vec<(&str, &str)> =
        asked.iter().map(|element| (element.namespace, element.identifier.as_str())).collect();
    Disclosure::select(credential, &wanted)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test")]
mod tests {
    use super::*;
    use verdict::{Case, DecisionOutcome, Judged, READY_POLICIES, VerifierContext, verify_one_way};

    const NOW: f64 = 1_795_953_600.0;

    #[test]
    fn everybody_presents_by_every_ready_policy() {
        let now = Timestamp::from_unix(NOW as i64);
        let mut trust = TrustAnchors::new();
        for der in x509::certificate_pems(&super::trust().unwrap()).unwrap().unwrap() {
            let certificate = x509::Certificate::decode(&der).unwrap();
            trust.add(verdict::Anchor::iaca(certificate, "", "", &RustCrypto).unwrap());
        }
        let mut outcomes = Vec::new();
        for id in people() {
            for (_, json) in READY_POLICIES {
                let payload = present(&id, json.as_bytes(), NOW, None).unwrap();
                let policy = Policy::from_json(json.as_bytes()).unwrap();
                let terms = policy.terms(now, 8 * 3600);
                let verdict = verify_one_way(&payload, &VerifierContext::new(now, &trust, &terms));
                assert!(verdict.view.is_some(), "{id} {:?}", verdict.headline);
                outcomes
                    .push(policy.decide(&Judged::from(&verdict), &Case::default(), now, 8 * 3600).outcome);
            }
        }
        for outcome in [DecisionOutcome::Review, DecisionOutcome::Refuse] {
            assert!(outcomes.contains(&outcome));
        }
    }

    #[test]
    fn a_payload_has_pictures() {
        let payload = present("lin", READY_POLICIES[0].1.as_bytes(), NOW, None).unwrap();
        let picture = frame(&payload, 0).unwrap();
        assert_eq!(picture.len(), usize::from(picture[0]).pow(2) + 1);
        assert_eq!(frame(&vec![0; 70_000], 0), Err("picture".to_owned()));
    }
}

//! A desk with its stores, which are loaded anew for every step: as a page that is reloaded each time.

use std::collections::BTreeMap;

use cbor::Timestamp;
use envelope::{Info, PreparedOneWay, ReplayMemory};
use liangzheng_authority::application::{Application, Occasion, Record};
use liangzheng_authority::demo::{DemoAuthority, DemoRegister, STATUS_LIST_URI};
use liangzheng_authority::desk::{
    Action, Answer, ApplicationId, Desk, DriverFile, Effects, Issued, Outcome, PhotoWanted, Queued, Received,
    ReceivedPhoto, Stage, Stored,
};
use liangzheng_authority::error::DeskError;
use liangzheng_authority::photo::{PhotoSource, Portraits, RejectReason};
use liangzheng_authority::rollout::Rollout;
use licence::LicenceView;
use mdoc::TrustAnchors;
use mdoc::holder::{Disclosure, UnverifiedCredential, verify_credential};
use mdoc::status_list::{StatusLists, StatusSigner, UnverifiedStatusList, VerifiedStatusList};
use p256::ecdsa::SigningKey;
use sha2::{Digest, Sha256};
use signature::{PublicKey, sign_es256};
use verdict::{Colour, Purpose, Terms, VerifierContext, verify_one_way};

pub(crate) const DEMO: DemoAuthority = DemoAuthority::new();
pub(crate) const NOON: &str = "2026-11-23T04:00:00Z";

pub(crate) fn at(text: &str) -> Timestamp {
    Timestamp::parse_tdate(text).unwrap()
}

/// "Random" bytes that are the same in every run.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn fill(&mut self, buffer: &mut [u8]) {
        for chunk in buffer.chunks_mut(32) {
            self.0 += 1;
            let block = Sha256::digest(self.0.to_be_bytes());
            chunk.copy_from_slice(&block[..chunk.len()]);
        }
    }
}

/// The public point of a device.
pub(crate) fn key(device: u8) -> [u8; 65] {
    let key = SigningKey::from_slice(&[device; 32]).unwrap();
    PublicKey::from(&key).to_sec1().unwrap().try_into().unwrap()
}

pub(crate) fn large(id: &str) -> Vec<u8> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../www/demo/portraits");
    std::fs::read(format!("{folder}/{id}.jpg")).unwrap()
}

/// The stores of a desk, and its clock.
pub(crate) struct Office {
    pub(crate) drivers: BTreeMap<String, DriverFile>,
    pub(crate) queued: BTreeMap<ApplicationId, Queued>,
    pub(crate) journal: Vec<String>,
    pub(crate) photos: BTreeMap<String, Vec<u8>>,
    pub(crate) now: Timestamp,
    pub(crate) rollout: Rollout,
    random: Random,
    ids: u8,
}

impl Office {
    pub(crate) fn new(now: &str) -> Self {
        Self {
            drivers: BTreeMap::new(),
            queued: BTreeMap::new(),
            journal: Vec::new(),
            photos: BTreeMap::new(),
            now: at(now),
            rollout: Rollout::built_in(),
            random: Random(0),
            ids: 0,
        }
    }

    /// Loads the desk from JSON, as a page does.
    pub(crate) fn desk(&self) -> Desk {
        let drivers = self.drivers.values().map(|file| serde_json::to_string(file).unwrap());
        let queued = self.queued.values().map(|queued| serde_json::to_string(queued).unwrap());
        let stored = Stored {
            drivers: drivers.map(|json| serde_json::from_str(&json).unwrap()).collect(),
            queued: queued.map(|json| serde_json::from_str(&json).unwrap()).collect(),
            journal: self.journal.clone(),
        };
        Desk::load(Box::new(DemoRegister::new()), self.rollout.clone(), stored).unwrap()
    }

    pub(crate) fn act_as(&mut self, clerk: &str, action: Action<'_>) -> Result<Effects, DeskError> {
        let mut desk = self.desk();
        let random = &mut self.random;
        let effects = desk.act(action, clerk, self.now, &mut |buffer| random.fill(buffer))?;
        self.drivers.extend(effects.drivers.iter().map(|file| (file.reference.clone(), file.clone())));
        self.queued.extend(effects.queued.iter().map(|queued| (queued.id, queued.clone())));
        for line in &effects.journal {
            assert_eq!(line.index, self.journal.len() as u64);
            self.journal.push(line.line.clone());
        }
        self.photos.extend(effects.photos.iter().map(|photo| (photo.sha256.to_hex(), photo.bytes.clone())));
        for digest in &effects.erased {
            self.photos.remove(&digest.to_hex());
        }
        Ok(effects)
    }

    pub(crate) fn act(&mut self, action: Action<'_>) -> Result<Effects, DeskError> {
        self.act_as("desk-1", action)
    }

    /// The application of a person, with a photo of their own where `photo` names a drawing.
    pub(crate) fn application(&mut self, id: &str, occasion: Occasion, photo: Option<&str>) -> Received {
        self.ids += 1;
        let driver = self.desk().driver(id, self.now).unwrap();
        Received {
            id: ApplicationId::new([self.ids; 16]),
            occasion,
            number: driver.facts.number.clone(),
            name: driver.facts.name_zh(),
            device_key: key(7),
            answer_key: key(9),
            made_at: self.now,
            photo: photo.map(|who| ReceivedPhoto {
                source: PhotoSource::Camera,
                large: large(who),
                small: DEMO.small_portrait(who).unwrap().to_vec(),
            }),
            held: None,
            record: None,
        }
    }

    pub(crate) fn receive(&mut self, received: &Received) -> Result<Effects, DeskError> {
        self.act(Action::Receive(Box::new(received.clone())))
    }

    /// Makes the answer of an application, with the photo that the desk asks for.
    pub(crate) fn answer(&mut self, id: ApplicationId) -> Result<Answer, DeskError> {
        let wanted = self.desk().photo_wanted(id);
        let photo = wanted.map(|wanted| match wanted {
            PhotoWanted::OnFile(on_file) => {
                let who = on_file.address.rsplit('/').next().unwrap().trim_end_matches(".jpg").to_owned();
                (large(&who), on_file.small)
            }
            PhotoWanted::Stored { large, small } => {
                (self.photos[&large.to_hex()].clone(), self.photos[&small.to_hex()].clone())
            }
        });
        let portraits = photo.as_ref().map(|(large, small)| Portraits { large, small });
        Ok(self.act(Action::Answer { id, portraits })?.answer.expect("an answer"))
    }

    /// Receives, approves what is to be reviewed, and answers.
    pub(crate) fn issue(&mut self, received: &Received) -> Issued {
        let effects = self.receive(received).unwrap();
        assert_eq!(effects.answer, None);
        if self.queued[&received.id].stage() == Stage::ToReview {
            self.act(Action::Approve { id: received.id }).unwrap();
        }
        issued(self.answer(received.id).unwrap())
    }

    pub(crate) fn reject(&mut self, id: ApplicationId, reason: RejectReason) -> Effects {
        self.act(Action::Reject { id, reason, note: None }).unwrap()
    }

    pub(crate) fn register(&self) -> DemoRegister {
        DemoRegister::new()
    }

    /// What the desk's list says of an entry: 0 valid, 1 invalid, 2 suspended.
    pub(crate) fn status(&self, entry: u64) -> u8 {
        self.list().get(entry).unwrap().value()
    }

    /// The desk's list, verified as a verifier does.
    pub(crate) fn list(&self) -> VerifiedStatusList {
        verified_list(&self.desk().status_list(self.now).unwrap(), self.now)
    }
}

pub(crate) fn verified_list(token: &[u8], now: Timestamp) -> VerifiedStatusList {
    let mut trust = TrustAnchors::default();
    trust.add(DEMO.anchor(&signature::RustCrypto).unwrap());
    trust.add(DEMO.rollout_anchor(&signature::RustCrypto).unwrap());
    let list = UnverifiedStatusList::decode(token).unwrap();
    list.verify(StatusSigner::Anchors(&trust), STATUS_LIST_URI, now, &signature::RustCrypto).unwrap()
}

pub(crate) fn issued(answer: Answer) -> Issued {
    match answer.outcome {
        Outcome::Issued(issued) => *issued,
        other => panic!("{other:?}"),
    }
}

/// The code of a refusal that was answered at once.
pub(crate) fn refused(effects: &Effects) -> &'static str {
    match &effects.answer.as_ref().expect("an answer").outcome {
        Outcome::Refused { code, .. } => code,
        other => panic!("{other:?}"),
    }
}

pub(crate) fn entry(record: &Record) -> u64 {
    record.desk().unwrap().entry
}

/// The record of a licence that the built-in issuer made, without a desk.
pub(crate) fn elsewhere(who: &str, now: Timestamp) -> Record {
    match DEMO.start(who, now).unwrap() {
        Application::PhotoOnFile(on_file) => DEMO.confirm_photo(on_file, &large(who), now).unwrap().record(),
        other => panic!("{other:?}"),
    }
}

/// The letters and the classes that a credential says.
pub(crate) fn letters_and_classes(credential: &[u8]) -> (String, String) {
    let unverified = UnverifiedCredential::decode(credential).unwrap();
    let mut trust = TrustAnchors::default();
    trust.add(DEMO.anchor(&signature::RustCrypto).unwrap());
    let verified = verify_credential(&unverified, &trust, at(NOON), &signature::RustCrypto).unwrap();
    let view = LicenceView::from_elements(verified.issued().elements());
    let letters = view.fields.status.as_ref().unwrap().letters.text();
    (letters, view.classes_text().unwrap())
}

/// What a roadside check with this status list says of a credential that its holder shows now.
pub(crate) fn colour(credential: &[u8], list: VerifiedStatusList, now: Timestamp) -> Colour {
    let mut trust = TrustAnchors::default();
    trust.add(DEMO.anchor(&signature::RustCrypto).unwrap());
    let unverified = UnverifiedCredential::decode(credential).unwrap();
    let verified = verify_credential(&unverified, &trust, now, &signature::RustCrypto).unwrap();
    let purpose = Purpose::Roadside;
    let disclosure = Disclosure::select(&verified, &purpose.elements(true));
    let info = Info { iat: now, exp: now.plus_seconds(60), nonce: [9; 16], aud: None, purpose: None };
    let prepared = PreparedOneWay::prepare(disclosure, info).unwrap();
    let device = SigningKey::from_slice(&[7; 32]).unwrap();
    let signature = sign_es256(&device, prepared.to_be_signed());
    let shown = prepared.complete(&signature).unwrap();
    let mut status_lists = StatusLists::new();
    status_lists.insert(list).unwrap();
    let memory = ReplayMemory::default();
    let terms = Terms::default_for(purpose, licence::shanghai_day(now));
    let context = VerifierContext {
        now,
        clock_floor: at("2026-01-01T00:00:00Z"),
        trust: &trust,
        memory: &memory,
        audience: None,
        status_lists: &status_lists,
        terms: &terms,
        signatures: &signature::RustCrypto,
        strict: false,
    };
    verify_one_way(shown.payload(), &context).colour
}

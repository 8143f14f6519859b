//! A wallet and a desk, each with its own keys, and what an attacker can build.

use cbor::cose::CoseKey;
use cbor::{Item, Timestamp, Value};
use liangzheng_authority::demo::DemoAuthority;
use liangzheng_authority::photo::{PhotoSource, Portraits};
use liangzheng_authority::post::{
    AgreementSecret, AnswerBody, ApplicationBody, ApplicationError, Asks, Awaited, DeskAnchors, DeskOffer,
    DeskOutcome, JournalReceipt, PendingApplication, PreparedApplication, ReceivedApplication,
    SentApplication, SentPhoto, VerifiedDesk,
};
use mdoc::TrustAnchors;
use p256::ecdsa::SigningKey;
use sha2::{Digest, Sha256};
use signature::{PublicKey, RustCrypto, sign_es256};

pub(crate) const DEMO: DemoAuthority = DemoAuthority::new();
pub(crate) const PERSON: &str = "gao";
pub(crate) const DAY: i64 = 86_400;

pub(crate) fn now() -> Timestamp {
    Timestamp::parse_tdate("2026-11-22T04:05:06Z").unwrap()
}

/// "Random" bytes that are the same in every run, and different for each name.
pub(crate) fn random(name: &'static str) -> impl FnMut(&mut [u8]) {
    let mut count = 0_u64;
    move |buffer: &mut [u8]| {
        for chunk in buffer.chunks_mut(32) {
            count += 1;
            let block = Sha256::new_with_prefix(name).chain_update(count.to_be_bytes()).finalize();
            chunk.copy_from_slice(&block[..chunk.len()]);
        }
    }
}

pub(crate) fn signing_key(byte: u8) -> SigningKey {
    SigningKey::from_slice(&[byte; 32]).unwrap()
}

pub(crate) fn point(key: &SigningKey) -> [u8; 65] {
    PublicKey::from(key).to_sec1().unwrap().try_into().unwrap()
}

pub(crate) fn trust() -> TrustAnchors {
    let mut trust = TrustAnchors::default();
    trust.add(DEMO.anchor(&RustCrypto).unwrap());
    trust
}

pub(crate) fn anchors() -> DeskAnchors {
    DeskAnchors::new(vec![DEMO.desk_anchor().unwrap()])
}

/// The photo on file of a person.
pub(crate) fn large(id: &str) -> Vec<u8> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../www/demo/portraits");
    std::fs::read(format!("{folder}/{id}.jpg")).unwrap()
}

/// A desk: its key, and the certificate that the demo issued for it.
pub(crate) struct Desk {
    pub(crate) key: AgreementSecret,
    pub(crate) certificate: Vec<u8>,
}

impl Desk {
    pub(crate) fn new(name: &'static str) -> Self {
        let key = AgreementSecret::generate(&mut random(name)).unwrap();
        let certificate =
            DEMO.desk_certificate(key.public().to_sec1(), now(), &mut random("serial")).unwrap();
        Self { key, certificate }
    }

    pub(crate) fn offer(&self) -> DeskOffer {
        DeskOffer::new(vec![self.certificate.clone()]).unwrap()
    }

    pub(crate) fn verified(&self) -> VerifiedDesk {
        anchors().verify(&self.offer(), now(), &RustCrypto).unwrap()
    }

    /// Receives a payload as new.
    pub(crate) fn receive(&self, payload: &[u8]) -> Result<ReceivedApplication, ApplicationError> {
        self.receive_at(payload, now(), false)
    }

    pub(crate) fn receive_at(
        &self,
        payload: &[u8],
        now: Timestamp,
        known: bool,
    ) -> Result<ReceivedApplication, ApplicationError> {
        let pending = PendingApplication::decode(payload, &self.key.public())?;
        let shared = self.key.agree(pending.point());
        pending.step(&shared)?.verify(now, |_| known, &RustCrypto)
    }

    /// Answers an application.
    pub(crate) fn answer(&self, received: &ReceivedApplication, outcome: DeskOutcome) -> Vec<u8> {
        body(outcome).seal(received.answer_key(), received.binding(), &mut random("answer")).unwrap()
    }

    /// Issues the licence of [`PERSON`] for a device key.
    pub(crate) fn licence(device_key: &[u8; 65]) -> DeskOutcome {
        licence_of(PERSON, device_key)
    }
}

pub(crate) fn body(outcome: DeskOutcome) -> AnswerBody {
    AnswerBody { answered_at: now(), receipt: JournalReceipt { size: 7, root: [3; 32] }, outcome }
}

pub(crate) fn licence_of(id: &str, device_key: &[u8; 65]) -> DeskOutcome {
    use liangzheng_authority::application::Application;
    let (large, small) = (large(id), DEMO.small_portrait(id).unwrap());
    let Application::PhotoOnFile(on_file) = DEMO.start(id, now()).unwrap() else { panic!("a photo on file") };
    let approved = DEMO.confirm_photo(on_file, &large, now()).unwrap();
    let portraits = Portraits { large: &large, small };
    let device = CoseKey::from_sec1(device_key).unwrap();
    let issued = DEMO.issue(&approved, portraits, device, now(), &mut random("salts")).unwrap();
    let record = serde_json::to_string(&issued.record).unwrap();
    DeskOutcome::Issued { credential: issued.credential, record }
}

/// A wallet that applies.
pub(crate) struct Wallet {
    pub(crate) device: SigningKey,
    pub(crate) answer: AgreementSecret,
    pub(crate) body: ApplicationBody,
}

impl Wallet {
    pub(crate) fn new(name: &'static str, device: u8) -> Self {
        let mut next = random(name);
        let answer = AgreementSecret::generate(&mut next).unwrap();
        let device = signing_key(device);
        let mut id = [0; 16];
        next(&mut id);
        let body = ApplicationBody {
            id,
            made_at: now(),
            asks: Asks::FirstClaim,
            number: number(PERSON),
            name: DEMO.person(PERSON).unwrap().name_zh(),
            device_key: point(&device),
            answer_key: *answer.public().to_sec1(),
            photo: None,
            held: None,
            record: None,
        };
        Self { device, answer, body }
    }

    /// With a photo of the applicant's own.
    pub(crate) fn with_photo(mut self) -> Self {
        let small = DEMO.small_portrait(PERSON).unwrap().to_vec();
        self.body.photo = Some(SentPhoto { source: PhotoSource::Camera, large: large(PERSON), small });
        self
    }

    pub(crate) fn send(&self, desk: &VerifiedDesk) -> Result<SentApplication, ApplicationError> {
        let prepared = PreparedApplication::new(&self.body, desk)?;
        let signature = sign_es256(&self.device, prepared.to_be_signed());
        prepared.seal(&signature, &mut random("seal"))
    }

    pub(crate) fn awaited(&self, sent: &SentApplication) -> Awaited {
        Awaited {
            binding: sent.binding,
            answer_key: self.answer.public(),
            device_key: self.body.device_key,
            number: self.body.number.clone(),
            name: self.body.name.clone(),
        }
    }
}

/// The number of a demo person's licence.
pub(crate) fn number(id: &str) -> String {
    let DeskOutcome::Issued { credential, .. } = licence_of(id, &point(&signing_key(99))) else {
        panic!("a licence")
    };
    let unverified = mdoc::holder::UnverifiedCredential::decode(&credential).unwrap();
    let verified = mdoc::holder::verify_credential(&unverified, &trust(), now(), &RustCrypto).unwrap();
    let elements = verified.issued().elements();
    elements.get(licence::ISO_NAMESPACE, "document_number").and_then(Value::as_text).unwrap().to_owned()
}

/// The opened content of an application: `[body, signature]`.
pub(crate) fn open(desk: &Desk, payload: &[u8]) -> (Vec<u8>, Vec<u8>) {
    use envelope::sealed::SealedApplication;
    let pending = SealedApplication::decode(payload).unwrap().pending(desk.key.public()).unwrap();
    let opened = pending.open(&desk.key).unwrap();
    let value = cbor::decode_own(&opened).unwrap();
    let bytes = |item: &Item<'_>| item.as_bytes().unwrap().to_vec();
    let parts = value.as_array().unwrap();
    (bytes(&parts[0]), bytes(&parts[1]))
}

/// Seals any body and signature for a desk, as anybody can.
pub(crate) fn forge(desk: &Desk, items: Vec<Value>) -> Vec<u8> {
    use envelope::sealed::SealedApplication;
    let content = cbor::encode(&Value::Array(items));
    SealedApplication::seal(&desk.key.public(), &content, &mut random("forge")).unwrap().encode().unwrap()
}

/// The items of an encoded array.
pub(crate) fn items(encoded: &[u8]) -> Vec<Value> {
    cbor::decode_own(encoded).unwrap().as_array().unwrap().iter().map(Item::to_value).collect()
}

/// A body with its items changed, signed again by a key.
pub(crate) fn signed_again(
    desk: &Desk,
    body: &[u8],
    key: &SigningKey,
    change: impl FnOnce(&mut Vec<Value>),
) -> Vec<u8> {
    let mut parts = items(body);
    change(&mut parts);
    let changed = cbor::encode(&Value::Array(parts));
    let message = cbor::encode(&Value::array([
        Value::text("org.liangzheng.ClaimApplication.v1"),
        Value::bytes(desk.key.public().spki_sha256()),
        Value::bytes(Sha256::digest(&changed).to_vec()),
    ]));
    let signature = sign_es256(key, &message);
    forge(desk, vec![Value::bytes(changed), Value::bytes(signature)])
}

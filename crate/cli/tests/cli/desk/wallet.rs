//! A wallet: its applications are sealed for the desk of a folder, and it opens the answers.

use authority::demo::{DemoAuthority, DemoRegister};
use authority::desk::Register as _;
use authority::photo::{PhotoSource, Sha256Digest};
use authority::post::{
    AgreementSecret, ApplicationBody, Asks, Awaited, DeskAnchors, DeskOffer, PendingAnswer,
    PreparedApplication, SentPhoto, VerifiedAnswer, VerifiedDesk,
};
use cbor::Timestamp;
use mdoc::TrustAnchors;
use native::Ring;
use p256::ecdsa::SigningKey;
use signature::{PublicKey, sign_es256};

use crate::support::Folder;

const DEMO: DemoAuthority = DemoAuthority::new();

pub(super) fn at(text: &str) -> Timestamp {
    Timestamp::parse_tdate(text).unwrap()
}

/// "Random" bytes that differ for each seed.
fn random(seed: u8) -> impl FnMut(&mut [u8]) {
    let mut count = 0_u32;
    move |buffer: &mut [u8]| {
        for chunk in buffer.chunks_mut(32) {
            count += 1;
            let block = Sha256Digest::of(&[&[seed][..], &count.to_be_bytes()].concat());
            chunk.copy_from_slice(&block.as_bytes()[..chunk.len()]);
        }
    }
}

/// The desk as a wallet verifies it by the offer of its folder.
pub(super) fn verified_desk(folder: &Folder, desk: &str, now: &str) -> VerifiedDesk {
    let offer = DeskOffer::decode(&std::fs::read(folder.file(&format!("{desk}/desk.lzdesk"))).unwrap());
    let anchors = DeskAnchors::new(vec![DEMO.desk_anchor().unwrap()]);
    anchors.verify(&offer.unwrap(), at(now), &Ring::default()).unwrap()
}

/// An application that was sent, and what its wallet waits for.
pub(super) struct Sent {
    pub(super) id: String,
    pub(super) file: String,
    answer: AgreementSecret,
    awaited: Awaited,
}

/// What an application says. The number and the name are those of a demo person.
#[derive(Clone, Copy)]
pub(super) struct Applies<'a> {
    /// Tells its id, its answer key and its file from those of others.
    pub(super) number: u8,
    /// Tells its device key from that of others.
    pub(super) device: u8,
    pub(super) who: &'a str,
    pub(super) asks: Asks,
    /// The person whose drawing is sent.
    pub(super) photo: Option<&'a str>,
    /// The licence that is held.
    pub(super) held: Option<&'a [u8]>,
    pub(super) at: &'a str,
}

impl<'a> Applies<'a> {
    /// A first claim.
    pub(super) fn first(number: u8, who: &'a str, at: &'a str) -> Self {
        let photo = (who == "he").then_some("he");
        Self { number, device: 1, who, asks: Asks::FirstClaim, photo, held: None, at }
    }

    /// Seals it for a desk, as `NUMBER.lzclaim`.
    pub(super) fn send(self, folder: &Folder, desk: &str) -> Sent {
        let facts = DemoRegister::new().facts(self.who, None, at(self.at));
        let (number, name) = facts
            .map_or(("990101200001010017".into(), "无此人".into()), |f| (f.number.clone(), f.name_zh()));
        let device = SigningKey::from_slice(&[self.device; 32]).unwrap();
        let device_key = PublicKey::from(&device).to_sec1().unwrap().try_into().unwrap();
        let answer = AgreementSecret::generate(&mut random(self.number)).unwrap();
        let body = ApplicationBody {
            id: [self.number; 16],
            made_at: at(self.at),
            asks: self.asks,
            number: number.clone(),
            name: name.clone(),
            device_key,
            answer_key: *answer.public().to_sec1(),
            photo: self.photo.map(|who| SentPhoto {
                source: PhotoSource::Camera,
                large: large(who),
                small: DEMO.small_portrait(who).unwrap().to_vec(),
            }),
            held: self.held.map(|credential| *Sha256Digest::of(credential).as_bytes()),
            record: None,
        };
        let prepared = PreparedApplication::new(&body, &verified_desk(folder, desk, self.at)).unwrap();
        let signature = sign_es256(&device, prepared.to_be_signed());
        let sent = prepared.seal(&signature, &mut random(self.number.wrapping_add(100))).unwrap();
        let file = format!("{}.lzclaim", self.number);
        folder.write(&file, &sent.payload);
        let awaited =
            Awaited { binding: sent.binding, answer_key: answer.public(), device_key, number, name };
        Sent { id: crate::support::hex(&body.id), file, answer, awaited }
    }
}

fn large(who: &str) -> Vec<u8> {
    std::fs::read(format!("{}/../../www/demo/portraits/{who}.jpg", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

impl Sent {
    /// The name of the answer's file in the desk's folder.
    pub(super) fn answer_file(&self) -> String {
        format!("desk/answers/{}.lzissued", self.id)
    }

    pub(super) fn receipt_file(&self) -> String {
        format!("desk/answers/{}.receipt.json", self.id)
    }

    /// Opens the answer as its wallet does.
    pub(super) fn opened(&self, folder: &Folder, file: &str, now: &str) -> VerifiedAnswer {
        let payload = std::fs::read(folder.file(file)).unwrap();
        let pending = PendingAnswer::decode(&payload, &self.awaited, |_| false).unwrap();
        let shared = self.answer.agree(pending.point());
        let mut trust = TrustAnchors::default();
        trust.add(DEMO.anchor(&Ring::default()).unwrap());
        pending.step(&shared).unwrap().verify(&self.awaited, &trust, at(now), &Ring::default()).unwrap()
    }

    /// The licence of the answer, as bytes.
    pub(super) fn licence(&self, folder: &Folder, now: &str) -> Vec<u8> {
        match self.opened(folder, &self.answer_file(), now).outcome() {
            authority::post::DeskOutcome::Issued { credential, .. } => credential.clone(),
            other => panic!("{other:?}"),
        }
    }
}

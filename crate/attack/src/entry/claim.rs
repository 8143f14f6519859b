//! Entry points of a claim's messages: what a stranger shows to a wallet or to a desk.

use std::sync::LazyLock;

use authority::post::{
    AgreementKey, AgreementSecret, AnswerBody, ApplicationBody, Asks, Awaited, DeskAnchors, DeskOffer,
    DeskOutcome, JournalReceipt, PendingAnswer, PendingApplication, PreparedApplication, SentApplication,
    UnverifiedAnswer, UnverifiedApplication,
};
use envelope::sealed::{SealedAnswer, SealedApplication};
use mdoc::TrustAnchors;
use signature::{RustCrypto, sign_es256};
use testkit::draft::NOW;
use testkit::hostile;
use testkit::random::{TestRandom, cose_key, signing_key};

const DEMO: authority::demo::DemoAuthority = authority::demo::DemoAuthority::new();

/// A wallet that waits for an answer, and the desk that it applied at. Nothing is random.
pub(crate) struct Claim {
    pub(crate) desk: AgreementSecret,
    pub(crate) answer: AgreementSecret,
    pub(crate) offer: Vec<u8>,
    pub(crate) sent: SentApplication,
    pub(crate) awaited: Awaited,
    pub(crate) answers: Vec<Vec<u8>>,
}

pub(crate) static CLAIM: LazyLock<Claim> = LazyLock::new(|| claim().expect("a claim"));

fn claim() -> Option<Claim> {
    let mut source = TestRandom::new("fuzz claim");
    let mut random = |buffer: &mut [u8]| source.fill(buffer);
    let (desk, answer) =
        (AgreementSecret::generate(&mut random).ok()?, AgreementSecret::generate(&mut random).ok()?);
    let certificate = DEMO.desk_certificate(desk.public().to_sec1(), NOW, &mut random).ok()?;
    let offer = DeskOffer::new(vec![certificate]).ok()?;
    let device = signing_key("device");
    let body = ApplicationBody {
        id: [7; 16],
        made_at: NOW,
        asks: Asks::FirstClaim,
        number: "11010519491231002X".into(),
        name: "A name".into(),
        device_key: cose_key(&device).to_sec1().try_into().ok()?,
        answer_key: *answer.public().to_sec1(),
        photo: None,
        held: None,
        record: None,
    };
    let anchors = DeskAnchors::new(vec![DEMO.desk_anchor().ok()?]);
    let prepared = PreparedApplication::new(&body, &anchors.verify(&offer, NOW, &RustCrypto).ok()?).ok()?;
    let signature = sign_es256(&device, prepared.to_be_signed());
    let sent = prepared.seal(&signature, &mut random).ok()?;
    let awaited = Awaited {
        binding: sent.binding,
        answer_key: answer.public(),
        device_key: body.device_key,
        number: body.number,
        name: body.name,
    };
    let outcomes = [
        DeskOutcome::Rejected { reason: authority::photo::RejectReason::Ears, note: None, rejections: 1 },
        DeskOutcome::Refused { code: "claim-status-red".into(), args: Vec::new(), office: None },
    ];
    let receipt = JournalReceipt { size: 1, root: [1; 32] };
    let answers = outcomes.into_iter().map(|outcome| {
        let body = AnswerBody { answered_at: NOW, receipt, outcome };
        body.seal(&awaited.answer_key, &awaited.binding, &mut random).ok()
    });
    let answers = answers.collect::<Option<_>>()?;
    Some(Claim { desk, answer, offer: offer.encode().ok()?, sent, awaited, answers })
}

/// An offer, an application or an answer on the link has one encoding only; nobody but the demo's authority makes a desk, and
/// nobody but its sender an application or an answer that opens.
pub fn claim_message(bytes: &[u8]) {
    let claim = &*CLAIM;
    for payload in [bytes.to_vec(), hostile::deflate(bytes)] {
        let inflated = envelope::inflate(&payload).ok();
        let same = |again: Option<Vec<u8>>| {
            let again = again.and_then(|payload| envelope::inflate(&payload).ok());
            assert!(again.is_none() || again == inflated, "two encodings");
        };
        if let Ok(offer) = DeskOffer::decode(&payload) {
            same(offer.encode().ok());
            let anchors = DeskAnchors::new(DEMO.desk_anchor().into_iter().collect());
            if let Ok(desk) = anchors.verify(&offer, NOW, &RustCrypto) {
                assert_eq!(desk.key(), &claim.desk.public(), "no other desk was certified");
            }
        }
        if let Ok(sealed) = SealedApplication::decode(&payload) {
            same(sealed.encode().ok());
            let opened = sealed.pending(claim.desk.public()).and_then(|pending| pending.open(&claim.desk));
            assert!(opened.is_err() || inflated == envelope::inflate(&claim.sent.payload).ok());
        }
        if let Ok(sealed) = SealedAnswer::decode(&payload) {
            same(sealed.encode().ok());
        }
        let _ = PendingApplication::decode(&payload, &claim.desk.public());
        if let Ok(pending) = PendingAnswer::decode(&payload, &claim.awaited, |_| false) {
            // A point of the attacker's choice: the agreed value is any.
            assert!(pending.step(&[7; 32]).is_err(), "nobody sealed under this value");
        }
    }
}

/// What was in a sealed application is refused, or was signed by the device key that it names.
pub fn claim_application(bytes: &[u8]) {
    let Ok(application) = UnverifiedApplication::decode(bytes, CLAIM.desk.public()) else { return };
    assert!(application.clone().verify(NOW, |_| true, &RustCrypto).is_err(), "it was received before");
    if let Ok(received) = application.verify(NOW, |_| false, &RustCrypto) {
        assert!(AgreementKey::from_sec1(&received.body().device_key).is_ok());
        assert_ne!(received.body().device_key, received.body().answer_key);
    }
}

/// What was in a sealed answer is refused, or is for this application; a licence in it is not of a stranger.
pub fn claim_answer(bytes: &[u8]) {
    let claim = &*CLAIM;
    let Ok(answer) = UnverifiedAnswer::decode(bytes, &claim.awaited.binding.application_id) else { return };
    let verified = answer.verify(&claim.awaited, &TrustAnchors::new(), NOW, &RustCrypto);
    assert!(
        verified.is_err() || verified.is_ok_and(|answer| answer.licence().is_none()),
        "nobody is trusted"
    );
}

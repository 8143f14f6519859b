//! The vectors of `docs/claim-messages.json`: nothing is random, and the keys are for these vectors only.

use cbor::{Item, Timestamp};
use envelope::sealed::{SealedAnswer, SealedApplication};
use p256::ecdsa::SigningKey;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use signature::{PublicKey, RustCrypto, sign_es256};
use verdict::Arg;

use crate::Failure;
use crate::authority::demo::DemoAuthority;
use crate::authority::photo::RejectReason;
use crate::authority::post::{
    AgreementSecret, AnswerBinding, AnswerBody, ApplicationBody, Asks, DeskAnchors, DeskOffer, DeskOutcome,
    JournalReceipt, Office, PreparedApplication, UnverifiedApplication,
};

const DEMO: DemoAuthority = DemoAuthority::new();
const NOW: &str = "2026-11-22T04:05:06Z";
const DESK: [u8; 32] = [0x11; 32];
const DEVICE: [u8; 32] = [0x22; 32];
const ANSWER: [u8; 32] = [0x33; 32];

fn hex(bytes: &[u8]) -> String {
    base16ct::lower::encode_string(bytes)
}

/// "Random" bytes of a counter.
fn random(mut next: u8) -> impl FnMut(&mut [u8]) {
    move |buffer: &mut [u8]| {
        buffer.fill_with(|| {
            next = next.wrapping_add(1);
            next
        });
    }
}

/// Offer, application and answers, each as payload of the link and in its parts.
pub(crate) fn vectors() -> Result<Value, Failure> {
    let now = Timestamp::parse_tdate(NOW).ok_or("a time")?;
    let (desk, answer) = (AgreementSecret::from_scalar(&DESK)?, AgreementSecret::from_scalar(&ANSWER)?);
    let certificate = DEMO.desk_certificate(desk.public().to_sec1(), now, &mut random(0))?;
    let offer = DeskOffer::new(vec![certificate.clone()])?;
    let verified = DeskAnchors::new(vec![DEMO.desk_anchor()?]).verify(&offer, now, &RustCrypto)?;

    let device = SigningKey::from_slice(&DEVICE)?;
    let device_point = PublicKey::from(&device).to_sec1().ok_or("a point")?;
    let body = ApplicationBody {
        id: [0x44; 16],
        made_at: now,
        asks: Asks::FirstClaim,
        number: "99010119900101001X".into(),
        name: "林晓".into(),
        device_key: device_point.as_slice().try_into()?,
        answer_key: *answer.public().to_sec1(),
        photo: None,
        held: None,
        record: None,
    };
    let prepared = PreparedApplication::new(&body, &verified)?;
    let to_be_signed = prepared.to_be_signed().to_vec();
    let signature = sign_es256(&device, &to_be_signed);
    let sent = prepared.seal(&signature, &mut random(64))?;
    let sealed = SealedApplication::decode(&sent.payload)?;
    let opened = sealed.pending(desk.public())?.open(&desk)?;
    let _received =
        UnverifiedApplication::decode(&opened, desk.public())?.verify(now, |_| false, &RustCrypto)?;
    let (binding, key) = (sent.binding, answer.public());
    let application_info = info(4, None, &binding);

    Ok(json!({
        "now": now.unix(),
        "desk": {
            "key": hex(&DESK),
            "point": hex(desk.public().to_sec1()),
            "spki_sha256": hex(&desk.public().spki_sha256()),
            "certificate": hex(&certificate),
            "authority": hex(DEMO.desk_authority_certificate()),
            "offer": hex(&offer.encode()?),
        },
        "device": { "key": hex(&DEVICE), "point": hex(&device_point), "sha256": hex(&Sha256::digest(&device_point)) },
        "answer": { "key": hex(&ANSWER), "point": hex(key.to_sec1()) },
        "application": {
            "payload": hex(&sent.payload),
            "parts": parts(&sent.payload)?,
            "info": hex(&application_info),
            "plaintext": hex(&opened),
            "to_be_signed": hex(&to_be_signed),
            "signature": hex(&signature),
        },
        "answers": answers(&answer, &binding, now)?,
    }))
}

/// `info` as `docs/claim-messages.md` writes it, not as the crate does.
fn info(kind: u64, id: Option<[u8; 16]>, binding: &AnswerBinding) -> Vec<u8> {
    let device = id.map_or(cbor::Value::Null, |_| cbor::Value::bytes(binding.device_key_sha256));
    let id = id.map_or(cbor::Value::Null, cbor::Value::bytes);
    cbor::encode(&cbor::Value::array([
        cbor::Value::Unsigned(kind),
        id,
        cbor::Value::bytes(binding.desk_spki_sha256),
        device,
    ]))
}

/// `enc` and `ct` of a payload.
fn parts(payload: &[u8]) -> Result<Value, Failure> {
    let inflated = envelope::inflate(payload)?;
    let value = cbor::decode_own(&inflated)?;
    let items = value.as_array().ok_or("an array")?;
    let [_, named, enc, ct] = items else { return Err("four items".into()) };
    let digits = |item: &Item<'_>| hex(item.as_bytes().unwrap_or_default());
    Ok(json!({ "names": digits(named), "enc": digits(enc), "ct": digits(ct) }))
}

fn office() -> Office {
    Office { name: "演示发证机关".into(), name_latin: "Demo office".into() }
}

fn answers(answer: &AgreementSecret, binding: &AnswerBinding, now: Timestamp) -> Result<Value, Failure> {
    let day = cbor::Date::parse("2027-05-22").ok_or("a day")?;
    let outcomes = [
        (
            "rejected",
            DeskOutcome::Rejected {
                reason: RejectReason::Ears,
                note: Some("请露出双耳".into()),
                rejections: 2,
            },
        ),
        (
            "counter",
            DeskOutcome::Counter { reason: Some(RejectReason::Ground), note: None, office: office() },
        ),
        (
            "refused",
            DeskOutcome::Refused {
                code: "replace-too-early".into(),
                args: vec![("date".into(), Arg::Date(day))],
                office: None,
            },
        ),
    ];
    let mut list = Vec::new();
    for (index, (name, outcome)) in (0_u8..).zip(outcomes) {
        let receipt = JournalReceipt { size: 41, root: Sha256::digest(name).into() };
        let body = AnswerBody { answered_at: now, receipt, outcome };
        let payload = body.seal(&answer.public(), binding, &mut random(128 + index))?;
        let pending = SealedAnswer::decode(&payload)?.pending(answer.public(), binding)?;
        list.push(json!({
            "outcome": name,
            "payload": hex(&payload),
            "parts": parts(&payload)?,
            "info": hex(&info(5, Some(binding.application_id), binding)),
            "plaintext": hex(&pending.open(answer)?),
        }));
    }
    Ok(Value::Array(list))
}

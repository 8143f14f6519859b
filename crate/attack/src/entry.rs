//! The entry points for hostile bytes. Each must neither panic nor hang on any input, and asserts the property that its
//! comment states. `crate/fuzz` has a target for each; a test replays the fuzzer's corpus here.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a body of a fuzz target: a panic is its finding"
)]

pub(crate) mod claim;
mod record;

use std::sync::LazyLock;

use cbor::cose::{CoseKey, CoseMac0, CoseSign1};
use cbor::{decode_foreign, decode_own, encode};
use envelope::ReplayMemory;
use envelope::{Envelope, Info};
use mdoc::SessionTranscript;
use mdoc::reader::{ReaderAnchor, ReaderAnchors, ReaderIdentity};
use mdoc::status_list::{StatusLists, StatusReference, StatusSigner, UnverifiedStatusList};
use mdoc::vical::UnverifiedVical;
use mdoc::wire::DeviceRequest;
use mdoc::{Anchor, Signs, TrustAnchors};
use optical::{Assembler, FrameSet, Progress};
use protocol::{Requester, UnverifiedRequest};
use testkit::draft::NOW;
use testkit::hostile;
use testkit::vical::TestVicalProvider;
use verdict::{Colour, Purpose, Terms, VerifierContext, verify_one_way as judge_one_way};
use x509::{Certificate, UnverifiedCrl, check_document_signer, check_document_signer_strictly, ids};

use crate::seed;

pub use claim::{claim_answer, claim_application, claim_message};
pub use record::{record_journal, record_kept};

/// An entry point: its name, which is that of the fuzz target, and its body.
pub type Entry = (&'static str, fn(&[u8]));

/// Every entry point, by name.
pub const ENTRIES: &[Entry] = &[
    ("cbor_foreign", cbor_foreign),
    ("cbor_own", cbor_own),
    ("certificate", certificate),
    ("challenge_answer", challenge_answer),
    ("challenge_request", challenge_request),
    ("claim_answer", claim_answer),
    ("claim_application", claim_application),
    ("claim_message", claim_message),
    ("cose_sign1", cose_sign1),
    ("credential", credential),
    ("crl", crl),
    ("device_request", device_request),
    ("device_response", device_response),
    ("envelope", envelope),
    ("envelope_inflated", envelope_inflated),
    ("info", info),
    ("issuer_signed", issuer_signed),
    ("mso", mso),
    ("optical_assembler", optical_assembler),
    ("optical_frame", optical_frame),
    ("optical_scan", optical_scan),
    ("optical_text", optical_text),
    ("reader_auth", reader_auth),
    ("received", received),
    ("record_journal", record_journal),
    ("record_kept", record_kept),
    ("session_transcript", session_transcript),
    ("status_list", status_list),
    ("verdict", verdict),
    ("verify_one_way", verify_one_way),
    ("vical", vical),
];

/// A decoded item keeps its bytes, and re-encodes to an equal item.
pub fn cbor_foreign(bytes: &[u8]) {
    let Ok(item) = decode_foreign(bytes) else { return };
    assert_eq!(item.raw(), bytes);
    let again = encode(&item.to_value());
    assert_eq!(encode(&decode_own(&again).expect("our own encoding").to_value()), again);
}

/// The project's own formats have exactly one encoding.
pub fn cbor_own(bytes: &[u8]) {
    if let Ok(item) = decode_own(bytes) {
        assert_eq!(encode(&item.to_value()), bytes);
    }
}

/// Any bytes are refused, or are a certificate that keeps its bytes; profiles and trust lists accept any certificate as
/// input.
pub fn certificate(bytes: &[u8]) {
    let Ok(certificate) = Certificate::decode(bytes) else { return };
    assert_eq!(certificate.as_der(), bytes);
    let _ = check_document_signer(&certificate, Some(&certificate), &[ids::MDL_DOCUMENT_SIGNER]);
    let _ = check_document_signer_strictly(&certificate, Some(&certificate));
    let signs = Signs::Document("org.iso.18013.5.1.mDL");
    assert!(TrustAnchors::new().verify(&certificate, signs, NOW, &signature::RustCrypto).is_err());
    if let Ok(anchor) = Anchor::iaca(certificate.clone(), "", "", &signature::RustCrypto) {
        let mut trust = TrustAnchors::new();
        trust.add(anchor);
        for signs in [signs, Signs::DocumentStrictly, Signs::StatusList] {
            assert!(
                trust.verify(&certificate, signs, NOW, &signature::RustCrypto).is_err(),
                "a root is no document signer"
            );
        }
    }
}

/// An answer to a fixed question is decrypted or refused, and is accepted only once.
pub fn challenge_answer(bytes: &[u8]) {
    let mut challenge = seed::challenge();
    for payload in [bytes.to_vec(), hostile::deflate(bytes)] {
        let before = challenge.is_answered();
        let opened = challenge.open(&payload, NOW).is_ok();
        assert!(!(before && opened), "a question is answered once");
        if opened {
            assert!(challenge.open(&payload, NOW).is_err());
        }
    }
}

/// A request is decoded or refused. A decoded one asks for at least one element; without anchors no reader is verified.
pub fn challenge_request(bytes: &[u8]) {
    for request in [UnverifiedRequest::decode(bytes), UnverifiedRequest::decode_inflated(bytes)] {
        let Ok(checked) =
            request.and_then(|request| request.verify(&ReaderAnchors::new(), NOW, &signature::RustCrypto))
        else {
            continue;
        };
        assert!(matches!(checked.requester(), Requester::NotVerified(_)));
        assert!((1..=protocol::MAX_ELEMENTS).contains(&checked.elements().len()));
        assert!(protocol::ResponseUri::parse(checked.response_uri().as_str()).is_some());
    }
}

/// Any bytes are refused, or are a message, a MAC or a key that re-encodes to the same bytes.
pub fn cose_sign1(bytes: &[u8]) {
    let _ = CoseMac0::decode(bytes);
    if let Ok(key) = CoseKey::decode(bytes) {
        assert_eq!(CoseKey::from_sec1(&key.to_sec1()), Ok(key));
    }
    let Ok(message) = CoseSign1::decode(bytes) else { return };
    let again = CoseSign1::decode(&encode(&message.to_value())).expect("our own encoding");
    assert_eq!(again, message);
}

/// A stored credential.
pub fn credential(bytes: &[u8]) {
    let _ = mdoc::holder::UnverifiedCredential::decode(bytes);
}

/// A revocation list verifies only under the key that signed it.
pub fn crl(bytes: &[u8]) {
    let Ok(list) = UnverifiedCrl::decode(bytes) else { return };
    for anchor in hostile::trust().iter() {
        if let Ok(verified) = list.clone().verify(anchor.certificate(), &signature::RustCrypto) {
            assert!(verified.is_of(anchor.certificate()));
            let _ = verified.lists(&[1]);
        }
    }
}

/// A request is refused, or asks for at least one element.
pub fn device_request(bytes: &[u8]) {
    let Ok(request) = DeviceRequest::decode(bytes) else { return };
    assert!(!request.doc_requests().is_empty());
    for document in request.doc_requests() {
        assert!(decode_foreign(document.items_request_bytes()).is_ok());
    }
}

/// A DeviceResponse.
pub fn device_response(bytes: &[u8]) {
    let _ = mdoc::wire::DeviceResponse::decode(bytes);
}

/// A deflated payload of the QR link.
pub fn envelope(bytes: &[u8]) {
    let _ = Envelope::decode(bytes);
}

/// An inflated Envelope has one encoding only.
pub fn envelope_inflated(bytes: &[u8]) {
    if let Ok(envelope) = Envelope::decode_inflated(bytes) {
        assert_eq!(envelope.encode_inflated(), bytes);
    }
}

/// The Info of a presentation has one encoding only.
pub fn info(bytes: &[u8]) {
    if let Ok(info) = Info::decode(bytes) {
        assert_eq!(info.encode().expect("an Info that was read"), bytes);
    }
}

/// An IssuerSigned.
pub fn issuer_signed(bytes: &[u8]) {
    let _ = mdoc::wire::IssuerSigned::decode(bytes);
}

/// The payload of issuerAuth.
pub fn mso(bytes: &[u8]) {
    if let Ok(mso) = mdoc::MobileSecurityObject::decode(bytes) {
        let _ = StatusReference::read(mso.status.as_ref());
    }
}

/// With frames in any order, from any sender, damaged or forged, the output is one of the payloads.
///
/// The first bytes are the capacity of a frame and the lengths of two payloads. Each following group of seven bytes is
/// a frame: its payload and whether its check is recomputed, its index, its delay, and a flip at a position.
pub fn optical_assembler(bytes: &[u8]) {
    let [room, a, b, rest @ ..] = bytes else { return };
    let (a, rest) = rest.split_at(rest.len().min(usize::from(*a)));
    let (b, rest) = rest.split_at(rest.len().min(usize::from(*b)));
    let sets = [a, b].map(|payload| FrameSet::new(payload, 14 + usize::from(*room)));
    let (mut assembler, mut now) = (Assembler::new(), 0);
    let (turns, _) = rest.as_chunks::<7>();
    for [how, index, wait_high, wait, at_high, at, flip] in turns {
        let Ok(set) = &sets[usize::from(how & 1)] else { continue };
        let Some(mut frame) = set.frame(*index) else { continue };
        let at = usize::from(u16::from_be_bytes([*at_high, *at])) % frame.len();
        frame[at] ^= flip;
        if how & 2 != 0 {
            let check = crc_16(frame[..11].iter().chain(&frame[13..]));
            frame[11..13].copy_from_slice(&check.to_be_bytes());
        }
        now += u64::from(u16::from_be_bytes([*wait_high, *wait]));
        if let Progress::Complete(payload) = assembler.accept(&frame, now) {
            assert!(payload == a || payload == b);
        }
        assert!(assembler.held_bytes() <= 65_663);
    }
}

/// CRC-16/CCITT-FALSE, bit by bit.
fn crc_16<'a>(bytes: impl Iterator<Item = &'a u8>) -> u16 {
    bytes.fold(0xFFFF, |crc, byte| {
        (0..8).fold(crc ^ u16::from(*byte) << 8, |crc: u16, _| {
            crc << 1 ^ if crc & 0x8000 == 0 { 0 } else { 0x1021 }
        })
    })
}

/// Any bytes are refused, or are a frame within its bounds.
pub fn optical_frame(bytes: &[u8]) {
    if let Ok(frame) = optical::Frame::decode(bytes) {
        assert!(frame.data().len() == frame.length().div_ceil(usize::from(frame.k())));
    }
}

/// Scanning any picture takes bounded work.
pub fn optical_scan(bytes: &[u8]) {
    let [width, height, luma @ ..] = bytes else { return };
    // Each byte is a tile of 4 x 4 pixels, so that small inputs give large pictures.
    let (width, height) = (usize::from(*width) + 10, usize::from(*height) + 10);
    let mut picture = Vec::with_capacity(width * height * 16);
    for y in 0..height * 4 {
        for x in 0..width {
            picture.extend([luma.get(y / 4 * width + x).copied().unwrap_or(235); 4]);
        }
    }
    let seen = optical::examine(&picture, width * 4, height * 4, width * 4);
    assert!(seen.sets_tried <= optical::MAX_SETS && seen.found.len() <= seen.sets_tried);
}

/// Any text is refused, or is the only text form of its payload; line breaks at its end do not matter.
pub fn optical_text(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let Ok(payload) = optical::text::decode(text) else { return };
    assert_eq!(optical::text::encode(&payload).expect("a payload of its length"), text.trim_end());
}

/// No request verifies, because the fuzzer has no reader's key; the root in the request is trusted.
pub fn reader_auth(bytes: &[u8]) {
    let Ok(request) = DeviceRequest::decode(bytes) else { return };
    let transcript = SessionTranscript::one_way(b"");
    for document in request.doc_requests() {
        let mut anchors = ReaderAnchors::new();
        let chain = document.reader_auth().map(CoseSign1::x5chain).unwrap_or_default();
        for certificate in chain.iter().filter_map(|der| Certificate::decode(der).ok()) {
            let authority = ReaderAnchor::authority(certificate.clone(), "");
            let reader = ReaderAnchor::pinned_reader(certificate, "");
            [authority, reader].into_iter().flatten().for_each(|anchor| anchors.add(anchor));
        }
        let verified = document.verify_reader(&transcript, &anchors, NOW, &signature::RustCrypto);
        assert!(!matches!(verified, Ok(ReaderIdentity::Verified(_))), "nobody signed for this session");
    }
}

/// A transcript of another transport keeps the received bytes.
pub fn session_transcript(bytes: &[u8]) {
    if let Ok(transcript) = SessionTranscript::from_bytes(bytes) {
        assert_eq!(transcript.bytes(), bytes);
    }
}

/// What people have in hand: what is unwrapped is never longer than what it was in, and unwraps to itself again.
pub fn received(bytes: &[u8]) {
    let Ok(found) = protocol::received::unwrap(bytes) else { return };
    assert!(found.bytes().len() <= bytes.len() + 64);
    if let protocol::received::Received::DeviceResponse(response) = &found {
        assert_eq!(protocol::received::unwrap(response), Ok(found.clone()));
    }
}

/// A status list, verified under the certificate in its own chain and under the test authority's key.
pub fn status_list(bytes: &[u8]) {
    let key = signature::PublicKey::from(&testkit::random::signing_key("status"));
    let read = || UnverifiedStatusList::decode(bytes);
    let Ok(list) = read() else { return };
    let uri = list.claimed_uri().to_owned();
    let _ = list.verify(StatusSigner::Anchors(hostile::trust()), &uri, NOW, &signature::RustCrypto);
    if let Ok(list) =
        read().and_then(|list| list.verify(StatusSigner::Key(&key), &uri, NOW, &signature::RustCrypto))
    {
        for index in [0, 1, 7, 8, 1 << 20, u64::MAX] {
            let _ = list.get(index);
        }
    }
}

/// A payload gets a verdict for every purpose; the verdict serializes to JSON and contains no unproven element.
pub fn verdict(bytes: &[u8]) {
    static PAYLOADS: LazyLock<ReplayMemory> = LazyLock::new(ReplayMemory::new);
    let payload = hostile::deflate(bytes);
    for purpose in Purpose::ALL {
        let terms = Terms::default_for(purpose, NOW.date_at(8 * 3600));
        let context = VerifierContext {
            now: NOW,
            clock_floor: NOW.plus_seconds(-86_400),
            trust: hostile::trust(),
            memory: &PAYLOADS,
            audience: Some("verifier.example"),
            status_lists: &StatusLists::new(),
            terms: &terms,
            signatures: &signature::RustCrypto,
            strict: false,
        };
        let verdict = judge_one_way(&payload, &context);
        assert!(serde_json::to_string(&verdict).is_ok());
        // Without an issuer nothing is shown. A wallet's error is undetermined, and all else refused.
        assert!(verdict.issuer.is_some() || (verdict.view.is_none() && verdict.colour != Colour::Green));
    }
}

/// A payload is verified, from the Envelope to the outcomes, with the test authority trusted.
pub fn verify_one_way(bytes: &[u8]) {
    let _ = hostile::run(bytes, NOW, NOW);
    let _ = hostile::run(&hostile::deflate(bytes), NOW, NOW);
}

/// A trust list; its entries are read as well, with its own root pinned.
pub fn vical(bytes: &[u8]) {
    let Ok(list) = UnverifiedVical::decode(bytes) else { return };
    let trust = TestVicalProvider::new("fuzz").trust();
    let trust = list.top_sha256().map_or(trust.clone(), |top| trust.with_sha256(top));
    if let Ok(verified) = list.verify(&trust, &signature::RustCrypto) {
        let _ = verified.age(NOW);
        let entries = verified.entries("list", &signature::RustCrypto).count();
        assert_eq!(entries, verified.len());
        verified.add_to(&mut TrustAnchors::new(), "list", NOW, &signature::RustCrypto);
    }
}

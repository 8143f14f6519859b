//! The longest input that is read or written, and one byte more: `T-cbor-depth`, `T-cbor-length`, `T-inflate-bomb`.
#![allow(clippy::unwrap_used, reason = "a test")]

use cbor::{Value, encode};
use envelope::{Envelope, EnvelopeError, Info, MAX_DEFLATED, MAX_INFLATED};
use liangzheng_mdoc as mdoc;
use mdoc::ElementName;
use mdoc::status_list::{
    Bits, MAX_LIST, MAX_TOKEN, Status, StatusList, StatusListBuilder, StatusListClaims, StatusListError,
    UnverifiedStatusList,
};
use mdoc::vical::{
    MAX_VICAL, MAX_VICAL_CERTIFICATES, PreparedVical, UnverifiedVical, VicalError, VicalIssueError,
};
use mdoc::wire::{self, DeviceRequest, MAX_DOC_REQUESTS, MAX_REQUEST, RequestError, RequestedElement};
use signature::Algorithm;
use testkit::draft::NOW;
use testkit::issuer::TestIssuer;
use testkit::random::TestRandom;
use testkit::vical::{TestVicalProvider, request};
use x509::{MAX_CERTIFICATE, MAX_CRL};

fn envelope(response: Vec<u8>) -> Envelope {
    let info = Info { iat: NOW, exp: NOW.plus_seconds(60), nonce: [7; 16], aud: None, purpose: None };
    Envelope::new(info, response).unwrap()
}

/// An envelope that has this length before it is deflated, to almost nothing.
fn of_inflated(length: usize) -> Envelope {
    let base = 70_000;
    envelope(vec![0; base + length - envelope(vec![0; base]).encode_inflated().len()])
}

#[test]
fn an_envelope_of_128_kibibytes_is_made_and_read() {
    let longest = of_inflated(MAX_INFLATED);
    assert_eq!(longest.encode_inflated().len(), MAX_INFLATED);
    assert_eq!(Envelope::decode(&longest.encode().unwrap()), Ok(longest.clone()));
    assert_eq!(Envelope::decode_inflated(&longest.encode_inflated()), Ok(longest));
    for more in 1..3 {
        let longer = of_inflated(MAX_INFLATED + more);
        assert_eq!(longer.encode(), Err(EnvelopeError::Size));
        assert_eq!(Envelope::decode_inflated(&longer.encode_inflated()), Err(EnvelopeError::Size));
    }
}

#[test]
fn a_payload_of_64_kibibytes_is_made_and_read() {
    let mut noise = vec![0; MAX_DEFLATED];
    TestRandom::new("noise").fill(&mut noise);
    let made = |length: usize| envelope(noise[..length].to_vec()).encode();
    // noise is not deflated, so that a byte more in is a byte more out
    let longest =
        (MAX_DEFLATED - 200..MAX_DEFLATED).rev().find_map(|length| Some((length, made(length).ok()?)));
    let (length, payload) = longest.unwrap();
    assert_eq!(payload.len(), MAX_DEFLATED);
    assert!(Envelope::decode(&payload).is_ok());
    for more in 1..3 {
        assert_eq!(made(length + more), Err(EnvelopeError::Size));
        assert_eq!(Envelope::decode(&vec![0; MAX_DEFLATED + more]), Err(EnvelopeError::Size));
    }
}

#[test]
fn a_stream_may_end_with_an_empty_block_at_the_very_limit() {
    let longest = of_inflated(MAX_INFLATED);
    let mut payload = longest.encode().unwrap();
    payload[0] &= 0xfe; // no longer the last block
    let last = [0x00, 0x00, 0xff, 0xff, 0x01, 0x00, 0x00, 0xff, 0xff].as_slice();
    // the head of an empty block fits into the rest of the last byte, or takes one more
    let streams = [[&payload, last].concat(), [&payload, [0x00].as_slice(), last].concat()];
    assert!(streams.iter().any(|stream| Envelope::decode(stream).as_ref() == Ok(&longest)));
}

#[test]
fn a_stream_may_have_256_blocks_before_its_last() {
    let whole = envelope(vec![1, 2, 3]);
    let with = |empty: usize| {
        let payload = [[0x00, 0x00, 0x00, 0xff, 0xff].repeat(empty), whole.encode().unwrap()].concat();
        Envelope::decode(&payload)
    };
    assert_eq!(with(256), Ok(whole.clone()));
    assert_eq!(with(257), Err(EnvelopeError::Deflate));
    assert_eq!(with(300), Err(EnvelopeError::Deflate));
}

#[test]
fn a_request_of_64_kibibytes_is_looked_at_and_sixteen_documents_are_asked_for() {
    assert_ne!(DeviceRequest::decode(&vec![0; MAX_REQUEST]), Err(RequestError::Size));
    assert_eq!(DeviceRequest::decode(&vec![0; MAX_REQUEST + 1]), Err(RequestError::Size));
    let element = RequestedElement { name: ElementName::new("n", "e"), intent_to_retain: false };
    let items = wire::encode_items_request("d", &[element]);
    let asked = |count: usize| {
        let requests = vec![(items.clone(), None); count];
        DeviceRequest::decode(&wire::encode_device_request(&requests))
            .map(|request| request.doc_requests().len())
    };
    assert_eq!(asked(MAX_DOC_REQUESTS), Ok(MAX_DOC_REQUESTS));
    assert_eq!(asked(MAX_DOC_REQUESTS + 1), Err(RequestError::Size));
}

#[test]
fn a_status_token_of_a_mebibyte_is_made_and_looked_at() {
    let bytes = vec![0; MAX_TOKEN + 1];
    let size = Some(StatusListError::Size);
    assert_ne!(UnverifiedStatusList::decode(&bytes[1..]).err(), size);
    assert_eq!(UnverifiedStatusList::decode(&bytes).err(), size);
    assert_ne!(StatusList::decode(&bytes[1..]).err(), size);
    assert_eq!(StatusList::decode(&bytes).err(), size);

    let claims = StatusListClaims {
        uri: "https://status.test.example/1".to_owned(),
        issued_at: NOW,
        expires: None,
        time_to_live: None,
        aggregation_uri: None,
    };
    let prepared = StatusListBuilder::new(Bits::One, 8).unwrap().prepare(&claims, Algorithm::Es256);
    let made = |signature: usize| prepared.clone().complete(vec![0; signature], None);
    let rest = made(70_000).unwrap().len() - 70_000;
    assert_eq!(made(MAX_TOKEN - rest).unwrap().len(), MAX_TOKEN);
    assert_eq!(made(MAX_TOKEN - rest + 1).err(), size);
    assert_eq!(made(MAX_TOKEN - rest + 2).err(), size);
}

#[test]
fn an_entry_that_is_set_again_has_its_last_status_and_leaves_its_neighbours() {
    for bits in [Bits::One, Bits::Two, Bits::Four, Bits::Eight] {
        let mut list = StatusListBuilder::new(bits, 16).unwrap();
        for index in 0..16 {
            list.set(index, Status::Invalid).unwrap();
        }
        list.set(3, Status::Valid).unwrap();
        let read = StatusList::decode(&list.encode()).unwrap();
        for index in 0..16 {
            let due = if index == 3 { Status::Valid } else { Status::Invalid };
            assert_eq!(read.get(index), Ok(due), "{bits:?} {index}");
        }
    }
}

#[test]
fn a_trust_list_of_a_mebibyte_is_looked_at_and_4096_authorities_are_read() {
    assert_eq!(UnverifiedVical::decode(&vec![0; MAX_VICAL + 1]).err(), Some(VicalError::Size));
    assert_ne!(UnverifiedVical::decode(&vec![0; MAX_VICAL]).err(), Some(VicalError::Size));
    let provider = TestVicalProvider::new("Test lists");
    let read = |count: usize| {
        let payload = Value::map([
            ("version", Value::text("1.0")),
            ("vicalProvider", Value::text("Test lists")),
            ("date", Value::tdate(NOW)),
            ("nextUpdate", Value::tdate(NOW)),
            ("certificateInfos", Value::array(vec![Value::Null; count])),
        ]);
        UnverifiedVical::decode(&provider.signed(&payload)).map(|_| count)
    };
    assert_eq!(read(MAX_VICAL_CERTIFICATES), Ok(MAX_VICAL_CERTIFICATES));
    assert_eq!(read(MAX_VICAL_CERTIFICATES + 1), Err(VicalError::Certificates));
    assert_eq!(read(0), Err(VicalError::Certificates));

    let issuer = TestIssuer::default();
    let prepared = |count: usize| {
        let request = request("Test lists", NOW, 1, &vec![issuer.iaca(); count]);
        PreparedVical::prepare(&request, provider.chain.clone()).map(|_| count)
    };
    assert_eq!(prepared(MAX_VICAL_CERTIFICATES), Ok(MAX_VICAL_CERTIFICATES));
    assert_eq!(prepared(MAX_VICAL_CERTIFICATES + 1), Err(VicalIssueError::Entries));
    assert_eq!(prepared(0), Err(VicalIssueError::Entries));
    let long = request("Test lists", NOW, 1, &vec![issuer.iaca(); 2500]);
    assert_eq!(provider.signer().issue(&long), Err(VicalIssueError::Entries), "more than verifiers read");
}

#[test]
fn a_key_of_a_map_counts_as_a_level_too() {
    let keys = |levels: usize| [vec![0xa1; levels], vec![0x00; levels + 1]].concat();
    let deep = cbor::decode_foreign(&keys(50_000)).map(|_| ());
    assert_eq!(deep.map_err(|error| error.code()), Err("cbor-depth"));
    assert_eq!(encode(&Value::Simple(255)), [0xf8, 255]);
    assert_eq!(encode(&Value::Simple(19)), [0xf3]);
}

#[test]
fn the_bounds_are_those_that_the_documents_name() {
    const KIB: usize = 1024;
    let bounds = [
        (MAX_DEFLATED, 64 * KIB),
        (MAX_INFLATED, 128 * KIB),
        (MAX_REQUEST, 64 * KIB),
        (MAX_TOKEN, KIB * KIB),
        (MAX_LIST, 4 * KIB * KIB),
        (MAX_VICAL, KIB * KIB),
        (MAX_CERTIFICATE, 8 * KIB),
        (MAX_CRL, KIB * KIB),
    ];
    for (index, (bound, named)) in bounds.into_iter().enumerate() {
        assert_eq!(bound, named, "bound {index}");
    }
}

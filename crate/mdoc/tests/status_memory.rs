//! Memory that a hostile status list can take (`T-status-bomb`), counted by the allocator.
#![allow(clippy::unwrap_used, reason = "a test")]

use allocation_counter::measure;
use cbor::Value;
use cbor::cose::sig_structure;
use liangzheng_mdoc::status_list::{StatusListError, StatusSigner, UnverifiedStatusList};
use signature::{PublicKey, sign_es256};
use testkit::draft::NOW;
use testkit::random::signing_key;

const URI: &str = "https://status.test.example/1";
const MIB: u64 = 1024 * 1024;

/// A signed list with this stream.
fn token(stream: Vec<u8>) -> Vec<u8> {
    let protected = [(1, Value::integer(-7)), (16, Value::text("application/statuslist+cwt"))];
    let list = Value::map([("bits", Value::Unsigned(8)), ("lst", Value::Bytes(stream))]);
    let claims = [(2, Value::text(URI)), (6, Value::integer(NOW.unix())), (65_533, list)];
    let protected = cbor::encode(&Value::integer_map(protected));
    let payload = cbor::encode(&Value::integer_map(claims));
    let signature = sign_es256(&signing_key("status"), &sig_structure(&protected, &payload));
    let parts = [Value::Bytes(protected), Value::Map(vec![]), Value::Bytes(payload), Value::bytes(signature)];
    cbor::encode(&Value::tagged(18, Value::array(parts)))
}

/// The result for a token, and the most bytes that were held at one time.
fn cost(token: &[u8]) -> (Option<StatusListError>, u64) {
    let key = PublicKey::from(&signing_key("status"));
    let mut result = None;
    let info = measure(|| {
        let read = UnverifiedStatusList::decode(token)
            .and_then(|list| list.verify(StatusSigner::Key(&key), URI, NOW, &signature::RustCrypto));
        result = read.err();
    });
    (result, info.bytes_max)
}

#[test]
fn a_mebibyte_that_inflates_to_a_gibibyte_is_refused_below_8_mib() {
    let stream = testkit::hostile::zlib_bomb(1008);
    println!("{} bytes inflate to 1008 MiB", stream.len());
    assert!((1000 * 1024..1024 * 1024 - 512).contains(&stream.len()));
    let (error, most) = cost(&token(stream));
    println!("at most {most} bytes at a time");
    assert_eq!(error, Some(StatusListError::Size));
    assert!(most < 8 * MIB, "{most}");
}

#[test]
fn the_largest_list_that_is_read_takes_less_than_8_mib() {
    let largest = token(testkit::hostile::zlib(&vec![0; 4 << 20]));
    let (error, most) = cost(&largest);
    assert_eq!(error, None);
    assert!(most < 8 * MIB, "{most}");
    let larger = token(testkit::hostile::zlib(&vec![0; (4 << 20) + 1]));
    assert_eq!(cost(&larger).0, Some(StatusListError::Size));
}

#[test]
fn more_than_a_mebibyte_is_not_even_looked_at() {
    let (error, most) = cost(&vec![0xff; 1024 * 1024 + 1]);
    assert_eq!((error, most), (Some(StatusListError::Size), 0));
}

//! Status lists (`T-status-list`): the draft's own examples, every refusal, and a round trip of every width.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test"
)]

use base64ct::{Base64UrlUnpadded, Encoding as _};
use liangzheng_mdoc as mdoc;

use cbor::Timestamp;
use cbor::Value;
use mdoc::TrustAnchors;
use mdoc::status_list::{
    Bits, IdentifierListInfo, Inserted, ListSigner, PreparedStatusList, Status, StatusList,
    StatusListBuilder, StatusListClaims, StatusListError, StatusListInfo, StatusLists, StatusReference,
    StatusSigner, UnverifiedStatusList, VerifiedStatusList,
};
use proptest::prelude::*;
use signature::{Algorithm, PublicKey, Signer};
use testkit::draft::NOW;
use testkit::issuer::{TestIssuer, TestIssuerOptions};
use testkit::random::signing_key;

const URI: &str = "https://status.test.example/1";

/// The draft's examples, where they are at hand.
fn vectors() -> Option<serde_json::Value> {
    let Some(folder) = std::env::var_os("LIANGZHENG_VECTORS") else {
        println!("skipped: tsl.json (LIANGZHENG_VECTORS is not set)");
        return None;
    };
    let text = std::fs::read_to_string(std::path::Path::new(&folder).join("tsl.json")).expect("tsl.json");
    Some(serde_json::from_str(&text).expect("JSON"))
}

fn hex(text: &serde_json::Value) -> Vec<u8> {
    let text = text.as_str().expect("hex");
    base16ct::mixed::decode_vec(text).unwrap()
}

fn base64url(text: &str) -> Vec<u8> {
    Base64UrlUnpadded::decode_vec(text).expect("base64url")
}

#[test]
fn the_draft_s_lists_of_every_width() {
    let Some(vectors) = vectors() else { return };
    let (mut lists, mut entries) = (0, 0);
    for (name, of) in vectors.as_object().unwrap() {
        let Some(list) = name.strip_suffix("_cbor").and(of.as_str()) else { continue };
        let list = StatusList::decode(&hex(&serde_json::Value::from(list))).expect(name);
        let set = vectors[format!("{name}_nonzero")].as_object().unwrap();
        for index in 0..list.entries() {
            let due = set.get(&index.to_string()).map_or(0, |value| value.as_u64().unwrap());
            assert_eq!(u64::from(list.get(index).unwrap().value()), due, "{name} {index}");
        }
        assert_eq!(list.get(list.entries()), Err(StatusListError::Index));
        assert!(set.keys().all(|index| index.parse::<u64>().unwrap() < list.entries()));
        if !matches!(name.as_str(), "encoding_cbor" | "encoding2_cbor") {
            assert_eq!(list.entries(), 1 << 20, "{name}");
        }
        (lists, entries) = (lists + 1, entries + list.entries());
    }
    println!("{lists} lists, {entries} entries");
    assert_eq!(lists, 6);
}

#[test]
fn the_draft_s_token_and_the_token_that_refers_to_it() {
    let Some(vectors) = vectors() else { return };
    let coordinate = |name: &str| base64url(vectors["jwk"][name].as_str().unwrap());
    let point = [vec![4], coordinate("x"), coordinate("y")].concat();
    let key = PublicKey::p256_from_sec1(&point).unwrap();
    let token = hex(&vectors["cwt"]);
    let unverified = UnverifiedStatusList::decode(&token).unwrap();
    let uri = unverified.claimed_uri().to_owned();
    assert_eq!(uri, "https://example.com/statuslists/1");
    let issued = Timestamp::from_unix(1_686_920_170);
    let list = unverified.verify(StatusSigner::Key(&key), &uri, issued, &signature::RustCrypto).unwrap();
    assert_eq!((list.issued_at(), list.signer()), (issued, &ListSigner::Key));
    assert_eq!(list.expires(), Some(Timestamp::from_unix(2_291_720_170)));
    assert_eq!(list.fresh_until(), Some(issued.plus_seconds(43_200)));
    let set = vectors["encoding_cbor_nonzero"].as_object().unwrap();
    for index in 0..16 {
        let due = if set.contains_key(&index.to_string()) { Status::Invalid } else { Status::Valid };
        assert_eq!(list.get(index), Ok(due), "{index}");
    }
    let at = |seconds| {
        unverified.verify(StatusSigner::Key(&key), &uri, issued.plus_seconds(seconds), &signature::RustCrypto)
    };
    assert_eq!(at(43_200).err(), None);
    assert_eq!(at(43_201).err(), Some(StatusListError::Stale));
    assert_eq!(at(604_800_000).err(), Some(StatusListError::Expired));
    assert_eq!(at(-61).err(), Some(StatusListError::NotYet));
    let other = PublicKey::from(&signing_key("another"));
    let refused = unverified.verify(StatusSigner::Key(&other), &uri, issued, &signature::RustCrypto);
    assert_eq!(refused.err(), Some(StatusListError::Signature));

    // the referenced token has the same `status` as an MSO
    let referenced = hex(&vectors["referenced_cwt"]);
    let referenced = cbor::decode_foreign(&referenced).unwrap();
    let payload = referenced.as_tag().unwrap().1.as_array().unwrap()[2].as_bytes().unwrap().to_vec();
    let claims = cbor::decode_foreign(&payload).unwrap();
    let status = claims.get_integer(65_535).unwrap().to_value();
    let reference = StatusReference::read(Some(&status)).unwrap().unwrap().status_list.unwrap();
    assert_eq!((reference.idx, reference.uri.as_str()), (0, uri.as_str()));

    // the JWT form is no CWT
    let jwt = vectors["jwt"].as_str().unwrap().as_bytes();
    assert!(UnverifiedStatusList::decode(jwt).is_err());
}

/// A list that is right in every way.
struct Made {
    issuer: TestIssuer,
    claims: StatusListClaims,
    list: StatusListBuilder,
}

impl Made {
    fn new() -> Self {
        let mut list = StatusListBuilder::new(Bits::Two, 1000).unwrap();
        for (index, status) in [(3, Status::Invalid), (4, Status::Suspended), (5, Status::Other(3))] {
            list.set(index, status).unwrap();
        }
        let claims = StatusListClaims {
            uri: URI.to_owned(),
            issued_at: NOW,
            expires: Some(NOW.plus_seconds(7 * 86_400)),
            time_to_live: Some(86_400),
            aggregation_uri: None,
        };
        Self { issuer: TestIssuer::default(), claims, list }
    }

    fn token(&self) -> Vec<u8> {
        self.list.sign(&self.claims, &self.issuer.signer()).unwrap()
    }

    /// A token of these headers and claims, signed as it is.
    fn signed(&self, protected: &Value, unprotected: &Value, claims: &Value) -> Vec<u8> {
        let (protected, payload) = (cbor::encode(protected), cbor::encode(claims));
        let signature = self.issuer.ds_key().sign(&cbor::cose::sig_structure(&protected, &payload));
        let parts =
            [Value::bytes(protected), unprotected.clone(), Value::bytes(payload), Value::bytes(signature)];
        cbor::encode(&Value::tagged(18, Value::array(parts)))
    }

    fn with_claims(&self, claims: &Value) -> Vec<u8> {
        self.signed(&protected(&[]), &chain(&self.issuer), claims)
    }

    fn claims(&self) -> Vec<(i64, Value)> {
        let list = Value::map([("bits", Value::Unsigned(2)), ("lst", Value::bytes(zlib(&[0x40, 0x0e])))]);
        let now = Value::integer(NOW.unix());
        vec![(2, Value::text(URI)), (6, now), (65_533, list)]
    }
}

fn zlib(bytes: &[u8]) -> Vec<u8> {
    testkit::hostile::zlib(bytes)
}

fn protected(more: &[(i64, Value)]) -> Value {
    let mut pairs = vec![(1, Value::integer(-7)), (16, Value::text("application/statuslist+cwt"))];
    pairs.extend_from_slice(more);
    Value::integer_map(pairs)
}

fn chain(issuer: &TestIssuer) -> Value {
    Value::integer_map([(33, Value::bytes(issuer.ds_der()))])
}

fn verify_at(
    token: &[u8],
    trust: &TrustAnchors,
    now: Timestamp,
) -> Result<VerifiedStatusList, StatusListError> {
    UnverifiedStatusList::decode(token)?.verify(
        StatusSigner::Anchors(trust),
        URI,
        now,
        &signature::RustCrypto,
    )
}

fn code(token: &[u8]) -> &'static str {
    verify_at(token, &TestIssuer::default().trust(), NOW).map_or_else(|error| error.code(), |_| "accepted")
}

#[test]
fn a_document_signer_s_list_is_read() {
    let made = Made::new();
    let list = verify_at(&made.token(), &made.issuer.trust(), NOW).unwrap();
    assert_eq!([2, 3, 4, 5].map(|index| list.get(index).unwrap().value()), [0, 1, 2, 3]);
    assert_eq!(list.get(1000), Err(StatusListError::Index));
    assert_eq!(list.get(u64::MAX), Err(StatusListError::Index));
    let ListSigner::Anchor { spki_sha256, label } = list.signer() else { panic!("an anchor") };
    assert_eq!((*spki_sha256, label.as_str()), (made.issuer.iaca().spki_sha256(), "Test authority"));
    // the second edition of ISO/IEC 18013-5 protects the certificates
    let der = Value::bytes(made.issuer.ds_der());
    let empty = Value::Map(Vec::new());
    let moved = made.signed(&protected(&[(33, der)]), &empty, &Value::integer_map(made.claims()));
    assert_eq!(code(&moved), "accepted");
    // another claim, another header and a list that names its aggregation are no reason to refuse
    let mut claims = made.claims();
    claims.push((1, Value::text("issuer")));
    assert_eq!(code(&made.with_claims(&Value::integer_map(claims))), "accepted");
}

#[test]
fn times_to_the_second() {
    let made = Made::new();
    let trust = made.issuer.trust();
    let at = |seconds| verify_at(&made.token(), &trust, NOW.plus_seconds(seconds)).err();
    assert_eq!(at(-60), None);
    assert_eq!(at(-61), Some(StatusListError::NotYet));
    assert_eq!(at(86_400), None);
    assert_eq!(at(86_401), Some(StatusListError::Stale));
    let mut long = Made::new();
    long.claims.time_to_live = None;
    let list = verify_at(&long.token(), &trust, NOW).unwrap();
    let end = 7 * 86_400;
    assert_eq!(list.current(NOW.plus_seconds(end - 1)).err(), None);
    assert_eq!(list.current(NOW.plus_seconds(end)).err(), Some(StatusListError::Expired));
    assert_eq!(verify_at(&long.token(), &trust, NOW.plus_seconds(end)).err(), Some(StatusListError::Expired));
    long.claims.expires = None;
    let list = verify_at(&long.token(), &trust, NOW).unwrap();
    assert_eq!(list.current(NOW.plus_seconds(100 * end)).err(), None);
}

#[test]
fn every_refusal_has_its_code() {
    let made = Made::new();
    let claims = Value::integer_map(made.claims());
    assert_eq!(code(&made.with_claims(&claims)), "accepted");
    let without = |label: i64| {
        let claims = made.claims().into_iter().filter(|(have, _)| *have != label);
        made.with_claims(&Value::integer_map(claims))
    };
    let with = |label: i64, value: Value| {
        let claims = made.claims().into_iter().filter(|(have, _)| *have != label);
        made.with_claims(&Value::integer_map(claims.chain([(label, value)])))
    };
    let list = |bits: u64, lst: Vec<u8>| {
        with(65_533, Value::map([("bits", Value::Unsigned(bits)), ("lst", Value::bytes(lst))]))
    };
    let untagged = {
        let token = made.token();
        assert_eq!(token[0], 0xd2, "tag 18");
        token[1..].to_vec()
    };
    let retag = |tag: u64| {
        let mut token = cbor::encode(&Value::tagged(tag, Value::Null));
        token.pop();
        token.extend(&untagged);
        token
    };
    let cwt = [vec![0xd8, 61], made.token()].concat();
    let untyped = Value::integer_map([(1, Value::integer(-7))]);
    let jwt_type = Value::integer_map([(1, Value::integer(-7)), (16, Value::text("statuslist+jwt"))]);
    let at_chain = |protected: &Value, chain: &Value| made.signed(protected, chain, &claims);
    let altered = {
        let mut token = made.token();
        let last = token.len() - 1;
        token[last] ^= 1;
        token
    };
    let stranger = TestIssuer::new(&TestIssuerOptions { seed: "stranger".into(), ..Default::default() });
    let renamed =
        TestIssuerOptions { seed: "elsewhere".into(), iaca_name: "Other".into(), ..Default::default() };
    let elsewhere = Made { issuer: TestIssuer::new(&renamed), ..Made::new() };
    let same_name = Made { issuer: stranger, ..Made::new() };
    let other_key = made.signed(&protected(&[]), &chain(&same_name.issuer), &claims);
    let mut other_list = Made::new();
    other_list.claims.uri = "https://status.test.example/2".into();
    let mut torn = zlib(&[7; 100]);
    torn.truncate(torn.len() - 4);
    let mut trailing = zlib(&[7; 100]);
    trailing.push(0);
    let mut checksum = zlib(&[7; 100]);
    *checksum.last_mut().unwrap() ^= 1;
    let moment = |seconds: i64| Value::integer(NOW.plus_seconds(seconds).unix());
    let past_ca = [
        (vec![0; 1024 * 1024 + 1], "status-size"),
        (untagged.clone(), "status-structure"),
        (retag(17), "status-structure"),
        (retag(98), "status-structure"),
        (cwt, "status-structure"),
        (at_chain(&untyped, &chain(&made.issuer)), "status-type"),
        (at_chain(&jwt_type, &chain(&made.issuer)), "status-type"),
        (without(2), "status-claims"),
        (without(6), "status-claims"),
        (without(65_533), "status-claims"),
        (with(6, Value::Float(1.5)), "status-claims"),
        (with(2, Value::Unsigned(1)), "status-claims"),
        (with(4, Value::text("tomorrow")), "status-claims"),
        (with(65_534, Value::Unsigned(0)), "status-claims"),
        (with(65_534, Value::integer(-1)), "status-claims"),
        (with(65_533, Value::map([("bits", Value::Unsigned(1))])), "status-claims"),
        (made.with_claims(&Value::Null), "status-claims"),
        (list(0, zlib(&[0])), "status-bits"),
        (list(3, zlib(&[0])), "status-bits"),
        (list(16, zlib(&[0])), "status-bits"),
        (list(1, vec![]), "status-zlib"),
        (list(1, vec![0; 20]), "status-zlib"),
        (list(1, torn), "status-zlib"),
        (list(1, trailing), "status-zlib"),
        (list(1, checksum), "status-zlib"),
        (other_list.token(), "status-subject"),
        (with(6, moment(61)), "status-not-yet"),
        (with(4, moment(0)), "status-expired"),
        (elsewhere.token(), "status-signer"),
        (at_chain(&protected(&[]), &Value::Map(Vec::new())), "status-signer"),
        (altered, "status-signature"),
        // The errors of a list's signer speak of the list, not of a licence.
        (same_name.token(), "status-signer"),
        (other_key, "status-signer"),
        (at_chain(&Value::Map(Vec::new()), &chain(&made.issuer)), "cose-alg-missing"),
    ];
    for (number, (token, due)) in past_ca.iter().enumerate() {
        assert_eq!(code(token), *due, "case {number}");
    }
    // signed by the authority's own root, which is no document signer
    let root = Value::integer_map([(33, Value::bytes(made.issuer.iaca().as_der()))]);
    assert_ne!(code(&at_chain(&protected(&[]), &root)), "accepted");
}

#[test]
fn no_flipped_bit_verifies() {
    let made = Made::new();
    let (token, trust) = (made.token(), made.issuer.trust());
    let due = verify_at(&token, &trust, NOW).unwrap();
    for at in 0..token.len() * 8 {
        let mut changed = token.clone();
        changed[at / 8] ^= 1 << (at % 8);
        if let Ok(list) = verify_at(&changed, &trust, NOW) {
            assert_eq!(list.list(), due.list(), "bit {at}");
            assert_eq!((list.uri(), list.issued_at()), (due.uri(), due.issued_at()), "bit {at}");
        }
    }
}

#[test]
fn a_newer_list_replaces_and_an_older_one_never_does() {
    let made = Made::new();
    let trust = made.issuer.trust();
    let of = |seconds: i64| {
        let mut made = Made::new();
        made.claims.issued_at = NOW.plus_seconds(seconds);
        verify_at(&made.token(), &trust, NOW.plus_seconds(3600)).unwrap()
    };
    let mut lists = StatusLists::new();
    assert!(lists.find(URI).is_none());
    lists.refuse(URI, StatusListError::Expired);
    assert_eq!(lists.find(URI).unwrap().err(), Some(StatusListError::Expired));
    assert_eq!(lists.insert(of(10)), Ok(Inserted::New));
    lists.refuse(URI, StatusListError::Expired);
    assert_eq!(lists.insert(of(9)), Err(StatusListError::Rollback));
    assert_eq!(lists.newest(), Some(NOW.plus_seconds(10)));
    assert_eq!(lists.insert(of(10)), Ok(Inserted::Same));
    assert_eq!(lists.insert(of(11)), Ok(Inserted::Replaced));
    let key = made.issuer.ds_key().public_key();
    let pinned = UnverifiedStatusList::decode(&made.token()).unwrap();
    let pinned =
        pinned.verify(StatusSigner::Key(&key), URI, NOW.plus_seconds(20), &signature::RustCrypto).unwrap();
    assert_eq!(lists.insert(pinned), Err(StatusListError::Signer), "another signer");
    assert_eq!(lists.newest(), Some(NOW.plus_seconds(11)));
    lists.remove(URI);
    assert_eq!(lists.newest(), None);
}

#[test]
fn references_of_every_kind() {
    let read = |value: &Value| StatusReference::read(Some(value));
    assert_eq!(StatusReference::read(None), Ok(None));
    let info = StatusListInfo { certificate: Some(vec![1, 2]), ..StatusListInfo::new(412, URI) };
    let list = read(&info.to_status()).unwrap().unwrap();
    assert_eq!(list, StatusReference { status_list: Some(info.clone()), identifier_list: None });
    let identifier = Value::map([("id", Value::bytes([7])), ("uri", Value::text(URI))]);
    let known = read(&Value::map([("identifier_list", identifier.clone())])).unwrap().unwrap();
    let due = IdentifierListInfo { id: vec![7], uri: URI.into(), certificate: None };
    assert_eq!(known, StatusReference { status_list: None, identifier_list: Some(due) });
    let idx =
        |idx: Value| Value::map([("status_list", Value::map([("idx", idx), ("uri", Value::text(URI))]))]);
    assert!(read(&idx(Value::Unsigned(u64::MAX))).is_ok());
    for malformed in [
        Value::Null,
        Value::array([]),
        Value::Map(Vec::new()),
        Value::map([("token_status", Value::Null)]),
        Value::map([("status_list", Value::Null)]),
        Value::map([("status_list", Value::map([("idx", Value::Unsigned(1))]))]),
        Value::map([("identifier_list", Value::map([("uri", Value::text(URI))]))]),
        Value::map([("status_list", info.to_status()), ("identifier_list", identifier.clone())]),
        idx(Value::integer(-1)),
        idx(Value::text("1")),
        StatusListInfo::new(1, "").to_status(),
        StatusListInfo::new(1, "x".repeat(2049)).to_status(),
    ] {
        assert_eq!(read(&malformed), Err(StatusListError::Reference), "{malformed:?}");
    }
}

#[test]
fn one_mechanism_does_not_spoil_another() {
    let info = StatusListInfo::new(412, URI);
    let entry = info.to_status().get_text("status_list").unwrap().clone();
    let untidy = Value::map([("id", Value::text("abc")), ("uri", Value::text(URI))]);
    for beside in [
        ("identifier_list", untidy.clone()),
        ("identifier_list", Value::Null),
        ("org.example.status", Value::map([("idx", Value::Null)])),
    ] {
        let read = StatusReference::read(Some(&Value::map([("status_list", entry.clone()), beside])));
        let due = StatusReference { status_list: Some(info.clone()), identifier_list: None };
        assert_eq!(read, Ok(Some(due)));
    }
    // The entry that decides is never skipped in favour of another mechanism.
    let identifier = Value::map([("id", Value::bytes([7])), ("uri", Value::text(URI))]);
    let malformed = Value::map([("status_list", Value::Null), ("identifier_list", identifier)]);
    assert_eq!(StatusReference::read(Some(&malformed)), Err(StatusListError::Reference));
    assert_eq!(
        StatusReference::read(Some(&Value::map([("identifier_list", untidy)]))),
        Err(StatusListError::Reference)
    );
}

#[test]
fn what_cannot_be_written_is_refused() {
    let mut list = StatusListBuilder::new(Bits::One, 9).unwrap();
    assert_eq!(list.entries(), 16, "filled up to a whole byte");
    assert_eq!(list.set(16, Status::Invalid), Err(StatusListError::Index));
    assert_eq!(list.set(0, Status::Suspended), Err(StatusListError::Bits));
    assert_eq!(StatusListBuilder::new(Bits::Eight, 4 << 20 | 1).err(), Some(StatusListError::Size));
    assert_eq!(StatusListBuilder::new(Bits::One, u64::MAX).err(), Some(StatusListError::Size));
    assert!(StatusListBuilder::new(Bits::Eight, 4 << 20).is_ok());
}

fn write(bits: Bits, entries: &[u8]) -> StatusListBuilder {
    let mut list = StatusListBuilder::new(bits, entries.len() as u64).unwrap();
    for (index, value) in (0..).zip(entries) {
        list.set(index, Status::from_value(*value)).unwrap();
    }
    list
}

proptest! {
    #[test]
    fn written_lists_are_read_again(
        width in prop::sample::select(vec![1_u64, 2, 4, 8]),
        entries in prop::collection::vec(any::<u8>(), 0..5_000),
        key_is_pinned in any::<bool>(),
    ) {
        let bits = Bits::from_width(width).unwrap();
        let entries: Vec<u8> = entries.iter().map(|value| value >> (8 - width)).collect();
        let list = write(bits, &entries);
        let alone = StatusList::decode(&list.encode()).unwrap();
        prop_assert_eq!((alone.bits(), alone.entries()), (bits, list.entries()));
        let made = Made::new();
        let prepared: PreparedStatusList = list.prepare(&made.claims, Algorithm::Es256);
        let key = made.issuer.ds_key().public_key();
        let trust = made.issuer.trust();
        let (token, signer) = if key_is_pinned {
            let signature = made.issuer.ds_key().sign(&prepared.to_be_signed());
            (prepared.complete(signature, None).unwrap(), StatusSigner::Key(&key))
        } else {
            (list.sign(&made.claims, &made.issuer.signer()).unwrap(), StatusSigner::Anchors(&trust))
        };
        let read = UnverifiedStatusList::decode(&token).unwrap().verify(signer, URI, NOW, &signature::RustCrypto).unwrap();
        prop_assert_eq!(read.list(), &alone);
        for (index, value) in (0..).zip(&entries) {
            prop_assert_eq!(read.get(index).unwrap().value(), *value);
        }
    }
}

//! Hostile shapes: inputs with as much of one thing as the link can carry.
//!
//! All but the garbage are signed by the trusted test authority and the device, so that no check stops them early: no
//! input costs more.
#![allow(clippy::expect_used, reason = "a tool of the tests: what it makes itself is right")]

use cbor::{Value, encode};
use envelope::MAX_DEFLATED;
use envelope::ReplayMemory;
use mdoc::status_list::StatusLists;
use signature::Curve;
use testkit::draft::{Draft, ItemDraft, NOW, get_mut, inflated, set};
use testkit::hostile::{self, deflate};
use testkit::issuer::{TestIssuer, TestIssuerOptions};
use testkit::random::{TestKey, TestRandom};
use testkit::sample::{DOMESTIC, ISO, jpeg};
use verdict::{Purpose, Terms, Verdict, VerifierContext, verify_one_way};

/// A payload of the QR link.
#[derive(Clone, Debug)]
pub struct Shape {
    /// The thing that it has much of.
    pub name: &'static str,
    /// The payload; never over 64 KiB.
    pub payload: Vec<u8>,
}

/// The name of the shape with which all others are compared.
pub const RIGHT: &str = "a right presentation";

/// Verifies a payload as the verifier page does.
pub fn judge(payload: &[u8]) -> Verdict {
    let terms = Terms::default_for(Purpose::Roadside, NOW.date_at(8 * 3600));
    let context = VerifierContext {
        now: NOW,
        clock_floor: NOW.plus_seconds(-86_400),
        trust: hostile::trust(),
        memory: &ReplayMemory::new(),
        audience: None,
        status_lists: &StatusLists::new(),
        terms: &terms,
        signatures: &signature::RustCrypto,
        strict: false,
    };
    verify_one_way(payload, &context)
}

/// Returns every shape; the first is the ordinary presentation.
pub fn shapes() -> Vec<Shape> {
    let mut shapes = vec![Shape { name: RIGHT, payload: hostile::valid().to_vec() }];
    let mut add = |name, payload: Vec<u8>| {
        assert!(payload.len() <= MAX_DEFLATED, "{name}: {} bytes", payload.len());
        shapes.push(Shape { name, payload });
    };
    signed(&mut add);
    elements(&mut add);
    unsigned(&mut add);
    streams(&mut add);
    shapes
}

fn draft(change: impl FnOnce(&mut Draft)) -> Vec<u8> {
    let mut draft = Draft::new(&TestIssuer::default());
    change(&mut draft);
    deflate(&draft.inflated())
}

/// Returns shapes with many or large parts that the issuer or the device signs.
fn signed(add: &mut dyn FnMut(&'static str, Vec<u8>)) {
    let numbers = |count: i64| Value::integer_map((1_000..1_000 + count).map(|n| (n, Value::Null)));
    add("labels in both headers of the issuer", {
        draft(|draft| {
            let chain = draft.issuer_auth.unprotected.get_integer(33).cloned().expect("a chain");
            let mut labels: Vec<_> = (1_000..6_000).map(|n| (n, Value::Null)).collect();
            labels.push((33, chain));
            draft.issuer_auth.unprotected = Value::integer_map(labels);
            let protected = (10_000..18_000).map(|n| (n, Value::Null));
            let protected = Value::integer_map(protected.chain([(1, Value::integer(-7))]));
            draft.issuer_auth.protected = encode(&protected);
        })
    });
    add("labels in both headers of the device", {
        draft(|draft| {
            draft.device_auth.unprotected = numbers(7_000);
            let protected = (10_000..18_000).map(|n| (n, Value::Null));
            let protected = Value::integer_map(protected.chain([(1, Value::integer(-7))]));
            draft.device_auth.protected = encode(&protected);
        })
    });
    add("elements, each with its digest", {
        draft(|draft| {
            let mut random = TestRandom::new("elements");
            draft.items.extend((0..1_000).map(|n| item(1_000 + n, &format!("e{n}"), &mut random)));
            draft.digest_items();
        })
    });
    add("digests of elements that are not shown", {
        draft(|draft| {
            let digests = (100_000..103_000).map(|n| (Value::Unsigned(n), Value::bytes([0; 32])));
            let digests = Value::Map(digests.collect());
            set(get_mut(&mut draft.mso, "valueDigests"), "org.example", digests);
        })
    });
    add("namespaces of digests", {
        draft(|draft| {
            for n in 0..2_500 {
                set(get_mut(&mut draft.mso, "valueDigests"), &format!("n{n}"), Value::Map(vec![]));
            }
        })
    });
    add("elements that the device may sign, and signs", {
        draft(|draft| {
            let names = || (0..5_000).map(|n| format!("e{n}"));
            let list = Value::array(names().map(Value::text));
            let authorized = Value::map([("dataElements", Value::map([("org.example", list)]))]);
            set(get_mut(&mut draft.mso, "deviceKeyInfo"), "keyAuthorizations", authorized);
            let pairs = names().map(|name| (Value::text(name), Value::Null)).collect();
            draft.device_name_spaces = Value::map([("org.example", Value::Map(pairs))]);
        })
    });
    add("certificates of 30,000 bytes", {
        draft(|draft| {
            let chain = vec![Value::bytes(TestIssuer::default().ds_der())];
            let chain = Value::array(chain.into_iter().chain((0..3).map(|_| Value::bytes([0x30; 30_000]))));
            draft.issuer_auth.unprotected = Value::integer_map([(33, chain)]);
        })
    });
    for curve in [Curve::P384, Curve::P521, Curve::BrainpoolP384r1] {
        let options =
            TestIssuerOptions { iaca_curve: curve, ds_curve: curve, ..TestIssuerOptions::default() };
        let mut slow = Draft::new(&TestIssuer::new(&options));
        slow.set_device_key(TestKey::new("device", curve));
        add("keys on larger curves, of an issuer who is not trusted", deflate(&slow.inflated()));
    }
    add("a device key on brainpoolP384r1", {
        draft(|draft| draft.set_device_key(TestKey::new("device", Curve::BrainpoolP384r1)))
    });
    add("a device key on P-521", draft(|draft| draft.set_device_key(TestKey::new("device", Curve::P521))));
}

/// Returns shapes with one large element.
fn elements(add: &mut dyn FnMut(&'static str, Vec<u8>)) {
    let mut with = |name, identifier: &str, value: Value| {
        let payload = draft(|draft| {
            set(&mut draft.item_mut(identifier).map, "elementValue", value);
            draft.digest_items();
        });
        add(name, payload);
    };
    let mut random = TestRandom::new("noise");
    with("a portrait of 50,000 bytes", "portrait_small", Value::bytes(jpeg(120, 174, 50_000, &mut random)));
    let markers = [0xff, 0xd8].into_iter().chain([0xff, 0xe0, 0, 2].into_iter().cycle().take(100_000));
    with("a portrait of 25,000 segments", "portrait_small", Value::bytes(markers.collect::<Vec<u8>>()));
    let filled = [0xff, 0xd8].into_iter().chain([0xff].into_iter().cycle().take(100_000));
    with("a portrait of fill bytes", "portrait_small", Value::bytes(filled.collect::<Vec<u8>>()));
    with("a name of 100,000 letters", "family_name", Value::text("A".repeat(100_000)));
    with("a name of 30,000 signs that hide", "family_name", Value::text("\u{202e}".repeat(30_000)));
    with("a name of 30,000 accents on one letter", "family_name", {
        Value::text(format!("e{}", "\u{301}".repeat(30_000)))
    });
    let class = |n: usize| Value::map([("code", Value::text(format!("Z{n}")))]);
    with("4,000 classes", "classes", Value::array((0..4_000).map(class)));
    let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ".repeat(3_000);
    with("78,000 status letters", "status_letters", Value::map([("letters", Value::text(letters))]));
    let number = "0123456789".repeat(10_000);
    with("a document number of 100,000 digits", "document_number", Value::text(number));
}

/// Returns shapes with many unsigned parts.
fn unsigned(add: &mut dyn FnMut(&'static str, Vec<u8>)) {
    let draft = Draft::new(&TestIssuer::default());
    let response = draft.device_response();
    let body = response.get(1..).unwrap_or_default().to_vec();
    let around = |response: &[u8]| deflate(&inflated(&draft.kind, &draft.info_bytes(), response));
    // One more pair in the response, under an unknown key.
    let beside = |value: &[u8]| around(&[&[0xa4], body.as_slice(), &[0x61, b'x'], value].concat());
    let counted = |head: u8, count: u16| [&[head], count.to_be_bytes().as_slice()].concat();
    let keys = |count: u16, key: &dyn Fn(u16) -> Vec<u8>| {
        let pairs = (0..count).flat_map(|n| [key(n), vec![0xf6]].concat());
        counted(0xb9, count).into_iter().chain(pairs).collect::<Vec<u8>>()
    };
    add("an array of 15,000 items", beside(&[counted(0x99, 15_000), vec![0xf6; 15_000]].concat()));
    add("15,000 empty maps", beside(&[counted(0x99, 15_000), vec![0xa0; 15_000]].concat()));
    add("a map of 7,500 numbers", beside(&keys(7_500, &|n| [&[0x19], n.to_be_bytes().as_slice()].concat())));
    add("a map of texts that begin alike", {
        let text = |n: u16| encode(&Value::text(format!("{}{n:05}", "a".repeat(200))));
        beside(&keys(480, &text))
    });
    add("a map of keys in falling order", {
        beside(&keys(7_500, &|n| [&[0x19], (30_000 - n).to_be_bytes().as_slice()].concat()))
    });
    let nest: Vec<u8> = [[0x81; 12].as_slice(), &[0x00]].concat();
    add("1,200 nests of 12 arrays", beside(&[counted(0x99, 1_200), nest.repeat(1_200)].concat()));
    add(
        "a byte string of 60,000 chunks",
        beside(&[vec![0x5f], [0x41, 0].repeat(60_000), vec![0xff]].concat()),
    );
    add("a text of 120,000 empty chunks", beside(&[vec![0x7f], vec![0x60; 120_000], vec![0xff]].concat()));
    add("a text of 120,000 bytes", {
        beside(&[&[0x7a], 120_000_u32.to_be_bytes().as_slice(), &vec![b'a'; 120_000]].concat())
    });
    add("arrays of arrays until all items are used", {
        beside(&[counted(0x99, 5_000), [0x82, 0x00, 0x00].repeat(5_000)].concat())
    });
    let namespace = |n: u16| encode(&Value::text(format!("{n:05}")));
    let empty: Vec<u8> = (0..7_000).flat_map(|n| [namespace(n), vec![0x80]].concat()).collect();
    let mut presentation = Draft::new(&TestIssuer::default());
    presentation.items.clear();
    let with_items = |name_spaces: &[u8]| {
        let auth = presentation.issuer_auth.sign(&encode(&Value::encoded_cbor(encode(&presentation.mso))));
        let issuer_signed = raw_map(&[("nameSpaces", name_spaces), ("issuerAuth", &encode(&auth))]);
        let doc_type = encode(&Value::text("x"));
        let document = raw_map(&[("docType", &doc_type), ("issuerSigned", &issuer_signed)]);
        let documents = [&[0x81], document.as_slice()].concat();
        let version = encode(&Value::text("1.0"));
        around(&raw_map(&[("version", &version), ("status", &[0]), ("documents", &documents)]))
    };
    add("7,000 namespaces without elements", with_items(&[counted(0xb9, 7_000), empty].concat()));
    let small = |n: u64| {
        let map = Value::map([
            ("digestID", Value::Unsigned(n)),
            ("random", Value::bytes([0; 16])),
            ("elementIdentifier", Value::text(format!("{n:04}"))),
            ("elementValue", Value::Null),
        ]);
        encode(&Value::encoded_cbor(encode(&map)))
    };
    let items: Vec<u8> = (0..1_500).flat_map(small).collect();
    let one = [vec![0xa1], encode(&Value::text("n")), counted(0x99, 1_500), items].concat();
    add("1,500 elements without digests", with_items(&one));
}

/// Encodes a map of text keys and encoded values, in the given order.
fn raw_map(pairs: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = vec![0xa0 | u8::try_from(pairs.len()).unwrap_or(0)];
    for (key, value) in pairs {
        out.extend(encode(&Value::text(*key)));
        out.extend_from_slice(value);
    }
    out
}

/// Returns deflate streams that are expensive to inflate.
fn streams(add: &mut dyn FnMut(&'static str, Vec<u8>)) {
    add("zeros to the last byte that is inflated", deflate(&vec![0; 128 * 1024]));
    add("zeros past the last byte that is inflated", deflate(&vec![0; 40 << 20]));
    add("noise of 64 KiB", {
        let mut noise = vec![0; MAX_DEFLATED];
        TestRandom::new("deflate").fill(&mut noise);
        noise
    });
    add("noise of 65,000 bytes, stored", {
        let mut noise = vec![0; 65_000];
        TestRandom::new("stored").fill(&mut noise);
        let [low, high] = 65_000_u16.to_le_bytes();
        [&[1, low, high, !low, !high], noise.as_slice()].concat()
    });
    // A stored block without content that is not the last one.
    add("13,000 empty stored blocks", [0x00, 0x00, 0x00, 0xff, 0xff].repeat(13_000));
    add("52,000 empty blocks with the fixed code", {
        // Bits, least significant first: 0, 01 (as 1 then 0), and the end of the block as seven zeros.
        let mut bytes = vec![0_u8; MAX_DEFLATED];
        for block in 0..MAX_DEFLATED * 8 / 10 {
            let bit = block * 10 + 1;
            if let Some(byte) = bytes.get_mut(bit / 8) {
                *byte |= 1 << (bit % 8);
            }
        }
        bytes
    });
    add("empty blocks, each with a code of its own", dynamic_blocks());
}

/// Returns blocks without content, with the shortest possible description of their Huffman codes.
fn dynamic_blocks() -> Vec<u8> {
    let mut bits: Vec<bool> = Vec::new();
    let put = |bits: &mut Vec<bool>, value: u32, count: u32| {
        (0..count).for_each(|bit| bits.push(value >> bit & 1 == 1));
    };
    while bits.len() + 120 < MAX_DEFLATED * 8 {
        put(&mut bits, 0b100, 3); // not final, dynamic
        put(&mut bits, 0, 5); // 257 literal codes
        put(&mut bits, 0, 5); // 1 distance code
        put(&mut bits, 14, 4); // 18 code lengths of code lengths: 16 17 18 0 8 7 9 6 10 5 11 4 12 3 13 2 14 1
        // Codes for 18 (a run of zeros) and 1: one bit each.
        for order in 0..18 {
            put(&mut bits, u32::from(matches!(order, 2 | 17)), 3);
        }
        // 1 has the code 0, 18 has the code 1: 138 zeros, 118 zeros, then lengths 1 for "end" and the distance.
        put(&mut bits, 1, 1);
        put(&mut bits, 127, 7);
        put(&mut bits, 1, 1);
        put(&mut bits, 107, 7);
        put(&mut bits, 0, 1);
        put(&mut bits, 0, 1);
        // The end of the block, one bit.
        put(&mut bits, 0, 1);
    }
    bits.chunks(8)
        .map(|byte| byte.iter().enumerate().fold(0, |sum, (at, bit)| sum | u8::from(*bit) << at))
        .collect()
}

fn item(id: u64, identifier: &str, random: &mut TestRandom) -> ItemDraft {
    let map = Value::map([
        ("digestID", Value::Unsigned(id)),
        ("random", Value::bytes(random.array::<16>())),
        ("elementIdentifier", Value::text(identifier)),
        ("elementValue", Value::Null),
    ]);
    ItemDraft { namespace: if id.is_multiple_of(2) { ISO } else { DOMESTIC }.to_owned(), map }
}

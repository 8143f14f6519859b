//! Attacks by CBOR on a decoder: depth, lengths, duplicates; and valid encodings of other encoders.

use cbor::{Value, encode};

use super::{Hostile, Threat, deflate};
use crate::draft::{Draft, inflated};
use crate::issuer::TestIssuer;

pub(super) fn all(issuer: &TestIssuer) -> Vec<Hostile> {
    let draft = Draft::new(issuer);
    let response = draft.device_response();
    let around = |response: &[u8]| deflate(&inflated(&draft.kind, &draft.info_bytes(), response));
    let read = |rule, threat, code, description, payload| {
        Hostile::refused(rule, threat, "decode", code, description, payload)
    };
    // The response is a map of three pairs, so its head is one byte.
    let body = &response[1..];
    let status = encode(&Value::text("status"));
    vec![
        read(
            "cbor-depth",
            Threat::CborDepth,
            "cbor-depth",
            "100,000 arrays inside one another.",
            around(&[0x81; 100_000]),
        ),
        read("cbor-length-bytes", Threat::CborLength, "cbor-length", "A byte string of 2^64 - 1 bytes.", {
            around(&[&[0x5b], [0xff; 8].as_slice()].concat())
        }),
        read("cbor-length-array", Threat::CborLength, "cbor-length", "An array of 2^64 - 1 items.", {
            around(&[&[0x9b], [0xff; 8].as_slice()].concat())
        }),
        read(
            "cbor-nested-lengths",
            Threat::CborPreallocation,
            "cbor-length",
            "Arrays of 5,000 items inside one another, cut short.",
            around(&[[0x99, 0x13, 0x88].repeat(14), vec![0; 6_000]].concat()),
        ),
        read(
            "cbor-duplicate-key",
            Threat::Encoding,
            "cbor-profile",
            "status twice in the DeviceResponse.",
            around(&[&[0xa4], body, status.as_slice(), &[0x00]].concat()),
        ),
        read("cbor-trailing", Threat::Encoding, "cbor-profile", "A byte after the DeviceResponse.", {
            around(&[response.as_slice(), &[0x00]].concat())
        }),
        read(
            "cbor-utf8",
            Threat::Encoding,
            "cbor-profile",
            "A text that is not UTF-8, under an unknown key.",
            around(&[&[0xa4], body, &[0x61, b'x', 0x62, 0xff, 0xfe]].concat()),
        ),
        Hostile::accepted(
            "foreign-indefinite",
            Threat::Encoding,
            "A foreign DeviceResponse of indefinite length.",
            around(&[&[0xbf], body, &[0xff]].concat()),
        ),
        Hostile::accepted(
            "foreign-long-head",
            Threat::Encoding,
            "A foreign DeviceResponse with a longer head than needed.",
            around(&[&[0xb8, 0x03], body].concat()),
        ),
        Hostile::accepted(
            "foreign-unsorted",
            Threat::Encoding,
            "A foreign DeviceResponse with an unknown key out of order.",
            around(&[&[0xa4], body, &[0x61, b'x', 0xf6]].concat()),
        ),
    ]
}

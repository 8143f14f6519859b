//! Portraits that must not reach a decoder, and a missing one.

use ::licence::elements::id;
use ::licence::{PORTRAIT_BYTES_MAX, PORTRAIT_SCANS_MAX};
use ::verdict::Purpose;
use cbor::Value;

use super::facts::Shown;
use crate::hostile::{Hostile, Threat, Verdict};
use crate::random::TestRandom;
use crate::sample::jpeg;

pub(super) fn all() -> Vec<Hostile> {
    let unreadable = |rule, threat, bytes: Vec<u8>, description| {
        let shown = Shown::roadside().set(id::PORTRAIT_SMALL, Value::bytes(bytes));
        let mut file = shown.gives(rule, Verdict::Undetermined, "portrait-unreadable", description);
        file.expect.threat = Some(threat);
        file
    };
    let right = jpeg(120, 174, 0, &mut TestRandom::new("portrait"));
    let mut trailing = right.clone();
    trailing.extend_from_slice(b"<script>alert(1)</script>");
    let mut huge = right.clone();
    let frame = position(&huge, 0xc0);
    huge[frame + 5..frame + 9].copy_from_slice(&[0x4e, 0x20, 0x4e, 0x20]);
    vec![
        unreadable(
            "portrait-svg",
            Threat::Polyglot,
            b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>".to_vec(),
            "A drawing with a script in the place of the portrait.",
        ),
        unreadable(
            "portrait-truncated",
            Threat::Polyglot,
            right[..right.len() / 2].to_vec(),
            "A JPEG that is cut off in the middle.",
        ),
        Shown::roadside()
            .set(id::PORTRAIT_SMALL, Value::bytes(trailing))
            .passes(
                "portrait-trailing",
                "A JPEG with a script after its end, which is cut off before it is drawn.",
            )
            .also(&["deviation-portrait-end"]),
        unreadable(
            "portrait-dimensions",
            Threat::JpegBomb,
            huge,
            "A JPEG of 20,000 by 20,000 pixels in 500 bytes.",
        ),
        unreadable(
            "portrait-scans",
            Threat::JpegBomb,
            scans(&right, PORTRAIT_SCANS_MAX + 1),
            "A JPEG of 11 scans.",
        ),
        unreadable("portrait-too-long", Threat::JpegBomb, long(&right), "A JPEG of more than 100 KiB."),
        Shown::new(Purpose::AgeOnly).without(id::PORTRAIT_SMALL).gives(
            "portrait-left-out",
            Verdict::Undetermined,
            "portrait-left-out",
            "An age without a face to compare.",
        ),
    ]
}

/// Returns the position of a segment by its marker, which occurs once in the sample.
fn position(jpeg: &[u8], marker: u8) -> usize {
    jpeg.windows(2).position(|pair| pair == [0xff, marker]).expect("the segment")
}

/// Returns a JPEG with its scan repeated.
fn scans(jpeg: &[u8], count: usize) -> Vec<u8> {
    let (head, rest) = jpeg.split_at(position(jpeg, 0xda));
    let (scan, end) = rest.split_at(rest.len() - 2);
    [head, scan.repeat(count).as_slice(), end].concat()
}

/// Two comments more, so that the picture is one byte too long.
fn long(jpeg: &[u8]) -> Vec<u8> {
    let first = 60_000;
    let second = PORTRAIT_BYTES_MAX + 1 - jpeg.len() - first;
    let comment = |length: usize| {
        let [.., high, low] = (length - 2).to_be_bytes();
        [&[0xff, 0xfe, high, low], vec![b' '; length - 4].as_slice()].concat()
    };
    [&jpeg[..2], comment(first).as_slice(), &comment(second), &jpeg[2..]].concat()
}

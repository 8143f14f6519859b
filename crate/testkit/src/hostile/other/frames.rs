//! Frames of the optical link, one per line in the order in which they are read.

use optical::{FrameSet, HEADER_LENGTH};
use sha2::{Digest as _, Sha256};

use crate::hostile::bytes::hex;
use crate::hostile::{Hostile, Kind, Threat};

/// What the frames carry: 40 bytes, in four frames.
const PAYLOAD: &[u8; 40] = b"a payload of the link, forty bytes long.";

/// A frame of any fields, with the right check.
struct Forged<'a> {
    magic: u8,
    format: u8,
    length: [u8; 3],
    needed: u8,
    index: u8,
    data: &'a [u8],
}

impl Forged<'_> {
    /// The first frame of the payload, as it should be.
    const RIGHT: Forged<'static> = Forged {
        magic: 0x4c,
        format: 1,
        length: [0, 0, 40],
        needed: 4,
        index: 0,
        data: PAYLOAD.split_at(10).0,
    };

    fn bytes(&self) -> Vec<u8> {
        let session = &Sha256::digest(PAYLOAD)[..4];
        let mut covered = vec![self.magic, self.format];
        covered.extend_from_slice(session);
        covered.extend_from_slice(&self.length);
        covered.extend([self.needed, self.index]);
        let check = crc16(covered.iter().chain(self.data));
        [covered.as_slice(), &check.to_be_bytes(), self.data].concat()
    }
}

/// CRC-16/CCITT-FALSE, bit by bit.
fn crc16<'a>(bytes: impl Iterator<Item = &'a u8>) -> u16 {
    bytes.fold(0xffff, |crc, byte| {
        (0..8).fold(
            crc ^ u16::from(*byte) << 8,
            |crc, _| {
                if crc & 0x8000 == 0 { crc << 1 } else { crc << 1 ^ 0x1021 }
            },
        )
    })
}

fn text(frames: &[Vec<u8>]) -> Vec<u8> {
    frames.iter().flat_map(|frame| hex(frame).into_bytes().into_iter().chain([b'\n'])).collect()
}

pub(super) fn all() -> Vec<Hostile> {
    let right = || Forged::RIGHT;
    let step =
        |code: &str| if code == "frame-session-changed" { "optical-assemble" } else { "optical-frame" };
    let refused = |rule, threat, code, description, frames: &[Vec<u8>]| {
        Hostile::refused(rule, threat, step(code), code, description, text(frames)).kind(Kind::Frames)
    };
    let one = |rule, code, description, frame: Forged<'_>| {
        refused(rule, Threat::FrameBomb, code, description, &[frame.bytes()])
    };
    let mut false_check = right().bytes();
    *false_check.last_mut().expect("data") ^= 1;
    let set = FrameSet::new(PAYLOAD, HEADER_LENGTH + 10).expect("frames");
    let frame = |index| set.frame(index).expect("a frame");
    debug_assert_eq!(frame(0), right().bytes());
    let other =
        FrameSet::new(b"another payload that is read in between", HEADER_LENGTH + 10).expect("frames");
    let whole = |rule, threat, description, frames: &[Vec<u8>]| {
        let file = Hostile::accepted(rule, threat, description, text(frames)).kind(Kind::Frames);
        file.with("payload.bin", PAYLOAD.to_vec())
    };
    let poison = Forged { index: 2, data: b"0123456789", ..right() }.bytes();
    vec![
        whole(
            "frames-any-order",
            Threat::FramesMixed,
            "Every frame, backwards and one twice.",
            &[frame(3), frame(1), frame(2), frame(1), frame(0)],
        ),
        whole(
            "frames-interleaved",
            Threat::FramesMixed,
            "Frames of another payload in between: whole or not at all.",
            &[frame(0), other.shown(0), frame(1), other.shown(1), frame(2), frame(3)],
        ),
        whole(
            "frames-poisoned",
            Threat::FramePoisoned,
            "A false frame with the session's name: it costs one more frame.",
            &[poison, frame(0), frame(1), frame(3), frame(0), frame(1), frame(2), frame(3)],
        ),
        refused(
            "frame-url",
            Threat::QrPhishing,
            "frame-magic",
            "Another QR code: an address, which nobody follows.",
            &[b"https://example.com/licence".to_vec()],
        ),
        one("frame-format", "frame-format", "A format of tomorrow.", Forged { format: 2, ..right() }),
        refused(
            "frame-short",
            Threat::FrameBomb,
            "frame-short",
            "A header alone, cut.",
            &[right().bytes()[..12].to_vec()],
        ),
        one(
            "frame-length-none",
            "frame-length",
            "A payload of no bytes.",
            Forged { length: [0; 3], ..right() },
        ),
        one(
            "frame-length-huge",
            "frame-length",
            "A payload of 16 MiB.",
            Forged { length: [0xff; 3], ..right() },
        ),
        one("frame-needed-none", "frame-needed", "No frame needed.", Forged { needed: 0, ..right() }),
        one("frame-needed-129", "frame-needed", "129 frames needed.", Forged { needed: 129, ..right() }),
        one("frame-index", "frame-index", "The index 255.", Forged { index: 255, ..right() }),
        one(
            "frame-size",
            "frame-size",
            "A byte of data too much.",
            Forged { data: &PAYLOAD[..11], ..right() },
        ),
        refused(
            "frame-check",
            Threat::FrameBomb,
            "frame-check",
            "A wrong bit under the check.",
            &[false_check],
        ),
        one(
            "frame-padding",
            "frame-padding",
            "Padding that is not zero.",
            Forged { length: [0, 0, 39], index: 3, data: &PAYLOAD[30..], ..right() },
        ),
        refused(
            "frame-session-changed",
            Threat::FrameBomb,
            "frame-session-changed",
            "The same session with another number of frames.",
            &[frame(0), Forged { needed: 2, data: &PAYLOAD[..20], ..right() }.bytes()],
        ),
    ]
}

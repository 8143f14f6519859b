//! The vectors printed in docs/optical-link.md are what this crate makes and refuses.

use liangzheng_optical::{
    Assembler, DEFAULT_VERSION, Frame, FrameSet, HEADER_LENGTH, Progress, TextError, text,
};
use sha2::{Digest, Sha256};

const DOCUMENT: &str = include_str!("../../../docs/optical-link.md");

fn hex(text: &str) -> Vec<u8> {
    base16ct::mixed::decode_vec(text).unwrap_or_default()
}

/// The lines of the code blocks, cut into words.
fn lines() -> Vec<Vec<&'static str>> {
    let sections = DOCUMENT.split("## Vectors").skip(1);
    let blocks = sections.flat_map(|section| section.split("```").skip(1).step_by(2));
    blocks.flat_map(str::lines).filter(|l| !l.is_empty()).map(|l| l.split(' ').collect()).collect()
}

#[test]
fn printed_frames_are_those_of_their_payload_and_any_k_give_it() {
    let mut payloads: Vec<(Vec<u8>, Vec<Vec<u8>>)> = Vec::new();
    for line in lines() {
        match line[..] {
            ["payload", text] => payloads.push((hex(text), Vec::new())),
            ["frame", index, text] => {
                let (payload, frames) = payloads.last_mut().unwrap();
                let set = FrameSet::new(payload, HEADER_LENGTH + 10).unwrap();
                assert_eq!(set.frame(index.parse().unwrap()), Some(hex(text)), "{text}");
                frames.push(hex(text));
            }
            _ => {}
        }
    }
    let counts: Vec<usize> = payloads.iter().map(|(_, frames)| frames.len()).collect();
    assert_eq!(counts, [1, 7]);
    for (payload, frames) in payloads {
        let k = u32::from(Frame::decode(&frames[0]).unwrap().k());
        for chosen in (0u32..1 << frames.len()).filter(|chosen| chosen.count_ones() == k) {
            let mut assembler = Assembler::new();
            let of_these = (0..).zip(&frames).filter(|(at, _)| chosen >> at & 1 == 1);
            let last = of_these.map(|(_, frame)| assembler.accept(frame, 0)).last();
            assert_eq!(last, Some(Progress::Complete(payload.clone())), "{chosen:b}");
        }
    }
}

#[test]
fn all_frames_of_the_long_payload_are_as_printed() {
    let mut seen = 0;
    for line in lines() {
        if let ["all", length, k, digest] = line[..] {
            let payload: Vec<u8> =
                (0..length.parse::<u32>().unwrap()).map(|i| (73 * i + (i >> 8)) as u8).collect();
            let set = FrameSet::for_version(&payload, DEFAULT_VERSION).unwrap();
            assert_eq!(set.k().to_string(), k);
            let all: Vec<u8> = (0..=254).flat_map(|index| set.frame(index).unwrap()).collect();
            assert_eq!(Sha256::digest(all)[..], hex(digest));
            seen += 1;
        }
    }
    assert_eq!(seen, 1);
}

#[test]
fn printed_hostile_frames_are_refused_with_their_code() {
    let mut refused = 0;
    for line in lines() {
        if let ["refused", code, text] = line[..] {
            assert_eq!(Frame::decode(&hex(text)).unwrap_err().code(), code, "{text}");
            refused += 1;
        }
    }
    assert_eq!(refused, 9);
}

#[test]
fn printed_text_forms_are_those_of_their_payload_or_refused() {
    let (mut right, mut refused) = (0, 0);
    for line in lines() {
        match line[..] {
            ["text", payload, digits] => {
                assert_eq!(text::encode(&hex(payload)).unwrap(), digits);
                assert_eq!(text::decode(digits).unwrap(), hex(payload));
                right += 1;
            }
            ["text-refused", code, digits] => {
                assert_eq!(text::decode(digits).unwrap_err().code(), code, "{digits}");
                refused += 1;
            }
            _ => {}
        }
    }
    assert_eq!((right, refused), (2, TextError::ALL.len()));
}

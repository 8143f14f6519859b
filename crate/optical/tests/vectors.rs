//! The vectors printed in docs/optical-link.md are what this crate makes and refuses.

use liangzheng_optical::frame::HEADER_LENGTH;
use liangzheng_optical::{Assembler, Frame, FrameSet, Progress};

const DOCUMENT: &str = include_str!("../../../docs/optical-link.md");

fn hex(text: &str) -> Vec<u8> {
    (0..text.len() / 2).filter_map(|i| u8::from_str_radix(text.get(2 * i..2 * i + 2)?, 16).ok()).collect()
}

/// The lines of the code blocks, cut into words.
fn lines() -> Vec<Vec<&'static str>> {
    let sections = DOCUMENT.split("## Vectors").skip(1);
    let blocks = sections.flat_map(|section| section.split("```").skip(1).step_by(2));
    blocks.flat_map(str::lines).filter(|l| !l.is_empty()).map(|l| l.split(' ').collect()).collect()
}

#[test]
fn printed_frames_are_those_of_their_payload() {
    let mut payload = Vec::new();
    let mut frames = 0;
    let mut assembler = Assembler::new();
    let mut last = None;
    for line in lines() {
        match line[..] {
            ["payload", text] => {
                payload = hex(text);
                last = None;
            }
            ["frame", index, text] => {
                let bytes = hex(text);
                let set = FrameSet::new(&payload, HEADER_LENGTH + 10).unwrap();
                assert_eq!(set.frame(index.parse().unwrap()), Some(bytes.clone()), "{text}");
                last = Some(assembler.accept(&bytes, 0));
                frames += 1;
                if set.k() == index.parse::<u8>().unwrap() + 1 {
                    assert_eq!(last, Some(Progress::Complete(payload.clone())));
                }
            }
            _ => {}
        }
    }
    assert!(matches!(last, Some(Progress::Complete(_))));
    assert_eq!(frames, 4);
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

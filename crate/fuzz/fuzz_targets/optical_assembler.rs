//! Whatever order, sender and damage the frames have, what comes out is one of the payloads.
#![no_main]
use optical::{Assembler, FrameSet, Progress};

libfuzzer_sys::fuzz_target!(|input: (Vec<u8>, Vec<u8>, u8, Vec<(u8, u16, u16, u8)>)| {
    let (a, b, room, turns) = input;
    let sets = [&a, &b].map(|payload| FrameSet::new(payload, 14 + usize::from(room)));
    let (mut assembler, mut now) = (Assembler::new(), 0);
    for (turn, wait, at, flip) in turns {
        let Ok(set) = &sets[usize::from(turn & 1)] else { continue };
        let mut frame = set.shown(u64::from(turn >> 1));
        let at = usize::from(at) % frame.len();
        frame[at] ^= flip;
        now += u64::from(wait);
        if let Progress::Complete(payload) = assembler.accept(&frame, now) {
            assert!(payload == a || payload == b);
        }
        assert!(assembler.held_bytes() <= 65_663);
    }
});

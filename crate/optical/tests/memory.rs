//! A flood of frames costs no memory (`T-frame-flood`). A process of its own, so that its size means something.

use liangzheng_optical::{Assembler, FrameSet, Progress};

/// Resident memory of this process in bytes; nothing where there is no /proc.
fn resident() -> Option<usize> {
    let text = std::fs::read_to_string("/proc/self/statm").ok()?;
    let pages: usize = text.split(' ').nth(1)?.parse().ok()?;
    Some(pages * 4096)
}

#[test]
fn a_hundred_thousand_random_frames_take_no_memory() {
    let mut state = 22u64;
    let mut random = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    // Whole frames of many sessions and sizes, broken ones and noise.
    let sets: Vec<FrameSet> =
        (1..=64usize).map(|n| FrameSet::new(&vec![n as u8; n * 1024], 13 + 512).unwrap()).collect();
    let mut assembler = Assembler::new();
    let (before, mut most, mut valid) = (resident(), 0, 0);
    for turn in 0..100_000u64 {
        let mut bytes = sets[(random() % 64) as usize].shown(random());
        match random() % 3 {
            0 => {
                let at = (random() % bytes.len() as u64) as usize;
                bytes[at] ^= random() as u8;
            }
            1 => bytes = (0..random() % 64).map(|_| random() as u8).collect(),
            _ => {}
        }
        match assembler.accept(&bytes, turn * 700) {
            Progress::NotAFrame(_) => {}
            Progress::Complete(payload) => {
                assert!(payload.iter().all(|&byte| byte == payload[0]));
                valid += 1;
            }
            _ => valid += 1,
        }
        most = most.max(assembler.held_bytes());
    }
    assert!(valid > 30_000, "only {valid} frames were valid");
    assert!((60_000..=65_663).contains(&most), "{most} bytes held");
    if let (Some(before), Some(after)) = (before, resident()) {
        let grown = after.saturating_sub(before);
        assert!(grown < 5 << 20, "resident memory grew by {grown} bytes");
    }
    // And it still works.
    let payload = vec![0xC3; 3000];
    let set = FrameSet::for_version(&payload, 25).unwrap();
    let got =
        (0..u64::from(set.k())).map(|turn| assembler.accept(&set.shown(turn), 100_000_000 + turn)).last();
    assert_eq!(got, Some(Progress::Complete(payload)));
}

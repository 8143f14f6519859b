use super::*;
use crate::link::frame::HEADER_LENGTH;
use crate::link::frame_set::FrameSet;
use crate::random::Random;

/// Returns a frame with a valid check and any other content.
fn forge(like: &[u8], change: impl FnOnce(&mut Vec<u8>)) -> Vec<u8> {
    let mut bytes = like.to_vec();
    change(&mut bytes);
    let mut crc = 0xFFFFu16;
    for (at, byte) in bytes.iter().enumerate() {
        if at == 11 || at == 12 {
            continue;
        }
        crc ^= u16::from(*byte) << 8;
        for _ in 0..8 {
            crc = if crc & 0x8000 == 0 { crc << 1 } else { crc << 1 ^ 0x1021 };
        }
    }
    bytes[11..13].copy_from_slice(&crc.to_be_bytes());
    bytes
}

fn set(payload: &[u8], k: usize) -> FrameSet {
    let set = FrameSet::new(payload, HEADER_LENGTH + payload.len().div_ceil(k)).unwrap();
    assert_eq!(usize::from(set.k()), k);
    set
}

#[test]
fn any_order_with_repetitions_completes_once() {
    let mut random = Random(1);
    let payload = random.payload(700);
    let set = set(&payload, 7);
    let mut assembler = Assembler::new();
    let mut results = Vec::new();
    for turn in 0..200 {
        let index = random.below(9) as u8;
        results.push(assembler.accept(&set.frame(index).unwrap(), turn * 100));
    }
    let at = results.iter().position(|p| *p == Progress::Complete(payload.clone())).unwrap();
    assert!(results[..at].iter().all(|p| matches!(p, Progress::Receiving { needed: 7, .. })));
    assert!(results[at + 1..].iter().all(|p| *p == Progress::AlreadyComplete(set.session())));
    assert_eq!((assembler.held_bytes(), assembler.session()), (0, None));
    assembler.reset();
    assert!(matches!(assembler.accept(&set.shown(0), 0), Progress::Receiving { received: 1, .. }));
    assert_eq!(assembler.session(), Some(set.session()));
}

#[test]
fn progress_counts_different_frames() {
    let payload = [9; 30];
    let set = set(&payload, 3);
    let mut assembler = Assembler::new();
    let mut counts = Vec::new();
    for index in [2, 2, 0, 2] {
        match assembler.accept(&set.frame(index).unwrap(), 0) {
            Progress::Receiving { received, needed, .. } => counts.push((received, needed)),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(counts, [(1, 3), (1, 3), (2, 3), (2, 3)]);
}

// T-frames-mixed
#[test]
fn two_sessions_never_mix_in_10_000_orders() {
    let mut random = Random(20);
    let (mut whole, mut none) = (0, 0);
    for order in 0..10_000 {
        let (length, k) = (40 + random.below(400), 1 + random.below(6));
        let a = random.payload(length);
        // As similar as possible: same length, same K, one byte different.
        let mut b = a.clone();
        b[random.below(length)] ^= 1 + random.below(255) as u8;
        let sets = [&a, &b]
            .map(|p| FrameSet::new(p, HEADER_LENGTH + p.len().div_ceil(k)).unwrap_or_else(|e| panic!("{e}")));
        let mut frames: Vec<Vec<u8>> =
            sets.iter().flat_map(|s| (0..s.k()).map(|i| s.frame(i).unwrap())).collect();
        let parity = [k, 250].map(|first| first as u8 + random.below(5) as u8);
        frames.extend(sets.iter().flat_map(|s| parity.map(|i| s.frame(i).unwrap())));
        frames.extend(frames.clone());
        for last in (1..frames.len()).rev() {
            frames.swap(last, random.below(last + 1));
        }
        frames.truncate(1 + random.below(frames.len()));
        let mut assembler = Assembler::new();
        let (mut now, mut got) = (order, Vec::new());
        for frame in &frames {
            now += [30, 100, 400, 1_100][random.below(4)];
            if let Progress::Complete(bytes) = assembler.accept(frame, now) {
                got.push(bytes);
            }
        }
        assert!(got.iter().all(|bytes| *bytes == a || *bytes == b));
        assert!(got.len() <= 2 && (got.len() < 2 || got[0] != got[1]));
        if got.is_empty() {
            none += 1;
        } else {
            whole += 1;
        }
    }
    // Both results occur.
    assert!(whole > 1_000 && none > 1_000, "{whole} whole, {none} none");
}

#[test]
fn a_session_stays_until_a_second_without_a_frame_of_it() {
    let (a, b) = (set(&[1; 40], 2), set(&[2; 40], 2));
    let mut assembler = Assembler::new();
    assembler.accept(&a.shown(0), 0);
    assert_eq!(assembler.accept(&b.shown(0), 999), Progress::OtherSession(b.session()));
    // Any frame of the session restarts the second, even a repeated one.
    assembler.accept(&a.shown(0), 999);
    assert_eq!(assembler.accept(&b.shown(0), 1_998), Progress::OtherSession(b.session()));
    assert!(matches!(
        assembler.accept(&b.shown(1), 1_999),
        Progress::Receiving { session, received: 1, .. } if session == b.session()
    ));
    // The frames of the first session are gone.
    assert!(matches!(
        assembler.accept(&a.shown(1), 2_999),
        Progress::Receiving { session, received: 1, .. } if session == a.session()
    ));
}

#[test]
fn a_new_session_needs_no_waiting_after_a_complete_one() {
    let (a, b) = (set(&[1; 40], 1), set(&[2; 40], 1));
    let mut assembler = Assembler::new();
    assert_eq!(assembler.accept(&a.shown(0), 0), Progress::Complete(vec![1; 40]));
    assert_eq!(assembler.accept(&b.shown(0), 1), Progress::Complete(vec![2; 40]));
    // Two screens side by side are each delivered once.
    assert_eq!(assembler.accept(&a.shown(0), 2), Progress::AlreadyComplete(a.session()));
}

#[test]
fn changing_k_or_length_in_a_session_is_refused() {
    let payload = [3; 40];
    let set = set(&payload, 2);
    let mut assembler = Assembler::new();
    assembler.accept(&set.shown(0), 0);
    let other_k = forge(&set.shown(1), |f| {
        f[9] = 4;
        f.truncate(HEADER_LENGTH + 10);
    });
    let other_length = forge(&set.shown(1), |f| {
        f[8] = 39;
        let last = f.len() - 1;
        f[last] = 0;
    });
    for bad in [other_k, other_length] {
        let progress = assembler.accept(&bad, 500);
        assert_eq!(progress, Progress::Refused(FrameError::SessionChanged));
    }
    assert_eq!(assembler.accept(&set.shown(1), 600), Progress::Complete(payload.to_vec()));
}

#[test]
fn any_k_frames_complete_in_any_order() {
    let mut random = Random(4);
    for _ in 0..500 {
        let k = 1 + random.below(40);
        let length = k * (1 + random.below(50)) - random.below(k).min(k - 1);
        let payload = random.payload(length);
        let set = FrameSet::new(&payload, HEADER_LENGTH + length.div_ceil(k)).unwrap();
        let mut indices: Vec<u8> = (0..=254).collect();
        // Many data frames in some runs, few in others.
        let reach = usize::from(set.k()) + random.below(255 - usize::from(set.k()));
        for last in (1..reach).rev() {
            indices.swap(last, random.below(last + 1));
        }
        let mut assembler = Assembler::new();
        let mut results =
            indices.iter().take(usize::from(set.k())).map(|i| assembler.accept(&set.frame(*i).unwrap(), 0));
        assert_eq!(results.by_ref().last(), Some(Progress::Complete(payload)));
    }
}

#[test]
fn parity_frames_count_and_keep_the_session() {
    let payload = [4; 40];
    let set = set(&payload, 3);
    let other = FrameSet::new(&[5; 10], 100).unwrap();
    let mut assembler = Assembler::new();
    assembler.accept(&set.shown(0), 0);
    assert!(matches!(
        assembler.accept(&set.shown(200), 900),
        Progress::Receiving { received: 2, needed: 3, .. }
    ));
    assert!(matches!(assembler.accept(&other.shown(0), 1_500), Progress::OtherSession(_)));
    assert_eq!(assembler.accept(&set.shown(3), 1_600), Progress::Complete(payload.to_vec()));
}

/// A frame of the set with one bit of its data changed.
fn poison(frame: &[u8]) -> Vec<u8> {
    forge(frame, |bytes| bytes[HEADER_LENGTH] ^= 1)
}

// T-frame-poisoned
#[test]
fn one_false_frame_in_twenty_delays_and_never_deceives() {
    let mut random = Random(64);
    let (mut turns, mut runs) = (0, 0);
    for _ in 0..200 {
        let length = 7 * 90 - random.below(80);
        let payload = random.payload(length);
        let set = set(&payload, 7);
        let mut assembler = Assembler::new();
        let (mut complete, mut poisoned) = (None, 0);
        let start = random.next() % 1_000;
        for turn in 0..2_000u64 {
            // The first is false, so every run is poisoned at least once.
            let honest = set.shown(start + turn);
            let shown = if turn % 20 == 0 { poison(&honest) } else { honest };
            match assembler.accept(&shown, turn * 100) {
                Progress::Complete(bytes) => {
                    complete = Some(bytes);
                    turns += turn + 1;
                    break;
                }
                Progress::Poisoned(session) => {
                    assert_eq!(session, set.session());
                    poisoned += 1;
                }
                Progress::Receiving { .. } => {}
                other => panic!("{other:?}"),
            }
        }
        assert_eq!(complete, Some(payload));
        assert_eq!(poisoned, 1);
        runs += 1;
    }
    // One more than the seven that are needed.
    assert_eq!(turns, 8 * runs);
}

#[test]
fn two_false_frames_among_the_first_are_all_thrown_away() {
    let payload = [6; 70];
    let set = set(&payload, 5);
    let mut assembler = Assembler::new();
    for index in 0..5 {
        let frame = set.frame(index).unwrap();
        let shown = if index < 2 { poison(&frame) } else { frame };
        let progress = assembler.accept(&shown, 0);
        assert_eq!(matches!(progress, Progress::Poisoned(_)), index == 4, "{progress:?}");
    }
    // A frame that is there already says nothing and ends nothing.
    assert!(matches!(
        assembler.accept(&set.frame(2).unwrap(), 1),
        Progress::Receiving { received: 5, needed: 6, .. }
    ));
    assert_eq!(assembler.accept(&set.frame(5).unwrap(), 2), Progress::Poisoned(set.session()));
    // The last one is the first of the new collection.
    for index in [6, 7, 8] {
        assert!(matches!(
            assembler.accept(&set.frame(index).unwrap(), 3),
            Progress::Receiving { received, needed: 5, .. } if received == index - 4
        ));
    }
    assert_eq!(assembler.accept(&set.frame(9).unwrap(), 4), Progress::Complete(payload.to_vec()));
}

#[test]
fn a_false_frame_of_a_very_long_payload_throws_all_away() {
    let payload = Random(5).payload(65_536);
    let set = set(&payload, 128);
    let mut assembler = Assembler::new();
    assembler.accept(&poison(&set.frame(0).unwrap()), 0);
    let last = (1..128).map(|index| assembler.accept(&set.frame(index).unwrap(), 0)).last();
    assert_eq!(last, Some(Progress::Poisoned(set.session())));
    let mut again = (128..=254).chain([0]).map(|index| assembler.accept(&set.frame(index).unwrap(), 0));
    assert!(matches!(again.next(), Some(Progress::Receiving { received: 1, needed: 128, .. })));
    assert!(again.last() == Some(Progress::Complete(payload)));
}

#[test]
fn a_sender_of_data_frames_alone_gets_over_false_ones() {
    let payload = [7; 70];
    for k in [1u8, 2, 5] {
        let set = set(&payload, usize::from(k));
        for false_ones in 1..=k {
            let mut assembler = Assembler::new();
            for index in 0..k {
                let frame = set.frame(index).unwrap();
                assembler.accept(&if index < false_ones { poison(&frame) } else { frame }, 0);
            }
            let mut turns = (0..3 * k).map(|turn| assembler.accept(&set.frame(turn % k).unwrap(), 1));
            assert!(turns.any(|progress| progress == Progress::Complete(payload.to_vec())), "{k}");
        }
    }
}

#[test]
fn a_clock_that_goes_back_does_not_lock_the_session() {
    let (a, b) = (set(&[1; 40], 2), set(&[2; 40], 2));
    let mut assembler = Assembler::new();
    assembler.accept(&a.shown(0), 1_000_000);
    assembler.accept(&a.shown(0), 5);
    assert!(matches!(assembler.accept(&b.shown(0), 1_005), Progress::Receiving { .. }));
}

//! A sample of `cargo xtask tamper` that takes a few seconds (`T-tampering`): no small change of a valid presentation verifies with
//! other content.
#![allow(clippy::expect_used, clippy::panic, reason = "a test")]

use liangzheng_attack::presentation::Presentation;
use liangzheng_attack::source;
use liangzheng_attack::tamper::{Choice, Tally, tamper};

fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

fn clean(presentation: &Presentation, choice: Choice) -> Tally {
    let tally = tamper(presentation, choice, threads(), &|_, _| {});
    let tally = tally.unwrap_or_else(|code| panic!("{} is refused itself: {code}", presentation.name));
    assert_eq!(tally.changed, Vec::<String>::new(), "{}", presentation.name);
    assert_eq!(tally.panicked, Vec::<String>::new(), "{}", presentation.name);
    assert_eq!(tally.refusals() + tally.sames(), tally.tried, "{}", presentation.name);
    tally
}

#[test]
fn no_flipped_bit_deleted_byte_or_cut_of_the_sample_changes_what_is_signed() {
    let sample = source::sample();
    let tally = clean(&sample, Choice { every: 12, seed: 1 });
    println!("{} mutants of {} bytes: {:#?}", tally.tried, sample.bytes.len(), tally.refused);
    assert!(tally.tried > 4_000, "{}", tally.tried);
    for code in ["digest-mismatch", "issuer-signature", "device-signature", "cbor-length", "digest-missing"] {
        assert!(tally.refused.contains_key(code), "no mutant gave {code}");
    }
}

#[test]
fn nothing_signed_changes_in_presentations_of_every_source() {
    let mut all = source::demo();
    assert!(all.len() >= 40, "{}", all.len());
    all.extend(source::vectors());
    all.extend(source::untidy());
    match source::annex_d() {
        Some(annex_d) => all.push(annex_d),
        None => println!("SKIPPED annex D: LIANGZHENG_VECTORS names no folder"),
    }
    let mut whole = Tally::default();
    for presentation in &all {
        whole.add(&clean(presentation, Choice { every: 1_000, seed: 2 }));
    }
    println!("{} mutants of {} presentations: {:#?}", whole.tried, all.len(), whole.same);
    assert!(whole.tried > 2_000, "{}", whole.tried);
    // Few bytes lie outside of every signature: the minor version, and the encoding of lengths.
    assert!(whole.sames() * 50 < whole.tried, "{:#?}", whole.same);
}

#[test]
fn a_change_that_is_accepted_is_found() {
    // The second half is another valid presentation, so that its Envelope verifies: a comparison that ignored the
    // content would accept it.
    let (first, second) = (source::sample(), source::vectors());
    let second = second.first().expect("a file");
    let said = |presentation: &Presentation| presentation.verify(&presentation.bytes).expect("right");
    assert!(said(&first) != said(second));
    assert!(said(&first) == said(&first));
}

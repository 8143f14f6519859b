//! Every single-bit flip of one whole Envelope is refused, or says the very same signed content.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, reason = "a test")]

use std::collections::BTreeMap;

use liangzheng_mdoc as mdoc;
use mdoc::freshness::{FreshnessContext, ReplayMemory};
use mdoc::one_way::Envelope;
use mdoc::trust::TrustAnchors;
use mdoc::verify::{UnverifiedPresentation, VerifiedPresentation, VerifyContext, verify};
use testkit::draft::NOW;
use testkit::holder::TestHolder;
use testkit::hostile::signed_content;
use testkit::issuer::TestIssuer;
use testkit::sample::ROADSIDE;

fn run(inflated: &[u8], trust: &TrustAnchors) -> Result<VerifiedPresentation, &'static str> {
    let envelope = Envelope::decode_inflated(inflated).map_err(|error| error.code())?;
    let memory = ReplayMemory::new();
    let context = VerifyContext {
        trust,
        freshness: FreshnessContext { now: NOW, clock_floor: NOW, memory: &memory, audience: None },
        reader_key: None,
    };
    verify(&UnverifiedPresentation::from_envelope(&envelope), &context).map_err(|error| error.code())
}

/// How a share of the flips ended: code, or "same".
fn share(
    inflated: &[u8],
    trust: &TrustAnchors,
    original: &VerifiedPresentation,
    bits: impl Iterator<Item = usize>,
) -> BTreeMap<&'static str, usize> {
    let mut ends = BTreeMap::new();
    let mut flipped = inflated.to_vec();
    for bit in bits {
        flipped[bit / 8] ^= 1 << (bit % 8);
        let end = match run(&flipped, trust) {
            Err(code) => code,
            Ok(other) => {
                assert!(
                    signed_content(&other) == signed_content(original),
                    "bit {bit} changed what was signed"
                );
                assert_eq!(
                    other.replay_key(),
                    original.replay_key(),
                    "bit {bit} made it another presentation"
                );
                assert_eq!(other.freshness(), original.freshness(), "bit {bit} changed its freshness");
                assert_eq!(other.mso_validity(), original.mso_validity(), "bit {bit} changed its validity");
                "same"
            }
        };
        *ends.entry(end).or_insert(0) += 1;
        flipped[bit / 8] ^= 1 << (bit % 8);
    }
    ends
}

#[test]
fn no_flipped_bit_changes_what_is_signed() {
    let issuer = TestIssuer::default();
    let presentation = TestHolder::new(&issuer, NOW).present(ROADSIDE, NOW, "bit flips");
    let inflated = presentation.envelope().expect("an Envelope").encode_inflated();
    let trust = issuer.trust();
    let original = run(&inflated, &trust).expect("the untouched presentation");
    assert!(original.freshness().is_pass() && original.mso_validity().is_pass());

    let bits = inflated.len() * 8;
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let mut ends: BTreeMap<&str, usize> = BTreeMap::new();
    std::thread::scope(|scope| {
        let (inflated, trust, original) = (&inflated, &trust, &original);
        let shares: Vec<_> = (0..threads)
            .map(|first| {
                scope.spawn(move || share(inflated, trust, original, (first..bits).step_by(threads)))
            })
            .collect();
        for handle in shares {
            for (end, count) in handle.join().expect("a share of the flips") {
                *ends.entry(end).or_insert(0) += count;
            }
        }
    });

    println!("{bits} single-bit flips of {} bytes:", inflated.len());
    for (end, count) in &ends {
        println!("  {count:>6} {end}");
    }
    assert_eq!(ends.values().sum::<usize>(), bits);
    // The version's minor number and little else lies outside every signature.
    assert!(ends.get("same").copied().unwrap_or(0) < 100);
    for code in ["digest-mismatch", "issuer-signature", "device-signature"] {
        assert!(ends.contains_key(code), "no flip gave {code}");
    }
}

//! The whole way of a payload: Envelope, proofs, outcomes, in the test authority's trust.
#![no_main]

use testkit::draft::NOW;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let _ = testkit::hostile::run(data, NOW, NOW);
    let _ = testkit::hostile::run(&testkit::hostile::deflate(data), NOW, NOW);
});

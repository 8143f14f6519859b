//! Times, algorithms and bytes.

use x509::Certificate;
use x509::hazmat::CertificateTemplate;

use crate::support::{STRICT, anchors, change, code_at, ds, iaca, iaca_code, moment, now, root_key};

/// A DS certificate whose first or second time is written otherwise; it is signed rightly.
fn with_time(template: &CertificateTemplate, old: &[u8], new: &[u8]) -> Vec<u8> {
    use signature::Signer as _;
    let mut tbs = template.tbs();
    let at = tbs.windows(old.len()).position(|bytes| bytes == old).unwrap();
    tbs.splice(at..at + old.len(), new.iter().copied());
    let grown = u8::try_from(new.len()).unwrap().wrapping_sub(u8::try_from(old.len()).unwrap());
    // the lengths of the pair of times, one or two places before, and of the whole
    let pair = (0..at).rev().find(|i| tbs[*i..].starts_with(&[0x30, 0x1e])).unwrap();
    tbs[pair + 1] = tbs[pair + 1].wrapping_add(grown);
    tbs[3] = tbs[3].wrapping_add(grown);
    let signature = root_key().sign(&tbs);
    let algorithm = signature::Algorithm::Es256;
    CertificateTemplate::assemble(&tbs, algorithm, &signature).unwrap()
}

/// Puts other identifiers into a certificate: the inner one, which is signed, and the outer one.
fn algorithms(inner: &[u8], outer: &[u8]) -> Vec<u8> {
    const ES256: [u8; 12] = [0x30, 0x0a, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02];
    let der = ds().sign(&root_key());
    let places: Vec<usize> = (0..der.len()).filter(|at| der[*at..].starts_with(&ES256)).collect();
    let [first, second] = places[..] else { panic!("two identifiers") };
    let mut changed = der;
    changed[first..first + inner.len()].copy_from_slice(inner);
    changed[second..second + outer.len()].copy_from_slice(outer);
    changed
}

#[test]
fn times_are_written_in_one_way() {
    let ds = ds();
    let first = b"\x17\x0d260101000000Z";
    assert_eq!(code_at(&with_time(&ds, first, first), now()), "valid");
    let cases: [(&str, &[u8], &str); 6] = [
        ("GeneralizedTime before 2050", b"\x18\x0f20260101000000Z", "cert-profile-time-encoding"),
        ("UTCTime without seconds", b"\x17\x0b2601010000Z", "cert-malformed"),
        ("UTCTime with an offset", b"\x17\x11260101000000+0000", "cert-malformed"),
        ("GeneralizedTime with a fraction", b"\x18\x1120260101000000.5Z", "cert-malformed"),
        ("the 13th month", b"\x17\x0d261301000000Z", "cert-malformed"),
        ("a text", b"\x0c\x0d260101000000Z", "cert-malformed"),
    ];
    for (what, written, expected) in cases {
        assert_eq!(code_at(&with_time(&ds, first, written), now()), expected, "{what}");
    }
    let far = change(&iaca(), |t| {
        t.not_before = moment("2040-01-01T00:00:00Z");
        t.not_after = moment("2050-01-01T00:00:00Z");
    });
    assert_eq!(iaca_code(&far), "valid");
}

#[test]
fn one_algorithm_for_one_signature() {
    const ES256: [u8; 12] = [0x30, 0x0a, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02];
    const ES384: [u8; 12] = [0x30, 0x0a, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x03];
    // six bytes of identifier and four of parameters in the same room
    const WITH_PARAMETERS: [u8; 12] =
        [0x30, 0x0a, 0x06, 0x04, 0x2a, 0x86, 0x48, 0x01, 0x04, 0x02, 0x03, 0x02];
    assert_eq!(code_at(&algorithms(&ES256, &ES256), now()), "valid");
    assert_eq!(code_at(&algorithms(&ES384, &ES256), now()), "cert-profile-signature-algorithm");
    assert_eq!(code_at(&algorithms(&ES256, &ES384), now()), "cert-profile-signature-algorithm");
    assert_eq!(
        code_at(&algorithms(&WITH_PARAMETERS, &WITH_PARAMETERS), now()),
        "cert-profile-signature-algorithm"
    );
    // a curve's own hash and no other
    assert_eq!(code_at(&algorithms(&ES384, &ES384), now()), "chain-algorithm");
}

#[test]
fn cut_and_changed_bytes_never_trap_and_never_pass() {
    let der = ds().sign(&root_key());
    let trust = anchors();
    for end in 0..der.len() {
        assert!(Certificate::decode(der.get(..end).unwrap()).is_err(), "{end}");
    }
    let mut with_tail = der.clone();
    with_tail.push(0);
    assert_eq!(Certificate::decode(&with_tail).unwrap_err().code(), "cert-malformed");
    assert_eq!(Certificate::decode(&vec![0x30; 9000]).unwrap_err().code(), "cert-size");
    for bit in 0..der.len() * 8 {
        let mut flipped = der.clone();
        *flipped.get_mut(bit / 8).unwrap() ^= 0x80 >> (bit % 8);
        let accepted = Certificate::decode(&flipped)
            .is_ok_and(|ds| trust.verify(&ds, STRICT, now(), &signature::RustCrypto).is_ok());
        assert!(!accepted, "bit {bit}");
    }
    println!("{} flipped bits", der.len() * 8);
}

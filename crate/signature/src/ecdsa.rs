//! The two encodings of an ECDSA signature: r ‖ s as in COSE and WebCrypto, and DER as in certificates.

use der::asn1::UintRef;
use der::{Decode as _, Encode as _, Sequence};

use crate::algorithm::Algorithm;
use crate::error::SignatureError;

/// The order of the group of P-256 (FIPS 186-5; SP 800-186, 3.2.1).
#[rustfmt::skip]
const ORDER_P256: [u8; 32] = [
    0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x00, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    0xbc, 0xe6, 0xfa, 0xad, 0xa7, 0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x51,
];
/// The order of the group of P-384 (FIPS 186-5; SP 800-186, 3.2.1).
#[rustfmt::skip]
const ORDER_P384: [u8; 48] = [
    0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xc7, 0x63, 0x4d, 0x81, 0xf4, 0x37, 0x2d, 0xdf,
    0x58, 0x1a, 0x0d, 0xb2, 0x48, 0xb0, 0xa7, 0x7a, 0xec, 0xec, 0x19, 0x6a, 0xcc, 0xc5, 0x29, 0x73,
];
/// The order of the group of P-521 (FIPS 186-5; SP 800-186, 3.2.1).
#[rustfmt::skip]
const ORDER_P521: [u8; 66] = [
    0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    0xff, 0xfa, 0x51, 0x86, 0x87, 0x83, 0xbf, 0x2f, 0x96, 0x6b, 0x7f, 0xcc, 0x01, 0x48, 0xf7, 0x09,
    0xa5, 0xd0, 0x3b, 0xb5, 0xc9, 0xb8, 0x89, 0x9c, 0x47, 0xae, 0xbb, 0x6f, 0xb7, 0x1e, 0x91, 0x38,
    0x64, 0x09,
];

/// `ECDSA-Sig-Value` (RFC 3279, 2.2.3).
#[derive(Sequence)]
struct EcdsaSigValue<'a> {
    r: UintRef<'a>,
    s: UintRef<'a>,
}

const fn order(algorithm: Algorithm) -> &'static [u8] {
    match algorithm {
        Algorithm::Es256 => &ORDER_P256,
        Algorithm::Es384 => &ORDER_P384,
        Algorithm::Es512 => &ORDER_P521,
    }
}

/// Checks that a raw signature has the length of its algorithm, and r and s are in 1 to n - 1.
pub(crate) fn check_raw(algorithm: Algorithm, signature: &[u8]) -> Result<(), SignatureError> {
    let order = order(algorithm);
    let (r, s) = signature.split_at_checked(order.len()).ok_or(SignatureError::Format)?;
    // big-endian numbers of one length are ordered as their bytes
    let in_range =
        |scalar: &[u8]| scalar.len() == order.len() && scalar.iter().any(|byte| *byte != 0) && scalar < order;
    if in_range(r) && in_range(s) { Ok(()) } else { Err(SignatureError::Format) }
}

/// Returns the raw form of a signature in DER.
pub(crate) fn from_der(algorithm: Algorithm, signature: &[u8]) -> Result<Vec<u8>, SignatureError> {
    let value = EcdsaSigValue::from_der(signature).map_err(|_| SignatureError::Format)?;
    let length = order(algorithm).len();
    let mut raw = Vec::with_capacity(2 * length);
    for scalar in [value.r, value.s] {
        let zeros = length.checked_sub(scalar.as_bytes().len()).ok_or(SignatureError::Format)?;
        raw.resize(raw.len() + zeros, 0);
        raw.extend_from_slice(scalar.as_bytes());
    }
    check_raw(algorithm, &raw)?;
    Ok(raw)
}

/// Encodes a raw signature r ‖ s in DER, as in certificates; `None` if its length is wrong, or r or s is outside 1 to n - 1.
#[must_use]
pub fn to_der(algorithm: Algorithm, signature: &[u8]) -> Option<Vec<u8>> {
    check_raw(algorithm, signature).ok()?;
    let (r, s) = signature.split_at_checked(order(algorithm).len())?;
    EcdsaSigValue { r: UintRef::new(r).ok()?, s: UintRef::new(s).ok()? }.to_der().ok()
}

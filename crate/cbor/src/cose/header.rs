//! The two headers of a COSE message (RFC 9052, 3).

use std::collections::BTreeSet;

use super::error::CoseError;
use crate::{Breach, CborError, Item, ItemValue};

/// The most certificates in a message.
pub const MAX_CHAIN: usize = 4;

const ALG: i64 = 1;
const CRIT: i64 = 2;
const X5CHAIN: i64 = 33;

/// The protected header: its received bytes, and the algorithm that they name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Protected {
    raw: Vec<u8>,
    algorithm: i64,
}

impl Protected {
    pub(super) fn known(raw: &[u8], algorithm: i64) -> Self {
        Self { raw: raw.to_vec(), algorithm }
    }

    /// Returns the content of the byte string as received, which is signed.
    #[must_use]
    pub fn raw(&self) -> &[u8] {
        &self.raw
    }

    /// Returns the COSE identifier of the algorithm.
    #[must_use]
    pub const fn algorithm(&self) -> i64 {
        self.algorithm
    }
}

/// Which header may contain the certificates.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum ChainPlace {
    /// The unprotected one only, as ISO/IEC 18013-5 requires for mdocs.
    Unprotected,
    /// Either one: the second edition protects those of status lists.
    Either,
}

/// Reads both headers: the algorithm from the protected one, the certificates from where they are allowed.
pub(super) fn read(
    protected: &Item<'_>,
    unprotected: &Item<'_>,
    place: ChainPlace,
) -> Result<(Protected, Vec<Vec<u8>>), CoseError> {
    let raw = protected.as_bytes().ok_or(CoseError::Protected)?;
    unprotected.as_map().ok_or(CoseError::Structure)?;
    // an absent map is written as an empty string (RFC 9052, 3)
    let tree = match raw {
        [] => None,
        raw => Some(crate::decode_foreign(raw).map_err(protected_error)?),
    };
    let inside = match &tree {
        None => &[][..],
        Some(tree) => tree.as_map().ok_or(CoseError::Protected)?,
    };
    if !labels(inside) || !unprotected.as_map().is_some_and(labels) {
        return Err(CoseError::Protected);
    }
    let signed = |label| tree.as_ref().and_then(|t| t.get_integer(label));
    if signed(CRIT).is_some() || unprotected.get_integer(CRIT).is_some() {
        return Err(CoseError::Critical);
    }
    if unprotected.get_integer(ALG).is_some() {
        return Err(CoseError::AlgUnprotected);
    }
    if place == ChainPlace::Unprotected && signed(X5CHAIN).is_some() {
        return Err(CoseError::X5ChainProtected);
    }
    // A set: each header may have thousands of labels.
    let outside: BTreeSet<_> = unprotected.as_map().unwrap_or_default().iter().map(label).collect();
    if inside.iter().any(|pair| outside.contains(&label(pair))) {
        return Err(CoseError::HeaderDuplicate);
    }
    let algorithm = signed(ALG).ok_or(CoseError::AlgMissing)?;
    let algorithm = algorithm.as_integer().ok_or(CoseError::AlgUnsupported)?;
    let raw = raw.to_vec();
    let chain = unprotected.get_integer(X5CHAIN).or_else(|| signed(X5CHAIN)).map(x5chain);
    Ok((Protected { raw, algorithm }, chain.transpose()?.unwrap_or_default()))
}

/// A label: an integer or a text.
fn label<'p>((label, _): &'p (Item<'_>, Item<'_>)) -> (Option<i64>, Option<&'p str>) {
    (label.as_integer(), label.as_text())
}

/// Returns whether every label is a text or an integer of 64 bits (RFC 9052, 1.5).
fn labels(pairs: &[(Item<'_>, Item<'_>)]) -> bool {
    let fits = |label: &Item<'_>| label.as_integer().is_some() || label.as_text().is_some();
    pairs.iter().all(|(label, _)| fits(label))
}

fn protected_error(error: CborError) -> CoseError {
    match error {
        CborError::Profile { breach: Breach::DuplicateKey, .. } => CoseError::HeaderDuplicate,
        other => CoseError::Cbor(other),
    }
}

/// One certificate as a byte string, or an array of them, leaf first (RFC 9360, 2; an array of one occurs).
fn x5chain(item: &Item<'_>) -> Result<Vec<Vec<u8>>, CoseError> {
    let certificates = match item.value() {
        ItemValue::Bytes(_) => core::slice::from_ref(item),
        ItemValue::Array(items) => items,
        _ => return Err(CoseError::X5ChainForm),
    };
    if certificates.is_empty() || certificates.len() > MAX_CHAIN {
        return Err(CoseError::X5ChainForm);
    }
    let bytes = |c: &Item<'_>| c.as_bytes().filter(|b| !b.is_empty()).map(<[u8]>::to_vec);
    let chain: Option<Vec<_>> = certificates.iter().map(bytes).collect();
    chain.ok_or(CoseError::X5ChainForm)
}

//! The hashes of the files that a verdict rests on, and these files again by their hashes.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use ::trust::ListKind;
use anyhow::Result;
use authority::demo::DemoAuthority;
use record::{Hash, Lists};

use crate::args::trust::TrustArgs;
use crate::exit::wrong;
use crate::input;
use crate::trust::files_of;
use crate::trust_file::{no_trust, received_each};

/// Files by their hashes.
#[derive(Default)]
pub(crate) struct Hashed {
    pub(crate) trust: BTreeMap<Hash, PathBuf>,
    pub(crate) roots: BTreeMap<Hash, PathBuf>,
    pub(crate) signers: BTreeMap<Hash, PathBuf>,
    pub(crate) status: BTreeMap<Hash, PathBuf>,
    pub(crate) crl: BTreeMap<Hash, PathBuf>,
    /// The demo's own certificate, if it is trusted.
    pub(crate) demo: Option<Hash>,
    /// Fingerprints of revoked certificates.
    pub(crate) revoked: Vec<Hash>,
}

impl Hashed {
    /// Reads the files.
    pub(crate) fn of(given: &TrustArgs) -> Result<Self> {
        let mut hashed = Self::default();
        for path in files_of(&given.trust)? {
            let hash = hash_of(&path)?;
            let into = if is_crl(&path) { &mut hashed.crl } else { &mut hashed.trust };
            into.insert(hash, path);
        }
        for (files, into) in [
            (&given.list_root, &mut hashed.roots),
            (&given.pin_signer, &mut hashed.signers),
            (&given.status, &mut hashed.status),
            (&given.crl, &mut hashed.crl),
        ] {
            for path in files {
                into.insert(hash_of(path)?, path.clone());
            }
        }
        if given.demo {
            let certificate = DemoAuthority::new().anchor_certificate();
            let other =
                |error: authority::error::IssueError| wrong("cli.wrong.other", &[("reason", error.code())]);
            hashed.demo = Some(Hash::of(&certificate.map_err(other)?));
        }
        let fingerprint = |text: &String| Some(Hash(input::hex(text)?.try_into().ok()?));
        hashed.revoked = given.revoked.iter().filter_map(fingerprint).collect();
        Ok(hashed)
    }

    /// Returns the hashes as a record has them. Roots of lists' providers and pinned certificates are trust.
    pub(crate) fn lists(&self) -> Lists {
        let keys =
            |maps: &[&BTreeMap<Hash, PathBuf>]| maps.iter().flat_map(|map| map.keys().copied()).collect();
        let mut trust: Vec<Hash> = keys(&[&self.trust, &self.roots, &self.signers]);
        trust.extend(self.demo);
        let mut revocation: Vec<Hash> = keys(&[&self.crl]);
        revocation.extend(&self.revoked);
        let mut lists = Lists { trust, status: keys(&[&self.status]), revocation };
        [&mut lists.trust, &mut lists.status, &mut lists.revocation].into_iter().for_each(|list| {
            list.sort_unstable();
            list.dedup();
        });
        lists
    }

    /// Returns those that a record has.
    pub(crate) fn of_record(&self, lists: &Lists) -> Self {
        let of = |map: &BTreeMap<Hash, PathBuf>, wanted: &[Hash]| {
            map.iter()
                .filter(|(hash, _)| wanted.contains(hash))
                .map(|(hash, path)| (*hash, path.clone()))
                .collect()
        };
        Self {
            trust: of(&self.trust, &lists.trust),
            roots: of(&self.roots, &lists.trust),
            signers: of(&self.signers, &lists.trust),
            status: of(&self.status, &lists.status),
            crl: of(&self.crl, &lists.revocation),
            demo: self.demo.filter(|hash| lists.trust.contains(hash)),
            revoked: self.revoked.iter().filter(|hash| lists.revocation.contains(hash)).copied().collect(),
        }
    }
}

fn hash_of(path: &Path) -> Result<Hash> {
    Ok(Hash::of(&input::read(path, input::LIST.saturating_mul(4))?))
}

/// Whether a file holds revocation lists and nothing else.
fn is_crl(path: &Path) -> bool {
    received_each(path, no_trust).is_ok_and(|lists| {
        lists.iter().all(|list| list.as_ref().is_ok_and(|list| list.kind == ListKind::Crl))
    })
}

//! An archive of presentations for `cargo xtask bench batch` and the test on Spark, each with its own licence, device key and nonce.
#![allow(clippy::expect_used, reason = "a tool of the tests: what it makes itself is right")]

use std::fs;
use std::path::{Path, PathBuf};

use base64ct::{Base64UrlUnpadded, Encoding as _};
use cbor::Value;
use envelope::{Info, UnverifiedOneWay};
use mdoc::TrustAnchors;
use serde_json::json;
use signature::UnverifiedSignature;
use testkit::draft::NOW;
use testkit::holder::TestHolder;
use testkit::issuer::{TestIssuer, TestIssuerOptions};
use testkit::random::{TestRandom, signing_key};
use testkit::sample::{ROADSIDE, jpeg, licence_elements};

/// The authorities of an archive.
pub const AUTHORITIES: usize = 8;

/// An authority, and the trust anchors for its licences.
pub struct Authority {
    /// Its certificates and keys.
    pub issuer: TestIssuer,
    trust: TrustAnchors,
}

/// A presentation of an archive.
pub struct Archived {
    /// The line of NDJSON, without the line break.
    pub line: String,
    /// The signatures to verify: of the DS certificate, the issuer and the device.
    pub signatures: Vec<UnverifiedSignature>,
}

impl Authority {
    /// Creates the authority with this number.
    #[must_use]
    pub fn new(number: usize) -> Self {
        let name = format!("Archive authority {number}");
        let options =
            TestIssuerOptions { seed: name.clone(), iaca_name: name, ..TestIssuerOptions::default() };
        let issuer = TestIssuer::new(&options);
        Self { trust: issuer.trust(), issuer }
    }

    /// Issues the licence with this number to a device of its own and presents it for the purpose *roadside*.
    ///
    /// # Panics
    /// Panics if it cannot be made.
    #[must_use]
    pub fn present(&self, number: usize) -> Archived {
        let id = format!("{number:06}");
        let key = signing_key(&id);
        let mut random = TestRandom::new(&id);
        let mut elements = licence_elements();
        for (_, name, value) in &mut elements {
            match *name {
                "document_number" => *value = Value::text(format!("000000199003{id}")),
                "portrait_small" => *value = Value::bytes(jpeg(120, 174, 700, &mut random)),
                _ => {}
            }
        }
        let holder = TestHolder::issued(&self.issuer, key, elements, None, NOW, &mut random);
        let info =
            Info { iat: NOW, exp: NOW.plus_seconds(60), nonce: random.array(), aud: None, purpose: None };
        let shown = holder.present_with(ROADSIDE, info);
        let unverified = UnverifiedOneWay::from_envelope(shown.envelope()).expect("a presentation");
        let presentation = Base64UrlUnpadded::encode_string(shown.payload());
        let line = json!({ "id": id, "presentation": presentation, "at": NOW.format_tdate() });
        Archived { line: line.to_string(), signatures: unverified.signatures(&self.trust) }
    }
}

/// An archive in a folder.
pub struct Written {
    /// Its lines.
    pub archive: PathBuf,
    /// The roots of its authorities.
    pub roots: Vec<PathBuf>,
    /// The signatures of each presentation.
    pub signatures: Vec<Vec<UnverifiedSignature>>,
}

/// Writes an archive and the roots of its authorities into a folder, on every core. The same number gives the same bytes.
///
/// # Panics
/// Panics if it cannot be made or written.
#[must_use]
pub fn write(folder: &Path, count: usize) -> Written {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let authorities: Vec<Authority> = (0..AUTHORITIES).map(Authority::new).collect();
    let numbers: Vec<usize> = (0..count).collect();
    let of_authorities = &authorities;
    let present = |number: &usize| of_authorities.get(number % AUTHORITIES).map(|a| a.present(*number));
    let made: Vec<Archived> = std::thread::scope(|scope| {
        let shares = numbers.chunks(count.div_ceil(cores).max(1));
        let threads: Vec<_> =
            shares.map(|share| scope.spawn(move || share.iter().filter_map(present).collect())).collect();
        let shares = threads.into_iter().map(|thread| thread.join().expect("a share of the archive"));
        shares.collect::<Vec<Vec<Archived>>>().into_iter().flatten().collect()
    });
    let archive = folder.join("archive.ndjson");
    let lines: String = made.iter().map(|one| format!("{}\n", one.line)).collect();
    fs::write(&archive, lines).expect("the archive");
    let roots = authorities.iter().enumerate().map(|(number, authority)| {
        let file = folder.join(format!("iaca-{number}.der"));
        fs::write(&file, authority.issuer.iaca().as_der()).expect("a root");
        file
    });
    let roots = roots.collect();
    let signatures: Vec<_> = made.into_iter().map(|one| one.signatures).collect();
    assert!(signatures.iter().all(|three| three.len() == 3), "a presentation has three signatures");
    Written { archive, roots, signatures }
}

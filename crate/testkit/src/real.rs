//! Documents and certificates of real issuers and wallets, and the right verdict on each.
//!
//! They are published by others and are not in this repository. They are read from the folder that `LIANGZHENG_REAL` names,
//! otherwise from `shared/real` beside the repository; without either, tests say that they are skipped.

use std::path::{Path, PathBuf};

/// Returns the folder; `None` if there is none, after printing that `test` is skipped.
pub fn folder(test: &str) -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/real");
    let named = std::env::var_os("LIANGZHENG_REAL").map(PathBuf::from);
    let found = named.into_iter().chain([beside]).find(|folder| folder.is_dir());
    if found.is_some() {
        return found;
    }
    println!("SKIPPED {test}: LIANGZHENG_REAL names no folder, and there is no ../shared/real");
    None
}

/// The session that a presentation is bound to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Session {
    /// OpenID4VP by redirect: client_id, nonce, response_uri, and the thumbprint of the key of an encrypted answer.
    OpenId4Vp {
        /// With its prefix.
        client_id: &'static str,
        /// The verifier's.
        nonce: &'static str,
        /// Where the answer was sent.
        response_uri: &'static str,
        /// SHA-256 in hexadecimal, RFC 7638.
        thumbprint: Option<&'static str>,
    },
    /// The file of a SessionTranscript.
    Transcript(&'static str),
}

/// A verdict: its words, of which one is right, and codes that must be among its reasons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Right {
    /// `verified`, `undetermined` or `refused`.
    pub verdicts: &'static [&'static str],
    /// Codes of failures and doubts.
    pub codes: &'static [&'static str],
}

/// One file under one trust at one moment. Names of files are relative to the folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// The presentation.
    pub file: &'static str,
    /// Root certificates.
    pub trust: &'static [&'static str],
    /// A pinned document signer.
    pub pinned: Option<&'static str>,
    /// The session.
    pub session: Session,
    /// The moment of the verdict, RFC 3339.
    pub at: &'static str,
    /// A status list.
    pub status: Option<&'static str>,
    /// The purpose, as after `--policy`.
    pub policy: &'static str,
    /// The right verdict.
    pub right: Right,
}

const fn verified() -> Right {
    Right { verdicts: &["verified"], codes: &[] }
}

const fn refused(codes: &'static [&'static str]) -> Right {
    Right { verdicts: &["refused"], codes }
}

const fn undetermined(codes: &'static [&'static str]) -> Right {
    Right { verdicts: &["undetermined"], codes }
}

const IACA: &[&str] = &["derived/iaca.pem"];

impl Row {
    /// One change of `02-base.cbor`, in its session.
    const fn derived(file: &'static str, right: Right) -> Self {
        Self {
            file,
            trust: IACA,
            pinned: None,
            session: Session::OpenId4Vp {
                client_id: "x509_san_dns:rent.example",
                nonce: "n-0S6_WzA2Mj",
                response_uri: "https://rent.example/cb",
                thumbprint: None,
            },
            at: "2026-11-28T06:00:00Z",
            status: None,
            policy: "none",
            right,
        }
    }

    const fn pinned(
        file: &'static str,
        ds: &'static str,
        transcript: &'static str,
        at: &'static str,
    ) -> Self {
        let session = Session::Transcript(transcript);
        Self { session, at, pinned: Some(ds), ..Self::derived(file, verified()) }
    }

    const fn payground(file: &'static str, transcript: &'static str, at: &'static str, right: Right) -> Self {
        let (session, trust) = (Session::Transcript(transcript), &["longfellow/payground-root.pem"]);
        Self { session, trust, at, ..Self::derived(file, right) }
    }

    const fn at(self, at: &'static str) -> Self {
        Self { at, ..self }
    }

    const fn under(self, trust: &'static [&'static str]) -> Self {
        Self { trust, ..self }
    }

    const fn with_status(self, list: &'static str) -> Self {
        Self { status: Some(list), ..self }
    }

    const fn policy(self, policy: &'static str) -> Self {
        Self { policy, ..self }
    }
}

/// Returns the rows.
pub fn rows() -> Vec<Row> {
    let mut rows = derived();
    rows.extend(longfellow());
    rows
}

/// Made for tests, each with one change that occurs in documents of real issuers.
fn derived() -> Vec<Row> {
    let of = Row::derived;
    vec![
        of("derived/02-base.cbor", verified()),
        of("derived/02-base.cbor", verified()).policy("age"),
        of("derived/01-status-only.cbor", refused(&["status-list-invalid"]))
            .with_status("derived/sl-ok-revoked.cwt"),
        of("derived/01-status-only.cbor", verified()).with_status("derived/sl-ok-clear.cwt"),
        of("derived/01-status-only.cbor", undetermined(&["status-list-missing"])),
        // The type of the list is its registered number.
        of("derived/01-status-only.cbor", refused(&["status-list-invalid"]))
            .with_status("derived/sl-typ-uint.cwt"),
        // A second mechanism, which is not known, spoils nothing.
        of("derived/01-identifier-text.cbor", refused(&["status-list-invalid"]))
            .with_status("derived/sl-ok-revoked.cwt"),
        of("derived/01-identifier-text.cbor", verified()).with_status("derived/sl-ok-clear.cwt"),
        of("derived/01-identifier-text.cbor", undetermined(&["status-list-missing"])),
        of("derived/03-expiry-today.cbor", refused(&["licence-expired"])).at("2026-11-30T16:00:00Z"),
        of("derived/05-portrait-jp2.cbor", undetermined(&[])).policy("age"),
        of("derived/10-signed-under-rolled-root.cbor", verified()).under(&["derived/10-iaca-rolled.pem"]),
    ]
}

/// Presentations of several wallets, with the transcripts of their sessions.
fn longfellow() -> Vec<Row> {
    vec![
        Row::pinned(
            "longfellow/02.cbor",
            "longfellow/02.ds0.der",
            "longfellow/02.transcript.cbor",
            "2024-06-01T12:00:00Z",
        ),
        // The key identifier of this root, under another name.
        Row::payground(
            "longfellow/02.cbor",
            "longfellow/02.transcript.cbor",
            "2024-06-01T12:00:00Z",
            refused(&["issuer-unknown"]),
        ),
        Row::payground(
            "longfellow/06.cbor",
            "longfellow/06.transcript.cbor",
            "2025-06-10T12:00:00Z",
            verified(),
        ),
        // It says `age_over_18: false`.
        Row::payground(
            "longfellow/06.cbor",
            "longfellow/06.transcript.cbor",
            "2025-06-10T12:00:00Z",
            refused(&["age-below"]),
        )
        .policy("age"),
        Row::payground(
            "longfellow/10.cbor",
            "longfellow/10.transcript.cbor",
            "2025-08-25T12:00:00Z",
            verified(),
        ),
    ]
}

/// The root certificates.
pub const ROOTS: [&str; 7] = [
    "roots/US_CA_ca-dmv-iaca-root-ca-crt.cer",
    "roots/US_NY_New_York-iaca-cert.pem",
    "roots/US_PR_PRDTOPProdCA.pem",
    "longfellow/payground-root.pem",
    "animo/animo-mdoc-05_rootCertificate.pem",
    "derived/iaca.pem",
    "derived/10-iaca-rolled.pem",
];

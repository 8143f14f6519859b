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
    /// Not known.
    Unknown,
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

/// The right verdict, and its reasons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Right {
    /// `verified`, `undetermined` or `refused`.
    pub verdict: &'static str,
    /// The codes of all failures and doubts, each once.
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
    /// Codes of passes that must be among its checks.
    pub says: &'static [&'static str],
    /// The codes of all departures from the standard that it names, each once.
    pub deviations: &'static [&'static str],
    /// The right verdict if every deviation is a refusal; `None` if the row does not ask.
    pub strict: Option<Right>,
}

const fn verified() -> Right {
    Right { verdict: "verified", codes: &[] }
}

const fn refused(codes: &'static [&'static str]) -> Right {
    Right { verdict: "refused", codes }
}

const fn undetermined(codes: &'static [&'static str]) -> Right {
    Right { verdict: "undetermined", codes }
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
            says: &[],
            deviations: &[],
            strict: None,
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

    const fn strictly(self, strict: Right) -> Self {
        Self { strict: Some(strict), ..self }
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

    const fn says(self, says: &'static [&'static str]) -> Self {
        Self { says, ..self }
    }

    const fn departs(self, deviations: &'static [&'static str]) -> Self {
        Self { deviations, ..self }
    }

    const fn policy(self, policy: &'static str) -> Self {
        Self { policy, ..self }
    }
}

/// Returns the rows.
pub fn rows() -> Vec<Row> {
    let mut rows = derived();
    rows.extend(longfellow());
    rows.extend(animo());
    rows.extend(eudi());
    rows
}

/// Made for tests, each with one change that occurs in documents of real issuers.
fn derived() -> Vec<Row> {
    let of = Row::derived;
    vec![
        of("derived/02-base.cbor", verified()).strictly(verified()),
        of("derived/02-base.cbor", verified()).policy("age"),
        of("derived/02-base.cbor", verified()).policy("roadside").strictly(verified()),
        of("derived/02-base.cbor", verified()).policy("rental").strictly(verified()),
        of("derived/02-base.cbor", verified()).policy("insurance").strictly(verified()),
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
        // A day ends where the licence was issued.
        of("derived/03-expiry-today.cbor", verified())
            .at("2026-11-28T16:00:00Z")
            .says(&["licence-expires-today"]),
        of("derived/03-expiry-today.cbor", refused(&["licence-expired"])).at("2026-11-30T16:00:00Z"),
        of("derived/05-portrait-jp2.cbor", undetermined(&["portrait-not-drawn"])).policy("age"),
        of("derived/07-validuntil-plus0Z.cbor", refused(&["profile-time"])),
        // Unusual and right.
        of("derived/08-documenterrors-empty.cbor", verified()),
        of("derived/08-two-documents.cbor", verified()),
        // Tag 24 and JSON around it.
        of("derived/09-tag24-deviceresponse.cbor", verified()),
        of("derived/09-vp_token.json", verified()),
        // A renewed root of the same name.
        of("derived/10-signed-under-rolled-root.cbor", refused(&["issuer-key-unknown"])),
        of("derived/10-signed-under-rolled-root.cbor", verified())
            .under(&["derived/10-iaca-rolled.pem"])
            .strictly(verified()),
        of("derived/10-signed-under-rolled-root.cbor", verified())
            .under(&["derived/iaca.pem", "derived/10-iaca-rolled.pem"]),
        // Document signers that depart from Annex B.
        of("derived/11-arizona.cbor", verified())
            .departs(&[
                "deviation-basic-constraints",
                "deviation-crl-distribution-points",
                "deviation-issuer-alt-name",
            ])
            .strictly(refused(&["cert-profile-issuer-alt-name"])),
        of("derived/11-ds-731-days.cbor", verified())
            .departs(&["deviation-validity"])
            .strictly(refused(&["cert-profile-validity"])),
        of("derived/11-eku-noncritical.cbor", verified())
            .departs(&["deviation-extended-key-usage-not-critical"])
            .strictly(refused(&["cert-profile-extended-key-usage"])),
        of("derived/11-no-crl.cbor", verified())
            .departs(&["deviation-crl-distribution-points"])
            .strictly(refused(&["cert-profile-crl-distribution-points"])),
    ]
}

/// Presentations of several wallets, with the transcripts of their sessions.
fn longfellow() -> Vec<Row> {
    let pinned = Row::pinned;
    vec![
        pinned(
            "longfellow/00.cbor",
            "longfellow/00.ds0.der",
            "longfellow/00.transcript.cbor",
            "2024-02-10T12:00:00Z",
        )
        .departs(&["deviation-crl-distribution-points"])
        .strictly(refused(&["cert-profile-crl-distribution-points"])),
        pinned(
            "longfellow/01.cbor",
            "longfellow/01.ds0.der",
            "longfellow/01.transcript.cbor",
            "2024-02-10T12:00:00Z",
        )
        .departs(&["deviation-crl-distribution-points"])
        .strictly(refused(&["cert-profile-crl-distribution-points"])),
        pinned(
            "longfellow/02.cbor",
            "longfellow/02.ds0.der",
            "longfellow/02.transcript.cbor",
            "2024-06-01T12:00:00Z",
        )
        .strictly(verified()),
        pinned(
            "longfellow/03.cbor",
            "longfellow/03.ds0.der",
            "longfellow/03.transcript.cbor",
            "2024-10-05T12:00:00Z",
        )
        .departs(&["deviation-crl-distribution-points", "deviation-issuer-alt-name"])
        .strictly(refused(&["cert-profile-issuer-alt-name"])),
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
        )
        .strictly(verified()),
        // It says `age_over_18: false`.
        Row::payground(
            "longfellow/06.cbor",
            "longfellow/06.transcript.cbor",
            "2025-06-10T12:00:00Z",
            refused(&["age-below", "portrait-left-out"]),
        )
        .policy("age"),
        Row::payground(
            "longfellow/10.cbor",
            "longfellow/10.transcript.cbor",
            "2025-08-25T12:00:00Z",
            verified(),
        )
        .strictly(verified()),
    ]
}

/// A PID under a document signer with the purpose of licences.
fn animo() -> Vec<Row> {
    let row = Row {
        trust: &["animo/animo-mdoc-05_rootCertificate.pem"],
        session: Session::OpenId4Vp {
            client_id: "x509_san_dns:playground.animo.id",
            nonce: "LMGPB6k--THpBUSkEBvLxmdMIi3Ee1fjHXXUUzBVa04",
            response_uri: "https://playground.animo.id/oid4vp/8caaebcc-d48c-471b-86b0-a534e15c4774/authorize?session=6c115dbc-1364-4e9f-a325-173eeec01a5a",
            thumbprint: Some("61a29f269176244d397cae26f7f80ab196bffcb65fe3052b540c78073dab7c1e"),
        },
        ..Row::derived("animo/animo-mdoc-05_deviceResponse.cbor", verified())
    };
    vec![
        row.at("2026-01-12T12:00:00Z")
            .departs(&["deviation-crl-distribution-points"])
            .strictly(refused(&["cert-profile-crl-distribution-points"])),
    ]
}

/// An answer whose certificates have the purpose of a reader, by an authority that is none of the trusted ones.
fn eudi() -> Vec<Row> {
    let roots = &["eudi/trusted-issuer-0.pem", "eudi/trusted-issuer-1.pem", "eudi/trusted-issuer-2.pem"];
    let row = Row::derived("eudi/06-pidPlusMdl-vpToken.json", refused(&["issuer-unknown"]));
    vec![
        Row { session: Session::Unknown, ..row }
            .under(roots)
            .at("2025-06-01T12:00:00Z")
            // its times have fractions, which a strict verification refuses first
            .strictly(refused(&["profile-time"])),
    ]
}

/// The root certificates, each with the codes of its departures from Annex B.
pub const ROOTS: [(&str, &[&str]); 15] = [
    ("roots/Miscellaneous_ONEPROOF_Oneproof-IACA-Test.pem", &["deviation-key-usage-not-critical"]),
    ("roots/US_AZ_MDL_CA.pem", &["deviation-path-length"]),
    ("roots/US_CA_ca-dmv-iaca-root-ca-crt.cer", &[]),
    ("roots/US_CO_CO_Root_Certificate_New.cer", &["deviation-path-length"]),
    (
        "roots/US_CO_Prod_Root_Certificate.cer",
        &[
            "deviation-crl-distribution-points",
            "deviation-issuer-alt-name",
            "deviation-path-length",
            "deviation-state",
        ],
    ),
    ("roots/US_MD_Root_Certificate.cer", &["deviation-crl-distribution-points", "deviation-path-length"]),
    ("roots/US_NY_New_York-iaca-cert.pem", &[]),
    ("roots/US_PR_PRDTOPProdCA.pem", &[]),
    ("eudi/trusted-issuer-0.pem", &["deviation-extended-key-usage-other"]),
    ("eudi/trusted-issuer-1.pem", &["deviation-extended-key-usage-other"]),
    ("eudi/trusted-issuer-2.pem", &["deviation-extended-key-usage-other"]),
    ("longfellow/payground-root.pem", &[]),
    ("animo/animo-mdoc-05_rootCertificate.pem", &[]),
    ("derived/iaca.pem", &[]),
    ("derived/10-iaca-rolled.pem", &[]),
];

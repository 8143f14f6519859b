//! Documents and certificates of real issuers through the crates `trust` and `verdict`.
#![allow(clippy::expect_used, clippy::panic, reason = "a test")]

use std::collections::BTreeSet;
use std::path::Path;

use cbor::Timestamp;
use liangzheng_testkit::real::{ROOTS, Right, Row, Session, folder, rows};
use mdoc::status_list::UnverifiedStatusList;
use mdoc::{Anchor, SessionTranscript, TrustAnchors, TrustError};
use signature::RustCrypto;
use trust::ReceivedList;
use verdict::{
    CheckState, Colour, Purpose, Terms, Verdict, VerifierContext, shanghai_day, verify_in_session,
};
use x509::Certificate;

fn read(real: &Path, name: &str) -> Vec<u8> {
    std::fs::read(real.join(name)).expect(name)
}

/// Returns the one certificate of a file, read as the page and the command line do.
fn certificate(real: &Path, name: &str) -> Certificate {
    let lists = ReceivedList::read(&read(real, name)).expect(name);
    let [list] = lists.try_into().expect("one certificate");
    let list: ReceivedList = list;
    list.certificate().expect(name)
}

/// Returns the session of a row; `None` if it has none, or if its file has a DeviceResponse inside, which the command line
/// unwraps.
fn transcript(real: &Path, row: &Row) -> Option<SessionTranscript> {
    if !row.file.ends_with(".cbor") || row.file.contains("tag24") {
        return None;
    }
    match row.session {
        Session::Unknown => None,
        Session::Transcript(file) => SessionTranscript::from_bytes(&read(real, file)).ok(),
        Session::OpenId4Vp { client_id, nonce, response_uri, thumbprint } => {
            let thumbprint = thumbprint.map(|hex| base16ct::lower::decode_vec(hex).expect("hexadecimal"));
            let made =
                SessionTranscript::openid4vp_redirect(client_id, nonce, thumbprint.as_deref(), response_uri);
            Some(made.expect("a transcript"))
        }
    }
}

fn anchors(real: &Path, row: &Row) -> Result<TrustAnchors, TrustError> {
    let mut trust = TrustAnchors::new();
    for name in row.trust {
        trust.add(Anchor::iaca(certificate(real, name), *name, "real roots", &RustCrypto)?);
    }
    if let Some(name) = row.pinned {
        trust.add(Anchor::pinned_document_signer(certificate(real, name), name, "real signers")?);
    }
    Ok(trust)
}

fn judged(
    real: &Path,
    row: &Row,
    transcript: &SessionTranscript,
    strict: bool,
) -> Result<Verdict, TrustError> {
    let now = Timestamp::parse_tdate(row.at).expect("a time");
    let trust = anchors(real, row)?;
    let lists = row.status.map(|name| UnverifiedStatusList::decode(&read(real, name)).expect(name));
    let lists = trust::status::at_hand(&lists, &trust, now, &RustCrypto);
    let purpose = match row.policy {
        "age" => Purpose::AgeOnly,
        "roadside" => Purpose::Roadside,
        "rental" => Purpose::Rental,
        "insurance" => Purpose::Insurance,
        "none" => Purpose::None,
        other => panic!("no row asks for {other}"),
    };
    let terms = Terms::default_for(purpose, shanghai_day(now));
    let terms = Terms { vehicle: Some(terms.judged_vehicle()), ..terms };
    let context =
        VerifierContext { status_lists: &lists, strict, ..VerifierContext::new(now, &trust, &terms) };
    Ok(verify_in_session(&read(real, row.file), transcript.clone(), None, &context))
}

/// Returns the verdict as a word, the codes of its failures and doubts, and those of departures from the standard.
fn found(verdict: &Verdict) -> (&'static str, BTreeSet<&'static str>, BTreeSet<&'static str>) {
    let word = match verdict.colour {
        Colour::Green => "verified",
        Colour::Amber => "undetermined",
        Colour::Red => "refused",
    };
    let of_doubt = |state| matches!(state, CheckState::Fail | CheckState::Undetermined);
    let doubts = verdict.checks().filter(|check| of_doubt(check.state)).map(|check| check.code.text());
    let codes = verdict.checks().map(|check| check.code.text());
    (word, doubts.collect(), codes.filter(|code| code.starts_with("deviation-")).collect())
}

fn fits(verdict: &Verdict, right: &Right) -> bool {
    let (word, codes, _) = found(verdict);
    word == right.verdict && codes == right.codes.iter().copied().collect()
}

#[test]
fn each_presentation_has_the_verdict_that_is_right_for_it() {
    let Some(real) = folder("crate verdict on real presentations") else { return };
    let mut wrong = Vec::new();
    for row in rows() {
        let Some(transcript) = transcript(&real, &row) else { continue };
        for (strict, right) in [(false, Some(row.right)), (true, row.strict)] {
            let Some(right) = right else { continue };
            match judged(&real, &row, &transcript, strict) {
                Ok(verdict) if !strict && found(&verdict).2 != row.deviations.iter().copied().collect() => {
                    wrong.push(format!("{row:?}\n    departs by {:?}", found(&verdict).2));
                }
                Ok(verdict)
                    if !row
                        .says
                        .iter()
                        .all(|code| verdict.checks().any(|check| check.code.text() == *code)) =>
                {
                    wrong.push(format!("{row:?}\n    does not say {:?}", row.says));
                }
                Ok(verdict) if fits(&verdict, &right) => {}
                Ok(verdict) => {
                    let codes: Vec<_> =
                        verdict.checks().map(|check| (check.state, check.code.text())).collect();
                    wrong.push(format!("{row:?}\n    strict: {strict}, {:?} {codes:?}", verdict.colour));
                }
                Err(error) => {
                    wrong.push(format!("{row:?}\n    strict: {strict}, no anchor: {}", error.code()))
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_root_is_an_anchor_and_its_departures_are_named() {
    let Some(real) = folder("crate trust on real roots") else { return };
    let wrong = ROOTS.iter().filter_map(|(name, departures)| {
        match Anchor::iaca(certificate(&real, name), *name, "real roots", &RustCrypto) {
            Err(error) => Some(format!("{name}: {}", error.code())),
            Ok(anchor) => {
                let found: BTreeSet<_> =
                    anchor.deviations().iter().map(|deviation| deviation.code.code()).collect();
                (found != departures.iter().copied().collect())
                    .then(|| format!("{name} departs by {found:?}"))
            }
        }
    });
    let wrong: Vec<_> = wrong.collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

//! Verifies a file of any kind as a verifier would, with the inputs of its expectation.

mod challenge;
mod found;

use ::licence::shanghai_day;
use ::verdict::{
    Case, Decision, IssuerVerdict, Judged, Policy, Presenter, Purpose, Terms, VerifierContext,
    verify_in_session, verify_issuer_data, verify_one_way,
};
use cbor::Timestamp;
use envelope::ReplayMemory;
use mdoc::ReaderKey;
use mdoc::SessionTranscript;
use mdoc::TrustAnchors;
use mdoc::reader::ReaderIdentity;
use mdoc::status_list::{StatusListError, StatusLists, StatusSigner, UnverifiedStatusList};
use mdoc::vical::{UnverifiedVical, VerifiedVical, VicalError, VicalTrust};
use mdoc::wire::DeviceRequest;
use optical::{Assembler, Progress};
use protocol::received::Received;
use x509::{Certificate, UnverifiedCrl};

use super::bytes::unhex;
use super::other::{Session, list_provider};
use super::{Expectation, Kind, Verdict, trust};
use crate::issuer::TestIssuer;

pub use found::Found;
pub(in crate::hostile) use found::reader_anchors;

/// Verifies a file with the inputs of its expectation; `read` returns the bytes of a file in its folder.
///
/// # Panics
/// Panics if an input of the expectation cannot be used.
pub fn judge(expect: &Expectation, read: &dyn Fn(&str) -> Vec<u8>) -> Found {
    let bytes = read(expect.kind.file());
    match expect.kind {
        Kind::Presentation | Kind::DeviceResponse | Kind::IssuerSigned | Kind::Answer => {
            shown(expect, &bytes, read)
        }
        Kind::TrustList => trust_list(expect, &bytes, read),
        Kind::StatusList => match status_list(expect, &bytes, read) {
            Ok(()) => Found::accepted(),
            Err(error) => Found::refused(error.code()),
        },
        Kind::RevocationList => {
            let authority = TestIssuer::default();
            match UnverifiedCrl::decode(&bytes)
                .and_then(|list| list.verify(authority.iaca(), &signature::RustCrypto))
            {
                Ok(_) => Found::accepted(),
                Err(error) => Found::refused(error.code()),
            }
        }
        Kind::DeviceRequest => device_request(expect, &bytes),
        Kind::Question => challenge::question(expect, &bytes),
        Kind::SessionTranscript => session(expect, &bytes),
        Kind::Frames => frames(&bytes, read),
        Kind::Received => received(&bytes, read),
    }
}

/// Returns what policies decide about a presentation, a response, an answer or issuer data, verified with the other inputs of
/// its expectation; nothing about files of other kinds.
///
/// # Panics
/// Panics if an input of the expectation cannot be used.
pub fn decide(
    expect: &Expectation,
    read: &dyn Fn(&str) -> Vec<u8>,
    policies: &[Policy],
    case: &Case,
) -> Vec<Decision> {
    let kinds = [Kind::Presentation, Kind::DeviceResponse, Kind::IssuerSigned, Kind::Answer];
    if !kinds.contains(&expect.kind) {
        return Vec::new();
    }
    let offset = terms(expect).utc_offset_seconds;
    // Every policy asks for the same terms.
    let Some(first) = policies.first() else {
        return Vec::new();
    };
    let verified = verified_by(expect, &read(expect.kind.file()), read, &first.terms(expect.at, offset));
    let judged = match &verified {
        Verified::Presented(verdict) => Judged::from(verdict.as_ref()),
        Verified::Issued(verdict) => Judged::from(verdict.as_ref()),
    };
    policies.iter().map(|policy| policy.decide(&judged, case, expect.at, offset)).collect()
}

/// A verdict of either kind.
enum Verified {
    Presented(Box<::verdict::Verdict>),
    Issued(Box<IssuerVerdict>),
}

/// Returns the verdict with this trust on a presentation, a response, an answer or issuer data.
fn shown(expect: &Expectation, bytes: &[u8], read: &dyn Fn(&str) -> Vec<u8>) -> Found {
    let headed = match expect.kind {
        Kind::DeviceResponse => expect.given.transcript.is_some(),
        kind => kind == Kind::Answer,
    };
    match verified_by(expect, bytes, read, &terms(expect)) {
        Verified::Presented(verdict) => {
            let found = Found::of(verdict.colour, verdict.issuer.is_some(), &verdict.layers, &verdict.notes);
            if headed { found.headed(&verdict.headline) } else { found }
        }
        Verified::Issued(verdict) => {
            Found::of(verdict.colour, verdict.issuer.is_some(), &verdict.layers, &verdict.notes)
        }
    }
}

fn verified_by(
    expect: &Expectation,
    bytes: &[u8],
    read: &dyn Fn(&str) -> Vec<u8>,
    terms: &Terms,
) -> Verified {
    let now = expect.at;
    let trust = trusted(expect, read);
    let (nothing, mut memory) = (ReplayMemory::new(), ReplayMemory::new());
    let lists = lists(expect, &trust, read);
    let context = |memory| VerifierContext {
        now,
        clock_floor: expect.clock_floor,
        trust: &trust,
        memory,
        audience: Some("verifier.example"),
        status_lists: &lists,
        terms,
        signatures: &signature::RustCrypto,
        strict: expect.given.strict,
    };
    let verdict = match expect.kind {
        Kind::DeviceResponse if expect.given.transcript.is_some() => {
            let key = expect.given.reader_key.as_deref().map(|text| {
                let scalar: [u8; 32] = unhex(text).try_into().expect("32 bytes");
                ReaderKey::from_bytes(&scalar).expect("a key")
            });
            verify_in_session(bytes, transcript(expect), key.as_ref(), &context(&memory))
        }
        Kind::Presentation => {
            if let Some(seen_at) = expect.given.seen_at {
                let earlier = VerifierContext { now: seen_at, ..context(&nothing) };
                let replay = verify_one_way(bytes, &earlier).replay.expect("a presentation to remember");
                memory.remember(replay.key, seen_at, replay.exp);
            }
            verify_one_way(bytes, &context(&memory))
        }
        Kind::Answer => challenge::answer(expect, bytes, read, &context(&memory)),
        kind => {
            let presenter =
                if kind == Kind::IssuerSigned { Presenter::NotAsked } else { Presenter::Undetermined };
            return Verified::Issued(Box::new(verify_issuer_data(bytes, presenter, &context(&memory))));
        }
    };
    Verified::Presented(Box::new(verdict))
}

/// Returns the manifest's trust, or only that of the given trust lists.
fn trusted(expect: &Expectation, read: &dyn Fn(&str) -> Vec<u8>) -> TrustAnchors {
    if expect.given.trust_lists.is_empty() {
        return trust().clone();
    }
    let mut trust = TrustAnchors::new();
    for file in &expect.given.trust_lists {
        let list = verified(&read(file), expect, read).expect("a list that holds");
        list.add_to(&mut trust, file, expect.at, &signature::RustCrypto);
    }
    trust
}

/// Returns the given terms; without them, only whether it is genuine and valid.
fn terms(expect: &Expectation) -> Terms {
    match &expect.given.terms {
        None => Terms::default_for(Purpose::None, shanghai_day(expect.at)),
        Some(terms) => {
            let json = serde_json::to_value(terms).expect("JSON");
            serde_json::from_value(json).expect("terms")
        }
    }
}

/// Returns the status lists, each verified under its name at its time; a refused one is recorded as refused.
fn lists(expect: &Expectation, trust: &TrustAnchors, read: &dyn Fn(&str) -> Vec<u8>) -> StatusLists {
    let mut lists = StatusLists::new();
    for given in &expect.given.status_lists {
        let list = UnverifiedStatusList::decode(&read(&given.file)).expect("a status list");
        let uri = list.claimed_uri();
        let at = given.verified_at.unwrap_or(expect.at);
        match list.verify(StatusSigner::Anchors(trust), uri, at, &signature::RustCrypto) {
            Ok(verified) => drop(lists.insert(verified).expect("the only one of its name")),
            Err(error) => lists.refuse(uri, error),
        }
    }
    lists
}

fn trust_list(expect: &Expectation, bytes: &[u8], read: &dyn Fn(&str) -> Vec<u8>) -> Found {
    let list = match verified(bytes, expect, read) {
        Ok(list) => list,
        Err(error) => return Found::refused(error.code()),
    };
    if let Some(seen) = &expect.given.seen_list {
        let seen = verified(&read(seen), expect, read).expect("a list that was accepted");
        if let Err(error) = trust::VicalFloor::check(&list, &[trust::VicalFloor::of(&seen)]) {
            return Found::refused(error.code());
        }
    }
    if let Some(reason) = list.age(expect.at).reason() {
        return Found::doubt(Verdict::Undetermined, &[reason.code()]);
    }
    let odd: Vec<_> = list
        .entries("list", &signature::RustCrypto)
        .filter_map(|entry| entry.anchor().err().cloned())
        .collect();
    let codes: Vec<_> = odd.iter().map(mdoc::vical::VicalEntryError::code).collect();
    if codes.is_empty() { Found::accepted() } else { Found::doubt(Verdict::Fail, &codes) }
}

fn verified(
    bytes: &[u8],
    expect: &Expectation,
    read: &dyn Fn(&str) -> Vec<u8>,
) -> Result<VerifiedVical, VicalError> {
    let root = match &expect.given.list_root {
        Some(file) => Certificate::decode(&read(file)).expect("a root"),
        None => list_provider().root().clone(),
    };
    UnverifiedVical::decode(bytes)?.verify(&VicalTrust::new().with_root(root), &signature::RustCrypto)
}

fn status_list(
    expect: &Expectation,
    bytes: &[u8],
    read: &dyn Fn(&str) -> Vec<u8>,
) -> Result<(), StatusListError> {
    let uri = expect.given.uri.as_deref().expect("the list's name");
    let verify = |bytes: &[u8], at: Timestamp| {
        UnverifiedStatusList::decode(bytes)?.verify(
            StatusSigner::Anchors(trust()),
            uri,
            at,
            &signature::RustCrypto,
        )
    };
    let list = verify(bytes, expect.at)?;
    if let Some(index) = expect.given.index {
        let _status = list.get(index)?;
    }
    let mut lists = StatusLists::new();
    if let Some(seen) = &expect.given.seen_list {
        let seen = verify(&read(seen), expect.at).expect("a list that was accepted");
        let _new = lists.insert(seen).expect("the first");
    }
    lists.insert(list).map(|_| ())
}

fn device_request(expect: &Expectation, bytes: &[u8]) -> Found {
    let anchors = reader_anchors();
    let request = match DeviceRequest::decode(bytes) {
        Ok(request) => request,
        Err(error) => return Found::refused(error.code()),
    };
    for asked in request.doc_requests() {
        match asked.verify_reader(&transcript(expect), &anchors, expect.at, &signature::RustCrypto) {
            Ok(ReaderIdentity::Verified(_)) => {}
            Ok(ReaderIdentity::NotVerified) => return Found::doubt(Verdict::Undetermined, &[]),
            Err(error) => return Found::refused(error.code()),
        }
    }
    Found::accepted()
}

fn session(expect: &Expectation, bytes: &[u8]) -> Found {
    let session: Session = serde_json::from_slice(bytes).expect("a session");
    match session.transcript() {
        Err(error) => Found::refused(error.code()),
        Ok(made) if made == transcript(expect) => Found::accepted(),
        Ok(_) => Found::doubt(Verdict::Fail, &["another transcript"]),
    }
}

fn frames(bytes: &[u8], read: &dyn Fn(&str) -> Vec<u8>) -> Found {
    let mut assembler = Assembler::new();
    let text = core::str::from_utf8(bytes).expect("a text");
    for (line, at) in text.lines().zip((0_u64..).step_by(40)) {
        match assembler.accept(&unhex(line), at) {
            Progress::NotAFrame(error) | Progress::Refused(error) => return Found::refused(error.code()),
            Progress::Complete(payload) if payload == read("payload.bin") => return Found::accepted(),
            Progress::Complete(_) => return Found::doubt(Verdict::Fail, &["another payload"]),
            _ => {}
        }
    }
    Found::doubt(Verdict::Undetermined, &[])
}

/// Accepted if what is found is the file that its kind has in the folder.
fn received(bytes: &[u8], read: &dyn Fn(&str) -> Vec<u8>) -> Found {
    let found = match protocol::received::unwrap(bytes) {
        Ok(found) => found,
        Err(other) => return Found::refused(other.code()),
    };
    let kind = match found {
        Received::Payload(_) => Kind::Presentation,
        Received::DeviceResponse(_) => Kind::DeviceResponse,
        Received::IssuerData(_) => Kind::IssuerSigned,
    };
    if read(kind.file()) == found.bytes() {
        Found::accepted()
    } else {
        Found::doubt(Verdict::Fail, &["another presentation"])
    }
}

fn transcript(expect: &Expectation) -> SessionTranscript {
    let text = expect.given.transcript.as_deref().expect("a transcript");
    SessionTranscript::from_bytes(&unhex(text)).expect("a transcript")
}

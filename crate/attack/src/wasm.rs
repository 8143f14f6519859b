//! A sample of mutants with the verdicts of the native build, to which those of the shipped module are compared.

use std::fs::File;
use std::io::{self, BufWriter, Write as _};
use std::path::Path;

use authority::demo::DemoAuthority;
use base64ct::{Base64, Encoding as _};
use cbor::Timestamp;
use envelope::ReplayMemory;
use mdoc::TrustAnchors;
use mdoc::status_list::{StatusLists, StatusSigner, UnverifiedStatusList};
use serde_json::json;
use testkit::hostile::deflate;
use verdict::{Purpose, Terms, VerifierContext, verify_one_way};

use crate::presentation::Presentation;
use crate::source;
use crate::tamper::{Choice, mutants};

/// The people of the sample: ordinary, suspended, overdue, extended; each for every purpose.
const PEOPLE: [&str; 4] = ["lin", "wei", "he", "tang"];

/// Writes one line per mutant, `{"name", "payload", "context", "verdict"}`: the payload in base64, the context as the
/// module reads it, the verdict of the native build. The unaltered presentations are included. Returns the number of
/// lines.
///
/// # Errors
/// Fails if the file cannot be written.
pub fn write(file: &Path, choice: Choice) -> io::Result<usize> {
    let mut out = BufWriter::new(File::create(file)?);
    let mut count = 0;
    for id in PEOPLE {
        let Some(person) = DemoAuthority::new().person(id) else {
            return Err(io::Error::other(format!("no demo person {id}")));
        };
        for purpose in Purpose::ALL {
            let presentation = source::demo_presentation(person, purpose);
            let lists = demo_lists(&presentation.trust, presentation.now);
            let line = |name: &str, bytes: &[u8]| line(&presentation, &lists, purpose, name, &deflate(bytes));
            writeln!(out, "{}", line("untouched", &presentation.bytes))?;
            count += 1;
            let mut bytes = Vec::new();
            for (mutant, number) in mutants(&presentation.bytes).zip(0..) {
                if choice.takes(number) {
                    mutant.apply(&presentation.bytes, &mut bytes);
                    writeln!(out, "{}", line(&format!("{mutant:?}"), &bytes))?;
                    count += 1;
                }
            }
        }
    }
    out.flush()?;
    Ok(count)
}

/// Returns the demo's status list of the day, which the module also makes itself.
fn demo_lists(trust: &TrustAnchors, now: Timestamp) -> StatusLists {
    let mut lists = StatusLists::new();
    let token = DemoAuthority::new().status_list(now).ok();
    let list = token.and_then(|token| UnverifiedStatusList::decode(&token).ok());
    let verified = list.map(|list| {
        list.verify(StatusSigner::Anchors(trust), list.claimed_uri(), now, &signature::RustCrypto)
    });
    if let Some(Ok(list)) = verified {
        let _inserted = lists.insert(list);
    }
    lists
}

fn line(
    presentation: &Presentation,
    lists: &StatusLists,
    purpose: Purpose,
    name: &str,
    payload: &[u8],
) -> serde_json::Value {
    let Presentation { now, trust, .. } = presentation;
    let terms = Terms::default_for(purpose, now.date_at(8 * 3600));
    let memory = ReplayMemory::new();
    let clock_floor = now.plus_seconds(-86_400);
    let context = VerifierContext {
        now: *now,
        clock_floor,
        trust,
        memory: &memory,
        audience: None,
        status_lists: lists,
        terms: &terms,
        signatures: &signature::RustCrypto,
        strict: false,
    };
    let verdict = verify_one_way(payload, &context);
    let context = json!({
        "now": now, "clock_floor": clock_floor, "memory": memory, "audience": null, "terms": terms,
    });
    let name = format!("{}: {name}", presentation.name);
    json!({ "name": name, "payload": Base64::encode_string(payload), "context": context, "verdict": verdict })
}

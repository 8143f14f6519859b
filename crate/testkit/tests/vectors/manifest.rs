//! `manifest.json`: every file and what it must give, for other programs.

use liangzheng_testkit::guide;
use liangzheng_testkit::hostile::{self, Hostile, Kind, world};
use liangzheng_testkit::json::in_order;
use mdoc::TrustAnchors;
use serde_json::{Value, json};

use crate::{every, folder, hold};

/// The root of the files' trust lists.
pub(crate) const LIST_ROOT: &str = "trust/list-root.der";
/// A list of every trusted authority.
pub(crate) const TRUST_LIST: &str = "trust/authorities.vical";
/// The authority over the files' readers.
pub(crate) const READER_AUTHORITY: &str = "trust/reader-authority.der";

/// One line.
fn line(hostile: &Hostile, tables: &[guide::Line]) -> Value {
    let expect = &hostile.expect;
    let table = expect.code.as_ref().map(|code| {
        let found = tables.iter().find(|line| line.code == *code);
        found.unwrap_or_else(|| panic!("{}: no code {code}", hostile.rule))
    });
    let nobody = TrustAnchors::new();
    let untrusted = (expect.kind == Kind::Presentation)
        .then(|| hostile::run_trusting(&nobody, &hostile.payload, expect.at, expect.clock_floor).1);
    let mut line = json!({
        "rule": hostile.rule,
        "kind": expect.kind,
        "file": format!("{}/{}", hostile.rule, expect.kind.file()),
        "description": expect.description,
        "threat": expect.threat,
        "verdict": expect.verdict,
        "code": expect.code,
        "codes": expect.codes,
        "step": expect.step,
        "layer": table.and_then(|line| line.layer),
        "clause": table.map(|line| &line.clause),
        "at": expect.at,
        "clock_floor": expect.clock_floor,
        "given": expect.given,
        "code_without_trust": untrusted,
    });
    if let Some(headline) = &expect.headline {
        line["headline"] = json!(headline);
    }
    line
}

fn manifest() -> Value {
    let mut all: Vec<&Hostile> = every().iter().collect();
    all.sort_by_key(|hostile| hostile.rule);
    let mut trust: Vec<_> = world::authorities()
        .iter()
        .map(|authority| {
            let name = authority.name;
            json!({
                "certificate": format!("trust/{name}.der"),
                "revocation_list": authority.list.as_ref().map(|_| format!("trust/{name}.crl")),
                "revoked": authority.struck.then(|| hex(&authority.issuer.ds().fingerprint())),
                "doc_type": authority.doc_type,
            })
        })
        .collect();
    let plain = json!({
        "certificate": "trust/brainpool-p320.der", "revocation_list": null, "revoked": null, "doc_type": null
    });
    trust.push(plain);
    let tables = guide::lines();
    json!({
        "audience": "verifier.example",
        "trust": trust,
        "trust_list": TRUST_LIST,
        "list_root": LIST_ROOT,
        "reader_authority": READER_AUTHORITY,
        "vectors": all.into_iter().map(|hostile| line(hostile, &tables)).collect::<Vec<_>>(),
    })
}

fn hex(bytes: &[u8]) -> String {
    base16ct::lower::encode_string(bytes)
}

#[test]
fn the_manifest_says_what_every_file_is() {
    let text = serde_json::to_string_pretty(&in_order(manifest())).unwrap() + "\n";
    hold(&folder().join("manifest.json"), text.as_bytes());
}

//! Documents and certificates of real issuers, as people have them: files in, exit status and codes out.

use std::collections::BTreeSet;
use std::path::Path;

use testkit::real::{ROOTS, Right, Row, Session, folder, rows};

use crate::support::{Folder, Judged};

/// The arguments of a row.
fn arguments(row: &Row, real: &Path) -> Vec<String> {
    let file = |name: &str| real.join(name).display().to_string();
    let mut words = vec!["verify".to_owned(), file(row.file)];
    let mut flag = |name: &str, values: &[&str]| {
        words.push(name.to_owned());
        words.extend(values.iter().map(|value| (*value).to_owned()));
    };
    flag("--at", &[row.at]);
    flag("--policy", &[row.policy]);
    row.trust.iter().for_each(|root| flag("--trust", &[&file(root)]));
    row.pinned.iter().for_each(|ds| flag("--pin-signer", &[&file(ds)]));
    row.status.iter().for_each(|list| flag("--status", &[&file(list)]));
    match row.session {
        Session::Unknown => {}
        Session::Transcript(transcript) => flag("--transcript", &[&format!("@{}", file(transcript))]),
        Session::OpenId4Vp { client_id, nonce, response_uri, thumbprint } => {
            flag("--openid4vp", &[client_id, nonce, response_uri]);
            thumbprint.iter().for_each(|thumbprint| flag("--thumbprint", &[thumbprint]));
        }
    }
    words
}

/// Whether the verdict and the codes of its reasons are exactly these.
fn fits(judged: &Judged, right: &Right) -> bool {
    let codes: BTreeSet<&str> = judged.codes.iter().map(String::as_str).collect();
    judged.verdict == right.verdict && codes == right.codes.iter().copied().collect()
}

/// Returns the codes of all checks.
fn checks(judged: &Judged) -> BTreeSet<&str> {
    let layers = judged.json["layers"].as_array().unwrap();
    let checks = layers.iter().flat_map(|layer| layer["checks"].as_array().unwrap());
    checks.filter_map(|check| check["code"].as_str()).collect()
}

/// Returns the codes of all departures from the standard that a verdict names.
fn deviations(judged: &Judged) -> BTreeSet<&str> {
    checks(judged).into_iter().filter(|code| code.starts_with("deviation-")).collect()
}

#[test]
fn each_file_has_the_verdict_that_is_right_for_it() {
    let Some(real) = folder("the command line on real files") else { return };
    let (scratch, mut wrong) = (Folder::new(), Vec::new());
    for row in rows() {
        let words = arguments(&row, &real);
        let strict = [words.as_slice(), &["--strict".to_owned()]].concat();
        let named: BTreeSet<&str> = row.deviations.iter().copied().collect();
        let ways = [(words, Some(row.right), Some(named)), (strict, row.strict, None)];
        for (words, right, named) in ways {
            let Some(right) = right else { continue };
            let judged = scratch.judge(&words);
            if named.is_some_and(|named| named != deviations(&judged)) {
                wrong.push(format!("{words:?}\n    departs by {:?}", deviations(&judged)));
            }
            let said = checks(&judged);
            if !row.says.iter().all(|code| said.contains(code)) {
                wrong.push(format!("{words:?}\n    does not say {:?}", row.says));
            }
            if !fits(&judged, &right) {
                wrong.push(format!("{words:?}\n    {} {:?}, not {right:?}", judged.verdict, judged.codes));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_root_is_imported_alone_and_in_a_folder() {
    let Some(real) = folder("the command line on real roots") else { return };
    let scratch = Folder::new();
    let shown = |path: &Path| -> serde_json::Value {
        let path = path.display().to_string();
        serde_json::from_str(&scratch.done(&["trust", "show", &path, "--json"])).unwrap()
    };
    for (root, departures) in ROOTS {
        let shown = shown(&real.join(root));
        let anchors = shown["lists"][0]["anchors"].as_array().unwrap();
        assert_eq!(anchors.len(), 1, "{root}");
        assert_eq!(anchors[0]["refused"], serde_json::Value::Null, "{root}: {shown}");
        let named = anchors[0]["deviations"].as_array().unwrap();
        let codes = named.iter().map(|deviation| deviation["code"].as_str().or(deviation.as_str()).unwrap());
        assert_eq!(codes.collect::<BTreeSet<_>>(), departures.iter().copied().collect(), "{root}");
    }
    assert_eq!(shown(&real.join("roots"))["lists"].as_array().unwrap().len(), 8);
}

#[test]
fn a_list_as_jwt_is_named() {
    let Some(real) = folder("the command line on a real JWT list") else { return };
    let list = real.join("derived/sl-jwt.jwt").display().to_string();
    let trust = real.join("derived/iaca.pem").display().to_string();
    let output = Folder::new().run(&["status", "show", &list, "--trust", &trust]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.code() == Some(3) && said.contains("[status-jwt]"), "{said}");
}

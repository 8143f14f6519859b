//! Documents and certificates of real issuers, as people have them: files in, exit status and codes out.

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

fn fits(judged: &Judged, right: &Right) -> bool {
    right.verdicts.contains(&judged.verdict.as_str())
        && right.codes.iter().all(|code| judged.codes.iter().any(|have| have == code))
}

#[test]
fn each_file_has_the_verdict_that_is_right_for_it() {
    let Some(real) = folder("the command line on real files") else { return };
    let (scratch, mut wrong) = (Folder::new(), Vec::new());
    for row in rows() {
        let words = arguments(&row, &real);
        let strict = [words.as_slice(), &["--strict".to_owned()]].concat();
        let ways = [(words, Some(row.right)), (strict, row.strict)];
        for (words, right) in ways.into_iter().filter_map(|(words, right)| Some((words, right?))) {
            let judged = scratch.judge(&words);
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
    for root in ROOTS {
        let shown = shown(&real.join(root));
        let anchors = shown["lists"][0]["anchors"].as_array().unwrap();
        assert_eq!(anchors.len(), 1, "{root}");
        assert_eq!(anchors[0]["refused"], serde_json::Value::Null, "{root}: {shown}");
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

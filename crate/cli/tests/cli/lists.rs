//! Status lists and trust lists: made, published, kept, and used for verdicts.

use std::path::PathBuf;

use testkit::holder::TestHolder;
use testkit::issuer::{TestIssuer, TestIssuerOptions};
use testkit::{draft, sample};
use x509::hazmat::CrlTemplate;

use crate::support::{Folder, pem};

const AT: &str = "2026-11-22T12:00:00Z";
const LATER: &str = "2026-11-23T11:59:59Z";

fn issued() -> Folder {
    let folder = Folder::new();
    folder.done(&["authority", "init", "a", "--at", AT]);
    folder.done(&[
        "authority",
        "issue",
        "a",
        "--demo",
        "lin",
        "--out",
        "l.mdoc",
        "--at",
        AT,
        "--with-status",
    ]);
    folder
}

fn index(folder: &Folder) -> String {
    let state: serde_json::Value =
        serde_json::from_slice(&std::fs::read(folder.file("a/status.json")).unwrap()).unwrap();
    state["taken"].as_object().unwrap().keys().next().unwrap().clone()
}

#[test]
fn a_status_list_decides_and_a_missing_one_leaves_a_doubt() {
    let folder = issued();
    let index = index(&folder);
    let verify = |more: &[&str]| {
        let base = ["verify", "l.mdoc", "--issuer-only", "--trust", "a/iaca.pem", "--at", LATER];
        folder.judge(&[&base, more].concat())
    };
    assert_eq!(verify(&[]).verdict, "undetermined", "a list is named and not at hand");
    let publish = |out: &str| folder.done(&["authority", "status", "publish", "a", "--out", out, "--at", AT]);
    publish("good.cwt");
    assert!(verify(&["--status", "good.cwt"]).is("verified", None));

    folder.done(&["authority", "status", "set", "a", &index, "suspended"]);
    publish("bad.cwt");
    let judged = verify(&["--status", "bad.cwt"]);
    assert_eq!(judged.verdict, "refused", "{:?}", judged.codes);
    assert!(judged.json["layers"][3]["state"] == "fail");

    let show = |file: &str, at: &str| {
        folder.run(&[
            "status",
            "show",
            file,
            "--trust",
            "a/iaca.pem",
            "--at",
            at,
            "--index",
            &index,
            "--json",
        ])
    };
    let shown: serde_json::Value = serde_json::from_slice(&show("bad.cwt", LATER).stdout).unwrap();
    assert_eq!((shown["status"].as_u64(), shown["suspended"].as_u64()), (Some(2), Some(1)));
    assert_eq!((shown["bits"].as_u64(), shown["entries"].as_u64()), (Some(2), Some(1 << 16)));
    // a list that has ended, and one of a stranger
    assert_eq!(show("bad.cwt", "2026-11-23T12:00:00Z").status.code(), Some(1));
    folder.done(&["authority", "init", "b", "--at", AT]);
    let stranger = folder.run(&["status", "show", "bad.cwt", "--trust", "b/iaca.pem", "--at", LATER]);
    assert_eq!(stranger.status.code(), Some(1));
    assert_eq!(folder.run(&["status", "show", "l.mdoc", "--trust", "a/iaca.pem"]).status.code(), Some(3));

    // what ended stays ended, and no index changed
    folder.done(&["authority", "status", "set", "a", &index, "invalid"]);
    assert_eq!(folder.run(&["authority", "status", "set", "a", &index, "valid"]).status.code(), Some(3));
    assert_eq!(folder.run(&["authority", "status", "set", "a", "70000", "valid"]).status.code(), Some(3));
}

#[test]
fn a_trust_list_vouches_once_its_root_is_pinned_and_never_goes_back() {
    let folder = issued();
    let publish =
        |out: &str, at: &str| folder.done(&["authority", "trust", "publish", "a", "--out", out, "--at", at]);
    publish("old.vical", AT);
    publish("new.vical", LATER);
    folder.done(&["authority", "status", "publish", "a", "--out", "s.cwt", "--at", AT]);
    let base = ["verify", "l.mdoc", "--issuer-only", "--at", LATER, "--status", "s.cwt", "--trust"];
    let unpinned = folder.run(&[&base[..], &["new.vical"]].concat());
    assert_eq!(unpinned.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&unpinned.stderr).contains("--list-root"));
    let root = ["--list-root", "a/list-root.pem"];
    let judged = folder.judge(&[&base[..], &["new.vical"], &root].concat());
    assert!(judged.is("verified", None), "{:?}", judged.codes);
    assert_eq!(judged.json["issuer"]["lists"][0], "Liangzheng test list");

    let fetch =
        |file: &str| folder.run(&["trust", "fetch-from-file", file, "--into", "kept", root[0], root[1]]);
    assert_eq!(fetch("new.vical").status.code(), Some(0));
    let older = fetch("old.vical");
    assert_eq!(older.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&older.stderr).contains("rollback"), "{older:?}");
    assert_eq!(fetch("new.vical").status.code(), Some(0), "the same again");
    let judged = folder.judge(&[&base[..], &["kept"], &root].concat());
    assert!(judged.is("verified", None), "{:?}", judged.codes);
    assert_eq!(fetch("l.mdoc").status.code(), Some(3));
}

#[test]
fn no_list_takes_anothers_name_and_none_is_kept_that_is_dated_ahead() {
    let folder = issued();
    folder.done(&["authority", "init", "b", "--at", AT]);
    let publish = |of: &str, out: &str, at: &str, provider: &str| {
        let base = ["authority", "trust", "publish", of, "--out", out, "--at", at, "--provider", provider];
        folder.done(&base)
    };
    publish("a", "own.vical", AT, "Test lists");
    publish("b", "false.vical", LATER, "Test lists");
    publish("b", "known.vical", LATER, "AAMVA");
    let roots = ["--list-root", "a/list-root.pem", "--list-root", "b/list-root.pem"];
    let refused = |args: &[&str], words: &str| {
        let output = folder.run(&[args, &roots].concat());
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.code() == Some(3) && said.contains(words), "{args:?}: {said}");
    };
    let base = ["verify", "l.mdoc", "--issuer-only", "--at", LATER, "--trust"];
    for name_taken in [&["own.vical", "--trust", "false.vical"][..], &["known.vical"]] {
        refused(&[&base, name_taken].concat(), "[vical-signer-unknown]");
    }
    let fetch = |file: &str| {
        let base = ["trust", "fetch-from-file", file, "--into", "kept"].map(str::to_owned);
        base.into_iter().chain(roots.map(str::to_owned)).collect::<Vec<_>>()
    };
    folder.done(&fetch("own.vical"));
    for name_taken in ["false.vical", "known.vical"] {
        let said = String::from_utf8(folder.run(&fetch(name_taken)).stderr).unwrap();
        assert!(said.contains("[vical-signer-unknown]"), "{said}");
    }
    // nor where the root of the list that is there is not given again
    let own_root =
        ["trust", "fetch-from-file", "false.vical", "--into", "kept", "--list-root", "b/list-root.pem"];
    let said = String::from_utf8(folder.run(&own_root).stderr).unwrap();
    assert!(said.contains("[vical-signer-unknown]"), "{said}");
    folder.done(&["authority", "init", "c", "--at", AT]);
    publish("c", "ahead.vical", "2099-01-01T00:00:00Z", "Early lists");
    let ahead =
        ["trust", "fetch-from-file", "ahead.vical", "--into", "kept", "--list-root", "c/list-root.pem"];
    refused(&ahead, "[trust-list-ahead]");
    std::fs::remove_dir_all(folder.file("kept")).unwrap();
    folder.done(&fetch("false.vical"));
}

#[test]
fn certificates_and_revocation_lists_in_one_text_are_refused() {
    let (folder, issuer, at) = (Folder::new(), TestIssuer::default(), draft::NOW);
    let list = CrlTemplate::new(issuer.iaca(), 1, at, at.plus_seconds(86_400)).sign(issuer.iaca_key());
    let both = pem("CERTIFICATE", issuer.iaca().as_der()) + &pem("X509 CRL", &list);
    folder.write("both.pem", both);
    folder.write("iaca.der", issuer.iaca().as_der());
    folder.write("list.crl", list);
    for args in [["--trust", "both.pem"].as_slice(), &["--trust", "iaca.der", "--crl", "both.pem"]] {
        let output = folder.run(&[&["verify", "both.pem"], args].concat());
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.code() == Some(3) && said.contains("Make two files of it"), "{args:?}: {said}");
    }
    let output = folder.run(&["trust", "show", "list.crl"]);
    assert!(String::from_utf8_lossy(&output.stderr).contains("[cert-malformed]"), "{output:?}");
}

#[test]
fn the_list_of_aamva_is_shown_with_its_fourteen_authorities() {
    let Some(vectors) = std::env::var_os("LIANGZHENG_VECTORS") else {
        println!("SKIPPED AAMVA: LIANGZHENG_VECTORS names no folder");
        return;
    };
    let list = PathBuf::from(vectors).join("vical/aamva-vical-2025-11-18-1763491092481.cbor");
    let folder = Folder::new();
    let args = ["trust", "show", list.to_str().unwrap(), "--at", "2025-11-18T20:00:00Z", "--json"];
    let json: serde_json::Value = serde_json::from_str(&folder.done(&args)).unwrap();
    let list = &json["lists"][0];
    assert_eq!((list["provider"].as_str(), &list["age"]), (Some("AAMVA"), &serde_json::Value::Null));
    let anchors = list["anchors"].as_array().unwrap();
    assert_eq!(anchors.len(), 14);
    assert_eq!(anchors.iter().filter(|anchor| anchor["curve"] == "P384").count(), 1);
    let late = folder.done(&[&args[..3], &["--json"]].concat());
    let late: serde_json::Value = serde_json::from_str(&late).unwrap();
    assert!(late["lists"][0]["age"].as_str().unwrap().starts_with("trust-list-"), "{late}");
}

#[test]
fn every_revocation_list_of_one_text_counts() {
    let (folder, issuer, at) = (Folder::new(), TestIssuer::default(), draft::NOW);
    let list = |number: u64| CrlTemplate::new(issuer.iaca(), number, at, at.plus_seconds(86_400));
    let clear = pem("X509 CRL", &list(1).sign(issuer.iaca_key()));
    let revoking = pem("X509 CRL", &list(2).revoke(issuer.ds(), at).sign(issuer.iaca_key()));
    folder.write("iaca.der", issuer.iaca().as_der());
    folder.write("shown", TestHolder::new(&issuer, at).present(sample::ROADSIDE, at, "lists").payload());
    let moment = at.format_tdate();
    let judge = |text: String| {
        folder.write("lists.pem", text);
        folder.judge(&["verify", "shown", "--trust", "iaca.der", "--at", &moment, "--crl", "lists.pem"])
    };
    assert!(judge(clear.clone()).is("verified", None));
    for text in [revoking.clone() + &clear, clear + "the next one\n" + &revoking] {
        let judged = judge(text);
        assert!(judged.is("refused", Some("ds-revoked")), "{} {:?}", judged.verdict, judged.codes);
    }
}

#[test]
fn revocation_lists_in_a_folder_of_trust_count_and_the_rest_is_named() {
    let (folder, issuer, at) = (Folder::new(), TestIssuer::default(), draft::NOW);
    let other = TestIssuer::new(&TestIssuerOptions {
        seed: "other".to_owned(),
        iaca_name: "Other IACA".to_owned(),
        ..TestIssuerOptions::default()
    });
    let list = |issuer: &TestIssuer| {
        let list = CrlTemplate::new(issuer.iaca(), 7, at, at.plus_seconds(86_400));
        list.revoke(issuer.ds(), at).sign(issuer.iaca_key())
    };
    std::fs::create_dir(folder.file("trust")).unwrap();
    // a list is read before the authority that signed it
    folder.write("trust/a.crl", list(&issuer));
    folder.write("trust/b.pem", pem("X509 CRL", &list(&other)));
    folder.write("trust/c.pem", pem("X509 CRL", &[0x30, 0]).replace("MAA=", "M*A="));
    folder.write("trust/z.der", issuer.iaca().as_der());
    folder.write("shown", TestHolder::new(&issuer, at).present(sample::ROADSIDE, at, "folder").payload());
    let moment = at.format_tdate();
    let args = ["verify", "shown", "--trust", "trust", "--at", &moment];
    let judged = folder.judge(&args);
    assert!(judged.is("refused", Some("ds-revoked")), "{} {:?}", judged.verdict, judged.codes);
    let said = String::from_utf8_lossy(&folder.run(&args).stderr).into_owned();
    assert!(said.contains("b.pem") && said.contains("[crl-issuer]"), "{said}");
    assert!(said.contains("c.pem") && said.contains("[crl-malformed]"), "{said}");

    let args = ["trust", "show", "trust", "--at", &moment, "--json"];
    let json: serde_json::Value = serde_json::from_str(&folder.done(&args)).unwrap();
    let of = |name: &str| {
        let lists = json["lists"].as_array().unwrap().iter();
        lists.clone().find(|list| list["file"].as_str().unwrap().ends_with(name)).unwrap().clone()
    };
    let shown = &of("a.crl")["revocationLists"][0];
    assert_eq!((&shown["authority"], &shown["number"]), (&"Test IACA".into(), &"07".into()), "{json}");
    assert_eq!((&shown["revoked"], &shown["age"]), (&1.into(), &serde_json::Value::Null), "{json}");
    assert_eq!(of("b.pem")["revocationLists"][0]["refused"], "crl-issuer");
    assert!(of("c.pem")["refused"].as_str().unwrap().contains("[crl-malformed]"), "{json}");
    let late = ["trust", "show", "trust", "--at", "2027-03-01T00:00:00Z"];
    let said = folder.done(&late);
    assert!(said.contains("Test IACA: certificates withdrawn: 1"), "{said}");
    assert!(said.contains("[ds-revocation-old]") && said.contains("[crl-issuer]"), "{said}");
}

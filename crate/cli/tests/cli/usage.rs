//! Wrong usage ends with 3 and a way out; help, completions and the man page are whole.

use std::process::Command;

use crate::support::Folder;

#[test]
fn wrong_usage_is_three_and_says_what_is_wrong() {
    let folder = Folder::new();
    folder.write("iaca.der", testkit::issuer::TestIssuer::default().iaca().as_der());
    folder.write("empty", b"");
    let trust = ["--trust", "iaca.der"];
    // Trust is no longer required: without any, who signed is said, and that nobody vouches for it.
    let cases: [(&[&str], &str); 15] = [
        (&[], "Usage"),
        (&["verify"], "<FILE>"),
        (&["verify", "nowhere"], "nowhere"),
        (&["nonsense"], "nonsense"),
        (&["verify", "nowhere", trust[0], trust[1]], "nowhere"),
        (&["verify", "empty", "--trust", "nowhere"], "nowhere"),
        (&["verify", "empty", "--trust", "empty"], "cert-malformed"),
        (&["verify", "empty", trust[0], trust[1], "--at", "tomorrow"], "tomorrow"),
        (&["verify", "empty", trust[0], trust[1], "--transcript", "xyz!"], "--transcript"),
        (&["verify", "empty", trust[0], trust[1], "--transcript", "80"], "profile-shape"),
        (
            &["verify", "empty", trust[0], trust[1], "--one-way", "--transcript", "83f6f6f6"],
            "cannot be used with",
        ),
        (&["verify", "empty", trust[0], trust[1], "--issuer-only", "--one-way"], "cannot be used with"),
        (&["verify", "empty", trust[0], trust[1], "--dc-api", "example.com", "n"], "transcript-origin"),
        (&["verify", "empty", trust[0], trust[1], "--thumbprint", "00"], "--openid4vp"),
        (
            &["verify", "empty", trust[0], trust[1], "--openid4vp", "c", "n", "u", "--thumbprint", "00ff"],
            "transcript-thumbprint",
        ),
    ];
    for (args, said) in cases {
        let output = folder.run(args);
        let error = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(3), "{args:?}: {error}");
        assert!(error.contains(said), "{args:?}: {error}");
        assert!(output.stdout.is_empty(), "{args:?}");
    }
}

#[test]
fn what_the_system_says_of_a_file_is_said_in_the_language() {
    let folder = Folder::new();
    folder.write("iaca.der", testkit::issuer::TestIssuer::default().iaca().as_der());
    let cases: [(&str, &[&str], &str); 4] = [
        ("zh-CN", &["verify", "nowhere", "--trust", "iaca.der"], "打不开 nowhere：没有这个文件或文件夹"),
        ("en", &["verify", "nowhere", "--trust", "iaca.der"], "Cannot open nowhere: no such file or folder"),
        ("zh-CN", &["inspect", "."], "打不开 .：这是文件夹，不是文件"),
        ("zh-CN", &["inspect", "iaca.der/x"], "路径中有一段不是文件夹"),
    ];
    for (language, args, said) in cases {
        let output = folder.run(&[&["--lang", language], args].concat());
        let error = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(3), "{args:?}: {error}");
        assert!(error.contains(said) && !error.contains("os error"), "{args:?}: {error}");
    }
}

#[test]
fn help_shows_examples_and_is_no_failure() {
    let folder = Folder::new();
    let commands: [&[&str]; 10] = [
        &[],
        &["verify"],
        &["inspect"],
        &["scan"],
        &["authority", "issue"],
        &["authority", "desk-key"],
        &["authority", "receive"],
        &["authority", "queue"],
        &["authority", "review"],
        &["present"],
    ];
    for command in commands {
        let said = folder.done(&[command, &["--help"]].concat());
        assert!(said.contains("Examples:"), "{command:?}: {said}");
    }
    assert!(folder.done(&["--version"]).starts_with("liangzheng "));
}

#[test]
fn completions_and_the_man_page_name_every_command() {
    let folder = Folder::new();
    let man = folder.done(&["man"]);
    assert!(man.starts_with(".ie") || man.contains(".TH liangzheng"), "{}", &man[..80]);
    for shell in ["bash", "zsh", "fish"] {
        let script = folder.done(&["completions", shell]);
        for word in ["verify", "inspect", "scan", "authority", "present", "trust", "issuer-only"] {
            assert!(script.contains(word), "{shell}: {word}");
        }
    }
    for word in ["verify", "inspect", "present", "AUTHORITY ISSUE", "AUTHORITY REVIEW", "issuer\\-only"] {
        assert!(man.contains(word), "man: {word}");
    }
}

#[test]
fn the_locale_chooses_the_language_and_nothing_is_coloured_in_a_pipe() {
    let folder = Folder::new();
    folder.write("iaca.der", testkit::issuer::TestIssuer::default().iaca().as_der());
    folder.write("noise", [0x5a; 64]);
    let said = |variables: &[(&str, &str)], more: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_liangzheng"));
        command.args([&["verify", "noise", "--trust", "iaca.der"], more].concat());
        command.current_dir(folder.file("."));
        command.env_remove("LC_ALL").env_remove("LC_MESSAGES").env_remove("LANG");
        let output = command.envs(variables.iter().copied()).output().unwrap();
        assert_eq!(output.status.code(), Some(1));
        let said = String::from_utf8(output.stdout).unwrap();
        assert!(!said.contains('\u{1b}'), "{said}");
        said.contains("这不是")
    };
    assert!(said(&[("LANG", "zh_CN.UTF-8")], &[]));
    assert!(said(&[("LANG", "en_GB.UTF-8"), ("LC_ALL", "zh_CN")], &[]));
    assert!(said(&[("LANG", "en")], &["--lang", "zh-CN"]));
    assert!(!said(&[("LANG", "zh_CN"), ("LC_MESSAGES", "de_DE.UTF-8")], &[]));
    assert!(!said(&[], &[]));
}

#[test]
fn standard_input_is_a_file_like_any() {
    use std::io::Write as _;
    use std::process::Stdio;
    let folder = Folder::new();
    let mut child = Command::new(env!("CARGO_BIN_EXE_liangzheng"))
        .args(["inspect", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(b"a2667374617475730069646f63756d656e747380").unwrap();
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(
        output.status.success() && said.starts_with("DeviceResponse") && said.contains("status: 0"),
        "{said}"
    );
    assert_eq!(folder.run(&["inspect", "nowhere"]).status.code(), Some(3));
}

//! This crate knows no browser and no randomness, and neither does what it depends on.

use std::process::Command;

#[test]
fn the_dependency_tree_holds_no_browser_and_no_randomness() {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--package", "liangzheng-optical", "--edges", "normal", "--prefix", "none"])
        .args(["--target", "wasm32-unknown-unknown", "--locked"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let tree = String::from_utf8(output.stdout).unwrap();
    // The tree is there at all.
    for wanted in ["qrcode v", "sha2 v"] {
        assert!(tree.lines().any(|line| line.starts_with(wanted)), "no {wanted}");
    }
    for banned in ["js-sys", "web-sys", "wasm-bindgen", "getrandom"] {
        assert!(!tree.lines().any(|line| line.starts_with(&format!("{banned} v"))), "{banned}:\n{tree}");
    }
}

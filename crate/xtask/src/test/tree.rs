//! The pure crates have no browser, clock or randomness: their dependency trees show it.

use crate::count::Count;
use crate::tools;
use crate::workspace::{self, SITE};

/// `wasm-bindgen` is the interface of the other two to the browser.
const IMPURE: [&str; 4] = ["js-sys", "web-sys", "getrandom", "wasm-bindgen"];
/// Cryptography that is not written in Rust, and the crate that would compile it.
const NATIVE: [&str; 4] = ["ring", "openssl-sys", "aws-lc-sys", "cc"];
/// The curve crates, which are optional in `mdoc`.
const CURVES: [&str; 5] = ["p256", "p384", "p521", "bp256", "ecdsa"];
const MDOC: &str = "liangzheng-mdoc";
/// What is shipped, as package and target; none of it may make certificates that no profile allows.
const SHIPPED: [(&str, &str); 5] = [
    (SITE, "wasm32-unknown-unknown"),
    ("liangzheng-cli", "all"),
    ("liangzheng-verifier", "wasm32-unknown-unknown"),
    ("liangzheng-verifier-record", "wasm32-unknown-unknown"),
    ("liangzheng-verifier-question", "wasm32-unknown-unknown"),
];
/// The modules of the npm package that have WebCrypto verify.
const WITHOUT_CURVES: [&str; 3] =
    ["liangzheng-verifier", "liangzheng-verifier-record", "liangzheng-verifier-reader"];
/// The feature that makes such certificates, as `cargo tree` writes it.
const HAZMAT: &str = "liangzheng-x509 feature \"hazmat\"";

pub(super) fn run() -> anyhow::Result<Count> {
    let mut count = Count::default();
    let members = workspace::members()?;
    for package in workspace::pure(&members) {
        let found = among(&IMPURE, &names(package, "--all-features")?);
        let what =
            if found.is_empty() { String::new() } else { format!(", but it pulls {}", found.join(", ")) };
        count.check(found.is_empty(), format!("{package} is pure for wasm32{what}"));
    }
    // A positive control for the search.
    let site = names(SITE, "--all-features")?;
    count.check(
        among(&IMPURE, &site).len() == IMPURE.len(),
        format!("the search finds all of them in {SITE}"),
    );
    let native = among(&NATIVE, &site);
    count.check(
        native.is_empty(),
        format!("the Wasm module has no cryptography in C or assembly {}", native.join(", ")),
    );
    let curves = among(&CURVES, &names(MDOC, "--no-default-features")?);
    count.check(
        curves.is_empty(),
        format!("{MDOC} without default features has no curve crate {}", curves.join(", ")),
    );
    for package in WITHOUT_CURVES {
        let curves = among(&CURVES, &names(package, "--all-features")?);
        count.check(curves.is_empty(), format!("{package} has no curve crate {}", curves.join(", ")));
    }
    for (package, target) in SHIPPED {
        let hazmat = features(package, target, "normal,features")?.contains(HAZMAT);
        count.check(!hazmat, format!("{package} is built without {HAZMAT}"));
    }
    // A positive control: the tests of `mdoc` use it.
    let found = features(MDOC, "all", "normal,dev,features")?.contains(HAZMAT);
    count.check(found, format!("the search finds {HAZMAT} in the tests of {MDOC}"));
    let mut cargo = tools::cargo();
    cargo.args(["check", "--quiet", "--package", MDOC, "--no-default-features", "--lib"]);
    count.check(tools::run(&mut cargo).is_ok(), format!("{MDOC} builds without the curve crates"));
    Ok(count)
}

/// Returns the tree of `package` with the features of each crate, all features of the package on.
fn features(package: &str, target: &str, edges: &str) -> anyhow::Result<String> {
    let mut cargo = tools::cargo();
    cargo.args(["tree", "--package", package, "--target", target, "--all-features"]);
    cargo.args(["--edges", edges, "--prefix", "none"]);
    tools::output(&mut cargo)
}

/// Names of all packages that `package` needs when built for Wasm with these features.
fn names(package: &str, features: &str) -> anyhow::Result<Vec<String>> {
    let mut cargo = tools::cargo();
    cargo.args(["tree", "--package", package, "--target", "wasm32-unknown-unknown", features]);
    cargo.args(["--edges", "normal", "--prefix", "none", "--format", "{p}"]);
    let lines = tools::output(&mut cargo)?;
    Ok(lines.lines().filter_map(|line| line.split(' ').next()).map(str::to_owned).collect())
}

fn among(wanted: &[&'static str], names: &[String]) -> Vec<&'static str> {
    wanted.iter().filter(|wanted| names.iter().any(|name| name == *wanted)).copied().collect()
}

//! The pure crates know no browser, no clock and no randomness: what they pull in says so.

use super::Count;
use crate::tools;

const PURE: [&str; 9] = [
    "liangzheng-signature",
    "liangzheng-cbor",
    "liangzheng-x509",
    "liangzheng-mdoc",
    "liangzheng-optical",
    "liangzheng-licence",
    "liangzheng-verdict",
    "liangzheng-authority",
    "liangzheng-protocol",
];
/// `wasm-bindgen` is what the other two talk to the browser through.
const IMPURE: [&str; 4] = ["js-sys", "web-sys", "getrandom", "wasm-bindgen"];

pub(super) fn run() -> anyhow::Result<Count> {
    let mut count = Count::default();
    for package in PURE {
        let found = impure(&names(package)?);
        let what =
            if found.is_empty() { String::new() } else { format!(", but it pulls {}", found.join(", ")) };
        count.check(found.is_empty(), format!("{package} is pure for wasm32{what}"));
    }
    // The same question, asked where the answer must be another.
    let site = impure(&names("liangzheng-site")?);
    count.check(site.len() == IMPURE.len(), "the search finds all of them in liangzheng-site");
    Ok(count)
}

/// Names of all packages that `package` needs when built for Wasm with all its features.
fn names(package: &str) -> anyhow::Result<Vec<String>> {
    let mut cargo = tools::cargo();
    cargo.args(["tree", "--package", package, "--target", "wasm32-unknown-unknown", "--all-features"]);
    cargo.args(["--edges", "normal", "--prefix", "none", "--format", "{p}"]);
    let lines = tools::output(&mut cargo)?;
    Ok(lines.lines().filter_map(|line| line.split(' ').next()).map(str::to_owned).collect())
}

fn impure(names: &[String]) -> Vec<&'static str> {
    IMPURE.into_iter().filter(|impure| names.iter().any(|name| name == impure)).collect()
}

//! The terms and the source of every crate in Cargo.lock: permissive ones from crates.io only.
//!
//! `cargo deny` (see `deny.toml`) checks more where it is installed; this needs nothing but cargo.

use anyhow::Context as _;
use serde_json::Value;

use super::Count;
use crate::tools;

/// SPDX names of terms that ask for no more than to be named.
const ALLOWED: [&str; 11] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BlueOak-1.0.0",
    "ISC",
    "MIT",
    "MIT-0",
    "Unicode-3.0",
    "Zlib",
];

pub(super) fn run() -> anyhow::Result<Count> {
    let mut count = Count::default();
    let text = tools::output(tools::cargo().args(["metadata", "--format-version", "1", "--all-features"]))?;
    let metadata: Value = serde_json::from_str(&text).context("cargo metadata")?;
    let packages =
        metadata.get("packages").and_then(Value::as_array).context("cargo metadata without packages")?;
    let (mut terms, mut sources) = (Vec::new(), Vec::new());
    for package in packages {
        let text = |key: &str| package.get(key).and_then(Value::as_str);
        let name = format!("{} {}", text("name").unwrap_or("?"), text("version").unwrap_or("?"));
        if !text("license").is_some_and(permissive) {
            terms.push(format!("{name}: {}", text("license").unwrap_or("no licence said")));
        }
        // Our own have no source. Mirrors keep this name: cargo writes the registry that was meant.
        if text("source")
            .is_some_and(|source| source != "registry+https://github.com/rust-lang/crates.io-index")
        {
            sources.push(format!("{name}: {}", text("source").unwrap_or_default()));
        }
    }
    let number = packages.len();
    count.check(terms.is_empty(), format!("{number} crates under permissive terms {}", terms.join("; ")));
    count.check(
        sources.is_empty(),
        format!("{number} crates from here or from crates.io {}", sources.join("; ")),
    );
    Ok(count)
}

/// Whether an SPDX expression lets us choose terms that are allowed.
fn permissive(expression: &str) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut rest = words.as_slice();
    either(&mut rest) == Some(true) && rest.is_empty()
}

fn either(rest: &mut &[&str]) -> Option<bool> {
    let mut good = both(rest)?;
    while let Some((&"OR", after)) = rest.split_first() {
        *rest = after;
        good |= both(rest)?;
    }
    Some(good)
}

fn both(rest: &mut &[&str]) -> Option<bool> {
    let mut good = one(rest)?;
    while let Some((&"AND", after)) = rest.split_first() {
        *rest = after;
        good &= one(rest)?;
    }
    Some(good)
}

fn one(rest: &mut &[&str]) -> Option<bool> {
    let (first, after) = rest.split_first()?;
    *rest = after;
    if *first == "(" {
        let good = either(rest)?;
        let (close, after) = rest.split_first()?;
        *rest = after;
        return (*close == ")").then_some(good);
    }
    let mut terms = (*first).to_owned();
    if let [with @ "WITH", exception, after @ ..] = *rest {
        terms = format!("{terms} {with} {exception}");
        *rest = after;
    }
    Some(ALLOWED.contains(&terms.as_str()))
}

#[cfg(test)]
mod tests {
    use super::permissive;

    #[test]
    fn expressions_are_read_as_spdx_means_them() {
        for good in ["MIT", "MIT OR GPL-3.0", "Unlicense/MIT", "(MIT OR Apache-2.0) AND Unicode-3.0"] {
            assert!(permissive(good), "{good}");
        }
        assert!(permissive("Apache-2.0 WITH LLVM-exception OR GPL-2.0"));
        for bad in [
            "GPL-3.0",
            "MIT AND GPL-3.0",
            "(MIT",
            "MIT)",
            "",
            "MIT MIT",
            "(MIT OR ISC) AND AGPL-3.0",
            "OR MIT",
        ] {
            assert!(!permissive(bad), "{bad}");
        }
    }
}

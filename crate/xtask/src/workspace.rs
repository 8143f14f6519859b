//! The members of the workspace, as `cargo metadata` lists them.

use std::collections::BTreeSet;

use anyhow::Context as _;
use serde_json::Value;

use crate::tools;

/// The Wasm binding, the only member that is built for the browser by itself.
pub(crate) const SITE: &str = "liangzheng-site";
/// The shipped members. Their dependencies in this workspace must be pure, but for [`NATIVE`].
const SHIPPED: [&str; 7] = [
    SITE,
    "liangzheng-cli",
    "liangzheng-python",
    "liangzheng-verifier",
    "liangzheng-verifier-question",
    "liangzheng-verifier-reader",
    "liangzheng-verifier-record",
];
/// What native programs alone are built with: ring.
const NATIVE: &str = "liangzheng-native";

/// One member.
pub(crate) struct Member {
    pub name: String,
    /// Its features except `default`.
    pub features: Vec<String>,
    /// Names of the packages that it needs, other than for its tests and its build script.
    dependencies: Vec<String>,
}

/// Returns all members, in the order of `cargo metadata`.
pub(crate) fn members() -> anyhow::Result<Vec<Member>> {
    let mut cargo = tools::cargo();
    let text = tools::output(cargo.args(["metadata", "--format-version", "1", "--no-deps"]))?;
    read(&text).context("cargo metadata")
}

fn read(metadata: &str) -> anyhow::Result<Vec<Member>> {
    let metadata: Value = serde_json::from_str(metadata)?;
    let packages = metadata.get("packages").and_then(Value::as_array).context("no packages")?;
    packages.iter().map(|package| member(package).context("a package without a name")).collect()
}

fn member(package: &Value) -> Option<Member> {
    let name = package.get("name")?.as_str()?.to_owned();
    let features = package.get("features").and_then(Value::as_object);
    let features = features.into_iter().flat_map(serde_json::Map::keys);
    let dependencies = package.get("dependencies").and_then(Value::as_array);
    // `kind` is null for a normal dependency.
    let normal = |dependency: &&Value| dependency.get("kind").is_none_or(Value::is_null);
    Some(Member {
        name,
        features: features.filter(|feature| *feature != "default").cloned().collect(),
        dependencies: dependencies
            .into_iter()
            .flatten()
            .filter(normal)
            .filter_map(|dependency| Some(dependency.get("name")?.as_str()?.to_owned()))
            .collect(),
    })
}

/// Names of the members that `roots` depend on, directly or not, without `roots` themselves.
fn below<'a>(members: &'a [Member], roots: &[&str]) -> BTreeSet<&'a str> {
    let mut found = BTreeSet::new();
    let mut open: Vec<&str> = roots.to_vec();
    while let Some(name) = open.pop() {
        let Some(member) = members.iter().find(|member| member.name == name) else { continue };
        for dependency in &member.dependencies {
            if let Some(inner) = members.iter().find(|member| member.name == *dependency)
                && found.insert(inner.name.as_str())
            {
                open.push(&inner.name);
            }
        }
    }
    found
}

/// Returns the members that must not depend on browser, clock or randomness: all dependencies of the shipped ones but
/// [`NATIVE`].
pub(crate) fn pure(members: &[Member]) -> BTreeSet<&str> {
    let mut pure = below(members, &SHIPPED);
    pure.remove(NATIVE);
    pure
}

/// Returns the members in the Wasm module, including the binding.
pub(crate) fn in_module(members: &[Member]) -> BTreeSet<&str> {
    let mut names = below(members, &[SITE]);
    names.extend(members.iter().map(|member| member.name.as_str()).filter(|name| *name == SITE));
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_shipped_members_use_is_pure_and_their_tests_are_not_asked() {
        let metadata = serde_json::json!({ "packages": [
            { "name": "liangzheng-site", "features": { "default": [], "demo": ["dep:upper"] }, "dependencies": [
                { "name": "upper", "kind": null }, { "name": "web-sys", "kind": null },
            ] },
            { "name": "upper", "features": {}, "dependencies": [
                { "name": "lower", "kind": null }, { "name": "kit", "kind": "dev" }, { "name": "maker", "kind": "build" },
            ] },
            { "name": "lower", "features": {}, "dependencies": [] },
            { "name": "kit", "features": {}, "dependencies": [{ "name": "lower", "kind": null }] },
            { "name": "maker", "features": {}, "dependencies": [] },
            { "name": "liangzheng-cli", "features": {}, "dependencies": [{ "name": "only-cli", "kind": null },
                { "name": "liangzheng-native", "kind": null },
            ] },
            { "name": "liangzheng-native", "features": {}, "dependencies": [] },
            { "name": "only-cli", "features": {}, "dependencies": [] },
        ] });
        let members = read(&metadata.to_string()).unwrap();
        assert_eq!(pure(&members), BTreeSet::from(["upper", "lower", "only-cli"]));
        assert_eq!(in_module(&members), BTreeSet::from(["liangzheng-site", "upper", "lower"]));
        assert_eq!(members[0].features, ["demo"]);
        assert!(read("{}").is_err() && read("{\"packages\": [{}]}").is_err());
    }
}

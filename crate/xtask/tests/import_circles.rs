//! No file of a crate imports, over any number of steps, a file that imports it.
//!
//! An import is a path that starts with `crate`, `self`, `super` or the name of a child module, in a `use` or in code.
//! It points to the file of the longest module in it; a re-export (`pub use`) is followed to the file that it names,
//! and is itself no import, so that a `mod.rs` may hand out the names of its children. Code under `#[cfg(test)]` does
//! not count.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "reads this project's own sources"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};

/// Module path from the crate's root, such as `["verify", "trust"]`.
type Module = Vec<String>;

#[test]
fn no_file_imports_a_file_that_imports_it() {
    let mut found = Vec::new();
    let mut files = 0;
    for (name, source) in crates() {
        let tree = Tree::read(&source);
        files += tree.files.len();
        for circle in circles(&tree.imports()) {
            let files: Vec<_> = circle.iter().map(|module| tree.file(module)).collect();
            found.push(format!("{name}: {}", files.join(", ")));
        }
    }
    assert!(files > 100, "only {files} files were read");
    assert!(found.is_empty(), "{} import circles:\n{}", found.len(), found.join("\n"));
}

#[test]
fn finds_circles_over_use_path_and_macro_and_follows_re_exports() {
    let module = |files: &[(&str, &str)]| {
        let mut tree = Tree::default();
        for (path, text) in files {
            let path = path.split("::").filter(|part| !part.is_empty()).map(str::to_owned).collect();
            tree.add(path, PathBuf::new(), syn::parse_file(text).unwrap());
        }
        circles(&tree.imports()).len()
    };
    assert_eq!(module(&[("", "mod a; mod b;"), ("a", "use crate::b::B;"), ("b", "use super::a::A;")]), 1);
    assert_eq!(module(&[("", "mod a; mod b;"), ("a", "fn f() { crate::b::g() }"), ("b", "")]), 0);
    assert_eq!(module(&[("", "mod a; mod b;"), ("a", "m!(crate::b::g());"), ("b", "use crate::a;")]), 1);
    // a parent that only hands out its child's names is no part of a circle; one that uses them is
    assert_eq!(module(&[("a", "mod b; mod c; pub use b::B;"), ("a::b", ""), ("a::c", "use super::B;")]), 0);
    assert_eq!(module(&[("a", "mod b; struct A; fn f() { b::g() }"), ("a::b", "use super::A;")]), 1);
    assert_eq!(
        module(&[("a", "mod b; struct A; #[cfg(test)] fn f() { b::g() }"), ("a::b", "use super::A;")]),
        0
    );
}

/// Returns every package of the workspace with the folder of its sources.
fn crates() -> Vec<(String, PathBuf)> {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["metadata", "--no-deps", "--offline", "--format-version", "1"]);
    let output = cargo.current_dir(env!("CARGO_MANIFEST_DIR")).output().expect("cargo metadata starts");
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).expect("cargo metadata answers");
    let packages = metadata["packages"].as_array().expect("a list of packages");
    packages
        .iter()
        .map(|package| {
            let manifest = Path::new(package["manifest_path"].as_str().unwrap());
            (package["name"].as_str().unwrap().to_owned(), manifest.with_file_name("src"))
        })
        .collect()
}

/// The files of a crate by the modules that they hold.
#[derive(Default)]
struct Tree {
    files: BTreeMap<Module, (PathBuf, syn::File)>,
    /// What a module re-exports: the path that a name stands for.
    re_exports: BTreeMap<(Module, String), Module>,
}

impl Tree {
    /// Reads `lib.rs` or `main.rs` of a folder and every module file below it; binaries in `bin/` stand alone.
    fn read(source: &Path) -> Self {
        let mut tree = Self::default();
        let mut folders = vec![source.to_owned()];
        while let Some(folder) = folders.pop() {
            let Ok(entries) = std::fs::read_dir(&folder) else { continue };
            for path in entries.flatten().map(|entry| entry.path()) {
                if path.is_dir() && path != source.join("bin") {
                    folders.push(path);
                } else if path.extension().is_some_and(|extension| extension == "rs") {
                    let inside = path.strip_prefix(source).unwrap().with_extension("");
                    let mut module: Module =
                        inside.iter().map(|part| part.to_string_lossy().into_owned()).collect();
                    if module.last().is_some_and(|last| ["lib", "main", "mod"].contains(&last.as_str())) {
                        module.pop();
                    }
                    let text = std::fs::read_to_string(&path).unwrap();
                    let file = syn::parse_file(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
                    tree.add(module, inside.with_extension("rs"), file);
                }
            }
        }
        tree
    }

    fn add(&mut self, module: Module, path: PathBuf, file: syn::File) {
        for (exported, target) in re_exports(&file) {
            self.re_exports.insert((module.clone(), exported), target);
        }
        self.files.insert(module, (path, file));
    }

    fn file(&self, module: &Module) -> String {
        self.files.get(module).map(|(path, _)| path.display().to_string()).unwrap_or_default()
    }

    /// For each file the files that it imports.
    fn imports(&self) -> BTreeMap<Module, BTreeSet<Module>> {
        let all = self.files.iter().map(|(module, (_, file))| {
            let mut paths = Paths::default();
            paths.visit_file(file);
            let targets = paths.0.iter().filter_map(|path| self.target(module, path, 0));
            (module.clone(), targets.filter(|target| target != module).collect())
        });
        all.collect()
    }

    /// Returns the module whose file a path leads to; `None` for a path into another crate.
    fn target(&self, from: &Module, path: &[String], depth: u8) -> Option<Module> {
        let full = self.absolute(from, path)?;
        let length = (0..=full.len()).rev().find(|length| self.files.contains_key(&full[..*length]))?;
        let (module, rest) = full.split_at(length);
        if let Some(name) = rest.first()
            && depth < 8
            && let Some(exported) = self.re_exports.get(&(module.to_vec(), name.clone()))
        {
            let further: Vec<String> = exported.iter().chain(&rest[1..]).cloned().collect();
            return self.target(&module.to_vec(), &further, depth + 1).or_else(|| Some(module.to_vec()));
        }
        Some(module.to_vec())
    }

    fn absolute(&self, from: &Module, path: &[String]) -> Option<Module> {
        let (first, rest) = path.split_first()?;
        match first.as_str() {
            "crate" => Some(rest.to_vec()),
            "self" => Some([from.as_slice(), rest].concat()),
            "super" => {
                let ups = path.iter().take_while(|part| *part == "super").count();
                let stay = from.len().checked_sub(ups)?;
                Some([from.get(..stay)?, path.get(ups..)?].concat())
            }
            name => {
                let child = [from.as_slice(), &[name.to_owned()]].concat();
                self.files.contains_key(&child).then(|| [from.as_slice(), path].concat())
            }
        }
    }
}

/// The paths of a file that may lead to another file of its crate.
#[derive(Default)]
struct Paths(Vec<Vec<String>>);

impl<'a> Visit<'a> for Paths {
    fn visit_item(&mut self, item: &'a syn::Item) {
        if !is_test(attributes(item)) {
            visit::visit_item(self, item);
        }
    }

    fn visit_item_use(&mut self, item: &'a syn::ItemUse) {
        if matches!(item.vis, syn::Visibility::Inherited) {
            self.0.extend(leaves(&item.tree, &[]).into_iter().map(|(path, _)| path));
        }
    }

    fn visit_visibility(&mut self, _: &'a syn::Visibility) {}

    fn visit_path(&mut self, path: &'a syn::Path) {
        if path.segments.len() > 1 {
            self.0.push(path.segments.iter().map(|segment| segment.ident.to_string()).collect());
        }
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &'a syn::Macro) {
        self.tokens(call.tokens.clone());
        visit::visit_macro(self, call);
    }
}

impl Paths {
    /// Paths such as `crate::a::b` inside of a macro's arguments.
    fn tokens(&mut self, tokens: TokenStream) {
        let mut path: Vec<String> = Vec::new();
        let mut colons = 0;
        for token in tokens {
            match token {
                TokenTree::Ident(name) if path.is_empty() || colons == 2 => {
                    path.push(name.to_string());
                    colons = 0;
                    continue;
                }
                TokenTree::Punct(mark) if mark.as_char() == ':' && !path.is_empty() && colons < 2 => {
                    colons += 1;
                    continue;
                }
                TokenTree::Group(group) => self.tokens(group.stream()),
                TokenTree::Ident(name) => {
                    self.keep(&mut path);
                    path.push(name.to_string());
                    colons = 0;
                    continue;
                }
                _ => {}
            }
            self.keep(&mut path);
            colons = 0;
        }
        self.keep(&mut path);
    }

    fn keep(&mut self, path: &mut Vec<String>) {
        let path = std::mem::take(path);
        if path.len() > 1 {
            self.0.push(path);
        }
    }
}

fn attributes(item: &syn::Item) -> &[syn::Attribute] {
    match item {
        syn::Item::Mod(item) => &item.attrs,
        syn::Item::Fn(item) => &item.attrs,
        syn::Item::Use(item) => &item.attrs,
        syn::Item::Impl(item) => &item.attrs,
        syn::Item::Const(item) => &item.attrs,
        syn::Item::Struct(item) => &item.attrs,
        _ => &[],
    }
}

/// Whether `#[cfg(test)]` or `#[cfg(all(test, …))]` is among the attributes.
fn is_test(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg")
            && attribute.parse_args::<TokenStream>().is_ok_and(|tokens| {
                let text = tokens.to_string();
                text == "test" || text.starts_with("all (test") || text.starts_with("doctest")
            })
    })
}

/// Returns the names that a file hands on by `pub use`, with what they stand for.
fn re_exports(file: &syn::File) -> Vec<(String, Module)> {
    let uses = file.items.iter().filter_map(|item| match item {
        syn::Item::Use(item) if !matches!(item.vis, syn::Visibility::Inherited) => Some(&item.tree),
        _ => None,
    });
    uses.flat_map(|tree| leaves(tree, &[])).filter_map(|(path, name)| Some((name?, path))).collect()
}

/// Returns every path of a `use` tree with the name by which it is known afterwards; none for `*`.
fn leaves(tree: &syn::UseTree, before: &[String]) -> Vec<(Module, Option<String>)> {
    let with = |name: &syn::Ident| [before, &[name.to_string()]].concat();
    match tree {
        syn::UseTree::Path(path) => leaves(&path.tree, &with(&path.ident)),
        syn::UseTree::Name(name) if name.ident == "self" => vec![(before.to_vec(), before.last().cloned())],
        syn::UseTree::Name(name) => vec![(with(&name.ident), Some(name.ident.to_string()))],
        syn::UseTree::Rename(name) => vec![(with(&name.ident), Some(name.rename.to_string()))],
        syn::UseTree::Glob(_) => vec![(before.to_vec(), None)],
        syn::UseTree::Group(group) => group.items.iter().flat_map(|tree| leaves(tree, before)).collect(),
    }
}

/// Returns the groups of two or more modules that reach one another.
fn circles(imports: &BTreeMap<Module, BTreeSet<Module>>) -> Vec<Vec<Module>> {
    let reach = |start: &Module| {
        let mut seen = BTreeSet::new();
        let mut open = vec![start];
        while let Some(module) = open.pop() {
            for next in imports.get(module).into_iter().flatten() {
                if seen.insert(next) {
                    open.push(next);
                }
            }
        }
        seen
    };
    let reached: BTreeMap<_, _> = imports.keys().map(|module| (module, reach(module))).collect();
    let mut found: Vec<Vec<Module>> = Vec::new();
    for (module, from_here) in &reached {
        if from_here.contains(module) && !found.iter().flatten().any(|known| known == *module) {
            let back = |other: &&&Module| reached.get(**other).is_some_and(|there| there.contains(module));
            found.push(from_here.iter().filter(back).map(|module| (*module).clone()).collect());
        }
    }
    found
}

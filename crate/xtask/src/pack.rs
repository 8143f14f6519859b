//! The npm packages: `@liangzheng/verifier` with its Wasm modules, the scripts around them, texts and types; and
//! `@liangzheng/vectors`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::sync::OnceLock;

use anyhow::{Context as _, anyhow, bail};
use base64ct::{Base64, Encoding as _};
use sha2::{Digest as _, Sha256};
use wasm_bindgen_cli_support::Bindgen;

use crate::step::{say, step};
use crate::texts::{self, Texts};
use crate::{dist, node, tools};

/// The modules: their package, the profile of their build, and their name in the npm package. A reader is fast before small.
/// Each is built alone, so that none gets a feature that another one needs.
const MODULES: [(&str, &str, &str); 5] = [
    ("liangzheng-verifier", "small", "verifier"),
    ("liangzheng-verifier-reader", "release", "reader"),
    ("liangzheng-verifier-record", "small", "record"),
    ("liangzheng-verifier-question", "small", "question"),
    ("liangzheng-verifier-testing", "small", "testing"),
];

/// The prefixes of the sentences that a decision can name.
const SENTENCES: [&str; 19] = [
    "beside.",
    "case.",
    "category-code.",
    "category.",
    "class.",
    "code.",
    "colour.",
    "country.",
    "document.",
    "element.",
    "fact.",
    "group.",
    "headline.",
    "letter.",
    "note.",
    "purpose.",
    "sex.",
    "subline.",
    "vehicle.",
];

/// A packed package.
#[derive(Clone)]
pub(crate) struct Packed {
    /// The tarball.
    pub(crate) tarball: PathBuf,
    /// The package as a folder, with its `dist`.
    pub(crate) folder: PathBuf,
}

/// Packs both packages, writes the pages of the API, and prints the sizes.
pub(crate) fn run() -> anyhow::Result<ExitCode> {
    let packed = pack()?;
    say(&format!("written: {}", api(&packed)?.display()));
    say(&format!("written: {}", packed.tarball.display()));
    say(&format!("written: {}", pack_vectors()?.display()));
    for (name, raw, packed) in sizes(&packed)? {
        say(&format!("{raw:>9} {packed:>9}  {name}, bytes raw and brotli"));
    }
    Ok(ExitCode::SUCCESS)
}

/// Weighs the package beside other libraries, in one run.
pub(crate) fn beside_others() -> anyhow::Result<ExitCode> {
    let packed = pack()?;
    let folder = tools::root().join("tests/bench");
    node::packages(&folder)?;
    let mut weigh = Command::new(node::program()?);
    weigh.current_dir(folder).env("LIANGZHENG_PACK", &packed.folder);
    tools::run(weigh.arg("package-sizes.mjs"))?;
    Ok(ExitCode::SUCCESS)
}

/// Builds the package below the target folder, once while this process runs.
pub(crate) fn pack() -> anyhow::Result<Packed> {
    static PACKED: OnceLock<Result<Packed, String>> = OnceLock::new();
    let packed = || build().map_err(|error| format!("{error:#}"));
    PACKED.get_or_init(packed).clone().map_err(|error| anyhow!(error))
}

fn build() -> anyhow::Result<Packed> {
    tools::ensure_wasm_target()?;
    let source = tools::root().join("crate/verifier/npm");
    node::packages(&source)?;
    let folder = tools::target_dir().join("pack/verifier");
    let _ = fs::remove_dir_all(&folder);
    for part in ["src", "texts"] {
        copy(&source.join(part), &folder.join(part))?;
    }
    for file in ["package.json", "tsconfig.json", "typedoc.json", "README.md", "README.zh-CN.md"] {
        fs::copy(source.join(file), folder.join(file)).with_context(|| file.to_owned())?;
    }
    for file in ["LICENSE-APACHE", "LICENSE-MIT"] {
        fs::copy(tools::root().join(file), folder.join(file)).with_context(|| file.to_owned())?;
    }
    // Where the compiler looks for types.
    link(&source.join("node_modules"), &folder.join("node_modules"))?;
    let dist = folder.join("dist");
    fs::create_dir_all(dist.join("wasm"))?;
    fs::create_dir_all(folder.join("src/wasm"))?;
    let mut hash = String::new();
    for (package, profile, name) in MODULES {
        let wasm = step(&format!("compile {name}.wasm"), || module(package, profile, name, &folder))?;
        fs::write(dist.join(format!("{name}.wasm")), &wasm)?;
        if name == "verifier" {
            hash = base16ct::lower::encode_string(&Sha256::digest(&wasm));
            let inline = format!("export const WASM_BASE64 = '{}';\n", Base64::encode_string(&wasm));
            fs::write(dist.join("wasm-base64.js"), inline)?;
            let types = "/** The module in base64. @internal */\nexport declare const WASM_BASE64: string;\n";
            fs::write(folder.join("src/wasm-base64.d.ts"), types)?;
        }
    }
    let build = format!(
        "/** The version of this package. */\nexport const VERSION = '{}';\n\n\
         /** SHA-256 of `verifier.wasm`, in hexadecimal. Bytes of another build are refused. */\n\
         export const WASM_SHA256 = '{hash}';\n",
        env!("CARGO_PKG_VERSION"),
    );
    fs::write(folder.join("src/build.ts"), build)?;
    languages(&folder)?;
    step("TypeScript", || compile(&source, &folder))?;
    let policies = tools::root().join("crate/verdict/policies");
    copy(&policies, &dist.join("policies"))?;
    fs::copy(tools::root().join("docs/policy.schema.json"), dist.join("policy.schema.json"))?;
    fs::remove_file(folder.join("node_modules"))?;
    Ok(Packed { tarball: packed(&folder)?, folder })
}

/// Writes the pages of the API; returns their folder.
fn api(packed: &Packed) -> anyhow::Result<PathBuf> {
    let modules = tools::root().join("crate/verifier/npm/node_modules");
    let link_at = packed.folder.join("node_modules");
    link(&modules, &link_at)?;
    let mut typedoc = Command::new(modules.join(".bin/typedoc"));
    let written =
        step("typedoc", || tools::run(typedoc.current_dir(&packed.folder).args(["--logLevel", "Warn"])));
    fs::remove_file(link_at)?;
    written?;
    Ok(packed.folder.join("api"))
}

/// Packs `@liangzheng/vectors`: the files of `tests/vectors` with their manifest; returns the tarball.
pub(crate) fn pack_vectors() -> anyhow::Result<PathBuf> {
    let source = tools::root().join("tests/vectors");
    let folder = tools::target_dir().join("pack/vectors");
    let _ = fs::remove_dir_all(&folder);
    copy(&source.join("npm"), &folder)?;
    copy(&source, &folder.join("files"))?;
    fs::remove_dir_all(folder.join("files/npm"))?;
    fs::rename(folder.join("files/README.md"), folder.join("VECTORS.md"))?;
    for file in ["LICENSE-APACHE", "LICENSE-MIT"] {
        fs::copy(tools::root().join(file), folder.join(file)).with_context(|| file.to_owned())?;
    }
    packed(&folder)
}

/// Packs a folder; returns the tarball beside it.
fn packed(folder: &Path) -> anyhow::Result<PathBuf> {
    let mut npm = Command::new(npm()?);
    npm.current_dir(folder).args(["pack", "--silent", "--ignore-scripts", "--pack-destination", ".."]);
    let name = tools::output(&mut npm)?;
    let name = name.lines().last().unwrap_or_default().trim();
    Ok(tools::target_dir().join("pack").join(name))
}

/// Compiles one module, writes its script and types, and returns it.
fn module(package: &str, profile: &str, name: &str, folder: &Path) -> anyhow::Result<Vec<u8>> {
    let target = tools::target_dir().join("verifier");
    let mut cargo = tools::cargo();
    cargo.args(["build", "--package", package, "--lib", "--target", "wasm32-unknown-unknown", "--locked"]);
    cargo.args(["--profile", profile, "--target-dir"]).arg(&target);
    tools::remap_paths(&mut cargo);
    tools::run(&mut cargo)?;
    let built = target.join("wasm32-unknown-unknown").join(profile);
    let mut bindgen = Bindgen::new();
    bindgen.input_path(built.join(format!("{}.wasm", package.replace('-', "_")))).out_name(name).web(true)?;
    bindgen.typescript(true).omit_default_module_path(true);
    bindgen.remove_name_section(true).remove_producers_section(true);
    let mut output = bindgen.generate_output()?;
    fs::write(folder.join(format!("dist/wasm/{name}.js")), output.js())?;
    let types = output.ts().context("no types of the bindings")?;
    fs::write(folder.join(format!("src/wasm/{name}.d.ts")), types)?;
    Ok(output.wasm_mut().emit_wasm())
}

/// Writes `zh-CN.ts` and `en.ts`: the sentences of decisions, and those of the element.
fn languages(folder: &Path) -> anyhow::Result<()> {
    let mut all: Texts = texts::read(&tools::root().join("www/strings"))?;
    all.retain(|key, _| SENTENCES.iter().any(|prefix| key.starts_with(prefix)));
    all.extend(texts::read(&tools::root().join("crate/verifier/npm/texts"))?);
    for (tag, chinese) in [("zh-CN", true), ("en", false)] {
        let of: serde_json::Map<String, serde_json::Value> =
            all.iter().map(|(key, text)| (key.clone(), text.of(chinese).into())).collect();
        let module = format!(
            "import type {{ Catalogue }} from './types.js';\n\n/** The texts in `{tag}`. */\n\
             const catalogue: Catalogue = {{ tag: '{tag}', texts: {} }};\n\nexport default catalogue;\n",
            serde_json::to_string(&of)?
        );
        fs::write(folder.join(format!("src/{tag}.ts")), module)?;
    }
    Ok(())
}

/// Makes types from the schema, compiles, and takes what only a reader needs out of the scripts.
fn compile(source: &Path, folder: &Path) -> anyhow::Result<()> {
    let program = |name: &str| source.join("node_modules/.bin").join(name);
    let schema = tools::root().join("docs/policy.schema.json");
    let mut types = Command::new(program("json2ts"));
    types.current_dir(folder).arg("-i").arg(schema).args(["-o", "src/generated/policy.ts"]);
    types.args(["--no-additionalProperties", "--bannerComment", "/** Made from policy.schema.json. */"]);
    tools::run(&mut types)?;
    tools::run(Command::new(program("tsc")).current_dir(folder).args(["--project", "."]))?;
    let mut scripts = Vec::new();
    each(&folder.join("dist"), &mut |path| {
        if path.extension().is_some_and(|extension| extension == "js") {
            scripts.push(path.to_owned());
        }
    })?;
    let mut esbuild = Command::new(program("esbuild"));
    esbuild.current_dir(folder).args(&scripts);
    esbuild.args(["--minify", "--target=es2022", "--outdir=dist", "--outbase=dist", "--allow-overwrite"]);
    tools::run(esbuild.args(["--log-level=warning", "--legal-comments=none", "--charset=utf8"]))
}

/// What a page loads for one thing, and its bytes raw and packed.
pub(crate) fn sizes(packed: &Packed) -> anyhow::Result<Vec<(&'static str, usize, usize)>> {
    let dist = packed.folder.join("dist");
    let core = [
        "verifier.wasm",
        "index.js",
        "core.js",
        "decision.js",
        "module.js",
        "errors.js",
        "memory.js",
        "text.js",
        "exports.js",
        "build.js",
        "webcrypto.js",
        "wasm/verifier.js",
        "en.js",
    ];
    let reader = ["reader.wasm", "reader/index.js", "wasm/reader.js"];
    let element = [
        "element/index.js",
        "element/define.js",
        "element/blank.js",
        "element/camera.js",
        "element/dom.js",
        "element/facts.js",
        "element/form.js",
        "element/gun.js",
        "element/input.js",
        "element/keys.js",
        "element/style.js",
        "element/tools.js",
        "element/verdict.js",
        "element/ways.js",
        "element/words.js",
    ];
    let weigh = |files: &[&str]| -> anyhow::Result<(usize, usize)> {
        let mut sum = (0, 0);
        for file in files {
            let path = dist.join(file);
            if path.is_file() {
                let bytes = fs::read(&path)?;
                sum = (sum.0 + bytes.len(), sum.1 + dist::brotli(&bytes)?.len());
            }
        }
        Ok(sum)
    };
    let mut rows = Vec::new();
    for (name, files) in [
        ("verifier with one language", core.as_slice()),
        ("reader", reader.as_slice()),
        ("element", element.as_slice()),
        ("of the verifier, its module", &["verifier.wasm"]),
        ("of the verifier, its language", &["en.js"]),
    ] {
        let (raw, packed) = weigh(files)?;
        rows.push((name, raw, packed));
    }
    Ok(rows)
}

/// Returns the path of npm.
pub(crate) fn npm() -> anyhow::Result<PathBuf> {
    match tools::on_path(&["npm", "npm.cmd"]) {
        Some(npm) => Ok(npm),
        None => bail!("there is no npm\n  fix: install Node 20 or later, https://nodejs.org"),
    }
}

#[cfg(unix)]
fn link(to: &Path, at: &Path) -> anyhow::Result<()> {
    Ok(std::os::unix::fs::symlink(to, at)?)
}

#[cfg(not(unix))]
fn link(to: &Path, at: &Path) -> anyhow::Result<()> {
    copy(to, at)
}

fn copy(from: &Path, to: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(to)?;
    each(from, &mut |path| {
        if let Ok(rest) = path.strip_prefix(from) {
            let target = to.join(rest);
            let _ = target.parent().map(fs::create_dir_all);
            let _ = fs::copy(path, target);
        }
    })
}

fn each(folder: &Path, with: &mut dyn FnMut(&Path)) -> anyhow::Result<()> {
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        if path.is_dir() { each(&path, with)? } else { with(&path) }
    }
    Ok(())
}

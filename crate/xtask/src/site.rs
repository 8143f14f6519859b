//! The finished site in memory: what `serve` answers with and `dist` writes.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context as _, bail};

use crate::assets::{self, File, Rewriter};
use crate::hash::{integrity, short_hash};
use crate::headers;
use crate::profile::Profile;
use crate::step::step;
use crate::texts::{self, Texts};
use crate::{tools, wasm};

/// Every file by its path, as `wallet/index.html`.
#[derive(Clone)]
pub(crate) struct Site {
    /// The build id of this version.
    pub build: String,
    /// All that is served.
    pub files: BTreeMap<String, Output>,
}

/// A file to serve or write.
#[derive(Clone)]
pub(crate) struct Output {
    /// Where a browser asks for it: `/wallet/`.
    pub url: String,
    /// Its content.
    pub bytes: Vec<u8>,
    /// Its media type.
    pub media_type: &'static str,
    /// Output paths of the files that it names.
    pub names: BTreeSet<String>,
}

/// Builds the Wasm modules and the site.
pub(crate) fn build(profile: Profile) -> anyhow::Result<Site> {
    build_at(profile, None)
}

/// As [`build`], with the time of the build in the modules.
pub(crate) fn build_at(profile: Profile, time: Option<i64>) -> anyhow::Result<Site> {
    let modules = wasm::build(profile, time)?;
    step("put the site together", || {
        let mut sources = read_sources(&tools::root().join("www"), profile)?;
        for module in modules {
            sources.insert(format!("/pkg/{}.js", module.name), with_build(module.script));
            sources.insert(format!("/pkg/{}_bg.wasm", module.name), module.wasm);
        }
        assemble(&sources, &texts::read(&tools::root().join("www/strings"))?, profile)
    })
}

/// Adds the build id to a module's script, so that a page can refuse another build.
fn with_build(mut script: Vec<u8>) -> Vec<u8> {
    script.extend_from_slice(b"\nexport const build = \"{{build}}\";\n");
    script
}

/// Strings are compiled into the module, the partner sites have an origin of their own, and the worker is published only to
/// withdraw a release.
const NOT_SERVED: [&str; 3] = ["/partners", "/strings", "/sw-withdraw.js"];

/// What only a demo build has.
const DEMO_ONLY: [&str; 8] = [
    "/authority",
    "/demo",
    "/try",
    "/js/authority.js",
    "/js/try.js",
    "/js/try-pane.js",
    "/styles/authority.css",
    "/styles/try.css",
];

/// Returns all files of `www/`, by their absolute path in the site.
fn read_sources(www: &Path, profile: Profile) -> anyhow::Result<BTreeMap<String, Vec<u8>>> {
    let mut sources = BTreeMap::new();
    let mut open = vec![(www.to_owned(), String::new())];
    while let Some((folder, prefix)) = open.pop() {
        for entry in std::fs::read_dir(&folder).with_context(|| format!("reading {}", folder.display()))? {
            let entry = entry?;
            let name = entry.file_name().into_string().ok().context("a file name that is not UTF-8")?;
            let path = format!("{prefix}/{name}");
            let demo_only = DEMO_ONLY.contains(&path.as_str()) && profile == Profile::Production;
            let hidden = name.starts_with('.') || name.ends_with('~');
            if hidden || demo_only || NOT_SERVED.contains(&path.as_str()) {
                continue;
            }
            if entry.file_type()?.is_dir() {
                open.push((entry.path(), path));
            } else {
                sources.insert(path, std::fs::read(entry.path())?);
            }
        }
    }
    Ok(sources)
}

/// Rewrites all references, then fills in the list of files that the service worker keeps.
fn assemble(sources: &BTreeMap<String, Vec<u8>>, texts: &Texts, profile: Profile) -> anyhow::Result<Site> {
    let mut rewriter = Rewriter::new(sources, texts, profile);
    let build = rewriter.build().to_owned();
    let mut urls = BTreeMap::new();
    for path in sources.keys().filter(|path| !path.starts_with(assets::PARTS)) {
        urls.insert(path.clone(), rewriter.url(path)?);
    }
    let output_path = |source: &str| {
        let url = urls.get(source).cloned().unwrap_or_default();
        let page = if url.ends_with('/') { "index.html" } else { "" };
        format!("{}{page}", url.trim_start_matches('/'))
    };
    let mut files = BTreeMap::new();
    for (source, File { bytes, names, .. }) in rewriter.into_files() {
        let path = output_path(&source);
        let media_type =
            media_type(&source).with_context(|| format!("www{source} has no known media type"))?;
        let names = names.iter().map(|name| output_path(name)).collect();
        let url = urls.get(&source).cloned().unwrap_or_default();
        files.insert(path, Output { url, bytes, media_type, names });
    }
    fill_service_worker(&mut files)?;
    Ok(Site { build, files })
}

/// What only the whole site can fill in; `version` is the hash of the script with all others filled in.
const SERVICE_WORKER_MARKS: [&str; 4] = ["{{files}}", "{{headers}}", "{{exceptions}}", "{{version}}"];

fn fill_service_worker(files: &mut BTreeMap<String, Output>) -> anyhow::Result<()> {
    let kept = files.iter().filter(|(path, _)| *path != "sw.js");
    let entry = |file: &Output| serde_json::json!([file.url, { "integrity": integrity(&file.bytes), "type": file.media_type }]);
    let list: Vec<_> = kept.map(|(_, file)| entry(file)).collect();
    let exceptions = headers::exceptions().into_iter();
    let exceptions = exceptions.filter(|(page, _)| files.values().any(|file| file.url == *page));
    let exceptions: BTreeMap<_, BTreeMap<_, _>> =
        exceptions.map(|(path, headers)| (path, headers.into_iter().collect())).collect();
    let Some(worker) = files.get_mut("sw.js") else { return Ok(()) };
    let headers: BTreeMap<_, _> = headers::security("").into_iter().collect();
    let text = String::from_utf8(std::mem::take(&mut worker.bytes)).context("sw.js")?;
    if let Some(place) = SERVICE_WORKER_MARKS.iter().find(|place| !text.contains(**place)) {
        bail!("www/sw.js must hold {place}");
    }
    let text = text.replace("{{files}}", &serde_json::to_string_pretty(&list)?);
    let text = text.replace("{{headers}}", &serde_json::to_string_pretty(&headers)?);
    let text = text.replace("{{exceptions}}", &serde_json::to_string_pretty(&exceptions)?);
    let version = short_hash(text.as_bytes());
    worker.bytes = text.replace("{{version}}", &version).into_bytes();
    Ok(())
}

fn media_type(path: &str) -> Option<&'static str> {
    Some(match path.rsplit_once('.')?.1 {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" => "image/jpeg",
        "ico" => "image/vnd.microsoft.icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => return None,
    })
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// Returns a site of one page, one script and a service worker.
    pub(crate) fn small() -> Site {
        let page =
            "<!doctype html><meta charset=\"utf-8\"><script type=\"module\" src=\"/js/a.js\"></script>";
        let worker = "const build = '{{build}}', version = '{{version}}', files = {{files}}, headers = {{headers}}, \
            exceptions = {{exceptions}};";
        let sources = [
            ("/index.html", page),
            ("/wallet/index.html", page),
            ("/js/a.js", "fetch(\"/pkg/site_bg.wasm\")"),
            ("/pkg/site_bg.wasm", "\0asm\u{1}\0\0\0"),
            ("/sw.js", worker),
        ];
        let sources = sources.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())).into();
        assemble(&sources, &Texts::new(), Profile::Demo).unwrap()
    }

    #[test]
    fn service_worker_lists_every_other_file_by_its_final_name_and_hash() {
        let site = small();
        let worker = String::from_utf8(site.files["sw.js"].bytes.clone()).unwrap();
        for (path, file) in site.files.iter().filter(|(path, _)| *path != "sw.js") {
            let (hash, media_type) = (integrity(&file.bytes), file.media_type);
            let entry = format!(
                "\"{}\",\n    {{\n      \"integrity\": \"{hash}\",\n      \"type\": \"{media_type}\"",
                file.url
            );
            assert!(worker.contains(&entry), "{path}: {worker}");
        }
        assert!(worker.contains(&format!("build = '{}'", site.build)));
        assert!(worker.contains("frame-ancestors 'none'"));
        assert!(!worker.contains("\"/sw.js\"") && !worker.contains("{{"));
    }

    #[test]
    fn pages_keep_their_names_and_all_else_is_hashed() {
        let site = small();
        assert_eq!(site.files["wallet/index.html"].url, "/wallet/");
        assert_eq!(site.files["sw.js"].url, "/sw.js");
        let hashed = |file: &&Output| file.url.split('.').any(|part| part.len() == 16);
        assert_eq!(site.files.values().filter(hashed).count(), 2);
    }

    #[test]
    fn production_reads_nothing_of_the_demo() {
        let www = tools::root().join("www");
        let production = read_sources(&www, Profile::Production).unwrap();
        assert!(
            production
                .keys()
                .all(|path| ["/demo/", "/try", "/authority"].iter().all(|part| !path.contains(part)))
        );
        assert!(production.contains_key("/wallet/index.html"));
    }
}

//! How the files of `www/` refer to each other, and how that becomes hashed names.
//!
//! In sources a file is named by its absolute path in quotes, as `"/js/boot.js"`: in pages, styles, scripts and the
//! app manifest. The build replaces each with the hashed name (`"/js/boot.<hash>.js"`); a quoted path that looks like
//! a file and does not exist is an error. The build makes two files for each
//! Wasm module, as `/pkg/page-wallet.js` and `/pkg/page-wallet_bg.wasm`.
//!
//! Marks, in any text file:
//! - `{{build}}`: the build id, a hash of everything in this version;
//! - `{{profile}}`: `demo` or `production`;
//! - `{{integrity:/pkg/page-wallet_bg.wasm}}`: the hash that `fetch` takes as `integrity`;
//! - `{{part:head}}`: the markup of `www/parts/head.html`, which several pages have;
//! - `{{body:/wallet/}}`: what stands between `<!--body-->` and `<!--/body-->` on that page, for a page that shows the same;
//! - `{{current:/wallet/}}`, in a link: that it leads to this very page, where it does;
//! - in pages, `data-t="key"`: a text of the catalogue, in both languages ([`texts`]);
//! - in pages, `<!--demo-->…<!--/demo-->` and `<!--production-->…<!--/production-->` stay in that profile only.
//!
//! Names that are not hashed: pages, `/sw.js`, `/manifest.webmanifest`, `/robots.txt`, and `/demo/portraits/*`
//! (fetched by a person's id, and compared with their hash).

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context as _, bail};
use sha2::{Digest as _, Sha256};

use crate::hash::{integrity, short_hash};
use crate::profile::Profile;
use crate::texts::{self, Texts, attribute};
use crate::wasm::with_build_section;

/// A file of the finished site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct File {
    /// Its content, in its final form.
    pub bytes: Vec<u8>,
    /// Whether its name holds the hash of its content.
    pub hashed: bool,
    /// Paths (in sources) of the files that it names.
    pub names: BTreeSet<String>,
}

/// Extensions by which a quoted path is recognised as a file.
const EXTENSIONS: [&str; 11] =
    ["js", "css", "wasm", "svg", "png", "jpg", "json", "webmanifest", "woff2", "ico", "txt"];

/// Around what another page may show as well.
const BODY: &str = "<!--body-->";
const BODY_END: &str = "<!--/body-->";

/// Where the markup lies that pages share; it is no file of the site.
pub(crate) const PARTS: &str = "/parts/";

fn keeps_its_name(path: &str) -> bool {
    path.ends_with(".html")
        || path.starts_with("/demo/portraits/")
        || matches!(path, "/sw.js" | "/manifest.webmanifest" | "/robots.txt")
}

/// Whether the file may contain references.
fn is_text(path: &str) -> bool {
    matches!(extension(path), "html" | "css" | "js" | "webmanifest")
}

fn extension(path: &str) -> &str {
    path.rsplit_once('.').map_or("", |(_, extension)| extension)
}

/// Turns sources (path to bytes) into the finished files, by their paths in sources.
///
/// # Errors
/// Fails for a reference to a file that does not exist, a circle of references, an unknown mark, or a page without
/// `<meta charset>`.
pub(crate) struct Rewriter<'a> {
    sources: &'a BTreeMap<String, Vec<u8>>,
    texts: &'a Texts,
    profile: Profile,
    build: String,
    done: BTreeMap<String, File>,
    open: Vec<String>,
}

impl<'a> Rewriter<'a> {
    /// Creates a rewriter of `sources`, with the texts of their pages; the build id is the hash of `sources`. A text is
    /// in the module as well, so that another text is another build.
    pub(crate) fn new(sources: &'a BTreeMap<String, Vec<u8>>, texts: &'a Texts, profile: Profile) -> Self {
        let mut hash = Sha256::new();
        hash.update(profile.name());
        for (path, bytes) in sources {
            hash.update((path.len() as u64).to_be_bytes());
            hash.update(path);
            hash.update((bytes.len() as u64).to_be_bytes());
            hash.update(bytes);
        }
        let build = base16ct::lower::encode_string(&hash.finalize()).chars().take(16).collect();
        Self { sources, texts, profile, build, done: BTreeMap::new(), open: Vec::new() }
    }

    /// Returns the build id.
    pub(crate) fn build(&self) -> &str {
        &self.build
    }

    /// Returns the finished file of that path in sources.
    pub(crate) fn file(&mut self, path: &str) -> anyhow::Result<&File> {
        if !self.done.contains_key(path) {
            let file = self.finish(path).with_context(|| format!("in www{path}"))?;
            self.done.insert(path.to_owned(), file);
        }
        self.done.get(path).context("just inserted")
    }

    /// Returns all finished files, by their paths in sources.
    pub(crate) fn into_files(self) -> BTreeMap<String, File> {
        self.done
    }

    /// Returns the final URL of a path in sources.
    pub(crate) fn url(&mut self, path: &str) -> anyhow::Result<String> {
        let file = self.file(path)?;
        if !file.hashed {
            return Ok(path.strip_suffix("index.html").unwrap_or(path).to_owned());
        }
        let hash = short_hash(&file.bytes);
        let (stem, extension) = path.rsplit_once('.').context("a file name without extension")?;
        Ok(format!("{stem}.{hash}.{extension}"))
    }

    fn finish(&mut self, path: &str) -> anyhow::Result<File> {
        let Some(source) = self.sources.get(path) else {
            bail!("there is no {path} in www/ (a quoted path must name a file of the site)");
        };
        if self.open.iter().any(|open| open == path) {
            bail!("files name each other in a circle: {} → {path}", self.open.join(" → "));
        }
        let hashed = !keeps_its_name(path);
        let mut names = BTreeSet::new();
        let mut bytes = source.clone();
        if is_text(path) {
            self.open.push(path.to_owned());
            let text = String::from_utf8(bytes).context("not UTF-8")?;
            bytes = self.rewrite(path, text, &mut names)?.into_bytes();
            self.open.pop();
        } else if extension(path) == "wasm" {
            bytes = with_build_section(bytes, &self.build);
        }
        Ok(File { bytes, hashed, names })
    }

    fn rewrite(&mut self, path: &str, text: String, names: &mut BTreeSet<String>) -> anyhow::Result<String> {
        let page = extension(path) == "html";
        let mut text = self.marks(path, &text, names)?;
        if page {
            text = self.keep_profile(text)?.replace(BODY, "").replace(BODY_END, "");
            text = texts::fill(&text, self.texts)?;
            text = self.page(path, &text, names)?;
        }
        self.references(&text, names)
    }

    /// Drops the parts of a page that belong to the other profile.
    fn keep_profile(&self, mut text: String) -> anyhow::Result<String> {
        for profile in [Profile::Demo, Profile::Production] {
            let open = format!("<!--{}-->", profile.name());
            let close = format!("<!--/{}-->", profile.name());
            while let Some((before, rest)) = text.split_once(&open) {
                let Some((inside, after)) = rest.split_once(&close) else {
                    bail!("{open} is never closed by {close}");
                };
                let kept = if profile == self.profile { inside } else { "" };
                text = format!("{before}{kept}{after}");
            }
        }
        Ok(text)
    }

    fn marks(&mut self, path: &str, text: &str, names: &mut BTreeSet<String>) -> anyhow::Result<String> {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("{{") {
            let Some((mark, tail)) = after.split_once("}}") else { bail!("{{{{ is never closed") };
            out.push_str(before);
            match mark.split_once(':') {
                None if mark == "build" => out.push_str(&self.build),
                None if mark == "profile" => out.push_str(self.profile.name()),
                // Filled in by `site`, which knows all files.
                None if matches!(mark, "files" | "headers" | "exceptions" | "version") => {
                    out.push_str(&format!("{{{{{mark}}}}}"))
                }
                Some(("integrity", path)) => {
                    names.insert(path.to_owned());
                    out.push_str(&integrity(&self.file(path)?.bytes));
                }
                Some(("part", name)) => {
                    let part = format!("{PARTS}{name}.html");
                    let Some(markup) = self.sources.get(&part) else { bail!("there is no www{part}") };
                    let markup = String::from_utf8(markup.clone()).context("not UTF-8")?;
                    out.push_str(&self.marks(path, markup.trim_end(), names)?);
                }
                Some(("body", page)) => {
                    let Some(source) = self.sources.get(&format!("{page}index.html")) else {
                        bail!("there is no page www{page}")
                    };
                    let source = String::from_utf8(source.clone()).context("not UTF-8")?;
                    let mut places = source.split(BODY).skip(1).peekable();
                    if places.peek().is_none() {
                        bail!("www{page} has no {BODY}");
                    }
                    for place in places {
                        let Some((body, _)) = place.split_once(BODY_END) else {
                            bail!("{BODY} is never closed")
                        };
                        out.push_str(&self.marks(path, body, names)?);
                    }
                }
                Some(("current", page)) => {
                    if path.strip_suffix("index.html") == Some(page) {
                        out.push_str(" aria-current=\"page\"");
                    }
                }
                _ => bail!("unknown mark {{{{{mark}}}}}"),
            }
            rest = tail;
        }
        out.push_str(rest);
        Ok(out)
    }

    /// Adds to a page the policy, the build id, preloading of what its scripts import or name, and integrity hashes.
    fn page(&mut self, path: &str, text: &str, names: &mut BTreeSet<String>) -> anyhow::Result<String> {
        const CHARSET: &str = "<meta charset=\"utf-8\">";
        let Some((before, after)) = text.split_once(CHARSET) else { bail!("a page must hold {CHARSET}") };
        let mut head = format!(
            "{before}{CHARSET}\n<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n\
             <meta name=\"build\" content=\"{}\">\n<meta name=\"profile\" content=\"{}\">",
            crate::headers::meta_policy(path.strip_suffix("index.html").unwrap_or(path)),
            self.build,
            self.profile.name()
        );
        let mut rest = after;
        while let Some(start) = rest.find("<script").into_iter().chain(rest.find("<link")).min() {
            let (between, tag_on) = rest.split_at(start);
            let Some((tag, tail)) = tag_on.split_once('>') else { bail!("a tag is never closed") };
            head.push_str(between);
            self.tag(tag, names, &mut head)?;
            rest = tail;
        }
        head.push_str(rest);
        Ok(head)
    }

    fn tag(&mut self, tag: &str, names: &mut BTreeSet<String>, out: &mut String) -> anyhow::Result<()> {
        let script = tag.starts_with("<script");
        let target = attribute(tag, if script { "src" } else { "href" });
        let Some(target) = target else { bail!("{tag}> names no file: inline scripts are forbidden") };
        if !(script || matches!(attribute(tag, "rel"), Some("stylesheet" | "modulepreload"))) {
            out.push_str(tag);
            out.push('>');
            return Ok(());
        }
        if script {
            for import in self.imports(target)? {
                let file = self.file(&import)?;
                let hash = integrity(&file.bytes);
                names.insert(import.clone());
                out.push_str(&format!(
                    "<link rel=\"modulepreload\" href=\"{import}\" integrity=\"{hash}\">\n"
                ));
            }
            // The module that the page's own script names, and not those of its workers. It is fetched in parallel with the
            // scripts, in the mode of the later `fetch`, which compares the hash: browsers warn about an `integrity` here.
            let own = self.file(target)?.names.clone();
            for module in own.into_iter().filter(|name| extension(name) == "wasm") {
                out.push_str(&format!("<link rel=\"preload\" as=\"fetch\" crossorigin href=\"{module}\">\n"));
                names.insert(module);
            }
        }
        let hash = integrity(&self.file(target)?.bytes);
        out.push_str(&format!("{tag} integrity=\"{hash}\">"));
        Ok(())
    }

    /// Returns the scripts that `path` imports, transitively.
    fn imports(&mut self, path: &str) -> anyhow::Result<BTreeSet<String>> {
        self.file(path)?;
        let mut found = BTreeSet::new();
        let mut open = vec![path.to_owned()];
        while let Some(path) = open.pop() {
            let source =
                self.sources.get(&path).map(|bytes| String::from_utf8_lossy(bytes)).unwrap_or_default();
            for name in self.file(&path)?.names.clone() {
                let imported = [format!("from \"{name}\""), format!("import \"{name}\"")];
                if imported.iter().any(|words| source.contains(words.as_str())) && found.insert(name.clone())
                {
                    open.push(name);
                }
            }
        }
        Ok(found)
    }

    /// Replaces each quoted path of a file by its final URL.
    fn references(&mut self, text: &str, names: &mut BTreeSet<String>) -> anyhow::Result<String> {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(at) = rest.find(['"', '\'', '`']) {
            let (before, quoted) = rest.split_at(at);
            out.push_str(before);
            let mut characters = quoted.chars();
            let quote = characters.next().unwrap_or_default();
            let inside = characters.as_str();
            out.push(quote);
            rest = inside;
            let end = inside.find(|c: char| !is_path_character(c)).unwrap_or(inside.len());
            let (path, tail) = inside.split_at(end);
            if path.starts_with('/') && tail.starts_with(quote) && EXTENSIONS.contains(&extension(path)) {
                let url = self.url(path)?;
                names.insert(path.to_owned());
                out.push_str(&url);
                rest = tail;
            }
        }
        out.push_str(rest);
        Ok(out)
    }
}

fn is_path_character(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '-' | '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "<!doctype html><head><meta charset=\"utf-8\">";

    fn sources(files: &[(&str, &str)]) -> BTreeMap<String, Vec<u8>> {
        files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect()
    }

    fn text(files: &[(&str, &str)], profile: Profile, path: &str) -> anyhow::Result<String> {
        let sources = sources(files);
        let texts = Texts::new();
        let mut rewriter = Rewriter::new(&sources, &texts, profile);
        Ok(String::from_utf8(rewriter.file(path)?.bytes.clone())?)
    }

    #[test]
    fn quoted_paths_become_hashed_names() {
        let files = [("/js/a.js", "import '/js/b.js';"), ("/js/b.js", "export {};")];
        let a = text(&files, Profile::Demo, "/js/a.js").unwrap();
        assert_eq!(a, format!("import '/js/b.{}.js';", short_hash(b"export {};")));
    }

    #[test]
    fn a_change_below_changes_every_name_above() {
        let name = |inner: &str| {
            let files = sources(&[("/js/a.js", "import \"/js/b.js\";"), ("/js/b.js", inner)]);
            Rewriter::new(&files, &Texts::new(), Profile::Demo).url("/js/a.js").unwrap()
        };
        assert_ne!(name("1"), name("2"));
        assert_eq!(name("1"), name("1"));
    }

    #[test]
    fn a_page_shows_the_body_of_another() {
        let wallet =
            format!("{HEAD}<body><!--body--><p>1</p><!--/body--><i></i><!--body--><p>2</p><!--/body-->");
        let pane = format!("{HEAD}<body>{{{{body:/wallet/}}}}");
        let files = [("/wallet/index.html", wallet.as_str()), ("/try/wallet/index.html", pane.as_str())];
        let shown = |path| text(&files, Profile::Demo, path).unwrap();
        assert!(shown("/try/wallet/index.html").ends_with("<body><p>1</p><p>2</p>"));
        assert!(shown("/wallet/index.html").ends_with("<body><p>1</p><i></i><p>2</p>"));
        let none = [("/try/index.html", pane.as_str())];
        assert!(
            format!("{:#}", text(&none, Profile::Demo, "/try/index.html").unwrap_err())
                .contains("no page www/wallet/")
        );
    }

    #[test]
    fn unknown_file_mark_and_circle_are_errors() {
        let message =
            |files: &[(&str, &str)]| format!("{:#}", text(files, Profile::Demo, files[0].0).unwrap_err());
        assert!(message(&[("/js/a.js", "'/js/none.js'")]).contains("there is no /js/none.js"));
        assert!(message(&[("/js/a.js", "{{bild}}")]).contains("unknown mark {{bild}}"));
        let circle = [("/js/a.js", "'/js/b.js'"), ("/js/b.js", "'/js/a.js'")];
        assert!(message(&circle).contains("circle: /js/a.js → /js/b.js → /js/a.js"));
    }

    #[test]
    fn words_that_are_no_files_stay() {
        let script = "const page = \"/wallet/\"; const s = 'it''s'; const t = `a/${b}.js`; x = \"// no\";";
        assert_eq!(text(&[("/js/a.js", script)], Profile::Demo, "/js/a.js").unwrap(), script);
    }

    #[test]
    fn a_page_gets_policy_build_and_integrity() {
        let page = format!(
            "{HEAD}<link rel=\"stylesheet\" href=\"/a.css\"><script type=\"module\" src=\"/js/a.js\"></script>"
        );
        let files = [
            ("/index.html", page.as_str()),
            ("/a.css", "a{}"),
            ("/js/a.js", "import { b } from \"/js/b.js\"; new Worker(\"/js/w.js\"); b(\"/m.wasm\");"),
            ("/js/b.js", "export const b = fetch; fetch(\"/of-worker.wasm\");"),
            ("/js/w.js", ""),
            ("/m.wasm", "\0asm"),
            ("/of-worker.wasm", "\0asm"),
        ];
        let out = text(&files, Profile::Production, "/index.html").unwrap();
        assert!(out.contains("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "));
        assert!(!out.contains("frame-ancestors"), "browsers log an error for it in a meta");
        assert!(out.contains("<meta name=\"profile\" content=\"production\">"));
        let css = format!(
            "<link rel=\"stylesheet\" href=\"/a.{}.css\" integrity=\"{}\">",
            short_hash(b"a{}"),
            integrity(b"a{}")
        );
        assert!(out.contains(&css), "{out}");
        assert!(out.contains("<link rel=\"preload\" as=\"fetch\" crossorigin href=\"/m."), "{out}");
        assert!(!out.contains("/of-worker."), "the module of a worker is not preloaded: {out}");
        assert!(out.contains("<link rel=\"modulepreload\" href=\"/js/b."), "{out}");
        assert!(!out.contains("/js/w."), "a worker is not preloaded as a module: {out}");
    }

    #[test]
    fn inline_scripts_are_refused() {
        let page = format!("{HEAD}<script>alert(1)</script>");
        assert!(text(&[("/index.html", &page)], Profile::Demo, "/index.html").is_err());
    }

    #[test]
    fn each_profile_keeps_its_own_parts() {
        let page = format!("{HEAD}<!--demo-->D<!--/demo--><!--production-->P<!--/production-->");
        let files = [("/index.html", page.as_str())];
        assert!(text(&files, Profile::Demo, "/index.html").unwrap().ends_with('D'));
        assert!(text(&files, Profile::Production, "/index.html").unwrap().ends_with('P'));
    }

    #[test]
    fn pages_share_parts_that_know_their_own_page() {
        let files = [
            ("/wallet/index.html", &*format!("{HEAD}{{{{part:top}}}}")),
            (
                "/parts/top.html",
                "<a href=\"/\"{{current:/}}></a><a href=\"/wallet/\"{{current:/wallet/}}>{{profile}}</a>",
            ),
        ];
        let out = text(&files, Profile::Demo, "/wallet/index.html").unwrap();
        assert!(
            out.ends_with("<a href=\"/\"></a><a href=\"/wallet/\" aria-current=\"page\">demo</a>"),
            "{out}"
        );
        let lost = format!("{HEAD}{{{{part:foot}}}}");
        let error = text(&[("/index.html", &lost)], Profile::Demo, "/index.html").unwrap_err();
        assert!(format!("{error:#}").contains("there is no www/parts/foot.html"));
    }
}

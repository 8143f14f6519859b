//! `cargo xtask dist`: the site as files for a static host.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, bail};

use crate::profile::Profile;
use crate::site::{self, Site};
use crate::step::{say, step};
use crate::{headers, tools};

/// The options of `dist`.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Dist {
    /// Which site.
    pub profile: Profile,
    /// The output folder; in the target folder by default.
    pub out: Option<PathBuf>,
    /// Only a service worker that removes itself and what it kept.
    pub withdraw: bool,
}

/// A written file and its sizes in bytes.
struct Size {
    path: String,
    raw: usize,
    brotli: Option<usize>,
}

impl Size {
    /// Returns the bytes sent to a browser that accepts brotli.
    fn wire(&self) -> usize {
        self.brotli.unwrap_or(self.raw)
    }
}

/// Builds and writes the site, and prints the sizes.
pub(crate) fn run(dist: &Dist) -> anyhow::Result<()> {
    let default = || tools::target_dir().join("dist").join(dist.profile.name());
    let out = dist.out.clone().unwrap_or_else(default);
    if dist.withdraw {
        withdraw(&out)?;
        say(&format!("written: {} (publish it as /sw.js; all other files may stay or go)", out.display()));
        return Ok(());
    }
    let site = site::build_at(dist.profile, release_day())?;
    let sizes = step("write and compress", || replace(&out, |folder| write(&site, folder, true)))?;
    say(&format!(
        "\n{:>9} {:>9}  {} build {}, bytes raw and brotli",
        "raw",
        "brotli",
        dist.profile.name(),
        site.build
    ));
    for size in &sizes {
        let brotli = size.brotli.map_or("-".into(), |size| size.to_string());
        say(&format!("{:>9} {brotli:>9}  {}", size.raw, size.path));
    }
    say(&sum("all files", sizes.iter()));
    say("\nfirst visit (brotli where it is smaller):");
    for (path, file) in site.files.iter().filter(|(path, _)| path.ends_with(".html")) {
        let needed = closure(&site, path, false);
        let workers = closure(&site, path, true);
        say(&sum(&file.url, sizes.iter().filter(|size| needed.contains(&size.path))));
        if workers.len() > needed.len() {
            say(&sum(
                &format!("{} with its workers", file.url),
                sizes.iter().filter(|size| workers.contains(&size.path)),
            ));
        }
    }
    say("the service worker then keeps all files for use offline");
    say(&format!("\nwritten: {}", out.display()));
    Ok(())
}

/// Returns the day of the last commit in Unix seconds: the same for every builder; an earlier clock is wrong.
fn release_day() -> Option<i64> {
    const DAY: i64 = 86_400;
    let log =
        tools::output(Command::new("git").args(["log", "-1", "--format=%ct"]).current_dir(tools::root()))
            .ok()?;
    Some(log.trim().parse::<i64>().ok()? / DAY * DAY)
}

fn sum<'a>(name: &str, sizes: impl Iterator<Item = &'a Size> + Clone) -> String {
    let raw: usize = sizes.clone().map(|size| size.raw).sum();
    let wire: usize = sizes.map(Size::wire).sum();
    format!("{raw:>9} {wire:>9}  {name}")
}

/// Returns the files that a page loads at once.
fn closure(site: &Site, page: &str, workers: bool) -> BTreeSet<String> {
    let mut found = BTreeSet::from([page.to_owned()]);
    let mut open = vec![page.to_owned()];
    while let Some(path) = open.pop() {
        let Some(file) = site.files.get(&path) else { continue };
        for name in &file.names {
            let page = name.ends_with(".html") || name == "sw.js";
            if !page && (workers || !name.contains("-worker.")) && found.insert(name.clone()) {
                open.push(name.clone());
            }
        }
    }
    found
}

/// Writes the files of `site` into an empty folder, with compressed copies if `pack`.
fn write(site: &Site, folder: &Path, pack: bool) -> anyhow::Result<Vec<Size>> {
    let mut sizes = Vec::new();
    for (path, file) in &site.files {
        let to = folder.join(path);
        std::fs::create_dir_all(to.parent().context("a file without folder")?)?;
        std::fs::write(&to, &file.bytes)?;
        let packed = pack && !file.media_type.starts_with("image/jpeg");
        let brotli = if packed { pack_beside(&to, &file.bytes)? } else { None };
        sizes.push(Size { path: path.clone(), raw: file.bytes.len(), brotli });
    }
    let urls = site.files.values().map(|file| file.url.as_str());
    std::fs::write(folder.join("_headers"), headers::headers_file(urls))?;
    Ok(sizes)
}

/// Compresses with brotli at its best level.
pub(crate) fn brotli(bytes: &[u8]) -> anyhow::Result<Vec<u8>> {
    let mut packed = Vec::new();
    let options = brotli::enc::BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        size_hint: bytes.len(),
        ..Default::default()
    };
    brotli::BrotliCompress(&mut &*bytes, &mut packed, &options)?;
    Ok(packed)
}

/// Writes `.br` and `.gz` where they are smaller, and returns the size of the first.
fn pack_beside(file: &Path, bytes: &[u8]) -> anyhow::Result<Option<usize>> {
    let brotli = brotli(bytes)?;
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    gzip.write_all(bytes)?;
    let gzip = gzip.finish()?;
    let mut name = file.as_os_str().to_owned();
    name.push(".gz");
    if gzip.len() < bytes.len() {
        std::fs::write(&name, gzip)?;
    }
    if brotli.len() >= bytes.len() {
        return Ok(None);
    }
    std::fs::write(file.with_added_extension("br"), &brotli)?;
    Ok(Some(brotli.len()))
}

/// Writes a built site without packed files, for the tests.
pub(crate) fn write_plain(site: &Site, out: &Path) -> anyhow::Result<()> {
    replace(out, |folder| write(site, folder, false)).map(drop)
}

fn withdraw(out: &Path) -> anyhow::Result<()> {
    let script = std::fs::read(tools::root().join("www/sw-withdraw.js"))?;
    replace(out, |folder| {
        std::fs::write(folder.join("sw.js"), script)?;
        Ok(std::fs::write(folder.join("_headers"), headers::headers_file(["/sw.js"].into_iter()))?)
    })
}

/// Lets `fill` write into a new folder, and replaces `out` with it once it is complete.
fn replace<T>(out: &Path, fill: impl FnOnce(&Path) -> anyhow::Result<T>) -> anyhow::Result<T> {
    if out.exists() && !out.join("_headers").is_file() && std::fs::read_dir(out)?.next().is_some() {
        bail!("{} holds other things; fix: choose a new folder by --out, or empty it", out.display());
    }
    let beside = |ending: &str| {
        let mut name = out.as_os_str().to_owned();
        name.push(format!(".{ending}-{}", std::process::id()));
        PathBuf::from(name)
    };
    let (new, old) = (beside("new"), beside("old"));
    std::fs::create_dir_all(&new).with_context(|| format!("making {}", new.display()))?;
    let filled = fill(&new).and_then(|filled| {
        if out.exists() {
            std::fs::rename(out, &old)?;
        }
        std::fs::rename(&new, out)?;
        Ok(filled)
    });
    if filled.is_err() {
        let _ = std::fs::remove_dir_all(&new);
    } else if old.exists() {
        std::fs::remove_dir_all(&old)?;
    }
    filled
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::tests::small;

    fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("liangzheng-dist-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        folder
    }

    #[test]
    fn writes_every_file_and_the_headers() {
        let out = folder("all");
        let sizes = replace(&out, |folder| write(&small(), folder, true)).unwrap();
        assert_eq!(sizes.len(), 5);
        assert!(out.join("wallet/index.html").is_file() && out.join("wallet/index.html.br").is_file());
        let headers = std::fs::read_to_string(out.join("_headers")).unwrap();
        assert!(headers.contains("\n/wallet/\n  Content-Security-Policy: "));
        std::fs::remove_dir_all(out).unwrap();
    }

    #[test]
    fn a_failed_build_leaves_the_old_site_and_nothing_else() {
        let out = folder("failed");
        write_plain(&small(), &out).unwrap();
        let failed: anyhow::Result<()> = replace(&out, |folder| {
            std::fs::write(folder.join("half"), "half")?;
            bail!("in the middle")
        });
        assert!(failed.is_err());
        assert!(out.join("sw.js").is_file() && !out.join("half").exists());
        let name = out.file_name().unwrap().to_str().unwrap().to_owned();
        let beside = std::fs::read_dir(out.parent().unwrap()).unwrap();
        let left = beside.filter(|entry| {
            let entry = entry.as_ref().unwrap().file_name();
            entry.to_str().is_some_and(|other| other.starts_with(&name) && *other != name)
        });
        assert_eq!(left.count(), 0);
        std::fs::remove_dir_all(out).unwrap();
    }

    #[test]
    fn never_replaces_a_folder_that_is_no_site() {
        let out = folder("other");
        std::fs::create_dir_all(&out).unwrap();
        std::fs::write(out.join("letter.txt"), "dear").unwrap();
        assert!(write_plain(&small(), &out).unwrap_err().to_string().contains("--out"));
        assert!(out.join("letter.txt").is_file());
        std::fs::remove_dir_all(out).unwrap();
    }

    #[test]
    fn a_first_visit_counts_what_the_page_names() {
        let site = small();
        let files = closure(&site, "index.html", true);
        assert!(files.iter().any(|path| path.ends_with(".wasm")) && files.len() == 3, "{files:?}");
    }
}

//! Checks what the built files hold: the secrets of the demo authority are in the demo build only, and a first visit of a
//! page of the production site asks for no more bytes than its budget.
//!
//! The authority's example `demo_marks` prints the byte strings to search for, one per line: a name, and hexadecimal.

use std::process::Command;

use anyhow::{Context as _, bail};
use base64ct::{Base64Unpadded, Encoding as _};

use super::sites::{Built, Sites};
use crate::count::Count;
use crate::site::Site;
use crate::{dist, programs, tools};

pub(super) fn run(sites: &Sites) -> anyhow::Result<Count> {
    let mut count = Count::default();
    let (demo, production) = sites.both()?;
    let marks = marks()?;
    for (name, bytes) in &marks {
        let there = files_with(demo, bytes);
        count.check(!there.is_empty(), format!("demo build holds {name} ({})", there.join(", ")));
        let there = files_with(production, bytes);
        let where_to =
            if there.is_empty() { String::new() } else { format!(", but it is in {}", there.join(", ")) };
        count.check(there.is_empty(), format!("production build holds no {name}{where_to}"));
    }
    let folder = |built: &Built| built.site.files.keys().any(|path| path.starts_with("demo/"));
    count.check(folder(demo) && !folder(production), "demo files are in the demo build only");
    for (page, budget) in BUDGETS {
        let size = first_visit(&production.site, page)?;
        count.check(size <= budget, format!("{page} starts with {size} bytes, packed, of {budget}"));
    }
    Ok(count)
}

/// Pages, and how many bytes each may need until it starts, packed by brotli. What is fetched after that, for workers and to
/// be kept for use without a network, does not count.
const BUDGETS: [(&str, usize); 3] =
    [("index.html", 12_000), ("wallet/index.html", 541_000), ("verify/index.html", 512_000)];

/// Returns the packed size of a page with its scripts, styles and module.
fn first_visit(site: &Site, page: &str) -> anyhow::Result<usize> {
    let html = site.files.get(page).with_context(|| format!("there is no {page}"))?;
    let needed =
        html.names.iter().filter(|name| [".js", ".css", ".wasm"].iter().any(|end| name.ends_with(end)));
    let mut size = 0;
    for path in needed.map(String::as_str).chain([page]) {
        let file = site.files.get(path).with_context(|| format!("there is no {path}"))?;
        size += dist::brotli(&file.bytes)?.len();
    }
    Ok(size)
}

fn marks() -> anyhow::Result<Vec<(String, Vec<u8>)>> {
    let lines = tools::output(&mut Command::new(programs::example("demo_marks")?))?;
    let marks = lines.lines().map(|line| mark(line).with_context(|| format!("not a mark: {line}")));
    let marks: Vec<_> = marks.collect::<anyhow::Result<_>>()?;
    if marks.is_empty() {
        bail!("the authority told no marks of the demo");
    }
    Ok(marks)
}

/// `seed-text 6c69616e…`
fn mark(line: &str) -> Option<(String, Vec<u8>)> {
    let (name, digits) = line.split_once(' ')?;
    let bytes = base16ct::lower::decode_vec(digits).ok()?;
    // A short mark would match by chance.
    (bytes.len() >= 8).then(|| (name.to_owned(), bytes))
}

/// Returns the files that contain `bytes` raw, in hexadecimal or in base64.
fn files_with(built: &Built, bytes: &[u8]) -> Vec<String> {
    let hex = base16ct::lower::encode_string(bytes);
    let base64 = Base64Unpadded::encode_string(bytes);
    let forms = [bytes.to_vec(), hex.to_uppercase().into_bytes(), hex.into_bytes(), base64.into_bytes()];
    let holds = |file: &[u8]| forms.iter().any(|form| find(file, form));
    built.site.files.iter().filter(|(_, file)| holds(&file.bytes)).map(|(path, _)| path.clone()).collect()
}

fn find(bytes: &[u8], wanted: &[u8]) -> bool {
    let Some((first, _)) = wanted.split_first() else { return false };
    let starts = bytes.iter().enumerate().filter(|(_, byte)| *byte == first).map(|(at, _)| at);
    starts.into_iter().any(|at| bytes.get(at..).is_some_and(|rest| rest.starts_with(wanted)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_read_and_found_at_any_place() {
        let (name, bytes) = mark("seed-text 0011223344556677").unwrap();
        assert_eq!(
            (name.as_str(), bytes.as_slice()),
            ("seed-text", &[0, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77][..])
        );
        assert_eq!(mark("short 0011"), None);
        assert_eq!(mark("odd 00112233445566778"), None);
        assert!(
            find(b"..a.abc", b"abc") && find(b"abc", b"abc") && !find(b"ab", b"abc") && !find(b"abd", b"abc")
        );
    }
}

//! `liangzheng scan`: reads a payload from pictures of a screen, and judges it.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;
use optical::{Progress, Sessions, scan_still};
use protocol::received::name_of;

use crate::args::ScanArgs;
use crate::exit::{Exit, wrong, wrong_code};
use crate::judge::Judge;
use crate::output::Output;
use crate::say::fill;
use crate::{input, picture};

/// Milliseconds between two pictures: the frames of a video.
const STEP_MS: u64 = 40;
/// Most pictures of one folder.
const MAX_PICTURES: usize = 10_000;

/// Runs the command.
pub(crate) fn run(args: &ScanArgs, out: &mut Output) -> Result<Exit> {
    let judge = Judge::new(&args.judge)?;
    let mut files = Vec::new();
    for path in &args.images {
        if path.is_dir() { files.extend(pictures(path)?) } else { files.push(path.clone()) }
    }
    let mut sessions = Sessions::new();
    let (mut codes, mut frames, mut other) = (0_usize, 0_usize, None);
    for (file, at) in files.iter().zip((0_u64..).map(|turn| turn * STEP_MS)) {
        let bytes = input::read(file, input::PICTURE)?;
        let Some(luma) = picture::luma(&bytes) else {
            return Err(wrong("cli.wrong.picture", &[("file", &input::name(file))]).into());
        };
        for found in scan_still(&luma.pixels, luma.width, luma.height, luma.width) {
            codes += 1;
            match sessions.accept(&found.bytes, at) {
                Progress::Complete(payload) => return judge.one_way(payload, out),
                Progress::NotAFrame(_) => {
                    other = other.or_else(|| core::str::from_utf8(&found.bytes).ok().and_then(name_of));
                }
                Progress::Refused(_) => {}
                _ => frames += 1,
            }
        }
    }
    if let Some(other) = other.filter(|_| frames == 0) {
        let shown = args.images.first().map(|path| input::name(path)).unwrap_or_default();
        return Err(wrong_code("cli.wrong.other-kind", &shown, other.code()).into());
    }
    // Pictures without a complete presentation are undetermined.
    let (pictures, codes, frames) = (files.len().to_string(), codes.to_string(), frames.to_string());
    let seen = [("pictures", pictures.as_str()), ("codes", &codes), ("frames", &frames)];
    eprintln!("{}", fill("cli.scan.incomplete", &seen));
    Ok(Exit::Undetermined)
}

/// Returns the pictures of a folder, by name.
fn pictures(folder: &Path) -> Result<Vec<PathBuf>> {
    let place = folder.display().to_string();
    let fail = |error: std::io::Error| crate::exit::wrong_io("cli.wrong.open", &place, &error);
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(fail)? {
        let path = entry.map_err(fail)?.path();
        let extension = path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase());
        if matches!(extension.as_deref(), Some("png" | "jpg" | "jpeg")) && files.len() < MAX_PICTURES {
            files.push(path);
        }
    }
    if files.is_empty() {
        return Err(wrong("cli.wrong.no-pictures", &[("folder", &place)]).into());
    }
    files.sort();
    Ok(files)
}

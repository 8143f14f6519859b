//! Writes and reads films for a fake camera; prints a summary as JSON.

use std::collections::BTreeMap;
use std::error::Error;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::str::FromStr;
use std::time::{Duration, Instant};

use lexopt::{Arg, ValueExt as _};
use liangzheng_film::{self as film, Family, PayloadFilm, Shown, StillPicture};
use optical::Hint;

const USAGE: &str = "\
film --family NAME [--size BYTES] [--seed N] --out OUT.y4m
    A film of a screen in a hand, calculated. What each frame shows is written beside it, as OUT.json.
    --payload FILE instead of --size: this payload. --symbols FILE: codes that another program drew,
    as [{\"size\": 21, \"dark\": \"1110…\"}, …].
film --set DIR [--seed N] [--only TEXT]
    All families at all sizes (NAME-SIZE.y4m), or those whose name holds TEXT. What this program has
    already made there is not made again.
film --read FILE.y4m|DIR [--only TEXT]
    Our decoder over every frame: what it reads, and how long it takes.
film --pictures DIR
    Single pictures that are made to cost a decoder time, as NAME.pgm, and those without a code, as
    quiet/NAME.pgm.
film --frames LIST.json --out OUT.y4m [--code-width PIXELS] [--tail-ms MS]
    Pictures of a real screen: LIST.json is [{\"file\": \"0001.png\", \"ms\": 12.5}, …], the files beside it.
film --payload FILE --out OUT.y4m [--version 1..40] [--hold FRAMES]
    The codes of a payload as they are, without a camera.";

/// The payload sizes of a set, in bytes. Families that are not measured by size have one.
const SIZES: [(usize, &str); 5] =
    [(1_536, "1.5k"), (2_048, "2k"), (4_096, "4k"), (8_192, "8k"), (16_384, "16k")];
const USUAL_SIZE: usize = 8_192;

fn main() -> ExitCode {
    match run(lexopt::Parser::from_env()) {
        Ok(said) => {
            println!("{said}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("film: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: lexopt::Parser) -> Result<String, Box<dyn Error>> {
    let Some(mut options) = Options::read(arguments)? else {
        let names: Vec<_> = Family::ALL.iter().map(|family| family.name()).collect();
        return Ok(format!("{USAGE}\nfamilies: {}", names.join(" ")));
    };
    if let Some(folder) = options.path("--set") {
        return set(&folder, options);
    }
    if let Some(films) = options.path("--read") {
        return read(&films, options);
    }
    if let Some(folder) = options.path("--pictures") {
        options.end()?;
        return pictures(&folder);
    }
    let out = &options.path("--out").ok_or(USAGE)?;
    let said = if let Some(list) = options.path("--frames") {
        let code_width = options.number("--code-width")?.unwrap_or(560.0);
        let tail_ms = options.number("--tail-ms")?.unwrap_or(500);
        options.end()?;
        let film = film::from_screenshots(&list, code_width, tail_ms, out)?;
        serde_json::json!({
            "frames": film.frames,
            "pictures": film.pictures,
            "readable": film.readable,
            "narrowestCode": film.narrowest_code,
        })
    } else if let Some(name) = options.text("--family")? {
        staged(&name, options, out)?
    } else {
        let file = options.path("--payload").ok_or(USAGE)?;
        let usual = PayloadFilm::default();
        let how = PayloadFilm {
            version: options.number("--version")?.unwrap_or(usual.version),
            hold: options.number("--hold")?.unwrap_or(usual.hold),
            ..usual
        };
        options.end()?;
        serde_json::json!({ "frames": film::from_payload(&bytes_of(&file)?, how, out)? })
    };
    Ok(said.to_string())
}

fn bytes_of(file: &Path) -> Result<Vec<u8>, String> {
    std::fs::read(file).map_err(|error| format!("{}: {error}", file.display()))
}

fn staged(name: &str, mut options: Options, out: &Path) -> Result<serde_json::Value, Box<dyn Error>> {
    let family = Family::from_name(name).ok_or_else(|| format!("no such family: {name}\n{USAGE}"))?;
    let seed = options.number("--seed")?.unwrap_or(1);
    let size = options.number("--size")?.unwrap_or(USUAL_SIZE);
    let payload = options.path("--payload");
    let symbols = options.path("--symbols");
    options.end()?;
    let truth = match (payload, symbols) {
        (Some(file), _) => film::staged(family, Shown::Payload(&bytes_of(&file)?), seed, None, out)?,
        (None, Some(file)) => {
            let drawn: Vec<film::DrawnSymbol> = serde_json::from_slice(&bytes_of(&file)?)?;
            film::staged(family, Shown::Symbols(&drawn), seed, None, out)?
        }
        (None, None) => film::staged(family, Shown::Payload(&film::payload(size, seed)), seed, None, out)?,
    };
    let whole = truth.frames.iter().filter(|frame| frame.whole).count();
    Ok(serde_json::json!({ "frames": truth.frames.len(), "pictures": truth.pictures.len(), "whole": whole }))
}

/// Writes all films whose name contains a text.
fn set(folder: &Path, mut options: Options) -> Result<String, Box<dyn Error>> {
    let seed = options.number("--seed")?.unwrap_or(1);
    let only = options.text("--only")?.unwrap_or_default();
    options.end()?;
    std::fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut made = 0;
    for family in Family::ALL {
        let by_size = matches!(family, Family::Fair | Family::Hard | Family::Hostile);
        for (size, label) in SIZES.into_iter().filter(|(size, _)| by_size || *size == USUAL_SIZE) {
            let name = format!("{}-{label}", family.name());
            let out = folder.join(format!("{name}.y4m"));
            if !name.contains(&only) || is_fresh(&out) {
                continue;
            }
            let begin = Instant::now();
            let truth = film::staged(family, Shown::Payload(&film::payload(size, seed)), seed, None, &out)?;
            eprintln!("{name}: {} frames, {:.1} s", truth.frames.len(), begin.elapsed().as_secs_f64());
            made += 1;
        }
    }
    Ok(format!("{made} films made in {}", folder.display()))
}

/// Writes the hostile pictures into a folder, and those without a code into a subfolder.
fn pictures(folder: &Path) -> Result<String, Box<dyn Error>> {
    let mut written = 0;
    for (folder, pictures) in
        [(folder.to_owned(), film::hostile_pictures()), (folder.join("quiet"), film::quiet_pictures())]
    {
        std::fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        for StillPicture { name, width, height, luma } in pictures {
            let mut file = format!("P5\n{width} {height}\n255\n").into_bytes();
            file.extend_from_slice(&luma);
            std::fs::write(folder.join(format!("{}.pgm", name.replace([' ', ','], "-"))), file)?;
            written += 1;
        }
    }
    Ok(format!("{written} pictures in {}", folder.display()))
}

/// Whether a film was written by this build of the program.
fn is_fresh(film: &Path) -> bool {
    let time = |path: &Path| std::fs::metadata(path).and_then(|data| data.modified()).ok();
    let program = std::env::current_exe().ok();
    time(film).zip(program.as_deref().and_then(time)).is_some_and(|(film, program)| film > program)
}

/// Reads films and prints a table.
fn read(path: &Path, mut options: Options) -> Result<String, Box<dyn Error>> {
    let only = options.text("--only")?.unwrap_or_default();
    options.end()?;
    let films = if path.is_dir() { films_in(path, &only)? } else { vec![path.to_owned()] };
    println!(
        "{:<24}{:>7}{:>7}{:>8}{:>8}{:>7}{:>8}{:>8}{:>18}  hints",
        "film", "frames", "whole", "read", "of it", "false", "ms p50", "ms max", "ms to complete"
    );
    for path in films {
        let reading = film::read(&path)?;
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let mut times = reading.times.clone();
        times.sort();
        let ms = |time: Option<&Duration>| time.map_or(0.0, |time| time.as_secs_f64() * 1000.0);
        let mut complete: Vec<usize> = reading.to_complete.iter().map(|t| t.unwrap_or(usize::MAX)).collect();
        complete.sort_unstable();
        let at = |percent: usize| match complete.get(complete.len() * percent / 100) {
            Some(&frames) if frames < usize::MAX => (frames * 1000 / 30).to_string(),
            _ => "never".into(),
        };
        println!(
            "{name:<24}{:>7}{:>7}{:>7.1}%{:>8}{:>7}{:>8.1}{:>8.1}{:>18}  {}",
            reading.frames,
            reading.whole,
            100.0 * reading.read as f64 / reading.frames.max(1) as f64,
            if reading.whole == 0 {
                "-".into()
            } else {
                format!("{:.1}%", 100.0 * reading.whole_read as f64 / reading.whole as f64)
            },
            reading.false_bytes,
            ms(times.get(times.len() / 2)),
            ms(times.last()),
            format!("{} / {}", at(50), at(95)),
            Hint::ALL
                .iter()
                .filter(|hint| reading.hints.contains(&Some(**hint)))
                .map(|hint| hint.name())
                .collect::<Vec<_>>()
                .join(" "),
        );
    }
    Ok("of it: share of the whole frames, which show one code untorn; to complete: p50 / p95 over all starts, \
        every frame looked at; hints: those that a person would see"
        .into())
}

fn films_in(folder: &Path, only: &str) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut films = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if path.extension().is_some_and(|end| end == "y4m") && name.contains(only) {
            films.push(path);
        }
    }
    films.sort();
    Ok(films)
}

/// Options of any task, each with a value; a task takes what it knows and ends with [`Options::end`].
struct Options(BTreeMap<String, OsString>);

impl Options {
    /// Reads a command line; `None` if it asks for help.
    fn read(mut arguments: lexopt::Parser) -> Result<Option<Self>, Box<dyn Error>> {
        let mut options = BTreeMap::new();
        while let Some(argument) = arguments.next()? {
            let name = match argument {
                Arg::Short('h') | Arg::Long("help") => return Ok(None),
                Arg::Long(name) => format!("--{name}"),
                other => return Err(format!("{}\n{USAGE}", other.unexpected()).into()),
            };
            options.insert(name, arguments.value()?);
        }
        Ok(Some(Self(options)))
    }

    fn path(&mut self, name: &str) -> Option<PathBuf> {
        self.0.remove(name).map(PathBuf::from)
    }

    fn text(&mut self, name: &str) -> Result<Option<String>, lexopt::Error> {
        self.0.remove(name).map(|value| value.string()).transpose()
    }

    fn number<T: FromStr>(&mut self, name: &str) -> Result<Option<T>, String> {
        let Some(value) = self.0.remove(name) else {
            return Ok(None);
        };
        let text = value.to_string_lossy();
        text.parse().map(Some).map_err(|_| format!("{name} {text} is no number that fits"))
    }

    fn end(self) -> Result<(), String> {
        match self.0.into_keys().next() {
            Some(unknown) => Err(format!("{unknown} is unknown here\n{USAGE}")),
            None => Ok(()),
        }
    }
}

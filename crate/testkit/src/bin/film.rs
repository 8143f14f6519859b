//! Makes a film for a fake camera and prints what it shows, as JSON.
//!
//! ```text
//! film --frames LIST.json --out OUT.y4m [--code-width PIXELS] [--tail-ms MS]
//! film --payload FILE --out OUT.y4m [--version 1..40] [--hold FRAMES]
//! ```
//! LIST.json is `[{"file": "0001.png", "ms": 12.5}, …]`, the files beside it.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;
use std::process::ExitCode;
use std::str::FromStr;

use liangzheng_testkit::film::{self, PayloadFilm};

const USAGE: &str = "film --frames LIST.json --out OUT.y4m [--code-width PIXELS] [--tail-ms MS]
film --payload FILE --out OUT.y4m [--version 1..40] [--hold FRAMES]";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
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

fn run(arguments: &[String]) -> Result<serde_json::Value, Box<dyn Error>> {
    let mut options = Options::read(arguments)?;
    let out = options.take("--out").ok_or(USAGE)?;
    let out = Path::new(&out);
    if let Some(list) = options.take("--frames") {
        let code_width = options.number("--code-width")?.unwrap_or(560.0);
        let tail_ms = options.number("--tail-ms")?.unwrap_or(500);
        options.end()?;
        let film = film::from_screenshots(Path::new(&list), code_width, tail_ms, out)?;
        Ok(serde_json::json!({
            "frames": film.frames,
            "pictures": film.pictures,
            "readable": film.readable,
            "narrowestCode": film.narrowest_code,
        }))
    } else {
        let file = options.take("--payload").ok_or(USAGE)?;
        let usual = PayloadFilm::default();
        let how = PayloadFilm {
            version: options.number("--version")?.unwrap_or(usual.version),
            hold: options.number("--hold")?.unwrap_or(usual.hold),
            ..usual
        };
        options.end()?;
        let payload = std::fs::read(&file).map_err(|error| format!("{file}: {error}"))?;
        Ok(serde_json::json!({ "frames": film::from_payload(&payload, how, out)? }))
    }
}

/// Pairs of a name and a value.
struct Options(BTreeMap<String, String>);

impl Options {
    fn read(arguments: &[String]) -> Result<Self, Box<dyn Error>> {
        let (pairs, rest) = arguments.as_chunks::<2>();
        if !rest.is_empty() {
            return Err(USAGE.into());
        }
        Ok(Self(pairs.iter().cloned().map(Into::into).collect()))
    }

    fn take(&mut self, name: &str) -> Option<String> {
        self.0.remove(name)
    }

    fn number<T: FromStr>(&mut self, name: &str) -> Result<Option<T>, String> {
        let Some(text) = self.take(name) else {
            return Ok(None);
        };
        text.parse().map(Some).map_err(|_| format!("{name} {text} is no number that fits"))
    }

    fn end(self) -> Result<(), String> {
        match self.0.into_keys().next() {
            Some(unknown) => Err(format!("{unknown} is unknown here\n{USAGE}")),
            None => Ok(()),
        }
    }
}

//! Makes a film for a fake camera.
//!
//! ```text
//! film screenshots LIST.json OUT.y4m [CODE_WIDTH [TAIL_MS]]   prints what the film shows, as JSON
//! film payload FILE OUT.y4m [VERSION]
//! ```

use std::path::Path;
use std::process::ExitCode;

use liangzheng_testkit::film::{self, PayloadFilm};

const USAGE: &str = "film screenshots LIST.json OUT.y4m [CODE_WIDTH [TAIL_MS]]
film payload FILE OUT.y4m [VERSION]";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
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

fn run(arguments: &[&str]) -> Result<String, Box<dyn std::error::Error>> {
    match *arguments {
        ["screenshots", list, out, ref rest @ ..] if rest.len() <= 2 => {
            let code_width = rest.first().map_or(Ok(560.0), |text| text.parse())?;
            let tail_ms = rest.get(1).map_or(Ok(500), |text| text.parse())?;
            let film = film::from_screenshots(Path::new(list), code_width, tail_ms, Path::new(out))?;
            Ok(serde_json::json!({
                "frames": film.frames,
                "pictures": film.pictures,
                "readable": film.readable,
                "narrowestCode": film.narrowest_code,
            })
            .to_string())
        }
        ["payload", file, out, ref rest @ ..] if rest.len() <= 1 => {
            let mut how = PayloadFilm::default();
            if let Some(version) = rest.first() {
                how.version = version.parse()?;
            }
            let payload = std::fs::read(file).map_err(|error| format!("{file}: {error}"))?;
            let frames = film::from_payload(&payload, how, Path::new(out))?;
            Ok(serde_json::json!({ "frames": frames }).to_string())
        }
        _ => Err(USAGE.into()),
    }
}

//! The shipped site in Chromium, by Playwright; also what screenshots and benchmarks need.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context as _, bail};
use serde_json::Value;

use super::node;
use super::sites::Sites;
use crate::count::Count;
use crate::profile::Profile;
use crate::site::Site;
use crate::step::{say, step};
use crate::{http, programs, site, tools};

const CHROMIUM_NAMES: [&str; 5] =
    ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const CHINESE_FONTS: &str = "fonts-noto-cjk";

/// The programs that browser tests need.
pub(crate) struct Browser {
    node: PathBuf,
    chromium: Option<PathBuf>,
    film: PathBuf,
}

/// The addresses of the two sites; `production` only if it was built.
pub(crate) struct SiteUrls {
    pub demo: String,
    pub production: Option<String>,
}

pub(super) fn run(sites: &Sites, filter: &[String]) -> anyhow::Result<Count> {
    let browser = Browser::prepare()?;
    let (demo, production) = sites.both()?;
    let urls = SiteUrls { demo: serve(&demo.site)?, production: Some(serve(&production.site)?) };
    let mut command = browser.playwright("pages", &urls);
    command.args(filter);
    command.env("LIANGZHENG_SITE", &demo.folder).env("LIANGZHENG_PRODUCTION_SITE", &production.folder);
    command.env("LIANGZHENG_WYCHEPROOF", crate::attack::wycheproof()?);
    playwright(&mut command, "playwright-report.json")
}

/// Runs Playwright, and counts by a report of this name.
pub(super) fn playwright(command: &mut Command, report: &str) -> anyhow::Result<Count> {
    let report = tools::target_dir().join(report);
    let _ = std::fs::remove_file(&report);
    command.env("LIANGZHENG_REPORT", &report);
    // One line per test and no rewritten lines, because other parts write too.
    command.env("PLAYWRIGHT_FORCE_TTY", "0");
    let status = command.status().context("cannot start Playwright")?;
    let report = std::fs::read_to_string(&report).context("Playwright wrote no report")?;
    let mut count = counted(&serde_json::from_str(&report).context("Playwright's report")?);
    if !status.success() && count.failed == 0 {
        count.check(false, format!("Playwright ended with {status}"));
    }
    Ok(count)
}

/// Serves a copy of `site` on a free port until this program ends.
pub(super) fn serve(site: &Site) -> anyhow::Result<String> {
    let listeners = http::listen(0)?;
    let url = format!("http://localhost:{}", listeners.port);
    let copy = site.clone();
    std::thread::spawn(move || http::answer(listeners, copy));
    Ok(url)
}

impl SiteUrls {
    /// Builds the demo and serves it.
    pub(crate) fn demo() -> anyhow::Result<Self> {
        Ok(Self { demo: serve(&site::build(Profile::Demo)?)?, production: None })
    }
}

impl Browser {
    /// Finds or installs everything needed, or fails with the command that installs it.
    pub(crate) fn prepare() -> anyhow::Result<Self> {
        let node = node::program()?;
        node::packages(&tools::root().join("tests"))?;
        // One test shows the verifier documents of another library.
        node::packages(&tools::root().join("tests/interop"))?;
        let chromium = chromium()?;
        fonts();
        // `trust` of the test kit lies beside it, where `tests/browser/support/trust.mjs` looks.
        Ok(Self { node, chromium, film: programs::program("film")? })
    }

    /// Returns `node` in `tests/` with the addresses and paths of everything in its environment.
    pub(crate) fn node(&self, urls: &SiteUrls) -> Command {
        let mut command = self.plain_node();
        command.env("LIANGZHENG_URL", &urls.demo);
        if let Some(production) = &urls.production {
            command.env("LIANGZHENG_PRODUCTION_URL", production);
        }
        command
    }

    /// Returns `node` in `tests/` with the paths of the browser and the film maker in its environment.
    pub(super) fn plain_node(&self) -> Command {
        let mut command = Command::new(&self.node);
        command.current_dir(tools::root().join("tests"));
        for (name, value) in [("CHROMIUM", self.chromium.as_ref()), ("LIANGZHENG_FILM", Some(&self.film))] {
            if let Some(value) = value {
                command.env(name, value);
            }
        }
        command
    }

    /// Returns Playwright's runner for a project of its configuration.
    pub(crate) fn playwright(&self, project: &str, urls: &SiteUrls) -> Command {
        let mut command = self.node(urls);
        command.args(["node_modules/@playwright/test/cli.js", "test"]).arg(format!("--project={project}"));
        command
    }
}

/// Returns an installed Chrome or Chromium, else installs Debian's package, else Playwright's own browser (`None`).
pub(super) fn chromium() -> anyhow::Result<Option<PathBuf>> {
    if let Some(named) = std::env::var_os("CHROMIUM") {
        let named = PathBuf::from(named);
        if !named.is_file() {
            bail!("CHROMIUM names {}, which is no file", named.display());
        }
        return Ok(Some(named));
    }
    let applications = [
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
    ];
    let installed = || {
        let application = applications.iter().map(PathBuf::from).find(|file| file.is_file());
        tools::on_path(&CHROMIUM_NAMES).or(application)
    };
    if let Some(found) = installed() {
        return Ok(Some(found));
    }
    if tools::apt_install("chromium")
        && let Some(found) = installed()
    {
        return Ok(Some(found));
    }
    const FIX: &str = "fix: install Chromium (Debian: sudo apt-get install chromium), or: cd tests && npx playwright install chromium";
    let tests = tools::root().join("tests");
    let mut own = Command::new("npx");
    own.current_dir(tests).args(["playwright", "install", "chromium"]);
    step("npx playwright install chromium", || tools::run(&mut own).context(FIX))?;
    Ok(None)
}

/// Installs Chinese fonts if possible; without them the pages show boxes.
pub(super) fn fonts() {
    let Ok(list) = tools::output(Command::new("fc-list").arg(":lang=zh-cn")) else { return };
    if list.trim().is_empty() && !tools::apt_install(CHINESE_FONTS) {
        say(&format!(
            "  no Chinese font: screenshots will show boxes; fix: sudo apt-get install {CHINESE_FONTS}"
        ));
    }
}

/// Adds up Playwright's JSON report.
fn counted(report: &Value) -> Count {
    let stat = |name: &str| {
        let number = report.get("stats").and_then(|stats| stats.get(name)).and_then(Value::as_u64);
        u32::try_from(number.unwrap_or(0)).unwrap_or(u32::MAX)
    };
    let mut count =
        Count { passed: stat("expected"), failed: stat("unexpected") + stat("flaky"), ..Count::default() };
    if stat("skipped") > 0 {
        count.lines.push(format!("{} skipped", stat("skipped")));
    }
    let errors = report.get("errors").and_then(Value::as_array).map_or(0, Vec::len);
    if errors > 0 {
        count.check(false, format!("{errors} errors outside of tests: see above"));
    }
    let suites = report.get("suites").and_then(Value::as_array);
    for suite in suites.into_iter().flatten() {
        failures(suite, &mut count.lines);
    }
    count
}

/// Returns the beginning of the first error of a test that failed, on one line: all that is left of it where only the end of
/// the output is kept.
fn reason(spec: &Value) -> String {
    const MOST: usize = 300;
    let list = |of: &Value, name: &str| of.get(name).and_then(Value::as_array).cloned().unwrap_or_default();
    let results = list(spec, "tests").iter().flat_map(|test| list(test, "results")).collect::<Vec<_>>();
    let mut errors = results.iter().flat_map(|result| list(result, "errors"));
    let Some(Value::String(message)) = errors.find_map(|error| error.get("message").cloned()) else {
        return String::new();
    };
    let mut plain = String::new();
    let mut escaped = false;
    for letter in message.chars() {
        match letter {
            '\u{1b}' => escaped = true,
            _ if escaped => escaped = letter != 'm',
            _ if letter.is_whitespace() => plain.push(' '),
            _ => plain.push(letter),
        }
    }
    let words = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    format!(": {}", words.chars().take(MOST).collect::<String>())
}

fn failures(suite: &Value, lines: &mut Vec<String>) {
    let list = |name: &str| suite.get(name).and_then(Value::as_array).into_iter().flatten();
    for spec in list("specs").filter(|spec| spec.get("ok").and_then(Value::as_bool) == Some(false)) {
        let text = |name: &str| spec.get(name).and_then(Value::as_str).unwrap_or("?");
        lines.push(format!("FAIL {}: {}{}", text("file"), text("title"), reason(spec)));
    }
    for inner in list("suites") {
        failures(inner, lines);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_flaky_tests_and_errors_outside_of_tests_as_failed() {
        let report = serde_json::json!({
            "stats": { "expected": 5, "unexpected": 1, "flaky": 1, "skipped": 2 },
            "errors": [{ "message": "no such file" }],
            "suites": [{ "specs": [], "suites": [{ "specs": [
                { "file": "a.spec.mjs", "title": "claims", "ok": true },
                { "file": "a.spec.mjs", "title": "flips", "ok": false },
            ] }] }],
        });
        let count = counted(&report);
        assert_eq!((count.passed, count.failed), (5, 3));
        assert!(count.lines.contains(&"FAIL a.spec.mjs: flips".to_owned()), "{:?}", count.lines);
    }

    #[test]
    fn the_reason_of_a_failure_is_on_its_line_without_colours_and_bounded() {
        let failed = |message: &str| {
            let results = serde_json::json!([{ "errors": [] }, { "errors": [{ "message": message }] }]);
            reason(&serde_json::json!({ "tests": [{ "results": results }] }))
        };
        assert_eq!(failed("\u{1b}[2mexpect(\u{1b}[22mlocator)\n\n  Timeout"), ": expect(locator) Timeout");
        assert_eq!(failed(&"证".repeat(1000)), format!(": {}", "证".repeat(300)));
        assert_eq!(reason(&serde_json::json!({ "tests": [] })), "");
    }
}

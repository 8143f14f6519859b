//! `cargo xtask serve`

use std::process::{Command, Stdio};
use std::time::Instant;

use crate::profile::Profile;
use crate::step::{say, seconds};
use crate::{http, site};

/// The options of `serve`.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Serve {
    /// 0 takes any free port.
    pub port: u16,
    /// Whether to open a browser.
    pub open: bool,
    /// Which site.
    pub profile: Profile,
}

/// Builds the site and serves it until it is stopped.
pub(crate) fn run(serve: &Serve) -> anyhow::Result<()> {
    let start = Instant::now();
    // First, so that a port in use is reported before a long build.
    let listeners = http::listen(serve.port)?;
    let site = site::build(serve.profile)?;
    let url = format!("http://localhost:{}/", listeners.port);
    say(&format!(
        "ready: {url} ({}, build {}, after {}; stop with Ctrl-C)",
        serve.profile.name(),
        site.build,
        seconds(start.elapsed())
    ));
    if serve.open {
        open(&url);
    }
    http::answer(listeners, site);
    Ok(())
}

fn open(url: &str) {
    let opener = if cfg!(target_os = "macos") {
        "open"
    } else if cfg!(windows) {
        "explorer"
    } else {
        "xdg-open"
    };
    let started = Command::new(opener).arg(url).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    if started.is_err() {
        say(&format!("  no browser could be opened by {opener}; open {url} yourself"));
    }
}

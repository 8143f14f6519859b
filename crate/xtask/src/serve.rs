//! `cargo xtask serve`

use std::process::{Command, Stdio};
use std::time::Instant;

use crate::profile::Profile;
use crate::step::{say, seconds};
use crate::{http, partners, site};

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

/// Builds the site and serves it until it is stopped; the demo with the partner sites on the next port.
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
    // The demo is used meanwhile. A production site has no demo authority, which the partners trust.
    if serve.profile == Profile::Demo {
        let port = if serve.port == 0 { Some(0) } else { serve.port.checked_add(1) };
        let wallet = url.trim_end_matches('/').to_owned();
        port.map(|port| std::thread::spawn(move || partners::serve(port, &wallet)));
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

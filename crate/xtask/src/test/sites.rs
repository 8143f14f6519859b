//! The demo and the production site, built once for all parts that need them.

use std::path::PathBuf;
use std::sync::OnceLock;
use std::thread;

use anyhow::anyhow;

use crate::profile::Profile;
use crate::site::{self, Site};
use crate::{dist, tools};

/// The two sites as files, built once for all parts that need them.
#[derive(Default)]
pub(crate) struct Sites {
    built: OnceLock<Result<(Built, Built), String>>,
}

/// A site in memory and as a folder.
pub(crate) struct Built {
    pub site: Site,
    pub folder: PathBuf,
}

impl Sites {
    /// Returns demo and production. The first call builds both at the same time, because each ends with minutes in one
    /// thread.
    pub(crate) fn both(&self) -> anyhow::Result<&(Built, Built)> {
        let build = |profile: Profile| {
            let site = site::build(profile)?;
            let folder = tools::target_dir().join("test-sites").join(profile.name());
            dist::write_plain(&site, &folder)?;
            anyhow::Ok(Built { site, folder })
        };
        let both = || {
            tools::ensure_wasm_target()?;
            thread::scope(|scope| {
                let demo = scope.spawn(|| build(Profile::Demo));
                let production = build(Profile::Production)?;
                let demo = demo.join().map_err(|_| anyhow!("building the demo panicked"))??;
                anyhow::Ok((demo, production))
            })
        };
        let built = self.built.get_or_init(|| both().map_err(|error| format!("{error:#}")));
        built.as_ref().map_err(|error| anyhow!(error.clone()))
    }
}

//! The partner sites with the packed npm package: their server in Node, their pages in Chromium.

use std::process::Command;

use super::browser::{self, Browser, SiteUrls};
use super::node;
use super::sites::Sites;
use crate::count::Count;
use crate::{partners, tools};

pub(super) fn run(sites: &Sites, filter: &[String]) -> anyhow::Result<Count> {
    let tarball = partners::install()?;
    let folder = tools::root().join("tests/partners");
    let mut count = if filter.is_empty() {
        let mut command = Command::new(node::program()?);
        command.current_dir(&folder).env("LIANGZHENG_TARBALL", &tarball);
        node::run_tests(&mut command, &[&folder])?
    } else {
        Count::default()
    };
    let browser = Browser::prepare()?;
    let (demo, _) = sites.both()?;
    let urls = SiteUrls { demo: browser::serve(&demo.site)?, production: None };
    let pages =
        browser::playwright(browser.playwright("partners", &urls).args(filter), "playwright-partners.json")?;
    count.passed += pages.passed;
    count.failed += pages.failed;
    count.lines.extend(pages.lines);
    Ok(count)
}

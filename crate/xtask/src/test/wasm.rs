//! The shipped module, driven from Node; and a reader of the optical link that is made from its description alone.

use std::process::Command;

use super::node;
use super::sites::Sites;
use crate::count::Count;
use crate::{programs, tools};

pub(super) fn run(sites: &Sites) -> anyhow::Result<Count> {
    let node = node::program()?;
    // A QR encoder that is not ours makes the symbols for the scanner's tests.
    let tests = tools::root().join("tests");
    node::packages(&tests)?;
    let (demo, production) = sites.both()?;
    let mut command = Command::new(node);
    command.current_dir(&tests).env("LIANGZHENG_SITE", &demo.folder);
    command.env("LIANGZHENG_PRODUCTION_SITE", &production.folder);
    command.env("LIANGZHENG_TAMPERED", crate::attack::tamper_sample()?);
    command
        .env("LIANGZHENG_DRAW", programs::example("draw")?)
        .env("LIANGZHENG_WYCHEPROOF", crate::attack::wycheproof()?);
    node::run_tests(&mut command, &[&tests.join("wasm"), &tests.join("optical")])
}

//! The partner sites of `www/partners`, on an origin of their own: a small Node server with the npm package as it is packed.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::Context as _;

use crate::step::{say, step};
use crate::{node, pack, tools};

/// Packs the package, and installs it for the partner sites as a partner does. Returns the tarball.
pub(crate) fn install() -> anyhow::Result<PathBuf> {
    node::program()?;
    let packed = pack::pack()?;
    let mut command = Command::new(pack::npm()?);
    command.current_dir(folder()).args(["install", "--no-save", "--no-package-lock", "--ignore-scripts"]);
    command.args(["--no-audit", "--no-fund", "--silent", "--offline"]).arg(&packed.tarball);
    step("npm install of the tarball", || tools::run(&mut command))?;
    Ok(packed.tarball)
}

/// The partner sites.
pub(crate) fn folder() -> PathBuf {
    tools::root().join("www/partners")
}

/// The server of the partner sites; it ends with its standard input.
pub(crate) fn server(port: u16, wallet: &str) -> anyhow::Result<Child> {
    let mut command = Command::new(node::program()?);
    command.current_dir(folder()).arg(Path::new("server").join("serve.mjs"));
    command.args([&port.to_string(), wallet, "--attached"]).stdin(Stdio::piped());
    command.spawn().context("cannot start the server of the partner sites")
}

/// Packs, installs and serves, until this program ends. What hinders it is said, and the demo goes on.
pub(crate) fn serve(port: u16, wallet: &str) {
    let served = install().and_then(|_| server(port, wallet)).and_then(|mut child| {
        // Held open: its end is the server's.
        let _input = child.stdin.take();
        Ok(child.wait()?)
    });
    match served {
        Ok(status) => say(&format!("the server of the partner sites ended with {status}")),
        Err(error) => say(&format!("the partner sites are not served: {error:#}")),
    }
}

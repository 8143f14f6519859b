//! Build, serve, test, bench, fuzz and dist.
fn main() {}

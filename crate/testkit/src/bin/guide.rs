//! Writes the guide to every code, `docs/errors.md` and the page `/errors/`, the tests of each threat in `docs/threats.md`, and
//! the ready policies in `docs/policies.md` with their schema, and the schema of records.

use std::path::Path;

fn main() -> std::io::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    for (file, text) in liangzheng_testkit::guide::documents(&root)? {
        std::fs::write(root.join(file), text)?;
        println!("written: {file}");
    }
    Ok(())
}

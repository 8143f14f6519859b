//! `docs/threats.md` has every threat once, each with its tests unless it says that it is open.

use std::path::Path;

use liangzheng_testkit::hostile::Threat;

use crate::every;

#[test]
fn every_threat_is_listed_once_and_covered() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let document = std::fs::read_to_string(root.join("docs/threats.md")).unwrap();
    let rows: Vec<_> =
        document.lines().filter_map(|line| line.strip_prefix("| `")?.split_once("` | ")).collect();
    let ids: Vec<_> = rows.iter().map(|(id, _)| *id).collect();
    assert_eq!(ids, Threat::ALL.iter().map(|threat| threat.id()).collect::<Vec<_>>());
    for (id, row) in rows {
        assert!(
            row.contains("**Open**") || !row.ends_with("| none |"),
            "{id} is covered by no test, and is not open"
        );
    }
    for file in every().iter().filter_map(|file| file.expect.threat) {
        assert!(ids.contains(&file.id()), "{}", file.id());
    }
}

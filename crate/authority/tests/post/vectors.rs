//! The published vectors are what is made; `tests/interop` has another library open them.

use serde_json::Value;

#[path = "../../examples/claim_messages/vectors.rs"]
mod made;

#[test]
fn the_published_vectors_are_what_is_made() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/claim-messages.json");
    let made = format!("{:#}\n", made::vectors().unwrap());
    if std::env::var_os("LIANGZHENG_WRITE_DOCS").is_some() {
        std::fs::write(path, &made).unwrap();
    }
    let kept: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let made: Value = serde_json::from_str(&made).unwrap();
    assert_eq!(kept, made, "LIANGZHENG_WRITE_DOCS=1 cargo test -p liangzheng-authority --test post vectors");
    assert_eq!(made["answers"].as_array().map(Vec::len), Some(3));
}

//! JSON.

use std::collections::BTreeMap;

use super::{awkward, written};

/// V0, V1, ... of an object of texts.
pub(super) fn values(text: &str, count: usize) -> Vec<String> {
    let read: BTreeMap<String, String> = serde_json::from_str(text).expect("JSON of texts");
    assert_eq!(read.len(), count);
    (0..count).map(|index| read[&format!("V{index}")].clone()).collect()
}

#[test]
fn json_holds_awkward_values() {
    let (text, kept) = written("json", &awkward());
    assert_eq!(kept, awkward());
    assert_eq!(values(&text, kept.len()), kept);
}

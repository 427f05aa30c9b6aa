//! One JSON object: texts, or typed values.

use envctl_resolver::Resolution;
use serde::Serializer as _;
use serde::ser::SerializeMap;
use zeroize::Zeroizing;

use super::Exported;
use crate::typed::Typed;
use crate::wiped::Growing;

/// Every value as text.
pub(super) fn text(values: &[Exported<'_>]) -> Zeroizing<String> {
    #[expect(clippy::disallowed_methods, reason = "written to where the user asked")]
    print(values.iter().map(|exported| (exported.name, exported.value.expose())))
}

/// Numbers, booleans, lists and JSON as such; durations in seconds.
pub(super) fn typed(resolution: &Resolution, values: &[Exported<'_>]) -> Zeroizing<String> {
    let typed = values
        .iter()
        .filter_map(|exported| Some((exported.name, Typed::of(resolution, &exported.variable.name)?)));
    print(typed)
}

fn print<'a, V: serde::Serialize>(entries: impl Iterator<Item = (&'a str, V)>) -> Zeroizing<String> {
    let mut written_so_far = Growing::default();
    let mut serializer = serde_json::Serializer::pretty(&mut written_so_far);
    let written = serializer.serialize_map(None).and_then(|mut map| {
        for (name, value) in entries {
            map.serialize_entry(name, &value)?;
        }
        map.end()
    });
    debug_assert!(written.is_ok(), "texts and JSON values always serialise into memory");
    let json = std::str::from_utf8(&written_so_far.0).unwrap_or_default();
    let mut text = Zeroizing::new(String::with_capacity(json.len() + 1));
    text.push_str(json);
    text.push('\n');
    text
}

//! One JSON object: texts, or typed values.

use envctl_resolver::Resolution;
use serde::Serializer as _;
use serde::ser::SerializeMap;
use zeroize::Zeroizing;

use super::Exported;

/// Every value as text.
pub(super) fn text(values: &[Exported<'_>]) -> Zeroizing<String> {
    #[expect(clippy::disallowed_methods, reason = "written to where the user asked")]
    print(values.iter().map(|exported| (exported.name, exported.value.expose())))
}

/// Numbers, booleans, lists and JSON as such; durations in seconds.
pub(super) fn typed(resolution: &Resolution, values: &[Exported<'_>]) -> Zeroizing<String> {
    let typed = values
        .iter()
        .filter_map(|exported| Some((exported.name, resolution.typed(&exported.variable.name)?.to_json())));
    print(typed)
}

fn print<'a, V: serde::Serialize>(entries: impl Iterator<Item = (&'a str, V)>) -> Zeroizing<String> {
    let mut bytes = Zeroizing::new(Vec::new());
    let mut serializer = serde_json::Serializer::pretty(&mut *bytes);
    let written = serializer.serialize_map(None).and_then(|mut map| {
        for (name, value) in entries {
            map.serialize_entry(name, &value)?;
        }
        map.end()
    });
    debug_assert!(written.is_ok(), "texts and JSON values always serialise into memory");
    bytes.push(b'\n');
    Zeroizing::new(String::from_utf8_lossy(&bytes).into_owned())
}

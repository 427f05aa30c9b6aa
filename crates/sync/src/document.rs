//! [`Document`]: plans, and what became of them, for programs.

use serde::Serialize;

use crate::apply::RecordReport;
use crate::plan::Plan;

/// What `envctl sync --json` prints. It holds no value.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "json-schema", schemars(deny_unknown_fields))]
pub struct Document<'a> {
    /// The version of this form. It changes when something here is renamed, removed or means something else; new properties
    /// are described here without a new version.
    pub version: u32,
    /// What would change, one plan for each place.
    pub plans: Vec<&'a Plan>,
    /// What became of it, in the order of the plans and of the records that they write; left out if nothing was carried out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reports: Option<Vec<&'a [RecordReport]>>,
}

impl Document<'_> {
    /// The version of this form.
    pub const VERSION: u32 = 1;
}

/// The JSON Schema of what `envctl sync --json` prints.
#[cfg(feature = "json-schema")]
#[must_use]
pub fn json_schema() -> serde_json::Value {
    use schemars::generate::SchemaSettings;

    let generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
    let mut schema = generator.into_root_schema_for::<Document<'_>>().to_value();
    schema["$id"] =
        "https://raw.githubusercontent.com/envctl/envctl/main/schema/json/sync.schema.json".into();
    schema["title"] = "envctl sync --json".into();
    schema
}

//! The layers of settings as `figment` providers.

use figment::value::{Dict, Map, Value};
use figment::{Metadata, Profile, Provider};

use super::model::ProjectFile;

/// Names of the process environment that are settings, with the setting each stands for.
pub(crate) const VARIABLES: &[(&str, &str)] = &[
    ("ENVCTL_SCHEMA", "schema"),
    ("ENVCTL_ENVIRONMENT", "default_environment"),
    ("ENVCTL_AWS_REGION", "aws.region"),
    ("ENVCTL_AWS_ACCOUNT", "aws.account"),
    ("ENVCTL_VAULT_IDENTITY", "vault.identity"),
    ("ENVCTL_STATE", "state"),
];

/// A parsed `envctl.toml`.
pub(super) struct FileProvider<'a> {
    pub(super) name: &'a str,
    pub(super) file: &'a ProjectFile,
}

impl Provider for FileProvider<'_> {
    fn metadata(&self) -> Metadata {
        Metadata::named(self.name.to_owned())
    }

    fn data(&self) -> Result<Map<Profile, Dict>, figment::Error> {
        let dict = Value::serialize(self.file)?.into_dict().unwrap_or_default();
        Ok(Map::from([(Profile::Default, dict)]))
    }
}

/// One setting given in text form, by an option or a variable.
pub(super) struct Setting {
    /// Its key, with dots.
    pub(super) key: String,
    pub(super) value: Value,
    /// What gave it: `--environment`, `ENVCTL_SCHEMA`, `default`.
    pub(super) given_by: String,
}

impl Provider for Setting {
    fn metadata(&self) -> Metadata {
        Metadata::named(self.given_by.clone())
    }

    fn data(&self) -> Result<Map<Profile, Dict>, figment::Error> {
        let nested = figment::util::nest(&self.key, self.value.clone());
        Ok(Map::from([(Profile::Default, nested.into_dict().unwrap_or_default())]))
    }
}

//! A resolution as configuration for a program: a `figment::Provider`, and [`Resolution::extract`].

use std::fmt;

use figment::error::Kind;
use figment::value::{Dict, Map, Value};
use figment::{Figment, Metadata, Profile, Provider};
use serde::de::DeserializeOwned;

use crate::resolution::Resolution;

/// Gives every resolved variable under its own name, typed: numbers as numbers, booleans as booleans, lists
/// as lists, durations in seconds. In errors, a key is followed by the place of its value.
///
/// ```
/// # use envctl_resolver::{Resolver, sources::EnvFile};
/// # let schema = envschema::Schema::parse("envschema.toml", r#"
/// #     [schema]
/// #     name = "shop"
/// #     [vars.PORT]
/// #     type = "port"
/// #     visibility = "plain"
/// # "#)?;
/// use figment::Figment;
///
/// #[derive(serde::Deserialize)]
/// struct Config {
///     #[serde(rename = "PORT")]
///     port: u16,
/// }
///
/// let file = EnvFile::parse("PORT=8080\n", ".env");
/// let resolution = Resolver::new(schema.base()).layer(file.layer).resolve();
/// let config: Config = Figment::from(&resolution).extract()?;
/// assert_eq!(config.port, 8080);
///
/// let wrong = Figment::from(&resolution).extract_inner::<bool>("PORT").unwrap_err();
/// assert!(wrong.to_string().contains("PORT (.env:1)"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// An error of figment repeats the value that did not fit, secret or not. [`Resolution::extract`] does not.
impl Provider for Resolution {
    fn metadata(&self) -> Metadata {
        let places: std::collections::HashMap<String, String> = self
            .iter()
            .filter_map(|(variable, _, resolved)| {
                let chosen = resolved.chosen.as_ref()?;
                Some((variable.name.to_string(), chosen.place.to_string()))
            })
            .collect();
        Metadata::named(format!("the environment of {}", self.contract().name())).interpolater(
            move |_, keys| {
                let name = keys.join(".");
                match keys.first().and_then(|first| places.get(*first)) {
                    Some(place) => format!("{name} ({place})"),
                    None => name,
                }
            },
        )
    }

    fn data(&self) -> Result<Map<Profile, Dict>, figment::Error> {
        let mut dict = Dict::new();
        for (variable, ..) in self.iter() {
            if let Some(value) = self.typed(&variable.name) {
                dict.insert(variable.name.to_string(), Value::serialize(value.to_json())?);
            }
        }
        Ok(Map::from([(Profile::Default, dict)]))
    }
}

/// Why a resolution does not fit a program's type. It never holds a value.
#[derive(Debug, thiserror::Error)]
pub struct ExtractError {
    parts: Vec<Mismatch>,
}

#[derive(Debug)]
struct Mismatch {
    key: String,
    place: Option<String>,
    what: String,
}

impl fmt::Display for ExtractError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, part) in self.parts.iter().enumerate() {
            if index > 0 {
                f.write_str("; ")?;
            }
            write!(f, "{}", part.key)?;
            if let Some(place) = &part.place {
                write!(f, " ({place})")?;
            }
            write!(f, ": {}", part.what)?;
        }
        Ok(())
    }
}

impl Resolution {
    /// Makes a typed struct whose fields are named like the variables.
    ///
    /// # Errors
    /// [`ExtractError`] names each variable that does not fit, with the place of its value, and never the
    /// value itself.
    pub fn extract<T: DeserializeOwned>(&self) -> Result<T, ExtractError> {
        Figment::from(self).extract().map_err(|error: figment::Error| ExtractError {
            parts: error.into_iter().map(|error| self.without_value(&error)).collect(),
        })
    }

    fn without_value(&self, error: &figment::Error) -> Mismatch {
        let key = match &error.kind {
            Kind::MissingField(field) => field.to_string(),
            _ => error.path.join("."),
        };
        let chosen = error
            .path
            .first()
            .and_then(|name| self.get(name))
            .and_then(|(_, _, resolved)| resolved.chosen.as_ref());
        let what = match &error.kind {
            Kind::InvalidType(_, expected) | Kind::InvalidValue(_, expected) => {
                format!("expected {expected}")
            }
            Kind::InvalidLength(_, expected) => format!("expected {expected}"),
            Kind::MissingField(_) => "not set".to_owned(),
            Kind::UnknownVariant(_, known) => format!("expected one of {}", known.join(", ")),
            Kind::UnknownField(_, _) => "not a field of the type".to_owned(),
            Kind::DuplicateField(_) => "given twice".to_owned(),
            _ => "does not fit the type".to_owned(),
        };
        Mismatch { key, place: chosen.map(|chosen| chosen.place.to_string()), what }
    }
}

//! Names that follow from the environment: `api${environment.suffix}`.

use crate::contract::Contract;
use crate::suggest::nearest;
use crate::template::{self, RawPart};

/// Why a text cannot name something in every environment.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct NamingError {
    message: String,
    help: String,
}

impl NamingError {
    /// What to do.
    #[must_use]
    pub fn help(&self) -> &str {
        &self.help
    }
}

impl Contract {
    /// Completes a text whose references are `${environment}` and `${environment.SERVICE}`, what a service calls the
    /// environment. `None` without an environment, unless every reference has a fallback.
    ///
    /// ```
    /// let schema = envschema::Schema::parse("envschema.toml", r#"
    ///     [schema]
    ///     name = "shop"
    ///     [environments.staging]
    ///     aliases = { suffix = "-staging" }
    /// "#)?;
    /// let contract = schema.contract(Some("staging"), None)?;
    /// assert_eq!(contract.name_in_environment("shop-api${environment.suffix}")?.as_deref(), Some("shop-api-staging"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`NamingError`] for a text that is no template, for another reference, and for a service that no environment
    /// names.
    pub fn name_in_environment(&self, text: &str) -> Result<Option<String>, NamingError> {
        let parts = template::split(text).map_err(|mistakes| match mistakes.first() {
            Some(mistake) => {
                NamingError { message: mistake.message.to_owned(), help: mistake.help.to_owned() }
            }
            None => NamingError { message: "this is not a template".to_owned(), help: String::new() },
        })?;
        let mut name = Some(String::new());
        for part in parts {
            let text = match part {
                RawPart::Text(text) => Some(text),
                RawPart::Reference(raw) => {
                    let value = self.environment_reference(&raw.name)?;
                    let cut = |value: String| match &raw.cut {
                        Some(cut) => cut.apply(&value).to_owned(),
                        None => value,
                    };
                    value.map(cut).or(raw.fallback)
                }
            };
            name = name.zip(text).map(|(name, text)| name + &text);
        }
        Ok(name)
    }

    fn environment_reference(&self, name: &str) -> Result<Option<String>, NamingError> {
        if name == "environment" {
            return Ok(self.environment().map(str::to_owned));
        }
        let Some(service) = name.strip_prefix("environment.") else {
            return Err(NamingError {
                message: format!("a name cannot refer to `{name}`"),
                help: "refer to `environment` or `environment.SERVICE`, what a service calls it".to_owned(),
            });
        };
        let aliases = self.environments().iter().flat_map(|one| &one.aliases);
        let services = aliases.map(|(service, _)| service.as_str());
        if services.clone().any(|known| known == service) {
            return Ok(self.alias(service).map(str::to_owned));
        }
        Err(NamingError {
            message: format!("no environment says what `{service}` calls it"),
            help: match nearest(service, services) {
                Some(near) => format!("did you mean `${{environment.{near}}}`?"),
                None => {
                    format!("add `aliases = {{ {service} = \"...\" }}` to the environments of the contract")
                }
            },
        })
    }
}

//! [`Opened`]: a contract that is kept for many calls.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use envschema::{Contract, Schema};

use super::CallError;
use crate::{ContractError, contract, read};

/// The most views that are kept; a contract that names no environments takes any name.
const MOST_VIEWS: usize = 16;

/// A contract, with the views of it that were asked for. It may be used by several threads at once.
pub struct Opened {
    schema: Schema,
    views: Mutex<Vec<Arc<Contract>>>,
}

impl Opened {
    /// Checks a text; `name` is what errors call it. It may not extend files.
    ///
    /// # Errors
    ///
    /// `Mistakes`, all at once.
    pub fn parse(name: &str, text: &str) -> Result<Self, ContractError> {
        let schema = Schema::parse(name, text).map_err(|errors| ContractError::Mistakes { errors })?;
        Ok(Self::from(schema))
    }

    /// Reads a file, and those that it extends. `shown` is its path for people.
    ///
    /// # Errors
    ///
    /// `Unreadable`, `NotText`, `Mistakes`.
    pub fn read(path: &Path, shown: &Path) -> Result<Self, ContractError> {
        contract(path, shown, read::file(path)).map(Self::from)
    }

    /// The contract as a whole.
    #[must_use]
    pub fn schema(&self) -> &Schema {
        &self.schema
    }

    /// The contract as it counts for an environment and a profile.
    pub(super) fn view(
        &self,
        environment: Option<&str>,
        profile: Option<&str>,
    ) -> Result<Arc<Contract>, CallError> {
        let mut views = self.views.lock().unwrap_or_else(PoisonError::into_inner);
        let is_asked = |view: &&Arc<Contract>| view.environment() == environment && view.profile() == profile;
        if let Some(view) = views.iter().find(is_asked) {
            return Ok(Arc::clone(view));
        }
        let view = Arc::new(self.schema.contract(environment, profile)?);
        if views.len() == MOST_VIEWS {
            views.remove(0);
        }
        views.push(Arc::clone(&view));
        Ok(view)
    }
}

impl From<Schema> for Opened {
    fn from(schema: Schema) -> Self {
        Self { schema, views: Mutex::default() }
    }
}

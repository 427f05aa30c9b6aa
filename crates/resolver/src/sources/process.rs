//! The process environment, as a snapshot that the program's edge takes once.

use std::collections::HashMap;
use std::ffi::{OsStr, OsString};
use std::fmt;
use std::sync::Arc;

use envschema::{Place, SecretValue};
use zeroize::Zeroize;

use super::SourceError;
use crate::{Layer, LayerKind};

/// The environment of the process at one moment. Cheap to clone; its values are wiped with the last clone.
#[derive(Clone, Default)]
pub struct ProcessSnapshot(Arc<Values>);

#[derive(Default)]
struct Values(HashMap<OsString, OsString>);

impl Drop for Values {
    fn drop(&mut self) {
        for (_, value) in self.0.drain() {
            value.into_encoded_bytes().zeroize();
        }
    }
}

impl ProcessSnapshot {
    /// A variable's text.
    ///
    /// # Errors
    ///
    /// [`SourceError::NotUnicode`] when the value is not valid UTF-8.
    pub fn get(&self, name: &str) -> Result<Option<SecretValue>, SourceError> {
        self.get_os(name)
            .map(|value| match value.to_str() {
                Some(text) => Ok(SecretValue::from(text)),
                None => Err(SourceError::NotUnicode { name: name.to_owned() }),
            })
            .transpose()
    }

    /// The names that are valid UTF-8, in no order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.0.keys().filter_map(|name| name.to_str())
    }

    /// Every variable, in no order.
    pub fn iter(&self) -> impl Iterator<Item = (&OsStr, &OsStr)> {
        self.0.0.iter().map(|(name, value)| (name.as_os_str(), value.as_os_str()))
    }

    /// A variable's raw value.
    #[must_use]
    pub fn get_os(&self, name: &str) -> Option<&OsStr> {
        self.0.0.get(OsStr::new(name)).map(OsString::as_os_str)
    }

    /// The values for these names, which are the ones that a contract declares. All other variables are none
    /// of our business: they are not even checked.
    ///
    /// # Errors
    ///
    /// [`SourceError::NotUnicode`] for the first name with a value that is not valid UTF-8.
    pub fn layer<'a>(&self, names: impl Iterator<Item = &'a str>) -> Result<Layer, SourceError> {
        self.layer_under(names.map(|name| (name, name)))
    }

    /// The values of variables that have other names here: pairs of a contract's name and the name here.
    ///
    /// # Errors
    ///
    /// [`SourceError::NotUnicode`] for the first name with a value that is not valid UTF-8.
    pub fn layer_under<'a>(
        &self,
        names: impl Iterator<Item = (&'a str, &'a str)>,
    ) -> Result<Layer, SourceError> {
        let mut layer = Layer::new(LayerKind::Process, "process environment");
        for (variable, name) in names {
            if let Some(value) = self.get(name)? {
                layer.insert(variable, value, Place::Process { name: name.into() });
            }
        }
        Ok(layer)
    }

    /// The variables whose names `wanted` takes. Names that are not valid UTF-8 are never taken.
    pub(crate) fn select(&self, wanted: impl Fn(&str) -> bool) -> impl Iterator<Item = (&OsStr, &OsStr)> {
        self.0
            .0
            .iter()
            .filter(move |(name, _)| name.to_str().is_some_and(&wanted))
            .map(|(name, value)| (name.as_os_str(), value.as_os_str()))
    }
}

/// The edge of a program collects `std::env::vars_os()`; a test collects pairs of texts.
impl<N: Into<OsString>, V: Into<OsString>> FromIterator<(N, V)> for ProcessSnapshot {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(variables: I) -> Self {
        let values = variables.into_iter().map(|(name, value)| (name.into(), value.into())).collect();
        Self(Arc::new(Values(values)))
    }
}

/// Shows how many variables there are and nothing else.
impl fmt::Debug for ProcessSnapshot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ProcessSnapshot({} variables)", self.0.0.len())
    }
}

//! Resolve, validate, explain and export a deployment's environment.

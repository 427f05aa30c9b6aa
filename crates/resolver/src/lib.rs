//! Resolves every variable of a contract through layers of sources.

//! The contract of a deployment's environment: variables, types, conditions and rules.

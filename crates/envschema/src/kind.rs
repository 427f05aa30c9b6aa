//! [`Kind`]: which key space a contract describes.

use std::borrow::Cow;

/// The key space that a contract describes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kind {
    /// Environment variables.
    #[default]
    Env,
    /// The configuration of a Pulumi stack.
    PulumiConfig {
        /// The namespace of keys that carry none: the name of the Pulumi project.
        namespace: String,
    },
}

impl Kind {
    /// Every kind as a contract writes it.
    pub(crate) const NAMES: [&str; 2] = ["env", "pulumi-config"];

    /// The kind as a contract writes it: `env` or `pulumi-config`.
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Env => Self::NAMES[0],
            Self::PulumiConfig { .. } => Self::NAMES[1],
        }
    }

    /// The namespace of keys that carry none.
    #[must_use]
    pub fn namespace(&self) -> Option<&str> {
        match self {
            Self::Env => None,
            Self::PulumiConfig { namespace } => Some(namespace),
        }
    }

    /// What a variable is called outside: `namespace:key` in a stack's configuration, unless the name holds a
    /// provider (`aws:region`); the name itself in an environment.
    ///
    /// ```
    /// use envschema::Kind;
    ///
    /// let kind = Kind::PulumiConfig { namespace: "shop-infra".to_owned() };
    /// assert_eq!(kind.full_key("dbSize"), "shop-infra:dbSize");
    /// assert_eq!(kind.full_key("aws:region"), "aws:region");
    /// assert_eq!(Kind::Env.full_key("DB_SIZE"), "DB_SIZE");
    /// ```
    #[must_use]
    pub fn full_key<'n>(&self, name: &'n str) -> Cow<'n, str> {
        match self {
            Self::PulumiConfig { namespace } if !name.contains(':') => format!("{namespace}:{name}").into(),
            _ => name.into(),
        }
    }
}

//! Who may see a value: secret, unless a name or a value is clearly harmless.

use envschema::{BROWSER_PREFIXES, Visibility};

use super::kind::DraftKind;

/// Parts of names that speak of secrets.
const SECRET_WORDS: &[&str] = &[
    "SECRET",
    "TOKEN",
    "PASSWORD",
    "PASSWD",
    "PASS",
    "PWD",
    "PASSPHRASE",
    "KEY",
    "KEYS",
    "APIKEY",
    "CREDENTIAL",
    "CREDENTIALS",
    "PRIVATE",
    "AUTH",
    "DSN",
    "SALT",
    "SIGNATURE",
    "SIGNING",
    "CERT",
    "CERTIFICATE",
    "WEBHOOK",
    "PIN",
    "COOKIE",
    "SESSION",
    "JWT",
    "HASH",
    "SEED",
    "ENCRYPTION",
    "CONNECTION",
];

/// Parts of names that are never those of keys for everybody, as `NEXT_PUBLIC_STRIPE_KEY` is.
const NEVER_PUBLIC: &[&str] = &[
    "SECRET",
    "TOKEN",
    "PASSWORD",
    "PASSWD",
    "PASS",
    "PWD",
    "PASSPHRASE",
    "PRIVATE",
    "CREDENTIAL",
    "CREDENTIALS",
];

/// How keys for everybody begin.
const FOR_EVERYBODY: &[&str] = &["pk_", "pk.", "phc_"];

/// Names that are harmless.
const HARMLESS: &[&str] = &[
    "PORT",
    "HOST",
    "HOSTNAME",
    "NODE_ENV",
    "ENV",
    "ENVIRONMENT",
    "DEBUG",
    "VERBOSE",
    "TZ",
    "LANG",
    "LC_ALL",
    "LOCALE",
    "APP_NAME",
    "SERVICE_NAME",
    "APP_URL",
    "BASE_URL",
    "SITE_URL",
    "PYTHONUNBUFFERED",
    "STAGE",
    "WORKERS",
    "CONCURRENCY",
    "NODE_OPTIONS",
];

/// Endings of names that are harmless.
const HARMLESS_ENDINGS: &[&str] = &[
    "_PORT",
    "_HOST",
    "_HOSTNAME",
    "_ENV",
    "_ENVIRONMENT",
    "_LOG_LEVEL",
    "LOG_LEVEL",
    "LOG_FORMAT",
    "_ENABLED",
    "_DISABLED",
    "_REGION",
    "_TIMEOUT",
    "_TTL",
    "_LIMIT",
    "_SIZE",
    "_COUNT",
    "_CONCURRENCY",
    "_WORKERS",
    "_VERSION",
    "_BASE_URL",
    "_APP_URL",
    "_SITE_URL",
    "_LOCALE",
    "_INTERVAL",
    "_MODE",
    "_LEVEL",
    "_ORIGINS",
    "_NAMESPACE",
];

/// Types whose values tell nothing.
const HARMLESS_KINDS: &[&str] = &["boolean", "port", "enum", "duration"];

/// The visibility, and what spoke for it.
pub(super) fn infer(name: &str, value: &str, kind: &DraftKind, is_real: bool) -> (Visibility, &'static str) {
    if BROWSER_PREFIXES.iter().any(|prefix| name.starts_with(prefix)) {
        return (Visibility::Public, "the prefix is for browsers");
    }
    if is_real {
        return (Visibility::Secret, "the value looks like a secret");
    }
    let kind = kind.name.unwrap_or("string");
    let harmless_kind = HARMLESS_KINDS.contains(&kind);
    // A switch about tokens is still a switch, but the choices of a password are passwords.
    let is_secret =
        kind == "enum" && name.rsplit('_').next().is_some_and(|word| SECRET_WORDS.contains(&word));
    if is_secret || (speaks_of_secrets(name) && !harmless_kind) {
        return (Visibility::Secret, "the name speaks of a secret");
    }
    if value.contains('@') && value.contains("://") {
        return (Visibility::Secret, "the address has a user");
    }
    if harmless_kind {
        return (Visibility::Plain, "the type is harmless");
    }
    if HARMLESS.contains(&name) || HARMLESS_ENDINGS.iter().any(|ending| name.ends_with(ending)) {
        return (Visibility::Plain, "the name is harmless");
    }
    if ["integer", "number"].contains(&kind) {
        return (Visibility::Plain, "the type is harmless");
    }
    (Visibility::Secret, "secret unless it is harmless")
}

/// The visibility of what an input calls a secret or none. No secret can have a name that is for browsers.
pub(super) fn said(name: &str, sensitive: bool) -> (Visibility, &'static str) {
    if BROWSER_PREFIXES.iter().any(|prefix| name.starts_with(prefix)) {
        return (Visibility::Public, "the prefix is for browsers");
    }
    (if sensitive { Visibility::Secret } else { Visibility::Plain }, "the file says so")
}

/// Whether a name speaks of a secret.
pub(super) fn speaks_of_secrets(name: &str) -> bool {
    name.split('_').any(|word| SECRET_WORDS.contains(&word))
}

/// Whether a variable that every browser gets seems to be a secret.
pub(super) fn is_exposed(name: &str, value: &str, is_real: bool) -> bool {
    BROWSER_PREFIXES.iter().any(|prefix| name.starts_with(prefix))
        && (name.split('_').any(|word| NEVER_PUBLIC.contains(&word))
            || (is_real && !FOR_EVERYBODY.iter().any(|beginning| value.starts_with(beginning))))
}

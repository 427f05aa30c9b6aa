//! `url`.

use envschema::types::{UrlType, ValueType};

use super::{QUOTES, WHITE_SPACE, refuses, takes};

const NO_SCHEME: &str = "begin with the scheme and `://`, such as `https://`";
const NO_HOST: &str = "write a host after the `//`";
const NO_PORT: &str = "write a port after the `:`, or leave the `:` out";
const PORT: &str = "a port is a number of at most 65535";
const BRACKETS: &str = "write an IPv6 address in brackets, such as `[::1]`";
const ONE_URL: &str = "give one URL with one host";
const USER: &str =
    "in the user name and the password, write `@` as `%40`, `#` as `%23`, `/` as `%2F` and `%` as `%25`";
const CHARACTERS: &str =
    "percent-encode spaces and what else a URL cannot hold; after `%` come two hexadecimal digits";

fn schemes(schemes: &[&str]) -> ValueType {
    ValueType::Url(UrlType { schemes: schemes.iter().map(|&scheme| scheme.into()).collect(), prefix: None })
}

#[test]
fn a_url_is_absolute() {
    takes(
        &schemes(&[]),
        &[
            "https://example.com",
            "https://example.com:8443/a/b?c=d&e=%20#f",
            "HTTPS://EXAMPLE.COM",
            "http://localhost:3000",
            "http://127.0.0.1/",
            "http://[::1]:8080/",
            "https://user:p%40ss@example.com/@handle",
            "redis://:secret@cache:6379/0",
            "redis://",
            "tcp://:8080",
            "postgresql://user:pass@/db?host=/cloudsql/project:region:db",
            "postgres://user@%2Fvar%2Frun/db",
            "amqp://my_service:5672/%2F",
            "s3://bucket/key",
            "sqlite:dev.db",
            "sqlite::memory:",
            "sqlite:///var/lib/app.db",
            "file:./dev.db",
            "jdbc:postgresql://db:5432/app?user=x",
            "mailto:name@example.com",
            "data:text/plain,hello",
        ],
    );
    refuses(
        &schemes(&[]),
        "expected a URL with its scheme, such as `https://…`",
        &[
            ("", NO_SCHEME),
            ("example.com", NO_SCHEME),
            ("localhost:3000", NO_SCHEME),
            ("//example.com", NO_SCHEME),
            ("/path", NO_SCHEME),
            ("https:example.com", NO_SCHEME),
            ("https:/example.com", NO_SCHEME),
            ("://example.com", NO_SCHEME),
            ("1http://example.com", NO_SCHEME),
            ("my scheme://example.com", NO_SCHEME),
            ("https://", NO_HOST),
            ("https:///path", NO_HOST),
            ("wss://:80", NO_HOST),
            ("https://example.com:/", NO_PORT),
            ("https://example.com:65536", PORT),
            ("https://example.com:8o/", PORT),
            ("http://::1/", BRACKETS),
            ("http://[::g]/", BRACKETS),
            ("http://[1:2]/", BRACKETS),
            ("http://[::1]x/", CHARACTERS),
            ("https://a.com,https://b.com", ONE_URL),
            ("https://example.com/a b", CHARACTERS),
            ("https://example.com/a b?c=@d", CHARACTERS),
            ("https://example.com/ž", CHARACTERS),
            ("https://example.com/100%", CHARACTERS),
            ("https://${HOST}/", CHARACTERS),
            (" https://example.com", WHITE_SPACE),
            ("\"https://example.com\"", QUOTES),
            ("`https://example.com`", QUOTES),
        ],
    );
}

#[test]
fn what_a_password_has_to_encode_is_told() {
    refuses(
        &schemes(&["postgres", "postgresql"]),
        "expected a URL that starts with `postgres://` or `postgresql://`",
        &[
            ("postgres://user:p@ss@db:5432/app", USER),
            ("postgres://user:p/ss@db:5432/app", USER),
            ("postgres://user:p#ss@db:5432/app", USER),
            ("postgres://user:p?ss@db:5432/app", USER),
            ("postgres://user:p%ss@db:5432/app", USER),
            ("postgres://user:p ss@db:5432/app", USER),
            ("postgres://user:p[ss@h1:1,h2:2/app", USER),
        ],
    );
}

#[test]
fn a_database_url_may_name_several_hosts() {
    takes(
        &schemes(&[]),
        &[
            "mongodb://h1,h2/db",
            "mongodb://h1:27017,h2:27017/db?replicaSet=rs",
            "mongodb://user:p%40ss@h1:27017,h2:27017,h3",
            "postgresql://u@[::1]:5432,[::2]:5432/db",
            "kafka://h1:9092,h2:9092",
            "kafka://h1:9092,h2",
        ],
    );
    refuses(
        &schemes(&["mongodb"]),
        "expected a URL that starts with `mongodb://`",
        &[
            ("mongodb://h1:1,h2:65536", PORT),
            ("mongodb://h1:1,h2:x", PORT),
            ("mongodb://h1:1,,h2:2", NO_HOST),
            ("mongodb://h1:1,", NO_HOST),
            ("mongodb://,h1", NO_HOST),
            ("mongodb://h1,:27017", NO_HOST),
            ("mongodb://h1:1,h2:", NO_PORT),
            ("mongodb://h1:1,mongodb://h2:2", NO_PORT),
            ("mongodb://a:b@c@h1,h2", USER),
            ("mongodb://h1,h 2", CHARACTERS),
        ],
    );
}

#[test]
fn schemes_are_compared_without_case() {
    let of = schemes(&["postgres", "postgresql"]);
    takes(&of, &["postgres://db/app", "POSTGRESQL://db/app"]);
    let expected = "expected a URL that starts with `postgres://` or `postgresql://`";
    refuses(&of, expected, &[("mysql://db/app", ""), ("postgres:db", NO_SCHEME), ("db:5432", NO_SCHEME)]);
    refuses(&schemes(&["https"]), "expected a URL that starts with `https://`", &[("http://a.com", "")]);
    refuses(
        &schemes(&["a", "file", "c"]),
        "expected a URL that starts with `a://`, `file:` or `c://`",
        &[("https://a.com", "")],
    );
}

#[test]
fn a_prefix_is_compared_exactly() {
    let of = ValueType::Url(UrlType {
        schemes: vec!["https".into()],
        prefix: Some("https://hooks.slack.com/".into()),
    });
    takes(&of, &["https://hooks.slack.com/services/x"]);
    refuses(
        &of,
        "expected a URL that starts with `https://hooks.slack.com/`",
        &[
            ("https://hooks.slack.com", ""),
            ("https://HOOKS.slack.com/x", ""),
            ("http://hooks.slack.com/x", ""),
            ("\"https://hooks.slack.com/x\"", QUOTES),
        ],
    );
}

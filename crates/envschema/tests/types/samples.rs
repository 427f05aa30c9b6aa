//! A type of every kind, with and without parameters, and texts that are right for each.

use std::time::Duration;

use envschema::types::{
    ArnType, Bounds, EncodedType, EnumType, ListType, Pattern, PemType, StringType, UrlType, ValueType,
};
use proptest::collection::vec;
use proptest::prelude::*;

use super::bounds;

/// In the order of the names.
pub(super) fn types() -> Vec<ValueType> {
    let list = |items, separator: &str, length| {
        ValueType::List(ListType { items: Box::new(items), separator: separator.into(), length })
    };
    let choice =
        |ignore_case| ValueType::Enum(EnumType { values: vec!["modal".into(), "e2b".into()], ignore_case });
    vec![
        ValueType::default(),
        ValueType::String(StringType {
            length: bounds(12, 40),
            pattern: Some(Pattern::new("[a-z0-9_]+").unwrap()),
            prefix: Some("sk_".into()),
        }),
        ValueType::Integer(Bounds::default()),
        ValueType::Integer(bounds(-5, 5)),
        ValueType::Number(Bounds::default()),
        ValueType::Number(bounds(0.5, None)),
        ValueType::Boolean,
        ValueType::Port(Bounds::default()),
        ValueType::Port(bounds(1024, 2048)),
        choice(false),
        choice(true),
        ValueType::Url(UrlType::default()),
        ValueType::Url(UrlType { schemes: vec!["postgres".into(), "postgresql".into()], prefix: None }),
        ValueType::Email,
        ValueType::Host,
        ValueType::Ip,
        ValueType::Cidr,
        ValueType::Uuid,
        ValueType::Duration(Bounds::default()),
        ValueType::Duration(bounds(None, Duration::from_secs(3600))),
        ValueType::Bytes(Bounds::default()),
        ValueType::Bytes(bounds(1024, None)),
        ValueType::Json,
        list(ValueType::default(), ",", Bounds::default()),
        list(ValueType::Integer(Bounds::default()), " ", bounds(None, 5)),
        list(ValueType::Url(UrlType::default()), ";", Bounds::default()),
        ValueType::Base64(EncodedType::default()),
        ValueType::Base64(EncodedType { bytes: Some(32) }),
        ValueType::Hex(EncodedType::default()),
        ValueType::Hex(EncodedType { bytes: Some(16) }),
        ValueType::Pem(PemType::default()),
        ValueType::Pem(PemType { label: Some("PRIVATE KEY".into()) }),
        ValueType::Arn(ArnType::default()),
        ValueType::Arn(ArnType { service: Some("s3".into()) }),
        ValueType::Semver,
        ValueType::Path,
    ]
}

/// A text that a type takes.
pub(super) fn valid(of: &ValueType) -> BoxedStrategy<String> {
    match of {
        ValueType::String(of) if of.prefix.is_none() => any::<String>().boxed(),
        ValueType::String(_) => "sk_[a-z0-9_]{9,37}".boxed(),
        ValueType::Integer(bounds) => (bounds.min.unwrap_or(i64::MIN)..=bounds.max.unwrap_or(i64::MAX))
            .prop_map(|number| number.to_string())
            .boxed(),
        ValueType::Number(bounds) => {
            let bounds = *bounds;
            let all = proptest::num::f64::NORMAL | proptest::num::f64::ZERO | proptest::num::f64::SUBNORMAL;
            all.prop_map(move |number| if bounds.contains(&number) { number } else { number.abs() + 0.5 })
                .prop_map(|number| number.to_string())
                .boxed()
        }
        ValueType::Boolean => "true|false|1|0".boxed(),
        ValueType::Port(bounds) => (bounds.min.unwrap_or(1)..=bounds.max.unwrap_or(u16::MAX))
            .prop_map(|number| number.to_string())
            .boxed(),
        ValueType::Enum(of) if of.ignore_case => "[mM][oO][dD][aA][lL]|[eE]2[bB]".boxed(),
        ValueType::Enum(_) => "modal|e2b".boxed(),
        ValueType::Url(of) => {
            let scheme = if of.schemes.is_empty() { "https|redis|nats" } else { "postgres|postgresql" };
            (scheme, "([a-z]{1,8}(:([A-Za-z0-9._~!$&*+=-]|%[0-9A-F]{2}){0,8})?@)?", host(), port(), tail())
                .prop_map(|(scheme, user, host, port, tail)| format!("{scheme}://{user}{host}{port}{tail}"))
                .boxed()
        }
        ValueType::Email => ("[a-z0-9+_-]{1,20}(\\.[a-z0-9]{1,20})?", name())
            .prop_map(|(local, domain)| format!("{local}@{domain}"))
            .boxed(),
        ValueType::Host => prop_oneof![name(), ip()].boxed(),
        ValueType::Ip => ip().boxed(),
        ValueType::Cidr => (ip(), 0..=128_u8)
            .prop_map(|(ip, length)| {
                let length = if ip.contains(':') { length } else { length % 33 };
                format!("{ip}/{length}")
            })
            .boxed(),
        ValueType::Uuid => "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}".boxed(),
        ValueType::Duration(bounds) if bounds.max.is_some() => "0|[0-5]?[0-9](s|m| min|ms)".boxed(),
        ValueType::Duration(_) => "([0-9]{1,6}(d|h|m|s|ms|us|ns) ?){0,4}[0-9]{1,6}(\\.[0-9]{1,3})?s".boxed(),
        ValueType::Bytes(_) => "[1-9][0-9]{1,5}(\\.[0-9]{1,9})? ?[kKmMgGtT][iI]?[bB]".boxed(),
        ValueType::Json => json().prop_map(|value| value.to_string()).boxed(),
        ValueType::List(of) => {
            let separator = of.separator.clone();
            let item = match &*of.items {
                ValueType::String(_) => "[a-z0-9][a-z0-9 .;]{0,9}[a-z]".boxed(),
                items => valid(items).prop_filter("no separator", |item| !item.contains([' ', ';'])).boxed(),
            };
            vec(item, 0..=5).prop_map(move |items| items.join(&separator)).boxed()
        }
        ValueType::Base64(of) => {
            bytes(of.bytes).prop_flat_map(|bytes| proptest::sample::select(base64_forms(&bytes))).boxed()
        }
        ValueType::Hex(of) => (bytes(of.bytes), any::<bool>())
            .prop_map(|(bytes, upper)| {
                let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
                if upper { digits.to_uppercase() } else { digits }
            })
            .boxed(),
        ValueType::Pem(_) => (bytes(None), "PRIVATE KEY|RSA PRIVATE KEY", 1..70_usize, "\r?\n")
            .prop_map(|(bytes, label, width, end)| {
                let body = base64_forms(&bytes).remove(0);
                let lines: Vec<_> = body.as_bytes().chunks(width).map(String::from_utf8_lossy).collect();
                let body = lines.join(&end);
                format!("-----BEGIN {label}-----{end}{body}{end}-----END {label}-----{end}")
            })
            .boxed(),
        ValueType::Arn(_) => {
            "arn:aws(-cn|-us-gov)?:s3:(us-west-[12])?:([0-9]{12})?:[a-z0-9:/_*.-]{1,30}".boxed()
        }
        ValueType::Semver => {
            "(0|[1-9][0-9]{0,4})(\\.(0|[1-9][0-9]{0,4})){2}(-rc\\.[1-9])?(\\+[a-z0-9]{1,9})?".boxed()
        }
        _ => "[^\\x00]{1,60}".boxed(),
    }
}

/// Texts of all sorts: anything, characters that matter to the types, and a valid text with something changed.
pub(super) fn any_text() -> impl Strategy<Value = String> {
    let changed = proptest::sample::select(types())
        .prop_flat_map(|of| valid(&of))
        .prop_flat_map(|text| {
            (Just(text), any::<prop::sample::Index>(), "[-\"' \\\\\n:/@.,;%=\\[\\]{}0eEž]?")
        })
        .prop_map(|(mut text, at, insert)| {
            let at = text.floor_char_boundary(at.index(text.len() + 1));
            text.insert_str(at, &insert);
            text
        });
    prop_oneof![
        any::<String>(),
        "[0-9a-zA-Z:/@.,;%+=_ \"'\\[\\]{}-]{0,40}",
        "[0-9.smhdKMGTiB ]{0,12}",
        changed
    ]
}

fn name() -> impl Strategy<Value = String> {
    "([a-z0-9]([a-z0-9-]{0,10}[a-z0-9])?\\.){0,3}[a-z]{1,10}"
}

fn ip() -> impl Strategy<Value = String> {
    any::<std::net::IpAddr>().prop_map(|ip| ip.to_string())
}

fn host() -> impl Strategy<Value = String> {
    prop_oneof![name(), ip().prop_map(|ip| if ip.contains(':') { format!("[{ip}]") } else { ip })]
}

fn port() -> impl Strategy<Value = String> {
    prop_oneof![Just(String::new()), any::<u16>().prop_map(|port| format!(":{port}"))]
}

fn tail() -> impl Strategy<Value = String> {
    "(/[a-z0-9@:,]{0,5}){0,3}(\\?[a-z]{1,3}=[a-z/?]{0,3})?(#[a-z]{0,3})?"
}

fn bytes(count: Option<usize>) -> impl Strategy<Value = Vec<u8>> {
    vec(any::<u8>(), count.map_or(1..=100, |count| count..=count))
}

/// Padded or not, in both alphabets; the first is the standard form.
fn base64_forms(bytes: &[u8]) -> Vec<String> {
    use base64::prelude::*;
    vec![
        BASE64_STANDARD.encode(bytes),
        BASE64_STANDARD_NO_PAD.encode(bytes),
        BASE64_URL_SAFE.encode(bytes),
        BASE64_URL_SAFE_NO_PAD.encode(bytes),
    ]
}

fn json() -> impl Strategy<Value = serde_json::Value> {
    use serde_json::Value;
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        proptest::num::f64::NORMAL.prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 20, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            vec((".{0,5}", inner), 0..4).prop_map(|entries| entries.into_iter().collect()),
        ]
    })
}

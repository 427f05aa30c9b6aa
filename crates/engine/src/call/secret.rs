//! [`Text`] and [`Texts`]: texts of a request that may be secret. JSON readers unescape into memory that they do not
//! wipe; here the text is taken as it stands in the request, and unescaped into memory that is wiped.

use std::fmt;

use envschema::SecretValue;
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;
use zeroize::Zeroizing;

/// A text that may be secret.
#[derive(Clone, Debug)]
pub struct Text(pub SecretValue);

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = <&RawValue>::deserialize(deserializer)?;
        unescaped(raw.get()).map(Self).ok_or_else(|| D::Error::custom("expected a text"))
    }
}

/// Texts by name, in order. A name with `null` is not there.
#[derive(Clone, Debug, Default)]
pub struct Texts(pub Vec<(String, SecretValue)>);

impl<'de> Deserialize<'de> for Texts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Names;

        impl<'de> Visitor<'de> for Names {
            type Value = Texts;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("texts by name")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Texts, A::Error> {
                let mut texts = Vec::with_capacity(map.size_hint().unwrap_or(0));
                while let Some((name, text)) = map.next_entry::<String, Option<Text>>()? {
                    texts.extend(text.map(|Text(value)| (name, value)));
                }
                Ok(Texts(texts))
            }
        }

        deserializer.deserialize_map(Names)
    }
}

/// The text that a JSON string stands for; none if it is not one, or holds half of a surrogate pair.
fn unescaped(raw: &str) -> Option<SecretValue> {
    let inner = raw.strip_prefix('"')?.strip_suffix('"')?;
    let Some(first) = inner.find('\\') else { return Some(SecretValue::from(inner)) };
    // Never longer than what stands there, so that it is not moved while it grows.
    let mut text = Zeroizing::new(String::with_capacity(inner.len()));
    text.push_str(&inner[..first]);
    let mut rest = inner[first..].chars();
    while let Some(c) = rest.next() {
        text.push(if c == '\\' { escaped(&mut rest)? } else { c });
    }
    Some(SecretValue::from(text))
}

/// The character behind a `\`.
fn escaped(rest: &mut std::str::Chars<'_>) -> Option<char> {
    Some(match rest.next()? {
        'n' => '\n',
        't' => '\t',
        'r' => '\r',
        'b' => '\u{8}',
        'f' => '\u{c}',
        'u' => match unit(rest)? {
            high @ 0xD800..=0xDBFF => {
                let low = rest.as_str().strip_prefix("\\u").map(str::chars);
                *rest = low?;
                let low = unit(rest).filter(|unit| (0xDC00..=0xDFFF).contains(unit))?;
                char::from_u32(0x1_0000 + ((high - 0xD800) << 10) + (low - 0xDC00))?
            }
            unit => char::from_u32(unit)?,
        },
        c => c,
    })
}

fn unit(rest: &mut std::str::Chars<'_>) -> Option<u32> {
    (0..4).try_fold(0, |unit, _| Some(unit << 4 | rest.next()?.to_digit(16)?))
}

#[cfg(feature = "json-schema")]
mod schema {
    use std::borrow::Cow;

    use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

    impl JsonSchema for super::Text {
        fn inline_schema() -> bool {
            true
        }

        fn schema_name() -> Cow<'static, str> {
            "Text".into()
        }

        fn json_schema(_: &mut SchemaGenerator) -> Schema {
            json_schema!({ "type": "string" })
        }
    }

    impl JsonSchema for super::Texts {
        fn inline_schema() -> bool {
            true
        }

        fn schema_name() -> Cow<'static, str> {
            "Texts".into()
        }

        fn json_schema(_: &mut SchemaGenerator) -> Schema {
            json_schema!({ "type": "object", "additionalProperties": { "type": ["string", "null"] } })
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn reads_what_serde_writes(text in any::<String>()) {
            let json = serde_json::to_string(&text).expect("a text serialises");
            let Text(read) = serde_json::from_str(&json).expect("it is a text");
            prop_assert!(read == SecretValue::from(text.as_str()));
        }
    }

    #[test]
    fn reads_every_escape() {
        let Text(read) =
            serde_json::from_str(r#""\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00\u0000""#).expect("a text");
        assert!(read == SecretValue::from("\"\\/\u{8}\u{c}\n\r\té😀\0"));
        for wrong in
            [r#""\ud83d""#, r#""\ud83dA""#, r#""\ud83d\u0041""#, r#""\ude00""#, "1", "null", "[\"a\"]"]
        {
            assert!(serde_json::from_str::<Text>(wrong).is_err(), "{wrong}");
        }
    }
}

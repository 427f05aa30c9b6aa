//! Judging a text: the family of each type.

use super::{
    Mismatch, TypedValue, ValueType, boolean, encoded, identifier, json, measure, network, number, text,
};
use crate::suggest::nearest;

impl ValueType {
    /// Judges a text and gives its value.
    ///
    /// An `enum` gives the spelling of the contract, also where the text differs from it in case. Everything
    /// that is neither a number, a truth value, a duration, a list nor JSON is given as it stands.
    ///
    /// # Errors
    /// The text is not of this type; the [`Mismatch`] says what was expected.
    pub fn check(&self, text: &str) -> Result<TypedValue, Mismatch> {
        match self {
            Self::Integer(bounds) => number::integer(bounds, text).map(TypedValue::Integer),
            Self::Number(bounds) => number::number(bounds, text).map(TypedValue::Number),
            Self::Boolean => boolean::boolean(text).map(TypedValue::Boolean),
            Self::Port(bounds) => number::port(bounds, text).map(|port| TypedValue::Integer(port.into())),
            Self::Enum(of) => of.choose(text).map(|value| TypedValue::Text(value.to_owned())),
            Self::Duration(bounds) => measure::duration(bounds, text).map(TypedValue::Duration),
            Self::Bytes(bounds) => measure::size(bounds, text).map(TypedValue::Integer),
            Self::Json => json::read(text).map(TypedValue::Json),
            Self::List(of) => of.read(text).map(TypedValue::List),
            _ => self.accepts(text).map(|()| TypedValue::Text(text.to_owned())),
        }
    }

    /// Judges a text as [`ValueType::check`] does, without making its value.
    ///
    /// # Errors
    /// The text is not of this type; the [`Mismatch`] says what was expected.
    pub fn accepts(&self, text: &str) -> Result<(), Mismatch> {
        match self {
            Self::String(of) => of.verify(text),
            Self::Integer(bounds) => number::integer(bounds, text).map(drop),
            Self::Number(bounds) => number::number(bounds, text).map(drop),
            Self::Boolean => boolean::boolean(text).map(drop),
            Self::Port(bounds) => number::port(bounds, text).map(drop),
            Self::Enum(of) => of.choose(text).map(drop),
            Self::Url(of) => of.verify(text),
            Self::Email => network::email(text),
            Self::Host => network::host(text),
            Self::Ip => network::ip(text),
            Self::Cidr => network::cidr(text),
            Self::Uuid => identifier::uuid(text),
            Self::Duration(bounds) => measure::duration(bounds, text).map(drop),
            Self::Bytes(bounds) => measure::size(bounds, text).map(drop),
            Self::Json => json::verify(text),
            Self::List(of) => of.verify(text),
            Self::Base64(of) => encoded::base64(*of, text),
            Self::Hex(of) => encoded::hex(*of, text),
            Self::Pem(of) => of.verify(text),
            Self::Arn(of) => of.verify(text),
            Self::Semver => identifier::semver(text),
            Self::Path => text::path(text),
        }
    }

    /// The value of an `enum`, or of the first wrong item of a list of them, that a refused text was probably
    /// meant to be. It tells something of the text, so it is not for secrets.
    #[must_use]
    pub fn suggestion(&self, text: &str) -> Option<String> {
        match self {
            Self::Enum(of) if of.choose(text).is_err() => {
                nearest(text.trim(), of.values.iter().map(String::as_str)).map(str::to_owned)
            }
            Self::List(of) => of.first_wrong(text).and_then(|item| of.items.suggestion(item)),
            _ => None,
        }
    }
}

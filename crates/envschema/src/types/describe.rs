//! What the types are called and how what they expect is worded.

use std::borrow::Cow;

use super::words::bounded;
use super::{ValueType, boolean, encoded, identifier, json, measure, network, number, text};

impl ValueType {
    /// The names of the types as contracts write them.
    pub const NAMES: &'static [&'static str] = &[
        "string", "integer", "number", "boolean", "port", "enum", "url", "email", "host", "ip", "cidr",
        "uuid", "duration", "bytes", "json", "list", "base64", "hex", "pem", "arn", "semver", "path",
    ];

    /// The name of this type, one of [`ValueType::NAMES`].
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::String(_) => "string",
            Self::Integer(_) => "integer",
            Self::Number(_) => "number",
            Self::Boolean => "boolean",
            Self::Port(_) => "port",
            Self::Enum(_) => "enum",
            Self::Url(_) => "url",
            Self::Email => "email",
            Self::Host => "host",
            Self::Ip => "ip",
            Self::Cidr => "cidr",
            Self::Uuid => "uuid",
            Self::Duration(_) => "duration",
            Self::Bytes(_) => "bytes",
            Self::Json => "json",
            Self::List(_) => "list",
            Self::Base64(_) => "base64",
            Self::Hex(_) => "hex",
            Self::Pem(_) => "pem",
            Self::Arn(_) => "arn",
            Self::Semver => "semver",
            Self::Path => "path",
        }
    }

    /// What a text of this type is, as a short phrase for documentation and for "expected …": `a port from 1
    /// to 65535`. It is made of the contract only.
    #[must_use]
    pub fn expectation(&self) -> Cow<'static, str> {
        match self {
            Self::String(of) => of.expectation(),
            Self::Integer(bounds) => bounded("a whole number", bounds.min, bounds.max),
            Self::Number(bounds) => bounded("a number", bounds.min, bounds.max),
            Self::Boolean => boolean::EXPECTATION.into(),
            Self::Port(bounds) => number::port_expectation(bounds),
            Self::Enum(of) => of.expectation(),
            Self::Url(of) => of.expectation(),
            Self::Email => network::EMAIL.into(),
            Self::Host => network::HOST.into(),
            Self::Ip => network::IP.into(),
            Self::Cidr => network::CIDR.into(),
            Self::Uuid => identifier::UUID.into(),
            Self::Duration(bounds) => measure::duration_expectation(bounds),
            Self::Bytes(bounds) => measure::size_expectation(bounds),
            Self::Json => json::EXPECTATION.into(),
            Self::List(of) => of.expectation(),
            Self::Base64(of) => encoded::base64_expectation(*of),
            Self::Hex(of) => encoded::hex_expectation(*of),
            Self::Pem(of) => of.expectation(),
            Self::Arn(of) => of.expectation(),
            Self::Semver => identifier::SEMVER.into(),
            Self::Path => text::PATH.into(),
        }
    }
}

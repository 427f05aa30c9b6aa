//! What holds for every type and every text.

use std::time::Duration;

use base64::Engine;
use base64::alphabet::{Alphabet, STANDARD, URL_SAFE};
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use envschema::types::{Bounds, EncodedType, TypedValue, ValueType};
use proptest::prelude::*;
use proptest::sample::select;

use super::samples::{any_text, types, valid};

/// Texts around a canary that go wrong in different places.
const FRAMES: &[&str] = &[
    "#",
    " #",
    "\"#\"",
    "'#",
    "1,#",
    "https://a.com;#",
    "0 #",
    "#,,",
    "1#",
    "12 #",
    "postgres://u:#@@h/db",
    "postgres://u:#%@h/db",
    "https://h:#/",
    "mongodb://a:1,#:x/",
    "#://h",
    "#@",
    "#@a@b",
    "10.0.0.0/#",
    "{\"a\": #",
    "{'#': 1}",
    "[\"#\"",
    "-----BEGIN #-----\nYQ==\n-----END #",
    "-----BEGIN PRIVATE KEY-----\\n#\\n-----END PRIVATE KEY-----",
    "arn:aws:#",
    "v#",
    "#\0",
    "sk_#!",
];

/// The length that one of four strict decoders finds.
fn decoded_length(text: &str) -> Option<usize> {
    let decode = |alphabet: &Alphabet, padding| {
        let config = GeneralPurposeConfig::new()
            .with_decode_padding_mode(padding)
            .with_decode_allow_trailing_bits(true);
        GeneralPurpose::new(alphabet, config).decode(text).ok()
    };
    let mut decodings = [&STANDARD, &URL_SAFE].into_iter().flat_map(|alphabet| {
        [DecodePaddingMode::RequireCanonical, DecodePaddingMode::RequireNone]
            .into_iter()
            .filter_map(move |padding| decode(alphabet, padding))
    });
    decodings.next().map(|bytes| bytes.len())
}

proptest! {
    #[test]
    fn valid_texts_are_taken((of, text) in select(types()).prop_flat_map(|of| (Just(of.clone()), valid(&of)))) {
        prop_assert_eq!(of.accepts(&text), Ok(()));
        let typed = of.check(&text);
        prop_assert!(typed.is_ok());
        if let Ok(TypedValue::Text(value)) = typed {
            prop_assert!(value == text || matches!(of, ValueType::Enum(_)));
        }
    }

    #[test]
    fn check_and_accepts_agree(of in select(types()), text in any_text()) {
        prop_assert_eq!(of.check(&text).err(), of.accepts(&text).err());
    }

    #[test]
    fn a_mismatch_holds_nothing_of_the_text(
        of in select(types()),
        frame in select(FRAMES),
        canary in "[a-zA-Z0-9]{12,60}",
    ) {
        if let Err(mismatch) = of.check(&frame.replace('#', &canary)) {
            let shown = mismatch.to_string();
            prop_assert!(!shown.to_lowercase().contains(&canary.to_lowercase()), "{}", shown);
        }
    }

    /// Lengths of this size are in no type's own words.
    #[test]
    fn a_mismatch_does_not_tell_the_length(
        of in select(types()),
        frame in select(FRAMES),
        canary in "[a-zA-Z0-9]{200,300}",
    ) {
        let text = frame.replace('#', &canary);
        if let Err(mismatch) = of.check(&text) {
            let shown = mismatch.to_string();
            let mut numbers = shown.split(|c: char| !c.is_ascii_digit());
            let lengths = [canary.len(), text.len()].map(|length| length.to_string());
            prop_assert!(!numbers.any(|number| lengths.iter().any(|length| length == number)), "{}", shown);
        }
    }

    #[test]
    fn a_mismatch_never_repeats_the_text(of in select(types()), text in "\\PC{4,40}") {
        if let Err(mismatch) = of.check(&text) {
            prop_assert!(!mismatch.to_string().contains(&text));
        }
    }

    #[test]
    fn integers_are_read_as_written(number: i64) {
        let read = ValueType::Integer(Bounds::default()).check(&number.to_string());
        prop_assert!(read == Ok(TypedValue::Integer(number)));
    }

    #[test]
    fn numbers_are_read_as_written(number in proptest::num::f64::NORMAL) {
        let of = ValueType::Number(Bounds::default());
        prop_assert!(of.check(&number.to_string()) == Ok(TypedValue::Number(number)));
        let with_exponent = format!("{number:e}");
        prop_assert!(of.check(&with_exponent) == Ok(TypedValue::Number(number)));
    }

    #[test]
    fn bounds_decide(number: i64, min: Option<i64>, max: Option<i64>) {
        let taken = ValueType::Integer(Bounds { min, max }).accepts(&number.to_string()).is_ok();
        prop_assert_eq!(taken, min.is_none_or(|min| min <= number) && max.is_none_or(|max| number <= max));
    }

    #[test]
    fn durations_are_read_as_printed(seconds in 0..u64::MAX / 2, nanoseconds in 0..1_000_000_000_u32) {
        let span = Duration::new(seconds, nanoseconds);
        let text = humantime::format_duration(span).to_string();
        prop_assert!(ValueType::Duration(Bounds::default()).check(&text) == Ok(TypedValue::Duration(span)));
    }

    #[test]
    fn sizes_are_exact(whole in 0..1_000_000_u64, thousandths in 0..1000_u64) {
        let of = ValueType::Bytes(Bounds::default());
        let number = format!("{whole}.{thousandths:03}");
        let read = |unit: &str| of.check(&[&number, unit].concat());
        let thousands = i64::try_from(whole * 1000 + thousandths).unwrap();
        prop_assert!(read("kB") == Ok(TypedValue::Integer(thousands)));
        prop_assert!(read("MB") == Ok(TypedValue::Integer(thousands * 1000)));
        prop_assert!(read("MiB") == Ok(TypedValue::Integer((thousands << 20) / 1000)));
    }

    #[test]
    fn json_is_read_as_written(text in valid(&ValueType::Json)) {
        let value = serde_json::from_str(&text).unwrap();
        prop_assert!(ValueType::Json.check(&text) == Ok(TypedValue::Json(value)));
    }

    #[test]
    fn base64_is_what_a_decoder_takes(text in "[AQgw+/_-]{0,12}={0,3}") {
        let taken = |bytes| ValueType::Base64(EncodedType { bytes }).accepts(&text).is_ok();
        match decoded_length(&text) {
            None | Some(0) => prop_assert!(!taken(None)),
            Some(length) => {
                prop_assert!(taken(None));
                prop_assert!(taken(Some(length)));
                prop_assert!(!taken(Some(length + 1)));
            }
        }
    }
}

//! `uuid`, `arn` and `semver`.

use envschema::types::{ArnType, ValueType};

use super::{QUOTES, WHITE_SPACE, refuses, takes};

#[test]
fn a_uuid_has_hyphens() {
    takes(
        &ValueType::Uuid,
        &[
            "00000000-0000-0000-0000-000000000000",
            "67e55044-10b1-426f-9247-bb680e5fe0c8",
            "67E55044-10B1-426F-9247-BB680E5FE0C8",
        ],
    );
    let dressed = "leave out the braces or the `urn:uuid:`";
    refuses(
        &ValueType::Uuid,
        "expected a UUID of 32 hexadecimal digits in groups of 8-4-4-4-12",
        &[
            ("", ""),
            ("67e55044-10b1-426f-9247-bb680e5fe0c", ""),
            ("67e55044-10b1-426f-9247-bb680e5fe0c80", ""),
            ("67e5504410b1-426f-9247-bb680e5fe0c8-", ""),
            ("67e55044-10b1-426f-9247-bb680e5fe0cg", ""),
            ("67e5504410b1426f9247bb680e5fe0c8", "write the hyphens"),
            ("{67e55044-10b1-426f-9247-bb680e5fe0c8}", dressed),
            ("urn:uuid:67e55044-10b1-426f-9247-bb680e5fe0c8", dressed),
            (" 67e55044-10b1-426f-9247-bb680e5fe0c8", WHITE_SPACE),
            ("\"67e55044-10b1-426f-9247-bb680e5fe0c8\"", QUOTES),
        ],
    );
}

#[test]
fn an_arn_has_six_parts() {
    let any = ValueType::Arn(ArnType::default());
    takes(
        &any,
        &[
            "arn:aws:acm:us-west-2:123456789012:certificate/abc",
            "arn:aws:s3:::bucket/key",
            "arn:aws:iam::123456789012:role/name",
            "arn:aws:iam::aws:policy/ReadOnlyAccess",
            "arn:aws-cn:sqs:cn-north-1:123456789012:queue",
            "arn:aws-us-gov:logs:us-gov-west-1:123456789012:log-group:a:*",
        ],
    );
    refuses(
        &any,
        "expected an Amazon Resource Name, `arn:aws:…`",
        &[
            ("", "give the whole name, from `arn:` on"),
            ("certificate/abc", "give the whole name, from `arn:` on"),
            ("arn:aws:s3::bucket", ""),
            ("arn:aws:s3:::", ""),
            ("arn:aws::us-west-2:123456789012:x", ""),
            ("arn:azure:s3:::bucket", ""),
            ("arn:aws-:s3:::bucket", ""),
            ("arn:aws:S3:::bucket", ""),
            ("arn:aws:iam::12345678901:role/x", ""),
            ("arn:aws:iam::1234567890123:role/x", ""),
            ("arn:aws:iam::12345678901a:role/x", ""),
            ("arn:aws:s3:::a b", ""),
            ("arn:aws:s3:::bucket\n", WHITE_SPACE),
            ("\"arn:aws:s3:::bucket\"", QUOTES),
        ],
    );
    let of_acm = ValueType::Arn(ArnType { service: Some("acm".into()) });
    takes(&of_acm, &["arn:aws:acm:us-west-2:123456789012:certificate/abc"]);
    let expected = "expected an Amazon Resource Name of `acm`, `arn:aws:acm:…`";
    refuses(&of_acm, expected, &[("arn:aws:s3:::bucket", ""), ("arn:aws:acm-pca:::x", "")]);
}

#[test]
fn a_version_has_three_numbers() {
    takes(&ValueType::Semver, &["0.0.0", "1.4.0", "1.0.0-rc.1+build.5"]);
    let marked = "leave out what stands before the first number";
    refuses(
        &ValueType::Semver,
        "expected a semantic version such as `1.4.0`",
        &[
            ("", ""),
            ("1", ""),
            ("1.4", ""),
            ("01.4.0", ""),
            ("1.4.0.1", ""),
            ("latest", ""),
            ("v", ""),
            ("v1.4.0", marked),
            ("=1.4.0", marked),
            ("1.4.0 ", WHITE_SPACE),
            ("\"1.4.0\"", QUOTES),
        ],
    );
}

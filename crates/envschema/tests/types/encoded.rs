//! `base64`, `hex` and `pem`.

use envschema::types::{EncodedType, PemType, ValueType};

use super::{QUOTES, WHITE_SPACE, refuses, takes};

fn base64(bytes: impl Into<Option<usize>>) -> ValueType {
    ValueType::Base64(EncodedType { bytes: bytes.into() })
}

fn hex(bytes: impl Into<Option<usize>>) -> ValueType {
    ValueType::Hex(EncodedType { bytes: bytes.into() })
}

#[test]
fn base64_has_two_alphabets_and_optional_padding() {
    takes(&base64(None), &["YQ==", "YQ", "YWI=", "YWI", "YWJj", "+/+/", "-_-_", "-_8=", "-_8", "YR=="]);
    let alphabets = "use one alphabet: either `+` and `/`, or `-` and `_`";
    refuses(
        &base64(None),
        "expected base64 text",
        &[
            ("", ""),
            ("A", ""),
            ("AAAAA", ""),
            ("=", ""),
            ("YQ=", ""),
            ("YQ===", ""),
            ("YWI==", ""),
            ("YWJj=", ""),
            ("Y=Q=", ""),
            ("YQ==YQ==", ""),
            ("YQ!=", ""),
            ("ž", ""),
            ("+/-_", alphabets),
            ("YWJj\nYWJj", "write it on one line, without white space"),
            ("YWJj\n", WHITE_SPACE),
            ("\"YWJj\"", QUOTES),
        ],
    );
}

#[test]
fn base64_of_a_fixed_length() {
    let in_hexadecimal = "this is the right number of bytes in hexadecimal; write them in base64";
    takes(&base64(4), &["AAECAw==", "AAECAw", "_-ECAw"]);
    refuses(
        &base64(4),
        "expected exactly 4 bytes of base64",
        &[("AAEC", ""), ("AAECAwQ=", ""), ("00010203", in_hexadecimal), ("AAECA", "")],
    );
    refuses(&base64(1), "expected exactly 1 byte of base64", &[("AAE=", "")]);
}

#[test]
fn hex_has_two_digits_for_each_byte() {
    takes(&hex(None), &["00", "0aF1", "DEADBEEF"]);
    let separators = "write the digits without separators between them";
    refuses(
        &hex(None),
        "expected hexadecimal digits, two for each byte",
        &[
            ("", ""),
            ("0", ""),
            ("abc", ""),
            ("0g", ""),
            ("ž", ""),
            ("0xab", "leave out the `0x`"),
            ("de:ad", separators),
            ("de ad", separators),
            ("ab ", WHITE_SPACE),
            ("'ab'", QUOTES),
        ],
    );
    takes(&hex(2), &["dead"]);
    let in_base64 = "this is the right number of bytes in base64; write them in hexadecimal";
    refuses(
        &hex(2),
        "expected exactly 2 bytes in hexadecimal, two digits each",
        &[("de", ""), ("deadbe", ""), ("AAE=", in_base64)],
    );
}

fn pem(label: &str) -> ValueType {
    ValueType::Pem(PemType { label: Some(label.to_owned()) })
}

const CERTIFICATE: &str = "-----BEGIN CERTIFICATE-----\nYWJj\nYQ==\n-----END CERTIFICATE-----\n";
const RSA: &str = "-----BEGIN RSA PRIVATE KEY-----\nYWJj\n-----END RSA PRIVATE KEY-----";
const EC: &str = "-----BEGIN EC PRIVATE KEY-----\nYWJj\n-----END EC PRIVATE KEY-----";
const PKCS8: &str = "-----BEGIN PRIVATE KEY-----\r\nYWJj\r\n-----END PRIVATE KEY-----\r\n";

#[test]
fn a_pem_is_one_or_more_blocks() {
    let two = [CERTIFICATE, RSA].concat();
    let bundle = ["# the root\n", CERTIFICATE, "\n# the leaf\n", CERTIFICATE].concat();
    let encrypted = RSA.replace("YWJj", "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00FF\n\nYWJj");
    takes(
        &ValueType::Pem(PemType::default()),
        &[CERTIFICATE, RSA, EC, PKCS8, &two, &bundle, &encrypted, &format!("\n{RSA}")],
    );

    let block = |body: &str| format!("-----BEGIN A-----\n{body}\n-----END A-----");
    takes(&ValueType::Pem(PemType::default()), &[&block("YWJj"), &block("YQ=="), &block("YWJj  ")]);
    refuses(
        &ValueType::Pem(PemType::default()),
        "expected a PEM block, from its `BEGIN` line to its `END` line",
        &[
            ("", ""),
            ("YWJj", ""),
            (&block(""), ""),
            (&block("YQ"), ""),
            (&block("YQ==\nYWJj"), ""),
            (&block("-_-_"), ""),
            (&block("!"), ""),
            (&block("YWJj\nA: b"), ""),
            (&block("YWJj").replace("END A", "END B"), ""),
            (&block("-----BEGIN A-----"), ""),
            (&[CERTIFICATE, "-----END A-----"].concat(), ""),
            (&[CERTIFICATE, &block("!")].concat(), ""),
            ("-----BEGIN -----\nYWJj\n-----END -----", ""),
        ],
    );
}

#[test]
fn a_label_is_that_of_the_first_block() {
    takes(&pem("CERTIFICATE"), &[CERTIFICATE, &[CERTIFICATE, RSA].concat()]);
    let expected = "expected a PEM block labelled `CERTIFICATE`";
    refuses(&pem("CERTIFICATE"), expected, &[(RSA, ""), (&[RSA, "\n", CERTIFICATE].concat(), "")]);

    takes(&pem("PRIVATE KEY"), &[PKCS8, RSA, EC]);
    let keys = "expected a PEM block labelled `PRIVATE KEY`, `RSA PRIVATE KEY` or `EC PRIVATE KEY`";
    refuses(&pem("PRIVATE KEY"), keys, &[(CERTIFICATE, "")]);
    refuses(&pem("RSA PRIVATE KEY"), "expected a PEM block labelled `RSA PRIVATE KEY`", &[(PKCS8, "")]);
}

#[test]
fn what_happens_to_keys_on_their_way_is_told() {
    let escaped = "its line breaks are written as the two characters `\\n`; put real line breaks there";
    let missing =
        "its `END` line is missing; a value of several lines needs quotes around it in a file of variables";
    refuses(
        &pem("RSA PRIVATE KEY"),
        "expected a PEM block labelled `RSA PRIVATE KEY`",
        &[
            (&RSA.replace('\n', "\\n"), escaped),
            (&RSA.replace('\n', " "), "keep its line breaks"),
            ("-----BEGIN RSA PRIVATE KEY-----", missing),
            (
                "LS0tLS1CRUdJTiBSU0EgUFJJVkFURSBLRVktLS0tLQ==",
                "this is a PEM block encoded in base64 once more; decode it",
            ),
            (&format!("\"{RSA}\""), QUOTES),
        ],
    );
}

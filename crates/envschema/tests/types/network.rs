//! `email`, `host`, `ip` and `cidr`.

use envschema::types::ValueType;

use super::{QUOTES, WHITE_SPACE, refuses, takes};

#[test]
fn an_email_is_one_address() {
    takes(
        &ValueType::Email,
        &[
            "name@example.com",
            "first.last+tag@mail.example.co.uk",
            "root@localhost",
            "\"two words\"@example.com",
            "name@[192.0.2.1]",
            "o'neil@example.com",
            "a@xn--mnchen-3ya.de",
        ],
    );
    let alone = "give the address alone, without a name and without `<` and `>`";
    refuses(
        &ValueType::Email,
        "expected an e-mail address such as `name@example.com`",
        &[
            ("", ""),
            ("name", ""),
            ("@example.com", ""),
            ("name@", ""),
            ("a@b@example.com", ""),
            ("a..b@example.com", ""),
            ("name@-example.com", ""),
            ("name@exam_ple.com", ""),
            ("name@example.com.", ""),
            ("näme@example.com", ""),
            ("name@münchen.de", ""),
            ("two words@example.com", ""),
            ("Name <name@example.com>", alone),
            ("<name@example.com>", alone),
            (" <name@example.com>", WHITE_SPACE),
            ("a@example.com,b@example.com", "give one address"),
            (" name@example.com", WHITE_SPACE),
            ("name@example.com\n", WHITE_SPACE),
            ("\"name@example.com\"", QUOTES),
        ],
    );
}

#[test]
fn a_host_is_a_name_or_an_address() {
    let label = "a".repeat(63);
    let longest = [label.as_str(), &label, &label, &"a".repeat(61)].join(".");
    takes(
        &ValueType::Host,
        &[
            "localhost",
            "example.com",
            "example.com.",
            "EXAMPLE.com",
            "a-b.c",
            "3com.com",
            "xn--mnchen-3ya.de",
            "10.0.0.1",
            "::1",
            "2001:db8::1",
            &label,
            &longest,
        ],
    );
    let alone = "give the host alone, without a scheme, user, port or path";
    let letters = "a host name is made of ASCII letters, digits, `-` and `.`";
    refuses(
        &ValueType::Host,
        "expected a host name or an IP address",
        &[
            ("", ""),
            (".", ""),
            ("a..b", ""),
            (".com", ""),
            ("-a.com", ""),
            ("a-.com", ""),
            ("256.0.0.1", ""),
            ("10.0.0", ""),
            ("42", ""),
            (&"a".repeat(64), ""),
            (&format!("{longest}a"), ""),
            ("my_db", letters),
            ("münchen.de", letters),
            ("localhost:5432", alone),
            ("https://example.com", alone),
            ("example.com/path", alone),
            ("[::1]", "write the address without brackets"),
            ("example.com ", WHITE_SPACE),
            ("\"example.com\"", QUOTES),
        ],
    );
}

#[test]
fn an_ip_is_an_address_alone() {
    takes(&ValueType::Ip, &["0.0.0.0", "255.255.255.255", "::", "::1", "2001:DB8::a", "::ffff:192.0.2.1"]);
    let alone = "give the address alone, without brackets, port or prefix length";
    refuses(
        &ValueType::Ip,
        "expected an IPv4 or IPv6 address",
        &[
            ("", ""),
            ("localhost", ""),
            ("256.0.0.1", ""),
            ("10.0.0", ""),
            ("010.0.0.1", ""),
            ("fe80::1%eth0", ""),
            ("::1::", ""),
            ("10.0.0.1:80", alone),
            ("10.0.0.1/32", alone),
            ("[::1]:80", alone),
            (" 10.0.0.1", WHITE_SPACE),
            ("\"::1\"", QUOTES),
        ],
    );
}

#[test]
fn a_cidr_is_an_address_and_a_prefix_length() {
    takes(
        &ValueType::Cidr,
        &["0.0.0.0/0", "10.0.0.0/16", "10.1.2.3/8", "192.0.2.1/32", "::/0", "2001:db8::/32", "::1/128"],
    );
    let v4 = "the prefix length of an IPv4 block is a number from 0 to 32";
    let v6 = "the prefix length of an IPv6 block is a number from 0 to 128";
    refuses(
        &ValueType::Cidr,
        "expected an address block such as `10.0.0.0/16`",
        &[
            ("", ""),
            ("/16", ""),
            ("example.com/16", ""),
            ("10.0.0/16", ""),
            ("10.0.0.0/", v4),
            ("10.0.0.0/33", v4),
            ("10.0.0.0/016", v4),
            ("10.0.0.0/+8", v4),
            ("10.0.0.0/-1", v4),
            ("10.0.0.0/16/2", v4),
            ("::/129", v6),
            ("10.0.0.0/255.255.0.0", "write the mask as a number of bits, such as `/16`"),
            ("10.0.0.1", "add a prefix length; `/32` is the address alone"),
            ("::1", "add a prefix length; `/128` is the address alone"),
            ("10.0.0.0/16 ", WHITE_SPACE),
            ("\"10.0.0.0/16\"", QUOTES),
        ],
    );
}

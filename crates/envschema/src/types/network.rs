//! `email`, `host`, `ip` and `cidr`.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use email_address::{EmailAddress, Options};

use super::Mismatch;

/// What `email` expects.
pub(super) const EMAIL: &str = "an e-mail address such as `name@example.com`";
/// What `host` expects.
pub(super) const HOST: &str = "a host name or an IP address";
/// What `ip` expects.
pub(super) const IP: &str = "an IPv4 or IPv6 address";
/// What `cidr` expects.
pub(super) const CIDR: &str = "an address block such as `10.0.0.0/16`";

/// The parser's rules for the local part and address literals; a domain is held to those of `host`.
pub(super) fn email(text: &str) -> Result<(), Mismatch> {
    let options = Options::default().without_display_text();
    let domain = text.rsplit_once('@').map(|(_, domain)| domain);
    let valid = text.is_ascii()
        && !text.starts_with(' ')
        && domain.is_some_and(|domain| domain.starts_with('[') || is_mail_domain(domain))
        && EmailAddress::parse_with_options(text, options).is_ok();
    if valid {
        return Ok(());
    }
    let help = if text.contains(['<', '>']) {
        Some("give the address alone, without a name and without `<` and `>`")
    } else if text.contains([',', ';']) {
        Some("give one address")
    } else {
        None
    };
    Err(Mismatch::new(EMAIL, text, help))
}

fn is_mail_domain(domain: &str) -> bool {
    is_host_name(domain) && !domain.ends_with('.')
}

pub(super) fn host(text: &str) -> Result<(), Mismatch> {
    if is_host_name(text) || text.parse::<IpAddr>().is_ok() {
        return Ok(());
    }
    let help = if text.starts_with('[') && text.ends_with(']') {
        Some("write the address without brackets")
    } else if text.contains([':', '/', '@']) {
        Some("give the host alone, without a scheme, user, port or path")
    } else if text.contains(['_', ' ']) || !text.is_ascii() {
        Some("a host name is made of ASCII letters, digits, `-` and `.`")
    } else {
        None
    };
    Err(Mismatch::new(HOST, text, help))
}

/// RFC 1123. A last label of digits only would be half an IPv4 address; one dot may end the name.
fn is_host_name(text: &str) -> bool {
    let name = text.strip_suffix('.').unwrap_or(text);
    let last = name.rsplit('.').next().unwrap_or_default();
    name.len() <= 253 && name.split('.').all(is_label) && !last.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_label(label: &str) -> bool {
    (1..=63).contains(&label.len())
        && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        && !label.starts_with('-')
        && !label.ends_with('-')
}

pub(super) fn ip(text: &str) -> Result<(), Mismatch> {
    if text.parse::<IpAddr>().is_ok() {
        return Ok(());
    }
    let help = if text.contains(['/', '[']) || text.split_once(':').is_some_and(|(ip, _)| is_v4(ip)) {
        Some("give the address alone, without brackets, port or prefix length")
    } else {
        None
    };
    Err(Mismatch::new(IP, text, help))
}

fn is_v4(text: &str) -> bool {
    text.parse::<Ipv4Addr>().is_ok()
}

pub(super) fn cidr(text: &str) -> Result<(), Mismatch> {
    let help = match text.split_once('/') {
        None if is_v4(text) => Some("add a prefix length; `/32` is the address alone"),
        None if text.parse::<Ipv6Addr>().is_ok() => Some("add a prefix length; `/128` is the address alone"),
        None => None,
        Some((address, length)) => match address.parse::<IpAddr>() {
            Ok(IpAddr::V4(_)) if is_prefix_length(length, 32) => return Ok(()),
            Ok(IpAddr::V6(_)) if is_prefix_length(length, 128) => return Ok(()),
            Ok(IpAddr::V4(_)) if is_v4(length) => Some("write the mask as a number of bits, such as `/16`"),
            Ok(IpAddr::V4(_)) => Some("the prefix length of an IPv4 block is a number from 0 to 32"),
            Ok(IpAddr::V6(_)) => Some("the prefix length of an IPv6 block is a number from 0 to 128"),
            Err(_) => None,
        },
    };
    Err(Mismatch::new(CIDR, text, help))
}

/// Digits without a leading zero, which some readers take for octal.
fn is_prefix_length(text: &str, max: u8) -> bool {
    let plain = text == "0" || !text.starts_with(['0', '+']);
    plain && text.parse::<u8>().is_ok_and(|length| length <= max)
}

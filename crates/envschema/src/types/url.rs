//! `url`.

use std::borrow::Cow;

use fluent_uri::{ParseError, ParseErrorKind, Uri, pct_enc::EStr};
use zeroize::Zeroizing;

use super::{Mismatch, UrlType};

/// Schemes of the web: their URLs have exactly one host.
const WEB: &[&str] = &["http", "https", "ws", "wss"];

/// Schemes whose URLs are in use without `//`. With any other scheme `localhost:3000` would be a URL.
const WITHOUT_AUTHORITY: &[&str] = &["data", "file", "jdbc", "mailto", "sqlite", "tel", "urn"];

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

/// Why a text is not a URL, as a help; often there is nothing to add to what was expected.
type Fault = Option<&'static str>;

impl UrlType {
    pub(super) fn expectation(&self) -> Cow<'static, str> {
        let starts = match &self.prefix {
            Some(prefix) => vec![format!("`{prefix}`")],
            None => self.schemes.iter().map(|scheme| start(scheme)).collect(),
        };
        match starts.as_slice() {
            [] => "a URL with its scheme, such as `https://…`".into(),
            [only] => format!("a URL that starts with {only}").into(),
            [most @ .., last] => format!("a URL that starts with {} or {last}", most.join(", ")).into(),
        }
    }

    pub(super) fn verify(&self, text: &str) -> Result<(), Mismatch> {
        self.judge(text).map_err(|fault| Mismatch::new(&self.expectation(), text, fault))
    }

    fn judge(&self, text: &str) -> Result<(), Fault> {
        let (scheme, rest) = text.split_once(':').ok_or(Some(NO_SCHEME))?;
        let is_one_of = |schemes: &[&str]| schemes.iter().any(|known| known.eq_ignore_ascii_case(scheme));
        let after = rest.strip_prefix("//");
        if !is_scheme(scheme) || after.is_none() && !is_one_of(WITHOUT_AUTHORITY) {
            return Err(Some(NO_SCHEME));
        }
        let allowed = |wanted: &String| wanted.eq_ignore_ascii_case(scheme);
        if !self.schemes.is_empty() && !self.schemes.iter().any(allowed) {
            return Err(None);
        }
        if self.prefix.as_ref().is_some_and(|prefix| !text.starts_with(prefix)) {
            return Err(None);
        }
        let Some(after) = after else { return one_host(text, false) };

        let authority = &after[..after.find(['/', '?', '#']).unwrap_or(after.len())];
        let (user, hosts) = authority.rsplit_once('@').unwrap_or(("", authority));
        if user.contains('@') {
            return Err(Some(USER));
        }
        let is_web = is_one_of(WEB);
        if !hosts.contains(',') {
            return one_host(text, is_web);
        }
        if is_web {
            return Err(Some(ONE_URL));
        }
        // Several hosts, as databases and brokers take them: the URL has to be right with each of them.
        let (before, tail) = (&text[..text.len() - after.len()], &after[authority.len()..]);
        let at = if authority.contains('@') { "@" } else { "" };
        hosts
            .split(',')
            .try_for_each(|host| one_host(&Zeroizing::new([before, user, at, host, tail].concat()), true))
    }
}

fn is_scheme(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
}

/// How URLs of a scheme start.
fn start(scheme: &str) -> String {
    if WITHOUT_AUTHORITY.contains(&scheme) { format!("`{scheme}:`") } else { format!("`{scheme}://`") }
}

fn one_host(text: &str, needs_host: bool) -> Result<(), Fault> {
    let url = Uri::parse(text).map_err(|error| parse_fault(text, &error))?;
    let Some(authority) = url.authority() else { return Ok(()) };
    match authority.port().map(EStr::as_str) {
        Some("") => return Err(Some(NO_PORT)),
        Some(port) if port.parse::<u16>().is_err() => return Err(Some(PORT)),
        _ => {}
    }
    if needs_host && authority.host().is_empty() { Err(Some(NO_HOST)) } else { Ok(()) }
}

/// What goes wrong in the authority, before an `@`, is a character that the user name or the password has to
/// encode: `/`, `?` and `#` end the authority, so that the password's first part reads as a port. Without an
/// `@` a colon is wrong only in a bare IPv6 address.
fn parse_fault(text: &str, error: &ParseError) -> Fault {
    let (before, after) = text.split_at_checked(error.index()).unwrap_or((text, ""));
    let in_authority = before.split_once("//").is_none_or(|(_, read)| !read.contains(['/', '?', '#']));
    let in_brackets = before.rfind('[') > before.rfind(']');
    Some(if in_authority && after.contains('@') {
        USER
    } else if in_brackets || after.starts_with(':') || error.kind() == ParseErrorKind::InvalidIpv6Addr {
        BRACKETS
    } else if before.trim_end_matches(|c: char| c.is_ascii_digit()).ends_with(':') {
        PORT
    } else {
        CHARACTERS
    })
}

//! Whether a value is clearly made up, as examples are: the only kind of value that a secret variable's is copied of.

/// Words that only what is to be replaced is made of; one of them has to be there.
const CLEAR: &[&str] = &[
    "change",
    "changeme",
    "changethis",
    "replace",
    "replaceme",
    "your",
    "placeholder",
    "dummy",
    "sample",
    "example",
    "todo",
    "tbd",
    "fixme",
    "redacted",
    "insert",
    "here",
];

/// Words that stand beside them.
const BESIDE: &[&str] = &[
    "me",
    "this",
    "it",
    "the",
    "a",
    "my",
    "with",
    "in",
    "to",
    "for",
    "value",
    "secret",
    "password",
    "key",
    "token",
    "api",
    "prod",
    "production",
    "real",
    "own",
    "please",
    "string",
    "random",
    "long",
    "some",
    "test",
];

/// Passwords that nobody takes for secrets.
const KNOWN_PASSWORDS: &[&str] =
    &["", "password", "pass", "postgres", "secret", "root", "admin", "guest", "minioadmin", "test", "dev"];

/// Parameters of addresses with these in their names carry secrets.
const SECRET_PARAMETERS: &[&str] =
    &["token", "key", "secret", "pass", "pwd", "auth", "sig", "credential", "code", "session", "jwt"];

/// Hosts on this machine.
const LOCAL: &[&str] = &["localhost", "127.0.0.1", "[::1]", "0.0.0.0", "host.docker.internal"];

/// How long the beginning of a key is at most, as in `sk_live_...`.
const BEGINNING: usize = 12;

/// Whether the whole of a value is of a made-up form.
pub(super) fn is_made_up(value: &str) -> bool {
    let value = value.trim();
    if let Some(address) = Address::of(value) {
        return address.is_made_up();
    }
    value.is_empty()
        || is_cut_off(value)
        || is_in_brackets(value)
        || is_crossed_out(value)
        || is_words(value)
        || is_example_mail(value)
}

/// `sk-...`
fn is_cut_off(value: &str) -> bool {
    let beginning = value.strip_suffix("...").or_else(|| value.strip_suffix('…'));
    beginning.is_some_and(is_beginning)
}

fn is_beginning(text: &str) -> bool {
    text.len() <= BEGINNING && text.chars().all(|c| c.is_ascii_alphanumeric() || "_-.".contains(c))
}

/// `<the key>`, `${KEY}`
fn is_in_brackets(value: &str) -> bool {
    let inside = value
        .strip_prefix('<')
        .and_then(|rest| rest.strip_suffix('>'))
        .or_else(|| value.strip_prefix("${").and_then(|rest| rest.strip_suffix('}')));
    inside.is_some_and(is_plain)
}

/// `xxxx`, `ghp_xxxxxxxx`, `AKIAXXXXXXXX`, `00000000-0000`
fn is_crossed_out(value: &str) -> bool {
    let beginning = value.trim_end_matches(['x', 'X', '*']);
    let crosses = value.len() - beginning.len();
    let ends = beginning.is_empty()
        || beginning.ends_with(['_', '-', '.'])
        || beginning.bytes().all(|byte| byte.is_ascii_uppercase());
    let zeros = value.len() >= 8 && value.chars().all(|c| c == '0' || c == '-');
    let all = value.len() >= 3 && value.chars().all(|c| "xX*-".contains(c)) && crosses > 0;
    zeros || all || (crosses >= 3 && ends && is_beginning(beginning))
}

/// `changeme`, `your-stripe-key-here`
fn is_words(value: &str) -> bool {
    let lower = value.to_ascii_lowercase();
    let one_case = lower == value || value.to_ascii_uppercase() == value;
    let is_mark = |c: char| c.is_whitespace() || "-_.!".contains(c);
    let words: Vec<&str> = lower.split(is_mark).filter(|word| !word.is_empty()).collect();
    let known = words.iter().all(|word| CLEAR.contains(word) || BESIDE.contains(word));
    if known && words.iter().any(|word| CLEAR.contains(word)) {
        return true;
    }
    let letters = words.iter().all(|word| word.bytes().all(|byte| byte.is_ascii_alphabetic()));
    one_case && letters && words.len() >= 2 && (words[0] == "your" || words.ends_with(&["here"]))
}

/// `shop@example.com`
fn is_example_mail(value: &str) -> bool {
    value.split_once('@').is_some_and(|(user, host)| is_plain(user) && is_example_host(host))
}

fn is_example_host(host: &str) -> bool {
    let host = host.to_ascii_lowercase();
    let is = |name: &str| host == name || host.strip_suffix(name).is_some_and(|rest| rest.ends_with('.'));
    is_plain(&host)
        && ["example.com", "example.org", "example.net", "example", "test"].iter().any(|name| is(name))
}

/// Words and short numbers, with marks between them.
fn is_plain(text: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric()).all(|word| {
        let digits = word.bytes().filter(u8::is_ascii_digit).count();
        word.len() <= 4 || (digits == 0 && word.len() <= 20) || (digits == word.len() && digits <= 6)
    })
}

/// The parts of an address.
pub(super) struct Address<'t> {
    user: &'t str,
    pub(super) password: Option<&'t str>,
    host: &'t str,
    path: &'t str,
    query: &'t str,
}

impl<'t> Address<'t> {
    /// The address that a text is.
    pub(super) fn of(text: &'t str) -> Option<Self> {
        let (_, after) = text.split_once("://")?;
        // A password may hold any mark, and what is before the last `@` of an address is no host.
        let end = after.rfind('@').map_or(0, |at| at + 1);
        let end = after[end..].find(['/', '?', '#']).map_or(after.len(), |at| end + at);
        let (authority, rest) = after.split_at(end);
        let (userinfo, host) = authority.rsplit_once('@').unwrap_or(("", authority));
        let (user, password) = match userinfo.split_once(':') {
            Some((user, password)) => (user, Some(password)),
            None => (userinfo, None),
        };
        let (path, query) = rest.split_once(['?', '#']).unwrap_or((rest, ""));
        Some(Self { user, password, host, path, query })
    }

    /// Whether its password, its user or one of its parameters has to be taken for a secret in use.
    pub(super) fn has_secret(&self) -> bool {
        let password = self.password.is_some_and(|password| !self.is_known(password));
        password || !self.parameters().all(|(name, value)| !speaks(name) || is_made_up(value))
    }

    /// What has to be taken for a secret in use.
    pub(super) fn secrets(&self) -> impl Iterator<Item = &'t str> {
        let password = self.password.filter(|password| !self.is_known(password));
        let parameters = self.parameters().filter(|(name, _)| speaks(name)).map(|(_, value)| value);
        password.into_iter().chain(parameters)
    }

    fn is_known(&self, password: &str) -> bool {
        KNOWN_PASSWORDS.contains(&password)
            || is_made_up(password)
            || (password == self.user && password.bytes().all(|byte| byte.is_ascii_lowercase()))
    }

    fn parameters(&self) -> impl Iterator<Item = (&'t str, &'t str)> + use<'t> {
        self.query.split(['&', '#', '?']).map(|one| one.split_once('=').unwrap_or(("", one)))
    }

    pub(super) fn is_local(&self) -> bool {
        let (host, port) = self.host.rsplit_once(':').unwrap_or((self.host, ""));
        let host = if port.bytes().all(|byte| byte.is_ascii_digit()) { host } else { self.host };
        LOCAL.contains(&host)
    }

    fn is_made_up(&self) -> bool {
        let is_harmless = |text: &str| is_plain(text) || is_made_up(text);
        let in_brackets = |text: &str| text.starts_with('<') && is_in_brackets(text);
        (self.is_local()
            || is_example_host(self.host.split(':').next().unwrap_or_default())
            || in_brackets(self.host))
            && !self.has_secret()
            && is_harmless(self.user)
            && self.path.split('/').all(is_harmless)
            && self.parameters().all(|(name, value)| is_plain(name) && is_harmless(value))
    }
}

fn speaks(parameter: &str) -> bool {
    let lower = parameter.to_ascii_lowercase();
    SECRET_PARAMETERS.iter().any(|word| lower.contains(word))
}

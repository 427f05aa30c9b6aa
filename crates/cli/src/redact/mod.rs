//! [`Redactor`]: masks secrets in a stream of bytes, however it is cut into pieces.

mod forms;
#[cfg(unix)]
mod pump;

use std::collections::VecDeque;
use std::sync::Arc;

use aho_corasick::Anchored;
use aho_corasick::automaton::{Automaton, StateID};
use aho_corasick::nfa::noncontiguous::NFA;
use envschema::SecretValue;

#[cfg(unix)]
pub(crate) use pump::{Drained, Pump};

/// The secrets together are too large to be searched for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the secrets are too large to be masked")]
pub struct TooLarge;

/// Masks secrets in a stream of bytes.
///
/// Every byte that belongs to an occurrence of a secret, in one of its common forms, is taken out, and `[NAME]` stands in
/// their place, once for neighbours of one name. Everything else passes unchanged, as soon as it cannot be the
/// beginning of a secret any more: at most the longest form less one byte is held back. How the stream is cut into
/// pieces makes no difference.
///
/// Texts shorter than [`SecretValue::TELLING`] bytes are not masked: they occur by chance.
///
/// ```
/// use envctl::Redactor;
/// use envschema::SecretValue;
///
/// let key = SecretValue::from("sk-12345678");
/// let mut redactor = Redactor::new([("API_KEY", &key)]).unwrap();
/// let mut output = Vec::new();
/// redactor.push(b"the key is sk-123", &mut output);
/// assert_eq!(output, b"the key is ");
/// redactor.push(b"45678, and more\n", &mut output);
/// redactor.finish(&mut output);
/// assert_eq!(output, b"the key is [API_KEY], and more\n");
/// ```
pub struct Redactor {
    secrets: Arc<Secrets>,
    state: StateID,
    /// How many bytes have come.
    position: u64,
    /// Bytes that may belong to a secret that is not complete yet.
    held: VecDeque<Held>,
    /// The name whose mark was put out last, if nothing was put out after it.
    marked: Option<usize>,
}

/// What to look for.
struct Secrets {
    automaton: NFA,
    start: StateID,
    /// How many of the last bytes are the beginning of a form, for each state.
    depths: Vec<usize>,
    /// The place of each form's name in `marks`.
    names: Vec<usize>,
    marks: Vec<String>,
}

/// A byte with the occurrence that covers it: where that begins, and the place of its name.
struct Held {
    byte: u8,
    covered: Option<(u64, usize)>,
}

impl Redactor {
    /// Looks for these secrets, each with its name. Of names with one value the first is told.
    ///
    /// # Errors
    ///
    /// [`TooLarge`] when they do not fit into the tables of the search, which hold gigabytes.
    pub fn new<'a>(secrets: impl IntoIterator<Item = (&'a str, &'a SecretValue)>) -> Result<Self, TooLarge> {
        let mut marks = Vec::new();
        let mut forms = Vec::new();
        for (name, value) in secrets {
            forms.extend(forms::forms(value).into_iter().map(|form| (form, marks.len())));
            marks.push(format!("[{name}]"));
        }
        forms.sort_by(|(one, first), (other, second)| (&**one, first).cmp(&(&**other, second)));
        forms.dedup_by(|(later, _), (earlier, _)| **later == **earlier);
        let (patterns, names): (Vec<_>, Vec<_>) = forms.into_iter().unzip();
        let automaton = NFA::builder()
            .prefilter(false)
            .build(patterns.iter().map(|pattern| &**pattern))
            .map_err(|_| TooLarge)?;
        let start = automaton.start_state(Anchored::No).map_err(|_| TooLarge)?;
        let mut depths = vec![0];
        for pattern in &patterns {
            let mut state = start;
            for (index, byte) in pattern.iter().enumerate() {
                state = automaton.next_state(Anchored::No, state, *byte);
                depths.resize(depths.len().max(state.as_usize() + 1), 0);
                depths[state] = index + 1;
            }
        }
        let secrets = Secrets { automaton, start, depths, names, marks };
        Ok(Self::of(Arc::new(secrets)))
    }

    /// Whether a secret is not looked for, because its text is too short; an empty one is none.
    #[must_use]
    pub fn leaves(value: &SecretValue) -> bool {
        #[expect(clippy::disallowed_methods, reason = "only whether there is something is looked at")]
        let is_empty = value.expose().trim().is_empty();
        !is_empty && forms::forms(value).is_empty()
    }

    /// One for another stream, which looks for the same.
    #[must_use]
    pub fn another(&self) -> Self {
        Self::of(Arc::clone(&self.secrets))
    }

    fn of(secrets: Arc<Secrets>) -> Self {
        Self { state: secrets.start, secrets, position: 0, held: VecDeque::new(), marked: None }
    }

    /// Takes a piece of the stream, and puts out what is decided by now.
    pub fn push(&mut self, bytes: &[u8], output: &mut Vec<u8>) {
        let secrets = Arc::clone(&self.secrets);
        for byte in bytes {
            self.state = secrets.automaton.next_state(Anchored::No, self.state, *byte);
            self.held.push_back(Held { byte: *byte, covered: None });
            self.position += 1;
            if secrets.automaton.is_match(self.state) {
                self.cover(&secrets);
            }
            let undecided = secrets.depths.get(self.state.as_usize()).copied().unwrap_or(0);
            while self.held.len() > undecided {
                self.put_first(&secrets, output);
            }
        }
    }

    /// The end of the stream: puts out what was held back. What follows begins a new stream.
    pub fn finish(&mut self, output: &mut Vec<u8>) {
        let secrets = Arc::clone(&self.secrets);
        while !self.held.is_empty() {
            self.put_first(&secrets, output);
        }
        self.state = secrets.start;
        self.marked = None;
    }

    /// Covers the longest form that ends here. What it holds wholly is part of it; what began earlier stays.
    fn cover(&mut self, secrets: &Secrets) {
        let automaton = &secrets.automaton;
        let ending =
            (0..automaton.match_len(self.state)).map(|index| automaton.match_pattern(self.state, index));
        let Some(longest) = ending.max_by_key(|pattern| automaton.pattern_len(*pattern)) else { return };
        let length = automaton.pattern_len(longest);
        let (begin, name) = (self.position - length as u64, secrets.names[longest]);
        for held in self.held.iter_mut().rev().take(length) {
            if held.covered.is_none_or(|(earlier, _)| earlier >= begin) {
                held.covered = Some((begin, name));
            }
        }
    }

    fn put_first(&mut self, secrets: &Secrets, output: &mut Vec<u8>) {
        let Some(first) = self.held.pop_front() else { return };
        let name = first.covered.map(|(_, name)| name);
        match name {
            None => output.push(first.byte),
            Some(name) if self.marked == Some(name) => {}
            Some(name) => output.extend_from_slice(secrets.marks[name].as_bytes()),
        }
        self.marked = name;
    }
}

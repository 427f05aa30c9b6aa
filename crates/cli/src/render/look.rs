//! [`Look`]: colour, width and symbols of one output stream.

use anstyle::{AnsiColor, Style};
use envctl_resolver::sources::ProcessSnapshot;

/// How one output stream is to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// Whether to colour.
    pub colour: bool,
    /// Whether symbols beyond ASCII are understood.
    pub symbols: bool,
    /// How many columns there are; lines are not wrapped if this is not known.
    pub width: Option<usize>,
}

/// What a piece of text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    Error,
    Warning,
    Good,
    Heading,
    Faint,
}

impl Look {
    /// No colour, no symbols, no wrapping: for pipes and files.
    pub const PLAIN: Self = Self { colour: false, symbols: false, width: None };

    /// The look for a stream, by whether it is a terminal and by `NO_COLOR`, `CLICOLOR_FORCE`, `TERM`, `CI` and
    /// the locale.
    #[must_use]
    pub fn choose(terminal: bool, width: Option<usize>, environment: &ProcessSnapshot) -> Self {
        let set = |name| environment.get_os(name).is_some_and(|value| !value.is_empty());
        let is = |name, wanted: &str| environment.get_os(name).is_some_and(|value| value == wanted);
        let forced = set("CLICOLOR_FORCE") && !is("CLICOLOR_FORCE", "0");
        let colour = !set("NO_COLOR") && (forced || (terminal && !is("TERM", "dumb") && !set("CI")));
        let utf8 = ["LC_ALL", "LC_CTYPE", "LANG"]
            .into_iter()
            .find_map(|name| environment.get_os(name).filter(|value| !value.is_empty()))
            .and_then(|value| value.to_str())
            .is_some_and(|locale| {
                let locale = locale.to_ascii_lowercase();
                locale.contains("utf-8") || locale.contains("utf8")
            });
        Self { colour, symbols: terminal && utf8, width }
    }

    /// `text` in a tone, if there is colour.
    pub(crate) fn paint(self, tone: Tone, text: &str) -> String {
        if !self.colour || text.is_empty() {
            return text.to_owned();
        }
        let style = match tone {
            Tone::Error => Style::new().fg_color(Some(AnsiColor::Red.into())).bold(),
            Tone::Warning => Style::new().fg_color(Some(AnsiColor::Yellow.into())).bold(),
            Tone::Good => Style::new().fg_color(Some(AnsiColor::Green.into())).bold(),
            Tone::Heading => Style::new().bold(),
            Tone::Faint => Style::new().dimmed(),
        };
        format!("{style}{text}{style:#}")
    }

    /// A symbol, or what stands for it in ASCII.
    pub(crate) fn symbol(self, symbol: &'static str, ascii: &'static str) -> &'static str {
        if self.symbols { symbol } else { ascii }
    }

    /// `text` after `first`, following lines indented by `indent` columns, within the width.
    pub(crate) fn wrap(self, first: &str, indent: usize, text: &str) -> String {
        let rest = " ".repeat(indent);
        match self.width {
            Some(width) if width > indent + 20 => {
                let options = textwrap::Options::new(width)
                    .initial_indent(first)
                    .subsequent_indent(&rest)
                    .break_words(false)
                    .word_splitter(textwrap::WordSplitter::NoHyphenation);
                textwrap::fill(text, options)
            }
            _ => format!("{first}{}", text.replace('\n', &format!("\n{rest}"))),
        }
    }
}

//! [`Diagnostic`]: what is wrong with a contract, and where. All errors of a file come in one [`SchemaErrors`].

use std::fmt;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use crate::code::codes;
use crate::place::Place;
use crate::text::{File, SourceText, Span};

codes! {
    /// What kind of mistake a contract holds.
    pub enum DiagnosticCode {
        Syntax = "syntax": "The text is not TOML.",
        UnknownKey = "unknown-key": "A table has a key that the format does not know.",
        WrongType = "wrong-type": "A key holds another kind of TOML value than it takes.",
        MissingKey = "missing-key": "A key that has to be there is not.",
        BadName = "bad-name": "A name has a form that its kind does not allow.",
        Duplicate = "duplicate": "Two things share a name.",
        UnknownName = "unknown-name": "A variable, condition, group, environment or service that is not defined.",
        UnknownType = "unknown-type": "A `type` that does not exist.",
        BadParameter = "bad-parameter": "A type is given a parameter that it does not take, or one that makes no sense.",
        BadValue = "bad-value": "A word is not one of those that the key takes.",
        BadDefault = "bad-default": "A default or example is not of the variable's type.",
        BadCondition = "bad-condition": "A condition cannot be read.",
        NotBoolean = "not-boolean": "A condition uses a bare name that is not a boolean.",
        NeverEqual = "never-equal": "A condition compares with a value that the variable cannot have.",
        BadComparison = "bad-comparison": "A condition compares things of different kinds.",
        Cycle = "cycle": "Conditions, templates or contracts refer to each other in a circle.",
        BadTemplate = "bad-template": "A `derive` template cannot be read.",
        BadGenerator = "bad-generator": "A `generate` value names no generator, or does not fit the type.",
        BadRule = "bad-rule": "A rule does not say exactly one thing.",
        Exposed = "exposed": "A secret carries a name that build tools ship to the browser.",
        Unreadable = "unreadable": "A file that the contract extends cannot be read.",
    }
}

/// One thing that is wrong with a contract: a mistake, or with a code of another kind what was proven of it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Diagnostic<C = DiagnosticCode> {
    /// What kind of thing.
    pub code: C,
    /// What is wrong, in one sentence.
    pub message: String,
    /// The text that is wrong.
    pub span: Span,
    /// What to write beside the underlined text.
    pub label: String,
    /// What to do.
    pub help: Option<String>,
    /// Other texts that matter, each with what it has to do with it.
    pub related: Vec<(Span, String)>,
}

impl<C> Diagnostic<C> {
    /// A mistake at `span`.
    pub(crate) fn new(code: C, span: Span, message: impl Into<String>) -> Self {
        let (message, label) = (message.into(), String::new());
        Self { code, message, span, label, help: None, related: Vec::new() }
    }

    pub(crate) fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    pub(crate) fn related(mut self, span: Span, text: impl Into<String>) -> Self {
        self.related.push((span, text.into()));
        self
    }

    /// Says in which view of the contract it is wrong, unless that is all of them.
    pub(crate) fn in_view(mut self, environment: Option<&str>, profile: Option<&str>) -> Self {
        let environment = environment.map(|name| format!("environment `{name}`"));
        let profile = profile.map(|name| format!("profile `{name}`"));
        let view: Vec<_> = environment.into_iter().chain(profile).collect();
        if !view.is_empty() {
            self.label = format!("{}, in {}", self.label, view.join(" with "));
        }
        self
    }
}

/// Every mistake of one contract, in the order of its text. Never empty.
///
/// `Display` renders them all, each with its source line underlined.
#[derive(Clone, Debug)]
pub struct SchemaErrors {
    source: SourceText,
    diagnostics: Vec<Diagnostic>,
}

impl SchemaErrors {
    pub(crate) fn new(source: SourceText, mut diagnostics: Vec<Diagnostic>) -> Self {
        diagnostics.sort_by_key(|diagnostic| diagnostic.span);
        Self { source, diagnostics }
    }

    /// The contract's name in errors, usually its path. A mistake may stand in a file that it extends.
    #[must_use]
    pub fn name(&self) -> &str {
        self.source.name()
    }

    /// The mistakes.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Diagnostic> {
        self.diagnostics.iter()
    }

    /// File, line and column of a mistake.
    #[must_use]
    pub fn place(&self, diagnostic: &Diagnostic) -> Place {
        self.place_of(diagnostic.span)
    }

    /// File, line and column of a place in the contract or in a file that it extends.
    #[must_use]
    pub fn place_of(&self, span: Span) -> Place {
        self.source.place(span)
    }

    /// Renders all mistakes for people, with terminal colours if `styled`.
    #[must_use]
    pub fn render(&self, styled: bool) -> String {
        Page::new(&self.source, Level::ERROR, styled).render(self.diagnostics.iter().map(|one| (one, None)))
    }
}

/// How diagnostics are shown to people: what the text is, how bad they are, and whether there are colours.
pub(crate) struct Page<'a> {
    source: &'a SourceText,
    lines: Vec<usize>,
    level: Level<'static>,
    renderer: Renderer,
}

impl<'a> Page<'a> {
    pub(crate) fn new(source: &'a SourceText, level: Level<'static>, styled: bool) -> Self {
        let renderer = if styled { Renderer::styled() } else { Renderer::plain() };
        Self { source, lines: source.line_starts(), level, renderer }
    }

    /// Each with a note beside it, if there is one.
    pub(crate) fn render<'d, C: fmt::Display + 'd>(
        &self,
        diagnostics: impl IntoIterator<Item = (&'d Diagnostic<C>, Option<&'d str>)>,
    ) -> String {
        let parts: Vec<_> = diagnostics.into_iter().map(|(one, note)| self.render_one(one, note)).collect();
        parts.join("\n\n")
    }

    fn render_one<C: fmt::Display>(&self, diagnostic: &Diagnostic<C>, note: Option<&str>) -> String {
        let lines = &self.lines;
        let title = self.level.clone().primary_title(&*diagnostic.message).id(diagnostic.code.to_string());
        let mut group = if self.source.is_empty() {
            // Built in code, or an empty file: there is no text to show.
            title.element(Origin::path(self.source.name()))
        } else {
            let related =
                diagnostic.related.iter().map(|(span, text)| (*span, AnnotationKind::Context, text));
            let marks: Vec<_> =
                std::iter::once((diagnostic.span, AnnotationKind::Primary, &diagnostic.label))
                    .chain(related)
                    .collect();
            // The file of the mistake first, then the others that matter.
            let mut files: Vec<&File> = Vec::new();
            for (span, ..) in &marks {
                let file = self.source.file(span.start);
                if files.iter().all(|known| known.start != file.start) {
                    files.push(file);
                }
            }
            files.into_iter().fold(Group::with_title(title), |group, file| {
                let here = marks.iter().filter(|(span, ..)| self.source.file(span.start).start == file.start);
                let window = window(file, lines, here.clone().map(|(span, ..)| clamp(file, *span)));
                let annotations = here.map(|(span, kind, text)| {
                    let range = clamp(file, *span);
                    kind.span(range.start - window.start..range.end - window.start).label(text.as_str())
                });
                let line = |offset| lines.partition_point(|start| *start <= offset);
                let snippet = Snippet::source(&file.text[window.start - file.start..window.end - file.start])
                    .path(&*file.name)
                    .line_start(line(window.start) + 1 - line(file.start));
                group.element(snippet.annotations(annotations))
            })
        };
        if let Some(note) = note {
            group = group.element(Level::NOTE.message(note));
        }
        if let Some(help) = &diagnostic.help {
            group = group.element(Level::HELP.message(&**help));
        }
        self.renderer.render(&[group])
    }
}

/// The whole lines that hold the ranges: the renderer reads all text it is given, for each mistake anew.
fn window(file: &File, lines: &[usize], ranges: impl Iterator<Item = Range<usize>> + Clone) -> Range<usize> {
    let first = ranges.clone().map(|range| range.start).min().unwrap_or(file.start);
    let last = ranges.map(|range| range.end).max().unwrap_or(file.start);
    let start = lines[lines.partition_point(|start| *start <= first).saturating_sub(1)];
    let end = lines.get(lines.partition_point(|start| *start <= last)).copied();
    start..end.unwrap_or(usize::MAX).min(file.end())
}

/// A span as a range of whole characters of its file.
fn clamp(file: &File, span: Span) -> Range<usize> {
    let (text, begin) = (&file.text, file.start);
    let start = text.floor_char_boundary((span.start - begin).min(text.len()));
    let end = text.ceil_char_boundary((span.end.max(begin) - begin).clamp(start, text.len()));
    begin + start..begin + end
}

impl fmt::Display for SchemaErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(false))
    }
}

impl std::error::Error for SchemaErrors {}

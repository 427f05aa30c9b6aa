//! [`Diagnostic`]: what is wrong with a contract, and where. All errors of a file come in one [`SchemaErrors`].

use std::fmt;

use annotate_snippets::{AnnotationKind, Level, Origin, Renderer, Snippet};

use crate::code::codes;
use crate::place::Place;
use crate::text::{SourceText, Span};

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
        Cycle = "cycle": "Conditions or templates refer to each other in a circle.",
        BadTemplate = "bad-template": "A `derive` template cannot be read.",
        BadGenerator = "bad-generator": "A `generate` value names no generator, or does not fit the type.",
        BadRule = "bad-rule": "A rule does not say exactly one thing.",
        Exposed = "exposed": "A secret carries a name that build tools ship to the browser.",
    }
}

/// One mistake in a contract.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Diagnostic {
    /// The kind of mistake.
    pub code: DiagnosticCode,
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

impl Diagnostic {
    /// A mistake at `span`.
    pub(crate) fn new(code: DiagnosticCode, span: Span, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), span, label: String::new(), help: None, related: Vec::new() }
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

    /// The mistakes.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Diagnostic> {
        self.diagnostics.iter()
    }

    /// File, line and column of a mistake.
    #[must_use]
    pub fn place(&self, diagnostic: &Diagnostic) -> Place {
        let (line, column) = self.source.line_column(diagnostic.span.start);
        Place::file(self.source.name(), line, column)
    }

    /// Renders all mistakes for people, with terminal colours if `styled`.
    #[must_use]
    pub fn render(&self, styled: bool) -> String {
        let renderer = if styled { Renderer::styled() } else { Renderer::plain() };
        let lines = self.source.line_starts();
        let parts: Vec<_> =
            self.diagnostics.iter().map(|one| self.render_one(&renderer, &lines, one)).collect();
        parts.join("\n\n")
    }

    fn render_one(&self, renderer: &Renderer, lines: &[usize], diagnostic: &Diagnostic) -> String {
        let title = Level::ERROR.primary_title(&*diagnostic.message).id(diagnostic.code.as_str());
        let mut group = if self.source.text().is_empty() {
            // Built in code, or an empty file: there is no text to show.
            title.element(Origin::path(self.source.name()))
        } else {
            let related =
                diagnostic.related.iter().map(|(span, text)| (*span, AnnotationKind::Context, text));
            let marks: Vec<_> =
                std::iter::once((diagnostic.span, AnnotationKind::Primary, &diagnostic.label))
                    .chain(related)
                    .collect();
            let window = self.window(lines, &marks.iter().map(|(span, ..)| *span).collect::<Vec<_>>());
            let annotations = marks.iter().map(|(span, kind, text)| {
                let range = self.clamp(*span);
                kind.span(range.start - window.start..range.end - window.start).label(text.as_str())
            });
            let snippet = Snippet::source(&self.source.text()[window.start..window.end])
                .path(self.source.name())
                .line_start(lines.partition_point(|start| *start <= window.start));
            title.element(snippet.annotations(annotations))
        };
        if let Some(help) = &diagnostic.help {
            group = group.element(Level::HELP.message(&**help));
        }
        renderer.render(&[group])
    }

    /// The whole lines that hold the spans: the renderer reads all text it is given, for each mistake anew.
    fn window(&self, lines: &[usize], spans: &[Span]) -> Span {
        let ranges = || spans.iter().map(|span| self.clamp(*span));
        let first = ranges().map(|range| range.start).min().unwrap_or_default();
        let last = ranges().map(|range| range.end).max().unwrap_or_default();
        let start = lines[lines.partition_point(|start| *start <= first).saturating_sub(1)];
        let end = lines.get(lines.partition_point(|start| *start <= last)).copied();
        Span { start, end: end.unwrap_or(self.source.text().len()) }
    }

    fn clamp(&self, span: Span) -> std::ops::Range<usize> {
        let text = self.source.text();
        let start = text.floor_char_boundary(span.start.min(text.len()));
        start..text.ceil_char_boundary(span.end.clamp(start, text.len()))
    }
}

impl fmt::Display for SchemaErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(false))
    }
}

impl std::error::Error for SchemaErrors {}

//! How a result is printed: options of every command that judges.

use clap::{Args, ValueEnum};

/// How to print the result.
#[derive(Args, Clone, Debug)]
pub(crate) struct ReportArguments {
    /// How to print the result
    #[arg(long, value_enum, default_value_t = ReportFormat::Human, conflicts_with = "json")]
    format: ReportFormat,
    /// The same as `--format json`
    #[arg(long)]
    json: bool,
}

impl ReportArguments {
    /// The form that is asked for in one way or the other.
    pub(crate) fn form(&self) -> ReportFormat {
        if self.json { ReportFormat::Json } else { self.format }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportFormat {
    /// For people
    Human,
    /// For programs; described in schema/json
    Json,
    /// Annotations of a GitHub workflow
    Github,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// XML for test reports
    Junit,
    /// For a step summary or a comment
    Markdown,
}

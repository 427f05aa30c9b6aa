//! [`Concern`]: what deserves attention in an environment, a line each.

use envschema::{Code, Finding, Severity, State};

use super::overview::{Overview, VariableLine};
use crate::render::{Look, Tone};

/// One thing that deserves attention.
pub(crate) struct Concern {
    pub(crate) tone: Tone,
    /// The variable, or the name that is not one.
    pub(crate) name: Option<String>,
    /// One word.
    pub(crate) what: String,
    pub(crate) detail: String,
}

/// Everything that deserves attention: errors, then warnings, then what cannot be judged.
pub(crate) fn concerns(overview: &Overview) -> Vec<Concern> {
    let of =
        |severity| overview.findings.iter().filter(move |finding| finding.severity == severity).map(concern);
    let sealed = overview.variables.iter().filter(|variable| variable.state == State::Sealed).map(sealed);
    of(Severity::Error).chain(of(Severity::Warning)).chain(sealed).collect()
}

/// One finding in one line.
pub(crate) fn concern(finding: &Finding) -> Concern {
    let detail = match (&finding.place, detail(finding)) {
        // Behind a reason, the place would be taken for one of the reason's.
        (Some(place), detail) if finding.because.is_some() => format!("{place}: {detail}"),
        (Some(place), detail) => format!("{detail} ({place})"),
        (None, detail) => detail,
    };
    Concern {
        tone: match finding.severity {
            Severity::Error => Tone::Error,
            Severity::Warning => Tone::Warning,
        },
        name: finding.variable.as_deref().map(str::to_owned),
        what: finding.code.to_string(),
        detail,
    }
}

impl Concern {
    /// The one character in front of it.
    pub(crate) fn symbol(&self, look: Look) -> &'static str {
        match self.tone {
            Tone::Error if self.what == Code::Missing.as_str() => look.symbol("✗", "x"),
            Tone::Error => "!",
            Tone::Warning => look.symbol("▲", "~"),
            _ => look.symbol("◆", "*"),
        }
    }
}

/// The message without what the other columns say: the name and the word for the finding.
fn detail(finding: &Finding) -> String {
    let message = finding.message.as_str();
    let rest = finding.variable.as_deref().and_then(|name| message.strip_prefix(name)).map(str::trim_start);
    let goes_on = |rest: &&str| ["is ", "differs "].iter().any(|verb| rest.starts_with(verb));
    let Some(rest) = rest.filter(goes_on) else { return message.to_owned() };
    match finding.code {
        Code::Missing => match (&finding.because, rest.starts_with("is not set")) {
            (Some(why), true) => format!("because {why}"),
            (None, true) => "always required".to_owned(),
            (_, false) => message.to_owned(),
        },
        Code::Invalid => rest.strip_prefix("is not valid: ").unwrap_or(rest).to_owned(),
        Code::Placeholder => rest.strip_prefix("is only a placeholder; ").unwrap_or(rest).to_owned(),
        Code::Deprecated => match (rest.strip_prefix("is deprecated: "), &finding.help) {
            (Some(message), _) => message.to_owned(),
            (None, Some(help)) => help.clone(),
            (None, None) => rest.to_owned(),
        },
        _ => rest.to_owned(),
    }
}

fn sealed(variable: &VariableLine) -> Concern {
    let place = variable.place.as_ref().map(|place| format!(" ({place})")).unwrap_or_default();
    Concern {
        tone: Tone::Faint,
        name: Some(variable.name.to_string()),
        what: "encrypted".to_owned(),
        detail: format!("set, and not judged{place}"),
    }
}

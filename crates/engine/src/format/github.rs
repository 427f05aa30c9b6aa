//! What makes variables known to the later steps of a GitHub Actions job: entries for the file `$GITHUB_ENV`, and
//! commands that tell the runner which texts to mask in its log.

use envctl_resolver::producers::{ProduceError, RandomSource, generate};
use envschema::{GeneratorForm, SecretValue, Visibility};
use zeroize::Zeroizing;

use super::Exported;
use super::refusal::{Printed, Refusal, each, environment};
use crate::wiped::make_room;

/// The runner refuses to set these by the file.
const BLOCKED: &[&str] = &["NODE_OPTIONS"];

/// The runner sets these itself, and ignores what is set for them. `CI` can be set.
const OWN: &[&str] = &[
    "GITHUB_ACTION",
    "GITHUB_ACTIONS",
    "GITHUB_ACTION_PATH",
    "GITHUB_ACTION_REF",
    "GITHUB_ACTION_REPOSITORY",
    "GITHUB_ACTOR",
    "GITHUB_ACTOR_ID",
    "GITHUB_API_URL",
    "GITHUB_BASE_REF",
    "GITHUB_ENV",
    "GITHUB_EVENT_NAME",
    "GITHUB_EVENT_PATH",
    "GITHUB_GRAPHQL_URL",
    "GITHUB_HEAD_REF",
    "GITHUB_JOB",
    "GITHUB_OUTPUT",
    "GITHUB_PATH",
    "GITHUB_REF",
    "GITHUB_REF_NAME",
    "GITHUB_REF_PROTECTED",
    "GITHUB_REF_TYPE",
    "GITHUB_REPOSITORY",
    "GITHUB_REPOSITORY_ID",
    "GITHUB_REPOSITORY_OWNER",
    "GITHUB_REPOSITORY_OWNER_ID",
    "GITHUB_RETENTION_DAYS",
    "GITHUB_RUN_ATTEMPT",
    "GITHUB_RUN_ID",
    "GITHUB_RUN_NUMBER",
    "GITHUB_SERVER_URL",
    "GITHUB_SHA",
    "GITHUB_STATE",
    "GITHUB_STEP_SUMMARY",
    "GITHUB_TRIGGERING_ACTOR",
    "GITHUB_WORKFLOW",
    "GITHUB_WORKFLOW_REF",
    "GITHUB_WORKFLOW_SHA",
    "GITHUB_WORKSPACE",
    "RUNNER_ARCH",
    "RUNNER_DEBUG",
    "RUNNER_ENVIRONMENT",
    "RUNNER_NAME",
    "RUNNER_OS",
    "RUNNER_TEMP",
    "RUNNER_TOOL_CACHE",
    "RUNNER_WORKSPACE",
];

const FORBIDDEN: Refusal = Refusal {
    reason: "the runner forbids it, since it changes the programs of the runner itself",
    help: "set it in the step that needs it: `env:`",
};

const RUNNERS_OWN: Refusal = Refusal {
    reason: "the runner sets a variable of this name itself and ignores others",
    help: "rename it, or leave it out with `--only` or `--target`",
};

const RETURN: Refusal = Refusal {
    reason: "it ends in a carriage return, which a runner on Windows drops",
    help: "remove the carriage return, or encode the value, for example in base64",
};

const GUESSED: Refusal = Refusal {
    reason: "it holds the line that was to end it",
    help: "run the command again: the line is drawn anew each time",
};

/// A line that nobody can guess, and that therefore ends a value and stands in none.
pub fn delimiter(random: &mut dyn RandomSource) -> Result<SecretValue, ProduceError> {
    generate(GeneratorForm::Hex(16), "ENVCTL_", random)
}

/// Entries for `$GITHUB_ENV`, each ended by the delimiter.
pub(super) fn print(delimiter: &SecretValue, values: &[Exported<'_>]) -> Printed {
    #[expect(clippy::disallowed_methods, reason = "it ends the values where the user asked for them")]
    let delimiter = delimiter.expose();
    each(values, "set for the later steps of a job", |text, exported, value| {
        let name = exported.name;
        environment(name, value)?;
        let is = |known: &&str| name.eq_ignore_ascii_case(known);
        if BLOCKED.iter().any(is) {
            return Err(FORBIDDEN);
        }
        if OWN.iter().any(is) {
            return Err(RUNNERS_OWN);
        }
        if value.ends_with('\r') {
            return Err(RETURN);
        }
        if value.contains(delimiter) {
            return Err(GUESSED);
        }
        for part in [name, "<<", delimiter, "\n", value, "\n", delimiter, "\n"] {
            text.push_str(part);
        }
        Ok(())
    })
}

/// `::add-mask::` commands for the secrets among the values. A log is masked line by line, so each line of a value
/// is told, and then the value.
pub fn masks(values: &[Exported<'_>]) -> Zeroizing<String> {
    let mut text = Zeroizing::new(String::new());
    for exported in values.iter().filter(|exported| exported.variable.visibility == Visibility::Secret) {
        #[expect(clippy::disallowed_methods, reason = "told to the runner, which hides it from then on")]
        let value = exported.value.expose();
        let lines = value.split(['\r', '\n']).filter(|line| *line != value);
        for masked in lines.chain([value]).filter(|masked| !masked.trim().is_empty()) {
            make_room(&mut text, masked.len(), 16);
            text.push_str("::add-mask::");
            for c in masked.chars() {
                match c {
                    '%' => text.push_str("%25"),
                    '\r' => text.push_str("%0D"),
                    '\n' => text.push_str("%0A"),
                    c => text.push(c),
                }
            }
            text.push('\n');
        }
    }
    text
}

//! The commands of a plan: as arguments for programs, and as lines for a shell.

use envctl_resolver::{Chosen, LayerKind};

use super::{Plan, SetCommand};
use crate::arguments::StackConfigArguments;
use crate::stack::StackAddress;

/// How to ask `envctl get` for a value as the plan has it.
pub(crate) struct Again {
    /// Options for either contract.
    shared: Vec<String>,
    /// Options for the environment's contract only.
    of_environment: Vec<String>,
    /// `--set-from-file`, by name.
    given: Vec<(String, String)>,
    /// Whether the process environment counts.
    process: bool,
}

impl Again {
    pub(crate) fn new(arguments: &StackConfigArguments, environment: Option<&str>) -> Self {
        let project = &arguments.project;
        let option = |name: &str, value: Option<String>| value.map(|value| [name.to_owned(), value]);
        let path = |path: &std::path::PathBuf| path.to_string_lossy().into_owned();
        let shared = [
            option("--environment", environment.map(str::to_owned)),
            option("--project", project.project.as_ref().map(path)),
            option("--aws-region", project.aws_region.clone()),
            option("--aws-account", project.aws_account.clone()),
        ];
        let files = arguments.env_files.iter().map(|file| option("--env-file", Some(path(file))));
        let of_environment = files.chain([option("--schema", project.schema.as_ref().map(path))]);
        let name = |given: &String| given.split_once('=').map_or("", |(name, _)| name).to_owned();
        Self {
            shared: shared.into_iter().flatten().flatten().collect(),
            of_environment: of_environment.flatten().flatten().collect(),
            given: arguments.set_from_file.iter().map(|given| (name(given), given.clone())).collect(),
            process: arguments.process_env,
        }
    }

    /// A variable of the environment.
    pub(super) fn of_environment(&self, name: &str, chosen: &Chosen) -> Vec<String> {
        let mut argv = self.get(name, chosen);
        argv.extend(self.of_environment.iter().cloned());
        if !self.process {
            argv.push("--no-process-env".to_owned());
        }
        argv
    }

    /// A variable of the stack's contract.
    pub(super) fn of_stack(&self, name: &str, chosen: &Chosen) -> Vec<String> {
        let mut argv = self.get(name, chosen);
        argv.push("--stack".to_owned());
        argv
    }

    fn get(&self, name: &str, chosen: &Chosen) -> Vec<String> {
        let mut argv = vec!["envctl".to_owned(), "get".to_owned(), name.to_owned()];
        argv.extend(self.shared.iter().cloned());
        for (_, given) in self.given.iter().filter(|(of, _)| of == name) {
            argv.extend(["--set-from-file".to_owned(), given.clone()]);
        }
        if chosen.kind == LayerKind::Generated || matches!(chosen.place, envschema::Place::Generated { .. }) {
            argv.push("--generate".to_owned());
        }
        argv
    }
}

/// The command that sets a key: to `plain` itself, or to what `from` prints.
pub(super) fn set_command(
    address: &StackAddress,
    key: &str,
    secret: bool,
    plain: Option<String>,
    from: Vec<String>,
) -> SetCommand {
    // An argument cannot hold a NUL byte, and what is not to be seen goes through a pipe.
    let plain = plain.filter(|value| !value.contains('\0'));
    let mut argv: Vec<String> = ["pulumi", "config", "set"].map(str::to_owned).into();
    let mut options = vec!["--stack".to_owned(), address.name.clone()];
    if !address.folder.is_empty() {
        options.extend(["--cwd".to_owned(), address.folder.clone()]);
    }
    let stdin = plain.is_none();
    match plain {
        // Options end at `--`, so that such a value is none.
        Some(value) if value.starts_with('-') => {
            argv.append(&mut options);
            argv.extend(["--".to_owned(), key.to_owned(), value]);
        }
        plain => {
            argv.extend(secret.then(|| "--secret".to_owned()));
            argv.push(key.to_owned());
            argv.extend(plain);
            argv.append(&mut options);
        }
    }
    SetCommand { argv, stdin, value_from: stdin.then_some(from) }
}

impl SetCommand {
    /// A line for a person.
    pub(super) fn line(&self) -> String {
        let set = shell_words(&self.argv);
        match &self.value_from {
            Some(from) => format!("{} | {set}", shell_words(from)),
            None => set,
        }
    }

    /// A line of a script. Pulumi would take nothing for an empty value: the key is only set after its value was had.
    fn script_line(&self) -> String {
        let set = shell_words(&self.argv);
        match &self.value_from {
            // The dot keeps line breaks at the end, which the shell would drop; what prints is the shell itself.
            Some(from) => {
                format!("value=$({} && echo .); printf %s \"${{value%.}}\" | {set}", shell_words(from))
            }
            None => set,
        }
    }
}

/// The commands as a script for bash, which ends at the first that fails.
pub(crate) fn script(plan: &Plan) -> String {
    let mut text = "#!/usr/bin/env bash\nset -eo pipefail\n".to_owned();
    for command in plan.keys.iter().filter_map(|key| key.command.as_ref()) {
        text.push_str(&command.script_line());
        text.push('\n');
    }
    text
}

fn shell_words(words: &[String]) -> String {
    words.iter().map(|word| quoted(word)).collect::<Vec<_>>().join(" ")
}

/// A word as shells read it back.
fn quoted(word: &str) -> String {
    let bare = |byte: u8| byte.is_ascii_alphanumeric() || b"_./:@%+=,-".contains(&byte);
    if !word.is_empty() && word.bytes().all(bare) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', "'\\''"))
}

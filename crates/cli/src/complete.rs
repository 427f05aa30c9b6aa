//! Completing command lines: what shells ask for at each press of the key.
//!
//! The shell's side is printed by `envctl completions`. It calls `envctl -- WORDS` with [`ASKED_BY`] set, which no other
//! command line looks like. Names come from the contract and the project file; no source of values is read.

use std::ffi::{OsStr, OsString};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::builder::StyledStr;
use clap::{Arg, CommandFactory};
use clap_complete::engine::{ArgValueCandidates, ArgValueCompleter, CompletionCandidate, PathCompleter};
use clap_complete::env::Shells;
use envschema::Schema;

use crate::arguments::{Arguments, ProjectArguments, Shell};
use crate::complete_words::{CommandNames, Programs};
use crate::edge::Edge;
use crate::project::{own_schema, settings};
use crate::settings::To;

/// The variable with which a shell says who it is.
const ASKED_BY: &str = "_ENVCTL_COMPLETE";

/// What the program is called.
const PROGRAM: &str = "envctl";

/// bash takes `--option=value` for three words; they are one again before envctl is asked, and what it offers is cut to
/// the part that bash completes.
const JOINED: &str = r#"
_envctl() {
    local -a joined=()
    local last=-1 after="" before="" index word
    for ((index = 0; index <= COMP_CWORD; index++)); do
        word="${COMP_WORDS[index]}"
        if [[ $last -ge 0 && $word == "=" && "${joined[last]}" == --* && -z $after ]]; then
            joined[last]+="="
            before="${joined[last]}"
            after=yes
        elif [[ -n $after && "${joined[last]}" == *= ]]; then
            joined[last]+="$word"
        else
            before=""
            after=""
            last=$((last + 1))
            joined[last]="$word"
        fi
    done
    local COMP_WORDS=("${joined[@]}") COMP_CWORD=$last
    local current="$2"
    [[ -n $before ]] && current="${joined[last]}"
    _clap_complete_envctl "$1" "$current" "$3"
    for index in "${!COMPREPLY[@]}"; do
        COMPREPLY[index]="${COMPREPLY[index]#"$before"}"
    done
}
complete -o nospace -o bashdefault -o nosort -F _envctl envctl 2> /dev/null ||
    complete -o nospace -o bashdefault -F _envctl envctl
"#;

/// Prints what a shell has to read.
pub(crate) fn register(shell: Shell, output: &mut dyn Write) -> io::Result<()> {
    match Shells::builtins().completer(shell.name()) {
        Some(completer) => {
            completer.write_registration(ASKED_BY, PROGRAM, PROGRAM, PROGRAM, output)?;
            if shell.name() == "bash" { output.write_all(JOINED.as_bytes()) } else { Ok(()) }
        }
        None => Err(io::ErrorKind::Unsupported.into()),
    }
}

/// The words to complete, if a shell asks.
pub(crate) fn asked(edge: &Edge) -> Option<(&str, Vec<OsString>)> {
    let [_, separator, words @ ..] = edge.arguments.as_slice() else { return None };
    if separator != "--" {
        return None;
    }
    let shell = edge.environment.get_os(ASKED_BY)?.to_str()?;
    Some((shell, words.to_vec()))
}

/// Answers a shell. One that is not known gets nothing: its command line is no place for messages.
pub(crate) fn answer(shell: &str, words: Vec<OsString>, edge: &Edge) -> Vec<u8> {
    let mut answer = Vec::new();
    if let Some(completer) = Shells::builtins().completer(shell) {
        let names = Names::read(edge, &words);
        let folder = edge.path(Path::new("."));
        let mut command = Arguments::command();
        command.build();
        // The cursor may be before the last word; some shells say where.
        let at = edge.environment.get_os("_CLAP_COMPLETE_INDEX").and_then(|at| at.to_str()?.parse().ok());
        let at: usize = at.unwrap_or(usize::MAX).min(words.len().saturating_sub(1));
        let before = &words[..at];
        let pages = CommandNames { all: command.clone(), before: before.to_vec() };
        let is_first = before.iter().rposition(|word| word == "--").is_none_or(|dashes| dashes + 1 == at);
        let programs = Programs {
            path: edge.environment.get_os("PATH").filter(|_| is_first).unwrap_or_default().to_owned(),
            files: PathCompleter::any().current_dir(&folder),
        };
        let mut command = with_names(command, &names)
            .mut_subcommand("man", |man| man.mut_arg("command", |arg| arg.add(ArgValueCompleter::new(pages))))
            .mut_subcommand("run", |run| {
                run.mut_arg("command", |arg| arg.add(ArgValueCompleter::new(programs)))
            });
        // The words decide, and nobody reads why not.
        let _ = completer.write_complete(&mut command, words, Some(&folder), &mut answer);
    }
    answer
}

/// A name, and what it is for.
type Name = (String, Option<String>);

/// What can be named.
#[derive(Default)]
struct Names {
    variables: Vec<Name>,
    environments: Vec<Name>,
    profiles: Vec<Name>,
    groups: Vec<Name>,
    targets: Vec<Name>,
}

impl Names {
    /// The names of the project that the words are about; none where there is none, or where it cannot be read.
    fn read(edge: &Edge, words: &[OsString]) -> Self {
        let given = ProjectArguments {
            project: option(words, "--project").map(PathBuf::from),
            schema: option(words, "--schema").map(PathBuf::from),
            ..ProjectArguments::default()
        };
        let Ok(loaded) = settings(edge, &given, None) else { return Self::default() };
        let targets = loaded.settings.targets.iter();
        let targets = targets.map(|(name, target)| (name.clone(), target.about.clone())).collect();
        match own_schema(edge, &loaded, &given) {
            Ok((_, schema)) => Self { targets, ..Self::of(&schema) },
            Err(_) => Self { targets, ..Self::default() },
        }
    }

    fn of(schema: &Schema) -> Self {
        let base = schema.base();
        let name = |name: &str, about: Option<&str>| (name.to_owned(), about.map(str::to_owned));
        Self {
            variables: schema.variables().iter().map(|one| name(&one.name, one.about.as_deref())).collect(),
            environments: base
                .environments()
                .iter()
                .map(|one| name(&one.name, one.about.as_deref()))
                .collect(),
            profiles: schema.profiles().map(|(profile, about)| name(profile, about)).collect(),
            groups: base.groups().iter().map(|one| name(&one.id, Some(&one.title))).collect(),
            targets: Vec::new(),
        }
    }
}

/// The value of an option in a command line that need not be complete.
fn option<'w>(words: &'w [OsString], option: &str) -> Option<&'w OsStr> {
    let mut words = words.iter();
    while let Some(word) = words.next() {
        if word == option {
            return words.next().map(OsString::as_os_str);
        }
        let value = word.to_str().and_then(|word| word.strip_prefix(option)?.strip_prefix('='));
        if value.is_some() {
            return value.map(OsStr::new);
        }
    }
    None
}

/// The command and everything below it, with names for what can be named.
fn with_names(command: clap::Command, names: &Names) -> clap::Command {
    let of = command.get_name().to_owned();
    command.mut_args(|arg| names_of(&of, arg, names)).mut_subcommands(|below| with_names(below, names))
}

fn names_of(command: &str, arg: Arg, names: &Names) -> Arg {
    let assigned = |names: &[Name]| -> Vec<Name> {
        names.iter().map(|(name, about)| (format!("{name}="), about.clone())).collect()
    };
    let candidates = match (command, arg.get_id().as_str()) {
        ("validate" | "status" | "scan" | "drift", "environment") => {
            let all = ("all".to_owned(), Some("every environment of the contract".to_owned()));
            names.environments.iter().cloned().chain([all]).collect()
        }
        (_, "environment") | ("diff", "a" | "b") => names.environments.clone(),
        (_, "profile") => names.profiles.clone(),
        (_, "target") => names.targets.clone(),
        ("sync" | "rotate" | "drift", "to") | ("pull", "from") => {
            let kinds = To::ALL.map(|(to, name)| (name.to_owned(), Some(to.service().to_owned())));
            let all = ("all".to_owned(), Some("every target that says where it goes".to_owned()));
            names.targets.iter().cloned().chain(kinds).chain([all]).collect()
        }
        ("explain" | "get" | "set" | "rotate", "name") | ("sync" | "pull", "only") => names.variables.clone(),
        ("sync", "accept_remote" | "overwrite") => names.variables.clone(),
        (_, "set_from_file" | "what_if") => assigned(&names.variables),
        (_, "only") => {
            let visibilities = ["secret", "plain", "public"].map(|word| (word.to_owned(), None));
            visibilities.into_iter().chain(names.targets.iter().chain(&names.groups).cloned()).collect()
        }
        _ => return arg,
    };
    arg.add(ArgValueCandidates::new(move || {
        let candidate =
            |(name, about): &Name| CompletionCandidate::new(name).help(about.clone().map(StyledStr::from));
        candidates.iter().map(candidate).collect()
    }))
}

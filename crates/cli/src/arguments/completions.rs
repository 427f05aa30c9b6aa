//! `envctl completions`.

use clap::{Args, ValueEnum};

pub(crate) const ABOUT: &str = "Print what makes a shell complete envctl's command lines";

#[derive(Args, Debug)]
#[command(about = ABOUT, long_about = "\
Print what makes a shell complete envctl's command lines

Names of variables, environments, profiles, groups and targets complete too, from the contract and envctl.toml of the \
folder. Values are never read.")]
#[command(after_help = "\
Examples:
  source <(envctl completions bash)                       in ~/.bashrc
  source <(envctl completions zsh)                        in ~/.zshrc, after compinit
  envctl completions fish > ~/.config/fish/completions/envctl.fish
  envctl completions powershell | Out-String | Invoke-Expression
  eval (envctl completions elvish | slurp)                in rc.elv")]
pub(crate) struct CompletionsArguments {
    /// The shell
    #[arg(value_enum)]
    pub(crate) shell: Shell,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Shell {
    Bash,
    Zsh,
    Fish,
    Powershell,
    Elvish,
}

impl Shell {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Bash => "bash",
            Self::Zsh => "zsh",
            Self::Fish => "fish",
            Self::Powershell => "powershell",
            Self::Elvish => "elvish",
        }
    }
}

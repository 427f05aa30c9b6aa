//! Options that several commands share: which project, which values.

use std::path::PathBuf;

use clap::Args;

/// Which project, and settings in place of its own.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Where things are")]
pub(crate) struct ProjectArguments {
    /// The project's folder; otherwise the nearest one upward that has an envctl.toml or envschema.toml
    #[arg(long, value_name = "DIR")]
    pub(crate) project: Option<PathBuf>,
    /// The contract
    #[arg(long, value_name = "FILE")]
    pub(crate) schema: Option<PathBuf>,
    /// The environment, as the contract names it; commands that judge take several, or `all`
    #[arg(short, long, value_name = "NAME", value_delimiter = ',')]
    pub(crate) environment: Vec<String>,
    /// The AWS region, in place of `AWS_REGION` and the shared configuration file
    #[arg(long, value_name = "REGION")]
    pub(crate) aws_region: Option<String>,
    /// The AWS account number
    #[arg(long, value_name = "NUMBER")]
    pub(crate) aws_account: Option<String>,
}

/// Where the contract and the values are.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Where things are")]
pub(crate) struct InputArguments {
    #[command(flatten)]
    pub(crate) project: ProjectArguments,
    /// A profile of the contract, such as the least that a deployment needs
    #[arg(long, value_name = "NAME")]
    pub(crate) profile: Option<String>,
    /// A target of the project: only its variables are judged, under its own names
    #[arg(long, value_name = "NAME")]
    pub(crate) target: Option<String>,
    /// The contract of the stack's configuration (`stack_schema`) in place of the environment's
    #[arg(long, conflicts_with_all = ["schema", "target"])]
    pub(crate) stack: bool,
    /// An env file in place of the project's, `-` for standard input; the last one given wins
    #[arg(long = "env-file", value_name = "FILE")]
    pub(crate) env_files: Vec<PathBuf>,
    /// Recorded stack outputs (Pulumi or Terraform JSON) in place of the project's stack
    #[arg(long, value_name = "FILE")]
    pub(crate) outputs: Option<PathBuf>,
    /// A value for this run, read from a file or from standard input (`-`); a last line break is dropped
    #[arg(long = "set-from-file", value_name = "NAME=FILE")]
    pub(crate) set_from_file: Vec<String>,
    /// Make values that are missing and have a generator, for this run
    #[arg(long, help_heading = None)]
    pub(crate) generate: bool,
}

impl InputArguments {
    /// Whether an option asks for standard input.
    pub(crate) fn reads_standard_input(&self) -> bool {
        self.env_files.iter().any(|file| file.as_os_str() == "-")
            || self.set_from_file.iter().any(|given| given.ends_with("=-"))
    }
}

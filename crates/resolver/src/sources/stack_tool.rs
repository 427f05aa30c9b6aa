//! The command lines of `pulumi`, `terraform` and `tofu`, and reading the JSON that they print.

use std::path::Path;

use serde_json::error::Category;

use super::tree::Tree;
use super::{SourceError, read};
use crate::runner::{Command, Runner};

/// What the tools need in order to reach their state: credentials of the clouds that may hold it, proxies,
/// certificates and settings.
const STATE_ACCESS: &[&str] = &[
    "AWS_*",
    "AZURE_*",
    "ARM_*",
    "GOOGLE_*",
    "CLOUDSDK_*",
    "KUBECONFIG",
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "NO_PROXY",
    "http_proxy",
    "https_proxy",
    "no_proxy",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
    "TMPDIR",
    "XDG_*",
    "LANG",
    "LC_*",
];

/// A tool that speaks Terraform's language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tool {
    /// The program `terraform`.
    Terraform,
    /// The program `tofu`, which takes the same options.
    Tofu,
}

impl Tool {
    /// The program's name.
    #[must_use]
    pub fn program(self) -> &'static str {
        match self {
            Self::Terraform => "terraform",
            Self::Tofu => "tofu",
        }
    }

    fn install(self) -> &'static str {
        match self {
            Self::Terraform => "install Terraform: https://developer.hashicorp.com/terraform/install",
            Self::Tofu => "install OpenTofu: https://opentofu.org/docs/intro/install/",
        }
    }
}

/// `pulumi ARGS --json --show-secrets --stack STACK`, in the project's folder.
///
/// # Errors
///
/// `StackName` for a name that Pulumi would take as an option.
pub(super) fn pulumi(args: &[&str], folder: &Path, stack: &str) -> Result<Command, SourceError> {
    if !is_stack_name(stack) {
        return Err(SourceError::StackName);
    }
    Ok(Command::new("pulumi")
        .args(args.iter().copied())
        .args(["--json", "--show-secrets", "--stack", stack])
        .folder(folder)
        .pass(STATE_ACCESS.iter().copied())
        .pass(["PULUMI_*"])
        .env("PULUMI_SKIP_UPDATE_CHECK", "true")
        .install("install Pulumi: https://www.pulumi.com/docs/install/"))
}

/// `terraform output -json -no-color` for a workspace, in the root module's folder.
///
/// # Errors
///
/// `StackName` for an empty workspace name.
pub(super) fn terraform_output(
    tool: Tool,
    folder: &Path,
    workspace: Option<&str>,
) -> Result<Command, SourceError> {
    let command = Command::new(tool.program())
        .args(["output", "-json", "-no-color"])
        .folder(folder)
        .pass(STATE_ACCESS.iter().copied())
        .pass(["TF_*"])
        .env("TF_IN_AUTOMATION", "true")
        .env("TF_INPUT", "false")
        .env("CHECKPOINT_DISABLE", "true")
        .install(tool.install());
    match workspace {
        None => Ok(command),
        Some(name) if is_stack_name(name) => Ok(command.env("TF_WORKSPACE", name)),
        Some(_) => Err(SourceError::StackName),
    }
}

fn is_stack_name(name: &str) -> bool {
    !name.is_empty() && !name.starts_with('-')
}

/// Runs the command and reads what it prints.
///
/// # Errors
///
/// `Run`, `NotUtf8`, and those of [`json`], each naming the command.
pub(super) fn run_json(runner: &dyn Runner, command: &Command) -> Result<Tree, SourceError> {
    let printed = runner.run(command)?.stdout;
    let origin = format!("`{command}`");
    json(&read::utf8(printed, &origin)?, &origin)
}

/// Reads JSON that must be an object.
///
/// # Errors
///
/// `InvalidJson` with the position; `Incomplete` with the line; `Shape` for another value than an object, and for a number that cannot
/// be read exactly.
pub(super) fn json(text: &str, origin: &str) -> Result<Tree, SourceError> {
    match serde_json::from_str(read::without_bom(text)) {
        Ok(tree @ Tree::Object(_)) => Ok(tree),
        Ok(_) => Err(SourceError::Shape { origin: origin.to_owned(), expected: "a JSON object" }),
        Err(error) => {
            let (origin, line, column) = (origin.to_owned(), error.line(), error.column().max(1));
            Err(match error.classify() {
                Category::Eof => SourceError::Incomplete { origin, line },
                Category::Data => SourceError::Shape {
                    origin: format!("{origin}:{line}"),
                    expected: "numbers of at most 15 digits; longer ones must be texts",
                },
                Category::Syntax | Category::Io => SourceError::InvalidJson { origin, line, column },
            })
        }
    }
}

//! Terraform, asked in its console for what it read.

use std::io::Write;
use std::process::{Command, Stdio};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use envctl_testkit::TempProject;
use proptest::prelude::*;

use super::{any_values, awkward, few_cases, missing, printed, written};

fn read(text: &str, count: usize) -> Option<Vec<String>> {
    let project = TempProject::new().file("exported.tfvars", text);
    let module: String =
        (0..count).map(|index| format!("variable \"V{index}\" {{\n  type = string\n}}\n")).collect();
    project.write("main.tf", module);
    let names: Vec<String> = (0..count).map(|index| format!("var.V{index}")).collect();
    let child = Command::new("terraform")
        .args(["console", "-var-file=exported.tfvars"])
        .env("TF_CLI_CONFIG_FILE", "/dev/null")
        .env("CHECKPOINT_DISABLE", "1")
        .env_remove("TF_LOG")
        .current_dir(project.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let Ok(mut child) = child else { return missing("terraform") };
    let question = format!("base64encode(jsonencode([{}]))\n", names.join(", "));
    child.stdin.take().expect("a pipe").write_all(question.as_bytes()).expect("it reads");
    let answer = printed(&child.wait_with_output().expect("it ends"));
    let bytes = STANDARD.decode(answer.trim().trim_matches('"')).expect("base64");
    Some(serde_json::from_slice(&bytes).expect("a list of texts"))
}

fn check(values: &[String]) {
    let (text, kept) = written("tfvars", values);
    if let Some(read) = read(&text, kept.len()) {
        assert_eq!(read, kept, "{text}");
    }
}

#[test]
fn terraform_reads_awkward_values_back() {
    check(&awkward());
    let (_, kept) = written("tfvars", &awkward());
    assert_eq!(kept.len(), awkward().len() - 1, "all but the one that is not composed");
}

proptest! {
    #![proptest_config(few_cases())]

    #[test]
    fn terraform_reads_what_is_not_refused(values in any_values()) {
        check(&values);
    }
}

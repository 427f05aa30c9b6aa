//! A second run with the same inputs touches nothing.

use super::{ended, export, mode, project, state};

#[test]
fn generated_secrets_are_stable_and_the_file_is_not_touched_again() {
    let project = project();
    project.write(".env.prod", "API_KEY=canary-key-4b1d\n");
    let line = ["--generate", "--output", ".env.prod", "--yes"];
    assert_eq!(ended(&mut export(&project, &line)).0, Some(0));
    let first = state(&project, ".env.prod");
    assert!(project.read(".env.prod").contains("\nSESSION_SECRET="));
    // Without consent too: nothing would change.
    let again = ["--generate", "--output", ".env.prod"];
    assert_eq!(ended(&mut export(&project, &again)), (Some(0), ".env.prod unchanged\n".to_owned()));
    assert_eq!(state(&project, ".env.prod"), first);
}

#[test]
fn a_template_gives_the_same_bytes_again() {
    let project = project();
    project.write(".env.example", "# Ours\n\nSESSION_SECRET=\nAPI_KEY='...' # from the console\n");
    std::fs::remove_file(project.join(".env.prod")).expect("a file");
    project.write("key", "canary-key-4b1d");
    let made = ["--generate", "--template", ".env.example", "--output", ".env.prod"];
    let with_key = [&made[..], &["--set-from-file", "API_KEY=key"]].concat();
    assert_eq!(ended(&mut export(&project, &with_key)).0, Some(0));
    assert_eq!(mode(&project, ".env.prod"), 0o600);
    let first = state(&project, ".env.prod");
    assert_eq!(ended(&mut export(&project, &made)), (Some(0), ".env.prod unchanged\n".to_owned()));
    assert_eq!(state(&project, ".env.prod"), first);
}

#[test]
fn without_consent_and_a_terminal_nothing_is_touched() {
    let project = project();
    let before = state(&project, "out.env");
    let (code, messages) = ended(&mut export(&project, &["--output", "out.env"]));
    assert_eq!(code, Some(6), "{messages}");
    assert!(messages.ends_with("help: compare the two first; `--yes` writes it\n"), "{messages}");
    assert_eq!(state(&project, "out.env"), before);
}

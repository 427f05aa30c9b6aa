//! A second run with the same inputs touches nothing.

use super::{ended, export, mode, project, set_mode, state};

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

/// The byte order mark, line ends, white space, quotes and a missing last line end.
#[test]
fn everything_else_in_the_file_stays() {
    let project = project();
    let before = "\u{feff}export PORT=80\t# why\r\n\r\n  # indented\r\nPORT = '80'\r\nLAST=\"é $x\"";
    let after = "\u{feff}export PORT=3000\t# why\r\n\r\n  # indented\r\nPORT = '3000'\r\nLAST=\"é $x\"\r\n\
                 API_KEY=canary-key-4b1d\r\nSESSION_SECRET=canary-session-4b1d";
    project.write("out.env", before);
    set_mode(&project, "out.env", 0o604);
    let (code, messages) = ended(&mut export(&project, &["--output", "out.env", "--yes"]));
    assert_eq!((code, project.read("out.env").as_str()), (Some(0), after), "{messages}");
    assert_eq!(mode(&project, "out.env"), 0o604);
    let again = state(&project, "out.env");
    assert_eq!(ended(&mut export(&project, &["--output", "out.env"])).0, Some(0));
    assert_eq!(state(&project, "out.env"), again);
}

/// A template may have all of these too, and its first line may become a comment.
#[test]
fn a_template_keeps_its_mark_and_line_ends() {
    let project = project();
    project.write(".env.example", "\u{feff}OTHER=1\r\n\r\nPORT=\"80\" # why\r\n# API_KEY=");
    let options = ["--template", ".env.example", "--output", "new.env"];
    let (code, messages) = ended(&mut export(&project, &options));
    assert_eq!(code, Some(0), "{messages}");
    let text = "\u{feff}# OTHER=   not in the contract\r\n\r\nPORT=\"3000\" # why\r\n# API_KEY=\r\n\
                API_KEY=canary-key-4b1d\r\n\r\nSESSION_SECRET=canary-session-4b1d\r\n";
    assert_eq!(project.read("new.env"), text);
    assert_eq!(ended(&mut export(&project, &options)).0, Some(0));
}

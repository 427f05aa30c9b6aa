//! What a person sees on a terminal while many records are written.

use std::process::Command;

use serde_json::json;

use crate::support::Site;
use crate::terminal::Terminal;

/// A run on a terminal that has a width, as every one has that a person looks at.
fn start(site: &Site, line: &str) -> Terminal {
    let run = site.command(line);
    let mut sized = Command::new("/bin/sh");
    sized.args(["-c", "/usr/bin/stty cols 120 rows 40; exec \"$0\" \"$@\""]).arg(run.get_program());
    sized.args(run.get_args()).current_dir(site.folder.path());
    sized.envs(run.get_envs().filter_map(|(name, value)| Some((name, value?))));
    Terminal::start(&sized)
}

fn ten() -> Site {
    let names: Vec<(String, String)> =
        (1..=10).map(|at| (format!("app-{at:02}"), format!("KEY_{at:02}"))).collect();
    let variables: Vec<[&str; 1]> = names.iter().map(|(_, variable)| [variable.as_str()]).collect();
    let targets: Vec<(&str, &[&str])> =
        names.iter().zip(&variables).map(|((name, _), variables)| (name.as_str(), &variables[..])).collect();
    Site::shop(&targets)
}

#[test]
fn a_question_then_how_far_it_is_then_how_it_ended() {
    let site = ten();
    let mut terminal = start(&site, "sync --to all --concurrency 1");
    terminal.wait_for("10 new");
    terminal.wait_for("write 10 records?");
    terminal.press(b"y\n");
    terminal.wait_for("1 of 10");
    terminal.wait_for("9 of 10");
    terminal.wait_for("10 written");
    let (code, screen) = terminal.end();
    site.search("the screen", &screen);
    assert_eq!(code, Some(0), "{screen}");
    assert_eq!(site.names().len(), 10);
}

#[test]
fn no_is_an_answer() {
    let site = ten();
    let mut terminal = start(&site, "sync --to all");
    terminal.wait_for("write 10 records?");
    terminal.press(b"n\n");
    let (code, screen) = terminal.end();
    assert_eq!(code, Some(6), "{screen}");
    assert!(screen.contains("nothing was written"), "{screen}");
    site.assert_nothing_written();
}

#[test]
fn what_goes_wrong_on_the_way_is_told_behind_the_count() {
    let site = ten();
    site.aws.faults(json!([{
        "op": "secretsmanager:CreateSecret", "target": "shop-app-03", "do": "error",
        "code": "AccessDeniedException", "message": "", "status": 400,
    }]));
    let mut terminal = start(&site, "sync --to all --yes --concurrency 1");
    terminal.wait_for("9 of 10");
    // The line of the count is gone before anything else is told.
    terminal.wait_for("\r\u{1b}[K");
    terminal.wait_for("error");
    terminal.wait_for(": shop-app-03: ");
    terminal.wait_for("9 written, 1 failed");
    let (code, screen) = terminal.end();
    site.search("the screen", &screen);
    assert_eq!(code, Some(4), "{screen}");
}

/// A log has no use for a line that is written over.
#[test]
fn away_from_a_terminal_there_is_no_count() {
    ten().run("sync --to all --yes").ended(0).without("of 10").without("\r");
}

//! Signals while an editor has the text.

use std::fs;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use super::Shop;
use crate::support::terminal::Terminal;

/// An editor that stays open: it tells its process and waits.
const OPEN: &str = "echo oops >> \"$1\"; echo $$ > new; mv new editor; exec sleep 60\n";

/// Starts it, and gives the process of the editor.
fn opened(shop: &Shop) -> (Child, Pid) {
    let mut command = shop.editing(&["--yes"], OPEN);
    let child = command.stdin(Stdio::null()).stderr(Stdio::piped()).spawn().expect("envctl starts");
    let until = Instant::now() + Duration::from_secs(60);
    while !shop.project.join("editor").exists() {
        assert!(Instant::now() < until, "the editor does not start");
        std::thread::sleep(Duration::from_millis(5));
    }
    let editor = shop.project.read("editor").trim().parse().expect("a number");
    (child, Pid::from_raw(editor).expect("a process"))
}

#[test]
fn a_signal_puts_the_text_away_first() {
    for signal in [Signal::TERM, Signal::HUP] {
        let shop = Shop::new();
        let before = shop.text();
        let (child, editor) = opened(&shop);
        kill_process(Pid::from_child(&child), signal).expect("a process of ours");
        let (code, messages) = shop.ended(&child.wait_with_output().expect("it ends"));
        let told = "error: envctl was told to end while the editor was open\nhelp: nothing was changed\n";
        assert_eq!((code, messages.as_str(), shop.text()), (Some(130), told, before));
        assert!(kill_process(editor, Signal::TERM).is_err(), "the editor has ended, too");
        shop.is_clean();
    }
}

/// What cannot be held back leaves nothing on a disk, and the next run removes what is in memory.
#[test]
fn a_kill_leaves_nothing_on_the_disk() {
    let shop = Shop::new();
    let before = shop.text();
    let (mut child, editor) = opened(&shop);
    child.kill().expect("a process of ours");
    child.wait().expect("it ends");
    kill_process(editor, Signal::KILL).expect("a process of ours");
    shop.nothing_on_disk();
    assert_eq!(shop.text(), before);
    let left = || fs::read_dir(shop.memory.path()).expect("a folder").count();
    assert_eq!(left(), 1, "it is in memory still");
    // A folder of a run that still lives stays.
    fs::remove_file(shop.project.join("editor")).expect("a file of ours");
    let (mut other, editor) = opened(&shop);
    assert_eq!(left(), 1);
    let output = shop.editing(&["--yes"], "exit 0\n").output().expect("envctl runs");
    assert_eq!(shop.ended(&output).0, Some(0));
    assert_eq!(left(), 1, "the other editor is open still");
    kill_process(editor, Signal::TERM).expect("a process of ours");
    assert_eq!(other.wait().expect("it ends").code(), Some(3));
    shop.is_clean();
}

#[test]
fn an_interrupt_at_the_question_ends_it() {
    let shop = Shop::new();
    let before = shop.text();
    let editing = shop.editing(&[], "echo PORT=4000 >> \"$1\"\n");
    let mut shell = std::process::Command::new("sh");
    shell.args(["-c", "trap : INT; \"$@\"; echo \"code $?\"", "sh"]);
    shell.arg(editing.get_program()).args(editing.get_args()).current_dir(shop.project.path());
    shell.envs(editing.get_envs().filter_map(|(name, value)| Some((name, value?))));
    let mut terminal = Terminal::start(&shell);
    terminal.wait_for("change prod.vault.toml? [y/N] ");
    terminal.press(b"\x03");
    let (_, screen) = shop.screen(terminal);
    assert!(screen.ends_with("code 130\n"), "{screen}");
    assert_eq!(shop.text(), before);
    shop.is_clean();
}

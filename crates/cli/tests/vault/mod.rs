//! Vaults where transcripts do not reach: on a terminal, in an editor, and with what is different in each run.
#![cfg(target_os = "linux")]

mod asked;
mod edited;
mod stopped;

use std::fs;
use std::process::{Command, Output};

use envctl_testkit::{Canaries, TempProject};
use tempfile::TempDir;

use crate::support::terminal::Terminal;
use crate::support::{program, with_input};

const VAULT: &str = "prod.vault.toml";

/// A project with a vault that has two values.
struct Shop {
    project: TempProject,
    canaries: Canaries,
    api_key: String,
    /// The user's folder in memory.
    memory: TempDir,
}

impl Shop {
    fn new() -> Self {
        let project = TempProject::new()
            .file(
                "envschema.toml",
                "[schema]\nname = \"shop\"\n[environments.prod]\n[vars.API_KEY]\n[vars.SESSION_SECRET]\n\
                 generate = \"hex:32\"\n[vars.PORT]\ntype = \"port\"\nvisibility = \"plain\"\ndefault = \"3000\"\n",
            )
            .file("envctl.toml", "default_environment = \"prod\"\n")
            .file("disk/.keep", "");
        let memory = tempfile::Builder::new().tempdir_in("/dev/shm").expect("a folder in memory");
        let mut canaries = Canaries::new();
        let api_key = canaries.plant("api");
        let shop = Self { project, canaries, api_key, memory };
        shop.done(&["init"], b"");
        shop.done(&["set", "API_KEY", "-"], shop.api_key.as_bytes());
        shop
    }

    /// `envctl vault` with every signal as it is by default, without colour.
    fn vault(&self, arguments: &[&str]) -> Command {
        self.envctl(&[&["vault"], arguments].concat())
    }

    fn envctl(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("/usr/bin/env");
        command.arg("--default-signal").arg(program("envctl").get_program()).args(arguments);
        command.env_clear().env("NO_COLOR", "1").current_dir(self.project.path());
        command.env("ENVCTL_VAULT_IDENTITY", "identity.txt").env("ENVCTL_STATE", "state");
        command.env("XDG_RUNTIME_DIR", self.memory.path()).env("TMPDIR", self.project.join("disk"));
        command
    }

    /// The same with an editor: a script that gets the file as `$1`.
    fn editing(&self, arguments: &[&str], script: &str) -> Command {
        self.project.write("editor.sh", script);
        let mut command = self.vault(&[&["edit"], arguments].concat());
        command.env("EDITOR", "sh ./editor.sh");
        command
    }

    /// Runs `envctl vault`, which does what it is told.
    fn done(&self, arguments: &[&str], input: &[u8]) -> String {
        let output = with_input(self.vault(arguments), input);
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("text")
    }

    fn get(&self, name: &str) -> String {
        self.done(&["get", name, "--no-newline"], b"")
    }

    /// The exit code and the messages, which hold no secret.
    fn ended(&self, output: &Output) -> (Option<i32>, String) {
        let messages = String::from_utf8(output.stderr.clone()).expect("text");
        self.canaries.scan("the messages", &messages);
        self.canaries.scan("the output", &output.stdout);
        (output.status.code(), messages)
    }

    /// The exit code and the screen, which holds no secret.
    fn screen(&self, terminal: Terminal) -> (Option<i32>, String) {
        let (code, screen) = terminal.end();
        self.canaries.scan("the screen", &screen);
        (code, screen)
    }

    fn text(&self) -> String {
        self.project.read(VAULT)
    }

    /// Nothing on the disk holds a secret, and nothing is left in memory.
    fn is_clean(&self) {
        self.nothing_on_disk();
        let left: Vec<_> = fs::read_dir(self.memory.path()).expect("a folder").collect();
        assert!(left.is_empty(), "{left:?}");
    }

    fn nothing_on_disk(&self) {
        self.canaries.scan_folder(self.project.path());
        assert_eq!(fs::read_dir(self.project.join("disk")).expect("a folder").count(), 1);
    }
}

/// Values that were made once stay, whether the settings name the vault as a source or not.
#[test]
fn a_second_sync_never_makes_new_values() {
    let shop = Shop::new();
    let sync = || {
        let output = with_input(shop.envctl(&["sync", "--to", "vault", "--generate", "--yes"]), b"");
        shop.ended(&output)
    };
    assert_eq!(sync().0, Some(0));
    let (first, text) = (shop.get("SESSION_SECRET"), shop.text());
    assert_eq!(sync(), (Some(0), "ok: nothing to do\n".to_owned()));
    shop.project.write(".env.prod", "PORT=4000\n");
    assert_eq!(sync(), (Some(0), "ok: 1 written\n".to_owned()));
    assert_eq!((shop.get("SESSION_SECRET"), shop.get("API_KEY")), (first, shop.api_key.clone()));
    // The line of the port is the only other one.
    let now = shop.text();
    assert_eq!(text.lines().zip(now.lines()).filter(|(old, new)| old != new).count(), 1);
    shop.is_clean();
}

#[test]
fn what_is_set_is_read_back_whatever_it_is() {
    let shop = Shop::new();
    for value in ["a\nb", "\u{feff}x", "$HOME \"'`\\", "  x  ", "=", "-----BEGIN\n\n"] {
        shop.project.write("value", format!("{value}\n"));
        shop.done(&["set", "API_KEY", "--from-file", "value"], b"");
        assert_eq!(shop.get("API_KEY"), value);
        shop.done(&["set", "API_KEY", "-"], value.trim_end_matches('\n').as_bytes());
        assert_eq!(shop.get("API_KEY"), value.trim_end_matches('\n'));
    }
}

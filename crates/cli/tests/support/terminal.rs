//! A program on a terminal of its own, as a person has it.

use std::fs::File;
use std::io::{Read, Write};
use std::process::{Child, Command};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};

/// How long something may take that takes no time.
const PATIENCE: Duration = Duration::from_secs(60);

/// The person's side of a terminal.
pub(crate) struct Terminal {
    child: Child,
    keys: File,
    screen: Receiver<String>,
    seen: String,
    /// How much of what was seen has been waited for.
    told: usize,
}

impl Terminal {
    /// Starts a command in a session of its own with a new terminal.
    pub(crate) fn start(run: &Command) -> Self {
        let terminal = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("a terminal");
        grantpt(&terminal).expect("a terminal of ours");
        unlockpt(&terminal).expect("a terminal of ours");
        let name = ptsname(&terminal, Vec::new()).expect("a name").into_string().expect("text");
        let open = || File::options().read(true).write(true).open(&name).expect("a terminal");
        let mut command = Command::new("setsid");
        command.args(["--ctty", "--wait"]).arg(run.get_program()).args(run.get_args()).env_clear();
        command.envs(run.get_envs().filter_map(|(name, value)| Some((name, value?))));
        command.current_dir(run.get_current_dir().expect("a folder"));
        command.stdin(open()).stdout(open()).stderr(open());
        let child = command.spawn().expect("`setsid` is there");
        let mut master = File::from(terminal);
        let keys = master.try_clone().expect("the same terminal");
        let (sender, screen) = mpsc::channel();
        std::thread::spawn(move || {
            let mut chunk = [0; 1024];
            // At the end the terminal gives an error instead of nothing.
            while let Ok(length @ 1..) = master.read(&mut chunk) {
                if sender.send(String::from_utf8_lossy(&chunk[..length]).into_owned()).is_err() {
                    break;
                }
            }
        });
        Self { child, keys, screen, seen: String::new(), told: 0 }
    }

    /// Waits until the program has printed a text, after what was waited for before.
    pub(crate) fn wait_for(&mut self, text: &str) {
        loop {
            if let Some(at) = self.seen[self.told..].find(text) {
                self.told += at + text.len();
                return;
            }
            match self.screen.recv_timeout(PATIENCE) {
                Ok(more) => self.seen.push_str(&more),
                Err(_) => panic!("`{text}` does not come after {}", self.seen),
            }
        }
    }

    /// Presses keys.
    pub(crate) fn press(&mut self, keys: &[u8]) {
        self.keys.write_all(keys).expect("a terminal takes keys");
    }

    /// The exit code, and all that was on the screen, keys too.
    pub(crate) fn end(mut self) -> (Option<i32>, String) {
        while let Ok(more) = self.screen.recv_timeout(PATIENCE) {
            self.seen.push_str(&more);
        }
        (self.child.wait().expect("it ends").code(), self.seen.replace("\r\n", "\n"))
    }
}

//! [`Site`]: a project with an account.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Output, Stdio};

use envctl_testkit::{AwsAccount, AwsStandIn, Canaries, TempProject};
use serde_json::{Value, json};

use super::{linked, writes};

/// A project in a folder, with an account of its own.
pub(crate) struct Site {
    pub(crate) folder: TempProject,
    pub(crate) aws: AwsAccount,
    program: PathBuf,
    canaries: RefCell<Canaries>,
    secrets: RefCell<Vec<String>>,
    values: RefCell<BTreeMap<String, String>>,
    variables: Vec<(String, String)>,
    /// Files that may hold values.
    open: Vec<String>,
}

/// What a run printed, and how it ended.
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// A run that is going on.
pub(crate) struct Running(Child);

impl Site {
    /// An empty folder, and an account with nothing in it.
    pub(crate) fn empty() -> Self {
        let folder = TempProject::new();
        std::fs::create_dir(folder.join("home")).expect("a folder of ours");
        Self {
            folder,
            aws: AwsStandIn::shared(),
            program: linked(),
            canaries: RefCell::default(),
            secrets: RefCell::default(),
            values: RefCell::default(),
            variables: Vec::new(),
            open: vec![".env.prod".to_owned()],
        }
    }

    /// The project `shop` with an environment `prod`: each target is a bundle `shop-NAME` with these variables, all of
    /// them secret and set.
    pub(crate) fn shop(targets: &[(&str, &[&str])]) -> Self {
        let site = Self::empty();
        let mut contract =
            String::from("[schema]\nname = \"shop\"\n[environments.prod]\n[environments.dev]\n");
        let mut settings =
            String::from("default_environment = \"prod\"\n[environments.prod]\nfile = \".env.prod\"\n");
        for (target, variables) in targets {
            settings += &format!(
                "[targets.{target}]\nto = \"secretsmanager\"\nsecret = \"shop-{target}\"\nvars = {variables:?}\n"
            );
            for variable in *variables {
                if !contract.contains(&format!("[vars.{variable}]")) {
                    contract += &format!("[vars.{variable}]\n");
                    let value = site.secret(variable);
                    site.values.borrow_mut().insert((*variable).to_owned(), value);
                }
            }
        }
        site.folder.write("envschema.toml", contract);
        site.folder.write("envctl.toml", settings);
        site.write_values();
        site
    }

    /// A copy of a project of `examples`, with the contracts it has. What is made up there becomes a canary.
    pub(crate) fn example(name: &str) -> Self {
        let site = Self::empty();
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        copy(&root.join("schema"), &root.join("schema"), &mut |path, text| {
            site.folder.write(&format!("schema/{path}"), text);
        });
        let example = root.join("examples").join(name);
        copy(&example, &example, &mut |path, text| {
            site.folder.write(path, text.replace("../../schema/", "schema/"));
        });
        site
    }

    /// Gives each line `NAME=made-up…` of an env file another value that nothing may show.
    pub(crate) fn replace_made_up(&self, path: &str) {
        let line = |line: &str| match line.split_once('=') {
            Some((name, value)) if value.contains("made-up") => format!("{name}={}\n", self.secret(name)),
            _ => format!("{line}\n"),
        };
        let text: String = self.folder.read(path).lines().map(line).collect();
        self.folder.write(path, text);
    }

    /// Replaces a text in a file, which has to have it.
    pub(crate) fn edit(&self, path: &str, old: &str, new: &str) {
        let text = self.folder.read(path);
        assert!(text.contains(old), "`{old}` stands in {path}");
        self.folder.write(path, text.replace(old, new));
    }

    /// Adds lines to a file.
    pub(crate) fn append(&self, path: &str, text: &str) {
        self.folder.write(path, self.folder.read(path) + text);
    }

    /// A file that may hold values.
    pub(crate) fn open(mut self, path: &str) -> Self {
        self.open.push(path.to_owned());
        self
    }

    /// A variable of the environment of every run from now on.
    pub(crate) fn variable(mut self, name: &str, value: impl Into<String>) -> Self {
        self.variables.push((name.to_owned(), value.into()));
        self
    }

    /// Another program than `envctl-cloud`.
    pub(crate) fn program(mut self, program: &Path) -> Self {
        program.clone_into(&mut self.program);
        self
    }

    /// Another account, with nothing in it.
    pub(crate) fn in_account(mut self, aws: AwsAccount) -> Self {
        self.aws = aws;
        self.tell_canaries();
        self
    }

    /// A value that nothing may show.
    pub(crate) fn secret(&self, label: &str) -> String {
        let secret = self.canaries.borrow_mut().plant(label);
        self.secrets.borrow_mut().push(secret.clone());
        self.tell_canaries();
        secret
    }

    /// A value of the test's own choice that nothing may show.
    pub(crate) fn plant(&self, label: &str, value: &str) {
        self.canaries.borrow_mut().plant_value(label, value);
        self.secrets.borrow_mut().push(value.to_owned());
        self.tell_canaries();
    }

    fn tell_canaries(&self) {
        let secrets = self.secrets.borrow();
        self.aws.canaries(&secrets.iter().map(String::as_str).collect::<Vec<_>>());
    }

    /// Gives a variable a new value in the env file.
    pub(crate) fn change(&self, variable: &str) -> String {
        let value = self.secret(variable);
        self.values.borrow_mut().insert(variable.to_owned(), value.clone());
        self.write_values();
        value
    }

    /// The value of a variable in the env file of `shop`.
    pub(crate) fn value(&self, variable: &str) -> String {
        self.values.borrow()[variable].clone()
    }

    fn write_values(&self) {
        let values = self.values.borrow();
        let lines: String = values.iter().map(|(name, value)| format!("{name}={value}\n")).collect();
        self.folder.write(".env.prod", lines);
    }

    /// Starts a run. The words of the line stand apart by one space each.
    pub(crate) fn command(&self, line: &str) -> Command {
        let mut command = Command::new(&self.program);
        command.args(line.split(' ')).current_dir(self.folder.path()).env_clear();
        command.envs(self.aws.environment()).env("HOME", self.folder.join("home"));
        command.env("ENVCTL_STATE", self.folder.join("state"));
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Runs the program, and searches all that came of it.
    pub(crate) fn run(&self, line: &str) -> Ran {
        self.searched(self.command(line).output().expect("the program runs"))
    }

    /// The same with this standard input.
    pub(crate) fn run_with(&self, line: &str, input: &str) -> Ran {
        let mut child = self.command(line).stdin(Stdio::piped()).spawn().expect("the program runs");
        // A program that does not read its input may be gone already.
        let _ = child.stdin.take().expect("a pipe").write_all(input.as_bytes());
        self.searched(child.wait_with_output().expect("the program ends"))
    }

    /// Starts the program, and does not wait for it.
    pub(crate) fn start(&self, line: &str) -> Running {
        Running(self.command(line).spawn().expect("the program runs"))
    }

    /// Waits for a run.
    pub(crate) fn end(&self, running: Running) -> Ran {
        self.searched(running.0.wait_with_output().expect("the program ends"))
    }

    fn searched(&self, output: Output) -> Ran {
        let ran = Ran {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).expect("text"),
            err: String::from_utf8(output.stderr).expect("text"),
        };
        self.search("what it printed", &format!("{}{}", ran.out, ran.err));
        let open: Vec<&str> = self.open.iter().map(String::as_str).collect();
        self.canaries.borrow().scan_folder_except(self.folder.path(), &open);
        if !self.secrets.borrow().is_empty() && !self.aws.journal().is_empty() {
            self.aws.assert_no_leaks();
        }
        ran
    }

    /// Searches a text for values.
    pub(crate) fn search(&self, place: &str, text: &str) {
        self.canaries.borrow().scan(place, text);
    }

    /// Runs a command line that succeeds, and forgets the calls.
    pub(crate) fn done(&self, line: &str) -> Ran {
        let ran = self.run(line).ended(0);
        self.aws.clear_journal();
        ran
    }

    /// A call of somebody else that succeeds.
    pub(crate) fn call(&self, op: &str, params: Value) -> Value {
        self.aws.call("secretsmanager", op, params).unwrap_or_else(|code| panic!("{op}: {code}"))
    }

    /// Somebody else's write.
    pub(crate) fn overwrite(&self, name: &str, content: &Value) {
        self.call("PutSecretValue", json!({"SecretId": name, "SecretString": content.to_string()}));
    }

    /// What a secret holds, as it is.
    pub(crate) fn text(&self, name: &str) -> String {
        let told = self.call("GetSecretValue", json!({"SecretId": name}));
        told["SecretString"].as_str().expect("a text").to_owned()
    }

    /// What a bundle holds.
    pub(crate) fn holds(&self, name: &str) -> Value {
        serde_json::from_str(&self.text(name)).expect("JSON")
    }

    /// The names of all secrets of the account.
    pub(crate) fn names(&self) -> Vec<String> {
        let told = self.call("ListSecrets", json!({"IncludePlannedDeletion": true}));
        let secrets = told["SecretList"].as_array().expect("a list").iter();
        let mut names: Vec<_> = secrets.map(|one| one["Name"].as_str().expect("a name").to_owned()).collect();
        names.sort();
        names
    }

    /// Checks that the account saw no write.
    pub(crate) fn assert_nothing_written(&self) {
        assert_eq!(writes(&self.aws), "");
    }
}

/// Hands over every file of text below a folder, with its path from `root`.
fn copy(root: &Path, folder: &Path, write: &mut dyn FnMut(&str, String)) {
    for entry in std::fs::read_dir(folder).expect("a folder of the repository") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            copy(root, &path, write);
        } else if let Ok(text) = std::fs::read_to_string(&path) {
            write(path.strip_prefix(root).expect("below it").to_str().expect("text"), text);
        }
    }
}

impl Ran {
    /// Checks the exit code.
    #[track_caller]
    pub(crate) fn ended(self, code: i32) -> Self {
        assert_eq!(
            self.code,
            Some(code),
            "\n--- standard output\n{}--- standard error\n{}",
            self.out,
            self.err
        );
        self
    }

    /// Checks that these texts stand in what was printed, in this order.
    #[track_caller]
    pub(crate) fn told(self, texts: &[&str]) -> Self {
        let all = format!("{}{}", self.out, self.err);
        let mut rest = &*all;
        for text in texts {
            let Some(at) = rest.find(text) else {
                panic!("`{text}` does not stand in (or not behind the others)\n{all}")
            };
            rest = &rest[at + text.len()..];
        }
        self
    }

    /// Checks that a text does not stand in what was printed.
    #[track_caller]
    pub(crate) fn without(self, text: &str) -> Self {
        assert!(
            !self.out.contains(text) && !self.err.contains(text),
            "`{text}` stands in\n{}{}",
            self.out,
            self.err
        );
        self
    }

    /// Standard output as JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error} in\n{}", self.out))
    }
}

impl Running {
    /// Ends it at once, as SIGKILL does.
    pub(crate) fn kill(mut self) {
        self.0.kill().expect("a run that is going on");
        self.0.wait().expect("a run that has ended");
    }

    /// Ends it as Ctrl-C does.
    pub(crate) fn interrupt(mut self) -> ExitStatus {
        let id = self.0.id().to_string();
        let sent = Command::new("kill").args(["-INT", &id]).status().expect("`kill` is there");
        assert!(sent.success(), "a run that is going on");
        self.0.wait().expect("a run that has ended")
    }
}

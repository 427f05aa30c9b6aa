//! What the tests share: randomness that can be repeated, people, and vaults.

use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

use envctl_resolver::producers::{RandomError, RandomSource};
use envctl_vault::{Ask, CannotAsk, Identity, NewRecipient, Question, Unlocked, Vault, VaultError};
use envschema::SecretValue;

/// The file that vaults are said to be in.
pub(crate) const FILE: &str = "secrets.toml";

/// Bytes that follow from a seed.
pub(crate) struct Numbers(pub(crate) u64);

impl RandomSource for Numbers {
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), RandomError> {
        for byte in bytes {
            *byte = self.next().to_le_bytes()[3];
        }
        Ok(())
    }
}

impl Numbers {
    /// The next number (splitmix64).
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `end`.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end as u64).expect("below a usize")
    }
}

/// A source that fails.
pub(crate) struct Broken;

impl RandomSource for Broken {
    fn fill(&mut self, _: &mut [u8]) -> Result<(), RandomError> {
        Err(RandomError { reason: "it is broken".to_owned() })
    }
}

/// Answers each question with the same passphrase, and counts them.
pub(crate) struct Says(pub(crate) &'static str, pub(crate) Vec<Question>);

impl Ask for Says {
    fn passphrase(&mut self, question: &Question) -> Option<SecretValue> {
        self.1.push(question.clone());
        Some(SecretValue::from(self.0))
    }
}

pub(crate) fn says(passphrase: &'static str) -> Says {
    Says(passphrase, Vec::new())
}

/// Somebody with an identity of age.
pub(crate) fn ann() -> Identity {
    static ANN: OnceLock<Identity> = OnceLock::new();
    ANN.get_or_init(|| Identity::generate(None).0).clone()
}

/// Somebody else.
pub(crate) fn bob() -> Identity {
    static BOB: OnceLock<Identity> = OnceLock::new();
    BOB.get_or_init(|| Identity::generate(None).0).clone()
}

/// A passphrase that is stretched as little as possible.
pub(crate) fn passphrase(text: &str) -> NewRecipient {
    NewRecipient::passphrase(SecretValue::from(text)).expect("not empty").work_factor(2)
}

/// A vault of Ann's with these values.
pub(crate) fn vault(values: &[(&str, &str)]) -> Unlocked {
    shared(&[ann().to_recipient().about("Ann").expect("one line")], values)
}

/// A vault of these recipients with these values.
pub(crate) fn shared(recipients: &[NewRecipient], values: &[(&str, &str)]) -> Unlocked {
    // No two vaults have the same id and key.
    static SEED: AtomicU64 = AtomicU64::new(1 << 32);
    let mut random = Numbers(SEED.fetch_add(1 << 32, Ordering::Relaxed));
    let mut open = Vault::create(FILE, recipients, &mut random).expect("recipients");
    for (name, value) in values {
        open.set(name, &SecretValue::from(*value), &mut random).expect("a name");
    }
    open
}

/// Opens a text as somebody.
pub(crate) fn open(text: &str, who: &Identity) -> Result<Unlocked, VaultError> {
    Vault::parse(FILE, text)?.unlock(std::slice::from_ref(who), &mut CannotAsk)
}

/// The value of a name, to be compared.
#[expect(clippy::disallowed_methods, reason = "tests compare values that they have made up")]
pub(crate) fn read(open: &Unlocked, name: &str) -> String {
    open.get(name).unwrap_or_else(|error| panic!("{error}")).expose().to_owned()
}

/// An error as people see it: what, and what to do.
pub(crate) fn told(error: &VaultError) -> String {
    format!("{error}\n{}", error.help())
}

/// The line of a text that begins so.
pub(crate) fn line<'t>(text: &'t str, start: &str) -> &'t str {
    text.lines().find(|line| line.starts_with(start)).unwrap_or_else(|| panic!("no line {start}"))
}

/// Whether a program is there. `cargo xtask test` tells of those that are not.
pub(crate) fn has(program: &str) -> bool {
    let run = Command::new(program).arg("--version").stdin(Stdio::null()).output();
    run.is_ok()
}

/// Runs a program that has to succeed; what it printed.
pub(crate) fn run(command: &mut Command) -> Vec<u8> {
    let output = command.stdin(Stdio::null()).output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

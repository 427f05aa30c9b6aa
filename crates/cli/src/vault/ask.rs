//! Passphrases, typed on the terminal and not shown.

use envctl_vault::{Ask, Question};
use envschema::SecretValue;

/// Asks on the terminal, if there is one.
pub(crate) struct TerminalAsk {
    pub(crate) asks: bool,
}

impl Ask for TerminalAsk {
    fn passphrase(&mut self, question: &Question) -> Option<SecretValue> {
        if !self.asks {
            return None;
        }
        rpassword::prompt_password(format!("{question}: ")).ok().map(SecretValue::from)
    }
}

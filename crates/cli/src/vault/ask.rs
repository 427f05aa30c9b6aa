//! Secrets typed on the terminal, and not shown.

use envctl_vault::{Ask, Question};
use envschema::SecretValue;

use super::hidden::hidden;
use crate::edge::Edge;

/// Asks on the terminal, if there is one.
pub(crate) struct TerminalAsk {
    asks: bool,
    /// What was answered: a new key needs the passphrase that has opened the vault a second time.
    answered: Option<(Question, SecretValue)>,
}

impl TerminalAsk {
    /// Who is asked for secrets in this run.
    pub(crate) fn of(edge: &Edge) -> Self {
        Self { asks: edge.asks, answered: None }
    }

    /// What somebody types; nothing if nobody can be asked.
    pub(crate) fn secret(&self, question: &str) -> Option<SecretValue> {
        if !self.asks {
            return None;
        }
        hidden(question).ok()
    }
}

impl Ask for TerminalAsk {
    fn passphrase(&mut self, question: &Question) -> Option<SecretValue> {
        if let Some((_, answer)) = self.answered.as_ref().filter(|(asked, _)| asked == question) {
            return Some(answer.clone());
        }
        let answer = self.secret(&question.to_string())?;
        self.answered = Some((question.clone(), answer.clone()));
        Some(answer)
    }
}

//! Questions on a real terminal.

use super::{Shop, VAULT};
use crate::support::terminal::Terminal;

#[test]
fn a_value_is_asked_for_and_not_shown() {
    let mut shop = Shop::new();
    let typed = shop.canaries.plant("typed");
    let mut terminal = Terminal::start(&shop.vault(&["set", "API_KEY"]));
    terminal.wait_for("the value of API_KEY: ");
    terminal.press(format!("{typed}\n").as_bytes());
    let (code, screen) = shop.screen(terminal);
    assert_eq!(code, Some(0), "{screen}");
    assert!(screen.ends_with("API_KEY has a new value in prod.vault.toml\n"), "{screen}");
    assert_eq!(shop.get("API_KEY"), typed);
    shop.is_clean();
}

#[test]
fn a_typed_value_is_checked() {
    let mut shop = Shop::new();
    let typed = shop.canaries.plant("no-port");
    let before = shop.text();
    let mut terminal = Terminal::start(&shop.vault(&["set", "PORT"]));
    terminal.wait_for("the value of PORT: ");
    terminal.press(format!("{typed}\n").as_bytes());
    let (code, screen) = shop.screen(terminal);
    assert_eq!((code, shop.text()), (Some(2), before), "{screen}");
    assert!(
        screen.ends_with("error: PORT does not take that value: expected a port from 1 to 65535\n"),
        "{screen}"
    );
}

/// Answers the questions for passphrases; gives the exit code and the screen.
fn answered(
    shop: &Shop,
    mut command: std::process::Command,
    identity: &str,
    answers: &[(&str, &str)],
) -> (Option<i32>, String) {
    command.env("ENVCTL_VAULT_IDENTITY", identity);
    let mut terminal = Terminal::start(&command);
    for (question, answer) in answers {
        terminal.wait_for(question);
        terminal.press(format!("{answer}\n").as_bytes());
    }
    shop.screen(terminal)
}

const NEW: &str = "a passphrase for the vault: ";
const AGAIN: &str = "the same again: ";
const OPEN: &str = "the passphrase of prod.vault.toml: ";

#[test]
fn a_passphrase_is_asked_for_twice_and_opens_the_vault() {
    let mut shop = Shop::new();
    let words = shop.canaries.plant("words");
    let add = || shop.vault(&["recipients", "add", "--passphrase", "--about", "the board"]);
    let before = shop.text();
    let (code, screen) = answered(&shop, add(), "identity.txt", &[(NEW, &words), (AGAIN, "others")]);
    assert_eq!((code, shop.text()), (Some(2), before.clone()), "{screen}");
    assert!(screen.contains("error: the two passphrases are not the same\n"), "{screen}");
    let (code, screen) = answered(&shop, add(), "identity.txt", &[(NEW, "")]);
    assert_eq!((code, shop.text()), (Some(2), before), "{screen}");
    assert!(screen.contains("the passphrase is empty"), "{screen}");
    let (code, screen) = answered(&shop, add(), "identity.txt", &[(NEW, &words), (AGAIN, &words)]);
    assert_eq!(code, Some(0), "{screen}");
    assert!(screen.contains("passphrase (the board) from now on"), "{screen}");

    let list = || shop.vault(&["edit", "--yes"]);
    let (code, screen) = answered(&shop, list(), "nobody.txt", &[]);
    assert_eq!(code, Some(2), "an editor is looked for first: {screen}");
    let mut rekey = shop.vault(&["rekey"]);
    rekey.env("EDITOR", "true");
    let (code, screen) = answered(&shop, rekey, "nobody.txt", &[(OPEN, "wrong")]);
    assert_eq!(code, Some(3), "{screen}");
    assert!(screen.contains("prod.vault.toml:10: wrong passphrase"), "{screen}");
    // Once, although it is needed a second time for the new key.
    let (code, screen) = answered(&shop, shop.vault(&["rekey"]), "nobody.txt", &[(OPEN, &words)]);
    assert_eq!(code, Some(0), "{screen}");
    assert!(screen.contains("the vault has a new key; values sealed anew: 1, recipients: 2"), "{screen}");
    assert_eq!(shop.get("API_KEY"), shop.api_key);
    shop.is_clean();
}

#[test]
fn a_vault_is_made_for_a_passphrase_too() {
    let mut shop = Shop::new();
    let words = shop.canaries.plant("words");
    std::fs::remove_file(shop.project.join(VAULT)).expect("a vault");
    let init = shop.vault(&["init", "--passphrase"]);
    let (code, screen) = answered(&shop, init, "identity.txt", &[(NEW, &words), (AGAIN, &words)]);
    assert_eq!(code, Some(0), "{screen}");
    assert!(screen.contains("prod.vault.toml made, for 2 recipients"), "{screen}");
    let list = shop.done(&["recipients", "list"], b"");
    assert!(list.ends_with("\npassphrase\n"), "{list}");
    shop.is_clean();
}

const QUESTION: &str = "change prod.vault.toml? [y/N] ";

/// An editor that changes one value and adds another.
const CHANGE: &str = "sed -i 's/^API_KEY=.*/API_KEY=other-key/' \"$1\"; echo PORT=4000 >> \"$1\"\n";

#[test]
fn what_changes_is_shown_by_name_and_asked_about() {
    for (keys, expected) in [(&b"y\n"[..], 0), (b"n\n", 6), (b"\x04", 6)] {
        let shop = Shop::new();
        let before = shop.text();
        let mut terminal = Terminal::start(&shop.editing(&[], CHANGE));
        terminal.wait_for(QUESTION);
        // The text is gone before the question comes.
        shop.is_clean();
        terminal.press(keys);
        let (code, screen) = shop.screen(terminal);
        let told = "prod.vault.toml would change:\n  added    PORT\n  changed  API_KEY\n";
        assert!(screen.starts_with(&format!("{told}{QUESTION}")), "{screen}");
        assert_eq!(code, Some(expected), "{screen}");
        if expected == 0 {
            assert!(screen.ends_with("prod.vault.toml changed: 1 added, 1 changed\n"), "{screen}");
            assert_eq!((shop.get("API_KEY"), shop.get("PORT")), ("other-key".to_owned(), "4000".to_owned()));
        } else {
            assert_eq!(shop.text(), before);
        }
    }
}

#[test]
fn a_mistake_is_told_and_the_text_is_edited_again() {
    let shop = Shop::new();
    // The second time the slip is there still, and what was changed besides.
    let script = "if grep -q ^oops \"$1\"\n\
                  then grep -q ^API_KEY=other-key \"$1\" && sed -i /^oops/d \"$1\"\n\
                  else sed -i 's/^API_KEY=.*/API_KEY=other-key/' \"$1\"; echo oops >> \"$1\"\nfi\n";
    let mut terminal = Terminal::start(&shop.editing(&[], script));
    terminal.wait_for("line 9: the line has no `=`");
    terminal.wait_for("edit again? [y/N] ");
    shop.is_clean();
    terminal.press(b"y\n");
    terminal.wait_for(QUESTION);
    terminal.press(b"y\n");
    let (code, screen) = shop.screen(terminal);
    assert_eq!((code, shop.get("API_KEY").as_str()), (Some(0), "other-key"), "{screen}");

    let before = shop.text();
    let mut terminal = Terminal::start(&shop.editing(&[], "echo oops >> \"$1\"\n"));
    terminal.wait_for("edit again? [y/N] ");
    terminal.press(b"n\n");
    let (code, screen) = shop.screen(terminal);
    assert_eq!((code, shop.text()), (Some(2), before), "{screen}");
    shop.is_clean();
}

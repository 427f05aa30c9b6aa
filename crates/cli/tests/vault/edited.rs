//! Where the text lies while an editor has it.

use std::fs;

use super::{Shop, VAULT};
use crate::export::in_mounts;
use crate::support::with_input;

/// The editor finds the text in a folder of its user's alone, and nothing of it anywhere else.
#[test]
fn the_text_is_in_memory_and_for_its_owner_only() {
    let shop = Shop::new();
    let script = "{ stat -c %a \"$(dirname \"$1\")\" \"$1\"; stat -f -c %T \"$1\"; dirname \"$(dirname \"$1\")\"; } > seen\n\
                  tr '\\0' '\\n' < /proc/$PPID/cmdline > line; tr '\\0' '\\n' < /proc/self/environ > environment\n\
                  grep -q \"^API_KEY=canary\" \"$1\"\n";
    let (code, messages) = shop.ended(&with_input(shop.editing(&["--yes"], script), b""));
    assert_eq!((code, messages.as_str()), (Some(0), "no value changed; prod.vault.toml is as it was\n"));
    let memory = shop.memory.path().display();
    assert_eq!(shop.project.read("seen"), format!("700\n600\ntmpfs\n{memory}\n"));
    shop.is_clean();
}

#[test]
fn what_an_editor_leaves_is_removed_too() {
    let shop = Shop::new();
    let script = "cp \"$1\" \"$1~\"; mkdir \"$(dirname \"$1\")/undo\"; cp \"$1\" \"$(dirname \"$1\")/undo/1\"; exit 3\n";
    let before = shop.text();
    let (code, messages) = shop.ended(&with_input(shop.editing(&["--yes"], script), b""));
    let told = "error: the editor `sh ./editor.sh` ended with exit code 3\nhelp: nothing was changed\n";
    assert_eq!((code, messages.as_str(), shop.text()), (Some(3), told, before));
    shop.is_clean();
}

#[test]
fn an_editor_that_is_not_there() {
    let shop = Shop::new();
    let mut command = shop.vault(&["edit", "--yes"]);
    command.env("EDITOR", "./nowhere");
    let (code, messages) = shop.ended(&with_input(command, b""));
    let told = "error: the editor `./nowhere` ended with exit code 127\n\
                help: nothing was changed; correct `VISUAL` or `EDITOR`\n";
    assert_eq!(code, Some(3));
    assert!(messages.ends_with(told), "{messages}");
    shop.is_clean();
}

#[test]
fn what_somebody_else_writes_meanwhile_stands() {
    let shop = Shop::new();
    shop.project.write("theirs", format!("{}# theirs\n", shop.text()));
    let script = "cp theirs prod.vault.toml; echo PORT=4000 >> \"$1\"\n";
    let (code, messages) = shop.ended(&with_input(shop.editing(&["--yes"], script), b""));
    let told = "error: prod.vault.toml was changed by somebody else meanwhile\n\
                help: it was left as it is; run the command again\n";
    assert_eq!((code, messages.as_str(), shop.text()), (Some(5), told, shop.project.read("theirs")));
    shop.is_clean();
}

/// Where nothing is in memory, a disk has to be allowed.
#[test]
fn no_disk_is_used_unasked() {
    let shop = Shop::new();
    for (arguments, expected) in [(&["--yes"][..], 6), (&["--yes", "--allow-disk"], 0)] {
        let Some(mut command) = in_mounts() else { return };
        let editing = shop.editing(arguments, "dirname \"$(dirname \"$1\")\" > seen\n");
        command.args(["mount --bind /proc /dev/shm; exec \"$@\"", "sh"]);
        command.arg(editing.get_program()).args(editing.get_args()).current_dir(shop.project.path());
        command.envs(editing.get_envs().filter_map(|(name, value)| Some((name, value?))));
        command.env_remove("XDG_RUNTIME_DIR");
        let (code, messages) = shop.ended(&command.output().expect("`unshare` runs"));
        assert_eq!(code, Some(expected), "{messages}");
        if expected == 6 {
            let told = "error: no file system of this machine is in memory, and values are not put on a disk\n\
                        help: change one value after the other with `envctl vault set`; `--allow-disk` lets all of them \
                        lie on a disk while the editor is open\n";
            assert_eq!(messages, told);
        } else {
            let disk = shop.project.join("disk").display().to_string();
            assert_eq!(shop.project.read("seen"), format!("{disk}\n"));
        }
        shop.is_clean();
    }
}

/// A value that cannot be read would be lost.
#[test]
fn a_changed_value_is_not_edited_over() {
    let shop = Shop::new();
    shop.done(&["set", "PORT", "-"], b"4000");
    let text = shop.text();
    let line = |name: &str| text.lines().find(|line| line.starts_with(name)).expect("a line").to_owned();
    let sealed = line("API_KEY").replacen("API_KEY", "PORT", 1);
    fs::write(shop.project.join(VAULT), text.replace(&line("PORT"), &sealed)).expect("a file of ours");
    let (code, messages) = shop.ended(&with_input(shop.editing(&["--yes"], "touch seen\n"), b""));
    assert_eq!(code, Some(3), "{messages}");
    assert!(messages.contains("the value of PORT was not sealed for this name"), "{messages}");
    assert!(!shop.project.join("seen").exists());
}

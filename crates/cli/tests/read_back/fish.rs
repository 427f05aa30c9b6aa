//! fish, and what a program that it starts gets.

use std::process::Command;

use envctl_testkit::TempProject;
use proptest::prelude::*;

use super::{any_values, awkward, few_cases, printed, reader, written};

fn read(text: &str, count: usize) -> Option<Vec<String>> {
    let project = TempProject::new().file("exported.fish", text);
    let names: String = (0..count).map(|index| format!(" \"$V{index}\"")).collect();
    let output = reader(
        "fish",
        Command::new("fish")
            .args(["--no-config", "-c", "source exported.fish; and exec sh -c $argv[1]"])
            .arg(format!("printf '%s\\0'{names}"))
            .env("HOME", project.path())
            .env("LC_ALL", "C.UTF-8")
            .current_dir(project.path()),
    )?;
    Some(printed(&output).split_terminator('\0').map(str::to_owned).collect())
}

#[test]
fn fish_reads_awkward_values_back() {
    let (text, kept) = written("fish", &awkward());
    assert_eq!(kept, awkward());
    if let Some(read) = read(&text, kept.len()) {
        assert_eq!(read, kept, "{text}");
    }
}

proptest! {
    #![proptest_config(few_cases())]

    #[test]
    fn fish_reads_anything_back(values in any_values()) {
        let (text, kept) = written("fish", &values);
        prop_assert_eq!(&kept, &values);
        if let Some(read) = read(&text, kept.len()) {
            prop_assert_eq!(read, kept);
        }
    }
}

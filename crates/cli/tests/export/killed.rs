//! Killed at any moment, or beside others: the file is whole, and the next run leaves nothing else.

use std::fs;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use envctl_testkit::TempProject;

use super::{ended, export, leftovers, mode, set_mode};

/// Large enough for writing it to take a while.
const SIZE: usize = 1 << 20;

const CONTRACT: &str = "[schema]\nname = \"shop\"\n[environments.prod]\n[vars.LARGE]\n[vars.SMALL]\n";

/// A project with the texts that two exports write.
fn project() -> (TempProject, [String; 2]) {
    let [a, b] = ["a", "b"].map(|letter| letter.repeat(SIZE));
    let project = TempProject::new()
        .file("envschema.toml", CONTRACT)
        .file(".env.prod", "SMALL=canary-small-4b1d\n")
        .file("a", &a)
        .file("b", &b);
    (project, [a, b].map(|value| format!("LARGE={value}\nSMALL=canary-small-4b1d\n")))
}

const LINES: [[&str; 5]; 2] = [
    ["--set-from-file", "LARGE=a", "--output", "to/out.env", "--yes"],
    ["--set-from-file", "LARGE=b", "--output", "to/out.env", "--yes"],
];

/// A number that looks random, from 0 to below 1.
fn random(state: &mut u64) -> f64 {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    f64::from(u32::try_from(*state >> 32).expect("32 bits")) / f64::from(u32::MAX)
}

/// Whether a run has a new file there, beside those that earlier ones left.
fn has_new_file(project: &TempProject, earlier: &[String]) -> bool {
    leftovers(project, "to").iter().any(|name| !earlier.contains(name))
}

/// Waits until the new file is there, or the run is over.
fn wait_for_new_file(project: &TempProject, earlier: &[String], child: &mut Child) {
    while !has_new_file(project, earlier) && child.try_wait().expect("a child").is_none() {}
}

#[test]
fn a_kill_leaves_the_old_file_or_the_new_one() {
    let (project, texts) = project();
    fs::create_dir(project.join("to")).expect("a new folder");
    let started = Instant::now();
    assert_eq!(ended(&mut export(&project, &LINES[0])).0, Some(0));
    let whole_run = started.elapsed();
    let mut seed = 0x5eed;
    let (mut during, mut not_yet, mut done) = (0, 0, 0);
    for round in 0..90_usize {
        let exists = round % 3 != 0;
        if exists {
            set_mode(&project, "to/out.env", 0o640);
        } else {
            fs::remove_file(project.join("to/out.env")).expect("a file");
        }
        let old = exists.then(|| project.read("to/out.env"));
        let new = &texts[usize::from(old.as_ref() == Some(&texts[0]))];
        let line = &LINES[usize::from(*new == texts[1])];
        let earlier = leftovers(&project, "to");
        let mut child = export(&project, line).stderr(Stdio::null()).spawn().expect("envctl runs");
        // At any moment, or soon after the new file is there.
        if round % 2 == 0 {
            std::thread::sleep(whole_run.mul_f64(random(&mut seed)));
        } else {
            wait_for_new_file(&project, &earlier, &mut child);
            std::thread::sleep(Duration::from_micros(3000).mul_f64(random(&mut seed)));
        }
        child.kill().expect("our child");
        child.wait().expect("it ends");
        during += usize::from(has_new_file(&project, &earlier));
        for name in leftovers(&project, "to") {
            let mode = mode(&project, &format!("to/{name}"));
            assert!(matches!(mode, 0o600 | 0o640), "{name} has mode {mode:o}");
        }
        let now = fs::read_to_string(project.join("to/out.env")).ok();
        match now.as_ref() {
            now if now == old.as_ref() => not_yet += 1,
            Some(now) if now == new => done += 1,
            _ => panic!("round {round}: neither the old file nor the new one"),
        }
        if now.is_some() {
            assert_eq!(mode(&project, "to/out.env"), if exists { 0o640 } else { 0o600 }, "round {round}");
        } else {
            assert_eq!(ended(&mut export(&project, line)).0, Some(0));
        }
    }
    // Most kills hit a run that writes; some of them come before, and some too late.
    assert!(
        during > 0 && not_yet > 0,
        "{during} while writing, {not_yet} with the old file, {done} with the new one"
    );
    let (code, messages) = ended(&mut export(&project, &LINES[0]));
    assert_eq!(code, Some(0), "{messages}");
    assert_eq!(leftovers(&project, "to"), [""; 0]);
    assert_eq!(project.read("to/out.env"), texts[0]);
}

/// A run that would change nothing, or may not, cleans up as well; what is not ours stays.
#[test]
fn only_what_is_left_over_is_removed() {
    let (project, texts) = project();
    project.write("to/out.env", &texts[0]);
    let stay = [".envctl-backup", ".envctl-abc.tmp", ".envctl-abcde_.tmp", "envctl-abcdef.tmp"];
    for name in stay.iter().chain(&[".envctl-abcdef.tmp", ".envctl-A1b2C3.tmp"]) {
        project.write(&format!("to/{name}"), "LARGE=canary");
    }
    fs::create_dir(project.join("to/.envctl-folder.tmp")).expect("a new folder");
    std::os::unix::fs::symlink("out.env", project.join("to/.envctl-linked.tmp")).expect("a new link");
    // Somebody else writes at this moment.
    let held = fs::File::create(project.join("to/.envctl-held00.tmp")).expect("a new file");
    held.lock().expect("a lock of ours");
    assert_eq!(ended(&mut export(&project, &LINES[0])).0, Some(0));
    let mut left = leftovers(&project, "to");
    left.sort();
    let kept = [
        ".envctl-abc.tmp",
        ".envctl-abcde_.tmp",
        ".envctl-backup",
        ".envctl-folder.tmp",
        ".envctl-held00.tmp",
        ".envctl-linked.tmp",
    ];
    assert_eq!(left, kept);
    drop(held);
    let (code, _) = ended(&mut export(&project, &LINES[1][..4]));
    assert_eq!(code, Some(6));
    assert!(!project.join("to/.envctl-held00.tmp").exists());
    assert_eq!(project.read("to/out.env"), texts[0]);
}

#[test]
fn runs_at_the_same_time_do_not_disturb_each_other() {
    let (project, texts) = project();
    fs::create_dir(project.join("to")).expect("a new folder");
    let paths: Vec<String> = (0..4).map(|index| format!("to/{index}.env")).collect();
    for round in 0..6 {
        let wanted = round % 2;
        let value = LINES[wanted][1];
        let start = |path: &String| {
            let line = ["--set-from-file", value, "--output", path, "--yes"];
            export(&project, &line).stderr(Stdio::piped()).spawn().expect("envctl runs")
        };
        // Each its own file, and two of them one more.
        let shared = "to/shared.env".to_owned();
        let own: Vec<_> = paths.iter().map(start).collect();
        let both = [start(&shared), start(&shared)];
        for child in own {
            let output = child.wait_with_output().expect("it ends");
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        }
        let codes = both.map(|child| child.wait_with_output().expect("it ends").status.code());
        // The second one finds the file as it wants it, or changed under its hands.
        assert!(codes.contains(&Some(0)), "{codes:?}");
        assert!(codes.iter().all(|code| matches!(code, Some(0 | 5))), "{codes:?}");
        for path in paths.iter().chain([&shared]) {
            assert!(project.read(path) == texts[wanted], "{path} is whole");
        }
        assert_eq!(leftovers(&project, "to"), [""; 0]);
    }
}

//! How long resolving and judging takes: `cargo run --release -p envctl-resolver --example speed`.
//!
//! Prints microseconds for 100 variables, and what 100,000 cost against 10,000 in the same run.

use std::fmt::Write as _;
use std::hint::black_box;
use std::time::{Duration, Instant};

use envctl_resolver::sources::{EnvFile, Outputs};
use envctl_resolver::{CheckOptions, Resolver, check};
use envschema::{Contract, Schema};

/// A contract with what real ones have: types, conditions, outputs, templates, defaults.
fn contract(variables: usize) -> String {
    let mut text = String::from("[schema]\nname = \"speed\"\n[conditions]\nmodal = 'VAR_1 == \"modal\"'\n");
    for index in 0..variables {
        let body = match index % 10 {
            1 => "type = \"enum\"\nvalues = [\"modal\", \"e2b\"]\nvisibility = \"plain\"",
            2 => "type = \"port\"\nvisibility = \"plain\"\ndefault = 3000",
            3 => "type = \"boolean\"\nvisibility = \"plain\"\nrequired = false",
            4 => "required = 'modal'",
            5 => "type = \"url\"\noutput = [\"first\", \"second\"]",
            6 => "derive = \"https://${output.host}/path\"",
            7 => "required = false\nexample = \"sk-...\"",
            8 => "required = 'modal && has(VAR_0)'\nmin_length = 3",
            _ => "example = \"value\"",
        };
        let _ = writeln!(text, "[vars.VAR_{index}]\nabout = \"Variable {index}\"\n{body}");
    }
    text
}

fn env_file(variables: usize) -> String {
    let mut text = String::new();
    for index in 0..variables {
        let value = match index % 10 {
            1 => "modal",
            2 => "8080",
            3 => "true",
            5..=7 => continue,
            _ => "a-value-of-usual-size",
        };
        let _ = writeln!(text, "VAR_{index}={value}");
    }
    text
}

/// One run: resolve and judge, everything parsed before.
fn run(contract: &Contract, file: &EnvFile, outputs: &Outputs) -> usize {
    let resolution = Resolver::new(contract).layer(&file.layer).outputs(outputs).resolve();
    check(&resolution, &CheckOptions::default()).iter().len()
}

/// More than any processor's cache holds.
const LARGER_THAN_CACHES: usize = 256 << 20;

/// Makes the processor forget what it has cached, as a program that runs once finds it.
fn empty_caches(memory: &mut [u8]) {
    for line in memory.chunks_mut(64) {
        line[0] = line[0].wrapping_add(1);
    }
    black_box(memory);
}

/// The median of several runs, with `before` each.
fn median(runs: usize, mut before: impl FnMut(), mut run: impl FnMut() -> usize) -> f64 {
    let mut times: Vec<Duration> = (0..runs)
        .map(|_| {
            before();
            let start = Instant::now();
            black_box(run());
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    times[times.len() / 2].as_secs_f64() * 1e6
}

#[expect(clippy::print_stdout, reason = "a benchmark prints its numbers")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let outputs =
        Outputs::from_json(r#"{"second": "https://a.example", "host": "b.example"}"#, "outputs.json")?;
    let mut memory = vec![0; LARGER_THAN_CACHES];
    let (mut warm, mut cold) = (Vec::new(), Vec::new());
    for (variables, runs) in [(100, 2001), (10_000, 31), (100_000, 11)] {
        let schema = Schema::parse("speed.toml", &contract(variables))?;
        let file = EnvFile::parse(&env_file(variables), ".env");
        assert_eq!(run(schema.base(), &file, &outputs), 0, "the bench environment is valid");
        warm.push(median(runs, || {}, || run(schema.base(), &file, &outputs)));
        cold.push(median(runs.min(31), || empty_caches(&mut memory), || run(schema.base(), &file, &outputs)));
        let (warm, cold) = (warm[warm.len() - 1], cold[cold.len() - 1]);
        println!(
            "resolve + check, {variables:>6} variables: {warm:>9.1} us, {cold:>9.1} us with empty caches"
        );
    }
    println!("measure: resolve + check, 100 variables, us = {:.1} (budget 100)", warm[0]);
    println!("measure: 100,000 variables / 10,000, empty caches = {:.1} (budget 12)", cold[2] / cold[1]);
    println!("100,000 variables / 10,000, repeated in one process = {:.1}", warm[2] / warm[1]);
    println!("  (10,000 stay in the processor's cache from one run to the next, 100,000 do not)");
    Ok(())
}

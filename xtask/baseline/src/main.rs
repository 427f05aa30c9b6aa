//! The least a program can do that has to read a contract and an env file: read both and parse the TOML.
//!
//! `cargo xtask bench` divides the time of `envctl validate` by the time of this program.

use std::hint::black_box;
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut paths = std::env::args_os().skip(1);
    let (Some(contract), Some(env_file), None) = (paths.next(), paths.next(), paths.next()) else {
        return ExitCode::from(2);
    };
    let (Ok(contract), Ok(env_file)) = (std::fs::read_to_string(contract), std::fs::read(env_file)) else {
        return ExitCode::from(3);
    };
    black_box(env_file);
    match toml::de::DeTable::parse(&contract) {
        Ok(table) => {
            black_box(table);
            ExitCode::SUCCESS
        }
        Err(_) => ExitCode::FAILURE,
    }
}

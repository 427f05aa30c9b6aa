//! `envctl-validate`: see the library.

fn main() -> std::process::ExitCode {
    envctl::run_validate(envctl::Edge::from_process())
}

//! `envctl`: see the library.

fn main() -> std::process::ExitCode {
    envctl::run(envctl::Edge::from_process())
}

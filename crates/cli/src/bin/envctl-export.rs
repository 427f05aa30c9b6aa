//! `envctl-export`: see the library.

fn main() -> std::process::ExitCode {
    envctl::run_export(envctl::Edge::from_process())
}

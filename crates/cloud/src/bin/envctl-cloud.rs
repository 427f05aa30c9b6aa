//! `envctl-cloud`.

fn main() -> std::process::ExitCode {
    envctl::run(envctl_cloud::edge())
}

//! `envctl-sync`.

fn main() -> std::process::ExitCode {
    envctl::run_sync(envctl_cloud::edge())
}

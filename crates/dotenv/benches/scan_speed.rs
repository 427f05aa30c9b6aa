//! How much slower reading is than finding the line ends, on a file of 100 variables and on one of 1 MB.
#![expect(clippy::print_stdout, reason = "printing the figures is what this program is for")]

use std::hint::black_box;
use std::time::Instant;

use envctl_dotenv::{Document, entries};

/// Timed runs of each reader; they take turns, so that a busy machine slows all of them alike.
const ROUNDS: usize = 301;

fn main() {
    let small = sample(100);
    let large = sample(1_048_576 * 100 / small.len());
    println!("{:>9} {:>6}  {:>8} {:>8} {:>8}  ratio to memchr", "bytes", "lines", "memchr", "pairs", "parse");
    measure(&small, 200);
    measure(&large, 1);
}

/// Text with the mix of a real file: mostly bare values, some quoted ones, comments and blank lines.
fn sample(variables: usize) -> String {
    let mut text = String::new();
    for number in 0..variables {
        let line = match number % 10 {
            0 => format!("\n# Settings of part {number}\nSERVICE_{number}_ENABLED=true\n"),
            1 => format!("DATABASE_{number}_URL=postgresql://app:secret@db-{number}.internal:5432/app\n"),
            2 => format!("API_KEY_{number}=sk_live_51HGq2eKZvKYlo2C{number}aBcDeFgHiJkLmNoP\n"),
            3 => format!("GREETING_{number}=\"hello world {number}\"\n"),
            4 => format!("PORT_{number}=80{number}\n"),
            5 => format!("REGION_{number}=eu-central-1 # where it runs\n"),
            6 => format!("PASSWORD_{number}='p4ss w0rd & more {number}'\n"),
            7 => format!("NEXT_PUBLIC_APP_{number}_HOST=https://app-{number}.example.com\n"),
            8 => format!("LOG_LEVEL_{number}=info\n"),
            _ => {
                format!("QUEUE_{number}=https://sqs.eu-central-1.amazonaws.com/123456789012/jobs-{number}\n")
            }
        };
        text.push_str(&line);
    }
    text
}

fn measure(text: &str, repeat: u32) {
    let mut times = [const { Vec::new() }; 3];
    for _ in 0..ROUNDS {
        times[0].push(time(repeat, || {
            memchr::memchr_iter(b'\n', black_box(text).as_bytes()).fold(0, |sum, at| sum ^ at)
        }));
        times[1].push(time(repeat, || {
            entries(black_box(text)).fold(0, |sum, entry| sum ^ entry.name().len() ^ entry.value().len())
        }));
        times[2].push(time(repeat, || Document::parse(black_box(text)).entries().len()));
    }
    let [bare, streamed, parsed] = times.map(median);
    let lines = memchr::memchr_iter(b'\n', text.as_bytes()).count();
    let per_line = |total: f64| total / lines as f64;
    println!(
        "{:>9} {lines:>6}  {:>5.1} ns {:>5.1} ns {:>5.1} ns  pairs {:.2}, parse {:.2}",
        text.len(),
        per_line(bare),
        per_line(streamed),
        per_line(parsed),
        streamed / bare,
        parsed / bare,
    );
    println!(
        "measure: Document::parse over a memchr line scan, {} KB = {:.2} (budget 5)",
        text.len() / 1000,
        parsed / bare
    );
}

/// Nanoseconds of one run, averaged over `repeat` runs.
fn time(repeat: u32, mut run: impl FnMut() -> usize) -> f64 {
    let start = Instant::now();
    for _ in 0..repeat {
        black_box(run());
    }
    start.elapsed().as_nanos() as f64 / f64::from(repeat)
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

//! Any text is read by every dialect, and none of it is lost.
//!
//! A short input that ends in a NUL is also read many times over: what costs more than its length shows only then.

#![no_main]

use std::time::{Duration, Instant};

use envctl_dotenv::{Dialect, Document, Reader, Reading, portability, respell};
use libfuzzer_sys::fuzz_target;

/// The most bytes that are read many times over.
const SHORT: usize = 32;
/// How long that becomes, in bytes.
const LONG: usize = 32 * 1024;
/// Far more than reading it takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(2);

fuzz_target!(|text: &str| {
    is_kept(text);
    let lines = text.matches(['\n', '\r']).count() + 1;
    for &dialect in Dialect::ALL {
        for reading in readings(dialect, text) {
            for variable in reading.variables() {
                let line = variable.line() as usize;
                assert!((1..=lines).contains(&line), "{dialect}: line {line} of {lines}");
            }
        }
    }
    let portability = portability(text, Dialect::ALL);
    portability.set_aside().for_each(drop);
    assert!(portability.divergences().iter().all(|divergence| divergence.outcomes.len() > 1));
    if let Some(piece) = text.strip_suffix('\0').filter(|piece| (1..=SHORT).contains(&piece.len())) {
        is_quick(&piece.repeat(LONG / piece.len()));
    }
});

/// The lines make the text up, and so do those that are spelt anew where nothing has to be.
fn is_kept(text: &str) {
    let document = Document::parse(text);
    assert_eq!(document.as_str(), text);
    assert_eq!(document.lines().map(|line| line.text()).collect::<String>(), text);
    for &dialect in Dialect::ALL {
        let respelt = respell(&document, &[dialect]);
        assert!(!respelt.changed.is_empty() || respelt.text == text, "{dialect}");
    }
    let _ = respell(&document, Dialect::ALL);
}

/// In a process without variables, and in one that has every variable.
fn readings(dialect: Dialect, text: &str) -> [Reading; 2] {
    let reader = Reader::new(dialect);
    [reader.read(text), reader.environment(&|_| Some("outside".to_owned())).read(text)]
}

fn is_quick(text: &str) {
    for &dialect in Dialect::ALL {
        let start = Instant::now();
        let _ = Reader::new(dialect).read(text);
        assert!(start.elapsed() < PATIENCE, "{dialect}: {:?} for {} bytes", start.elapsed(), text.len());
    }
}

//! Questions on a terminal.

use std::io::{self, Read};

use crate::edge::Edge;

/// How often an answer that is neither yes nor no is asked for again.
const MOST_TRIES: usize = 3;

/// The longest answer that is read.
const LONGEST: usize = 1024;

/// Asks for a yes or a no; anything but a yes is a no in the end, and so is the end of the input.
///
/// # Errors
///
/// What the system says of the terminal.
pub(crate) fn yes(edge: &mut Edge, question: &str) -> io::Result<bool> {
    for _ in 0..MOST_TRIES {
        write!(edge.messages, "{question} [y/N] ")?;
        edge.messages.flush()?;
        let Some(answer) = line(&mut *edge.input)? else {
            // Nobody has pressed the key that ends the line.
            writeln!(edge.messages)?;
            return Ok(false);
        };
        match answer.trim().to_ascii_lowercase().as_str() {
            "y" | "yes" => return Ok(true),
            "" | "n" | "no" => return Ok(false),
            _ => edge.tell("answer `y` or `n`"),
        }
    }
    Ok(false)
}

/// The next line; none if the input ends first.
fn line(input: &mut dyn Read) -> io::Result<Option<String>> {
    let mut line = Vec::new();
    let mut byte = [0];
    loop {
        match input.read(&mut byte) {
            Ok(0) => return Ok(None),
            Ok(_) if byte == *b"\n" || line.len() == LONGEST => {
                return Ok(Some(String::from_utf8_lossy(&line).into_owned()));
            }
            Ok(_) => line.push(byte[0]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

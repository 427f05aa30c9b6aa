//! What is typed on the terminal and not shown.

use std::io;

use envschema::SecretValue;

/// Asks on the terminal of this process. What is typed is not shown from before the question on, so that nothing is shown
/// of what comes early, as from a script.
///
/// # Errors
///
/// What the system says of the terminal, and `UnexpectedEof` if nothing was typed at all.
#[cfg(unix)]
pub(super) fn hidden(question: &str) -> io::Result<SecretValue> {
    use std::fs::File;
    use std::io::{Read as _, Write as _};

    use zeroize::Zeroizing;

    /// Terminals give no longer lines.
    const LONGEST: usize = 4096;

    let mut terminal = File::options().read(true).write(true).open("/dev/tty")?;
    let _silent = Silent::new(terminal.try_clone()?)?;
    write!(terminal, "{question}: ")?;
    let mut line = Zeroizing::new(Vec::with_capacity(LONGEST));
    let mut byte = Zeroizing::new([0]);
    loop {
        match terminal.read(&mut *byte) {
            Ok(0) if line.is_empty() => return Err(io::ErrorKind::UnexpectedEof.into()),
            Ok(0) => break,
            Ok(_) if *byte == *b"\n" || line.len() == LONGEST => break,
            Ok(_) => line.push(byte[0]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    let text = std::str::from_utf8(&line).map_err(|_| io::Error::from(io::ErrorKind::InvalidData))?;
    Ok(SecretValue::from(text))
}

/// A terminal that shows nothing but the end of the line, until it is dropped.
#[cfg(unix)]
struct Silent {
    terminal: std::fs::File,
    before: rustix::termios::Termios,
}

#[cfg(unix)]
impl Silent {
    fn new(terminal: std::fs::File) -> io::Result<Self> {
        use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};
        let before = tcgetattr(&terminal)?;
        let mut silent = before.clone();
        silent.local_modes.remove(LocalModes::ECHO);
        silent.local_modes.insert(LocalModes::ECHONL);
        tcsetattr(&terminal, OptionalActions::Flush, &silent)?;
        Ok(Self { terminal, before })
    }
}

#[cfg(unix)]
impl Drop for Silent {
    fn drop(&mut self) {
        let now = rustix::termios::OptionalActions::Now;
        // A terminal that is gone shows nothing either.
        let _ = rustix::termios::tcsetattr(&self.terminal, now, &self.before);
    }
}

/// Asks on the terminal of this process.
#[cfg(not(unix))]
pub(super) fn hidden(question: &str) -> io::Result<SecretValue> {
    rpassword::prompt_password(format!("{question}: ")).map(SecretValue::from)
}

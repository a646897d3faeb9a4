//! Standard output and error. `println!` would panic when the reader goes away (`attrium … | head`);
//! here that is the quiet end of the command.

use std::io::{self, IsTerminal as _, Write};

use super::CliError;

/// Where a command writes.
pub(super) struct Output {
    answers: Box<dyn Write + Send>,
    messages: Box<dyn Write + Send>,
    is_terminal: bool,
}

impl Output {
    /// The process's own.
    pub(super) fn standard() -> Self {
        Self {
            answers: Box::new(io::stdout()),
            messages: Box::new(io::stderr()),
            is_terminal: io::stderr().is_terminal(),
        }
    }

    /// Whether someone watches: then long work shows a bar.
    pub(super) fn is_terminal(&self) -> bool {
        self.is_terminal
    }

    /// Writes an answer and ends its line.
    pub(super) fn line(&mut self, text: &str) -> Result<(), CliError> {
        self.text(&format!("{text}\n"))
    }

    /// Writes an answer as it is.
    pub(super) fn text(&mut self, text: &str) -> Result<(), CliError> {
        match self.answers.write_all(text.as_bytes()).and_then(|()| self.answers.flush()) {
            Ok(()) => Ok(()),
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Err(CliError::OutputClosed),
            Err(error) => Err(CliError::io("the output could not be written", error)),
        }
    }

    /// Says how work goes; nobody has to read it.
    pub(super) fn message(&mut self, text: &str) {
        self.message_text(&format!("{text}\n"));
    }

    /// Says what went wrong.
    pub(super) fn error(&mut self, text: &str) {
        self.message_text(&format!("error: {text}\n"));
    }

    /// Writes a message as it is.
    pub(super) fn message_text(&mut self, text: &str) {
        // There is no better place to say that this one is closed.
        let _closed = self.messages.write_all(text.as_bytes()).and_then(|()| self.messages.flush());
    }

    #[cfg(test)]
    pub(super) fn into(answers: impl Write + Send + 'static, messages: impl Write + Send + 'static) -> Self {
        Self { answers: Box::new(answers), messages: Box::new(messages), is_terminal: false }
    }
}

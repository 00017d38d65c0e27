//! Where commands print: data to one stream, talk to the other. No colour is used, so that `NO_COLOR` holds
//! everywhere; help, which clap colours on a terminal, honours it too.

use std::io::{self, BufRead, BufReader, BufWriter, IsTerminal, Write};

/// The streams of a process.
pub struct Console<'s> {
    /// Data.
    pub out: Box<dyn Write + 's>,
    /// Talk.
    talk: Box<dyn Write + 's>,
    /// What a person types.
    pub input: Box<dyn BufRead + 's>,
    /// Width of the terminal that shows the data, in columns; `None` where it goes elsewhere.
    pub width: Option<u16>,
    /// Whether the talk goes to a terminal.
    pub talks_to_terminal: bool,
}

impl<'s> Console<'s> {
    /// A console on two writers that are no terminals.
    pub fn new(out: &'s mut dyn Write, talk: &'s mut dyn Write) -> Self {
        let input = Box::new(io::empty());
        Self { out: Box::new(out), talk: Box::new(talk), input, width: None, talks_to_terminal: false }
    }

    /// The same, with something to read.
    #[must_use]
    pub fn reading(mut self, input: &'s mut dyn BufRead) -> Self {
        self.input = Box::new(input);
        self
    }

    /// The console of this process.
    pub fn of_process() -> Self {
        let shown = io::stdout().is_terminal();
        let width = || terminal_size::terminal_size().map(|(terminal_size::Width(width), _)| width);
        Self {
            out: Box::new(BufWriter::new(io::stdout())),
            talk: Box::new(io::stderr()),
            input: Box::new(BufReader::new(io::stdin())),
            width: if shown { width() } else { None },
            talks_to_terminal: io::stderr().is_terminal(),
        }
    }

    /// Says something beside the data. Where nobody listens any more, there is nobody to tell.
    pub fn say(&mut self, words: &str) {
        let _ = writeln!(self.talk, "{words}");
    }

    /// Says what the reader of the data must know.
    pub fn note(&mut self, words: &str) {
        self.say(&format!("note: {words}"));
    }
}

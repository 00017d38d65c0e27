//! What stops a command, and how it is told: what, where, and what to type next.

use std::io::{self, ErrorKind};

use super::{Console, Exit};
use crate::query;

/// What stopped a command.
#[derive(Debug)]
pub enum Failure {
    /// Something is wrong with what was asked, or with the build.
    Said {
        /// What is wrong, and where.
        what: String,
        /// What to do next; may be empty.
        help: String,
    },
    /// The data could not be written.
    Output(io::Error),
    /// The command line does not parse, or asks for help.
    Usage(clap::Error),
}

impl Failure {
    /// A problem with its remedy.
    pub fn new(what: impl Into<String>, help: impl Into<String>) -> Self {
        Self::Said { what: what.into(), help: help.into() }
    }

    /// Tells it, and says how the command ended.
    pub(super) fn tell(self, console: &mut Console<'_>) -> Exit {
        match self {
            Self::Said { what, help } => {
                console.say(&format!("error: {what}"));
                if !help.is_empty() {
                    console.say(&format!("  {help}"));
                }
                Exit::Nothing
            }
            Self::Output(error) if error.kind() == ErrorKind::BrokenPipe => Exit::Done,
            Self::Output(error) => {
                console.say(&format!("error: the output cannot be written: {error}"));
                Exit::Nothing
            }
            // Help and version are data that was asked for.
            Self::Usage(error) if !error.use_stderr() => {
                let shown = error.render();
                let text = if console.width.is_some() && std::env::var_os("NO_COLOR").is_none() {
                    shown.ansi().to_string()
                } else {
                    shown.to_string()
                };
                match console.out.write_all(text.as_bytes()).and_then(|()| console.out.flush()) {
                    Ok(()) => Exit::Done,
                    Err(error) => Self::Output(error).tell(console),
                }
            }
            Self::Usage(error) => {
                let shown = error.render().to_string();
                console.say(shown.trim_end());
                Exit::Nothing
            }
        }
    }
}

impl From<query::Error> for Failure {
    fn from(error: query::Error) -> Self {
        Self::Said { what: error.what, help: error.help }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

impl From<clap::Error> for Failure {
    fn from(error: clap::Error) -> Self {
        Self::Usage(error)
    }
}

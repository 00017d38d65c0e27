//! Exit codes.

use std::process::ExitCode;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// Done.
    Done,
    /// Done, with a reservation.
    Partly,
    /// Nothing done.
    Nothing,
    /// Stopped from outside.
    Interrupted,
}

impl Exit {
    /// All of them.
    pub const ALL: &'static [Self] = &[Self::Done, Self::Partly, Self::Nothing, Self::Interrupted];

    /// The code.
    pub const fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Partly => 1,
            Self::Nothing => 2,
            // As shells have it for what Ctrl-C ended.
            Self::Interrupted => 130,
        }
    }

    /// What it means, in a sentence.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Partly => "done, but some input was skipped, or a check does not hold",
            Self::Nothing => "nothing done: the message says why, and what to type instead",
            Self::Interrupted => "interrupted: the last build is untouched",
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}

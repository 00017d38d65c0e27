//! What happens when a build is interrupted, by Ctrl-C or by the system: what was in the making is taken away, at
//! whatever point, and the last build stays.

use std::io::{self, Write};

use super::Exit;
use crate::export;

/// From now on an interruption takes away what is in the making, says so, and ends the program.
pub(super) fn handled() {
    let end = || {
        export::abandon();
        let _ = writeln!(io::stderr(), "interrupted; the last build is untouched");
        std::process::exit(Exit::Interrupted.code().into());
    };
    // A second build in one process has it already; where the system refuses, the next build clears away.
    let _ = ctrlc::set_handler(end);
}

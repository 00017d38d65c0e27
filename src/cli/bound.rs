//! A bound on memory: a build that would take more ends as an interrupted one does, with the last build as it was,
//! before the machine begins to swap or the system kills what it likes.

use std::io::{self, Write};
use std::thread;
use std::time::Duration;

use memory_stats::memory_stats;

use super::{Exit, Failure};
use crate::export;

/// How often the program looks: what it takes in between is noticed late.
const EVERY: Duration = Duration::from_millis(20);

/// From now on the program ends where it takes more than so many megabytes.
pub(super) fn memory(megabytes: u64) -> Result<(), Failure> {
    if taken().is_none() {
        return Err(Failure::new("this system does not tell how much memory is taken", "leave `--max-memory` away"));
    }
    let watch = move || {
        while taken().is_none_or(|bytes| bytes <= megabytes.saturating_mul(1 << 20)) {
            thread::sleep(EVERY);
        }
        export::abandon();
        let _ = writeln!(
            io::stderr(),
            "error: the build needs more than {megabytes} MB of memory; the last build is untouched\n  \
             give `--max-memory` more, build fewer documents, or ask for fewer formats (`--format csv`)"
        );
        std::process::exit(Exit::Nothing.code().into());
    };
    thread::Builder::new().name("memory".to_owned()).spawn(watch).map(drop).map_err(Failure::Output)
}

/// Bytes of memory that the program takes.
fn taken() -> Option<u64> {
    memory_stats().and_then(|taken| u64::try_from(taken.physical_mem).ok())
}

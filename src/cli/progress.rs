//! A progress bar, on a terminal only.

use indicatif::{ProgressBar, ProgressStyle};

use super::Console;

/// A bar over so many steps; one that draws nothing where the talk goes to no terminal, or is not wanted.
pub fn progress(console: &Console<'_>, steps: u64, quiet: bool) -> ProgressBar {
    if quiet || !console.talks_to_terminal {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(steps);
    match ProgressStyle::with_template("{msg} [{bar:32}] {pos}/{len} {eta}") {
        Ok(style) => bar.with_style(style.progress_chars("=> ")),
        Err(_) => bar,
    }
}

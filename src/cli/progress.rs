//! Progress on a terminal, and how long each stage took. In: events of a build, from any thread. Out: a bar on the
//! talk, on a terminal only, and a line of times. The clock is read here and nowhere below.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

use super::Console;
use crate::build::{Event, Stage};

/// The progress of a build.
pub struct Progress {
    bar: ProgressBar,
    state: Mutex<State>,
}

struct State {
    began: Instant,
    stages: Vec<(Stage, Instant)>,
    bytes: u64,
    known: usize,
}

impl Progress {
    /// Begins now. Draws nothing where the talk goes to no terminal, or is not wanted.
    pub fn new(console: &Console<'_>, quiet: bool) -> Self {
        let shown = console.talks_to_terminal && !quiet;
        let bar = if shown { ProgressBar::no_length() } else { ProgressBar::hidden() };
        Self { bar, state: Mutex::new(State { began: Instant::now(), stages: Vec::new(), bytes: 0, known: 0 }) }
    }

    /// Takes note of an event.
    pub fn tell(&self, event: Event) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        match event {
            Event::Stage(stage, steps) => {
                state.stages.push((stage, Instant::now()));
                let template = match (stage, steps) {
                    (Stage::Read, 0) => "{msg} {pos} documents, {elapsed}",
                    (Stage::Read, _) => "{msg} [{bar:32}] {pos} of {len} documents, {prefix} MB/s, {eta} left",
                    _ => "{msg} {elapsed}",
                };
                if let Ok(style) = ProgressStyle::with_template(template) {
                    self.bar.set_style(style.progress_chars("=> "));
                }
                self.bar.reset();
                self.bar.set_length(steps as u64);
                self.bar.set_message(stage.name());
                if stage != Stage::Read {
                    self.bar.enable_steady_tick(Duration::from_millis(200));
                }
            }
            Event::Step { bytes, known } => {
                state.bytes += bytes;
                state.known += known;
                self.bar.inc(1);
                if !self.bar.is_hidden() {
                    self.bar.set_prefix(format!("{:.1}", rate(state.bytes, state.began.elapsed())));
                }
            }
        }
    }

    /// Takes the bar away. Gives how long each stage took, in a line.
    pub fn finished(&self) -> String {
        self.bar.finish_and_clear();
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let ends = state.stages.iter().skip(1).map(|(_, at)| *at).chain([Instant::now()]);
        let stages = state.stages.iter().zip(ends).map(|((stage, from), to)| {
            let took = to - *from;
            let rate = match stage {
                Stage::Read if state.known > 0 => {
                    format!(" ({:.1} MB/s, {} documents as in the last build)", rate(state.bytes, took), state.known)
                }
                Stage::Read => format!(" ({:.1} MB/s)", rate(state.bytes, took)),
                _ => String::new(),
            };
            format!("{} {:.1} s{rate}", stage.name(), took.as_secs_f64())
        });
        let stages: Vec<String> = stages.collect();
        format!("{}; {:.1} s in all", stages.join(", "), state.began.elapsed().as_secs_f64())
    }
}

/// Megabytes a second.
fn rate(bytes: u64, time: Duration) -> f64 {
    // A rate for people to read: what a float cannot hold exactly plays no part.
    #[allow(clippy::cast_precision_loss)]
    let bytes = bytes as f64;
    bytes / 1e6 / time.as_secs_f64().max(1e-9)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stages_are_told_in_their_order_with_their_times() {
        let (mut out, mut talk) = (Vec::new(), Vec::new());
        let progress = Progress::new(&Console::new(&mut out, &mut talk), false);
        let step = Event::Step { bytes: 10, known: 1 };
        for event in [Event::Stage(Stage::Read, 2), step, step, Event::Stage(Stage::Resolve, 0)] {
            progress.tell(event);
        }
        let times = progress.finished();
        assert!(
            times.starts_with("reading ") && times.contains(" MB/s, 2 documents as in the last build), resolving "),
            "{times}"
        );
        assert!(times.ends_with(" s in all"), "{times}");
    }
}

//! A process that answers queries, one after the other. In: questions, a line of JSON each, or the word `stop`. Out:
//! lines of JSON that say how far it is, and the bytes of answers. It bounds its own memory once a graph is loaded,
//! stops a query in time, and ends where a query heeds nothing: whoever started it starts another.

use std::io::{self, BufRead, Write};
use std::path::Path;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use oxigraph::sparql::CancellationToken;
use serde::{Deserialize, Serialize};

use super::Limits;
use crate::query::Error;
use crate::query::endpoint::{Endpoint, Most, Question, Refusal};

/// The largest answer.
pub(super) const ANSWER_BYTES: usize = 64_000_000;
/// How long a query that was stopped may go on before its process ends.
pub(super) const GRACE: Duration = Duration::from_secs(1);
/// The exit code of a process whose query did not stop.
pub(super) const LATE: i32 = 75;
/// What stops a query.
pub(super) const STOP: &str = "stop";

/// How far the process is.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Stage {
    /// It loads a graph.
    Loading,
    /// It asks.
    Asking,
    /// It has an answer, whose bytes follow.
    Answered {
        /// Media type.
        media_type: String,
        /// Rows or triples.
        rows: usize,
        /// Whether there are more.
        more: bool,
        /// Bytes.
        length: usize,
    },
    /// It has none.
    Refused(Refusal),
}

/// Answers until there are no more questions. A question that is empty only loads the facts.
///
/// # Errors
/// Where the folder is no build.
pub fn work(
    folder: &Path,
    limits: Limits,
    input: impl BufRead + Send + 'static,
    output: &mut dyn Write,
) -> Result<(), Error> {
    let endpoint = Endpoint::open(folder)?;
    leave_no_core();
    let running: Arc<Mutex<Option<CancellationToken>>> = Arc::default();
    let (asked, questions) = mpsc::channel();
    let stopped = running.clone();
    std::thread::spawn(move || {
        for line in input.lines() {
            let Ok(line) = line else { break };
            if line != STOP {
                if asked.send(line).is_err() {
                    break;
                }
            } else if let Some(token) = &*stopped.lock().unwrap_or_else(PoisonError::into_inner) {
                token.cancel();
            }
        }
        // Whoever asked is gone: nobody wants the answer.
        if let Some(token) = &*stopped.lock().unwrap_or_else(PoisonError::into_inner) {
            token.cancel();
        }
    });
    for line in questions {
        let token = CancellationToken::new();
        *running.lock().unwrap_or_else(PoisonError::into_inner) = Some(token.clone());
        if answer(&endpoint, limits, &line, &token, output).is_err() {
            break;
        }
    }
    Ok(())
}

/// Answers one question.
fn answer(
    endpoint: &Endpoint,
    limits: Limits,
    line: &str,
    token: &CancellationToken,
    output: &mut dyn Write,
) -> io::Result<()> {
    let mut say = |stage: &Stage| -> io::Result<()> {
        serde_json::to_writer(&mut *output, stage)?;
        output.write_all(b"\n")?;
        output.flush()
    };
    let question: Question = serde_json::from_str(line)?;
    let loading = |load: &dyn Fn() -> Result<(), Refusal>| {
        bound_memory(None);
        let loaded = load();
        bound_memory(Some(limits.megabytes));
        loaded
    };
    if question == Question::default() {
        say(&Stage::Loading)?;
        let stage = match loading(&|| endpoint.load_facts()) {
            Ok(()) => Stage::Answered { media_type: String::new(), rows: 0, more: false, length: 0 },
            Err(refusal) => Stage::Refused(refusal),
        };
        return say(&stage);
    }
    let asked = match Endpoint::read(&question) {
        Ok(asked) => asked,
        Err(refusal) => return say(&Stage::Refused(refusal)),
    };
    if !endpoint.is_ready(&asked) {
        say(&Stage::Loading)?;
        if let Err(refusal) = loading(&|| endpoint.load(&asked)) {
            return say(&Stage::Refused(refusal));
        }
    }
    say(&Stage::Asking)?;
    let done = watch(token.clone(), Duration::from_secs(limits.seconds));
    let answered = endpoint.answer(&asked, token, Most { rows: limits.rows, bytes: ANSWER_BYTES });
    drop(done);
    match answered {
        Ok(answered) => {
            say(&Stage::Answered {
                media_type: answered.media_type.into(),
                rows: answered.rows,
                more: answered.more,
                length: answered.bytes.len(),
            })?;
            output.write_all(&answered.bytes)?;
            output.flush()
        }
        Err(refusal) => say(&Stage::Refused(refusal)),
    }
}

/// Stops a query after some time, and the process where that does not help; not once what it returns is dropped.
fn watch(token: CancellationToken, time: Duration) -> mpsc::Sender<()> {
    let (done, is_done) = mpsc::channel::<()>();
    std::thread::spawn(move || {
        if is_done.recv_timeout(time) == Err(RecvTimeoutError::Timeout) {
            token.cancel();
            if is_done.recv_timeout(GRACE) == Err(RecvTimeoutError::Timeout) {
                // Nothing else ends a thread that computes. The process holds nothing but copies.
                std::process::exit(LATE);
            }
        }
    });
    done
}

/// Lets the process take so much memory more than it has now, or any; it ends where it wants more.
#[cfg(target_os = "linux")]
fn bound_memory(megabytes: Option<usize>) {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let used = status.lines().find_map(|line| line.strip_prefix("VmData:")?.trim().strip_suffix("kB"));
    let Some(used) = used.and_then(|used| used.trim().parse::<u64>().ok()) else { return };
    let maximum = getrlimit(Resource::Data).maximum;
    let most = megabytes.map(|megabytes| used * 1024 + megabytes as u64 * 1_000_000);
    let current = most.map_or(maximum, |most| Some(maximum.map_or(most, |maximum| most.min(maximum))));
    // Where the system does not allow it, time and rows are bounds still.
    let _ = setrlimit(Resource::Data, Rlimit { current, maximum });
}

#[cfg(not(target_os = "linux"))]
fn bound_memory(_: Option<usize>) {}

/// Keeps queries that end the process from filling a disk with what it held.
#[cfg(target_os = "linux")]
fn leave_no_core() {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
}

#[cfg(not(target_os = "linux"))]
fn leave_no_core() {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::sample;

    /// What is said to these lines; the input is closed only then, for that stops what is still running.
    fn worked(lines: &str, stages: usize) -> Vec<String> {
        let folder = sample::folder();
        let path = folder.path().to_owned();
        let (input, mut asked) = io::pipe().expect("a pipe");
        let (said, mut output) = io::pipe().expect("a pipe");
        let limits = Limits { seconds: 20, rows: 100, megabytes: 4000, at_once: 1 };
        let working = std::thread::spawn(move || work(&path, limits, io::BufReader::new(input), &mut output));
        asked.write_all(lines.as_bytes()).expect("written");
        let said = io::BufReader::new(said).lines().take(stages).map(|line| line.expect("text")).collect();
        drop(asked);
        working.join().expect("it ends").expect("a build");
        said
    }

    fn line(query: &str) -> String {
        let question = Question { query: query.into(), rows: Some("csv".into()), ..Question::default() };
        serde_json::to_string(&question).expect("JSON")
    }

    #[test]
    fn questions_are_answered_one_after_the_other() {
        let lines = [line("ASK {}"), line("nonsense"), line("SELECT * { ?s ?p ?o }")];
        let said = worked(&lines.map(|line| line + "\n").concat(), 6);
        assert_eq!(said[0], r#""loading""#);
        assert_eq!(said[1], r#""asking""#);
        assert_eq!(
            said[2],
            r#"{"answered":{"media_type":"text/csv; charset=utf-8","rows":0,"more":false,"length":4}}"#
        );
        assert!(said[3].starts_with(r#"true{"refused":{"unreadable":"#), "{said:?}");
        assert!(said.last().expect("a line").contains("more than 100 rows"), "{said:?}");
    }

    #[test]
    fn what_is_no_question_ends_it() {
        assert!(worked("{\n", 1).is_empty());
        let empty = serde_json::to_string(&Question::default()).expect("JSON");
        assert_eq!(worked(&format!("{empty}\n"), 2)[0], r#""loading""#);
    }
}

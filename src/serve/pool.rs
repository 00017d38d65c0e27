//! The processes that answer queries. In: a question. Out: its answer, or why there is none. So many run at once, each
//! with one query; others wait a while. A process is started when it is first needed, kept, and replaced where a
//! query ended it. Somebody who goes away frees the process that answers him.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};
use tokio::time::Instant;

use super::worker::{ANSWER_BYTES, GRACE, LATE, STOP, Stage};
use super::{Limits, Settings, within};
use crate::query::endpoint::{Question, Refusal};

/// Queries that may wait for a process.
const WAITING: usize = 32;
/// How long they wait.
const WAIT: Duration = Duration::from_secs(15);
/// How long a process may take to say anything.
const START: Duration = Duration::from_secs(15);
/// How long it may take to load a graph.
const LOAD: Duration = Duration::from_secs(600);
/// Large answers in memory, all together, in kilobytes.
const ANSWERS: usize = 256 * 1024;
/// Answers larger than this, in bytes, are large. Those who take one in slowly keep only large ones waiting.
const LARGE: usize = 1 << 20;

/// An answer, with its place among those in memory.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) media_type: String,
    pub(super) rows: usize,
    pub(super) more: bool,
    pub(super) bytes: Vec<u8>,
    pub(super) place: Option<OwnedSemaphorePermit>,
}

/// Why there is no answer.
#[derive(Debug)]
pub(super) enum Unanswered {
    /// The query is refused.
    Refused(Refusal),
    /// It took too long.
    Late,
    /// It ended its process.
    Fatal,
    /// Too many others are asking.
    Busy,
    /// No process can be started.
    Broken(String),
}

/// Processes.
#[derive(Debug)]
pub(super) struct Pool {
    program: PathBuf,
    arguments: Vec<OsString>,
    limits: Limits,
    idle: Mutex<Vec<Worker>>,
    running: Arc<Semaphore>,
    waiting: Arc<Semaphore>,
    answers: Arc<Semaphore>,
}

impl Pool {
    pub(super) fn new(settings: &Settings) -> Arc<Self> {
        let (program, arguments) = settings.worker.clone();
        Arc::new(Self {
            program,
            arguments,
            limits: settings.limits,
            idle: Mutex::default(),
            running: Arc::new(Semaphore::new(settings.limits.at_once.max(1))),
            waiting: Arc::new(Semaphore::new(WAITING)),
            answers: Arc::new(Semaphore::new(ANSWERS)),
        })
    }

    pub(super) fn limits(&self) -> Limits {
        self.limits
    }

    /// Starts one process and lets it load the facts, while others use the server already.
    pub(super) fn prepare(self: &Arc<Self>) {
        let pool = self.clone();
        tokio::spawn(async move { pool.ask(Question::default()).await });
    }

    /// Asks.
    pub(super) async fn ask(self: &Arc<Self>, question: Question) -> Result<Answer, Unanswered> {
        let Ok(waiting) = self.waiting.clone().try_acquire_owned() else { return Err(Unanswered::Busy) };
        let running = within(WAIT, self.running.clone().acquire_owned()).await;
        let Some(Ok(running)) = running else { return Err(Unanswered::Busy) };
        drop(waiting);
        let (answered, answer) = oneshot::channel();
        let pool = self.clone();
        // Whoever waits for the answer may go away; the process then is told to stop and looked after here.
        tokio::spawn(async move {
            let _running = running;
            pool.ask_worker(&question, answered).await;
        });
        answer.await.unwrap_or(Err(Unanswered::Fatal))
    }

    async fn ask_worker(&self, question: &Question, mut answered: oneshot::Sender<Result<Answer, Unanswered>>) {
        let kept = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut worker = match kept.map_or_else(|| Worker::start(&self.program, &self.arguments), Ok) {
            Ok(worker) => worker,
            Err(e) => {
                let _ = answered.send(Err(Unanswered::Broken(format!("no process can be started: {e}"))));
                return;
            }
        };
        let answer = worker.ask(question, self.limits, &self.answers, &mut answered).await;
        // Only a process that has said all it had to say can be asked again.
        if matches!(answer, Ok(_) | Err(Unanswered::Refused(_))) {
            self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(worker);
        } else {
            worker.end().await;
        }
        let _ = answered.send(answer);
    }
}

/// A process that answers queries.
#[derive(Debug)]
struct Worker {
    child: Child,
    questions: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Worker {
    fn start(program: &PathBuf, arguments: &[OsString]) -> std::io::Result<Self> {
        let mut child = Command::new(program)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()?;
        let missing = || std::io::Error::other("it has no pipe");
        let questions = child.stdin.take().ok_or_else(missing)?;
        let answers = BufReader::new(child.stdout.take().ok_or_else(missing)?);
        Ok(Self { child, questions, answers })
    }

    async fn end(mut self) {
        let _ = self.child.kill().await;
    }

    async fn ask(
        &mut self,
        question: &Question,
        limits: Limits,
        places: &Arc<Semaphore>,
        answered: &mut oneshot::Sender<Result<Answer, Unanswered>>,
    ) -> Result<Answer, Unanswered> {
        let mut line = serde_json::to_string(question).map_err(|e| Unanswered::Broken(e.to_string()))?;
        line.push('\n');
        within(START, self.questions.write_all(line.as_bytes())).await.and_then(Result::ok).ok_or(Unanswered::Fatal)?;
        let mut deadline = Instant::now() + START;
        let mut wanted = true;
        loop {
            line.clear();
            let mut read = std::pin::pin!(self.answers.read_line(&mut line));
            loop {
                tokio::select! {
                    read = &mut read => match read {
                        Ok(0) | Err(_) => return Err(why(&mut self.child).await),
                        Ok(_) => break,
                    },
                    () = tokio::time::sleep_until(deadline) => return Err(Unanswered::Late),
                    () = answered.closed(), if wanted => {
                        wanted = false;
                        deadline = Instant::now() + GRACE;
                        let stop = format!("{STOP}\n");
                        within(GRACE, self.questions.write_all(stop.as_bytes())).await.and_then(Result::ok).ok_or(Unanswered::Fatal)?;
                    }
                }
            }
            match serde_json::from_str(&line).map_err(|_| Unanswered::Fatal)? {
                Stage::Loading => deadline = Instant::now() + LOAD,
                Stage::Asking if wanted => deadline = Instant::now() + Duration::from_secs(limits.seconds) + 2 * GRACE,
                Stage::Asking => {}
                Stage::Refused(refusal) => return Err(Unanswered::Refused(refusal)),
                Stage::Answered { media_type, rows, more, length } => {
                    if length > ANSWER_BYTES {
                        return Err(Unanswered::Fatal);
                    }
                    let place = if length > LARGE {
                        let place = within(WAIT, places.clone().acquire_many_owned((length / 1024) as u32)).await;
                        Some(place.and_then(Result::ok).ok_or(Unanswered::Busy)?)
                    } else {
                        None
                    };
                    let mut bytes = vec![0; length];
                    let read = within(LOAD, self.answers.read_exact(&mut bytes)).await;
                    if !matches!(read, Some(Ok(_))) {
                        return Err(Unanswered::Fatal);
                    }
                    return Ok(Answer { media_type, rows, more, bytes, place });
                }
            }
        }
    }
}

/// Why a process ended.
async fn why(child: &mut Child) -> Unanswered {
    let ended = within(GRACE, child.wait()).await.and_then(Result::ok);
    if ended.is_some_and(|status| status.code() == Some(LATE)) { Unanswered::Late } else { Unanswered::Fatal }
}

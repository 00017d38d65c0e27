//! The explorer and a SPARQL endpoint on one's own machine. In: the folder of a build, an address, and limits. Out: it
//! answers HTTP until it is told to stop. Alone knows HTTP. Must never write, read a file outside the build, or ask
//! another server; whatever is sent to it is answered or refused within bounds of time, size and memory.
//!
//! A request passes `guard` (is this a browser that was led here by another page?), then `site` sends it to the
//! explorer or to `sparql`. Queries are answered in processes of their own: `pool` starts them, `worker` is what
//! they run. A query that no longer heeds a token, or wants all memory, takes such a process with it, and nothing else.

mod guard;
mod negotiate;
mod page;
mod payload;
mod pool;
mod site;
mod sparql;
mod worker;

use std::future::Future;
use std::io::ErrorKind;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::time::timeout;
use tokio_io_timeout::TimeoutStream;

pub use worker::work;

use crate::explore::Explorer;
use crate::query::Error;
use guard::Hosts;
use pool::Pool;
use site::Site;

/// Connections at once; more wait to be accepted.
const CONNECTIONS: usize = 256;
/// Pages made at once.
const PAGES: usize = 16;
/// The request line and all headers.
const HEAD_BYTES: usize = 64 * 1024;
/// Headers.
const HEADERS: usize = 64;
/// Until the head of a request is there, and between two requests.
const HEAD_TIME: Duration = Duration::from_secs(10);
/// How long somebody may take in nothing of an answer.
const WRITE_TIME: Duration = Duration::from_secs(20);
/// How long a connection lives; it then ends after the answer that is being given, at the latest after as long again.
const CONNECTION_TIME: Duration = Duration::from_secs(300);
/// How long answers may take that are being given when the server is told to stop.
const STOP_TIME: Duration = Duration::from_secs(5);

/// What is served, where, and within which bounds.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Folder of the build.
    pub folder: PathBuf,
    /// Address to listen at.
    pub host: IpAddr,
    /// Port; 0 for any that is free.
    pub port: u16,
    /// Names by which browsers may call it, beside those of this machine alone.
    pub names: Vec<String>,
    /// Bounds of a query.
    pub limits: Limits,
    /// The program and the arguments with which it becomes a worker.
    pub worker: (PathBuf, Vec<std::ffi::OsString>),
}

/// Bounds of a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Seconds.
    pub seconds: u64,
    /// Rows, or triples.
    pub rows: usize,
    /// Megabytes of memory, beside the graph itself. Only Linux can hold a process to it.
    pub megabytes: usize,
    /// Queries at once, each in a process of its own.
    pub at_once: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { seconds: 30, rows: 1_000_000, megabytes: 1024, at_once: 2 }
    }
}

/// Serves until a signal says to stop. `ready` is told the address as soon as it answers.
///
/// # Errors
/// Where the folder is no build, or the address cannot be listened at.
pub fn run(settings: &Settings, ready: impl FnOnce(SocketAddr) -> std::io::Result<()>) -> Result<(), Error> {
    let failed = |e: std::io::Error| Error::new(format!("the server cannot start: {e}"), "");
    let runtime =
        tokio::runtime::Builder::new_multi_thread().enable_all().max_blocking_threads(PAGES).build().map_err(failed)?;
    let served = runtime.block_on(async {
        // A signal that comes while the build is opened stops the server too.
        let stop = stop_signal().map_err(failed)?;
        let listener = listen(settings).await?;
        let address = listener.local_addr().map_err(failed)?;
        let site = Arc::new(Site {
            explorer: Arc::new(Explorer::open(&settings.folder)?),
            pool: Pool::new(settings),
            hosts: Hosts::new(settings.names.clone()),
            base: base(&settings.folder),
        });
        ready(address).map_err(failed)?;
        site.pool.prepare();
        accept(&listener, &site, stop).await;
        Ok(())
    });
    runtime.shutdown_timeout(Duration::from_millis(200));
    served
}

/// What the identifiers of a build begin with, as the head of its graph says.
fn base(folder: &std::path::Path) -> String {
    use std::io::{BufRead, BufReader};
    let graph = std::fs::File::open(folder.join("graph.ttl")).map(BufReader::new);
    let head = graph.into_iter().flat_map(|graph| graph.lines().map_while(Result::ok).take(9));
    let mut base = head.filter_map(|line| Some(line.strip_prefix("@base <")?.split('>').next()?.to_owned()));
    base.next().unwrap_or_default()
}

async fn listen(settings: &Settings) -> Result<TcpListener, Error> {
    let address = SocketAddr::new(settings.host, settings.port);
    TcpListener::bind(address).await.map_err(|e| match e.kind() {
        ErrorKind::AddrInUse => Error::new(
            format!("port {} is in use at {}: another server is running", settings.port, settings.host),
            "choose another: --port 8080; or any that is free: --port 0",
        ),
        ErrorKind::AddrNotAvailable => {
            Error::new(format!("{} is no address of this machine", settings.host), "write: --host 127.0.0.1")
        }
        ErrorKind::PermissionDenied => Error::new(
            format!("port {} may not be listened at", settings.port),
            "ports below 1024 are for the administrator: --port 8080",
        ),
        _ => Error::new(format!("{address} cannot be listened at: {e}"), ""),
    })
}

/// Resolves when the process is told to stop, once for each time.
#[cfg(unix)]
fn stop_signal() -> std::io::Result<watch::Receiver<u8>> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    let (told, stop) = watch::channel(0u8);
    tokio::spawn(async move {
        loop {
            tokio::select! { _ = interrupt.recv() => {}, _ = terminate.recv() => {} }
            told.send_modify(|times| *times = times.saturating_add(1));
        }
    });
    Ok(stop)
}

#[cfg(not(unix))]
fn stop_signal() -> std::io::Result<watch::Receiver<u8>> {
    let (told, stop) = watch::channel(0u8);
    tokio::spawn(async move {
        while tokio::signal::ctrl_c().await.is_ok() {
            told.send_modify(|times| *times = times.saturating_add(1));
        }
    });
    Ok(stop)
}

/// Accepts connections until told to stop, then waits for the answers that are being given; a second signal ends that.
async fn accept(listener: &TcpListener, site: &Arc<Site>, mut stop: watch::Receiver<u8>) {
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    loop {
        let next = async {
            let place = places.clone().acquire_owned().await;
            (place, listener.accept().await)
        };
        let (place, accepted) = tokio::select! {
            next = next => next,
            _ = stop.wait_for(|times| *times > 0) => break,
        };
        let Ok((stream, _)) = accepted else {
            // No more files may be open, or the like: others will close theirs.
            tokio::time::sleep(Duration::from_millis(100)).await;
            continue;
        };
        let (site, stop) = (site.clone(), stop.clone());
        tokio::spawn(async move {
            let _place = place;
            converse(stream, site, stop).await;
        });
    }
    tokio::select! {
        _ = timeout(STOP_TIME, places.acquire_many(CONNECTIONS as u32)) => {}
        _ = stop.wait_for(|times| *times > 1) => {}
    }
}

/// Answers the requests of one connection.
async fn converse(stream: TcpStream, site: Arc<Site>, mut stop: watch::Receiver<u8>) {
    let Ok(local) = stream.local_addr() else { return };
    let _ = stream.set_nodelay(true);
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(WRITE_TIME));
    let service = service_fn(|request| {
        let site = site.clone();
        async move { Ok::<_, std::convert::Infallible>(site.answer(request, local).await) }
    });
    let mut connection = pin!(
        http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(HEAD_TIME)
            .max_buf_size(HEAD_BYTES)
            .max_headers(HEADERS)
            .serve_connection(TokioIo::new(Box::pin(stream)), service)
    );
    // What goes wrong on a connection ends it, and concerns nobody else.
    tokio::select! {
        _ = connection.as_mut() => return,
        () = tokio::time::sleep(CONNECTION_TIME) => {}
        _ = stop.wait_for(|times| *times > 0) => {}
    }
    connection.as_mut().graceful_shutdown();
    let _ = timeout(CONNECTION_TIME, connection).await;
}

/// A future that is done when it is, or after some time with nothing.
async fn within<T>(time: Duration, future: impl Future<Output = T>) -> Option<T> {
    timeout(time, future).await.ok()
}

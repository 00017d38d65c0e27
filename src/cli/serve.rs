//! `quorate serve`: a build in the browser, and for tools that speak SPARQL.

use std::ffi::OsString;
use std::io::{BufReader, Write, stdin, stdout};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use clap::{Args, FromArgMatches};

use super::{BuildFolder, Command, Console, Exit, Failure};
use crate::serve::{Limits, Settings, run as serve, work};

pub(super) const COMMAND: Command = Command {
    name: "serve",
    about: "Look at a build in the browser, and ask it in SPARQL, on this machine",
    examples: &[
        "quorate serve",
        "quorate serve output --port 0",
        "quorate serve --host 0.0.0.0 --allow-host minutes.example",
    ],
    options: Options::augment_args,
    run: |matches, console| run(&Options::from_arg_matches(matches)?, console),
};

#[derive(Args, Debug)]
struct Options {
    #[command(flatten)]
    folder: BuildFolder,
    /// Port to listen at; 0 for any that is free.
    #[arg(long, default_value_t = 7070)]
    port: u16,
    /// Address to listen at; 127.0.0.1 is heard by this machine alone.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    host: IpAddr,
    /// A name or address by which others call this server; may be given several times.
    #[arg(long, value_name = "NAME")]
    allow_host: Vec<String>,
    /// Seconds that a query may take.
    #[arg(long, value_name = "SECONDS", default_value_t = Limits::default().seconds, value_parser = clap::value_parser!(u64).range(1..=86400))]
    query_seconds: u64,
    /// Rows that an answer may have.
    #[arg(long, value_name = "ROWS", default_value_t = Limits::default().rows)]
    query_rows: usize,
    /// Megabytes of memory that a query may take beside the graph; only Linux holds it to that.
    #[arg(long, value_name = "MB", default_value_t = Limits::default().megabytes)]
    query_memory: usize,
    /// Queries that may run at once, each with a copy of the graph.
    #[arg(long, value_name = "NUMBER", default_value_t = Limits::default().at_once as u64, value_parser = clap::value_parser!(u64).range(1..=64))]
    queries: u64,
    /// Answer queries on stdin: what the server starts for itself.
    #[arg(long, hide = true)]
    worker: bool,
}

fn run(options: &Options, console: &mut Console<'_>) -> Result<Exit, Failure> {
    let folder = options.folder.path().to_owned();
    let limits = Limits {
        seconds: options.query_seconds,
        rows: options.query_rows,
        megabytes: options.query_memory,
        at_once: options.queries as usize,
    };
    if options.worker {
        work(&folder, limits, BufReader::new(stdin()), &mut stdout())?;
        return Ok(Exit::Done);
    }
    let program = std::env::current_exe()
        .map_err(|e| Failure::new(format!("the program does not find itself: {e}"), "call it by its whole path"))?;
    let mut arguments: Vec<OsString> = ["serve", "--worker"].map(OsString::from).to_vec();
    for (option, value) in [
        ("--query-seconds", limits.seconds.to_string()),
        ("--query-rows", limits.rows.to_string()),
        ("--query-memory", limits.megabytes.to_string()),
    ] {
        arguments.extend([option.into(), value.into()]);
    }
    arguments.extend(["--".into(), folder.clone().into()]);
    let settings = Settings {
        folder: folder.clone(),
        host: options.host,
        port: options.port,
        names: options.allow_host.clone(),
        limits,
        worker: (program, arguments),
    };
    serve(&settings, |mut address| {
        let everywhere = address.ip().is_unspecified();
        if everywhere {
            address.set_ip(if address.is_ipv4() { Ipv4Addr::LOCALHOST.into() } else { Ipv6Addr::LOCALHOST.into() });
        }
        // The address alone is data, for those who start the server from a program.
        writeln!(console.out, "http://{address}/")?;
        console.out.flush()?;
        if everywhere || !address.ip().is_loopback() {
            console.say("others can reach this server, and all that is in the build");
        }
        console.say(&format!("serving {}; Ctrl + C stops it", folder.display()));
        Ok(())
    })?;
    console.say("stopped");
    Ok(Exit::Done)
}

#[cfg(test)]
mod tests {
    use crate::cli::Exit;
    use crate::cli::testing::ran;

    #[test]
    fn what_cannot_be_served_is_told_with_the_next_step() {
        let nowhere = ran(&["serve", "--graph", "/nowhere/at/all", "--port", "0"]);
        assert_eq!(nowhere.exit, Exit::Nothing);
        assert!(nowhere.talk.contains("there is no folder `/nowhere/at/all`"), "{}", nowhere.talk);
        let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = taken.local_addr().expect("an address").port().to_string();
        let taken = ran(&["serve", "--port", &port]);
        assert_eq!((taken.exit, taken.out.as_str()), (Exit::Nothing, ""));
        assert!(taken.talk.contains("is in use") && taken.talk.contains("--port 0"), "{}", taken.talk);
        let elsewhere = ran(&["serve", "--host", "192.0.2.1", "--port", "0"]);
        assert!(elsewhere.talk.contains("--host 127.0.0.1"), "{}", elsewhere.talk);
    }
}

//! The command line: commands, their options, and all that is printed. In: arguments. Out: data on stdout,
//! talk on stderr, an exit code. Must hold no domain logic: a command reads its options, asks a stage, and prints.
//!
//! [`COMMANDS`] is the list of commands; parser, help, completions and the manual are made from it.

mod attendance;
mod bound;
mod build;
mod chart;
mod check;
mod completions;
mod console;
mod evaluate;
mod exit;
mod explain;
mod extract;
mod failure;
mod interrupt;
mod making;
mod man;
mod merge;
mod output;
mod progress;
mod publish;
mod query;
mod review;
mod rules;
mod serve;
pub mod summary;
mod vocabulary;
mod who;

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{ArgMatches, Args};

pub use console::Console;
pub use exit::Exit;
pub use failure::Failure;
pub use progress::Progress;

/// A command: a row of the visible list.
pub struct Command {
    /// Name.
    pub name: &'static str,
    /// What it does, in a sentence.
    pub about: &'static str,
    /// Commands to try.
    pub examples: &'static [&'static str],
    options: fn(clap::Command) -> clap::Command,
    run: fn(&ArgMatches, &mut Console<'_>) -> Result<Exit, Failure>,
}

/// All commands, in the order in which help shows them.
pub static COMMANDS: &[Command] = &[
    build::COMMAND,
    extract::COMMAND,
    merge::COMMAND,
    query::COMMAND,
    who::COMMAND,
    attendance::COMMAND,
    chart::COMMAND,
    explain::COMMAND,
    publish::COMMAND,
    review::COMMAND,
    rules::COMMAND,
    check::COMMAND,
    serve::COMMAND,
    vocabulary::VOCABULARY,
    vocabulary::SHAPES,
    evaluate::COMMAND,
    completions::COMMAND,
    man::COMMAND,
];

/// The folder of the build that a command reads.
#[derive(Args, Debug)]
struct GraphFolder {
    /// Folder that `quorate build` wrote.
    #[arg(long = "graph", value_name = "DIR", default_value = "output")]
    folder: PathBuf,
}

impl GraphFolder {
    fn open(&self) -> Result<crate::query::Build, Failure> {
        Ok(crate::query::Build::open(&self.folder)?)
    }
}

/// The folder of the build that a command is about, as its argument or spelt as others do.
#[derive(Args, Debug)]
struct BuildFolder {
    /// Folder of the build.
    #[arg(value_name = "DIR", default_value = "output")]
    folder: PathBuf,
    /// The same, spelt as other commands do.
    #[arg(long = "graph", value_name = "DIR", conflicts_with = "folder", hide = true)]
    graph: Option<PathBuf>,
}

impl BuildFolder {
    fn path(&self) -> &Path {
        self.graph.as_ref().unwrap_or(&self.folder)
    }
}

/// The parser of the whole command line.
pub fn parser() -> clap::Command {
    let lines = |lines: Vec<String>| lines.join("\n  ");
    let codes = Exit::ALL.iter().map(|exit| format!("{}  {}", exit.code(), exit.meaning())).collect();
    let mut parser = clap::Command::new("quorate")
        .about("Turns the published minutes of public bodies into a knowledge graph that people can ask")
        .version(env!("CARGO_PKG_VERSION"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .after_help(format!("Exit codes:\n  {}", lines(codes)));
    for command in COMMANDS {
        let examples = command.examples.iter().map(|example| (*example).to_owned()).collect();
        let sub = (command.options)(clap::Command::new(command.name)).about(command.about);
        parser = parser.subcommand(sub.after_help(format!("Examples:\n  {}", lines(examples))));
    }
    parser
}

/// Runs the program on the arguments and streams of this process.
pub fn main() -> ExitCode {
    run(std::env::args_os(), &mut Console::of_process()).into()
}

/// Runs one command.
pub fn run(arguments: impl IntoIterator<Item = OsString>, console: &mut Console<'_>) -> Exit {
    let result = parser().try_get_matches_from(arguments).map_err(Failure::from).and_then(|matches| {
        let (name, options) = matches.subcommand().unwrap_or(("", &matches));
        match COMMANDS.iter().find(|command| command.name == name) {
            Some(command) => (command.run)(options, console),
            None => Ok(Exit::Nothing),
        }
    });
    let flushed = result.and_then(|exit| Ok(console.out.flush().map(|()| exit)?));
    flushed.unwrap_or_else(|failure| failure.tell(console))
}

#[cfg(test)]
pub(crate) mod testing {
    use std::ffi::OsString;

    use super::{Console, Exit, run};
    use crate::query::sample;

    /// What a command did.
    pub(crate) struct Ran {
        pub(crate) exit: Exit,
        pub(crate) out: String,
        pub(crate) talk: String,
    }

    /// Runs a command line, without the program's name, on the sample build.
    pub(crate) fn ran(arguments: &[&str]) -> Ran {
        let folder = sample::folder();
        let reads =
            ["query", "who", "attendance", "chart", "explain", "publish", "review", "check", "serve", "evaluate"]
                .contains(&arguments[0]);
        let mut all: Vec<OsString> = ["quorate"].iter().chain(arguments).map(OsString::from).collect();
        if reads && !arguments.contains(&"--graph") {
            all.extend([OsString::from("--graph"), folder.path().into()]);
        }
        let (mut out, mut talk) = (Vec::new(), Vec::new());
        let exit = run(all, &mut Console::new(&mut out, &mut talk));
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
        Ran { exit, out: text(out), talk: text(talk) }
    }
}

#[cfg(test)]
mod tests {
    use super::testing::ran;
    use super::*;

    #[test]
    fn every_command_has_help_with_examples_that_parse() {
        parser().debug_assert();
        for command in COMMANDS {
            assert!(!command.examples.is_empty(), "{}: no example", command.name);
            for example in command.examples {
                // What a shell takes away: redirections, and quotes around words.
                let line = example.split(" > ").next().expect("a line");
                let quoted = line
                    .split('"')
                    .enumerate()
                    .flat_map(|(i, part)| if i % 2 == 1 { vec![part] } else { part.split_whitespace().collect() });
                let parsed = parser().try_get_matches_from(quoted);
                assert!(parsed.is_ok(), "{example}: {}", parsed.expect_err("refused"));
            }
            let help = ran(&[command.name, "--help"]);
            assert_eq!(help.exit, Exit::Done);
            assert!(help.out.contains(command.about), "{}", help.out);
        }
    }

    #[test]
    fn a_slip_is_answered_with_what_was_meant() {
        let ran = ran(&["atendance"]);
        assert_eq!((ran.exit, ran.out.as_str()), (Exit::Nothing, ""));
        assert!(ran.talk.contains("attendance"), "{}", ran.talk);
    }

    #[test]
    fn a_folder_that_is_no_build_is_told_with_the_next_step() {
        let ran = ran(&["who", "Probation", "--graph", "/nowhere/at/all"]);
        assert_eq!(ran.exit, Exit::Nothing);
        assert!(ran.talk.contains("error: there is no folder `/nowhere/at/all`"), "{}", ran.talk);
        assert!(ran.talk.contains("quorate build"), "{}", ran.talk);
    }

    #[test]
    fn a_closed_pipe_is_success() {
        struct Closed;
        impl std::io::Write for Closed {
            fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
                Err(std::io::ErrorKind::BrokenPipe.into())
            }
            fn flush(&mut self) -> std::io::Result<()> {
                Ok(())
            }
        }
        let mut talk = Vec::new();
        let arguments = ["quorate", "man"].map(OsString::from);
        assert_eq!(run(arguments, &mut Console::new(&mut Closed, &mut talk)), Exit::Done);
        assert!(talk.is_empty());
    }
}

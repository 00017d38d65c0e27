//! `quorate build`: a folder of minutes in, a graph out.

use clap::{Args, FromArgMatches};

use super::making::{Output, Sources, Work};
use super::{Command, Console, Exit, Failure, Progress};
use crate::build::{Options, build};

pub(super) const COMMAND: Command = Command {
    name: "build",
    about: "Read minutes, extract what they say, merge it into one graph, and write it",
    examples: &[
        "quorate build minutes/ -o output",
        "quorate build a.txt b.md --format csv,turtle,gexf -o output",
        "quorate build minutes/ --lexicon my-words/",
        "quorate build minutes/ -o output --identifiers output",
    ],
    options: Arguments::augment_args,
    run: |matches, console| run(&Arguments::from_arg_matches(matches)?, console),
};

#[derive(Args, Debug)]
struct Arguments {
    #[command(flatten)]
    sources: Sources,
    #[command(flatten)]
    output: Output,
    #[command(flatten)]
    work: Work,
}

fn run(arguments: &Arguments, console: &mut Console<'_>) -> Result<Exit, Failure> {
    let limits = arguments.sources.checked()?;
    let options = Options { limits, ..arguments.output.options(&arguments.sources.paths)? };
    let lexicon = arguments.work.lexicon()?;
    let progress = Progress::new(console, arguments.work.quiet);
    let graph = build(&options, &lexicon, &|event| progress.tell(event)).map_err(Failure::from)?;
    arguments.output.built(&graph, &progress, &arguments.work, console)
}

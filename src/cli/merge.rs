//! `quorate merge`: the lines of `quorate extract` in, a graph out.

use std::path::PathBuf;

use clap::{Args, FromArgMatches};

use super::making::{Output, Work, there};
use super::{Command, Console, Exit, Failure, Progress};
use crate::build::merge;

pub(super) const COMMAND: Command = Command {
    name: "merge",
    about: "Merge the lines that were extracted into one graph, and write it as a build",
    examples: &["quorate merge lines.jsonl -o output", "quorate merge part-1.jsonl part-2.jsonl -o output"],
    options: Arguments::augment_args,
    run: |matches, console| run(&Arguments::from_arg_matches(matches)?, console),
};

#[derive(Args, Debug)]
struct Arguments {
    /// Files of lines, in any order; `-` is standard input. A line that comes twice counts once.
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    #[command(flatten)]
    output: Output,
    #[command(flatten)]
    work: Work,
}

fn run(arguments: &Arguments, console: &mut Console<'_>) -> Result<Exit, Failure> {
    there(&arguments.files, "give a file that `quorate extract` wrote, or `-`")?;
    let options = arguments.output.options(&arguments.files)?;
    let lexicon = arguments.work.lexicon()?;
    let progress = Progress::new(console, arguments.work.quiet);
    let graph = merge(&options, &lexicon, &|event| progress.tell(event))?;
    arguments.output.built(&graph, &progress, &arguments.work, console)
}

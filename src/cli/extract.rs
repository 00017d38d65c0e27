//! `quorate extract`: documents in, what each says as a line of JSON out.

use clap::{Args, FromArgMatches};

use super::making::{Sources, Work};
use super::{Command, Console, Exit, Failure, Progress, summary};
use crate::build::extract;

pub(super) const COMMAND: Command = Command {
    name: "extract",
    about: "Write what each document says as a line of JSON, for the command that merges them",
    examples: &["quorate extract minutes/ > lines.jsonl", "quorate extract minutes/ --threads 1 > lines.jsonl"],
    options: Arguments::augment_args,
    run: |matches, console| run(&Arguments::from_arg_matches(matches)?, console),
};

#[derive(Args, Debug)]
struct Arguments {
    #[command(flatten)]
    sources: Sources,
    #[command(flatten)]
    work: Work,
}

fn run(arguments: &Arguments, console: &mut Console<'_>) -> Result<Exit, Failure> {
    let limits = arguments.sources.checked()?;
    let lexicon = arguments.work.lexicon()?;
    let progress = Progress::new(console, arguments.work.quiet);
    let mut troubled = Vec::new();
    let (paths, watch) = (&arguments.sources.paths, |event| progress.tell(event));
    extract(paths, limits, &lexicon, &mut console.out, &mut |source| troubled.push(source.clone()), &watch)?;
    let times = progress.finished();
    summary::troubled(troubled.iter(), "the lines", console);
    arguments.work.took(&times, console);
    Ok(if troubled.is_empty() { Exit::Done } else { Exit::Partly })
}

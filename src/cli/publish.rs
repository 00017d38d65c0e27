//! `quorate publish`: the explorer's pages as a static site.

use std::path::PathBuf;

use clap::{Args, FromArgMatches};

use super::{Command, Console, Exit, Failure, GraphFolder};
use crate::explore::Explorer;
use crate::export::Staging;

pub(super) const COMMAND: Command = Command {
    name: "publish",
    about: "Write the explorer's pages as a static site for any web host",
    examples: &["quorate publish site", "quorate publish public_html/minutes --graph output"],
    options: Options::augment_args,
    run: |matches, console| run(&Options::from_arg_matches(matches)?, console),
};

#[derive(Args, Debug)]
struct Options {
    /// Folder to write; an earlier site there is replaced as a whole.
    #[arg(value_name = "DIR")]
    output: PathBuf,
    #[command(flatten)]
    graph: GraphFolder,
}

fn run(options: &Options, console: &mut Console<'_>) -> Result<Exit, Failure> {
    let explorer = Explorer::open(&options.graph.folder)?.published();
    let failed = |error: crate::export::Error| Failure::new(error.to_string(), "");
    let site = Staging::site(&options.output).map_err(failed)?;
    let pages = explorer.publish(|name, bytes| site.put(name, bytes)).map_err(failed)?;
    site.finish().map_err(failed)?;
    writeln!(
        console.out,
        "{pages} pages, each as HTML, JSON, CSV and Turtle: open {}",
        options.output.join("index.html").display()
    )?;
    Ok(Exit::Done)
}

#[cfg(test)]
mod tests {
    use crate::cli::Exit;
    use crate::cli::testing::ran;

    #[test]
    fn a_site_is_written_replaced_and_never_put_over_anything_else() {
        let home = tempfile::tempdir().expect("a folder");
        let site = home.path().join("site");
        let site = site.to_str().expect("a path");
        for _ in 0..2 {
            let ran = ran(&["publish", site]);
            assert_eq!(ran.exit, Exit::Done, "{}", ran.talk);
            assert!(ran.out.contains("pages"), "{}", ran.out);
        }
        for file in [
            "index.html",
            "index.ttl",
            "search.html",
            "assets/explore.css",
            "assets/search-index.js",
            "list/people.csv",
        ] {
            assert!(home.path().join("site").join(file).is_file(), "{file}");
        }
        std::fs::write(home.path().join("thesis.txt"), "years of work").expect("written");
        let refused = ran(&["publish", home.path().to_str().expect("a path")]);
        assert_eq!(refused.exit, Exit::Nothing);
        assert!(refused.talk.contains("no site of quorate"), "{}", refused.talk);
    }
}

//! `quorate man`: the manual.

use clap::{Args, FromArgMatches};

use super::{COMMANDS, Command, Exit, Failure, parser};
use crate::query::name;

pub(super) const COMMAND: Command = Command {
    name: "man",
    about: "Print the manual page of the program, or of a command",
    examples: &["quorate man > quorate.1", "quorate man who > quorate-who.1"],
    options: Options::augment_args,
    run: |matches, console| {
        let options = Options::from_arg_matches(matches)?;
        let mut command = parser();
        if let Some(wanted) = &options.command {
            command.build();
            command = command.find_subcommand(wanted).cloned().ok_or_else(|| {
                let close = name::close(wanted, COMMANDS.iter().map(|command| command.name));
                Failure::new(format!("there is no command `{wanted}`"), name::did_you_mean(&close))
            })?;
        }
        clap_mangen::Man::new(command).render(&mut console.out)?;
        Ok(Exit::Done)
    },
};

#[derive(Args, Debug)]
struct Options {
    /// A command.
    command: Option<String>,
}

#[cfg(test)]
mod tests {
    use crate::cli::Exit;
    use crate::cli::testing::ran;

    #[test]
    fn the_manual_is_a_manual_page() {
        assert!(ran(&["man"]).out.contains(".TH quorate 1"));
        assert!(ran(&["man", "who"]).out.contains("ORGANISATION"));
        let slip = ran(&["man", "whoo"]);
        assert_eq!(slip.exit, Exit::Nothing);
        assert!(slip.talk.contains("did you mean `who`?"), "{}", slip.talk);
    }
}

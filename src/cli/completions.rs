//! `quorate completions`: completions for a shell.

use clap::{Args, FromArgMatches};
use clap_complete::Shell;

use super::{Command, Exit, parser};

pub(super) const COMMAND: Command = Command {
    name: "completions",
    about: "Print completions for a shell",
    examples: &["quorate completions bash > ~/.local/share/bash-completion/completions/quorate"],
    options: Options::augment_args,
    run: |matches, console| {
        let options = Options::from_arg_matches(matches)?;
        // Made in memory first: the generator cannot tell of a closed pipe.
        let mut script = Vec::new();
        clap_complete::generate(options.shell, &mut parser(), "quorate", &mut script);
        console.out.write_all(&script)?;
        Ok(Exit::Done)
    },
};

#[derive(Args, Debug)]
struct Options {
    /// The shell.
    shell: Shell,
}

#[cfg(test)]
mod tests {
    use crate::cli::testing::ran;

    #[test]
    fn completions_know_the_commands() {
        for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
            assert!(ran(&["completions", shell]).out.contains("attendance"), "{shell}");
        }
    }
}

//! `quorate rules`: the rules of extraction, with texts that each accepts and refuses. The list of rules is that
//! of the extraction; this file knows only the facts about a rule.

use std::io::Write;

use clap::{Args, FromArgMatches};

use super::{Command, Console, Exit, Failure};
use crate::extract;
use crate::model::RuleFacts;
use crate::query::name;

pub(super) const COMMAND: Command = Command {
    name: "rules",
    about: "List the rules of extraction, or show one with texts that it accepts and refuses",
    examples: &["quorate rules", "quorate rules apology-sentence"],
    options: Options::augment_args,
    run: |matches, console| {
        let options = Options::from_arg_matches(matches)?;
        let rules: Vec<RuleFacts> = extract::rules().copied().collect();
        print(&rules, options.name.as_deref(), console)?;
        Ok(Exit::Done)
    },
};

#[derive(Args, Debug)]
struct Options {
    /// Name of a rule, as in the column `rule` of the tables.
    #[arg(value_name = "NAME")]
    name: Option<String>,
}

/// Prints all rules in a line each, or one of them whole.
///
/// # Errors
/// Where there is no rule of that name, or the output cannot be written.
fn print(rules: &[RuleFacts], wanted: Option<&str>, console: &mut Console<'_>) -> Result<(), Failure> {
    let Some(wanted) = wanted else {
        let width = rules.iter().map(|rule| rule.name.chars().count()).max().unwrap_or(0);
        for rule in rules {
            writeln!(console.out, "{:<width$}  {}", rule.name, rule.what)?;
        }
        return Ok(());
    };
    let Some(rule) = rules.iter().find(|rule| rule.name == wanted) else {
        let close = name::close(wanted, rules.iter().map(|rule| rule.name));
        let help = match &close[..] {
            [] => "`quorate rules` lists all".to_owned(),
            close => name::did_you_mean(close),
        };
        return Err(Failure::new(format!("there is no rule `{wanted}`"), help));
    };
    writeln!(console.out, "{}\n{}", rule.name, rule.what)?;
    for (heading, texts) in [("States something from", rule.accepts), ("States nothing from", rule.refuses)] {
        if !texts.is_empty() {
            writeln!(console.out, "\n{heading}")?;
        }
        for text in texts {
            for (number, line) in text.lines().enumerate() {
                writeln!(console.out, "  {} {line}", if number == 0 { "•" } else { " " })?;
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    static RULES: &[RuleFacts] = &[
        RuleFacts {
            name: "list-entry",
            what: "An entry of an attendance list states who was there, and for whom.",
            accepts: &["Present\nAda Vance\tNorthshire Council"],
            refuses: &["Present Perfect"],
        },
        RuleFacts { name: "in-the-chair", what: "Words after a name state who chairs.", accepts: &[], refuses: &[] },
    ];

    fn printed(wanted: Option<&str>) -> Result<String, Failure> {
        let (mut out, mut talk) = (Vec::new(), Vec::new());
        print(RULES, wanted, &mut Console::new(&mut out, &mut talk))?;
        Ok(String::from_utf8(out).expect("text"))
    }

    #[test]
    fn rules_are_listed_and_shown() {
        assert!(printed(None).expect("a list").starts_with("list-entry    An entry"));
        let one = printed(Some("list-entry")).expect("a rule");
        assert!(one.contains("States something from\n  • Present\n    Ada Vance"), "{one}");
        assert!(one.contains("States nothing from\n  • Present Perfect"), "{one}");
    }

    #[test]
    fn a_slip_is_answered() {
        let Err(Failure::Said { help, .. }) = printed(Some("list-entri")) else { panic!("found") };
        assert_eq!(help, "did you mean `list-entry`?");
    }
}

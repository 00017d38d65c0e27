//! `quorate rules`: the rules of extraction, with texts that each accepts and refuses, and how precise each
//! is on the annotated fixtures. The list of rules is that of the extraction, the figures are those of the evaluation;
//! this file knows only the facts about a rule.

use std::io::Write;

use clap::{Args, FromArgMatches};

use super::{Command, Console, Exit, Failure};
use crate::evaluate;
use crate::extract;
use crate::model::RuleFacts;
use crate::query::name;

pub(super) const COMMAND: Command = Command {
    name: "rules",
    about: "List the rules of extraction and how precise each is, or show one with its texts",
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
            writeln!(console.out, "{:<width$}  {:>10}  {}", rule.name, short(rule.name), rule.what)?;
        }
        console.note("the figures are what was right on the annotated fixtures, of all that the rule stated there");
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
    let measured = match evaluate::measured(rule.name) {
        Some(p) => format!("{} of {} right on the annotated fixtures", p.right, p.right + p.wrong),
        None => "not measured: the annotated fixtures have nothing to say about it".to_owned(),
    };
    writeln!(console.out, "{measured}")?;
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

/// How precise a rule is: what was right, of what was stated; a dash where that was not measured.
fn short(rule: &str) -> String {
    evaluate::measured(rule).map_or_else(|| "–".to_owned(), |p| format!("{} of {}", p.right, p.right + p.wrong))
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
        assert!(printed(None).expect("a list").starts_with("list-entry "));
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

//! `quorate explain`: the evidence for a person, an organisation, a meeting, anything else that has an identifier, or
//! one relation.

use std::io::{self, Write};

use clap::{Args, FromArgMatches};

use super::output::printable;
use super::{Command, Exit, GraphFolder};
use crate::query::explain::{self, Bounded, Compared, Explanation, Fact, Group, Place};

/// How many entries each list shows without `--all`.
const SHOWN: usize = 10;
/// How many characters of a quote are shown without `--all`.
const QUOTED: usize = 240;

pub(super) const COMMAND: Command = Command {
    name: "explain",
    about: "Show the evidence for a person, an organisation or a meeting, with the words that say so",
    examples: &[
        "quorate explain \"Bob Bearne\"",
        "quorate explain organisation/national-probation-service --all",
        "quorate explain \"Bob Bearne\" represents \"Probation Trust\"",
    ],
    options: Options::augment_args,
    run: |matches, console| {
        let options = Options::from_arg_matches(matches)?;
        let most = if options.all { usize::MAX } else { SHOWN };
        let build = options.graph.open()?;
        let explanation = match &options.predicate {
            None => explain::explanation(&build, &options.name, most)?,
            Some(predicate) => explain::relation(&build, &options.name, predicate, options.object.as_deref(), most)?,
        };
        print(&explanation, options.all, &mut console.out)?;
        if options.predicate.is_some() && explanation.groups.is_empty() {
            console.note("no document says so; without a predicate, all that is said is shown");
        }
        Ok(Exit::Done)
    },
};

#[derive(Args, Debug)]
struct Options {
    /// A name as the minutes use it, or an identifier.
    #[arg(value_name = "NAME or IRI")]
    name: String,
    /// Show only what is said with this predicate, such as represents, chairs, presented, succeeded_by.
    #[arg(value_name = "PREDICATE")]
    predicate: Option<String>,
    /// And only of this other person, organisation, meeting, item.
    #[arg(value_name = "OTHER")]
    object: Option<String>,
    /// Show every mention and fact, whole.
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    graph: GraphFolder,
}

fn print(explanation: &Explanation, all: bool, out: &mut dyn Write) -> io::Result<()> {
    let entity = &explanation.entity;
    writeln!(out, "{}", printable(&entity.name))?;
    let mut about = vec![entity.kind.clone(), entity.id.clone()];
    if !entity.function.is_empty() {
        about.push(format!("public function {}", entity.function));
    }
    match (entity.first_seen.as_str(), entity.last_seen.as_str()) {
        ("", _) => {}
        (first, last) if first == last => about.push(format!("seen {first}")),
        (first, last) => about.push(format!("seen {first} to {last}")),
    }
    about.push(count(explanation.mentions.total, "mention"));
    writeln!(out, "{}", about.join(" · "))?;
    for (what, value) in &explanation.details {
        writeln!(out, "  {what}: {}", printable(value))?;
    }

    if !explanation.names.is_empty() {
        writeln!(out, "\nNames used")?;
        for name in &explanation.names {
            let (text, times) = (printable(&name.text), count(name.times, "time"));
            writeln!(out, "  {text}: {times} in {}", count(name.documents, "document"))?;
        }
    }
    if !explanation.groups.is_empty() {
        writeln!(out, "\nWhat the documents say")?;
        for group in &explanation.groups {
            print_group(group, all, out)?;
        }
    }
    if !explanation.mentions.shown.is_empty() {
        writeln!(out, "\nMentions")?;
        for seen in &explanation.mentions.shown {
            let line = if seen.line.is_empty() { &seen.text } else { &seen.line };
            writeln!(out, "  {}  “{}”, in: {}", shown(&seen.place), printable(&seen.text), printable(line))?;
        }
        more(&explanation.mentions, out)?;
    }
    print_compared("Why these names are one", &explanation.joined, false, out)?;
    print_compared("What was compared, and kept apart", &explanation.apart, true, out)
}

fn print_group(group: &Group, all: bool, out: &mut dyn Write) -> io::Result<()> {
    let incoming = group.facts.first().is_some_and(|fact| fact.incoming);
    let (before, after) = if incoming { ("… ", " this") } else { ("", " …") };
    writeln!(out, "  {before}{}{after} ({}): {}", group.predicate, group.total, group.meaning)?;
    for fact in &group.facts {
        writeln!(out, "    {}", fact_line(fact))?;
        match &fact.place {
            Some(place) => {
                let words = printable(&fact.quote);
                let words = if all { words.into_owned() } else { shortened(&words, QUOTED) };
                writeln!(out, "      “{words}” ({}, rule {})", shown(place), fact.rule)?;
            }
            None => writeln!(out, "      worked out by rule {}", fact.rule)?,
        }
    }
    match group.total - group.facts.len() {
        0 => Ok(()),
        more => writeln!(out, "    … and {more} more: --all shows them"),
    }
}

fn fact_line(fact: &Fact) -> String {
    let date = if fact.date.is_empty() { String::new() } else { format!("{}  ", fact.date) };
    let mut parts = vec![format!("{date}{}", printable(&fact.other))];
    let written = printable(&fact.other_as_written);
    if !written.is_empty() && written != fact.other {
        parts.push(format!("written “{written}”"));
    }
    parts.extend(fact.qualifiers.iter().map(|(key, value)| format!("{key}: {}", printable(value))));
    parts.join(", ")
}

fn print_compared(
    heading: &str,
    compared: &Bounded<Compared>,
    name_other: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    if compared.total == 0 {
        return Ok(());
    }
    writeln!(out, "\n{heading}")?;
    for pair in &compared.shown {
        let of = if name_other { format!(" of {}", pair.other) } else { String::new() };
        let name = |(text, place): &(String, Place)| format!("“{}” ({})", printable(text), shown(place));
        writeln!(out, "  {} and {}{of}", name(&pair.left), name(&pair.right))?;
        match pair.decided_by.as_str() {
            "judgement" => writeln!(out, "    a person decided so")?,
            "undecided" => writeln!(out, "    score {}, which decides nothing", pair.score)?,
            _ => writeln!(out, "    score {}", pair.score)?,
        }
        for (feature, score, reason) in &pair.reasons {
            writeln!(out, "    {score:>5}  {}: {}", feature.replace('_', " "), printable(reason))?;
        }
    }
    more(compared, out)
}

fn more<T>(list: &Bounded<T>, out: &mut dyn Write) -> io::Result<()> {
    match list.total - list.shown.len() {
        0 => Ok(()),
        more => writeln!(out, "  … and {more} more: --all shows them"),
    }
}

fn shown(place: &Place) -> String {
    format!("{}:{}-{}", printable(&place.document), place.start, place.end)
}

fn count(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

fn shortened(words: &str, most: usize) -> String {
    if words.chars().count() <= most {
        return words.to_owned();
    }
    words.chars().take(most - 1).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use crate::cli::Exit;
    use crate::cli::testing::ran;

    #[test]
    fn a_person_is_explained_in_words() {
        let ran = ran(&["explain", "tom reed"]);
        expect_test::expect![[r#"
            Tom Reed
            person · person/tom-reed · seen 2014-03-13 to 2021-06-18 · 3 mentions

            Names used
              Mr Reed: 1 time in 1 document
              Mr Tom Reed: 1 time in 1 document
              Tom Reed: 1 time in 1 document

            What the documents say
              attended … (1): was present, in any capacity
                2014-03-13  Northshire Safety Board, 13 March 2014
                  “Mr Tom Reed Northshire Probation Service” (2014.txt:111-151, rule list-entry)
              represents … (2): stood for it at a meeting
                2014-03-13  Northshire Probation Trust, written “Northshire Probation Service”
                  “Mr Tom Reed Northshire Probation Service” (2014.txt:111-151, rule list-entry)
                2021-06-18  National Probation Service
                  “Tom Reed, National Probation Service” (2021.txt:62-98, rule list-entry)
              presented … (2): presented, reported on, introduced it
                2014-03-13  Changes to probation
                  “Mr Reed updated the Board.” (2014.txt:325-351, rule list-entry)
                2021-06-18  Probation unification
                  “Tom Reed, National Probation Service” (2021.txt:62-98, rule list-entry)

            Mentions
              2014.txt:111-122  “Mr Tom Reed”, in: Mr Tom Reed Northshire Probation Service
              2014.txt:325-332  “Mr Reed”, in: Mr Reed updated the Board. The Trust would be replaced by the Natio …
              2021.txt:62-70  “Tom Reed”, in: Tom Reed, National Probation Service

            Why these names are one
              “Mr Tom Reed” (2014.txt:111-122) and “Tom Reed” (2021.txt:62-70)
                score 0.92
                  0.5  given name: same given name Tom
        "#]]
        .assert_eq(&ran.out);
    }

    #[test]
    fn a_meeting_says_where_and_when_and_a_relation_only_its_words() {
        let meeting = ran(&["explain", "meeting/northshire-safety-board/2014-03-13"]).out;
        assert!(meeting.contains("  body: Northshire Safety Board\n  date: 2014-03-13\n"), "{meeting}");
        let one = ran(&["explain", "tom reed", "represents", "nps"]);
        assert!(one.out.contains("represents … (1)") && !one.out.contains("Mentions"), "{}", one.out);
        let none = ran(&["explain", "tom reed", "chairs"]);
        assert!(none.talk.contains("no document says so"), "{}", none.talk);
        assert_eq!(ran(&["explain", "tom reed", "likes"]).exit, Exit::Nothing);
    }

    #[test]
    fn namesakes_are_listed_and_none_is_chosen() {
        let ran = ran(&["explain", "Pat Lee"]);
        assert_eq!((ran.exit, ran.out.as_str()), (Exit::Nothing, ""));
        assert!(ran.talk.contains("Pat Lee (person, 2021): person/pat-lee-nps"), "{}", ran.talk);
    }

    #[test]
    fn what_was_kept_apart_names_the_other() {
        let out = ran(&["explain", "person/pat-lee-nps"]).out;
        assert!(out.contains("of person/pat-lee-northshire\n    score 0.4\n"), "{out}");
        assert!(out.contains("stand for different organisations"), "{out}");
    }
}

//! `quorate vocabulary` and `quorate shapes`: what the RDF of every build is written in, and what it must fulfil.

use super::{Command, Exit};
use crate::export;

pub(super) const VOCABULARY: Command = Command {
    name: "vocabulary",
    about: "Print the vocabulary of the RDF as Turtle: classes, properties, codes",
    examples: &["quorate vocabulary > vocabulary.ttl"],
    options: |command| command,
    run: |_, console| {
        console.out.write_all(export::vocabulary().as_bytes())?;
        Ok(Exit::Done)
    },
};

pub(super) const SHAPES: Command = Command {
    name: "shapes",
    about: "Print the SHACL shapes that the RDF of every build fulfils, as Turtle",
    examples: &["quorate shapes > shapes.ttl"],
    options: |command| command,
    run: |_, console| {
        console.out.write_all(export::shapes().as_bytes())?;
        Ok(Exit::Done)
    },
};

#[cfg(test)]
mod tests {
    use crate::cli::testing::ran;

    #[test]
    fn both_are_turtle_about_participation() {
        assert!(ran(&["vocabulary"]).out.contains("quorate:Participation a rdfs:Class"));
        assert!(ran(&["shapes"]).out.contains("sh:targetClass quorate:Participation"));
    }
}

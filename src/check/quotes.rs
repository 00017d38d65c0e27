//! Quotes: every row with a document says what stands in its text. Reads each text once.

use super::{Tables, Violation};

/// What a row claims about a text.
struct Claim<'a> {
    document: &'a str,
    start: &'a str,
    end: &'a str,
    words: &'a str,
    /// Whether the range is exactly these words, or only holds them.
    exactly: bool,
    table: &'static str,
}

pub(super) fn quotes(tables: &Tables<'_>, violations: &mut Vec<Violation>) {
    let mut claims = claims(tables);
    claims.sort_by_key(|claim| claim.document);
    for of_document in claims.chunk_by(|a, b| a.document == b.document) {
        let Some(first) = of_document.first() else { continue };
        let Some(text) = (tables.text)(first.document) else {
            violations.push(Violation {
                document: first.document.to_owned(),
                message: format!("text/{}.txt is missing", first.document),
                ..Violation::default()
            });
            continue;
        };
        let starts: Vec<u32> = text.char_indices().map(|(at, _)| at as u32).chain([text.len() as u32]).collect();
        for claim in of_document {
            let found = slice(&text, &starts, claim.start, claim.end);
            let holds = found
                .is_some_and(|found| if claim.exactly { found == claim.words } else { found.contains(claim.words) });
            if !holds {
                let there =
                    found.map_or_else(|| "lies outside the text".to_owned(), |found| format!("holds “{found}”"));
                violations.push(Violation {
                    document: claim.document.to_owned(),
                    start: claim.start.to_owned(),
                    end: claim.end.to_owned(),
                    words: claim.words.to_owned(),
                    message: format!("{}.csv quotes other words than the text: it {there}", claim.table),
                });
            }
        }
    }
}

fn claims<'a>(tables: &Tables<'a>) -> Vec<Claim<'a>> {
    macro_rules! claims {
        ($($table:literal $rows:ident $words:ident $exactly:literal;)+) => {
            [$(tables.$rows.iter().map(|row| Claim {
                document: &row.document,
                start: &row.start,
                end: &row.end,
                words: &row.$words,
                exactly: $exactly,
                table: $table,
            }).collect::<Vec<_>>()),+].into_iter().flatten().filter(|claim| !claim.document.is_empty()).collect()
        };
    }
    claims! {
        "relations" relations quote true;
        "mentions" mentions text true;
        "decisions" decisions text true;
        "actions" actions text true;
        "unresolved" unresolved text true;
        "attendance" attendance person_as_written false;
    }
}

/// The words between two code points.
fn slice<'t>(text: &'t str, starts: &[u32], start: &str, end: &str) -> Option<&'t str> {
    let at = |cell: &str| starts.get(cell.parse::<usize>().ok()?).map(|byte| *byte as usize);
    text.get(at(start)?..at(end)?)
}

#[cfg(test)]
mod tests {
    use crate::check::testing::Sample;

    #[test]
    fn words_that_stand_elsewhere_are_found() {
        let mut sample = Sample::new();
        let start: u32 = sample.mentions[0].start.parse().expect("a number");
        sample.mentions[0].start = (start + 1).to_string();
        let violations = sample.violations("quotes");
        assert_eq!(violations[0].message, "mentions.csv quotes other words than the text: it holds “r Tom Reed”");
    }

    #[test]
    fn offsets_are_code_points_beyond_the_text_and_backwards_too() {
        let mut sample = Sample::new();
        sample.relations[0].end = "99999".into();
        sample.mentions[0].end = "0".into();
        assert_eq!(sample.messages("quotes").len(), 2);
    }

    #[test]
    fn a_missing_text_is_told_once() {
        let mut sample = Sample::new();
        for row in &mut sample.mentions {
            row.document = "lost.txt".into();
        }
        assert_eq!(sample.messages("quotes"), ["text/lost.txt.txt is missing"]);
    }
}

//! Finds what a user names. In: a name as typed, and the rows of `entities.csv`. Out: the entity or the
//! public function meant, else candidates or close spellings. Must never guess between two.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::Error;
use crate::model::table::EntityRow;

/// How many candidates or close spellings an answer lists.
const LISTED: usize = 8;

/// How like a word must be to be offered, from 0 to 1, and how near to the one that is most like.
const LIKE: f64 = 0.65;
const NEAR: f64 = 0.1;

/// A name as it is compared: lower case, without accents and punctuation, `&` as `and`.
pub fn folded(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.replace('&', " and ").nfkd().filter(|c| !is_combining_mark(*c)) {
        if c.is_alphanumeric() {
            out.extend(c.to_lowercase());
        } else if c != '\'' && c != '’' && !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// The values of a cell that joins several with `; `.
pub fn joined(cell: &str) -> impl Iterator<Item = &str> {
    cell.split("; ").filter(|part| !part.is_empty())
}

/// All names of an entity, the canonical one first.
pub fn names(entity: &EntityRow) -> impl Iterator<Item = &str> {
    std::iter::once(entity.name.as_str()).chain(joined(&entity.aliases))
}

/// The words of `known` that are most like `typed`, closest first.
pub fn close<'a>(typed: &str, known: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let typed = folded(typed);
    let mut scored: Vec<(f64, &str)> = known
        .filter_map(|word| {
            let folded = folded(word);
            let whole = strsim::normalized_damerau_levenshtein(&typed, &folded);
            let begins = !typed.is_empty() && folded.starts_with(&typed);
            let score = if begins { whole.max(0.9) } else { whole.max(strsim::jaro_winkler(&typed, &folded) - 0.15) };
            (score >= LIKE).then_some((score, word))
        })
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    scored.dedup_by(|a, b| a.1 == b.1);
    let best = scored.first().map_or(0.0, |(score, _)| *score);
    scored.retain(|(score, _)| *score >= best - NEAR);
    scored.truncate(3);
    scored.into_iter().map(|(_, word)| word).collect()
}

/// "did you mean …?", or nothing where nothing is close.
pub fn did_you_mean(close: &[&str]) -> String {
    match close {
        [] => String::new(),
        [only] => format!("did you mean `{only}`?"),
        [rest @ .., last] => {
            let rest: Vec<String> = rest.iter().map(|word| format!("`{word}`")).collect();
            format!("did you mean {} or `{last}`?", rest.join(", "))
        }
    }
}

/// Organisations that a name stands for.
#[derive(Clone, Debug)]
pub struct Organisations<'b> {
    /// Key of the public function, where the name is that of one.
    pub function: Option<&'b str>,
    /// The organisations, in the order of the table.
    pub entities: Vec<&'b EntityRow>,
}

/// All organisations of a public function, else the one that bears this name or alias, or has this identifier.
///
/// # Errors
/// Where no organisation, or more than one, fits.
pub fn organisations<'b>(typed: &str, entities: &'b [EntityRow]) -> Result<Organisations<'b>, Error> {
    let known = || entities.iter().filter(|entity| entity.kind == "organisation");
    let wanted = folded(typed);
    let of_function: Vec<&EntityRow> =
        known().filter(|entity| !entity.function.is_empty() && folded(&entity.function) == wanted).collect();
    if let Some(first) = of_function.first() {
        return Ok(Organisations { function: Some(&first.function), entities: of_function });
    }
    let found = entity_among(typed, &known(), "organisation", || {
        known().flat_map(|entity| names(entity).chain(Some(entity.function.as_str()).filter(|f| !f.is_empty())))
    })?;
    Ok(Organisations { function: None, entities: vec![found] })
}

/// The one entity of any of these kinds that bears this name or alias, or has this identifier.
///
/// # Errors
/// Where none, or more than one, fits.
pub fn entity<'b>(typed: &str, kinds: &[&str], entities: &'b [EntityRow]) -> Result<&'b EntityRow, Error> {
    let known = || entities.iter().filter(|entity| kinds.contains(&entity.kind.as_str()));
    entity_among(typed, &known(), &kinds.join(" or "), || known().flat_map(names))
}

fn entity_among<'b, N: Iterator<Item = &'b str>>(
    typed: &str,
    known: &(impl Iterator<Item = &'b EntityRow> + Clone),
    kind: &str,
    all_names: impl Fn() -> N,
) -> Result<&'b EntityRow, Error> {
    let typed = typed.trim();
    let as_iri = typed.trim_start_matches('<').trim_end_matches('>');
    if let Some(found) = known.clone().find(|e| e.id == as_iri || (as_iri.contains("://") && ends_in(as_iri, &e.id))) {
        return Ok(found);
    }
    // An identifier of a build of fewer documents.
    if let Some(found) = known.clone().find(|e| joined(&e.other_identifiers).any(|other| other == as_iri)) {
        return Ok(found);
    }
    let wanted = folded(typed);
    let tests: [&dyn Fn(&EntityRow) -> bool; 3] = [
        &|entity| folded(&entity.name) == wanted,
        &|entity| joined(&entity.aliases).any(|alias| folded(alias) == wanted),
        // A part of a name will do where one entity alone has it.
        &|entity| !wanted.is_empty() && names(entity).any(|name| has_words(&folded(name), &wanted)),
    ];
    for test in tests {
        let fitting: Vec<&EntityRow> = known.clone().filter(|entity| test(entity)).collect();
        match fitting[..] {
            [] => {}
            [only] => return Ok(only),
            _ => return Err(ambiguous(typed, kind, &fitting)),
        }
    }
    let close = close(typed, all_names());
    let help = match &close[..] {
        [] => "`quorate query --list` shows what can be asked; entities.csv holds every name".to_owned(),
        close => did_you_mean(close),
    };
    Err(Error::new(format!("no {kind} is called `{typed}` in this build"), help))
}

/// Whether an absolute IRI ends in this identifier.
fn ends_in(iri: &str, id: &str) -> bool {
    iri.strip_suffix(id).is_some_and(|base| base.ends_with('/') || base.ends_with('#'))
}

/// Whether `part` stands in `name` as whole words.
fn has_words(name: &str, part: &str) -> bool {
    format!(" {name} ").contains(&format!(" {part} "))
}

fn ambiguous(typed: &str, kind: &str, fitting: &[&EntityRow]) -> Error {
    let line = |entity: &&EntityRow| {
        let seen = match (entity.first_seen.get(..4), entity.last_seen.get(..4)) {
            (Some(first), Some(last)) if first != last => format!(", {first} to {last}"),
            (Some(year), _) | (None, Some(year)) => format!(", {year}"),
            (None, None) => String::new(),
        };
        format!("\n  {} ({}{seen}): {}", entity.name, entity.kind, entity.id)
    };
    let listed: String = fitting.iter().take(LISTED).map(line).collect();
    let more = match fitting.len().saturating_sub(LISTED) {
        0 => String::new(),
        more => format!("\n  … and {more} more"),
    };
    let help = format!("name one of them, or its identifier:{listed}{more}");
    Error::new(format!("`{typed}` may mean {} entities ({kind})", fitting.len()), help)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::{Build, sample};

    fn found(typed: &str) -> Result<Vec<String>, Error> {
        let folder = sample::folder();
        let build = Build::open(folder.path())?;
        let found = organisations(typed, build.entities()?)?;
        Ok(found.entities.iter().map(|entity| entity.id.clone()).collect())
    }

    #[test]
    fn case_accents_and_punctuation_do_not_count() {
        assert_eq!(folded("  N. W. Leicestershire D.C. "), "n w leicestershire d c");
        assert_eq!(folded("Ó Ceallaigh & Sons’ Co."), "o ceallaigh and sons co");
    }

    #[test]
    fn a_public_function_stands_for_all_its_bodies() {
        let all = found("probation").expect("a function");
        assert_eq!(all.len(), 3, "{all:?}");
        assert_eq!(found("NPS").expect("an alias"), ["organisation/national-probation-service"]);
        assert_eq!(found("northshire probation").expect("a part"), ["organisation/northshire-probation-trust"]);
        let iri = "https://example.org/organisation/northshire-council";
        assert_eq!(found(iri).expect("an identifier"), ["organisation/northshire-council"]);
    }

    #[test]
    fn a_close_spelling_is_offered() {
        assert!(found("Probatoin").expect_err("a slip").help.starts_with("did you mean `probation`"));
        assert!(found("Rural Ballet").expect_err("unknown").help.contains("entities.csv"));
    }

    #[test]
    fn two_that_fit_are_listed_and_none_is_chosen() {
        let folder = sample::folder();
        let build = Build::open(folder.path()).expect("a build");
        let error = entity("Pat Lee", &["person"], build.entities().expect("rows")).expect_err("two people");
        assert!(error.help.contains("person/pat-lee-northshire") && error.help.contains("person/pat-lee-nps"));
    }
}

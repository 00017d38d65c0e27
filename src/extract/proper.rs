//! Where a capitalised name that is built around a head word starts and ends.
//!
//! In: the words of a unit and the place of a head ("Board", "Act", "Strategy"). Out: the first token of the name,
//! or one past its last. Knows the small words that names take in and those that end them; never what a name is of.

use crate::extract::Draft;
use crate::extract::words::{Unit, Words};
use crate::model::EntityKind;
use crate::text::token::{Shape, Token};

/// How many tokens a name reaches to either side of its head: what bounds the time that a run of capitals takes.
const LONGEST: usize = 24;

/// What a left walk may cross besides capitalised words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// `and`, `&`, lists, a few `of`.
    Organisation,
    /// `and`, `&`.
    Programme,
    /// Any small word between capitalised ones, lists, brackets.
    Legislation,
}

/// The first token of the name whose head starts at `head`. Never reaches into a mention of a person or of an
/// organisation that is known already, nor before token `floor`.
pub(super) fn start(
    draft: &Draft<'_>,
    words: &Words<'_>,
    unit: Unit,
    floor: usize,
    head: usize,
    style: Style,
) -> usize {
    let floor = floor.max(head.saturating_sub(LONGEST));
    let mut start = head;
    let mut at = head;
    let mut coordinated = false;
    while at > floor.max(unit.first) {
        let i = at - 1;
        let token = words.tokens[i];
        match token.shape {
            Shape::Capital | Shape::Upper | Shape::Initial => {
                if !belongs(draft, words, unit, i, head, style) {
                    break;
                }
                start = i;
                at = i;
            }
            Shape::Lower | Shape::Mark => {
                let Some(left) = i.checked_sub(1).filter(|l| *l >= floor.max(unit.first)) else { break };
                let word = words.word(i);
                let crossed = match word {
                    "and" | "&" => {
                        // Nothing but the head on the right: "Leicestershire and Board" joins two things.
                        at < head && may_coordinate(draft, words, unit, left, at, style)
                    }
                    "," => coordinated && at < head && may_list(draft, words, unit, left, style),
                    "of" | "for" | "to" | "from" | "in" | "at" | "etc" | "with" => match style {
                        Style::Organisation => word == "of" && words.is_plain("place of", words.key(left)),
                        Style::Programme => false,
                        Style::Legislation => may_link(words, left),
                    },
                    // A plural possessive: "Residents' Association".
                    "'" | "’" => !token.spaced && words.stem(left).ends_with('s'),
                    // The stop of an initial: "N. W. Leicestershire District Council", "St. John Ambulance".
                    "." => {
                        !token.spaced
                            && (matches!(words.key(left), "n" | "s" | "e" | "w" | "st" | "ste" | "mt")
                                || (style == Style::Legislation && words.word(left) == "etc"))
                    }
                    // "Local Government (Miscellaneous Provisions) Act".
                    ")" if style == Style::Legislation && at == head => {
                        let open = (floor.max(unit.first)..i).rev().take(8).find(|o| words.is(*o, "("));
                        let Some(open) =
                            open.filter(|o| *o > floor.max(unit.first) && words.tokens[*o + 1].is_capital())
                        else {
                            break;
                        };
                        if !belongs(draft, words, unit, open - 1, head, style) || !words.tokens[open - 1].is_capital() {
                            break;
                        }
                        start = open - 1;
                        at = open - 1;
                        continue;
                    }
                    "/" => !token.spaced && !words.tokens[at].spaced && style != Style::Legislation && at < head,
                    _ => false,
                };
                if !crossed {
                    break;
                }
                coordinated |= matches!(word, "and" | "&");
                let before = words.tokens[left];
                if !(before.is_capital() && belongs(draft, words, unit, left, head, style)) {
                    if style == Style::Legislation && words.word(left) == "etc" {
                        at = left;
                        continue;
                    }
                    break;
                }
                start = left;
                at = left;
            }
            Shape::Number | Shape::Break => break,
        }
    }
    start
}

/// Whether a capitalised word can be part of a name to its right.
fn belongs(draft: &Draft<'_>, words: &Words<'_>, unit: Unit, i: usize, head: usize, style: Style) -> bool {
    let key = words.key(i);
    if words.is_plain("day", key)
        || matches!(
            key,
            "may" | "the" | "an" | "mr" | "mrs" | "ms" | "cllr" | "cllrs" | "councillor" | "councillors" | "dr"
        )
    {
        return false;
    }
    if matches!((key, words.at(unit, i + 1).map_or("", |_| words.key(i + 1))), ("all", "saints" | "souls" | "hallows"))
    {
        return !draft.is_taken(words.tokens[i].span, EntityKind::Person);
    }
    if words.is_plain("opener", key)
        && (words.opens(unit, i)
            || matches!(
                key,
                "a" | "in"
                    | "at"
                    | "on"
                    | "of"
                    | "for"
                    | "by"
                    | "to"
                    | "no"
                    | "report"
                    | "update"
                    | "draft"
                    | "minutes"
                    | "agenda"
                    | "members"
                    | "item"
            ))
    {
        return false;
    }
    let token = words.tokens[i];
    if token.shape == Shape::Upper {
        // Words in capitals within ordinary text: RESOLVED, ACTION, a heading run into the text.
        let letters = key.chars().count();
        if letters > 6 || draft.lexicon.decisions.get_folded(key).is_some() {
            return false;
        }
    }
    if token.shape == Shape::Initial && i + 1 == head && style != Style::Organisation {
        return false;
    }
    !draft.is_taken(token.span, EntityKind::Person) && !draft.is_taken(token.span, EntityKind::Organisation)
}

/// Whether `left and right` is one modifier rather than two things side by side.
fn may_coordinate(draft: &Draft<'_>, words: &Words<'_>, unit: Unit, left: usize, right: usize, style: Style) -> bool {
    if !words.tokens[left].is_capital() || !words.tokens[right].is_capital() {
        return false;
    }
    if style == Style::Legislation {
        return draft.lexicon.legislation.get_folded(words.key(left)).is_none();
    }
    let (key, next) = (words.key(left), words.key(right));
    if matches!(
        (key, next),
        ("police", "crime") | ("fire", "rescue") | ("church", "community") | ("health" | "school", _)
    ) {
        return true;
    }
    if words.tokens[left].shape == Shape::Upper {
        return false;
    }
    let lexicon = draft.lexicon;
    if lexicon.organisations.get_folded(key).is_some() && !matches!(key, "township" | "faculty" | "services")
        || lexicon.roles.get_folded(key).is_some_and(|r| r.head)
        || lexicon.programmes.get_folded(key).is_some_and(|p| p.strong)
        || lexicon.legislation.get_folded(key).is_some()
    {
        return false;
    }
    // "Jane Moore and Blaby District Council".
    let given = left.checked_sub(1).filter(|g| *g >= unit.first && words.tokens[*g].is_capital());
    !given.is_some_and(|g| {
        lexicon.is_given_name(words.key(g))
            && !lexicon.is_no_name(words.key(left))
            && !words.is_plain("generic", words.key(left))
    })
}

/// Whether a comma after `left` stands in a list of modifiers, as in "Leicester, Leicestershire and Rutland Group".
fn may_list(draft: &Draft<'_>, words: &Words<'_>, unit: Unit, left: usize, style: Style) -> bool {
    let mut first = left;
    let mut count = 0;
    while first >= unit.first && words.tokens[first].is_capital() && count < 4 {
        count += 1;
        if first == unit.first {
            break;
        }
        if !words.tokens[first - 1].is_capital() {
            break;
        }
        first -= 1;
    }
    count > 0
        && count < 4
        && (style == Style::Legislation || may_coordinate(draft, words, unit, left, left, style))
        && !(words.opens(unit, first) && words.is_plain("opener", words.key(first)))
}

/// Whether a small word after `left` links words of the name of an act: "Protection of Freedoms Bill", not
/// "Section 5 of Licensing Act", not "Review of Licensing Act".
fn may_link(words: &Words<'_>, left: usize) -> bool {
    words.tokens[left].is_capital()
        && !words.is_plain("opener", words.key(left))
        && !matches!(
            words.stem(left),
            "section"
                | "sections"
                | "part"
                | "schedule"
                | "chapter"
                | "article"
                | "articles"
                | "review"
                | "overview"
                | "implementation"
                | "summary"
                | "terms"
                | "requirements"
                | "provisions"
                | "enactment"
                | "passing"
                | "implications"
                | "breach"
                | "i"
                | "ii"
                | "iii"
                | "iv"
                | "v"
                | "vi"
                | "vii"
                | "viii"
                | "ix"
                | "x"
                | "xi"
                | "compliance"
                | "amendment"
                | "amendments"
                | "minister"
                | "secretary"
                | "paragraph"
                | "regulation"
                | "clause"
                | "council"
                | "act"
        )
}

/// One past the last token of a complement that starts at `at` ("Education", "the Police and Crime Commissioner"),
/// `at` itself where there is none.
pub(super) fn complement(draft: &Draft<'_>, words: &Words<'_>, unit: Unit, at: usize) -> usize {
    let mut next = at;
    if words.at(unit, next).is_some() && matches!(words.word(next), "the" | "The") {
        next += 1;
    }
    let mut end = at;
    let mut linked = false;
    while let Some(token) = words.at(unit, next).filter(|_| next < at + LONGEST) {
        let key = words.key(next);
        if token.is_capital() {
            // Words in capitals that are no letters of a name: RESOLVED, BE RECEIVED.
            if token.shape == Shape::Upper && (matches!(key, "be" | "and" | "to" | "is") || key.len() > 6) {
                break;
            }
            let title = matches!(
                key,
                "mr" | "mrs" | "ms" | "cllr" | "cllrs" | "councillor" | "councillors" | "dr" | "chairman" | "chair"
            );
            if words.is_plain("day", key)
                || title
                || (words.is_plain("opener", key) && key != "new" && key != "first")
                || draft.is_taken(token.span, EntityKind::Person)
            {
                break;
            }
            next += 1;
            end = next;
            if words.is_possessive(next - 1) && !draft.lexicon.organisations.longest_from(words.key(next)).gt(&0) {
                break;
            }
            continue;
        }
        if end == at {
            break;
        }
        let crossed = match words.word(next) {
            "and" | "&" => links(draft, words, unit, next + 1),
            "of" if !linked => {
                linked = true;
                let skip = usize::from(words.is(next + 1, "the"));
                words.at(unit, next + 1 + skip).is_some_and(|t| t.is_capital() && t.shape != Shape::Upper)
                    && !words.is_plain("day", words.key(next + 1 + skip))
            }
            // A list that closes with "and": "Environment, Food and Rural Affairs".
            "," => list_closes(draft, words, unit, next + 1),
            "'" | "’" => !token.spaced && words.at(unit, next + 1).is_some_and(|t| t.is_capital() && t.spaced),
            _ => false,
        };
        if !crossed {
            break;
        }
        next += 1;
        if words.is(next, "the") {
            next += 1;
        }
    }
    end
}

/// Whether the words after an `and` go on with a complement rather than name something else.
fn links(draft: &Draft<'_>, words: &Words<'_>, unit: Unit, at: usize) -> bool {
    let Some(token) = words.at(unit, at) else { return false };
    if !token.is_capital() || token.shape == Shape::Upper || draft.is_taken(token.span, EntityKind::Person) {
        return false;
    }
    // "Department for Education and Leicestershire Police": the second has a head of its own.
    let mut i = at;
    while i < at + LONGEST && words.at(unit, i).is_some_and(Token::is_capital) {
        let head = words.phrase(&draft.lexicon.organisations, i, unit.last).is_some();
        if head && words.key(i) != "police" && !matches!(words.key(i), "services" | "service") {
            return false;
        }
        i += 1;
    }
    let given =
        draft.lexicon.is_given_name(words.key(at)) && i - at == 2 && !words.is_plain("generic", words.key(at + 1));
    !given && !words.is_plain("day", words.key(at)) && !words.is_plain("opener", words.key(at))
}

/// Whether a list of one to three capitalised words each closes with "and" and one more.
fn list_closes(draft: &Draft<'_>, words: &Words<'_>, unit: Unit, at: usize) -> bool {
    let mut i = at;
    let mut run = 0;
    let mut elements = 0;
    while let Some(token) = words.at(unit, i) {
        if token.is_capital() && token.shape != Shape::Upper {
            run += 1;
            if run > 3 || words.phrase(&draft.lexicon.organisations, i, unit.last).is_some() {
                return false;
            }
        } else if run > 0 && elements < 4 && words.is(i, ",") {
            run = 0;
            elements += 1;
        } else if matches!(words.word(i), "and" | "&") {
            return run <= 3 && links(draft, words, unit, i + 1);
        } else {
            return false;
        }
        i += 1;
    }
    false
}

//! Decisions: limbs under a keyword, sentences that hold one, and the paragraphs of pages that lost the word.
//!
//! In a document that sets its decisions apart (`RESOLVED:` on a line of its own, or "That …" paragraphs), those are
//! its decisions. In one that tells them in sentences ("It was agreed that …", "the minutes were approved"),
//! such sentences are: [`super::spoken`]. A word that only says what became of the words above it ("NO OBJECTIONS" under
//! an application, "Proposed: Cllr Fenn") opens none.

use super::attendance::starts_with_name;
use super::{advice, led, spoken};
use crate::lexicon::{DecisionWord, Lexicon, fold};
use crate::model::{Document, Item, Line, Resolution, Span};
use crate::text::sentence::sentences;

/// Finds the decisions, in order.
pub(super) fn decisions(
    document: &Document,
    items: &[Item],
    taken: &[bool],
    body: Option<Span>,
    lexicon: &Lexicon,
) -> Vec<Resolution> {
    let text = document.text.as_str();
    let lines = &document.lines;
    let mut found = Vec::new();
    // What officers recommend is decided only below, in the words of the meeting.
    let mut used = advice::lines(document, items);
    let mut told = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        if taken[at] || used[at] {
            at += 1;
            continue;
        }
        if let Some((keyword, word, rest)) = keyword(text, &lines[at], lexicon) {
            at = block(document, items, at, keyword, word, rest, &mut used, &mut found);
        } else if let Some((keyword, lead)) = led::at(document, at, lexicon) {
            at = below(document, items, at, keyword, lead, lexicon, &mut used, &mut told);
        } else {
            at += 1;
        }
    }
    lost(document, items, &mut used, &mut found);
    let formal = found.iter().filter(|r| is_formal(r.verb)).count() >= 2;
    found.extend(told);
    let body = body.map(|b| spoken::Body::new(b.of(text))).unwrap_or_default();
    let mut spoken = Vec::new();
    for number in spoken::VERBS.within(text, lines.iter().map(|l| l.span)) {
        let line = &lines[number];
        if used[number] || taken[number] || line.cells.len() > 1 && line.marker.is_none() {
            continue;
        }
        let body_of_line = line.body(text);
        let lead = led::at(document, number, lexicon).map(|(keyword, _)| keyword);
        for sentence in sentences(text, body_of_line) {
            if lead != Some(sentence)
                && let Some(resolution) = spoken::decision(text, sentence, formal, &body, lexicon)
            {
                spoken.push(Resolution { item: item_at(items, sentence), ..resolution });
            }
        }
    }
    found.extend(spoken);
    found.sort_by_key(|r| r.span);
    found.dedup_by_key(|r| r.span);
    repeated(text, items, &mut found);
    found
}

/// Drops what a list of the decisions at the end says again.
fn repeated(text: &str, items: &[Item], found: &mut Vec<Resolution>) {
    let lists = |r: &Resolution| {
        r.item.is_some_and(|i| {
            let title = fold(items[i].title.of(text));
            matches!(title.as_str(), "resolutions" | "decisions" | "summary of resolutions" | "summary of decisions")
        })
    };
    let words = |r: &Resolution| {
        let folded = fold(r.span.of(text));
        let start = folded.find(": ").filter(|at| *at < 20).map_or(0, |at| at + 2);
        folded[start..].trim_end_matches('.').to_owned()
    };
    if !found.iter().any(lists) {
        return;
    }
    let mut said: Vec<String> = found.iter().filter(|r| !lists(r)).map(words).collect();
    said.sort_unstable();
    found.retain(|r| !lists(r) || said.binary_search(&words(r)).is_err());
}

/// Whether a verb is one by which minutes set decisions apart.
fn is_formal(verb: &str) -> bool {
    matches!(verb, "resolve" | "agree" | "recommend" | "decide" | "order" | "note" | "approve" | "adopt" | "receive")
}

/// The item in which a span stands; items are in order and apart.
pub(super) fn item_at(items: &[Item], span: Span) -> Option<usize> {
    let at = items.partition_point(|i| i.span.start <= span.start).checked_sub(1)?;
    items[at].span.contains(span).then_some(at)
}

/// A line that opens a decision: a keyword in capitals or alone, before a colon or the end of the line. Returns the
/// keyword, what it means, and what follows it.
fn keyword(text: &str, line: &Line, lexicon: &Lexicon) -> Option<(Span, DecisionWord, Span)> {
    /// Most words of a keyword.
    const LONGEST: usize = 4;
    let body = line.body(text);
    let words = body.of(text);
    if !words.starts_with(char::is_uppercase) {
        return None;
    }
    // Most lines begin with no word with which a keyword does, nor in capitals, where it may be a misprint.
    let first = words.find(|c: char| !c.is_alphabetic()).map_or(words, |end| &words[..end]);
    if !first.chars().all(char::is_uppercase) && lexicon.decisions.longest_from_written(first) == 0 {
        return None;
    }
    // Up to the first mark, or to one word more than a keyword has.
    let (mut count, mut before) = (0, ' ');
    let ends = |c: char| {
        count += usize::from(before == ' ' && c != ' ');
        before = c;
        count > LONGEST || !(c.is_alphabetic() || c == ' ')
    };
    let end = words.find(ends).unwrap_or(words.len());
    let lead = words[..end].trim_end();
    let short = !words[end..].starts_with(char::is_alphabetic) && lead.split(' ').nth(LONGEST).is_none();
    let counted = if short { without_number(&words[end..]) } else { "" };
    let rest = without_vote(counted);
    let colon = [counted, rest].iter().any(|r| r.starts_with([':', ';']) || r.starts_with(" :"));
    let alone = rest.trim_matches(['.', ':', ' ', '-', '–', ';']).is_empty();
    if short
        && (colon || alone)
        && let Some(word) = decision_word(lead, lexicon)
    {
        // "Noted" alone at the end of a line of correspondence is an outcome and opens nothing.
        let opens = colon || lead.chars().all(|c| !c.is_lowercase()) || line.emphasis;
        if opens {
            let after = rest.trim_start_matches([':', ';', ' ', '-', '–', '.']);
            let span = body.slice(words.len() - after.len(), words.len()).trim(text);
            // "Note: Cllr Fenn left the room": a remark.
            if matches!(fold(lead).as_str(), "note" | "notes") {
                return None;
            }
            // "Proposed: Cllr Fenn": who, and not what.
            let names = matches!(word.verb, "move" | "propose" | "nominate") && starts_with_name(text, span, lexicon);
            // "NO OBJECTIONS", "Motion carried; 6:0" say what became of what stands above, "Approved: ____" is a form.
            let result = matches!(word.verb, "carry" | "lose") && span.is_empty();
            let figures = !span.is_empty() && !span.of(text).contains(char::is_alphabetic);
            if names || result || figures || alone && !colon && !is_formal(word.verb) {
                return None;
            }
            return Some((body.slice(0, lead.len()), word, span));
        }
    }
    // "RESOLVED that …", "RESOLVED – That …": the keyword in capitals before other words.
    let first = words.split([' ', ',']).next().unwrap_or("");
    let capitals = first.chars().count() >= 5 && first.chars().all(char::is_uppercase);
    if capitals && let Some(word) = decision_word(first, lexicon) {
        let after = without_vote(&words[first.len()..]).trim_start_matches([' ', ':', '-', '–', ',', '.']);
        let goes_on = after.chars().any(char::is_lowercase);
        if goes_on {
            return Some((
                body.slice(0, first.len()),
                word,
                body.slice(words.len() - after.len(), words.len()).trim(text),
            ));
        }
    }
    None
}

/// What follows the number of a decision: "Resolution #1: …", "DECISION 2020/15: …".
fn without_number(rest: &str) -> &str {
    let figures = rest.trim_start_matches([' ', '#']);
    let after = figures.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '/' | '-' | '.'));
    if after.len() < figures.len() && after.starts_with(':') { after } else { rest }
}

/// What follows how the vote went, where that stands in brackets right behind the keyword: "RESOLVED: (Unanimously)".
fn without_vote(rest: &str) -> &str {
    const VOTES: &[&str] = &["unanimous", "for", "nem con", "by ", "carried", "vote", "in favour", "all in favour"];
    let Some((inner, after)) = rest
        .trim_start_matches([':', ';', ' ', '-', '–'])
        .strip_prefix('(')
        .and_then(|r| r.split_once(')'))
        .filter(|(inner, _)| inner.len() <= 80)
    else {
        return rest;
    };
    let folded = fold(inner);
    let figures = folded.starts_with(|c: char| c.is_ascii_digit()) && folded.contains("for");
    if !(figures || VOTES.iter().any(|v| folded.starts_with(v))) {
        return rest;
    }
    after
}

/// Whether a line opens a decision, and so is no heading of an item.
pub(super) fn opens_decision(text: &str, line: &Line, lexicon: &Lexicon) -> bool {
    keyword(text, line, lexicon).is_some()
}

/// What a keyword means; in capitals a single wrong, missing or extra letter is a misprint.
fn decision_word(lead: &str, lexicon: &Lexicon) -> Option<DecisionWord> {
    let folded = fold(lead);
    if matches!(folded.as_str(), "that" | "action" | "actions") {
        return None;
    }
    if let Some(word) = lexicon.decisions.get_folded(&folded) {
        return Some(word).filter(|w| !w.verb.is_empty());
    }
    let capitals = lead.len() >= 6 && lead.chars().all(|c| c.is_uppercase() || c == ' ');
    if !capitals {
        return None;
    }
    // One wrong letter leaves the first or the last as it should be.
    let alike = |known: &str| folded.starts_with(&known[..1]) || folded.ends_with(&known[known.len() - 1..]);
    ["resolved", "agreed", "recommended", "approved", "decided"]
        .iter()
        .filter(|known| known.len().abs_diff(folded.len()) <= 1 && alike(known))
        .find(|known| strsim::osa_distance(&folded, known) == 1)
        .and_then(|known| lexicon.decisions.get(known))
}

/// Takes the decision that a keyword opens at line `at`; returns the line after it.
#[allow(clippy::too_many_arguments, reason = "the state of one walk over the lines")]
fn block(
    document: &Document,
    items: &[Item],
    at: usize,
    keyword: Span,
    word: DecisionWord,
    rest: Span,
    used: &mut [bool],
    found: &mut Vec<Resolution>,
) -> usize {
    let text = document.text.as_str();
    let item = item_at(items, keyword);
    let end_of_item = item.map_or(document.lines.len(), |i| items[i].lines.end);
    let make = |limb: Option<Span>, span: Span| Resolution {
        item,
        keyword: Some(keyword),
        verb: word.verb,
        outcome: outcome_of(span.of(text)).unwrap_or(word.outcome),
        limb,
        span,
    };
    used[at] = true;
    let introduces = rest.is_empty()
        || rest.of(text).trim_end().ends_with(':')
        || fold(rest.of(text)).len() <= 16 && fold(rest.of(text)).starts_with("that");
    if !introduces {
        for (limb, span) in limbs(text, rest) {
            found.push(make(limb, span));
        }
    }
    // Limbs follow; or, where the keyword stood alone, one paragraph.
    let mut next = at + 1;
    let mut count = 0;
    let mut first = None;
    while next < end_of_item {
        let line = &document.lines[next];
        let (limb, body) = limb_of(text, line);
        // "5." after "(a)" and "(b)" is the next item.
        if let Some(limb) = limb {
            let is_figure = limb.of(text).contains(|c: char| c.is_ascii_digit());
            if is_figure && *first.get_or_insert(is_figure) != is_figure {
                break;
            }
        }
        let opens = fold(body.of(text)).starts_with("that ") || body.of(text).starts_with("That");
        if limb.is_some() || (count == 0 && introduces) || (opens && introduces) {
            // "That the Board:" before its limbs.
            if body.of(text).trim_end().ends_with(':') && limb.is_none() && body.len() < 80 {
                used[next] = true;
                next += 1;
                continue;
            }
            for (inner, span) in limbs(text, body) {
                found.push(make(limb.or(inner), span));
            }
            used[next] = true;
            count += 1;
            next += 1;
            if limb.is_none() && !opens {
                break;
            }
        } else {
            break;
        }
    }
    next
}

/// Takes the decisions of the limbs below the line that leads them; returns the line after them.
#[allow(clippy::too_many_arguments, reason = "the state of one walk over the lines")]
fn below(
    document: &Document,
    items: &[Item],
    at: usize,
    keyword: Span,
    lead: led::Lead,
    lexicon: &Lexicon,
    used: &mut [bool],
    found: &mut Vec<Resolution>,
) -> usize {
    let text = document.text.as_str();
    let item = item_at(items, keyword);
    let end = item.map_or(document.lines.len(), |i| items[i].lines.end);
    let mut next = at + 1;
    while next < end && led::is_limb(document, next) {
        let (limb, body) = limb_of(text, &document.lines[next]);
        let told = match lead {
            led::Lead::Verb(word) => Some((word, clean(text, body))),
            led::Lead::Body => led::limb(text, body, lexicon),
        };
        let Some((word, span)) = told.filter(|(_, span)| !span.is_empty()) else { break };
        let outcome = outcome_of(span.of(text)).unwrap_or(word.outcome);
        found.push(Resolution { item, keyword: Some(keyword), verb: word.verb, outcome, limb, span });
        used[next] = true;
        next += 1;
    }
    next
}

/// The limb marker of a line (`(a)`, `a)`, `(i)`, `1.`), also behind a bullet ("- (a) That …"), and the words after it.
fn limb_of(text: &str, line: &Line) -> (Option<Span>, Span) {
    let body = line.body(text);
    let Some(marker) = line.marker else { return (None, body) };
    let core = marker.of(text).trim_matches(|c: char| !c.is_alphanumeric());
    if !core.is_empty() {
        return if core.chars().count() <= 4 { (Some(marker), body) } else { (None, body) };
    }
    let words = body.of(text);
    match words.find(')').filter(|e| *e <= 5 && words.starts_with('(')) {
        Some(end) => (Some(body.slice(0, end + 1)), body.slice(end + 1, words.len()).trim(text)),
        // A bullet alone marks a limb too.
        None => (Some(marker), body),
    }
}

/// Splits a run of limbs "(a) …; (b) …"; one limb where there is no run.
fn limbs(text: &str, span: Span) -> Vec<(Option<Span>, Span)> {
    let words = span.of(text);
    let mut starts: Vec<(usize, usize)> = Vec::new();
    let mut from = 0;
    while let Some(open) = words[from..].find('(').map(|i| i + from) {
        from = open + 1;
        let Some(close) = words[from..].find(')').map(|i| i + from).filter(|c| c - from <= 4) else { continue };
        let core = &words[from..close];
        let expected = (b'a' + starts.len() as u8) as char;
        let letter = core.len() == 1 && core.starts_with(expected);
        let figure = core.parse::<usize>().is_ok_and(|n| n == starts.len() + 1);
        let roman =
            ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"].get(starts.len()).is_some_and(|r| *r == core);
        if (letter || figure || roman) && (starts.is_empty() && open <= 1 || !starts.is_empty()) {
            starts.push((open, close + 1));
        }
    }
    if starts.is_empty() {
        let clean = clean(text, span);
        return if clean.is_empty() { vec![] } else { vec![(None, clean)] };
    }
    let mut found = Vec::new();
    for (i, (open, after)) in starts.iter().enumerate() {
        let end = starts.get(i + 1).map_or(words.len(), |(o, _)| *o);
        let limb = clean(text, span.slice(*after, end));
        if !limb.is_empty() {
            found.push((Some(span.slice(*open, *after)), limb));
        }
    }
    found
}

/// A limb without its list punctuation.
pub(super) fn clean(text: &str, span: Span) -> Span {
    let words = span.of(text);
    let start = words.len() - words.trim_start_matches([' ', '\t', ':', '-', '–', ';', ',', '“', '"', '\n']).len();
    let mut end = words.trim_end_matches([' ', ';', '\n', '\t']).len();
    if words[..end].ends_with("; and") {
        end -= 5;
    }
    if start >= end { Span { start: span.start, end: span.start } } else { span.slice(start, end) }
}

/// The outcome that the words of a limb give ("… be noted").
fn outcome_of(words: &str) -> Option<&'static str> {
    let folded = fold(words);
    let last = folded.trim_end_matches(|c: char| !c.is_alphanumeric());
    const ENDS: &[(&str, &str)] = &[
        ("noted", "noted"),
        ("approved", "approved"),
        ("agreed", "agreed"),
        ("adopted", "approved"),
        ("endorsed", "approved"),
        ("supported", "approved"),
        ("deferred", "deferred"),
        ("rejected", "rejected"),
        ("refused", "rejected"),
        ("withdrawn", "withdrawn"),
        ("received", "received"),
        ("accepted", "agreed"),
    ];
    ENDS.iter().find(|(end, _)| last.ends_with(end)).map(|(_, outcome)| *outcome)
}

/// The paragraphs of a page that lost the keyword: "That … be noted." alone, "That the Board:" with limbs, and limbs
/// that start with "That".
fn lost(document: &Document, items: &[Item], used: &mut [bool], found: &mut Vec<Resolution>) {
    let text = document.text.as_str();
    let mut at = 0;
    while at < document.lines.len() {
        let line = &document.lines[at];
        // "14. Payments That the following be paid": behind the title of an item.
        let titled = items.binary_search_by_key(&at, |i| i.lines.start).ok();
        let body = match titled.map(|i| items[i].title.end) {
            Some(end) if end < line.span.end => Span { start: end, end: line.span.end }.trim(text),
            _ => line.body(text),
        };
        let words = body.of(text);
        if used[at] || !words.starts_with("That ") || body.len() > 1200 {
            at += 1;
            continue;
        }
        let item = item_at(items, body);
        let make = |limb: Option<Span>, span: Span| Resolution {
            item,
            keyword: None,
            verb: verb_of(span.of(text)),
            outcome: outcome_of(span.of(text)).unwrap_or("agreed"),
            limb,
            span,
        };
        used[at] = true;
        if words.trim_end().ends_with(':') {
            let mut next = at + 1;
            while let Some((Some(limb), body)) = document.lines.get(next).map(|l| limb_of(text, l)) {
                let span = clean(text, body);
                if !span.is_empty() {
                    found.push(make(Some(limb), span));
                }
                used[next] = true;
                next += 1;
            }
            at = next;
            continue;
        }
        let limb = line.marker.filter(|m| titled.is_none() && m.of(text).chars().any(char::is_alphanumeric));
        found.push(make(limb, clean(text, body)));
        at += 1;
    }
}

/// The verb that the words of a limb give.
fn verb_of(words: &str) -> &'static str {
    match outcome_of(words) {
        Some("noted") => "note",
        Some("approved") => "approve",
        Some("deferred") => "defer",
        Some("rejected") => "reject",
        Some("received") => "receive",
        _ if fold(words).starts_with("notes ") => "note",
        _ if fold(words).contains(" be elected ") => "elect",
        _ => "resolve",
    }
}

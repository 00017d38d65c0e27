//! What tells a name from the other words of a run: the title before it, the brackets of those beside it, the
//! organisation behind it. In: a walk and a place in it. Out: yes or no, or where something ends. Never adds anybody.

use super::description::{is_plural_role, singular};
use super::entry::shortened;
use super::is_initials;
use super::walk::Walk;
use crate::lexicon::fold;
use crate::model::Span;
use crate::text::name::{Context, Name, name_at};
use crate::text::token::Shape;

impl Walk<'_> {
    /// Whether a mark stands between spaces ("N / R / O"), so that it parts more than a slash in a name does.
    pub(super) fn is_wide(&self, at: usize) -> bool {
        self.all[at].spaced && self.all.get(at + 1).is_some_and(|t| t.spaced)
    }

    /// Whether a name stands in a list of names that each have something in brackets ("N (O), N (O)"), and so has this
    /// one: what it is called needs no other evidence.
    pub(super) fn is_in_turn(&self, name: &Name) -> bool {
        let end = self.all.iter().position(|t| t.span.start >= name.span.end);
        let words: Vec<&str> = name.span.of(self.text).split_whitespace().collect();
        self.after_bracket
            && !self.role_first()
            && name.is_full()
            && words.len() <= 3
            && end.is_some_and(|e| self.all[e].is(self.text, "("))
            && self.lexicon.organisations.within(&words).is_none()
            && self.lexicon.functions.within(&words).is_none()
            && self.lexicon.roles.within(&words).is_none()
    }

    /// Whether a name in full, of a known given name and what is no place, stands before the name of an organisation of two
    /// words or more ("Fenella Crabbe Harbour Commissioners").
    pub(super) fn stands_before_organisation(&self, name: &Name, segment: Span) -> bool {
        let family = name.family.of(self.text);
        let rest = Span { start: name.span.end.min(segment.end), end: segment.end };
        let rest: Vec<&str> = rest.of(self.text).split_whitespace().collect();
        let known = name.given.first().is_some_and(|g| self.lexicon.is_given_name(g.of(self.text)));
        let place = self.lexicon.venues.get(family).is_some()
            || ["ground", "ground or surname", "generic"].iter().any(|c| self.lexicon.is_plain(c, &fold(family)))
            || self.lexicon.organisations.get(family).is_some();
        name.is_full()
            && known
            && !place
            && self.lexicon.organisations.suffix(&rest).is_some_and(|(n, _)| n < rest.len())
    }

    /// The token after the initials of a person that stand behind the name ("Priya Nair PN"), if they do.
    pub(super) fn after_initials(&self, name: &Name, next: usize) -> usize {
        let is_theirs = self.all.get(next).is_some_and(|t| {
            t.shape == Shape::Upper && (2..=4).contains(&t.span.len()) && is_initials(self.text, t.span, name)
        });
        if is_theirs { next + 1 } else { next }
    }

    /// Whether the title before a name is one of people and no post of its own ("Chair Jane", "Director K").
    pub(super) fn is_title_of_person(&self, name: &Name) -> bool {
        name.honorifics.first().and_then(|h| self.lexicon.honorifics.get(h.of(self.text))).is_some_and(|h| {
            matches!(h.class, "courtesy" | "academic" | "noble" | "clergy" | "plural" | "rank")
                || matches!(fold(h.name).as_str(), "councillor" | "cllr" | "alderman")
                || h.class == "office"
                    && !self.lexicon.roles.get(h.name).is_some_and(|r| {
                        matches!(r.class, "chair" | "vice-chair" | "officer" | "clerical" | "professional")
                    })
        })
    }

    /// A surname alone after a plural title: `Collins`, `Collins (B)`, `J Collins`, `Ó Ceallaigh`.
    pub(super) fn surname(&self, at: usize) -> Option<(Name, usize)> {
        let name = name_at(self.text, &self.all, at, Context::List, self.lexicon);
        if let Some(name) = name.filter(|n| n.is_full() || !n.honorifics.is_empty()) {
            let end = name.tokens.1;
            return self.ends_segment(end).then_some((name, end));
        }
        let mut end = at;
        while self.all.get(end).is_some_and(|t| {
            self.lexicon.is_particle(t.of(self.text)) && self.all.get(end + 1).is_some_and(|n| n.is_capital())
        }) {
            end += 1;
        }
        let token = self.all.get(end).filter(|t| matches!(t.shape, Shape::Capital | Shape::Upper))?;
        let word = token.of(self.text);
        if self.lexicon.organisations.get(word).is_some() && !self.ends_segment(end + 1) {
            return None;
        }
        let family = self.all[at].span.join(token.span);
        let mut name = Name { span: family, family, tokens: (at, end + 1), ..Name::default() };
        let mut next = end + 1;
        // An initial in brackets tells two of a surname apart.
        if let [open, initial, close] = self.all.get(next..next + 3).unwrap_or(&[])
            && open.is(self.text, "(")
            && close.is(self.text, ")")
            && matches!(initial.shape, Shape::Initial | Shape::Upper)
            && initial.span.len() <= 2
        {
            name.given = vec![initial.span];
            name.span = family.join(close.span);
            next += 3;
        }
        name.tokens.1 = next;
        self.ends_segment(next).then_some((name, next))
    }

    /// Whether a separator, a bracket or the end stands at token `at`.
    pub(super) fn ends_segment(&self, at: usize) -> bool {
        self.all.get(at).is_none_or(|t| {
            t.shape == Shape::Break
                || matches!(
                    t.of(self.text),
                    "," | ";"
                        | "("
                        | "."
                        | "and"
                        | "&"
                        | "-"
                        | "–"
                        | ":"
                        | "/"
                        | "with"
                        | "plus"
                        | "together"
                        | "*"
                        | "["
                        | "a"
                        | "ac"
                        | "agus"
                )
        })
    }

    /// What stands from token `at` to the next separator.
    pub(super) fn segment(&self, at: usize) -> Span {
        let end = (at..self.all.len())
            .find(|i| {
                let t = self.all[*i];
                t.shape == Shape::Break
                    || matches!(t.of(self.text), "," | ";" | "(" | ":" | "[")
                    || (matches!(t.of(self.text), "-" | "–" | "—") && t.spaced)
            })
            .unwrap_or(self.all.len());
        if end <= at { self.all[at].span } else { self.all[at].span.join(self.all[end - 1].span) }
    }

    /// See [`shortened`].
    pub(super) fn shortened(&self, name: Name) -> Name {
        if self.ends_segment(name.tokens.1) {
            return name;
        }
        let segment = self.segment(name.tokens.0);
        shortened(self.text, name, segment, self.lexicon)
    }

    /// Whether a part is a post in lower case or in the plural and nothing else ("Supervisors", "town clerk"), as
    /// sentences put it before a name.
    pub(super) fn is_plain_post(&self, part: Span) -> bool {
        let words: Vec<String> = part.of(self.text).split_whitespace().map(singular).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        (is_plural_role(self.text, part, self.lexicon) || words.iter().all(|w| w.chars().all(char::is_lowercase)))
            && self.lexicon.roles.suffix(&words).is_some_and(|(n, r)| r.head && n == words.len())
    }

    /// Whether a post that nothing parts from the name behind it belongs to that name: the person before has a post for a
    /// title and nothing else.
    pub(super) fn titles_go_first(&self, part: Span) -> bool {
        let words: Vec<&str> = part.of(self.text).split_whitespace().collect();
        let title = |h: &Span| fold(h.of(self.text)).contains("chair");
        self.people.last().is_some_and(|p| p.said.is_empty() && p.name.honorifics.iter().any(title))
            && self.lexicon.roles.suffix(&words).is_some_and(|(n, r)| r.head && n == words.len())
    }

    /// Whether a post in lower case and a name in full stand at token `at` ("and treasurer Paul Dempsey").
    pub(super) fn post_and_name_at(&self, at: usize) -> bool {
        let most = (at + 4).min(self.all.len());
        let Some(end) = (at..most).find(|i| self.all[*i].shape != Shape::Lower).filter(|end| *end > at) else {
            return false;
        };
        self.is_plain_post(self.all[at].span.join(self.all[end - 1].span))
            && name_at(self.text, &self.all, end, Context::Prose, self.lexicon).is_some_and(|n| n.is_full())
    }
}

//! What tells a name from the other words of a run: the title before it, the brackets of those beside it, the
//! organisation behind it. In: a walk and a place in it. Out: yes or no, or where something ends. Never adds anybody.

use super::description::{Said, is_plural_role, said, singular};
use super::entry::shortened;
use super::is_initials;
use super::walk::{Gap, Walk};
use crate::lexicon::{Folded, fold};
use crate::model::Span;
use crate::text::name::{Context, Name, name_at};
use crate::text::token::{Shape, Token, tokens};

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

    /// Whether a bracket holds the initials of the words before it ("Community Liaison Officer (CLO)"): their short form,
    /// and nothing of its own.
    pub(super) fn is_short_form(&self, open: usize, inner: &str) -> bool {
        let letters: Vec<char> = inner.chars().collect();
        if !(2..=6).contains(&letters.len()) || !letters.iter().all(|c| c.is_uppercase()) {
            return false;
        }
        let first = |t: &Token| t.of(self.text).chars().next().map(|c| c.to_ascii_uppercase());
        let before: Vec<char> = self.all[..open].iter().filter(|t| t.is_word()).filter_map(first).collect();
        before.ends_with(&letters)
    }

    /// Whether "A and B" names two people though no list knows the second: a name in full with nothing behind it, and
    /// neither a post nor an organisation, after one who has nothing beside the name either.
    pub(super) fn is_plain_name(&self, at: usize) -> bool {
        let list = self.people.last().is_some_and(|p| p.name.is_full() && p.said.is_empty());
        list && self.part.is_none() && self.can_be_name(at)
    }

    /// Whether a name in full stands at token `at` up to the next mark, of words that are neither a post nor an organisation.
    pub(super) fn can_be_name(&self, at: usize) -> bool {
        let Some(name) = name_at(self.text, &self.all, at, Context::List, self.lexicon) else { return false };
        let words: Vec<&str> = name.span.of(self.text).split_whitespace().collect();
        let folded = Folded::of(&words);
        let other = self.lexicon.organisations.within_folded(&folded).is_some()
            || self.lexicon.roles.within_folded(&folded).is_some()
            || self.lexicon.functions.within_folded(&folded).is_some()
            || self.lexicon.venues.within_folded(&folded).is_some()
            || self.lexicon.known_short(words[0]).is_some();
        self.ends_segment(name.tokens.1) && name.is_full() && (2..=3).contains(&words.len()) && !other
    }

    /// Whether what looks like a title and a surname is a post with its field ("Director Teaching").
    pub(super) fn is_post_for(&self, name: &Name) -> bool {
        let family = name.family.of(self.text);
        let post = |h: &Span| self.lexicon.roles.get(h.of(self.text)).is_some_and(|r| r.head);
        let rest: Vec<&str> = self.all[name.tokens.1..].iter().take(5).map(|t| t.of(self.text)).collect();
        let and = self.lexicon.roles.within(&rest).is_none()
            && self.all.get(name.tokens.1).is_some_and(|t| matches!(t.of(self.text), "and" | "&"))
            && self.all.get(name.tokens.1 + 1).is_some_and(|t| t.is_capital())
            && name_at(self.text, &self.all, name.tokens.1 + 1, Context::Prose, self.lexicon).is_none();
        name.given.is_empty()
            && name.honorifics.last().is_some_and(post)
            && !self.is_title_of_person(name)
            && (and || self.lexicon.functions.get(family).is_some() || self.lexicon.organisations.get(family).is_some())
    }

    /// Whether a label and a name behind its colon stand at token `at` ("Kirk East: Ada Fenn"): the label names nobody.
    pub(super) fn is_label(&self, name: &Name) -> bool {
        let next = name.tokens.1;
        let words: Vec<&str> = name.span.of(self.text).split_whitespace().collect();
        let body = self.lexicon.organisations.suffix(&words).is_some();
        let unknown = body
            || name.honorifics.is_empty()
                && !self.lexicon.is_given_name(name.given.first().map_or("", |g| g.of(self.text)));
        unknown
            && self.all.get(next).is_some_and(|t| t.is(self.text, ":"))
            && name_at(self.text, &self.all, next + 1, Context::Prose, self.lexicon).is_some()
    }

    /// Whether a post in capitals belongs to the name that follows: it stands between marks, and the one before has a
    /// post for a title ("City Manager A, City Recorder B and City Attorney C").
    pub(super) fn is_post_of_next(&self, part: Span) -> bool {
        let before = self.text[..part.start as usize].trim_end();
        let apart = before.ends_with([',', ';']) || before.ends_with(" and");
        let words: Vec<&str> = part.of(self.text).split_whitespace().collect();
        let post = self.lexicon.roles.suffix(&words).is_some_and(|(_, r)| r.head) && words.len() <= 5;
        let titled = |h: &Span| {
            self.lexicon.honorifics.get(h.of(self.text)).is_some_and(|h| matches!(h.class, "office" | "rank"))
        };
        let style = self.people.last().is_some_and(|p| {
            p.said.iter().all(|s| matches!(s, Said::Role(_)))
                && (p.name.honorifics.iter().any(titled) || p.span.start < p.name.span.start)
        });
        let first = before.is_empty() || before.ends_with([';', '\n']) || before.ends_with("; and");
        apart && post && (style || first)
    }

    /// The token after the initials of a person that stand behind the name ("Priya Nair PN"), if they do.
    pub(super) fn after_initials(&self, name: &Name, next: usize) -> usize {
        let is_theirs = self.all.get(next).is_some_and(|t| {
            let upper = t.of(self.text).chars().take(2).all(char::is_uppercase);
            upper && (2..=4).contains(&t.span.len()) && is_initials(self.text, t.span, name)
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
        let words: Vec<&str> = part.of(self.text).split_whitespace().map(singular).collect();
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

    /// Whether a post and a name in full stand at token `at` ("and treasurer Paul Dempsey"); in capitals only where those
    /// before are so written.
    pub(super) fn post_and_name_at(&self, at: usize) -> bool {
        let most = (at + 4).min(self.all.len());
        (at + 1..most).any(|end| {
            let post = self.all[at].span.join(self.all[end - 1].span);
            (self.is_plain_post(post) || self.is_post_of_next(post))
                && name_at(self.text, &self.all, end, Context::Prose, self.lexicon).is_some_and(|n| n.is_full())
        })
    }

    /// Whether a part is a post with its article, and a comma at token `at` parts it from its holder's name.
    pub(super) fn is_post_before_name(&self, part: Span, at: usize) -> bool {
        let words = part.of(self.text);
        let article = ["the ", "The ", "with the ", "and ", "together with the "].iter().any(|a| words.starts_with(a));
        article
            && matches!(said(self.text, part, false, self.lexicon).first(), Some(Said::Role(_) | Said::Chair(_)))
            && self.name(at + 1, Gap::Comma).is_some_and(|(name, _)| !name.honorifics.is_empty() || name.is_full())
    }

    /// Whether the words after a post and a comma end with a titled name in brackets, and hold no other bracket.
    pub(super) fn holder_follows(&self, part: Span) -> bool {
        const FARTHEST: usize = 12;
        let from = self.all.partition_point(|token| token.span.start < part.end);
        let open = self.all[from..].iter().take(FARTHEST).position(|token| token.of(self.text) == "(");
        let Some(open) = open.map(|at| from + at) else { return false };
        let says_role = matches!(said(self.text, part, false, self.lexicon).first(), Some(Said::Role(_)));
        let own = &self.all[open + 1..];
        says_role
            && name_at(self.text, own, 0, Context::List, self.lexicon).is_some_and(|name| !name.honorifics.is_empty())
    }

    /// Whether a part after a person is a role whose holder follows in brackets ("…, Clerk (Ms. L. Moss)").
    pub(super) fn expects_holder(&self, part: Span) -> bool {
        let after = self.text[part.end as usize..].trim_start();
        // "Executive Engineer, (Mr. B. Lane)": a comma too many.
        let bare = after.strip_prefix(',').map(str::trim_start).filter(|rest| rest.starts_with('('));
        let after = bare.unwrap_or(after);
        let Some(inner) = after.strip_prefix('(') else {
            let goes_on = !self.pending.is_empty() || self.holder_follows(part);
            return goes_on && after.starts_with(',') && self.role_first();
        };
        let end = inner.find(')').unwrap_or(inner.len());
        let start = part.end as usize + (self.text.len() - part.end as usize - after.len()) + 1;
        let inner = Span::new(start, start + end);
        let own = tokens(self.text, inner);
        // "…, Senior Planner (Maria Woods)": without a title where the people before stood so too.
        name_at(self.text, &own, 0, Context::List, self.lexicon).is_some_and(|n| {
            let turned = self.role_first() && self.after_bracket && n.is_full() && n.span.end >= inner.end;
            let known = || name_at(self.text, &own, 0, Context::Prose, self.lexicon).is_some();
            let is_role = || matches!(said(self.text, part, false, self.lexicon).first(), Some(Said::Role(_)));
            !n.honorifics.is_empty() || turned && (is_role() || known())
        })
    }

    /// What a colon ends: the organisation of those that follow, or the post of the next one.
    pub(super) fn lead(&mut self, part: Span) {
        match said(self.text, part, false, self.lexicon).first() {
            Some(Said::Organisation(organisation)) => self.group = Some(*organisation),
            Some(Said::Role(_) | Said::Chair(_)) => self.pending.push(part),
            _ => {}
        }
    }
}

//! One walk over the tokens of a run: where people start, and what is said beside each.

use super::description::{Said, is_plural_role, of_one, said, without_articles};
use super::entry::{Person, Reading, parts, shortened, without_initials};
use crate::lexicon::{Lexicon, fold};
use crate::model::Span;
use crate::text::name::{Context, Name, name_at};
use crate::text::token::{Shape, Token, tokens};

/// What parts two tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    /// The start of the run, a semicolon, a line break, a bullet.
    Strong,
    /// A comma, a slash.
    Comma,
    /// A dash.
    Dash,
    /// A colon.
    Colon,
    /// "and", "&".
    And,
    /// Nothing.
    None,
}

/// The people of a run; `names_only` where every part of it is a name.
pub(super) fn walk(text: &str, all: Vec<Token>, reading: Reading, names_only: bool, lexicon: &Lexicon) -> Vec<Person> {
    let mut walk = Walk {
        text,
        lexicon,
        all,
        reading,
        names_only,
        people: Vec::new(),
        pending: Vec::new(),
        post: None,
        part: None,
        group: None,
        shared: None,
        after_bracket: false,
        surnames: false,
        title: None,
    };
    walk.run();
    walk.people
}

/// One pass over the tokens of a run.
pub(super) struct Walk<'t> {
    pub(super) text: &'t str,
    pub(super) lexicon: &'t Lexicon,
    pub(super) all: Vec<Token>,
    reading: Reading,
    pub(super) names_only: bool,
    pub(super) people: Vec<Person>,
    /// Descriptions that stand before any name ("Director, Physical Development (Mr. K. Lane)").
    pub(super) pending: Vec<Span>,
    /// The post of the next person, where commas within it would part it.
    post: Option<Span>,
    /// The part of a description being read.
    pub(super) part: Option<Span>,
    /// The organisation that a colon put before the people that follow ("for the Trust: A and B; for …").
    pub(super) group: Option<Span>,
    /// The post in the plural of those who follow ("supervisors").
    shared: Option<Span>,
    /// Whether the last person has something in brackets behind the name.
    pub(super) after_bracket: bool,
    /// The plural title that holds for those who follow.
    title: Option<Span>,
    /// Whether a plural title makes single capitalised words people ("Councillors Brown, Collins and Dee").
    surnames: bool,
}

impl Walk<'_> {
    fn run(&mut self) {
        let mut at = 0;
        let mut gap = Gap::Strong;
        while at < self.all.len() {
            let token = self.all[at];
            let word = token.of(self.text);
            if word == "(" || word == "[" {
                self.close();
                at = self.bracket(at);
                self.after_bracket = self.people.last().is_some_and(|p| p.span.end > p.name.span.end);
                gap = Gap::Comma;
                continue;
            }
            if let Some(next) = self.separator(at) {
                if next == Gap::Strong {
                    self.close();
                    self.group = None;
                    self.shared = None;
                }
                if next == Gap::Colon
                    && let Some(part) = self.part.take()
                {
                    self.lead(part);
                }
                // "the Clerk, Mr. Hale": a post before its holder.
                if next == Gap::Comma
                    && let Some(part) = self.part.filter(|p| self.is_post_before_name(*p, at))
                {
                    self.part = None;
                    self.pending.push(part);
                }
                // A comma inside a role that comes before its name ("Director, Physical Development (Mr. K. Lane)").
                self.close();
                let listed = next != Gap::And || self.name(at + 1, Gap::Strong).is_some_and(|(name, _)| name.is_full());
                gap = if gap == Gap::Strong && listed { Gap::Strong } else { next };
                at += 1;
                continue;
            }
            if let Some((name, next)) = self.name(at, gap) {
                // "treasurer Ray Barnes": the post of the one who follows.
                if gap == Gap::None
                    && let Some(part) = self.part.filter(|p| self.is_plain_post(*p) || self.is_post_of_next(*p))
                {
                    self.part = None;
                    // "supervisors Dick Dale, Jo Hay and Ann Lee": the post of each, up to the one after the "and".
                    let several = is_plural_role(self.text, part, self.lexicon);
                    let shared = several.then_some(part).filter(|p| !is_class(p.of(self.text)));
                    self.shared = shared.map(|p| of_one(self.text, p, self.lexicon));
                    self.pending.extend(Some(part).filter(|_| !several));
                }
                // "… and from the Ellmoor Trust Mr Hale": where the next one is from.
                if gap == Gap::None
                    && let Some(part) = self.part.filter(|p| is_from(p.of(self.text)))
                {
                    self.part = None;
                    self.pending.push(part);
                }
                // "Chairman S Hale Vice Chairman Mrs J Dean": titles go before names here.
                if gap == Gap::None
                    && let Some(part) = self.part.filter(|p| self.titles_go_first(*p))
                {
                    self.part = None;
                    self.pending.push(part);
                }
                self.close();
                at = self.after_initials(&name, next);
                self.person(name);
                if gap == Gap::And {
                    self.shared = None;
                }
                gap = Gap::None;
                continue;
            }
            if self.reading == Reading::Sentence
                && !self.people.is_empty()
                && token.shape == Shape::Lower
                && ENDS_LIST.contains(&word)
            {
                break;
            }
            self.part = Some(self.part.map_or(token.span, |p| p.join(token.span)));
            gap = Gap::None;
            at += 1;
        }
        self.close();
    }

    /// What parts people or descriptions at token `at`, if it does.
    fn separator(&self, at: usize) -> Option<Gap> {
        let token = self.all[at];
        if token.shape == Shape::Break {
            return Some(Gap::Strong);
        }
        Some(match token.of(self.text) {
            ";" | "•" | "*" | "|" => Gap::Strong,
            "," => Gap::Comma,
            "/" if self.people.is_empty() || self.is_wide(at) || self.name(at + 1, Gap::And).is_some() => Gap::Comma,
            "-" | "–" | "—" if token.spaced || self.all.get(at + 1).is_some_and(|t| t.spaced) => Gap::Dash,
            ":" => Gap::Colon,
            // A full stop after a word ends an entry; after a title or an initial it belongs to it.
            "." if at > 0
                && self.all[at - 1].span.len() > 3
                && !token.spaced
                && !is_cut_short(self.all[at - 1].of(self.text))
                && self.all.get(at + 1).is_none_or(|t| t.spaced) =>
            {
                Gap::Strong
            }
            "and" | "&"
                if at > 0 && self.all[at - 1].is(self.text, ";") && self.name(at + 1, Gap::Strong).is_some() =>
            {
                Gap::And
            }
            "and" | "&" | "with" | "plus" | "a" | "ac" | "agus"
                if at > 0 && (self.name(at + 1, Gap::And).is_some() || self.post_and_name_at(at + 1)) =>
            {
                Gap::And
            }
            _ => return None,
        })
    }

    /// The name at token `at`, as far as what stands before it lets one stand there.
    pub(super) fn name(&self, at: usize, gap: Gap) -> Option<(Name, usize)> {
        let token = *self.all.get(at)?;
        let mut context = match gap {
            Gap::Strong if self.reading == Reading::List => Context::List,
            Gap::Comma | Gap::And if self.names_only => Context::List,
            Gap::And if self.is_plain_name(at) => Context::List,
            Gap::None if self.part.is_some_and(|p| self.is_post_of_next(p)) && self.can_be_name(at) => Context::List,
            Gap::Comma | Gap::Strong
                if self.reading == Reading::Sentence && self.people.len() > 1 && self.is_plain_name(at) =>
            {
                Context::List
            }
            Gap::Comma if self.after_bracket && !self.role_first() => Context::List,
            _ => Context::Prose,
        };
        // What was read as a role or an organisation before a colon or dash expects a name after it.
        if matches!(gap, Gap::Dash | Gap::Colon) && self.people.is_empty() && self.reading == Reading::List {
            context = Context::List;
        }
        if self.surnames
            && matches!(gap, Gap::Comma | Gap::And | Gap::Strong)
            && let Some(found) = self.surname(at)
        {
            return Some(found);
        }
        if !token.is_word() {
            return None;
        }
        let name = name_at(self.text, &self.all, at, context, self.lexicon)?;
        let titled = !name.honorifics.is_empty();
        // Where nothing parts it from what stands before, only a title opens a new person.
        let after_post = self.part.is_some_and(|p| self.is_plain_post(p) || self.is_post_of_next(p));
        // "…, Parish Clerk Mr Hale": the word before the title ends the post of the one before.
        let ends_post = |h: &Span| self.lexicon.roles.get(h.of(self.text)).is_some_and(|r| r.head);
        if gap == Gap::None && self.part.is_some() && name.honorifics.len() > 1 && ends_post(&name.honorifics[0]) {
            return None;
        }
        // "Deputy Director Teaching and Learning": a post, and what it is for.
        if self.is_post_for(&name)
            || gap == Gap::Strong && self.is_label(&name)
            || name.given.is_empty() && is_possessive(name.family.of(self.text))
        {
            return None;
        }
        if gap == Gap::None
            && !after_post
            && !(titled && name.honorifics[0].len() >= 2 && self.is_title_of_person(&name))
        {
            return None;
        }
        if gap == Gap::Dash && !self.people.is_empty() && !titled {
            return None;
        }
        let name = self.shortened(without_initials(self.text, name));
        let end = self.all.partition_point(|t| t.span.start < name.span.end);
        if !titled {
            // "Leicestershire Police", "Corporate Services": what follows makes it something else.
            let segment = self.segment(at);
            let words: Vec<&str> = segment
                .of(self.text)
                .split_whitespace()
                .map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()))
                .collect();
            let whole = segment.end <= name.span.end + 1;
            let evidence = name_at(self.text, &self.all, at, Context::Prose, self.lexicon).is_some();
            let other = self.lexicon.organisations.suffix(&words).is_some()
                || self.lexicon.roles.suffix(&words).is_some_and(|(_, r)| r.head);
            let evidence = evidence || self.stands_before_organisation(&name, segment);
            let surname = evidence && whole && self.lexicon.honorifics.get(name.family.of(self.text)).is_some();
            if other && !surname && (whole || !evidence) && !(evidence && name.given.iter().any(|g| g.len() <= 2)) {
                return None;
            }
            if gap == Gap::Comma && !evidence && !self.names_only && !self.is_in_turn(&name) {
                return None;
            }
        }
        Some((name, end))
    }

    /// Reads a bracket at token `open`; returns the token after it.
    fn bracket(&mut self, open: usize) -> usize {
        let mut depth = 0_i32;
        let mut close = open;
        while close < self.all.len() {
            match self.all[close].of(self.text) {
                "(" | "[" => depth += 1,
                ")" | "]" => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                break;
            }
            close += 1;
        }
        // One bracket too few: the first that closes.
        if close >= self.all.len()
            && let Some(first) = (open..self.all.len()).find(|i| matches!(self.all[*i].of(self.text), ")" | "]"))
        {
            close = first;
        }
        let end = self.all.get(close).map_or(self.all.last().map_or(0, |t| t.span.end), |t| t.span.start);
        let inner = Span { start: self.all[open].span.end, end: end.max(self.all[open].span.end) }.trim(self.text);
        let outer = Span { start: self.all[open].span.start, end: self.all.get(close).map_or(end, |t| t.span.end) };
        // A role with its holder in brackets.
        if !self.pending.is_empty() {
            self.join_pending();
            // "Ellmoor Homes (rep Jim Hale)", "(represented by Jim Hale)".
            let lead =
                ["represented by ", "rep. ", "rep: ", "rep "].iter().find(|l| inner.of(self.text).starts_with(**l));
            let inner = inner.slice(lead.map_or(0, |l| l.len()), inner.len());
            let own = tokens(self.text, inner);
            if let Some(name) = name_at(self.text, &own, 0, Context::List, self.lexicon)
                .filter(|n| !n.honorifics.is_empty() || n.is_full())
            {
                let rest = Span { start: name.span.end, end: inner.end };
                self.person(name);
                for (part, _) in parts(self.text, rest) {
                    self.say(part, true);
                }
                if let Some(person) = self.people.last_mut() {
                    person.span = person.span.join(outer);
                }
                return close + 1;
            }
        }
        if self.people.is_empty() || self.is_short_form(open, inner.of(self.text)) {
            return close + 1;
        }
        // What names another person is read whole ("substitute for Mr. B, Clerk"), the rest part by part.
        let whole = said(self.text, inner, true, self.lexicon);
        let pieces = parts(self.text, inner);
        if pieces.len() < 2 || matches!(whole.first(), Some(Said::SubstituteFor(_) | Said::SubstitutedBy(_))) {
            self.said(whole, outer);
        } else {
            for (part, _) in pieces {
                self.say(part, true);
            }
        }
        if let Some(person) = self.people.last_mut() {
            person.span = person.span.join(outer);
        }
        close + 1
    }

    /// Opens a new person, with what stood before the name.
    fn person(&mut self, name: Name) {
        let is_class =
            |h: &Span, class: &str| self.lexicon.honorifics.get(h.of(self.text)).is_some_and(|h| h.class == class);
        // "Councillors Brown, Cllr. Dee and Hale": the title of one in the midst of them changes nothing.
        self.surnames = name.honorifics.iter().any(|h| is_class(h, "plural"))
            || self.surnames && name.honorifics.iter().all(|h| is_class(h, "office"));
        let has_post = name.honorifics.iter().any(|h| is_class(h, "office"));
        let plural = name.honorifics.iter().copied().find(|h| is_class(h, "plural"));
        self.title = plural.or(self.title.filter(|_| name.honorifics.is_empty() && self.surnames));
        let mut person = Person { span: name.span, name, title: self.title, said: Vec::new() };
        person.said.extend(self.group.map(Said::Organisation));
        if let Some(post) = self.post.take() {
            person.span = person.span.join(post);
            person.said.push(Said::Role(post));
        }
        // "…, Clerk Ann Lee": a title that is a post of its own.
        if !self.pending.is_empty() || has_post {
            self.shared = None;
        }
        person.said.extend(self.shared.map(Said::Role));
        for span in std::mem::take(&mut self.pending) {
            let before = said(self.text, span, false, self.lexicon);
            if before.iter().any(|s| !matches!(s, Said::Remark)) {
                person.span = person.span.join(span);
                person.said.extend(before);
            }
        }
        self.people.push(person);
    }

    /// Ends the part of a description being read.
    fn close(&mut self) {
        let Some(part) = self.part.take() else { return };
        // "Mrs Hale and the Clerk": somebody else, who is not named.
        if part.of(self.text).starts_with("and the ") && !self.people.is_empty() && !self.expects_holder(part) {
            return;
        }
        if self.people.is_empty() || self.expects_holder(part) {
            self.pending.push(part);
        } else {
            self.say(part, false);
        }
    }

    /// "Director, Housing (Mr. K. Lane)": what follows the comma belongs to the post, unless it names an organisation.
    fn join_pending(&mut self) {
        let says_role = |part: Span| {
            let found = said(self.text, part, false, self.lexicon);
            !found.is_empty() && found.iter().all(|s| matches!(s, Said::Role(_)))
        };
        let is_other = |part: &Span| {
            let words: Vec<&str> = part.of(self.text).split_whitespace().collect();
            let ends_as_role = self.lexicon.roles.suffix(&words).is_some_and(|(_, role)| role.head);
            ends_as_role || self.lexicon.organisations.suffix(&words).is_some_and(|(_, word)| word.class != "unit")
        };
        if let [first, rest @ ..] = &self.pending[..]
            && let Some(last) = rest.last()
            && says_role(*first)
            && !rest.iter().any(is_other)
        {
            self.post = Some(first.join(*last));
            self.pending.clear();
        }
    }

    /// Whether the people so far stood in brackets behind their roles.
    pub(super) fn role_first(&self) -> bool {
        self.people.last().is_some_and(|p| p.span.start < p.name.span.start)
    }

    fn say(&mut self, part: Span, bracketed: bool) {
        // Where nothing parts people ("Cllr A. Hale Jane Dean Parish Clerk"), a name in full opens the next one.
        if !bracketed && self.people.last().is_some_and(|p| p.span.end + 1 >= part.start) {
            let own = tokens(self.text, part);
            if let Some(name) = name_at(self.text, &own, 0, Context::Prose, self.lexicon)
                .filter(|n| n.is_full() && n.span.end < part.end)
            {
                let name = shortened(self.text, name, part, self.lexicon);
                let rest = Span { start: name.span.end, end: part.end }.trim(self.text);
                let words: Vec<&str> = rest.of(self.text).split_whitespace().collect();
                if self.lexicon.roles.within(&words).is_some_and(|r| r.head)
                    || self.lexicon.organisations.suffix(&words).is_some()
                {
                    self.person(name);
                    self.say(rest, false);
                    return;
                }
            }
        }
        let found = said(self.text, part, bracketed, self.lexicon);
        self.said(found, without_articles(self.text, part));
    }

    fn said(&mut self, found: Vec<Said>, span: Span) {
        if found.iter().all(|s| matches!(s, Said::Remark)) {
            return;
        }
        if let Some(person) = self.people.last_mut() {
            person.said.extend(found);
            person.span = person.span.join(span);
        }
    }
}

/// "and from O": where those who follow are from.
fn is_from(words: &str) -> bool {
    ["from ", "and from ", "and for "].iter().any(|lead| words.starts_with(lead))
}

/// "Asst.", "Supt.": words of a post that a full stop cuts short.
fn is_cut_short(word: &str) -> bool {
    matches!(word, "Asst" | "Supt" | "Dept" | "Assoc" | "Exec" | "Comm" | "Admin" | "Prof" | "Insp" | "Treas" | "Govt")
}

/// "Executive’s": a word that goes with what follows.
fn is_possessive(word: &str) -> bool {
    word.ends_with("’s") || word.ends_with("'s")
}

/// Whether words name a class of people, which is the post of none of them.
fn is_class(words: &str) -> bool {
    let folded = fold(words);
    folded == "officers" || folded.ends_with("members")
}

/// Words of a sentence that end the list of people in it.
const ENDS_LIST: &[&str] = &[
    "was",
    "were",
    "is",
    "are",
    "had",
    "has",
    "have",
    "would",
    "will",
    "welcomed",
    "noted",
    "reported",
    "attended",
    "be",
    "which",
    "that",
    "thanked",
    "agreed",
    "asked",
    "said",
    "stated",
    "explained",
    "informed",
    "confirmed",
    "because",
];

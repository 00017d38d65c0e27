//! What items, decisions and actions are about, as far as they name it.
//!
//! In: all mentions, the items, decisions and actions. Out: `concerns` statements. The body that met is not what its
//! items concern, and a short or descriptive form counts as what it stands for.

use rustc_hash::FxHashSet;

use crate::extract::{Draft, Extractor, Rule};
use crate::lexicon::fold;
use crate::model::{EntityKind, Nature, Predicate, Span, Term};

const ITEM: &str = "item-concerns";
const DECISION: &str = "decision-concerns";
const ACTION: &str = "action-concerns";

/// `concerns` statements.
pub(super) static EXTRACTOR: Extractor = Extractor {
    name: "concerns",
    what: "Needs all mentions; adds what items, decisions and actions concern.",
    rules: &[
        Rule {
            name: ITEM,
            what: "An item concerns what its title names.",
            accepts: &[
                "Minutes of a meeting of Wold Parish Council held on 3 May 2016\n\n1. Apologies\n\nNone.\n\n2. Update on the Ferry Safety Strategy\n\nNoted.\n\n3. Close\n\nThe meeting closed.",
            ],
            refuses: &[
                "Minutes of a meeting of Wold Parish Council held on 3 May 2016\n\n1. Apologies\n\nNone.\n\n2. Any other business\n\nNone.",
            ],
        },
        Rule {
            name: DECISION,
            what: "A decision concerns what its words name.",
            accepts: &[
                "Minutes of a meeting of Wold Parish Council held on 3 May 2016\n\n1. Ferries\n\nRESOLVED: That a reply be sent to the Ferry Safety Delivery Group.",
            ],
            refuses: &[
                "Minutes of a meeting of Wold Parish Council held on 3 May 2016\n\n1. Ferries\n\nRESOLVED: That the report be noted by the Council.",
            ],
        },
        Rule {
            name: ACTION,
            what: "An action concerns what its words name, but for its owner.",
            accepts: &[],
            refuses: &[
                "Minutes of a meeting of Wold Parish Council held on 3 May 2016\n\n1. Ferries\n\nThe report was noted.",
            ],
        },
    ],
    run,
};

fn run(draft: &mut Draft<'_>) {
    let text = draft.text();
    let body = draft.body.map(|n| draft.span_of(n)).or(draft.minutes.header.body).map(|s| fold(s.of(text)));
    let items = draft.minutes.items.iter().enumerate().map(|(i, item)| (Term::Item(i as u32), item.title, ITEM));
    let decisions = draft.decisions.iter().enumerate().map(|(i, d)| (Term::Decision(i as u32), d.span, DECISION));
    let actions = draft.actions.iter().enumerate().map(|(i, a)| (Term::Action(i as u32), a.span, ACTION));
    let places: Vec<(Term, Span, &'static str)> = items.chain(decisions).chain(actions).collect();
    // Who moves, seconds or owns something is not what it is about.
    let doers: FxHashSet<(Term, u32)> = draft
        .statements
        .iter()
        .filter_map(|s| match (s.subject, s.predicate) {
            (
                Term::Mention(who),
                Predicate::ResponsibleFor
                | Predicate::Moved
                | Predicate::Seconded
                | Predicate::VotedFor
                | Predicate::VotedAgainst
                | Predicate::Abstained
                | Predicate::Presented,
            ) => Some((s.object, who)),
            _ => None,
        })
        .collect();
    for (subject, span, rule) in places {
        for kind in [EntityKind::Programme, EntityKind::Legislation, EntityKind::Organisation, EntityKind::Person] {
            for number in draft.mentions_in(span, kind) {
                let mention = draft.mentions[number as usize];
                let own = kind == EntityKind::Organisation
                    && (Some(number) == draft.body
                        || body.as_deref() == Some(fold(mention.span.of(text)).as_str())
                        || mention.nature == Nature::Description);
                let role = kind == EntityKind::Person && mention.nature == Nature::Description;
                if !own && !role && !doers.contains(&(subject, number)) {
                    draft.state(subject, Predicate::Concerns, Term::Mention(number), span, rule);
                }
            }
        }
    }
}

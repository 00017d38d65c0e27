//! What the meeting decided, and how items, decisions and actions belong together.
//!
//! In: items, decisions and actions, when all others have added theirs. Out: `decided`, `decision_of`, `item_of`.
//! A motion that was withdrawn, or of which nothing more is told, was not decided.

use super::{Draft, Extractor, Rule};
use crate::model::{Genre, Predicate, Qualifier, Term, Value};

const DECIDED: &str = "decided";
const BELONGS: &str = "belongs";

pub(super) static EXTRACTOR: Extractor = Extractor {
    name: "decided",
    what: "decisions of the meeting; which item, decision and action belongs to which; last of all",
    rules: &[
        Rule {
            name: DECIDED,
            what: "the meeting took a decision, under an item of business",
            accepts: &[
                "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn, Mr Tom Rowe\n\n1. HARBOUR\n\nRESOLVED: That the crane be sold.\n\n2. CLOSE\n\nThe meeting closed.\n",
                "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn, Mr Tom Rowe\n\n1. HARBOUR\n\nIt was agreed to offer no objection to the crane.\n\n2. CLOSE\n\nThe meeting closed.\n",
                "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn, Mr Tom Rowe\n\n1. ACCOUNTS\n\nThe accounts were presented and accepted for payment.\n\n2. CLOSE\n\nThe meeting closed.\n",
                "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn, Mr Tom Rowe\n\n1. HARBOUR\n\nResolution #4: Sell the crane\n\n2. CLOSE\n\nThe meeting closed.\n",
                "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn, Mr Tom Rowe\n\n1. HARBOUR\n\nThe Board:\n\n(i) noted the tide tables;\n(ii) agreed to sell the crane.\n\n2. CLOSE\n\nThe meeting closed.\n",
            ],
            refuses: &[
                "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn, Mr Tom Rowe\n\n1. HARBOUR\n\nMarlshire County Council agreed a policy for the lighting of harbours. The crane had been approved in March.\n\n2. CLOSE\n\nThe meeting closed.\n",
                "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn, Mr Tom Rowe\n\n1. HARBOUR\n\nMr Rowe agreed to mend the crane. The application was approved by the Borough.\n\n2. CLOSE\n\nThe meeting closed.\n",
                "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn, Mr Tom Rowe\n\n1. HARBOUR\n\nThe following points were raised:\n\n(i) the tide tables;\n(ii) the crane.\n\n2. CLOSE\n\nThe meeting closed.\n",
                "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn, Mr Tom Rowe\n\n1. HARBOUR\n\nStaff Recommendation\n\nThat the crane be sold.\n\n2. CLOSE\n\nThe meeting closed.\n",
                "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn, Mr Tom Rowe\n\n1. HARBOUR\n\nNote: Mr Rowe left the room.\n\n2. CLOSE\n\nThe meeting closed.\n",
                "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn, Mr Tom Rowe\n\n1. HARBOUR\n\nMs Fenn moved, seconded by Mr Rowe, that the crane be sold. The motion was withdrawn.\n\n2. CLOSE\n\nThe meeting closed.\n",
            ],
        },
        Rule {
            name: BELONGS,
            what: "an item belongs to the meeting, a decision or an action to its item",
            accepts: &[
                "Minutes of the Ellmoor Board held on 4 May 2015\n\nPresent: Ms Ada Fenn, Mr Tom Rowe\n\n1. HARBOUR\n\nRESOLVED: That the crane be sold.\n\n2. CLOSE\n\nThe meeting closed.\n",
            ],
            refuses: &["Pancakes\n\n1. Flour\n\n2. Milk\n"],
        },
    ],
    run,
};

fn run(draft: &mut Draft<'_>) {
    if draft.minutes.genre != Genre::Minutes {
        return;
    }
    let text = draft.text();
    let minutes = draft.minutes;
    let words = |v: &str| Value::Text(v.to_owned());
    for (i, item) in minutes.items.iter().enumerate() {
        let number = item.number.map(|n| n.of(text).trim().to_owned()).filter(|n| !n.is_empty());
        draft.state(Term::Item(i as u32), Predicate::ItemOf, Term::Meeting, item.title, BELONGS).qualifiers =
            number.map(|n| (Qualifier::Number, Value::Text(n))).into_iter().collect();
    }
    for i in 0..draft.decisions.len() {
        let decision = draft.decisions[i].clone();
        let term = Term::Decision(i as u32);
        let pending = decision.outcome == "withdrawn"
            || decision.outcome.is_empty() && matches!(decision.verb, "move" | "propose" | "nominate");
        if !pending {
            let mut qualifiers = vec![(Qualifier::Verb, words(decision.verb))];
            if !decision.outcome.is_empty() {
                qualifiers.push((Qualifier::Outcome, words(decision.outcome)));
            }
            draft.state(Term::Meeting, Predicate::Decided, term, decision.span, DECIDED).qualifiers = qualifiers;
        }
        if let Some(item) = decision.item {
            let number = decision.limb.map(|l| (Qualifier::Number, words(l.of(text).trim())));
            draft.state(term, Predicate::DecisionOf, Term::Item(item as u32), decision.span, BELONGS).qualifiers =
                number.into_iter().collect();
        }
    }
    for i in 0..draft.actions.len() {
        let (item, span) = (draft.actions[i].item, draft.actions[i].span);
        if let Some(item) = item {
            draft.state(Term::Action(i as u32), Predicate::DecisionOf, Term::Item(item as u32), span, BELONGS);
        }
    }
}

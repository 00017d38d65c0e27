//! The meeting itself: a mention of the body that met.

use super::{Draft, Extractor, Rule};
use crate::model::{EntityKind, Nature};

const BODY: &str = "header-body";

pub(super) static EXTRACTOR: Extractor = Extractor {
    name: "header",
    what: "the body that met, from the header",
    rules: &[Rule {
        name: BODY,
        what: "the body that met is the one that the head of the minutes names",
        accepts: &[
            "Minutes of a meeting of the Ellmoor Harbour Board held at the Customs House on Monday, 4 May 2015.\n\nPresent\n\nMs Ada Fenn\n\n1. MINUTES\n\nThe minutes of the last meeting were approved.\n",
            "ELLMOOR PARISH COUNCIL\n\nMinutes of the meeting held on 3rd June 2019\n\nPresent: Cllr A Fenn, Cllr B Rowe\n\n1. Apologies\n\nNone.\n",
            "MINUTES OF PROCEEDINGS AT MEETING OF ELLMOOR CITY AND COUNTY\n\nCOUNCIL HELD IN THE COUNCIL CHAMBER, ELLMOOR, ON MONDAY, 4TH\n\nMAY, 2015, AT 3PM.\n\nPRESENT: Councillors Fenn and Rowe.\n\n1. Adoption of Minutes\n\nThe minutes were adopted.\n",
        ],
        refuses: &["Pancakes\n\nTake two eggs and a cup of flour. Stir.\n"],
    }],
    run,
};

fn run(draft: &mut Draft<'_>) {
    if let Some(span) = draft.minutes.header.body {
        draft.body = Some(draft.mention(span, EntityKind::Organisation, BODY, Nature::Name));
    }
}

//! From a document to minutes: where the header, the attendance blocks, the items of business, the
//! decisions and the foot stand. In: a document with its layout, and the vocabulary. Out: [`Minutes`], spans and
//! line numbers. Never fails, never names an entity, never knows the format of the source.
//!
//! The grammar of minutes, as the corpus shows it:
//!
//! ```text
//! minutes    = head { block } { item } foot
//! head       = [ front matter ] title with body, date, times, venue, in any order, over one to a dozen lines that
//!              may wrap; "Minutes of a meeting of the B held at V on D", "B - D", "B held their meeting at T on D"
//! front      = { key ":" value }                "start: T", "body: B"; a bare "date:" may be a page's (see `front`)
//! block      = heading { entry }                one entry a line, a row, or names run on
//!            | heading heading { entry }        two columns run together, parted where signs agree
//!            | "Apologies were received from" names "."         a sentence, in an item or not, over lines it may wrap
//!            | names "was" state | heading … "was" names        "The Clerk, N, was also in attendance" (see `predicate`)
//!            | "Apologies:" { class ":" names }                 classes right under a heading have its status
//!            | organisation ":" tab names { tab names }         a label in the first column, for all up to the next
//!            | table with a column of names and one of marks    "P", "Ap", "A"; a key may say what they mean
//! heading    = "Present" | "In attendance" | "Apologies" | "Representing O" | "O:" …, alone, before a colon,
//!              in capitals before names, at the end of a line, within a line of names ("…; absent: …"), or as the
//!              title of an item. A class of people ("Members", "Secretary") is one at the top or before a list alone;
//!              a post before one name ("Clerk: N") says nothing of those below; a name before "in the Chair" is an
//!              entry; what stands among the lines of a recorded vote is none
//! entry      = people { cell } [ label value ]  "N<tab>Post<tab>Apologies:<tab>N": a label opens another block
//!            | line { line }                    a run that breaks within a post goes on ("…, N General" / "Assessor, …")
//! item       = [ number ] title { presenter line } { paragraph | decision | block | item }
//!              numbers that count paragraphs under headings are no items, nor is the agenda above them; a heading that
//!              the agenda announced is one whatever it looks like; "Moved by N", "Motion passed", "Reply" are none
//! decision   = keyword [ number ] ":" ( paragraph | limb { limb } )   RESOLVED: (a) That …; "Resolution #2: close it"
//!            | who keyword ( "that" | "to" | thing )    "It was agreed to …", "The Board agreed a form" (see `spoken`)
//!            | thing "was" keyword                      "The accounts were approved"; not by another body, not if, not once
//!            | "That …" alone, or behind an item's title, where the page lost the word
//! outcome    = "NO OBJECTIONS" | "Proposed: N" | …       under what it is said of: no decision of its own
//! foot       = end time | "The meeting closed at T" | signature | next
//! next       = an item about it | "The next [ B ] meeting" … D | "The AGM will be held" … D
//! previous   = item of minutes with D | "Adoption of Minutes" and D below | sentence that confirms minutes of D
//! ```

mod advice;
mod attendance;
mod attendees;
mod body;
mod code;
mod front;
mod genre;
mod head;
mod header;
mod heading;
mod led;
mod listing;
mod neighbour;
mod outline;
mod predicate;
mod presenter;
mod resolution;
mod run_in;
mod run_together;
mod shouted;
mod spoken;
mod standing;
mod table;
mod title;
mod told;

use crate::lexicon::Lexicon;
use crate::model::{Document, Minutes};

/// Parses a document as minutes.
pub fn minutes(document: &Document, lexicon: &Lexicon) -> Minutes {
    let listed = attendance::listed(document, lexicon);
    let items = outline::items(document, &listed.lines, lexicon);
    let mut attendance = listed.blocks;
    told::told(document, &items, &listed.lines, lexicon, &mut attendance);
    let header = header::header(document, &items, &attendance, lexicon);
    let decisions = resolution::decisions(document, &items, &listed.lines, header.body, lexicon);
    let genre = genre::genre(document, &header, &attendance, &items, &decisions);
    Minutes { genre, header, attendance, items, decisions, unresolved: listed.unresolved }
}

//! Invented minutes for measuring. In [`document`] everybody is new, so that nothing is faster for having been seen
//! before; [`meeting`] is one of a series, as a country's minutes are: a body meets monthly, its seats are held for
//! some years, and its organisations sit elsewhere too. The same numbers give the same text.
#![allow(dead_code, reason = "each program that measures takes what it needs")]

use std::fmt::Write as _;

use quorate::model::MONTHS;

/// A small generator of numbers (`SplitMix64`); a measure needs no better one.
pub(crate) struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }

    fn of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len())]
    }
}

const TITLES: &[&str] = &["Mr", "Mrs", "Cllr", "Cllr.", "Ms", "Dr", "", "", ""];
const GIVEN: &[&str] = &[
    "Alan", "Brenda", "Colin", "Deepa", "Eileen", "Farouk", "Gwen", "Hugh", "Imran", "Janet", "Keith", "Lorna",
    "Martin", "Nadia", "Owen", "Priya",
];
const START: &[&str] = &[
    "Ash", "Bram", "Cold", "Dun", "Elm", "Fair", "Gold", "Har", "Ing", "Kel", "Lang", "Mar", "Nor", "Oak", "Pen",
    "Quar", "Rad", "Stan",
];
const MIDDLE: &[&str] = &["ber", "den", "ing", "ling", "mer", "ter", "wor", "row", "ble", "kin"];
const END: &[&str] =
    &["bridge", "by", "combe", "dale", "field", "ford", "ham", "ley", "mere", "stead", "ton", "well", "worth"];
/// Told apart from the places above: Great Ashberbridge is another place.
const BEFORE: &[&str] = &["Great", "Little", "Upper", "Nether", "Market", "Kings"];
const BODIES: &[&str] = &[
    "Safer Communities Board",
    "Parish Council",
    "Health Forum",
    "Strategic Partnership",
    "Scrutiny Committee",
    "Schools Forum",
];
const KINDS: &[&str] = &[
    "Borough Council",
    "District Council",
    "County Council",
    "Police",
    "Probation Trust",
    "Fire and Rescue Service",
    "NHS Trust",
];
const ROLES: &[&str] = &[
    "Head of Community Safety",
    "Chief Executive",
    "Finance Manager",
    "Democratic Services Officer",
    "Director of Housing",
];
const TOPICS: &[&str] = &[
    "Annual Budget",
    "Road Safety",
    "Domestic Abuse Strategy",
    "Youth Justice Plan",
    "Winter Pressures",
    "Housing Bill",
    "Flood Defence Project",
];
const SENTENCES: &[&str] = &[
    "It was noted that the number of cases had risen since the last quarter, and that further work was being undertaken to understand why.",
    "A member raised concerns about the level of funding that would be available in the coming year.",
    "In response to a question it was confirmed that contracts were ready to sign.",
    "The new arrangements would be reviewed after six months, with a report to a future meeting.",
    "Partners were asked to contribute to the consultation, which would close at the end of the month.",
];

/// A surname or place of its own.
fn word(n: &mut Numbers) -> String {
    format!("{}{}{}", n.of(START), n.of(MIDDLE), n.of(END))
}

fn person(n: &mut Numbers) -> String {
    let title = n.of(TITLES);
    let space = if title.is_empty() { "" } else { " " };
    format!("{title}{space}{} {}", n.of(GIVEN), word(n))
}

/// Somebody and whom they stand for.
type Seat = (String, String);

fn organisation(n: &mut Numbers) -> String {
    format!("{} {}", word(n), n.of(KINDS))
}

/// The minutes of one invented meeting, 4 to 8 kB, of people of whom no other document speaks.
pub(crate) fn document(number: u64) -> String {
    let mut n = Numbers(number);
    let place = word(&mut n);
    let body = format!("{place} {}", n.of(BODIES));
    let people: Vec<Seat> = (0..10 + n.below(12)).map(|_| (person(&mut n), organisation(&mut n))).collect();
    let date = format!("{} March {}", 1 + n.below(28), 1998 + n.below(26));
    let away = [(person(&mut n), organisation(&mut n)), (person(&mut n), String::new())];
    minutes(&mut n, &place, &body, &date, &people, &away)
}

/// Meetings of one body.
pub(crate) const SERIES: u64 = 40;

/// Seats of a body; each changes hands every twenty meetings, one after the other.
const SEATS: u64 = 24;

/// The minutes of a meeting of an invented body, 4 to 8 kB: its place in a folder, and its text.
pub(crate) fn meeting(number: u64) -> (String, String) {
    let (series, at) = (number / SERIES, number % SERIES);
    let place = place(series as usize);
    let body = format!("{place} {}", BODIES[series as usize % BODIES.len()]);
    let mut n = Numbers(number << 20);
    let (year, month) = (2010 + at / 12, at as usize % 12);
    let date = format!("{} {} {year}", 1 + n.below(28), MONTHS[month]);
    let mut seats: Vec<Seat> = (0..SEATS)
        .map(|seat| {
            let held = (at + seat) / 20;
            let mut of_seat = Numbers((series * SEATS + seat) << 8);
            let organisation = organisation(&mut of_seat);
            let mut of_holder = Numbers(((series * SEATS + seat) << 8) + held + 1);
            (person(&mut of_holder), organisation)
        })
        .collect();
    // The first seat takes the chair; who is absent changes.
    let first = n.below(SEATS as usize - 1) + 1;
    seats[1..].rotate_left(first - 1);
    let present = 10 + n.below(12);
    let name = format!("{}/{year}-{:02}.txt", body.to_lowercase().replace(' ', "-"), month + 1);
    (name, minutes(&mut n, &place, &body, &date, &seats[..present], &seats[present..present + 2]))
}

/// A place of its own for each number.
fn place(number: usize) -> String {
    let (words, which) = (START.len() * MIDDLE.len() * END.len(), number / BODIES.len());
    let at = which % words;
    let rest = at / START.len();
    let word = [START[at % START.len()], MIDDLE[rest % MIDDLE.len()], END[rest / MIDDLE.len()]].concat();
    match BEFORE.get((which / words).wrapping_sub(1)) {
        Some(before) => format!("{before} {word}"),
        None => word,
    }
}

/// The text. Of those away, the first is named with an organisation.
fn minutes(n: &mut Numbers, place: &str, body: &str, date: &str, people: &[Seat], away: &[Seat]) -> String {
    let mut text = format!(
        "Minutes of a meeting of the {body} held at the Guildhall, {place} on {date}.\n\nPresent\n\n{} – in the Chair\n\n",
        people[0].0
    );
    for (i, (person, organisation)) in people.iter().enumerate().skip(1) {
        let role = if i % 3 == 0 { format!("{} – ", n.of(ROLES)) } else { String::new() };
        let _ = writeln!(text, "{person}\t{role}{organisation}");
        if i == people.len() / 2 {
            text.push_str("\nOfficers\n\n");
        }
    }
    let _ = write!(
        text,
        "\n1. APOLOGIES\n\nApologies for absence were received from {} ({}) and {}.\n\n",
        away[0].0, away[0].1, away[1].0
    );
    for item in 2..6 + n.below(6) {
        let topic = n.of(TOPICS);
        let (presenter, organisation) = &people[n.below(people.len())];
        let _ = write!(
            text,
            "{item}. {}\n\nThe Board considered a report of {presenter} of {organisation} regarding the {} {topic}.\n\n",
            topic.to_uppercase(),
            word(n)
        );
        for _ in 0..2 + n.below(4) {
            let _ = write!(
                text,
                "{} {} reported that this was in hand.\n\n",
                n.of(SENTENCES),
                people[n.below(people.len())].0
            );
        }
        text.push_str("RESOLVED:\n\n(a) That the report be noted;\n\n(b) That a further update be brought to the next meeting.\n\n");
    }
    text.push_str("2.00 - 3.15 pm\n");
    text
}

//! How long resolution takes for 10, 50 and 200 thousand mentions of people, ten mentions a person: it is to grow
//! nearly as they do. The people are invented; every third is written with a title, every seventh with initials.

use divan::Bencher;
use divan::counter::ItemsCount;
use quorate::lexicon::Lexicon;
use quorate::model::{
    Attendance, Capacity, EntityKind, Extraction, MeetingFacts, Mention, Nature, Predicate, Quote, SourceFacts,
    Statement, Status, Term,
};
use quorate::resolve::{Options, graph};

const GIVEN: &[&str] = &["Alan", "Brenda", "Colin", "Deepa", "Eileen", "Farouk", "Gwen", "Hugh", "Imran", "Janet"];
const START: &[&str] = &["Ash", "Bram", "Cold", "Dun", "Elm", "Fair", "Gold", "Har", "Kel", "Lang", "Mar", "Oak"];
const MIDDLE: &[&str] = &["ber", "den", "ing", "ling", "mer", "ter", "wor", "ble", "kin", "row"];
const END: &[&str] = &["bridge", "by", "combe", "dale", "field", "ford", "ham", "ley", "ton", "well"];
/// Names in one list.
const LIST: usize = 20;
/// Meetings of one body.
const SERIES: usize = 10;

fn main() {
    divan::main();
}

/// The name of a person, as the meeting with a number writes it.
fn name(person: usize, meeting: usize) -> String {
    let given = GIVEN[person % GIVEN.len()];
    let rest = person / GIVEN.len();
    let family = [START[rest % 12], MIDDLE[rest / 12 % 10], END[rest / 120 % 10]].concat();
    match (person + meeting) % 21 {
        n if n % 7 == 3 => format!("{}. {family}", &given[..1]),
        n if n % 3 == 0 => format!("Cllr {given} {family}"),
        _ => format!("{given} {family}"),
    }
}

fn document(number: usize) -> Extraction {
    let (body, meeting) = (number / SERIES, number % SERIES);
    let mut extraction = Extraction {
        source: SourceFacts { path: format!("{body}/{meeting}.txt"), ..SourceFacts::default() },
        ..Extraction::default()
    };
    let mut start = 0;
    let mut mention = |text: String, kind: EntityKind| {
        let quote = Quote { start, end: start + text.chars().count() as u32, text: text.into() };
        start = quote.end + 1;
        Mention { quote, kind, rule: "bench".into(), nature: Nature::Name }
    };
    let of = mention(format!("{}{} Parish Council", START[body % 12], body), EntityKind::Organisation);
    extraction.meeting = Some(MeetingFacts {
        body: Some(0),
        date: format!("20{:02}-03-01", 10 + meeting).parse().ok(),
        attendance_recorded: true,
        quote: of.quote.clone(),
        ..MeetingFacts::default()
    });
    extraction.mentions.push(of);
    for seat in 0..LIST {
        let person = mention(name(body * LIST + seat, meeting), EntityKind::Person);
        let (at, quote) = (extraction.mentions.len() as u32, person.quote.clone());
        extraction.mentions.push(person);
        extraction.attendance.push(Attendance {
            person: at,
            status: Status::Present,
            capacity: Some(Capacity::Member),
            chair: seat == 0,
            organisations: Vec::new(),
            roles: Vec::new(),
            substitute_for: None,
            arrived: None,
            left: None,
            remote: false,
            quote: quote.clone(),
            rule: "bench".into(),
        });
        extraction.statements.push(Statement {
            subject: Term::Mention(at),
            predicate: Predicate::Attended,
            object: Term::Meeting,
            qualifiers: Vec::new(),
            quote,
            rule: "bench".into(),
        });
    }
    extraction
}

#[divan::bench(args = [10_000, 50_000, 200_000], sample_count = 3, sample_size = 1)]
fn resolution(bencher: Bencher<'_, '_>, mentions: usize) {
    let extractions: Vec<Extraction> = (0..mentions / LIST).map(document).collect();
    bencher
        .counter(ItemsCount::new(mentions))
        .with_inputs(|| extractions.clone())
        .bench_values(|extractions| graph(extractions, Lexicon::embedded(), &Options::default()).entities.len());
}

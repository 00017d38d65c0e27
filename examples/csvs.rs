//! dev: raw CSVs without resolution
use quorate::{extract, lexicon::Lexicon, model::*, read, structure};
use std::path::PathBuf;
fn main() {
    let lx = Lexicon::embedded();
    let mut args = std::env::args().skip(1);
    let out = PathBuf::from(args.next().unwrap());
    let root = PathBuf::from(args.next().unwrap());
    std::fs::create_dir_all(&out).unwrap();
    let w = |n: &str| csv::Writer::from_path(out.join(n)).unwrap();
    let (mut at, mut re, mut me, mut mn, mut de, mut en) = (
        w("attendance.csv"),
        w("relations.csv"),
        w("meetings.csv"),
        w("mentions.csv"),
        w("decisions.csv"),
        w("entities.csv"),
    );
    at.write_record(["document", "person_name", "person_as_written", "status", "capacity", "chair", "substitute_for"])
        .unwrap();
    re.write_record([
        "document",
        "predicate",
        "subject_name",
        "subject_as_written",
        "object_name",
        "object_as_written",
    ])
    .unwrap();
    me.write_record(["document", "date", "start_time", "end_time", "next_meeting", "previous_meeting", "body_name"])
        .unwrap();
    mn.write_record(["document", "text", "kind", "entity"]).unwrap();
    de.write_record(["document", "text"]).unwrap();
    en.write_record(["id", "kind", "name"]).unwrap();
    for s in read::sources(&[root]) {
        for d in s.read(Default::default()) {
            let m = structure::minutes(&d, lx);
            let x = extract::extraction(&d, &m, lx);
            let doc = x.source.path.as_str();
            let name = |n: u32| x.mentions[n as usize].quote.text.split_whitespace().collect::<Vec<_>>().join(" ");
            if let Some(mm) = &x.meeting {
                let o = |v: Option<String>| v.unwrap_or_default();
                me.write_record([
                    doc,
                    &o(mm.date.map(|d| d.to_string())),
                    &o(mm.start_time.map(|d| d.to_string())),
                    &o(mm.end_time.map(|d| d.to_string())),
                    &o(mm.next.map(|d| d.to_string())),
                    &o(mm.previous.first().map(|d| d.to_string())),
                    &o(mm.body.map(name)),
                ])
                .unwrap();
            }
            let mut seen = std::collections::HashSet::new();
            for a in &x.attendance {
                if !seen.insert((name(a.person), a.status)) {
                    continue;
                }
                at.write_record([
                    doc,
                    &name(a.person),
                    &name(a.person),
                    a.status.name(),
                    a.capacity.map_or("", |c| c.name()),
                    if a.chair { "1" } else { "0" },
                    &a.substitute_for.map(name).unwrap_or_default(),
                ])
                .unwrap();
            }
            let term = |t: Term| match t {
                Term::Mention(n) => name(n),
                Term::Item(n) => x.items[n as usize].title.clone(),
                _ => String::new(),
            };
            for s in &x.statements {
                re.write_record([
                    doc,
                    s.predicate.name(),
                    &term(s.subject),
                    &term(s.subject),
                    &term(s.object),
                    &term(s.object),
                ])
                .unwrap();
            }
            for (i, m) in x.mentions.iter().enumerate() {
                let id = format!("{}:{}", m.kind, name(i as u32).to_lowercase());
                mn.write_record([doc, &name(i as u32), m.kind.name(), &id]).unwrap();
                en.write_record([&id, m.kind.name(), &name(i as u32)]).unwrap();
            }
            for d in &x.decisions {
                de.write_record([doc, &d.quote.text]).unwrap();
            }
        }
    }
}

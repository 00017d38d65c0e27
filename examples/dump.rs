//! Shows what was understood of documents.
use quorate::{extract, lexicon::Lexicon, read, structure};
fn main() {
    let lx = Lexicon::embedded();
    for path in std::env::args().skip(1) {
        let bytes = std::fs::read(&path).unwrap();
        let d = read::document(&path, &bytes);
        let m = structure::minutes(&d, lx);
        let t = &d.text;
        println!("#### {path} {:?} {}", m.genre, d.message);
        for x in &d.metadata {
            println!("META {} {:?}", x.key, x.value.of(t));
        }
        if std::env::var("LINES").is_ok() {
            for l in &d.lines {
                println!(
                    "LINE {:?} m={:?} gap={} em={} cells={} {:?}",
                    l.kind,
                    l.marker.map(|m| m.of(t)),
                    l.gap,
                    l.emphasis,
                    l.cells.len(),
                    l.span.of(t).chars().take(130).collect::<String>()
                );
            }
        }
        println!(
            "body={:?} date={:?} start={:?} end={:?} venue={:?}",
            m.header.body.map(|s| s.of(t)),
            m.header.date.map(|x| x.value.to_string()),
            m.header.start_time.map(|x| x.value.to_string()),
            m.header.end_time.map(|x| x.value.to_string()),
            m.header.venue.map(|s| s.of(t))
        );
        println!(
            "prev={:?} next={:?}",
            m.header.previous.iter().map(|x| x.value.to_string()).collect::<Vec<_>>(),
            m.header.next.map(|x| x.value.to_string())
        );
        for b in &m.attendance {
            println!(
                "BLOCK {:?} {:?} cap={:?} chair={} org={:?} {:?} item={:?}",
                b.heading.map(|h| h.of(t)),
                b.status,
                b.capacity,
                b.chair,
                b.organisation.map(|h| h.of(t)),
                b.form,
                b.item
            );
            for e in &b.entries {
                println!("   > {:?} {:?}", e.span.of(t), e.status);
            }
        }
        for i in &m.items {
            println!(
                "ITEM {:?} {:?} pres={:?} parent={:?}",
                i.number.map(|s| s.of(t)),
                i.title.of(t),
                i.presenters.iter().map(|s| s.of(t)).collect::<Vec<_>>(),
                i.parent
            );
        }
        for r in &m.decisions {
            println!(
                "DEC {:?} {} {} {:?} {:?}",
                r.keyword.map(|s| s.of(t)),
                r.verb,
                r.outcome,
                r.limb.map(|s| s.of(t)),
                r.span.of(t).chars().take(90).collect::<String>()
            );
        }
        let x = extract::extraction(&d, &m, lx);
        let name = |n: u32| x.mentions[n as usize].quote.text.to_string();
        for a in &x.attendance {
            println!(
                "ATT {} [{}] {} cap={:?} org={:?} role={:?} sub={:?} {:?}{:?} r={} <{}>",
                name(a.person),
                a.status,
                if a.chair { "CHAIR" } else { "" },
                a.capacity.map(quorate::model::Capacity::name),
                a.organisations.iter().map(|n| name(*n)).collect::<Vec<_>>(),
                a.roles.iter().map(|n| name(*n)).collect::<Vec<_>>(),
                a.substitute_for.map(name),
                a.arrived,
                a.left,
                a.remote,
                a.rule
            );
        }
        for u in &x.unresolved {
            println!("UNRESOLVED {:?} {}", u.quote.text, u.reason);
        }
        if let Some(q) = x.misquoted(t) {
            println!("MISQUOTED {q:?}");
        }
    }
}

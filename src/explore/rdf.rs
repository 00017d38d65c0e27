//! A page as Turtle: the blocks of the build's `graph.ttl` about what the page shows. In: a page. Out: Turtle, with the
//! base and the prefixes of the build. The file is read once, when the first page is asked for in this form. Must never
//! make RDF of its own, which might say something else than the build.

use std::collections::BTreeSet;
use std::path::Path;

use super::page::Page;
use super::store::Store;

/// The blocks of a Turtle file, by subject.
#[derive(Debug)]
pub(super) struct Blocks {
    text: Vec<u8>,
    head: usize,
    /// Subject, start, end; by subject.
    places: Vec<(Box<str>, usize, usize)>,
}

impl Blocks {
    fn open(folder: &Path) -> Option<Self> {
        std::fs::read(folder.join("graph.ttl")).ok().map(Self::new)
    }

    /// Each block begins with a line that starts with its subject; other lines of it begin with white space.
    fn new(text: Vec<u8>) -> Self {
        let mut starts: Vec<usize> = Vec::new();
        let mut head = 0;
        let mut at = 0;
        while at < text.len() {
            let end = memchr::memchr(b'\n', &text[at..]).map_or(text.len(), |found| at + found + 1);
            match text[at] {
                b'@' => head = end,
                b'\t' | b' ' | b'\n' => {}
                _ => starts.push(at),
            }
            at = end;
        }
        let mut places: Vec<(Box<str>, usize, usize)> = Vec::new();
        for (i, start) in starts.iter().enumerate() {
            let end = starts.get(i + 1).copied().unwrap_or(text.len());
            let Some(rest) = text[*start..end].strip_prefix(b"<") else { continue };
            let Some(length) = memchr::memchr(b'>', rest) else { continue };
            if let Ok(subject) = std::str::from_utf8(&rest[..length]) {
                places.push((subject.into(), *start, end));
            }
        }
        places.sort_unstable();
        Self { text, head, places }
    }

    /// Adds where the blocks of a subject stand; of all that begin with it, where it ends in `/`.
    fn find(&self, subject: &str, found: &mut BTreeSet<(usize, usize)>) {
        let from = self.places.partition_point(|(known, ..)| &**known < subject);
        let fits = |known: &str| known == subject || (subject.ends_with('/') && known.starts_with(subject));
        found.extend(
            self.places[from..].iter().take_while(|(known, ..)| fits(known)).map(|(_, start, end)| (*start, *end)),
        );
    }
}

/// The page as Turtle; `None` where the build has none.
pub(super) fn turtle(store: &Store, page: &Page) -> Option<Vec<u8>> {
    let blocks = store.blocks.get_or_init(|| Blocks::open(store.build.folder())).as_ref()?;
    let mut found = BTreeSet::new();
    let cells = page.tables().flat_map(|table| &table.rows).flat_map(|row| &row.cells);
    let linked = cells.chain(page.facts.iter().map(|(_, cell)| cell)).flat_map(|cell| &cell.parts);
    let linked = linked.filter_map(|part| part.to.as_deref());
    for subject in page.subjects.iter().map(String::as_str).chain(linked) {
        blocks.find(subject, &mut found);
    }
    let mut out = blocks.text[..blocks.head].to_vec();
    for (start, end) in found {
        out.extend_from_slice(&blocks.text[start..end]);
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_found_by_subject_and_by_beginning() {
        let text = "@base <x:> .\n@prefix a: <b> .\n<m/1> a a:M ;\n\ta:n \"<m/2>\" .\na:b a a:c .\n<m/1/item/1> a a:I .\n<m/10> a a:M .\n";
        let blocks = Blocks::new(text.as_bytes().to_vec());
        let show = |subject: &str| {
            let mut found = BTreeSet::new();
            blocks.find(subject, &mut found);
            found.into_iter().map(|(start, end)| text[start..end].to_owned()).collect::<String>()
        };
        assert_eq!(show("m/1"), "<m/1> a a:M ;\n\ta:n \"<m/2>\" .\n");
        assert_eq!(show("m/1/"), "<m/1/item/1> a a:I .\n");
        assert_eq!(show("m/"), format!("{}{}{}", show("m/1"), show("m/1/"), show("m/10")));
        assert_eq!(&text[..blocks.head], "@base <x:> .\n@prefix a: <b> .\n");
    }
}

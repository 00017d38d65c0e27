//! Finds sources and fetches their bytes; the only input and output of the stage.
//!
//! In: paths as given on the command line, `-` for standard input. Out: a list of [`Source`]s in a
//! stable order, each of which can be read on its own and in parallel.
//! Never: read a byte before it is asked to, read a device or a pipe, or hide a path that cannot be read.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

use walkdir::WalkDir;

use super::{ReadError, archive, document_of};
use crate::model::{Document, ReadStatus, sha256};

/// What a source may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The largest source that is read, in bytes.
    pub bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: 64 << 20 }
    }
}

/// A source that can be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Path of its document.
    pub path: String,
    place: Place,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Place {
    File(PathBuf),
    StandardInput,
    /// Found, but not to be read: why, and what to do.
    Unreadable(String),
}

/// The sources under some paths: files as they are, folders with all that is in them but hidden
/// files. Sorted by path; the order in which paths are given makes no difference, and a file that is
/// reached twice is one source.
pub fn sources(paths: &[PathBuf]) -> Vec<Source> {
    let mut found = Vec::new();
    let mut standard_input = false;
    for path in paths {
        if path.as_os_str() == "-" {
            standard_input = true;
        } else {
            walk(path, &mut found);
        }
    }
    let mut sources = named_apart(found);
    if standard_input {
        sources.push(Source { path: "standard-input".to_owned(), place: Place::StandardInput });
    }
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    sources
}

impl Source {
    /// Fetches the bytes and reads them; an archive gives a document for each file in it. What cannot be fetched gives
    /// a document that says so.
    pub fn read(&self, limits: Limits) -> Vec<Document> {
        self.parts(limits).into_iter().map(Part::document).collect()
    }

    /// Fetches the bytes, without reading them: a part for each document.
    pub fn parts(&self, limits: Limits) -> Vec<Part> {
        let bytes = match &self.place {
            Place::File(path) => File::open(path).and_then(|file| fetch(file, limits)),
            Place::StandardInput => fetch(io::stdin().lock(), limits),
            Place::Unreadable(message) => return vec![self.skipped(0, message)],
        };
        match bytes {
            Ok(bytes) if bytes.len() as u64 > limits.bytes => {
                let size = self.size().unwrap_or(bytes.len() as u64);
                vec![self.skipped(size, &ReadError::TooLarge { size, limit: limits.bytes }.to_string())]
            }
            Ok(bytes) if archive::is_folder(&self.path, &bytes) => archive::parts(&self.path, &bytes, limits),
            Ok(bytes) => vec![Part::new(&self.path, bytes)],
            Err(error) => vec![self.skipped(0, &cannot(&error))],
        }
    }

    fn size(&self) -> Option<u64> {
        match &self.place {
            Place::File(path) => path.metadata().ok().map(|data| data.len()),
            _ => None,
        }
    }

    fn skipped(&self, bytes: u64, message: &str) -> Part {
        Part::skipped(&self.path, bytes, message)
    }
}

/// A document before it is read.
#[derive(Clone, Debug)]
pub struct Part {
    /// Its path.
    pub path: String,
    /// SHA-256 of its bytes, in lower-case hexadecimal; empty where they could not be had.
    pub sha256: String,
    content: Content,
}

#[derive(Clone, Debug)]
enum Content {
    Bytes(Vec<u8>),
    /// There are none to read: the size of the source, and why.
    Skipped(u64, String),
}

impl Part {
    pub(super) fn new(path: &str, bytes: Vec<u8>) -> Self {
        Self { path: path.to_owned(), sha256: sha256(&bytes), content: Content::Bytes(bytes) }
    }

    pub(super) fn skipped(path: &str, bytes: u64, message: &str) -> Self {
        Self { path: path.to_owned(), sha256: String::new(), content: Content::Skipped(bytes, message.to_owned()) }
    }

    /// Size of the source in bytes.
    pub fn size(&self) -> u64 {
        match &self.content {
            Content::Bytes(bytes) => bytes.len() as u64,
            Content::Skipped(size, _) => *size,
        }
    }

    /// Reads it.
    pub fn document(self) -> Document {
        match self.content {
            Content::Bytes(bytes) => document_of(self.path, self.sha256, &bytes),
            Content::Skipped(bytes, message) => {
                Document { path: self.path, bytes, status: ReadStatus::Skipped, message, ..Document::default() }
            }
        }
    }
}

/// One byte more than the limit shows that the limit is passed, without reading the rest.
fn fetch(from: impl Read, limits: Limits) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(limits.bytes.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn cannot(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file or folder; check the path".to_owned(),
        io::ErrorKind::PermissionDenied => "the file may not be read; give yourself permission to read it".to_owned(),
        _ => format!("the file cannot be read ({error}); copy it to a local disk and try again"),
    }
}

/// A place on disk with the name of its document.
struct Found {
    /// Relative to the path given.
    path: String,
    /// The same place from the root, to tell equal names apart.
    whole: PathBuf,
    place: Place,
}

fn walk(root: &Path, found: &mut Vec<Found>) {
    let base = root.canonicalize().unwrap_or_else(|_| root.to_owned());
    let within = collection(&base);
    for entry in WalkDir::new(root)
        .follow_links(true)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|entry| entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.'))
    {
        let (path, place) = match entry {
            Ok(entry) if entry.file_type().is_dir() => continue,
            Ok(entry) if entry.file_type().is_file() => (entry.path().to_owned(), Place::File(entry.path().to_owned())),
            Ok(entry) => {
                let why = "this is a device, pipe or socket and not a file; give a file or a folder";
                (entry.path().to_owned(), Place::Unreadable(why.to_owned()))
            }
            Err(error) => {
                let why = if let Some(ancestor) = error.loop_ancestor() {
                    format!("this link leads back to `{}`; what is there is read once", relative(root, ancestor, &base))
                } else if error.path().is_some_and(Path::is_symlink) {
                    "this link leads nowhere; mend it or take it away".to_owned()
                } else {
                    error.io_error().map_or_else(|| error.to_string(), cannot)
                };
                (error.path().unwrap_or(root).to_owned(), Place::Unreadable(why))
            }
        };
        let whole = path.canonicalize().unwrap_or_else(|_| base.join(path.strip_prefix(root).unwrap_or(&path)));
        // A link that leads back has the place of its ancestor; it must not stand for it.
        let whole = if matches!(place, Place::Unreadable(_)) { base.join(&path) } else { whole };
        let path = match &within {
            Some(folder) => format!("{folder}/{}", relative(root, &path, &base)),
            None => relative(root, &path, &base),
        };
        found.push(Found { path, whole, place });
    }
}

/// The name of the manifest that makes a folder a collection: a table whose first column, `document`, holds paths
/// within the folder.
const MANIFEST: &str = "MANIFEST.tsv";

/// Where a path lies within the collection that holds it, if a folder above it has a manifest. A document of a collection has one name, however much of the collection is read.
fn collection(base: &Path) -> Option<String> {
    let folder = if base.is_file() { base.parent()? } else { base };
    folder.ancestors().skip(usize::from(base.is_dir())).find_map(|above| {
        let within = slashes(folder.strip_prefix(above).ok()?);
        let manifest = std::fs::read_to_string(above.join(MANIFEST)).ok()?;
        let is_manifest = manifest.lines().next()?.split('\t').next() == Some("document");
        (is_manifest && !within.is_empty()).then_some(within)
    })
}

/// The path of a document: what follows the folder given, or the name of a file given.
fn relative(root: &Path, path: &Path, base: &Path) -> String {
    let within = path.strip_prefix(root).ok().map(slashes).filter(|within| !within.is_empty());
    let name = |path: &Path| path.file_name().map(|name| name.to_string_lossy().into_owned());
    within.or_else(|| name(path)).or_else(|| name(base)).unwrap_or_else(|| ".".to_owned())
}

fn slashes(path: &Path) -> String {
    let parts = path.components().filter_map(|component| match component {
        Component::Normal(part) => Some(part.to_string_lossy()),
        _ => None,
    });
    parts.collect::<Vec<_>>().join("/")
}

/// Gives every source a path of its own. Equal paths are told apart by the folders above them, as
/// many as it takes, the same number for all that share the path; so the paths given can come in any
/// order, and a source keeps its path whatever else is read unless another has the same.
fn named_apart(found: Vec<Found>) -> Vec<Source> {
    let mut seen = BTreeSet::new();
    let mut groups: BTreeMap<String, Vec<Found>> = BTreeMap::new();
    for one in found {
        if seen.insert(one.whole.clone()) {
            groups.entry(one.path.clone()).or_default().push(one);
        }
    }
    let mut taken: BTreeSet<String> =
        groups.iter().filter(|(_, group)| group.len() == 1).map(|(path, _)| path.clone()).collect();
    let mut sources = Vec::new();
    for (path, mut group) in groups {
        if group.len() == 1 {
            sources.extend(group.into_iter().map(|one| Source { path: path.clone(), place: one.place }));
            continue;
        }
        group.sort_by(|a, b| a.whole.cmp(&b.whole));
        let whole: Vec<String> = group.iter().map(|one| slashes(&one.whole)).collect();
        let apart = (path.split('/').count() + 1..64)
            .map(|parts| whole.iter().map(|whole| last_parts(whole, parts)).collect::<Vec<_>>())
            .find(|names| {
                names.iter().collect::<BTreeSet<_>>().len() == names.len()
                    && names.iter().all(|name| !taken.contains(name))
            })
            .unwrap_or(whole);
        for (name, one) in apart.into_iter().zip(group) {
            let mut name = name;
            while !taken.insert(name.clone()) {
                name.push('~');
            }
            sources.push(Source { path: name, place: one.place });
        }
    }
    sources
}

/// The last `count` parts of a path.
fn last_parts(path: &str, count: usize) -> String {
    let parts: Vec<&str> = path.split('/').collect();
    parts[parts.len().saturating_sub(count)..].join("/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};
    use std::fs;

    /// Makes files in a fresh folder and lists the sources under some paths of it.
    fn check(files: &[&str], given: &[&str], expected: &Expect) {
        let folder = tempfile::tempdir().unwrap();
        for file in files {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "Present").unwrap();
        }
        let list = |paths: &mut dyn Iterator<Item = &&str>| {
            let sources = sources(&paths.map(|path| folder.path().join(path)).collect::<Vec<_>>());
            sources.iter().map(|source| source.path.clone() + "\n").collect::<String>()
        };
        expected.assert_eq(&list(&mut given.iter()));
        assert_eq!(list(&mut given.iter()), list(&mut given.iter().rev()), "the order of paths must not matter");
    }

    #[test]
    fn a_document_of_a_collection_has_one_name_however_much_of_it_is_read() {
        let root = tempfile::tempdir().expect("a folder");
        let folder = root.path().join("board");
        std::fs::create_dir(&folder).expect("a folder");
        std::fs::write(folder.join("a.txt"), "Minutes").expect("a file");
        let names = |path: &Path| sources(&[path.to_owned()]).into_iter().map(|s| s.path).collect::<Vec<_>>();
        assert_eq!(names(&folder), ["a.txt"]);
        std::fs::write(root.path().join(MANIFEST), "document\tbody\nboard/a.txt\tBoard\n").expect("a file");
        for path in [folder.clone(), folder.join("a.txt")] {
            assert_eq!(names(&path), ["board/a.txt"]);
        }
        assert!(names(root.path()).contains(&"board/a.txt".to_owned()));
    }

    #[test]
    fn folders_are_walked_in_order_without_hidden_files() {
        check(
            &["b/2.txt", "b/10.txt", "a.txt", ".hidden/x.txt", "b/.y.txt"],
            &[""],
            &expect![[r#"
                a.txt
                b/10.txt
                b/2.txt
            "#]],
        );
    }

    #[test]
    fn equal_names_are_told_apart_by_the_folders_above() {
        check(
            &["north/2014/a.txt", "south/2014/a.txt", "south/b.txt"],
            &["north/2014", "south/2014", "south/b.txt", "south/b.txt"],
            &expect![[r#"
                b.txt
                north/2014/a.txt
                south/2014/a.txt
            "#]],
        );
    }

    #[test]
    fn what_is_not_there_is_a_source_that_says_so() {
        let list = sources(&[PathBuf::from("no/such/folder.txt")]);
        let documents = list[0].read(Limits::default());
        assert_eq!(documents[0].status, ReadStatus::Skipped);
        expect![[r#"there is no such file or folder; check the path"#]].assert_eq(&documents[0].message);
    }

    #[test]
    fn a_source_above_the_limit_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.txt"), "Present: nobody").unwrap();
        let documents = sources(&[folder.path().to_owned()])[0].read(Limits { bytes: 4 });
        assert_eq!((documents[0].status, documents[0].bytes), (ReadStatus::Skipped, 15));
        expect![[r#"the file has 15 bytes, more than the limit of 4; raise the limit or split the file"#]]
            .assert_eq(&documents[0].message);
    }

    #[cfg(unix)]
    #[test]
    fn links_that_lead_back_end() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("in")).unwrap();
        fs::write(folder.path().join("in/a.txt"), "Present").unwrap();
        std::os::unix::fs::symlink(folder.path(), folder.path().join("in/back")).unwrap();
        let list = sources(&[folder.path().to_owned()]);
        let shown: Vec<String> = list
            .iter()
            .flat_map(|source| source.read(Limits::default()))
            .map(|document| format!("{} {:?}", document.path, document.status))
            .collect();
        assert_eq!(shown, ["in/a.txt Read", "in/back Skipped"]);
    }
}

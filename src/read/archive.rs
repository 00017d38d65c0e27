//! Archives of minutes, read as the folders that they are.
//!
//! In: the bytes of a ZIP archive, and what it may cost. Out: the bytes of each file within, and one
//! that says what is wrong for each that cannot be read.
//! Never: write a file, follow a path out of the archive, or expand more than the limits allow.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::format_of;
use super::package::{holds, is_archive};
use super::source::{Limits, Part};

/// Archives within one another.
const DEEPEST: usize = 3;

/// Files of one archive.
const MOST: usize = 20_000;

/// What all files of an archive may have together, as a multiple of the limit of one.
const TOGETHER: u64 = 8;

/// Whether bytes are an archive of files, and no office file, which is an archive too.
pub(super) fn is_folder(path: &str, bytes: &[u8]) -> bool {
    // Workbooks and presentations have this part; books and drawings begin with their media type.
    let is_office = || holds(bytes, "[Content_Types].xml") || bytes.get(30..38).is_some_and(|name| name == b"mimetype");
    is_archive(bytes) && !is_office() && format_of(path, bytes).is_none()
}

/// What an archive holds, to be read as documents.
pub(super) fn parts(path: &str, bytes: &[u8], limits: Limits) -> Vec<Part> {
    let mut budget = Budget { bytes: limits.bytes.saturating_mul(TOGETHER), files: MOST };
    expand(path, bytes, limits, 1, &mut budget)
}

/// What is left to spend.
struct Budget {
    bytes: u64,
    files: usize,
}

fn expand(path: &str, bytes: &[u8], limits: Limits, depth: usize, budget: &mut Budget) -> Vec<Part> {
    let size = bytes.len() as u64;
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else {
        return vec![Part::skipped(path, size, "the archive is cut short or damaged; fetch it again or unpack it")];
    };
    // Sorted by name, so that the order within the archive makes no difference.
    // Those whose path leads out of it are no files to be read.
    let mut entries: BTreeMap<String, Option<usize>> = BTreeMap::new();
    for at in 0..archive.len() {
        let Some(Ok(name)) = archive.name_for_index(at).map(|name| name.map(std::borrow::Cow::into_owned)) else {
            continue;
        };
        if name.ends_with('/') || is_hidden(&name) {
            continue;
        }
        match inner_path(&name) {
            Some(inner) => _ = entries.entry(inner).or_insert(Some(at)),
            None => _ = entries.entry(harmless(name.trim_start_matches(['/', '\\']))).or_insert(None),
        }
    }
    if entries.is_empty() {
        return vec![Part::skipped(path, size, "the archive holds no files; give the one that holds the minutes")];
    }
    let mut parts = Vec::new();
    for (inner, at) in entries {
        let Some(at) = at else {
            let why = "its path leads out of the archive; unpack the archive and look at what it holds";
            parts.push(Part::skipped(&format!("{path}/{inner}"), 0, why));
            continue;
        };
        if budget.files == 0 || budget.bytes == 0 {
            let why = "the archive holds more than is read of one; unpack it and give the folder";
            parts.push(Part::skipped(&format!("{path}/{inner}"), 0, why));
            break;
        }
        budget.files -= 1;
        let whole = format!("{path}/{inner}");
        match fetch(&mut archive, at, limits.bytes.min(budget.bytes)) {
            Ok(inside) => {
                budget.bytes = budget.bytes.saturating_sub(inside.len() as u64);
                if !is_folder(&whole, &inside) {
                    parts.push(Part::new(&whole, inside));
                } else if depth >= DEEPEST {
                    let why = "there are too many archives within one another; unpack the outermost";
                    parts.push(Part::skipped(&whole, inside.len() as u64, why));
                } else {
                    parts.extend(expand(&whole, &inside, limits, depth + 1, budget));
                }
            }
            Err(why) => {
                budget.bytes = budget.bytes.saturating_sub(why.spent);
                parts.push(Part::skipped(&whole, 0, &why.message));
            }
        }
    }
    parts
}

/// Why a file could not be had, and how many bytes it took to find out.
struct Trouble {
    message: String,
    spent: u64,
}

fn fetch(archive: &mut ZipArchive<Cursor<&[u8]>>, at: usize, most: u64) -> Result<Vec<u8>, Trouble> {
    let trouble = |message: &str, spent| Trouble { message: message.to_owned(), spent };
    let file = archive.by_index(at).map_err(|error| match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => {
            trouble("the file is encrypted; unpack the archive with its password", 0)
        }
        ZipError::UnsupportedArchive(_) => {
            trouble("the file is packed in a way that cannot be read; unpack the archive", 0)
        }
        _ => trouble("the file is damaged; fetch the archive again", 0),
    })?;
    let mut bytes = Vec::new();
    let result = file.take(most.saturating_add(1)).read_to_end(&mut bytes);
    let size = bytes.len() as u64;
    if size > most {
        return Err(trouble("the file grows beyond the limit when it is unpacked; unpack it and look at it", size));
    }
    result.map_err(|_| trouble("the file is cut short or damaged; fetch the archive again", size))?;
    Ok(bytes)
}

/// Files that programs put into archives for themselves.
fn is_hidden(name: &str) -> bool {
    name.split(['/', '\\']).any(|part| (part.starts_with('.') && part != ".." && part != ".") || part == "__MACOSX")
}

/// The path within the archive; none where it leads out of it.
fn inner_path(name: &str) -> Option<String> {
    let is_absolute = name.starts_with(['/', '\\']) || name.as_bytes().get(1) == Some(&b':');
    let parts: Vec<&str> = name.split(['/', '\\']).filter(|part| !part.is_empty() && *part != ".").collect();
    let is_within = !is_absolute && !parts.is_empty() && !parts.contains(&"..");
    is_within.then(|| harmless(&parts.join("/")))
}

/// A name without characters that a terminal or a file system takes for something else.
fn harmless(name: &str) -> String {
    let name: String = name.chars().map(|at| if at.is_control() || at == '\\' { '_' } else { at }).collect();
    name.replace("..", "_")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::tests::archive;
    use expect_test::{Expect, expect};

    fn check(bytes: &[u8], limits: Limits, expected: &Expect) {
        let shown = parts("a.zip", bytes, limits).into_iter().map(|part| {
            let document = part.document();
            let message = if document.message.is_empty() { document.text.clone() } else { document.message.clone() };
            format!("{} {:?}: {message}\n", document.path, document.status)
        });
        expected.assert_eq(&shown.collect::<String>());
    }

    #[test]
    fn files_are_documents_and_paths_stay_within() {
        let inner = archive(&[("c.txt", b"Present: C")]);
        let deep = archive(&[("x.zip", &archive(&[("y.zip", &archive(&[("z.txt", b"Present: Z")]))]))]);
        let bytes = archive(&[
            ("2014/b.txt", b"Present: B"),
            ("a.md", b"# A"),
            ("inner.zip", &inner),
            ("deep.zip", &deep),
            ("../up.txt", b"Present"),
            ("/etc/abs.txt", b"Present"),
            ("__MACOSX/a.md", b"x"),
            ("empty.txt", b""),
        ]);
        check(
            &bytes,
            Limits::default(),
            &expect![[r#"
                a.zip/2014/b.txt Read: Present: B
                a.zip/_/up.txt Skipped: its path leads out of the archive; unpack the archive and look at what it holds
                a.zip/a.md Read: A
                a.zip/deep.zip/x.zip/y.zip Skipped: there are too many archives within one another; unpack the outermost
                a.zip/empty.txt Skipped: the file is empty; give the file that holds the minutes
                a.zip/etc/abs.txt Skipped: its path leads out of the archive; unpack the archive and look at what it holds
                a.zip/inner.zip/c.txt Read: Present: C
            "#]],
        );
    }

    #[test]
    fn what_grows_beyond_the_limits_is_left() {
        let limits = Limits { bytes: 1000 };
        let (large, fits) = ("x ".repeat(700), "x ".repeat(490));
        let names: Vec<String> = (0..20).map(|at| format!("{at:02}.txt")).collect();
        let files: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), fits.as_bytes())).collect();
        let documents: Vec<_> = parts("a.zip", &archive(&files), limits).into_iter().map(Part::document).collect();
        assert!(documents.len() < 12 && documents.last().unwrap().message.contains("more than is read"));
        check(
            &archive(&[("a.txt", large.as_bytes())]),
            limits,
            &expect![[r#"
            a.zip/a.txt Skipped: the file grows beyond the limit when it is unpacked; unpack it and look at it
        "#]],
        );
    }

    #[test]
    fn what_is_no_archive_says_so() {
        check(
            &archive(&[("a.txt", b"Present")])[..40],
            Limits::default(),
            &expect![[r#"
            a.zip Skipped: the archive is cut short or damaged; fetch it again or unpack it
        "#]],
        );
        check(
            &archive(&[]),
            Limits::default(),
            &expect![[r#"
            a.zip Skipped: the archive holds no files; give the one that holds the minutes
        "#]],
        );
    }
}

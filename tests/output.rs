//! `output/` is the current result of the first command of the README, byte for byte.

mod built;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use built::{BUILT, root};

const RENEW: &str = "renew it: cargo run --release -- build fixtures/minutes -o output";

#[test]
fn output_is_what_the_first_command_writes() {
    let folder = root().join("output");
    assert!(folder.join("datapackage.json").is_file(), "there is no build in output/; {RENEW}");
    let (kept, built) = (files(&folder), files(&BUILT.folder()));
    let names = |files: &BTreeMap<String, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&kept), names(&built), "output/ and a build of the fixtures hold other files; {RENEW}");
    for (name, bytes) in &kept {
        if bytes != &built[name] {
            let (kept, built) = (String::from_utf8_lossy(bytes), String::from_utf8_lossy(&built[name]));
            let line = kept.lines().zip(built.lines()).position(|(kept, built)| kept != built);
            let at = line.unwrap_or_else(|| kept.lines().count().min(built.lines().count()));
            let of = |text: &str| text.lines().nth(at).unwrap_or("(nothing)").chars().take(300).collect::<String>();
            panic!(
                "output/{name} is not what the build writes now; {RENEW}\n  line {}, it holds  {}\n  must hold  {}",
                at + 1,
                of(&kept),
                of(&built)
            );
        }
    }
}

/// All files of a folder, by their path within it.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    // The cache is no part of the result, and keeps itself out of the repository.
    let entries = walkdir::WalkDir::new(folder).into_iter().filter_entry(|entry| entry.file_name() != ".cache");
    let entries = entries.map(|entry| entry.expect("a folder that can be read"));
    let files = entries.filter(|entry| entry.file_type().is_file());
    files
        .map(|file| {
            let name = file.path().strip_prefix(folder).expect("within").to_string_lossy().replace('\\', "/");
            (name, fs::read(file.path()).expect("a file that can be read"))
        })
        .collect()
}

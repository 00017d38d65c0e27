//! A build that is killed at any point, interrupted, or runs into a full disk leaves the last one whole, and the next
//! one succeeds.
#![cfg(unix)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use rand_mt::Mt64;

/// How many builds are killed; `QUORATE_KILLS` asks for another number.
const KILLS: u64 = 50;

/// What is built in turn: each build differs from the last.
const SOURCES: [&str; 2] = ["fixtures/minutes/marlshire-safer-partnership", "fixtures/minutes/difficulties"];

type Files = Vec<(String, Vec<u8>)>;

fn build(source: &Path, home: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_quorate"));
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join(source);
    command.current_dir(home).args(["build", "-q"]).arg(source).stdin(Stdio::null()).stderr(Stdio::piped());
    command
}

/// All files of a folder with their bytes.
fn files(folder: &Path) -> Files {
    let entries = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(|entry| entry.expect("an entry"));
    let files = entries.filter(|entry| entry.file_type().is_file());
    files.map(|file| (file.path().display().to_string(), fs::read(file.path()).expect("a file"))).collect()
}

/// What lies in the folder in which a build lies.
fn beside(home: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(home)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

fn succeeds(source: &str, home: &Path) -> Files {
    let done = build(Path::new(source), home).output().expect("the program runs");
    assert_eq!(done.status.code(), Some(0), "{}", String::from_utf8_lossy(&done.stderr));
    assert_eq!(beside(home), ["output"]);
    files(&home.join("output"))
}

/// Begins a build, and ends it after some time by a signal; gives how it went.
fn ended_by(signal: &str, after: Duration, source: &str, home: &Path) -> Output {
    let program = build(Path::new(source), home).spawn().expect("the program starts");
    std::thread::sleep(after);
    // Where it is done already, there is nobody to tell.
    let _ = Command::new("kill").args([signal, &program.id().to_string()]).stderr(Stdio::null()).status();
    program.wait_with_output().expect("it ends")
}

#[test]
fn a_build_that_is_killed_at_any_point_leaves_the_last_one_whole_and_the_next_succeeds() {
    let kills = std::env::var("QUORATE_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(KILLS);
    let home = tempfile::tempdir().expect("a folder");
    let whole: Vec<Files> = SOURCES.iter().map(|source| succeeds(source, home.path())).collect();
    let began = Instant::now();
    succeeds(SOURCES[0], home.path());
    let once = began.elapsed();
    let mut numbers = Mt64::new(2014);
    let (mut last, mut untouched) = (0, 0);
    for kill in 0..kills {
        let next = 1 - last;
        let after = once * (numbers.next_u64() % 1100) as u32 / 1000;
        let signal = ["-KILL", "-KILL", "-TERM", "-INT"][kill as usize % 4];
        // What an earlier kill left is cleared away by the next build that comes so far.
        let before = beside(home.path());
        let ended = ended_by(signal, after, SOURCES[next], home.path());
        let now = files(&home.path().join("output"));
        let which = whole.iter().position(|files| *files == now);
        let which = which.unwrap_or_else(|| panic!("{signal} after {after:?}: neither build is whole"));
        untouched += u32::from(which == last);
        if signal != "-KILL" {
            let after_all = beside(home.path());
            assert!(
                after_all.iter().all(|name| before.contains(name)),
                "{signal} after {after:?} leaves {after_all:?}"
            );
            let talk = String::from_utf8_lossy(&ended.stderr);
            let told = ended.status.code() == Some(130) && talk.contains("the last build is untouched");
            // It came when all was done, or before the program knew of signals.
            let unheard = ended.status.code() == Some(0) || ended.status.code().is_none() && which == last;
            assert!(told || unheard, "{signal} after {after:?}: {:?}, {talk}", ended.status);
        }
        last = which;
        // Every fifth time the next build runs to its end; otherwise it finds what was left behind, and is killed too.
        if kill % 5 == 4 {
            last = 1 - last;
            assert!(succeeds(SOURCES[last], home.path()) == whole[last], "a build after a kill differs");
        }
    }
    succeeds(SOURCES[0], home.path());
    assert!(kills < 20 || untouched > 0, "no build was killed in the middle of its work");
}

/// A small disk, as long as it is needed.
struct Disk(PathBuf);

impl Disk {
    /// None where it may not be made.
    fn of_kilobytes(size: u32, at: PathBuf) -> Option<Self> {
        fs::create_dir(&at).expect("a folder");
        let size = format!("size={size}k");
        let mount =
            Command::new("mount").args(["-t", "tmpfs", "-o", &size, "tmpfs"]).arg(&at).stderr(Stdio::null()).status();
        mount.is_ok_and(|status| status.success()).then_some(Self(at))
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).status();
    }
}

#[test]
fn a_full_disk_is_told_and_leaves_the_last_build_whole() {
    let home = tempfile::tempdir().expect("a folder");
    let small = home.path().join("small");
    fs::create_dir(&small).expect("a folder");
    fs::write(
        small.join("a.txt"),
        "Wold Parish Council\n\nMinutes of the meeting of 3 May 2016\n\nPresent: Mrs Ada Vance\n",
    )
    .expect("a file");
    let mut was_full = 0;
    // With each size another file is the one that does not fit.
    for size in [700, 900, 1100, 1300, 1500, 1700] {
        let Some(disk) = Disk::of_kilobytes(size, home.path().join(format!("disk-{size}"))) else {
            eprintln!("skipped: a small disk cannot be made here; it takes root");
            return;
        };
        let last = succeeds(small.to_str().expect("a path"), &disk.0);
        let ended = build(Path::new(SOURCES[0]), &disk.0).output().expect("the program runs");
        if ended.status.code() == Some(0) {
            continue;
        }
        was_full += 1;
        let talk = String::from_utf8_lossy(&ended.stderr);
        assert!(talk.contains("No space left on device") && talk.contains("the last build is untouched"), "{talk}");
        assert_eq!(ended.status.code(), Some(2));
        assert_eq!((files(&disk.0.join("output")), beside(&disk.0)), (last, vec!["output".to_owned()]));
        succeeds(small.to_str().expect("a path"), &disk.0);
    }
    assert!(was_full > 0, "every disk was large enough: make them smaller");
}

#[test]
fn a_build_that_would_take_more_memory_than_it_may_is_told_and_leaves_the_last_build_whole() {
    let home = tempfile::tempdir().expect("a folder");
    let last = succeeds(SOURCES[0], home.path());
    let bounded = |megabytes: &str| {
        let mut next = build(Path::new(SOURCES[1]), home.path());
        next.args(["--max-memory", megabytes]).output().expect("the program runs")
    };
    let ended = bounded("1");
    let talk = String::from_utf8_lossy(&ended.stderr);
    assert!(talk.contains("more than 1 MB of memory; the last build is untouched"), "{talk}");
    assert_eq!(ended.status.code(), Some(2));
    assert_eq!((files(&home.path().join("output")), beside(home.path())), (last, vec!["output".to_owned()]));
    let ended = bounded("4000");
    assert_eq!(ended.status.code(), Some(0), "{}", String::from_utf8_lossy(&ended.stderr));
}

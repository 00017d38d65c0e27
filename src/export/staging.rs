//! A build in the making: a folder beside the output folder, which takes its place as a whole.
//!
//! In go files and texts, from any thread; out comes the output folder, new and complete, or the last
//! build untouched. Where the system can exchange two folders in one step, there is no moment without a
//! build; elsewhere the last build is set aside and put back by the next run if this one is killed in
//! between. A folder that is not a build of ours is never replaced.

use std::collections::BTreeSet;
use std::fs::{self, File, TryLockError};
use std::io::{self, BufWriter, Write};
use std::path::{Component, Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tempfile::TempDir;

use super::{Error, cell};

/// The file that marks a folder as a build.
pub(super) const MARKER: &str = "datapackage.json";
/// The name in that file.
pub(super) const MARKER_NAME: &str = "quorate";

/// What marks a folder as ours, so that it may be replaced.
#[derive(Clone, Copy, Debug)]
struct Marker {
    file: &'static str,
    /// The name in that file, which is JSON.
    name: &'static str,
    /// Why a folder without it is not replaced.
    refusal: &'static str,
}

const BUILD: Marker = Marker {
    file: MARKER,
    name: MARKER_NAME,
    refusal: "this folder holds something that is no build of quorate; empty it, or name another with `-o`",
};

const SITE: Marker = Marker {
    file: "site.json",
    name: "quorate-site",
    refusal: "this folder holds something that is no site of quorate; empty it, or name another",
};

/// The folder of a build in which the next one finds what it need not do again.
const CACHE: &str = ".cache";

/// Locked as long as a build is in the making.
const LOCK: &str = "lock";
const NEW: &str = "new";
const OLD: &str = "old";
/// What file systems allow a name, in bytes.
const LONGEST_NAME: usize = 255;

/// The folder in which a build is made. Dropped without [`Staging::finish`], it leaves nothing behind.
#[derive(Debug)]
pub struct Staging {
    marker: Marker,
    output: PathBuf,
    folder: TempDir,
    making: Making,
    /// Holds the lock; closed after the folder is gone.
    _lock: File,
}

/// The folders in which this process makes builds: a signal ends the whole process, and knows nothing else of it.
/// Locked while a build takes the place of the last one, which is not to be interrupted.
static IN_THE_MAKING: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

fn in_the_making() -> MutexGuard<'static, BTreeSet<PathBuf>> {
    IN_THE_MAKING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A folder of that list, as long as this lives.
#[derive(Debug)]
struct Making(PathBuf);

impl Making {
    /// Makes a folder that is on the list from the first.
    fn folder(prefix: &str, parent: &Path) -> io::Result<(TempDir, Self)> {
        let mut list = in_the_making();
        let folder = tempfile::Builder::new().prefix(prefix).tempdir_in(parent)?;
        list.insert(folder.path().to_owned());
        let making = Self(folder.path().to_owned());
        Ok((folder, making))
    }
}

impl Drop for Making {
    fn drop(&mut self) {
        in_the_making().remove(&self.0);
    }
}

/// Takes away whatever is in the making, while other threads may still write: for a process that is about to end.
pub fn abandon() {
    // Writers that are at work may add a file once more; what is left after some rounds the next build clears away.
    const ROUNDS: usize = 100;
    let folders = in_the_making();
    for folder in folders.iter() {
        let mut rounds = 0..ROUNDS;
        while rounds.next().is_some() && folder.exists() && fs::remove_dir_all(folder).is_err() {}
    }
    // No build takes the place of the last one any more.
    std::mem::forget(folders);
}

impl Staging {
    /// Starts a build that will become the folder `output`, which need not exist, nor its parents.
    /// Removes what a killed build left behind; refuses while another one is running, and where
    /// `output` holds anything that is not a build.
    ///
    /// # Errors
    /// The folder cannot be used, for a reason that the error states.
    pub fn beside(output: &Path) -> Result<Self, Error> {
        Self::marked(output, BUILD)
    }

    /// Starts a site that will become the folder `output`, under the same promises as a build.
    ///
    /// # Errors
    /// The folder cannot be used, for a reason that the error states.
    pub fn site(output: &Path) -> Result<Self, Error> {
        let staging = Self::marked(output, SITE)?;
        staging.put(SITE.file, format!("{{\"name\":\"{}\"}}\n", SITE.name).as_bytes())?;
        Ok(staging)
    }

    fn marked(output: &Path, marker: Marker) -> Result<Self, Error> {
        let output = absolute(output)?;
        let failed = |source| Error::Io { path: output.clone(), source };
        let (Some(parent), Some(name)) = (output.parent(), output.file_name()) else {
            return Err(Error::Output { path: output, reason: "this folder cannot be replaced; name one within it" });
        };
        let prefix = format!(".{}.quorate-", name.to_string_lossy());
        let (folder, making) = Making::folder(&prefix, parent).map_err(failed)?;
        fs::create_dir(folder.path().join(NEW)).map_err(failed)?;
        let lock = lock(folder.path()).map_err(failed)?;
        clear_away(parent, &prefix, folder.path(), &output, marker)?;
        replaceable(&output, marker)?;
        Ok(Self { marker, output, folder, making, _lock: lock })
    }

    /// Keeps the text of a document as `text/<document>.txt`. Refuses what would leave the folder, what no
    /// file can be called, and what another document's text already occupies.
    ///
    /// # Errors
    /// [`Error::Name`] where this document is refused and the build can go on without it; [`Error::Io`] where
    /// writing failed.
    pub fn text(&self, document: &str, text: &str) -> Result<(), Error> {
        let document = cell::plain(document);
        let refused = |reason| Err(Error::Name { document: document.clone().into_owned(), reason });
        let relative = format!("{document}.txt");
        if document.split('/').any(|part| matches!(part, "" | "." | "..")) {
            return refused("its path has an empty, `.` or `..` part");
        }
        if relative.split('/').any(|part| part.len() > LONGEST_NAME) {
            return refused("its name is too long");
        }
        if Path::new(&relative).components().any(|c| !matches!(c, Component::Normal(_))) {
            return refused("its path is not a relative one");
        }
        let path = self.folder.path().join(NEW).join("text").join(&relative);
        let written = self.room(&path).and_then(|()| {
            // Never over another text: on some systems `A.txt` and `a.txt` are one file.
            let mut file = File::create_new(&path)?;
            file.write_all(text.as_bytes())
        });
        match written.as_ref().map_err(io::Error::kind) {
            Ok(()) => Ok(()),
            // A file where a folder must be, or the other way round: a source called `a` beside a folder `a.txt`.
            Err(io::ErrorKind::AlreadyExists | io::ErrorKind::NotADirectory | io::ErrorKind::IsADirectory) => {
                refused("another source takes its place")
            }
            Err(io::ErrorKind::InvalidFilename | io::ErrorKind::InvalidInput) => refused("no file can be called so"),
            Err(_) => written.map_err(|source| Error::Io { path: self.output.join("text").join(&relative), source }),
        }
    }

    /// A file without a name for what is needed until the build stands, on the disk on which it will.
    ///
    /// # Errors
    /// Where none can be made.
    pub fn scratch(&self) -> Result<File, Error> {
        let file = tempfile::tempfile_in(self.folder.path());
        file.map_err(|source| Error::Io { path: self.scratch_place(), source })
    }

    /// What trouble with that file is told of: it has no name of its own.
    pub fn scratch_place(&self) -> PathBuf {
        self.output.clone()
    }

    /// Writes one small file, from any thread.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn put(&self, name: &str, bytes: &[u8]) -> Result<(), Error> {
        let path = self.folder.path().join(NEW).join(name);
        let written = self.room(&path).and_then(|()| fs::write(&path, bytes));
        written.map_err(|source| Error::Io { path: self.output.join(name), source })
    }

    /// Writes one file of the build, buffered, and sees it on the disk.
    pub(super) fn file(
        &self,
        name: &str,
        write: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>,
    ) -> Result<(), Error> {
        let path = self.folder.path().join(NEW).join(name);
        let written = self.room(&path).and_then(|()| {
            let mut out = BufWriter::with_capacity(1 << 16, File::create_new(&path)?);
            write(&mut out)?;
            out.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()
        });
        written.map_err(|source| Error::Io { path: self.output.join(name), source })
    }

    /// Keeps an entry of the cache, which the next build may read; never over another.
    ///
    /// # Errors
    /// Writing failed.
    pub fn cached(&self, name: &str, bytes: &[u8]) -> Result<(), Error> {
        let relative = Path::new(CACHE).join(name);
        let path = self.folder.path().join(NEW).join(&relative);
        let written = self.room(&path).and_then(|()| fs::write(&path, bytes));
        written.map_err(|source| Error::Io { path: self.output.join(relative), source })
    }

    /// The cache of the build that this one replaces, as far as there is one.
    pub fn last_cache(&self) -> PathBuf {
        self.output.join(CACHE)
    }

    /// Makes the folders in which a file will stand, within that of the build: where this one was taken away because the
    /// process is about to end, nothing brings it back.
    fn room(&self, path: &Path) -> io::Result<()> {
        let new = self.folder.path().join(NEW);
        let folders = path.ancestors().skip(1).take_while(|folder| *folder != new);
        for folder in folders.collect::<Vec<_>>().into_iter().rev() {
            match fs::create_dir(folder) {
                Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
                _ => {}
            }
        }
        Ok(())
    }

    /// Makes this the build. On any failure the last one stays.
    ///
    /// # Errors
    /// The build is not complete, or the folders cannot be renamed.
    pub fn finish(self) -> Result<(), Error> {
        let new = self.folder.path().join(NEW);
        let failed = |source| Error::Io { path: self.output.clone(), source };
        if !new.join(self.marker.file).is_file() {
            return Err(failed(io::Error::new(io::ErrorKind::NotFound, "the build is not complete")));
        }
        replaceable(&self.output, self.marker)?;
        let not_now = in_the_making();
        let old = self.folder.path().join(OLD);
        match fs::symlink_metadata(&self.output) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => fs::rename(&new, &self.output).map_err(failed)?,
            Err(error) => return Err(failed(error)),
            // After an exchange the last build stands where the new one stood, and goes with the folder.
            Ok(_) if exchange(&new, &self.output) => {}
            Ok(_) => {
                fs::rename(&self.output, &old).map_err(failed)?;
                if let Err(source) = fs::rename(&new, &self.output) {
                    // The last build goes back to its place; were that to fail too, the next run would do it.
                    if fs::rename(&old, &self.output).is_err() {
                        let _ = self.folder.keep();
                    }
                    return Err(Error::Io { path: self.output, source });
                }
            }
        }
        if let Some(parent) = self.output.parent() {
            sync_folder(parent);
        }
        drop(not_now);
        // The build stands; what is left of the last one is litter, and no reason to fail.
        let _ = self.folder.close();
        drop(self.making);
        Ok(())
    }
}

/// The output folder by its own name: links resolved, so that a link to a folder stays a link.
fn absolute(output: &Path) -> Result<PathBuf, Error> {
    let failed = |source| Error::Io { path: output.to_owned(), source };
    if let Ok(existing) = fs::canonicalize(output) {
        return Ok(existing);
    }
    let parent = match output.parent() {
        Some(parent) if parent.as_os_str().is_empty() => Path::new("."),
        Some(parent) => parent,
        None => Path::new("."),
    };
    let Some(name) = output.file_name() else {
        return Err(Error::Output { path: output.to_owned(), reason: "this is no name for a folder; write another" });
    };
    fs::create_dir_all(parent).map_err(failed)?;
    Ok(fs::canonicalize(parent).map_err(failed)?.join(name))
}

/// Takes the lock of a folder. It gets its name only once it is taken: a folder with a free lock is dead.
fn lock(folder: &Path) -> io::Result<File> {
    let pending = folder.join("lock.new");
    let file = File::create_new(&pending)?;
    file.lock()?;
    fs::rename(pending, folder.join(LOCK))?;
    Ok(file)
}

/// Looks at the other builds of this output folder: a live one is a reason to stop, a dead one is removed.
fn clear_away(parent: &Path, prefix: &str, own: &Path, output: &Path, marker: Marker) -> Result<(), Error> {
    let Ok(entries) = fs::read_dir(parent) else { return Ok(()) };
    let mut folders: Vec<PathBuf> = entries
        .filter_map(|entry| entry.ok().map(|e| e.path()))
        .filter(|path| path != own && path.file_name().is_some_and(|n| n.to_string_lossy().starts_with(prefix)))
        .collect();
    folders.sort();
    for folder in folders {
        // Without its lock it was killed before it got one, or while it was taken away.
        let held = match File::open(folder.join(LOCK)) {
            Ok(file) => file.try_lock(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(_) => continue,
        };
        match held {
            Err(TryLockError::WouldBlock) => {
                let reason = "another build is writing to this folder; wait for it, or name another with `-o`";
                return Err(Error::Output { path: output.to_owned(), reason });
            }
            Err(TryLockError::Error(_)) => {}
            Ok(()) => {
                // Killed between setting the last build aside and putting the new one in its place.
                if !output.exists() && folder.join(OLD).join(marker.file).exists() {
                    let source = folder.join(OLD);
                    fs::rename(source, output).map_err(|source| Error::Io { path: output.to_owned(), source })?;
                }
                let _ = fs::remove_dir_all(&folder);
            }
        }
    }
    Ok(())
}

/// Whether a build, or what else bears the marker, may take this place.
fn replaceable(output: &Path, marker: Marker) -> Result<(), Error> {
    let refused = |reason| Err(Error::Output { path: output.to_owned(), reason });
    let mut entries = match fs::read_dir(output) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
            return refused("this is a file; name a folder with `-o`");
        }
        Err(source) => return Err(Error::Io { path: output.to_owned(), source }),
    };
    let ours = || {
        let text = fs::read(output.join(marker.file)).ok()?;
        let package: serde_json::Value = serde_json::from_slice(&text).ok()?;
        Some(package.get("name")?.as_str()? == marker.name)
    };
    if entries.next().is_none() || ours() == Some(true) {
        return Ok(());
    }
    refused(marker.refusal)
}

/// Exchanges two folders in one step, where the system can.
#[cfg(any(target_os = "linux", target_vendor = "apple"))]
fn exchange(new: &Path, output: &Path) -> bool {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, new, CWD, output, RenameFlags::EXCHANGE).is_ok()
}

/// Exchanges two folders in one step, where the system can.
#[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
fn exchange(_new: &Path, _output: &Path) -> bool {
    false
}

/// Sees the names in a folder on the disk. Some systems cannot, and lose nothing but a build after a power cut.
fn sync_folder(folder: &Path) {
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(staging: &Staging, text: &str) {
        staging.file(MARKER, |out| out.write_all(br#"{"name": "quorate"}"#)).unwrap();
        staging.file("it", |out| out.write_all(text.as_bytes())).unwrap();
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> =
            fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_build_replaces_the_last_one_whole_and_leaves_no_litter() {
        let home = tempfile::tempdir().unwrap();
        let output = home.path().join("new/nested/out");
        for text in ["first", "second"] {
            let staging = Staging::beside(&output).unwrap();
            marked(&staging, text);
            staging.text("a/b", text).unwrap();
            staging.text(text, text).unwrap();
            staging.finish().unwrap();
            assert_eq!(fs::read_to_string(output.join("it")).unwrap(), text);
        }
        assert_eq!(names(output.parent().unwrap()), ["out"]);
        assert_eq!(names(&output.join("text")), ["a", "second.txt"]);
    }

    #[test]
    fn the_last_build_stays_when_a_writer_fails() {
        let home = tempfile::tempdir().unwrap();
        let output = home.path().join("out");
        let first = Staging::beside(&output).unwrap();
        marked(&first, "first");
        first.finish().unwrap();
        let second = Staging::beside(&output).unwrap();
        let full = second.file("graph.ttl", |out| {
            out.write_all(b"half")?;
            Err(io::Error::from(io::ErrorKind::StorageFull))
        });
        assert!(full.unwrap_err().to_string().contains("the last build is untouched"));
        drop(second);
        let incomplete = Staging::beside(&output).unwrap();
        assert!(incomplete.finish().is_err());
        assert_eq!(fs::read_to_string(output.join("it")).unwrap(), "first");
        assert_eq!(names(home.path()), ["out"]);
    }

    #[test]
    fn a_folder_that_is_no_build_is_refused_and_kept() {
        let home = tempfile::tempdir().unwrap();
        fs::write(home.path().join("thesis.txt"), "years of work").unwrap();
        let message = Staging::beside(home.path()).unwrap_err().to_string();
        assert!(message.contains("empty it, or name another with `-o`"), "{message}");
        let file = home.path().join("thesis.txt");
        assert!(Staging::beside(&file).unwrap_err().to_string().contains("this is a file"));
        assert_eq!(names(home.path()), ["thesis.txt"]);
    }

    #[test]
    fn two_builds_into_one_folder_do_not_mix_and_a_dead_one_is_cleared_away() {
        let home = tempfile::tempdir().unwrap();
        let output = home.path().join("out");
        let running = Staging::beside(&output).unwrap();
        assert!(Staging::beside(&output).unwrap_err().to_string().contains("another build"));
        drop(running);
        // A build that was killed between its two renames.
        let dead = home.path().join(".out.quorate-dead");
        fs::create_dir_all(dead.join(OLD)).unwrap();
        fs::write(dead.join(LOCK), "").unwrap();
        fs::write(dead.join(OLD).join(MARKER), r#"{"name":"quorate"}"#).unwrap();
        // And one that was killed before it had its lock.
        fs::create_dir_all(home.path().join(".out.quorate-early").join(NEW)).unwrap();
        drop(Staging::beside(&output).unwrap());
        assert_eq!(names(home.path()), ["out"]);
    }

    #[test]
    fn texts_stay_within_the_folder_and_never_cover_each_other() {
        let home = tempfile::tempdir().unwrap();
        let staging = Staging::beside(&home.path().join("out")).unwrap();
        let long = "x".repeat(300);
        for name in ["../a", "/etc/a", "a/../b", "", "a//b", "./a", &long] {
            assert!(matches!(staging.text(name, ""), Err(Error::Name { .. })), "{name}");
        }
        staging.text("a", "1").unwrap();
        staging.text("a/b", "2").unwrap();
        assert!(matches!(staging.text("a", "3"), Err(Error::Name { .. })));
        assert!(matches!(staging.text("a.txt/b", "4"), Err(Error::Name { .. })));
        staging.text("=a\nb", "5").unwrap();
        assert!(staging.folder.path().join("new/text/'=a b.txt").exists());
    }
}

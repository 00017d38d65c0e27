//! A shelf on the disk, beside the build in the making: what documents say, and most of the graph, is more than memory
//! should hold. The file has no name, so that nothing is left of it however the build ends.
//!
//! Writing and reading do not fail on the spot: the first trouble is kept, and asked for after each stage.

use std::fs::File;
use std::io::{self, Write};
use std::sync::{Mutex, MutexGuard, PoisonError, RwLock};

use crate::model::Shelf;

/// So much is written at a time.
const TOGETHER: usize = 1 << 20;

/// The file, and what is not in it yet.
#[derive(Debug)]
pub(super) struct Spool {
    file: File,
    end: RwLock<End>,
    trouble: Mutex<Option<io::Error>>,
}

/// The end of the file, which is still in memory.
#[derive(Debug)]
struct End {
    at: u64,
    bytes: Vec<u8>,
}

impl Spool {
    /// An empty one, in a file that is nobody else's.
    pub(super) fn new(file: File) -> Self {
        let end = RwLock::new(End { at: 0, bytes: Vec::with_capacity(TOGETHER) });
        Self { file, end, trouble: Mutex::default() }
    }

    /// What went wrong first, once.
    pub(super) fn trouble(&self) -> io::Result<()> {
        self.troubled().take().map_or(Ok(()), Err)
    }

    fn troubled(&self) -> MutexGuard<'_, Option<io::Error>> {
        self.trouble.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Shelf for Spool {
    fn put(&self, bytes: &[u8]) -> u64 {
        let mut end = self.end.write().unwrap_or_else(PoisonError::into_inner);
        let at = end.at + end.bytes.len() as u64;
        end.bytes.extend_from_slice(bytes);
        if end.bytes.len() >= TOGETHER {
            if let Err(error) = (&self.file).write_all(&end.bytes) {
                self.troubled().get_or_insert(error);
            }
            end.at += end.bytes.len() as u64;
            end.bytes.clear();
        }
        at
    }

    fn take(&self, at: u64, length: usize) -> Option<Vec<u8>> {
        let end = self.end.read().unwrap_or_else(PoisonError::into_inner);
        if at >= end.at {
            let from = usize::try_from(at - end.at).ok()?;
            return end.bytes.get(from..from.checked_add(length)?).map(<[u8]>::to_vec);
        }
        drop(end);
        let mut bytes = vec![0; length];
        match read(&self.file, &mut bytes, at) {
            Ok(()) => Some(bytes),
            Err(error) => {
                self.troubled().get_or_insert(error);
                None
            }
        }
    }
}

#[cfg(unix)]
fn read(file: &File, bytes: &mut [u8], at: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, bytes, at)
}

/// Where a read moves the place at which the next write begins, it is moved back.
#[cfg(not(unix))]
fn read(file: &File, bytes: &mut [u8], at: u64) -> io::Result<()> {
    use std::io::{Read, Seek, SeekFrom};
    static ONE: Mutex<()> = Mutex::new(());
    let _one = ONE.lock().unwrap_or_else(PoisonError::into_inner);
    let mut file = file;
    file.seek(SeekFrom::Start(at))?;
    file.read_exact(bytes)?;
    file.seek(SeekFrom::End(0)).map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_is_taken_from_memory_and_from_the_file() {
        let spool = Spool::new(tempfile::tempfile().expect("a file"));
        let row = |i: usize| vec![i as u8; 1000 + i];
        let places: Vec<u64> = (0..3000).map(|i| spool.put(&row(i))).collect();
        for (i, at) in places.iter().enumerate().rev() {
            assert_eq!(spool.take(*at, 1000 + i), Some(row(i)));
        }
        assert!(spool.trouble().is_ok());
        assert_eq!(spool.take(1 << 40, 10), None);
    }

    #[test]
    fn what_cannot_be_written_is_told() {
        let file = tempfile::NamedTempFile::new().expect("a file");
        let spool = Spool::new(File::open(file.path()).expect("a file that cannot be written"));
        spool.put(&vec![0; 2 * TOGETHER]);
        assert_eq!(spool.take(0, 10), None);
        assert!(spool.trouble().is_err());
    }
}

//! The fixtures, built once for a test, through the command line of the library.

#![allow(dead_code, reason = "each test uses a part of it")]

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use quorate::cli::{Console, Exit, run};
use tempfile::TempDir;

/// A folder with a build of the fixtures.
pub(crate) struct Built(TempDir);

/// The build, made when first asked for.
pub(crate) static BUILT: LazyLock<Built> = LazyLock::new(|| {
    let built = Built(tempfile::tempdir().expect("a temporary folder"));
    let fixtures = root().join("fixtures/minutes");
    let done = ran(&["build".into(), fixtures.into(), "-o".into(), built.folder().into()]);
    done.unwrap_or_else(|talk| panic!("the fixtures cannot be built: {talk}"));
    built
});

impl Built {
    /// The folder that was written.
    pub(crate) fn folder(&self) -> PathBuf {
        self.0.path().join("output")
    }
}

/// The repository.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Runs a command line, without the program's name: the data that it printed, or, where it was not done, the talk.
pub(crate) fn ran(arguments: &[OsString]) -> Result<String, String> {
    let (mut out, mut talk) = (Vec::new(), Vec::new());
    let arguments = [OsString::from("quorate")].into_iter().chain(arguments.iter().cloned());
    let exit = run(arguments, &mut Console::new(&mut out, &mut talk));
    let text = |bytes| String::from_utf8(bytes).expect("a command prints text");
    if exit == Exit::Done { Ok(text(out)) } else { Err(text(talk)) }
}

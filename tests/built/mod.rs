//! The fixtures, built once for a test, through the command line of the library.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use quorate::cli::{Console, Exit, run};
use tempfile::TempDir;

/// What a command did.
pub(crate) struct Ran {
    pub(crate) exit: Exit,
    pub(crate) out: String,
    pub(crate) talk: String,
}

/// A build of the fixtures: its folder, and what the command printed.
pub(crate) struct Built {
    folder: TempDir,
    pub(crate) ran: Ran,
}

/// The build, made when first asked for.
pub(crate) static BUILT: LazyLock<Built> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let output = folder.path().join("output");
    let fixtures = root().join("fixtures/minutes");
    let ran = ran(&["build".into(), fixtures.into(), "-o".into(), output.into()]);
    assert_eq!(ran.exit, Exit::Done, "the fixtures cannot be built: {}", ran.talk);
    Built { folder, ran }
});

impl Built {
    /// The folder that was written.
    pub(crate) fn folder(&self) -> PathBuf {
        self.folder.path().join("output")
    }
}

/// The repository.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Runs a command line, without the program's name.
pub(crate) fn ran(arguments: &[OsString]) -> Ran {
    let (mut out, mut talk) = (Vec::new(), Vec::new());
    let mut console = Console::new(&mut out, &mut talk);
    let exit = run([OsString::from("quorate")].into_iter().chain(arguments.iter().cloned()), &mut console);
    drop(console);
    let text = |bytes| String::from_utf8(bytes).expect("a command prints text");
    Ran { exit, out: text(out), talk: text(talk) }
}

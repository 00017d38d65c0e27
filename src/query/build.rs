//! A build folder, opened for questions. In: the folder that `quorate build` wrote. Out: its tables as
//! rows of [`crate::model::table`], each read once and only when asked for, and the texts.
//! Must never write, and never read a file outside the folder.

use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};
use std::sync::OnceLock;

use serde::de::DeserializeOwned;

use super::Error;
use crate::model::table::{
    ActionRow, AttendanceRow, ComparisonRow, DecisionRow, DocumentRow, EntityRow, ItemRow, MeetingRow, MentionRow,
    PanelRow, RelationRow, Table, TenureRow, UnresolvedRow,
};

macro_rules! build {
    ($($name:ident: $row:ident),+ $(,)?) => {
        /// An opened build.
        #[derive(Debug)]
        pub struct Build {
            folder: PathBuf,
            $($name: OnceLock<Vec<$row>>),+
        }

        impl Build {
            fn at(folder: &Path) -> Self {
                Self { folder: folder.to_owned(), $($name: OnceLock::new()),+ }
            }

            $(
                #[doc = concat!("The rows of the table `", stringify!($name), "`.")]
                ///
                /// # Errors
                /// Where the file is missing, or is no table of this program.
                pub fn $name(&self) -> Result<&[$row], Error> {
                    if let Some(rows) = self.$name.get() {
                        return Ok(rows);
                    }
                    let rows = read(&self.folder, &$row::TABLE)?;
                    Ok(self.$name.get_or_init(|| rows))
                }
            )+
        }
    };
}

build! {
    documents: DocumentRow,
    meetings: MeetingRow,
    attendance: AttendanceRow,
    panel: PanelRow,
    tenures: TenureRow,
    entities: EntityRow,
    relations: RelationRow,
    mentions: MentionRow,
    items: ItemRow,
    decisions: DecisionRow,
    actions: ActionRow,
    comparisons: ComparisonRow,
    unresolved: UnresolvedRow,
}

impl Build {
    /// Opens a folder.
    ///
    /// # Errors
    /// Where the folder is no build.
    pub fn open(folder: &Path) -> Result<Self, Error> {
        let shown = folder.display();
        if !folder.is_dir() {
            return Err(Error::new(
                format!("there is no folder `{shown}`"),
                format!("make a build first: quorate build FOLDER-OF-MINUTES -o {shown}"),
            ));
        }
        if !folder.join("entities.csv").is_file() {
            return Err(Error::new(
                format!("`{shown}` is no build: it has no entities.csv"),
                "name the folder that `quorate build … -o FOLDER` wrote: --graph FOLDER",
            ));
        }
        Ok(Self::at(folder))
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The text of a document.
    ///
    /// # Errors
    /// Where the build holds no such text.
    pub fn text(&self, document: &str) -> Result<String, Error> {
        let relative = format!("{document}.txt");
        let inside = Path::new(&relative).components().all(|part| matches!(part, Component::Normal(_)));
        let path = self.folder.join("text").join(&relative);
        let unreadable = |why: &str| {
            Error::new(
                format!("{}: {why}", path.display()),
                "the build is incomplete: build it again with `quorate build`",
            )
        };
        if !inside {
            return Err(unreadable("leads out of the build"));
        }
        std::fs::read_to_string(&path).map_err(|e| unreadable(&e.to_string()))
    }
}

/// Reads a table.
fn read<R: DeserializeOwned>(folder: &Path, table: &Table) -> Result<Vec<R>, Error> {
    let path = folder.join(format!("{}.csv", table.name));
    let again = "build the folder again with this version: quorate build FOLDER-OF-MINUTES";
    let file = std::fs::File::open(&path).map_err(|e| {
        let why = if e.kind() == ErrorKind::NotFound { "is missing".to_owned() } else { e.to_string() };
        Error::new(format!("{} {why}", path.display()), again)
    })?;
    let mut reader = csv::Reader::from_reader(std::io::BufReader::with_capacity(1 << 16, file));
    let headers = reader.headers().map_err(|e| Error::new(format!("{}: {e}", path.display()), again))?.clone();
    if let Some(column) = table.columns.iter().find(|column| !headers.iter().any(|header| header == column.name)) {
        return Err(Error::new(format!("{} has no column `{}`", path.display(), column.name), again));
    }
    reader.deserialize().collect::<Result<_, _>>().map_err(|e| Error::new(format!("{}: {e}", path.display()), again))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::sample;

    #[test]
    fn tables_are_read_when_asked_for() {
        let folder = sample::folder();
        let build = Build::open(folder.path()).expect("a build");
        assert_eq!(build.attendance().expect("a table"), crate::model::sample::attendance());
        assert!(build.text("2014.txt").expect("a text").starts_with("Minutes of"));
    }

    #[test]
    fn what_is_no_build_says_how_to_make_one() {
        let folder = tempfile::tempdir().expect("a folder");
        let error = Build::open(folder.path()).expect_err("no build");
        assert!(error.what.contains("is no build") && error.help.contains("quorate build"), "{error:?}");
        let error = Build::open(&folder.path().join("nowhere")).expect_err("no folder");
        assert!(error.help.contains("quorate build"), "{error:?}");
    }

    #[test]
    fn a_missing_column_is_named() {
        let folder = sample::folder();
        std::fs::write(folder.path().join("items.csv"), "item,meeting\n").expect("written");
        let build = Build::open(folder.path()).expect("a build");
        let error = build.items().expect_err("a column is missing");
        assert!(error.what.contains("no column `number`"), "{error:?}");
    }

    #[test]
    fn no_text_outside_the_folder_is_read() {
        let folder = sample::folder();
        let build = Build::open(folder.path()).expect("a build");
        assert!(build.text("../entities.csv").is_err());
        assert!(build.text("/etc/passwd").is_err());
    }
}

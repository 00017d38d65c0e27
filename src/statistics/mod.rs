//! Numbers about a build. In: rows of its tables. Out: figures that always carry their denominator.
//! Must never print, and never count a meeting without a recorded list.

mod attendance;
mod coverage;
mod observation;

pub use attendance::{By, Facts, Figure, Report, Selection, attendance};
pub use coverage::{Coverage, Gap, Missing, coverage};

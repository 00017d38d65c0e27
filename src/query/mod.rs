//! Questions about a build. In: a folder that `quorate build` wrote, and a question. Out: plain values.
//! Must never print, and never write.

mod build;
pub mod endpoint;
mod error;
pub mod explain;
mod graph;
mod lines;
mod load;
pub mod name;
pub mod named;
mod needs;
pub mod parameter;
#[cfg(test)]
pub(crate) mod sample;
pub mod sparql;
mod terms;
pub mod who;

pub use build::Build;
pub use error::Error;

//! Writes a folder of invented minutes to measure with: `cargo run --release --example generate -- 100000 FOLDER`.
//! Bodies meet forty times each; the same number gives the same files.

use std::error::Error;
use std::path::Path;

#[path = "../benches/generator.rs"]
mod generator;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [number, folder] = arguments.as_slice() else { return Err("give a number of documents and a folder".into()) };
    for number in 0..number.parse()? {
        let (name, text) = generator::meeting(number);
        let path = Path::new(folder).join(name);
        if number % generator::SERIES == 0 {
            std::fs::create_dir_all(path.parent().ok_or("a name without a folder")?)?;
        }
        std::fs::write(path, text)?;
    }
    Ok(())
}

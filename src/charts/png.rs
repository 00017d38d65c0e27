//! A picture as PNG: the SVG rendered by resvg with the font that comes with the program, so that the machine's fonts
//! change nothing.

use std::sync::Arc;

use resvg::{tiny_skia, usvg};

/// More pixels than any picture here needs.
const MOST: f32 = 20_000.0;

/// Renders an SVG of this part; `scale` is pixels for each of its units.
///
/// # Errors
/// Where the picture is larger than a PNG should be.
pub fn png(svg: &str, scale: f32) -> Result<Vec<u8>, String> {
    let mut fonts = usvg::fontdb::Database::new();
    fonts.load_font_data(dejavu::sans::regular().to_vec());
    fonts.load_font_data(dejavu::sans::bold().to_vec());
    fonts.set_sans_serif_family("DejaVu Sans");
    let options =
        usvg::Options { fontdb: Arc::new(fonts), font_family: "DejaVu Sans".to_owned(), ..usvg::Options::default() };
    let tree = usvg::Tree::from_str(svg, &options).map_err(|e| e.to_string())?;
    let (width, height) = (tree.size().width() * scale, tree.size().height() * scale);
    let too_large = || format!("{width} by {height} pixels are too many for a PNG");
    if width > MOST || height > MOST {
        return Err(too_large());
    }
    let mut pixels = tiny_skia::Pixmap::new(width.ceil() as u32, height.ceil() as u32).ok_or_else(too_large)?;
    resvg::render(&tree, tiny_skia::Transform::from_scale(scale, scale), &mut pixels.as_mut());
    pixels.encode_png().map_err(|e| e.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::{CHARTS, sample::Sample};

    #[test]
    fn every_chart_becomes_a_png_and_the_same_one_twice() {
        let sample = Sample::new(5, 4);
        for chart in CHARTS {
            let svg = chart.draw(&sample.request()).svg;
            let first = png(&svg, 1.0).expect("a picture");
            assert!(first.starts_with(b"\x89PNG"), "{}", chart.name);
            assert_eq!(first, png(&svg, 1.0).expect("a picture"));
        }
        assert!(png("<svg", 1.0).is_err());
    }

    /// `QUORATE_CHARTS=folder cargo test charts_to_look_at` writes charts of three sizes, for a person's eyes.
    #[test]
    fn charts_to_look_at() {
        let Some(folder) = std::env::var_os("QUORATE_CHARTS").map(std::path::PathBuf::from) else { return };
        for (people, meetings) in [(5, 8), (30, 24), (100, 50)] {
            let sample = Sample::new(people, meetings);
            for chart in CHARTS {
                let image = png(&chart.draw(&sample.request()).svg, 1.0).expect("a picture");
                std::fs::write(folder.join(format!("{}-{people}.png", chart.name)), image).expect("a file");
            }
        }
    }
}

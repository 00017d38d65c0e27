//! Writes SVG: shapes and text in the order in which they are given, numbers rounded so that the bytes are the same
//! everywhere. Must never write text that is not escaped.

use std::fmt::Write as _;

use super::palette::{FAINT, INK};

/// The family of all text: the fonts that resemble the one with which widths are reckoned.
const FONT: &str = "'DejaVu Sans', Verdana, Geneva, sans-serif";

/// A picture in the making.
#[derive(Debug, Default)]
pub(super) struct Svg {
    body: String,
}

impl Svg {
    /// A number with one decimal at most.
    pub(super) fn number(value: f64) -> String {
        let rounded = (value * 10.0).round() / 10.0;
        // No minus before nothing.
        if rounded == 0.0 { "0".to_owned() } else { format!("{rounded}") }
    }

    /// About how wide some text is; rather too wide than too narrow.
    pub(super) fn width_of(text: &str, size: f64) -> f64 {
        let wide = |c: char| match c {
            'i' | 'l' | 'j' | '\'' | '.' | ',' | '|' => 0.34,
            'f' | 't' | 'r' | ' ' | '-' | '(' | ')' => 0.44,
            'm' | 'w' | 'M' | 'W' => 0.96,
            c if c.is_uppercase() => 0.74,
            c if c.is_ascii() => 0.64,
            _ => 0.8,
        };
        text.chars().map(wide).sum::<f64>() * size
    }

    /// Text that fits a width, cut where it does not.
    pub(super) fn fitting(text: &str, size: f64, width: f64) -> String {
        if Self::width_of(text, size) <= width {
            return text.to_owned();
        }
        let mut cut: String = text.to_owned();
        while !cut.is_empty() && Self::width_of(&cut, size) + size > width {
            cut.pop();
        }
        format!("{}…", cut.trim_end())
    }

    /// A rectangle.
    pub(super) fn rect(&mut self, x: f64, y: f64, width: f64, height: f64, fill: &str, more: &str) {
        let [x, y, width, height] = [x, y, width, height].map(Self::number);
        let space = if more.is_empty() { "" } else { " " };
        let _ = writeln!(
            self.body,
            "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"{fill}\"{space}{more}/>"
        );
    }

    /// A line.
    pub(super) fn line(&mut self, x1: f64, y1: f64, x2: f64, y2: f64, stroke: &str, width: f64) {
        let [x1, y1, x2, y2, width] = [x1, y1, x2, y2, width].map(Self::number);
        let _ = writeln!(
            self.body,
            "<line x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\" stroke=\"{stroke}\" stroke-width=\"{width}\"/>"
        );
    }

    /// A circle.
    pub(super) fn circle(&mut self, x: f64, y: f64, radius: f64, fill: &str) {
        let [x, y, radius] = [x, y, radius].map(Self::number);
        let _ = writeln!(self.body, "<circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\" fill=\"{fill}\"/>");
    }

    /// A curve from one point to another, drawn towards a third.
    pub(super) fn curve(&mut self, from: (f64, f64), to: (f64, f64), towards: (f64, f64), more: &str) {
        let [x1, y1, x2, y2, x, y] = [from.0, from.1, to.0, to.1, towards.0, towards.1].map(Self::number);
        let _ = writeln!(self.body, "<path d=\"M{x1} {y1}Q{x} {y} {x2} {y2}\" fill=\"none\" {more}/>");
    }

    /// Text at its base line.
    pub(super) fn text(&mut self, x: f64, y: f64, words: &str, more: &str) {
        let [x, y] = [x, y].map(Self::number);
        let fill = if more.contains("fill=") { String::new() } else { format!(" fill=\"{INK}\"") };
        let _ = writeln!(self.body, "<text x=\"{x}\" y=\"{y}\"{fill} {more}>{}</text>", escaped(words));
    }

    /// Begins a group whose words show where a pointer rests on it.
    pub(super) fn begin(&mut self, words: &str) {
        let _ = writeln!(self.body, "<g><title>{}</title>", escaped(words));
    }

    /// Ends a group.
    pub(super) fn end(&mut self) {
        self.body.push_str("</g>\n");
    }

    /// Heading and what is beneath it; returns where the drawing may begin.
    pub(super) fn heading(&mut self, title: &str, below: &str, width: f64) -> f64 {
        self.text(20.0, 30.0, &Self::fitting(title, 18.0, width - 40.0), "font-size=\"18\" font-weight=\"bold\"");
        let mut y = 50.0;
        for line in wrapped(below, 12.0, width - 40.0) {
            self.text(20.0, y, &line, &format!("font-size=\"12\" fill=\"{FAINT}\""));
            y += 16.0;
        }
        y
    }

    /// The whole file.
    pub(super) fn finish(self, width: f64, height: f64, title: &str, description: &str) -> String {
        let [width, height] = [width.ceil(), height.ceil()].map(Self::number);
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" \
             height=\"{height}\" role=\"img\" font-family=\"{FONT}\">\n<title>{}</title>\n<desc>{}</desc>\n\
             <rect width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>\n{}</svg>\n",
            escaped(title),
            escaped(description),
            self.body
        )
    }
}

/// Words in lines that fit a width.
fn wrapped(words: &str, size: f64, width: f64) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in words.split(' ').filter(|word| !word.is_empty()) {
        let Some(last) = lines.last_mut() else { break };
        if !last.is_empty() && Svg::width_of(last, size) + Svg::width_of(word, size) + size > width {
            lines.push(word.to_owned());
        } else {
            if !last.is_empty() {
                last.push(' ');
            }
            last.push_str(word);
        }
    }
    lines
}

/// Text that markup cannot break and that XML can hold.
fn escaped(text: &str) -> String {
    let allowed = |c: &char| !c.is_control() && !matches!(*c, '\u{fffe}' | '\u{ffff}');
    let plain: String = text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).filter(allowed).collect();
    quick_xml::escape::escape(&plain).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short_and_never_minus_nothing() {
        assert_eq!([1.0, 1.25, -0.01, 12.34].map(Svg::number), ["1", "1.3", "0", "12.3"]);
    }

    #[test]
    fn text_is_cut_to_its_width_and_escaped() {
        let cut = Svg::fitting("The Northshire Probation Trust", 10.0, 80.0);
        assert!(cut.ends_with('…') && Svg::width_of(&cut, 10.0) < 90.0, "{cut}");
        assert_eq!(escaped("a<b>&\"\u{1}c"), "a&lt;b&gt;&amp;&quot;c");
        assert_eq!(wrapped("one two three", 10.0, 45.0).len(), 3);
    }
}

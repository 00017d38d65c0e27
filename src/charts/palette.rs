//! Colours and signs. The colours are those of Okabe and Ito, which colour-blind readers tell apart; each status has a
//! sign of its own too, so that no chart rests on colour alone.

use super::svg::Svg;

/// Ink of text and lines.
pub(super) const INK: &str = "#222222";
/// Text that may be overlooked.
pub(super) const FAINT: &str = "#666666";
/// Lines that may be overlooked.
pub(super) const GRID: &str = "#dddddd";

const ORANGE: &str = "#e69f00";
const SKY: &str = "#56b4e9";
const GREEN: &str = "#009e73";
const YELLOW: &str = "#f0e442";
const BLUE: &str = "#0072b2";
const VERMILION: &str = "#d55e00";
const PURPLE: &str = "#cc79a7";
const GREY: &str = "#999999";

/// Colours for things that have no colour of their own, in turn; grey is for what is not known.
pub(super) const TURN: &[&str] = &[BLUE, VERMILION, GREEN, PURPLE, ORANGE, SKY, YELLOW];

/// How somebody stands at a meeting, as charts show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Mark {
    /// Present.
    Present,
    /// Present in another's place.
    Substitute,
    /// Apologies, and nobody came instead.
    Apologies,
    /// Away, and somebody came instead.
    Replaced,
    /// Listed as absent.
    Absent,
    /// Not named by a list between first and last listing.
    NotMentioned,
    /// No list at all.
    NotRecorded,
    /// Spoke for an organisation at a meeting whose list does not name them, or that has none.
    Spoke,
}

impl Mark {
    /// Those that a list can give, in the order of a legend.
    pub(super) const LISTED: &'static [Self] = &[
        Self::Present,
        Self::Substitute,
        Self::Apologies,
        Self::Replaced,
        Self::Absent,
        Self::NotMentioned,
        Self::NotRecorded,
    ];

    /// From a status of a table, and whether a substitute is in play.
    pub(super) fn new(status: &str, in_anothers_place: bool, replaced: bool) -> Self {
        match (status, in_anothers_place, replaced) {
            ("present", true, _) => Self::Substitute,
            ("present", ..) => Self::Present,
            (_, _, true) => Self::Replaced,
            ("apologies", ..) => Self::Apologies,
            ("absent", ..) => Self::Absent,
            _ => Self::NotMentioned,
        }
    }

    /// For a legend.
    pub(super) const fn label(self) -> &'static str {
        match self {
            Self::Present => "present",
            Self::Substitute => "present, in another's place",
            Self::Apologies => "apologies",
            Self::Replaced => "away, a substitute came",
            Self::Absent => "absent",
            Self::NotMentioned => "not mentioned",
            Self::NotRecorded => "no list recorded",
            Self::Spoke => "spoke for it, not listed",
        }
    }

    /// Draws it in a square of this size, with its corner at `x`, `y`.
    pub(super) fn draw(self, svg: &mut Svg, x: f64, y: f64, size: f64) {
        let sign = |svg: &mut Svg, fill: &str, ink: &str, letter: &str| {
            svg.rect(x, y, size, size, fill, "");
            svg.text(
                x + size / 2.0,
                y + size * 0.78,
                letter,
                &format!(
                    "font-size=\"{}\" text-anchor=\"middle\" fill=\"{ink}\" font-weight=\"bold\"",
                    Svg::number(size * 0.78)
                ),
            );
        };
        match self {
            Self::Present => svg.rect(x, y, size, size, BLUE, ""),
            Self::Substitute => sign(svg, SKY, INK, "S"),
            Self::Apologies => sign(svg, ORANGE, INK, "A"),
            Self::Replaced => sign(svg, PURPLE, INK, "R"),
            Self::Absent => sign(svg, VERMILION, "#ffffff", "X"),
            Self::Spoke => sign(svg, GREEN, "#ffffff", "P"),
            Self::NotMentioned => {
                svg.rect(x + 0.5, y + 0.5, size - 1.0, size - 1.0, "#ffffff", &format!("stroke=\"{GREY}\""));
            }
            Self::NotRecorded => {
                svg.rect(x, y, size, size, "#eeeeee", "");
                svg.line(x, y + size, x + size, y, GREY, 1.0);
            }
        }
    }

    /// The colour of its area.
    pub(super) const fn colour(self) -> &'static str {
        match self {
            Self::Present => BLUE,
            Self::Substitute => SKY,
            Self::Apologies => ORANGE,
            Self::Replaced => PURPLE,
            Self::Absent => VERMILION,
            Self::NotMentioned => GRID,
            Self::NotRecorded => "#eeeeee",
            Self::Spoke => GREEN,
        }
    }
}

/// A legend of some marks in a row, wrapped to a width; returns its height.
pub(super) fn legend(svg: &mut Svg, x: f64, y: f64, width: f64, marks: &[Mark]) -> f64 {
    let (mut at, mut down) = (0.0, 0.0);
    for mark in marks {
        let wide = 26.0 + Svg::width_of(mark.label(), 12.0);
        if at > 0.0 && at + wide > width {
            (at, down) = (0.0, down + 20.0);
        }
        mark.draw(svg, x + at, y + down, 13.0);
        svg.text(x + at + 18.0, y + down + 11.0, mark.label(), "font-size=\"12\"");
        at += wide + 8.0;
    }
    down + 20.0
}

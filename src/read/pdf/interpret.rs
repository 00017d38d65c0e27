//! What a page shows: its letters with their places, and its straight lines.
//!
//! In: a page of a [`File`]. Out: a [`Sheet`], in points from the top left of the page as it is seen.
//! Never: draw; follow an object that is within itself; work on a file without end.

use std::collections::BTreeMap;
use std::rc::Rc;

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Object, ObjectId};

use super::font::Font;
use super::lines;
use super::open::{File, Page};

/// Operations that are carried out for one file, and letters that are kept.
const OPERATIONS: usize = 20_000_000;
const GLYPHS: usize = 4_000_000;
/// Forms within forms, and states that are kept.
const DEEPEST: usize = 12;
const STATES: usize = 512;

/// A letter, or several that are one glyph.
#[derive(Clone, Debug, Default)]
pub(super) struct Glyph {
    pub(super) letters: String,
    /// Where it starts on its base line.
    pub(super) x: f32,
    pub(super) y: f32,
    /// Where it ends.
    pub(super) end: f32,
    /// The size of its font as it is seen.
    pub(super) size: f32,
    pub(super) bold: bool,
    /// Level of the heading that the file says it is in, from 1; 0 for none.
    pub(super) heading: u8,
    /// Whether the file says that it is page furniture.
    pub(super) artifact: bool,
    /// Direction of writing in quarter turns.
    pub(super) turns: u8,
}

/// A straight line that is drawn, upright or level.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Rule {
    pub(super) is_level: bool,
    /// Its place across itself, and its ends.
    pub(super) at: f32,
    pub(super) from: f32,
    pub(super) to: f32,
}

/// What a page shows.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    pub(super) width: f32,
    pub(super) height: f32,
    pub(super) glyphs: Vec<Glyph>,
    pub(super) rules: Vec<Rule>,
    pub(super) images: usize,
    /// Letters that nothing in the file names.
    pub(super) nameless: usize,
}

/// Turns of a plane: `x' = a x + c y + e`, `y' = b x + d y + f`.
#[derive(Clone, Copy, Debug)]
struct Matrix([f32; 6]);

impl Matrix {
    const ONE: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    /// This one first, then the other.
    fn then(self, next: Self) -> Self {
        let ([a, b, c, d, e, f], [g, h, i, j, k, l]) = (self.0, next.0);
        Self([a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + l])
    }

    fn of(self, x: f32, y: f32) -> (f32, f32) {
        let [a, b, c, d, e, f] = self.0;
        (a * x + c * y + e, b * x + d * y + f)
    }
}

/// What `q` keeps and `Q` brings back.
#[derive(Clone)]
struct State {
    matrix: Matrix,
    font: Option<Rc<Font>>,
    size: f32,
    spacing: f32,
    word_spacing: f32,
    stretch: f32,
    leading: f32,
    rise: f32,
    mode: i64,
}

/// A marked piece of content.
#[derive(Clone, Default)]
struct Mark {
    artifact: bool,
    heading: u8,
    /// What stands for all its letters; taken by the first.
    actual: Option<String>,
    is_replaced: bool,
}

/// Reads the pages of one file; fonts and what is left of the limits are shared by them.
pub(super) struct Interpreter<'f> {
    file: &'f File,
    fonts: BTreeMap<ObjectId, Rc<Font>>,
    operations: usize,
    glyphs: usize,
}

impl<'f> Interpreter<'f> {
    pub(super) fn new(file: &'f File) -> Self {
        Self { file, fonts: BTreeMap::new(), operations: OPERATIONS, glyphs: GLYPHS }
    }

    /// Whether a limit was reached, so that something is missing.
    pub(super) fn is_spent(&self) -> bool {
        self.operations == 0 || self.glyphs == 0
    }

    pub(super) fn sheet(&mut self, page: &Page) -> Sheet {
        let [left, bottom, right, top] = page.frame;
        let (width, height) = (right - left, top - bottom);
        // From the page's axes to points from the top left, after its turns.
        let (matrix, width, height) = match page.turns {
            1 => (Matrix([0.0, 1.0, 1.0, 0.0, -bottom, -left]), height, width),
            2 => (Matrix([-1.0, 0.0, 0.0, 1.0, right, -bottom]), width, height),
            3 => (Matrix([0.0, -1.0, -1.0, 0.0, top, right]), height, width),
            _ => (Matrix([1.0, 0.0, 0.0, -1.0, -left, top]), width, height),
        };
        let mut run = Run {
            shared: self,
            sheet: Sheet { width, height, ..Sheet::default() },
            state: State {
                matrix,
                font: None,
                size: 0.0,
                spacing: 0.0,
                word_spacing: 0.0,
                stretch: 1.0,
                leading: 0.0,
                rise: 0.0,
                mode: 0,
            },
            states: Vec::new(),
            marks: Vec::new(),
            text: Matrix::ONE,
            line: Matrix::ONE,
            path: Vec::new(),
            start: (0.0, 0.0),
            point: (0.0, 0.0),
            forms: Vec::new(),
        };
        let content = run.shared.file.content(page.id);
        let none = Dictionary::new();
        run.content(&content, page.resources.as_ref().unwrap_or(&none));
        run.sheet
    }
}

/// The state of one page.
struct Run<'i, 'f> {
    shared: &'i mut Interpreter<'f>,
    sheet: Sheet,
    state: State,
    states: Vec<State>,
    marks: Vec<Mark>,
    text: Matrix,
    line: Matrix,
    /// Straight lines of the path so far.
    path: Vec<((f32, f32), (f32, f32))>,
    start: (f32, f32),
    point: (f32, f32),
    /// Forms that are being drawn.
    forms: Vec<ObjectId>,
}

impl Run<'_, '_> {
    fn content(&mut self, content: &[u8], resources: &Dictionary) {
        let (states, marks) = (self.states.len(), self.marks.len());
        for operation in Content::decode_iter(content) {
            let Ok(operation) = operation else { break };
            if self.shared.operations == 0 || self.shared.glyphs == 0 {
                break;
            }
            self.shared.operations -= 1;
            self.operation(&operation, resources, states);
        }
        self.marks.truncate(marks);
        if self.states.len() > states {
            self.state = self.states.swap_remove(states);
            self.states.truncate(states);
        }
    }

    fn operation(&mut self, operation: &Operation, resources: &Dictionary, states: usize) {
        let operands = operation.operands.as_slice();
        let number = |at: usize| operands.get(at).and_then(|operand| operand.as_float().ok()).unwrap_or(0.0);
        let six = || Matrix([number(0), number(1), number(2), number(3), number(4), number(5)]);
        match operation.operator.as_str() {
            "q" if self.states.len() < STATES => self.states.push(self.state.clone()),
            "Q" if self.states.len() > states => self.state = self.states.pop().unwrap_or(self.state.clone()),
            "cm" => self.state.matrix = six().then(self.state.matrix),
            "BT" => (self.text, self.line) = (Matrix::ONE, Matrix::ONE),
            "Tf" => {
                self.state.size = number(1);
                self.state.font = operands.first().and_then(|name| self.font(resources, name.as_name().ok()?));
            }
            "Tc" => self.state.spacing = number(0),
            "Tw" => self.state.word_spacing = number(0),
            "Tz" => self.state.stretch = number(0) / 100.0,
            "TL" => self.state.leading = number(0),
            "Ts" => self.state.rise = number(0),
            "Tr" => self.state.mode = number(0) as i64,
            "Td" => self.next_line(number(0), number(1)),
            "TD" => {
                self.state.leading = -number(1);
                self.next_line(number(0), number(1));
            }
            "Tm" => (self.text, self.line) = (six(), six()),
            "T*" => self.next_line(0.0, -self.state.leading),
            "Tj" => self.show(operands),
            "'" | "\"" => {
                if let [word_spacing, spacing, _] = operands {
                    self.state.word_spacing = word_spacing.as_float().unwrap_or(0.0);
                    self.state.spacing = spacing.as_float().unwrap_or(0.0);
                }
                self.next_line(0.0, -self.state.leading);
                self.show(&operands[operands.len().saturating_sub(1)..]);
            }
            "TJ" => {
                if let Some(Object::Array(pieces)) = operands.first() {
                    self.show(pieces);
                }
            }
            "BMC" | "BDC" => self.begin(operands, resources),
            "EMC" => drop(self.marks.pop()),
            "Do" => {
                if let Some(Ok(name)) = operands.first().map(Object::as_name) {
                    self.object(resources, name);
                }
            }
            "BI" => self.sheet.images += 1,
            "m" => {
                self.point = (number(0), number(1));
                self.start = self.point;
            }
            "l" => self.draw((number(0), number(1))),
            "c" => self.point = (number(4), number(5)),
            "v" | "y" => self.point = (number(2), number(3)),
            "h" => self.draw(self.start),
            "re" => {
                let (x, y, w, h) = (number(0), number(1), number(2), number(3));
                (self.start, self.point) = ((x, y), (x, y));
                for corner in [(x + w, y), (x + w, y + h), (x, y + h), (x, y)] {
                    self.draw(corner);
                }
            }
            "S" | "s" | "f" | "F" | "f*" | "B" | "B*" | "b" | "b*" => self.stroke(),
            "n" => self.path.clear(),
            _ => {}
        }
    }

    fn font(&mut self, resources: &Dictionary, name: &[u8]) -> Option<Rc<Font>> {
        let file = self.shared.file;
        let fonts = file.dict(resources, b"Font")?;
        let object = fonts.get(name).ok()?;
        let id = object.as_reference().ok();
        if let Some(font) = id.and_then(|id| self.shared.fonts.get(&id)) {
            return Some(Rc::clone(font));
        }
        let font = Rc::new(Font::read(file, file.follow(object)?.as_dict().ok()?));
        if let Some(id) = id {
            self.shared.fonts.insert(id, Rc::clone(&font));
        } else {
            // A font that has no number is read anew wherever it is named; that costs.
            self.shared.operations = self.shared.operations.saturating_sub(1000);
        }
        Some(font)
    }

    fn next_line(&mut self, x: f32, y: f32) {
        self.line = Matrix([1.0, 0.0, 0.0, 1.0, x, y]).then(self.line);
        self.text = self.line;
    }

    /// Shows strings; numbers between them move back.
    fn show(&mut self, pieces: &[Object]) {
        let Some(font) = self.state.font.clone() else { return };
        for piece in pieces {
            match piece {
                Object::String(bytes, _) => {
                    let mut rest = bytes.as_slice();
                    while !rest.is_empty() && self.shared.glyphs > 0 {
                        let code = font.code(rest);
                        rest = &rest[code.length.min(rest.len())..];
                        let space = self.state.spacing + if code.is_space { self.state.word_spacing } else { 0.0 };
                        self.glyph(&font, code.letters, code.width);
                        self.step((code.width * self.state.size + space) * self.state.stretch);
                    }
                }
                other => {
                    let back = other.as_float().unwrap_or(0.0) / 1000.0;
                    self.step(-back * self.state.size * self.state.stretch);
                }
            }
        }
    }

    fn step(&mut self, by: f32) {
        self.text = Matrix([1.0, 0.0, 0.0, 1.0, by, 0.0]).then(self.text);
    }

    fn glyph(&mut self, font: &Font, letters: Option<String>, width: f32) {
        self.shared.glyphs -= 1;
        let mut letters = letters.unwrap_or_else(|| {
            self.sheet.nameless += 1;
            lines::NAMELESS.to_string()
        });
        for mark in &mut self.marks {
            if mark.is_replaced {
                letters = mark.actual.take().unwrap_or_default();
                break;
            }
        }
        let state = &self.state;
        let scale = Matrix([state.size * state.stretch, 0.0, 0.0, state.size, 0.0, state.rise]);
        let matrix = scale.then(self.text).then(state.matrix);
        let ((x, y), (end_x, end_y)) = (matrix.of(0.0, 0.0), matrix.of(width, 0.0));
        let [a, b, c, d, ..] = matrix.0;
        let (along, across) = (a.hypot(b), c.hypot(d));
        if letters.is_empty() || ![x, y, end_x, end_y].iter().all(|at| at.abs() < 50_000.0) || along * across < 0.01 {
            return;
        }
        // Letters that stand at an angle (a watermark) are none of the lines.
        let turns = if b.abs() * 8.0 < a.abs() {
            if a > 0.0 { 0 } else { 2 }
        } else if a.abs() * 8.0 < b.abs() {
            if b > 0.0 { 1 } else { 3 }
        } else {
            return;
        };
        let (width, height) = (self.sheet.width, self.sheet.height);
        // Each direction has axes of its own, in which its lines are level.
        let (x, y, end) = match turns {
            0 => (x, y, end_x),
            1 => (y, width - x, end_y),
            2 => (width - x, height - y, width - end_x),
            _ => (height - y, x, height - end_y),
        };
        self.sheet.glyphs.push(Glyph {
            letters,
            x: x.min(end),
            y,
            end: end.max(x),
            size: across,
            bold: font.bold || state.mode == 2,
            heading: self.marks.iter().map(|mark| mark.heading).max().unwrap_or(0),
            artifact: self.marks.iter().any(|mark| mark.artifact),
            turns,
        });
    }

    /// The start of marked content: furniture, a heading, or letters that stand for those shown.
    fn begin(&mut self, operands: &[Object], resources: &Dictionary) {
        let file = self.shared.file;
        let tag = operands.first().and_then(|tag| tag.as_name().ok()).unwrap_or_default();
        let properties = match operands.get(1) {
            Some(Object::Dictionary(dict)) => Some(dict),
            Some(Object::Name(name)) => {
                file.dict(resources, b"Properties").and_then(|properties| file.dict(properties, name))
            }
            _ => None,
        };
        let heading = match tag {
            b"Title" | b"H" => 1,
            [b'H', level @ b'1'..=b'6'] => level - b'0',
            _ => 0,
        };
        let actual = properties.and_then(|dict| lopdf::decode_text_string(file.get(dict, b"ActualText")?).ok());
        if self.marks.len() < STATES {
            self.marks.push(Mark { artifact: tag == b"Artifact", heading, is_replaced: actual.is_some(), actual });
        }
    }

    /// Draws an object: a form, which is content of its own, or an image.
    fn object(&mut self, resources: &Dictionary, name: &[u8]) {
        let file = self.shared.file;
        let Some(objects) = file.dict(resources, b"XObject") else { return };
        let Some(Object::Stream(form)) = file.get(objects, name) else { return };
        let id = objects.get(name).and_then(Object::as_reference).unwrap_or_default();
        if file.name(&form.dict, b"Subtype") != Some(b"Form") {
            self.image();
            return;
        }
        if self.forms.len() >= DEEPEST || self.forms.contains(&id) {
            return;
        }
        self.forms.push(id);
        let kept = (self.state.clone(), self.text, self.line, std::mem::take(&mut self.path));
        if let Some(matrix) = file.numbers::<6>(&form.dict, b"Matrix") {
            self.state.matrix = Matrix(matrix).then(self.state.matrix);
        }
        let content = file.unpack(form);
        // Drawing costs, also where nothing is drawn: a form may be named without end.
        self.shared.operations = self.shared.operations.saturating_sub(10 + content.len() / 64);
        let own = file.dict(&form.dict, b"Resources").unwrap_or(resources);
        self.content(&content, own);
        (self.state, self.text, self.line, self.path) = kept;
        self.forms.pop();
    }

    /// An image no larger than a letter may be a bullet: a letter without a name.
    fn image(&mut self) {
        self.sheet.images += 1;
        let ((left, a), (right, b)) = (self.state.matrix.of(0.0, 0.0), self.state.matrix.of(1.0, 1.0));
        let (height, y) = ((a - b).abs(), a.max(b));
        if (2.0..24.0).contains(&height) && (2.0..24.0).contains(&(right - left)) && self.shared.glyphs > 0 {
            self.shared.glyphs -= 1;
            self.sheet.glyphs.push(Glyph {
                letters: lines::NAMELESS.to_string(),
                x: left,
                y: y - 0.2 * height,
                end: right,
                size: height * 0.8,
                ..Glyph::default()
            });
        }
    }

    fn draw(&mut self, to: (f32, f32)) {
        if self.path.len() < 100_000 {
            self.path.push((self.point, to));
        }
        self.point = to;
    }

    /// Keeps the level and upright lines of the path. Two sides of a thin box are one line soon after.
    fn stroke(&mut self) {
        for (from, to) in std::mem::take(&mut self.path) {
            let (from, to) = (self.state.matrix.of(from.0, from.1), self.state.matrix.of(to.0, to.1));
            let (across, down) = ((from.0 - to.0).abs(), (from.1 - to.1).abs());
            if self.sheet.rules.len() > 100_000 || !(across + down).is_finite() || across.max(down) < 4.0 {
                continue;
            }
            if down < 1.0 {
                let (at, from, to) = (from.1.midpoint(to.1), from.0.min(to.0), from.0.max(to.0));
                self.sheet.rules.push(Rule { is_level: true, at, from, to });
            } else if across < 1.0 {
                let (at, from, to) = (from.0.midpoint(to.0), from.1.min(to.1), from.1.max(to.1));
                self.sheet.rules.push(Rule { is_level: false, at, from, to });
            }
        }
    }
}

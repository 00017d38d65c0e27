//! Judgements: a person's decisions that two names are the same, different, or unsure.
//!
//! In: text, one JSON array a line as nomenklatura writes them
//! (`[target, source, judgement, score, user, created_at]`). Out: the list, or the first line that is wrong
//! with its line and column. Reading the file is for the caller. Blank lines and lines that start with `#`
//! are left out.
//!
//! A name is an identifier of the build (`person/bob-bearne`), or a place in a document
//! (`minutes/2014.txt#char=120,133`, code points), which names the mention that stands there.

use serde_json::Value;

/// What a person decided of two names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// The same.
    Positive,
    /// Different.
    Negative,
    /// Cannot tell: neither joins nor separates.
    Unsure,
}

impl Verdict {
    /// The word in the file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Positive => "positive",
            Self::Negative => "negative",
            Self::Unsure => "unsure",
        }
    }
}

/// A line of a judgements file.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgement {
    /// One name.
    pub target: String,
    /// The other.
    pub source: String,
    /// What was decided.
    pub verdict: Verdict,
    /// Score at the time, kept as it is.
    pub score: Option<f64>,
    /// Who decided.
    pub user: Option<String>,
    /// When, as written.
    pub created_at: Option<String>,
}

impl Judgement {
    /// The judgement as a line of the file, without its line end.
    pub fn line(&self) -> String {
        let text = |t: &Option<String>| t.clone().map_or(Value::Null, Value::String);
        let score = self.score.and_then(serde_json::Number::from_f64).map_or(Value::Null, Value::Number);
        Value::Array(vec![
            Value::String(self.target.clone()),
            Value::String(self.source.clone()),
            Value::String(self.verdict.name().to_owned()),
            score,
            text(&self.user),
            text(&self.created_at),
        ])
        .to_string()
    }
}

/// A line that is no judgement.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "line {line}, column {column}: {problem}; write [\"target\", \"source\", \"positive\", null, \"user\", \"2014-03-13T10:00:00\"]"
)]
pub struct ParseJudgementError {
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1.
    pub column: usize,
    /// What is wrong.
    pub problem: String,
}

/// Reads the lines of a judgements file.
///
/// # Errors
/// The first line that is no judgement.
pub fn judgements(text: &str) -> Result<Vec<Judgement>, ParseJudgementError> {
    let lines = text.trim_start_matches('\u{feff}').lines().enumerate();
    lines
        .filter(|(_, line)| !line.trim().is_empty() && !line.trim_start().starts_with('#'))
        .map(|(i, line)| {
            judgement(line).map_err(|(column, problem)| ParseJudgementError { line: i + 1, column, problem })
        })
        .collect()
}

fn judgement(line: &str) -> Result<Judgement, (usize, String)> {
    let start = line.len() - line.trim_start().len() + 1;
    let values: Vec<Value> = serde_json::from_str(line).map_err(|error| {
        let what = error.to_string();
        let what = what.split(" at line ").next().unwrap_or("no JSON").to_owned();
        (error.column().max(start), what)
    })?;
    if values.len() < 3 || values.len() > 6 {
        return Err((start, format!("{} values where 3 to 6 are needed", values.len())));
    }
    let columns = columns(line);
    let column = |i: usize| columns.get(i).copied().unwrap_or(start);
    let name = |i: usize, what: &str| match &values[i] {
        Value::String(name) if !name.trim().is_empty() => Ok(name.trim().to_owned()),
        other => Err((column(i), format!("`{other}` is no {what}"))),
    };
    let (target, source) = (name(0, "identifier of a target")?, name(1, "identifier of a source")?);
    if target == source {
        return Err((column(1), format!("`{source}` is judged against itself")));
    }
    let verdict = match values[2].as_str() {
        Some("positive") => Verdict::Positive,
        Some("negative") => Verdict::Negative,
        Some("unsure" | "no_judgement") => Verdict::Unsure,
        _ => return Err((column(2), format!("`{}` is none of positive, negative, unsure", values[2]))),
    };
    let score = match values.get(3) {
        None | Some(Value::Null) => None,
        Some(Value::Number(score)) => score.as_f64(),
        Some(other) => return Err((column(3), format!("`{other}` is no score"))),
    };
    let text = |i: usize| match values.get(i) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(other) => Err((column(i), format!("`{other}` is no text"))),
    };
    Ok(Judgement { target, source, verdict, score, user: text(4)?, created_at: text(5)? })
}

/// Columns at which the values of a JSON array on one line start, from 1, in characters.
fn columns(line: &str) -> Vec<usize> {
    let (mut columns, mut quoted, mut escaped, mut waiting) = (Vec::new(), false, false, false);
    for (i, c) in line.chars().enumerate() {
        if waiting && !c.is_whitespace() {
            columns.push(i + 1);
            waiting = false;
        }
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            '[' | ',' if !quoted => waiting = true,
            _ => {}
        }
    }
    columns
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read_and_written_as_nomenklatura_does() {
        let line = r#"["person/a","person/b","positive",0.91,"ann","2026-01-01T10:00:00"]"#;
        let read = judgements(&format!("# ours\n\n{line}\n")).expect("a judgement");
        assert_eq!(read.len(), 1);
        assert_eq!(read[0].verdict, Verdict::Positive);
        assert_eq!(read[0].line(), line);
        assert_eq!(judgements(r#"["a", "b", "unsure", null, null, null]"#).map(|j| j[0].verdict), Ok(Verdict::Unsure));
    }

    #[test]
    fn a_wrong_line_is_refused_with_its_place() {
        let wrong = |text: &str| judgements(text).map_err(|e| (e.line, e.column)).expect_err("no judgement");
        assert_eq!(wrong("[\"a\", \"b\", \"positive\"]\n[\"a\", \"b\", \"maybe\"]"), (2, 12));
        assert_eq!(wrong("[\"a\", 7, \"positive\"]"), (1, 7));
        assert_eq!(wrong("[\"a\"]"), (1, 1));
        assert_eq!(wrong("[\"a\", \"a\", \"negative\"]"), (1, 7));
        assert_eq!(wrong("{\"a\": 1}").0, 1);
        assert_eq!(wrong("[\"a\", \"b\", \"positive\"").0, 1);
    }
}

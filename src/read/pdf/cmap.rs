//! Character maps: from codes of a font to letters, or to the numbers of its glyphs.
//!
//! In: the bytes of a CMap. Out: ranges, looked up by halving. Never: unfold a range, which may cover
//! four thousand million codes; follow another map.

/// What a range of codes stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Target {
    /// Letters for the first code; the last letter counts on.
    Letters(Vec<u16>),
    /// A glyph for the first code; glyphs count on.
    Glyph(u32),
}

/// A character map.
#[derive(Clone, Debug, Default)]
pub(super) struct CMap {
    /// Length in bytes, first and last code.
    spaces: Vec<(usize, u32, u32)>,
    /// First and last code, sorted.
    ranges: Vec<(u32, u32, Target)>,
}

/// Ranges that are kept of one map.
const MOST: usize = 200_000;

#[derive(Debug, PartialEq)]
enum Token<'b> {
    /// A hexadecimal string.
    Code(Vec<u8>),
    Number(u32),
    Open,
    Close,
    Word(&'b [u8]),
}

impl CMap {
    /// Codes of two bytes that are numbers of glyphs.
    pub(super) fn identity() -> Self {
        Self { spaces: vec![(2, 0, 0xffff)], ranges: vec![(0, 0xffff, Target::Glyph(0))] }
    }

    pub(super) fn parse(bytes: &[u8]) -> Self {
        let mut map = Self::default();
        let mut operands: Vec<Token<'_>> = Vec::new();
        let mut at = 0;
        while let Some(token) = token(bytes, &mut at) {
            let Token::Word(word) = token else {
                if operands.len() < MOST {
                    operands.push(token);
                }
                continue;
            };
            match word {
                b"endcodespacerange" => map.spaces(&operands),
                b"endbfchar" => map.pairs(&operands),
                b"endbfrange" | b"endcidrange" => map.triples(&operands),
                b"endcidchar" => map.pairs(&operands),
                _ => {}
            }
            operands.clear();
        }
        map.ranges.truncate(MOST);
        map.ranges.sort_by_key(|(first, last, _)| (*first, *last));
        map
    }

    fn spaces(&mut self, operands: &[Token<'_>]) {
        for pair in operands.chunks_exact(2) {
            if let [Token::Code(first), Token::Code(last)] = pair
                && (1..=4).contains(&first.len())
                && self.spaces.len() < 256
            {
                self.spaces.push((first.len(), number(first), number(last)));
            }
        }
    }

    fn pairs(&mut self, operands: &[Token<'_>]) {
        for pair in operands.chunks_exact(2) {
            if let Token::Code(code) = &pair[0]
                && let Some(target) = target(&pair[1])
            {
                self.ranges.push((number(code), number(code), target));
            }
        }
    }

    fn triples(&mut self, operands: &[Token<'_>]) {
        let mut rest = operands;
        while let [Token::Code(first), Token::Code(last), third, after @ ..] = rest {
            let (first, last) = (number(first), number(last));
            rest = after;
            if *third == Token::Open {
                let close = after.iter().position(|token| *token == Token::Close).unwrap_or(after.len());
                for (code, letters) in (first..=last).zip(&after[..close]) {
                    if let Some(target) = target(letters) {
                        self.ranges.push((code, code, target));
                    }
                }
                rest = after.get(close + 1..).unwrap_or_default();
            } else if let Some(target) = target(third) {
                self.ranges.push((first, last.max(first), target));
            }
        }
    }

    /// Whether nothing is mapped.
    pub(super) fn is_empty(&self) -> bool {
        self.ranges.is_empty()
    }

    /// The next code of a string, and its length.
    pub(super) fn code(&self, bytes: &[u8]) -> (u32, usize) {
        for length in 1..=bytes.len().min(4) {
            let code = number(&bytes[..length]);
            let within = |&(size, first, last): &(usize, u32, u32)| {
                size == length
                    && (0..length as u32).all(|at| {
                        let byte = |code: u32| (code >> (8 * at)) as u8;
                        (byte(first)..=byte(last)).contains(&byte(code))
                    })
            };
            if self.spaces.iter().any(within) {
                return (code, length);
            }
        }
        let length = self.spaces.iter().map(|space| space.0).min().unwrap_or(2).min(bytes.len());
        (number(&bytes[..length]), length)
    }

    /// The letters of a code.
    pub(super) fn letters(&self, code: u32) -> Option<String> {
        let (first, Target::Letters(units)) = self.find(code)? else { return None };
        let mut units = units.clone();
        if let Some(last) = units.last_mut() {
            *last = last.wrapping_add((code - first) as u16);
        }
        Some(char::decode_utf16(units).filter_map(Result::ok).collect())
    }

    /// The glyph of a code.
    pub(super) fn glyph(&self, code: u32) -> Option<u32> {
        let (first, Target::Glyph(glyph)) = self.find(code)? else { return None };
        glyph.checked_add(code - first)
    }

    fn find(&self, code: u32) -> Option<(u32, &Target)> {
        let after = self.ranges.partition_point(|(first, _, _)| *first <= code);
        // Ranges should not overlap; where they do, a few before may still hold the code.
        let found = self.ranges[..after].iter().rev().take(4).find(|(_, last, _)| code <= *last)?;
        Some((found.0, &found.2))
    }
}

fn target(token: &Token<'_>) -> Option<Target> {
    match token {
        Token::Code(bytes) if bytes.len() == 1 => Some(Target::Letters(vec![bytes[0].into()])),
        Token::Code(bytes) => {
            let units = bytes.chunks_exact(2).take(16).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
            Some(Target::Letters(units.collect()))
        }
        Token::Number(glyph) => Some(Target::Glyph(*glyph)),
        _ => None,
    }
}

fn number(bytes: &[u8]) -> u32 {
    bytes.iter().take(4).fold(0, |number, byte| number << 8 | u32::from(*byte))
}

fn token<'b>(bytes: &'b [u8], at: &mut usize) -> Option<Token<'b>> {
    loop {
        let first = *bytes.get(*at)?;
        *at += 1;
        match first {
            b'%' => *at += bytes[*at..].iter().take_while(|byte| !matches!(byte, b'\n' | b'\r')).count(),
            b'[' => return Some(Token::Open),
            b']' => return Some(Token::Close),
            b'<' if bytes.get(*at) != Some(&b'<') => {
                let length = bytes[*at..].iter().take_while(|byte| **byte != b'>').count();
                let digits: Vec<u8> = bytes[*at..*at + length]
                    .iter()
                    .filter_map(|byte| char::from(*byte).to_digit(16).map(|digit| digit as u8))
                    .take(64)
                    .collect();
                *at = (*at + length + 1).min(bytes.len());
                return Some(Token::Code(
                    digits.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).unwrap_or(&0)).collect(),
                ));
            }
            byte if byte.is_ascii_alphanumeric() || byte == b'-' => {
                let start = *at - 1;
                let ends = |byte: &u8| byte.is_ascii_whitespace() || b"[]<>/(){}%".contains(byte);
                *at += bytes[*at..].iter().take_while(|byte| !ends(byte)).count();
                let word = &bytes[start..*at];
                let number = std::str::from_utf8(word).ok().and_then(|word| word.parse().ok());
                return Some(number.map_or(Token::Word(word), Token::Number));
            }
            b'/' => *at += bytes[*at..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count(),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_become_letters() {
        let map = CMap::parse(
            b"/CIDInit /ProcSet findresource begin 1 begincodespacerange <0000> <ffff> endcodespacerange\n\
              1 beginbfchar <0003> <0020> endbfchar % a comment\n2 beginbfrange <0024><0026><0041>\n\
              <0030> <0031> [<00660069> <D835DC00>] endbfrange",
        );
        let shown: Vec<_> = [3, 0x25, 0x30, 0x31, 0x99].map(|code| map.letters(code)).into();
        assert_eq!(shown, [Some(" ".into()), Some("B".into()), Some("fi".into()), Some("𝐀".into()), None]);
        assert_eq!(map.code(&[0, 0x25, 0]), (0x25, 2));
    }

    #[test]
    fn a_range_over_everything_costs_nothing() {
        let map = CMap::parse(b"1 beginbfrange <00000000> <ffffffff> <0041> endbfrange <00");
        assert_eq!(map.letters(1), Some("B".into()));
    }
}

//! Whether a text is English, by its commonest words. In: a text. Out: yes or no. Never names another language.

/// The commonest words of English that other languages do not share, which hold two fifths of any prose and a tenth of any list.
const COMMON: &[&str] = &[
    "the", "of", "and", "to", "in", "for", "was", "that", "be", "on", "is", "by", "with", "from", "at", "it", "as",
    "were", "this", "not", "are", "have", "had", "will", "which", "an", "or", "meeting", "minutes",
];

/// Fewest words that tell.
const ENOUGH: usize = 60;
/// Share of common words, in a hundred, below which a text is not English.
const LEAST: usize = 8;

/// Whether a text is English prose as far as can be told; a text of few words is taken for English. Reads the first
/// five thousand words.
pub fn is_english(text: &str) -> bool {
    let (mut words, mut common) = (0_usize, 0_usize);
    let all = text.split(|c: char| !(c.is_alphabetic() || c == '\'' || c == '’')).filter(|word| !word.is_empty());
    for word in all.take(5000) {
        words += 1;
        common += usize::from(COMMON.iter().any(|known| word.eq_ignore_ascii_case(known)));
    }
    words < ENOUGH || common * 100 >= words * LEAST
}

#[cfg(test)]
mod tests {
    use super::is_english;

    #[test]
    fn prose_and_lists_in_english_are_english() {
        assert!(is_english(
            &"The clerk read the letter from the county, and it was agreed that a reply be sent. ".repeat(8)
        ));
        assert!(is_english(
            &"Present: Ada Fenn (Chair), Tom Reed of the Housing Office. In attendance: two. ".repeat(8)
        ));
        assert!(is_english("Cofnodion"));
    }

    #[test]
    fn other_languages_are_not() {
        assert!(!is_english(
            &"Croesawodd y Cadeirydd bawb i'r cyfarfod, a derbyniwyd y cofnodion fel rhai cywir. ".repeat(8)
        ));
        assert!(!is_english(
            &"Le président a ouvert la séance et le procès-verbal a été adopté par les membres. ".repeat(8)
        ));
    }
}

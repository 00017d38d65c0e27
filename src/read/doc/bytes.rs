//! Bytes of which nothing is known.
//!
//! In: offsets that a file gives. Out: numbers in little-endian order, or nothing.
//! Never: read beyond the end.

/// Some bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bytes<'b>(pub(super) &'b [u8]);

impl<'b> Bytes<'b> {
    pub(super) fn u8(self, at: usize) -> Option<u8> {
        self.0.get(at).copied()
    }

    pub(super) fn u16(self, at: usize) -> Option<u16> {
        let bytes = self.0.get(at..at.checked_add(2)?)?;
        Some(u16::from_le_bytes(bytes.try_into().ok()?))
    }

    pub(super) fn u32(self, at: usize) -> Option<u32> {
        let bytes = self.0.get(at..at.checked_add(4)?)?;
        Some(u32::from_le_bytes(bytes.try_into().ok()?))
    }

    /// A part of the bytes; less where they end before it does.
    pub(super) fn part(self, start: usize, length: usize) -> Option<Bytes<'b>> {
        let end = start.saturating_add(length).min(self.0.len());
        self.0.get(start..end).map(Bytes)
    }

    pub(super) fn len(self) -> usize {
        self.0.len()
    }
}

//! The sum by which bytes are known again.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

/// SHA-256 of some bytes, in lower-case hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut sum, byte| {
        let _ = write!(sum, "{byte:02x}");
        sum
    })
}

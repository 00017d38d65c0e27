//! The objects of a PDF: opening, pages, and references followed with care.
//!
//! In: bytes. Out: a [`File`], whose every look-up is bounded. Never: trust a length, a count or a
//! reference of the file; ask for a password.

use std::cell::Cell;
use std::collections::BTreeSet;

use lopdf::{Dictionary, Document, Error, LoadOptions, Object, ObjectId, Stream};

use crate::read::ReadError;

/// Pages that are read of one file.
const PAGES: usize = 5_000;
/// Bytes that all compressed objects of a file may unpack to while it is opened.
const OPENED: usize = 96 << 20;
/// Bytes that one stream may unpack to, and all that are asked for together.
const STREAM: usize = 64 << 20;
const STREAMS: usize = 512 << 20;
/// References that lead to references, and levels of the tree of pages, that are followed.
const DEEPEST: usize = 32;

/// An open PDF.
pub(super) struct File {
    pub(super) document: Document,
    /// Bytes that streams may still unpack to.
    left: Cell<usize>,
}

/// What is inherited through the tree of pages.
pub(super) struct Page {
    pub(super) id: ObjectId,
    pub(super) resources: Option<Dictionary>,
    /// Left, bottom, right, top.
    pub(super) frame: [f32; 4],
    /// Quarter turns clockwise.
    pub(super) turns: u8,
}

impl File {
    pub(super) fn open(bytes: &[u8]) -> Result<Self, ReadError> {
        let per_stream = OPENED / packed_streams(bytes).max(3);
        let options = LoadOptions { max_decompressed_size: Some(per_stream), ..LoadOptions::default() };
        let document = match Document::load_mem_with_options(bytes, options) {
            Ok(document) if document.is_encrypted() => return Err(locked()),
            Ok(document) => document,
            Err(Error::InvalidPassword | Error::Decryption(_) | Error::UnsupportedSecurityHandler(_)) => {
                return Err(locked());
            }
            Err(error) => return Err(broken(&error.to_string())),
        };
        Ok(Self { document, left: Cell::new(STREAMS) })
    }

    /// The pages, and whether there are more than are read.
    pub(super) fn pages(&self) -> (Vec<Page>, bool) {
        let mut ids: Vec<ObjectId> = self.document.page_iter().take(PAGES + 1).collect();
        let mut seen = BTreeSet::new();
        ids.retain(|id| self.dictionary(*id).is_some_and(|page| page.has(b"Contents")) && seen.insert(*id));
        if ids.is_empty() {
            // A tree that leads nowhere: every object that says that it is a page.
            let is_page = |object: &Object| object.as_dict().is_ok_and(|dict| dict.has_type(b"Page"));
            ids = self.document.objects.iter().filter(|(_, object)| is_page(object)).map(|(id, _)| *id).collect();
        }
        let has_more = ids.len() > PAGES;
        ids.truncate(PAGES);
        (ids.into_iter().map(|id| self.page(id)).collect(), has_more)
    }

    fn page(&self, id: ObjectId) -> Page {
        let mut page = Page { id, resources: None, frame: [0.0, 0.0, 612.0, 792.0], turns: 0 };
        let (mut has_frame, mut has_turns) = (false, false);
        let mut node = self.dictionary(id);
        for _ in 0..DEEPEST {
            let Some(dict) = node else { break };
            if page.resources.is_none() {
                page.resources = self.dict(dict, b"Resources").cloned();
            }
            if !has_frame
                && let Some(frame) = self.numbers(dict, b"CropBox").or_else(|| self.numbers(dict, b"MediaBox"))
            {
                let is_sound = frame.iter().all(|at| at.abs() < 50_000.0);
                let [a, b, c, d] = frame;
                if is_sound && (a - c).abs() > 1.0 && (b - d).abs() > 1.0 {
                    page.frame = [a.min(c), b.min(d), a.max(c), b.max(d)];
                }
                has_frame = true;
            }
            if !has_turns && let Some(Ok(angle)) = self.get(dict, b"Rotate").map(Object::as_i64) {
                page.turns = (angle.rem_euclid(360) / 90) as u8;
                has_turns = true;
            }
            node = self.dict(dict, b"Parent");
        }
        page
    }

    /// The unpacked content of a page; streams that cannot be unpacked are left out.
    pub(super) fn content(&self, page: ObjectId) -> Vec<u8> {
        let mut content = Vec::new();
        let Some(contents) = self.dictionary(page).and_then(|page| self.get(page, b"Contents")) else { return content };
        let parts = match contents {
            Object::Array(parts) => parts.as_slice(),
            one => std::slice::from_ref(one),
        };
        for part in parts {
            if let Some(Object::Stream(stream)) = self.follow(part) {
                content.extend(self.unpack(stream));
                content.push(b'\n');
            }
        }
        content
    }

    /// The bytes of a stream, as long as the file has not used up what it may unpack.
    pub(super) fn unpack(&self, stream: &Stream) -> Vec<u8> {
        let limit = STREAM.min(self.left.get());
        let bytes = stream.decompressed_content_with_limit(limit).unwrap_or_default();
        self.left.set(self.left.get().saturating_sub(bytes.len().max(stream.content.len())));
        bytes
    }

    /// What an object is at the end of its references.
    pub(super) fn follow<'o>(&'o self, mut object: &'o Object) -> Option<&'o Object> {
        for _ in 0..DEEPEST {
            match object {
                Object::Reference(id) => object = self.document.objects.get(id)?,
                _ => return Some(object),
            }
        }
        None
    }

    pub(super) fn get<'o>(&'o self, dict: &'o Dictionary, key: &[u8]) -> Option<&'o Object> {
        dict.get(key).ok().and_then(|object| self.follow(object))
    }

    /// A dictionary, or that of a stream.
    pub(super) fn dict<'o>(&'o self, dict: &'o Dictionary, key: &[u8]) -> Option<&'o Dictionary> {
        match self.get(dict, key)? {
            Object::Dictionary(dict) => Some(dict),
            Object::Stream(stream) => Some(&stream.dict),
            _ => None,
        }
    }

    pub(super) fn stream<'o>(&'o self, dict: &'o Dictionary, key: &[u8]) -> Option<&'o Stream> {
        self.get(dict, key)?.as_stream().ok()
    }

    pub(super) fn name<'o>(&'o self, dict: &'o Dictionary, key: &[u8]) -> Option<&'o [u8]> {
        self.get(dict, key)?.as_name().ok()
    }

    pub(super) fn number(&self, dict: &Dictionary, key: &[u8]) -> Option<f32> {
        self.get(dict, key)?.as_float().ok()
    }

    /// An array of just so many numbers.
    pub(super) fn numbers<const N: usize>(&self, dict: &Dictionary, key: &[u8]) -> Option<[f32; N]> {
        let array = self.get(dict, key)?.as_array().ok()?;
        let numbers: Vec<f32> = array.iter().filter_map(|one| self.follow(one)?.as_float().ok()).collect();
        numbers.try_into().ok()
    }

    fn dictionary(&self, id: ObjectId) -> Option<&Dictionary> {
        self.document.objects.get(&id)?.as_dict().ok()
    }
}

fn locked() -> ReadError {
    let advice = "the PDF is encrypted and wants a password; save it without one (`qpdf --password=… --decrypt IN.pdf \
                  OUT.pdf`) and read that file";
    ReadError::Broken(advice.to_owned())
}

pub(super) fn broken(why: &str) -> ReadError {
    ReadError::Broken(format!(
        "the PDF is damaged ({why}); fetch it again, or mend it with `qpdf IN.pdf OUT.pdf` and read that file"
    ))
}

/// How many streams say that they hold objects or cross references, which are unpacked while the
/// file is opened. Names may be written with escapes; whoever does so in a file gets the strictest
/// limit.
fn packed_streams(bytes: &[u8]) -> usize {
    let count = |name: &[u8]| memchr::memmem::find_iter(bytes, name).count();
    let escaped = ["/#4", "/O#", "/Ob#", "/Obj#", "/ObjS#", "/ObjSt#", "/#58", "/X#", "/XR#", "/XRe#"];
    count(b"/ObjStm") + count(b"/XRef") + 8 * escaped.iter().map(|name| count(name.as_bytes())).sum::<usize>()
}

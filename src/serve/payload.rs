//! The body of an answer: given piece by piece, so that no more than a piece is kept twice, and with the place that
//! it takes among all answers in memory, which is free again once it is sent.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

use hyper::body::{Body, Bytes, Frame, SizeHint};
use tokio::sync::OwnedSemaphorePermit;

const PIECE: usize = 64 * 1024;

/// A body.
#[derive(Debug, Default)]
pub(super) struct Payload {
    bytes: Bytes,
    _place: Option<OwnedSemaphorePermit>,
}

impl Payload {
    pub(super) fn new(bytes: Vec<u8>, place: Option<OwnedSemaphorePermit>) -> Self {
        Self { bytes: bytes.into(), _place: place }
    }
}

impl Body for Payload {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        if self.bytes.is_empty() {
            return Poll::Ready(None);
        }
        let size = self.bytes.len().min(PIECE);
        Poll::Ready(Some(Ok(Frame::data(self.bytes.split_to(size)))))
    }

    fn is_end_stream(&self) -> bool {
        self.bytes.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.bytes.len() as u64)
    }
}

//! The first bytes of a text file: its byte order mark, and the encodings that are refused at once.

use std::io::{self, BufRead, BufReader, Chain, Cursor, Read};

use crate::row::FileError;

/// How much of a file is looked at before its first record is read.
const SAMPLE_BYTES: u64 = 64 * 1024;

const UTF8_MARK: &[u8] = b"\xef\xbb\xbf";
/// What files of other kinds begin with.
const SIGNATURES: [(&[u8], &str); 6] = [
    (b"PK\x03\x04", "a spreadsheet or a zip archive"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"\xd0\xcf\x11\xe0", "an old spreadsheet (xls)"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"%PDF", "a PDF document"),
    (b"PAR1", "a Parquet file"),
];
const UTF16_MARKS: [&[u8]; 2] = [b"\xff\xfe", b"\xfe\xff"];

/// The bytes of a file, with those looked at already put back in front.
pub(crate) type Bytes<R> = BufReader<Chain<Cursor<Vec<u8>>, R>>;

/// A file whose first bytes have been looked at.
pub(crate) struct Opening<R> {
    /// Its bytes behind the byte order mark.
    pub(crate) bytes: Bytes<R>,
    /// The first of them.
    pub(crate) sample: Vec<u8>,
    /// Whether the sample is the whole file.
    pub(crate) is_whole: bool,
    /// How long the byte order mark was.
    pub(crate) mark_bytes: u64,
}

/// Looks at the first bytes of a file.
///
/// # Errors
/// [`FileError`] when it is empty, or plainly not text in UTF-8.
pub(crate) fn open<R: Read>(mut source: R) -> Result<Opening<R>, FileError> {
    let mut sample = Vec::new();
    source.by_ref().take(SAMPLE_BYTES).read_to_end(&mut sample)?;
    let is_whole = (sample.len() as u64) < SAMPLE_BYTES;
    if let Some((_, found)) = SIGNATURES.iter().find(|(signature, _)| sample.starts_with(signature)) {
        return Err(FileError::NotText { found });
    }
    // Without its mark, UTF-16 still shows by the zero byte of its first, Latin letter.
    let is_utf16 =
        UTF16_MARKS.iter().any(|mark| sample.starts_with(mark)) || sample.iter().take(2).any(|byte| *byte == 0);
    if is_utf16 {
        return Err(FileError::Encoding { line: 1, found: "UTF-16" });
    }
    let mark_bytes = if sample.starts_with(UTF8_MARK) { UTF8_MARK.len() } else { 0 };
    sample.drain(..mark_bytes);
    if sample.is_empty() {
        return Err(FileError::Empty);
    }
    let bytes = BufReader::new(Cursor::new(sample.clone()).chain(source));
    Ok(Opening { bytes, sample, is_whole, mark_bytes: mark_bytes as u64 })
}

/// The bytes that can be read next, empty at the end of the file.
pub(crate) fn fill<R: Read>(bytes: &mut Bytes<R>) -> io::Result<&[u8]> {
    loop {
        match bytes.fill_buf() {
            Ok(_) => break,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    // Already filled: asking again returns the same bytes.
    bytes.fill_buf()
}

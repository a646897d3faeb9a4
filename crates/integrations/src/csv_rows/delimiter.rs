//! Which delimiter a CSV file uses, seen from its first lines.

/// What may part fields; of two that fit equally well the earlier is taken.
const CANDIDATES: [u8; 4] = [b',', b';', b'\t', b'|'];
/// How many lines are looked at.
const LINES_MAX: usize = 20;

/// The delimiter that parts the lines of a sample most evenly into as many fields as the first line has.
/// A comma when no candidate is in the first line.
pub(super) fn detect(sample: &[u8], is_whole: bool) -> u8 {
    let mut best = (b',', (0, 0));
    for candidate in CANDIDATES {
        let counts = counts_by_line(sample, candidate, is_whole);
        let in_header = counts.first().copied().unwrap_or(0);
        if in_header == 0 {
            continue;
        }
        let alike = counts.iter().filter(|count| **count == in_header).count();
        let score = (alike * 100 / counts.len(), in_header);
        if best.1 < score {
            best = (candidate, score);
        }
    }
    best.0
}

/// How often the delimiter stands outside quotes, for each of the first lines that are not blank. A last line that the
/// sample cuts is not counted, unless it is the only one.
fn counts_by_line(sample: &[u8], delimiter: u8, is_whole: bool) -> Vec<usize> {
    let mut counts = Vec::new();
    let (mut count, mut is_blank, mut is_field_start, mut is_quoted) = (0, true, true, false);
    for byte in sample {
        match byte {
            b'"' if is_quoted || is_field_start => is_quoted = !is_quoted,
            b'\r' | b'\n' if !is_quoted => {
                if !is_blank {
                    counts.push(count);
                }
                (count, is_blank, is_field_start) = (0, true, true);
                if counts.len() == LINES_MAX {
                    return counts;
                }
                continue;
            }
            byte if *byte == delimiter && !is_quoted => count += 1,
            _ => {}
        }
        // Behind a closing quote another may follow: `""` inside quotes is one quote of text.
        is_field_start = *byte == delimiter || (*byte == b'"' && !is_quoted);
        is_blank = false;
    }
    if !is_blank && (is_whole || counts.is_empty()) {
        counts.push(count);
    }
    counts
}

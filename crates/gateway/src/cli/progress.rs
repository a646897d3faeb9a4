//! How far long work is: a bar on a terminal, a plain line now and then elsewhere.

use std::time::Duration;

use attrium_engine::clock::Stopwatch;
use indicatif::{ProgressBar, ProgressStyle};

use super::output::Output;

/// Between two plain lines.
const LINE_EVERY: Duration = Duration::from_secs(5);

/// The progress of one import.
pub(super) enum Progress {
    /// Someone watches.
    Bar(ProgressBar),
    /// A file or another program does.
    Lines {
        /// When the last line was written.
        written_at: Stopwatch,
    },
}

impl Progress {
    pub(super) fn start(output: &mut Output) -> Self {
        if !output.is_terminal() {
            output.message("Importing …");
            return Self::Lines { written_at: Stopwatch::start() };
        }
        let style = ProgressStyle::with_template("Importing {wide_bar} {pos} of {len} rows, {eta} left")
            .expect("the template names fields that exist");
        Self::Bar(ProgressBar::new(0).with_style(style))
    }

    pub(super) fn show(&mut self, done: u64, total: Option<u64>, output: &mut Output) {
        match self {
            Self::Bar(bar) => {
                bar.set_length(total.unwrap_or(done));
                bar.set_position(done);
            }
            Self::Lines { written_at } => {
                if LINE_EVERY <= written_at.elapsed() {
                    *written_at = Stopwatch::start();
                    let total = total.map_or_else(String::new, |total| format!(" of {total}"));
                    output.message(&format!("{done}{total} rows"));
                }
            }
        }
    }

    pub(super) fn finish(self) {
        match self {
            Self::Bar(bar) => bar.finish_and_clear(),
            Self::Lines { .. } => {}
        }
    }
}

//! How much a template may be, do and make. Everything here bounds work or memory, never time: the
//! same template over the same data is refused everywhere or nowhere.

/// The bounds of one template and of one rendering of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Most bytes of a template's source.
    pub source_bytes_max: usize,
    /// Most blocks inside one another, and most brackets inside one another within an expression.
    pub nesting_max: usize,
    /// Most units of work of a rendering. A unit is one node met, one expression or filter
    /// evaluated, one iteration, one item handled by a filter, or 16 bytes of text read or made.
    pub fuel: u64,
    /// Most bytes of the text a rendering gives.
    pub output_bytes_max: usize,
    /// Most iterations of one loop, each time it is met.
    pub iterations_max: usize,
    /// Most bytes of all values that a rendering makes on its way, whether or not it keeps them:
    /// a bound on memory that no order of steps can pass.
    pub value_bytes_max: usize,
}

impl Default for Limits {
    /// 64 KB of source, 32 levels, 100,000 units, 256 KB of output, 1,000 iterations, 4 MB of values.
    fn default() -> Self {
        Self {
            source_bytes_max: 64 * 1024,
            nesting_max: 32,
            fuel: 100_000,
            output_bytes_max: 256 * 1024,
            iterations_max: 1_000,
            value_bytes_max: 4 * 1024 * 1024,
        }
    }
}

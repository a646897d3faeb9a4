//! Measures: metrics, breakdowns, funnels, and the statistics of experiments, over facts it is handed.
//!
//! Nothing of that is here yet: the crate holds its place in the house, so that the arrows between the
//! crates are checked from the beginning. It will do no I/O, read no clock, and fetch nothing.

//! Renders: Liquid templates over a profile's attributes, parsed once, checked against the attribute
//! schema, and rendered under a bound of work and output.
//!
//! Nothing of that is here yet: the crate holds its place in the house, so that the arrows between the
//! crates are checked from the beginning. It will do no I/O, read no clock, and send nothing.

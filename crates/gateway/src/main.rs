//! The binary `attrium`: everything it does is in the library.

fn main() {}

//! Decides: campaigns and journeys as state machines. A journey, a position in it, a stimulus and the
//! time go in; the next position and the effects to carry out come out.
//!
//! Nothing of that is here yet: the crate holds its place in the house, so that the arrows between the
//! crates are checked from the beginning. It will do no I/O, read no clock, and carry out no effect itself.

//! What a rendering may still spend. Work and memory are charged before they are used, inside filters
//! too, so that no step is larger than what is left.

use crate::error::Fault;
use crate::limits::Limits;
use crate::value::Value;

/// Bytes of text read or made for one unit of work.
const BYTES_PER_UNIT: u64 = 16;
/// Bytes that one item of a list takes, beyond what it holds.
const ITEM_BYTES: usize = size_of::<Value>();

/// The fuel and the memory that a rendering has left.
#[derive(Clone, Debug)]
pub(crate) struct Meter {
    /// In sixteenths of a unit, so that many small texts cost what one large one does.
    sixteenths_left: u64,
    value_bytes_left: usize,
    fuel: u64,
    value_bytes_max: usize,
}

impl Meter {
    pub(crate) fn new(limits: &Limits) -> Self {
        Self {
            sixteenths_left: limits.fuel.saturating_mul(BYTES_PER_UNIT),
            value_bytes_left: limits.value_bytes_max,
            fuel: limits.fuel,
            value_bytes_max: limits.value_bytes_max,
        }
    }

    /// Units spent so far, a begun one included.
    pub(crate) fn spent(&self) -> u64 {
        self.fuel.saturating_mul(BYTES_PER_UNIT).saturating_sub(self.sixteenths_left).div_ceil(BYTES_PER_UNIT)
    }

    /// Bytes of values made so far.
    pub(crate) fn value_bytes(&self) -> usize {
        self.value_bytes_max - self.value_bytes_left
    }

    /// Pays for a number of steps.
    pub(crate) fn steps(&mut self, count: usize) -> Result<(), Fault> {
        self.pay(count as u64, BYTES_PER_UNIT)
    }

    /// Pays for reading a number of bytes.
    pub(crate) fn reading(&mut self, bytes: usize) -> Result<(), Fault> {
        self.pay(bytes as u64, 1)
    }

    /// Pays for making a text of a number of bytes.
    pub(crate) fn text(&mut self, bytes: usize) -> Result<(), Fault> {
        self.reading(bytes)?;
        self.hold(bytes)
    }

    /// Pays for making a list of a number of items; what the items hold is not in it.
    pub(crate) fn items(&mut self, count: usize) -> Result<(), Fault> {
        self.steps(count)?;
        self.hold(count.saturating_mul(ITEM_BYTES))
    }

    fn pay(&mut self, count: u64, sixteenths: u64) -> Result<(), Fault> {
        let cost = count.saturating_mul(sixteenths);
        match self.sixteenths_left.checked_sub(cost) {
            Some(left) => {
                self.sixteenths_left = left;
                Ok(())
            }
            None => Err(Fault::TooMuchWork { limit: self.fuel }),
        }
    }

    fn hold(&mut self, bytes: usize) -> Result<(), Fault> {
        match self.value_bytes_left.checked_sub(bytes) {
            Some(left) => {
                self.value_bytes_left = left;
                Ok(())
            }
            None => Err(Fault::TooMuchMemory { limit_bytes: self.value_bytes_max }),
        }
    }
}

/// A text in the making, each piece paid for before it is put in.
#[derive(Debug)]
pub(crate) struct TextBuilder<'m> {
    text: String,
    meter: &'m mut Meter,
}

impl<'m> TextBuilder<'m> {
    pub(crate) fn new(meter: &'m mut Meter) -> Self {
        Self { text: String::new(), meter }
    }

    pub(crate) fn push(&mut self, piece: &str) -> Result<(), Fault> {
        self.meter.text(piece.len())?;
        self.text.push_str(piece);
        Ok(())
    }

    pub(crate) fn meter(&mut self) -> &mut Meter {
        self.meter
    }

    pub(crate) fn finish(self) -> String {
        self.text
    }
}

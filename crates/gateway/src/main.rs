//! The binary `attrium`: everything it does is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    attrium_gateway::cli::main()
}

//! The API's SDL, kept beside the dashboard that is typed by it.

use crate::shell::{Outcome, cargo, output, root};

/// Writes `dashboard/schema.graphql` from the program.
///
/// # Errors
/// When the program does not build.
pub(crate) fn write() -> Outcome {
    let sdl = output(&mut cargo(&["run", "--quiet", "--package", "attrium-gateway", "--bin", "attrium", "--", "sdl"]))?;
    let file = root().join("dashboard/schema.graphql");
    std::fs::write(&file, sdl)?;
    println!("wrote {}", file.display());
    Ok(())
}

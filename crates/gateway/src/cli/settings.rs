//! `attrium config`: the settings in force, as a file one could keep, with the origin of each.

use super::output::Output;
use super::{CliError, Common};

pub(super) fn run(common: &Common, output: &mut Output) -> Result<(), CliError> {
    let mut settings = crate::config::effective(&common.sources())?;
    // Settings outside of sections must come first in TOML.
    settings.sort_by_key(|setting| setting.key.contains('.'));
    let mut open = "";
    for setting in &settings {
        let (section, key) = setting.key.rsplit_once('.').unwrap_or(("", &setting.key));
        if section != open {
            output.line(&format!("\n[{section}]"))?;
            open = section;
        }
        output.line(&format!("{key} = {} # {}", setting.value, setting.origin))?;
    }
    Ok(())
}

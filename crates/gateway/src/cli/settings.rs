//! `attrium config`: the settings in force, as a file one could keep, with the origin of each; or the defaults
//! with what each means.

use clap::Args;

use super::output::Output;
use super::{CliError, Common};

#[derive(Debug, Args)]
pub(super) struct ConfigArgs {
    /// Print every setting with its default and what it means, to begin an attrium.toml from.
    #[arg(long)]
    defaults: bool,
}

pub(super) fn run(common: &Common, args: &ConfigArgs, output: &mut Output) -> Result<(), CliError> {
    if args.defaults {
        return output.text(crate::config::DEFAULTS);
    }
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

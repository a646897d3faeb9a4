//! A private PostgreSQL for one test run: its own folder and port, stopped and removed at the end.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::shell::{Outcome, command, output};
use crate::system::{free_port, is_root, require};

/// A running server; dropping it stops it and removes its data.
pub(crate) struct Postgres {
    tools: PathBuf,
    folder: PathBuf,
    port: u16,
}

impl Postgres {
    /// Starts a server without durability: its data lives as long as the tests.
    ///
    /// # Errors
    /// When PostgreSQL is missing and may not be installed, or does not start.
    pub(crate) fn start() -> Outcome<Self> {
        let initdb = require("initdb", debian_folders, "postgresql")?;
        let tools = initdb.parent().expect("a file has a folder").to_owned();
        let folder = std::env::temp_dir().join(format!("attrium-postgres-{}", std::process::id()));
        std::fs::create_dir_all(&folder)?;
        let server = Self { tools, folder, port: free_port()? };
        if is_root() {
            output(&mut command("chown", &["postgres", &text(&server.folder)]))?;
        }
        let data = text(&server.data());
        output(&mut server.tool(
            "initdb",
            &["-D", &data, "-A", "trust", "-U", "postgres", "--no-sync", "--no-locale", "-E", "UTF8"],
        ))?;
        let log = text(&server.folder.join("log"));
        let options = format!(
            "-p {} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=400 \
             -c fsync=off -c full_page_writes=off -c synchronous_commit=off",
            server.port
        );
        output(&mut server.tool("pg_ctl", &["-w", "-s", "-D", &data, "-l", &log, "-o", &options, "start"]))?;
        Ok(server)
    }

    /// The superuser's URL of the maintenance database.
    pub(crate) fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }

    fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    /// One of PostgreSQL's programs, as a user that is not root: they refuse root.
    fn tool(&self, name: &str, arguments: &[&str]) -> Command {
        let program = text(&self.tools.join(name));
        let mut command = if is_root() {
            let mut words = vec!["-u", "postgres", "--", program.as_str()];
            words.extend_from_slice(arguments);
            command("runuser", &words)
        } else {
            command(&program, arguments)
        };
        command.current_dir(&self.folder);
        command
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        let data = text(&self.data());
        if let Err(error) = output(&mut self.tool("pg_ctl", &["-s", "-D", &data, "-m", "immediate", "stop"])) {
            eprintln!("the private PostgreSQL in {} was not stopped: {error}", self.folder.display());
        }
        if let Err(error) = std::fs::remove_dir_all(&self.folder) {
            eprintln!("{} was not removed: {error}", self.folder.display());
        }
    }
}

/// Debian keeps the server's programs off `PATH`, in a folder for each version; the newest first.
fn debian_folders() -> Vec<PathBuf> {
    let mut versions: Vec<(u32, PathBuf)> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .collect();
    versions.sort();
    versions.into_iter().rev().map(|(_, folder)| folder).collect()
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

//! The tasks of this repository, run as `cargo xtask TASK`. It depends on nothing, so that the first
//! task of a fresh clone starts within seconds; it starts what it runs and stops what it started.
#![expect(clippy::print_stdout, reason = "a task runner talks to its terminal")]

mod bench;
mod browser;
mod check;
mod compose;
mod dashboard;
mod demo;
mod judges;
mod postgres;
mod sdl;
mod shell;
mod suite;
mod system;

use std::process::ExitCode;

const HELP: &str = "\
Tasks of the Attrium repository.

Usage: cargo xtask TASK [ARGUMENTS]

  demo [ARGUMENTS]   build the dashboard and the release binary, then run `attrium demo` with ARGUMENTS
  test [FILTER]      run every test on SQLite, PostgreSQL and Redis, the dashboard's tests, and the browser tests
  harness            run the crash and load rounds at full count
  bench [NAME...]    run the benchmarks; the last line of each is its answer in JSON
  check              format, lints, docs, licences, the compose file, the dashboard's types and lint
  sdl                write dashboard/schema.graphql from the program
  help               this text

`test` installs what it lacks where it may (Debian packages, as root), and otherwise says exactly what is missing.
";

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let task = arguments.next().unwrap_or_else(|| "help".to_owned());
    let rest: Vec<String> = arguments.collect();
    let outcome = match task.as_str() {
        "demo" => demo::run(&rest),
        "test" => suite::test(&rest),
        "harness" => suite::harness(),
        "bench" => bench::run_all(&rest),
        "check" => check::run_all(),
        "sdl" => sdl::write(),
        "help" | "--help" | "-h" => {
            println!("{HELP}");
            Ok(())
        }
        other => Err(format!("there is no task `{other}`; `cargo xtask help` lists them").into()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error}");
            ExitCode::FAILURE
        }
    }
}

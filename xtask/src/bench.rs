//! The benchmarks: built as a release, run one after the other, each ending in a line of JSON.

use crate::postgres::Postgres;
use crate::shell::{Outcome, cargo, run};
use crate::suite::redis_server;

const BENCHES: [&str; 4] = ["start", "counts", "profiles", "webhooks"];

/// Runs these benchmarks, or all of them.
///
/// # Errors
/// Names the benchmark that does not exist, or failed.
pub(crate) fn run_all(names: &[String]) -> Outcome {
    if let Some(unknown) = names.iter().find(|name| !BENCHES.contains(&name.as_str())) {
        return Err(format!("there is no benchmark `{unknown}`; there are: {}", BENCHES.join(", ")).into());
    }
    let postgres = Postgres::start()?;
    run("build", &mut cargo(&["build", "--release", "--locked", "--package", "attrium-gateway", "--bin", "attrium"]))?;
    for name in BENCHES.iter().filter(|bench| names.is_empty() || names.iter().any(|name| name == *bench)) {
        let mut bench = cargo(&["bench", "--locked", "--package", "attrium-tests", "--bench", name]);
        bench.env("ATTRIUM_TEST_POSTGRES_URL", postgres.url());
        if *name == "profiles" {
            bench.env("ATTRIUM_TEST_REDIS_SERVER", redis_server()?);
        }
        run(name, &mut bench)?;
    }
    Ok(())
}

//! Packs the demo's customers into the binary, and rebuilds it when the dashboard was built anew.
#![expect(clippy::disallowed_methods, reason = "cargo tells a build script where to write by variables")]

use std::io::Write as _;
use std::path::Path;
use std::{env, fs, io};

use flate2::Compression;
use flate2::write::GzEncoder;

const CUSTOMERS: &str = "../../tests/data/bank/bank-full.csv";
const DASHBOARD: &str = "../../dashboard/dist";

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={CUSTOMERS}");
    // A development build reads the dashboard from the disk; watching a folder that may be missing
    // would rebuild this crate every time.
    if env::var("PROFILE").is_ok_and(|profile| profile == "release") {
        println!("cargo::rerun-if-changed={DASHBOARD}");
    }
    let folder = env::var("OUT_DIR").map_err(io::Error::other)?;
    let packed = fs::File::create(Path::new(&folder).join("customers.csv.gz"))?;
    let mut encoder = GzEncoder::new(packed, Compression::best());
    encoder.write_all(&fs::read(CUSTOMERS)?)?;
    encoder.finish()?;
    Ok(())
}

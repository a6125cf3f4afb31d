//! The `warta` binary: one call, one exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    warta::cli::crash::install();
    warta::cli::main()
}

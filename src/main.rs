//! The program: turns a result into an exit code and nothing else.

fn main() -> std::process::ExitCode {
    quorate::cli::main()
}

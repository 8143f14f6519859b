//! Says to the linker of macOS that the symbols of Python come at run time.

fn main() {
    pyo3_build_config::add_extension_module_link_args();
}

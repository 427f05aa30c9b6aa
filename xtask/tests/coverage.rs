//! What the coverage page names.

use xtask::coverage::names;

#[test]
fn tests_and_files_are_found_and_other_words_are_not() {
    let page = "a `envschema::types::ports`, `tests/cli/a.txt`, `--flag`, `NAME=value`, `std::env` and `1e3`";
    assert_eq!(names(page), ["envschema::types::ports", "tests/cli/a.txt"]);
}

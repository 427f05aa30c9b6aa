//! Real readers of `.env` text: a long run is summed up.

use xtask::readers::summary;

#[test]
fn counts_are_sorted_and_summed() {
    let printed = "running 3 tests\n\
                   conformance: vite as vite: values written 10, refused 1, differences 0\n\
                   test a ... conformance: bun as bun: files read 4, excepted {}, differences 0\n\
                   conformance: bun as bun: values written 5, refused 0, differences 0\nok\n";
    assert_eq!(
        summary(printed),
        "bun as bun: files read 4, excepted {}, differences 0\n\
         bun as bun: values written 5, refused 0, differences 0\n\
         vite as vite: values written 10, refused 1, differences 0\n\
         15 values written and read back, 4 files read, differences 0"
    );
}

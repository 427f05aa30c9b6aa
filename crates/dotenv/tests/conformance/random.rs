//! Random values and files, made of what readers treat as special.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

/// Where random values and files come from. The same ones in every run, unless `ENVCTL_CONFORMANCE_SEED` says otherwise.
pub(crate) struct Source {
    runner: TestRunner,
    value: BoxedStrategy<String>,
    long: BoxedStrategy<String>,
    file: BoxedStrategy<String>,
    assignments: BoxedStrategy<String>,
}

impl Source {
    #[expect(clippy::disallowed_methods, reason = "a test program is the edge")]
    pub(crate) fn new() -> Self {
        let seed = std::env::var("ENVCTL_CONFORMANCE_SEED").ok().and_then(|seed| seed.parse().ok());
        let mut bytes = [7; 32];
        bytes[..8].copy_from_slice(&u64::to_le_bytes(seed.unwrap_or(0)));
        let random = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
        Self {
            runner: TestRunner::new_with_rng(Config::default(), random),
            value: pieces(0..9).boxed(),
            long: pieces(16_000..20_000).boxed(),
            file: file().boxed(),
            assignments: assignments().boxed(),
        }
    }

    /// A value that an environment can carry.
    pub(crate) fn value(&mut self) -> String {
        sample(&self.value, &mut self.runner)
    }

    /// Such a value of about 64 KiB.
    pub(crate) fn long_value(&mut self) -> String {
        sample(&self.long, &mut self.runner)
    }

    /// A text of a few lines, good and bad.
    pub(crate) fn file(&mut self) -> String {
        sample(&self.file, &mut self.runner)
    }
}

impl Source {
    /// A text of a few assignments of a shell, with quotes, escapes and references in any mix.
    pub(crate) fn assignments(&mut self) -> String {
        sample(&self.assignments, &mut self.runner)
    }
}

fn sample(strategy: &BoxedStrategy<String>, runner: &mut TestRunner) -> String {
    strategy.new_tree(runner).expect("nothing is filtered out").current()
}

/// A piece of a value that some reader treats as special, or plain text.
fn piece() -> impl Strategy<Value = String> {
    let special = prop::sample::select(vec![
        "'",
        "\"",
        "`",
        "\\",
        "$",
        "#",
        " ",
        "\t",
        "\n",
        "=",
        ":",
        "{",
        "}",
        "(",
        ")",
        "<",
        ">",
        "|",
        "&",
        ";",
        "!",
        "*",
        "?",
        "[",
        "]",
        "~",
        "%",
        "@",
        ",",
        "^",
        "''",
        "\"\"",
        "\\\\",
        "\\n",
        "\\r",
        "\\t",
        "\\'",
        "\\\"",
        "\\$",
        "\\`",
        "$A",
        "${A}",
        "${A:-b}",
        "${NONE}",
        "$NONE",
        "$1",
        "$$",
        "${",
        "$(x)",
        "`x`",
        " #",
        "# ",
        " # c",
        "\r",
        "\r\n",
        "\n\n",
        "\nA=b\n",
        "export ",
        "undefined",
        "null",
        "  ",
    ]);
    let odd = prop::sample::select(vec![
        "\u{a0}", "\u{2028}", "\u{85}", "\u{feff}", "é", "日本", "😀", "\u{1}", "\u{7}", "\u{8}", "\u{b}",
        "\u{c}", "\u{1b}", "\u{7f}", "\u{3000}",
    ]);
    prop_oneof![
        6 => special.prop_map(str::to_owned),
        1 => odd.prop_map(str::to_owned),
        4 => "[a-zA-Z0-9_./+-]{1,6}",
    ]
}

fn pieces(count: std::ops::Range<usize>) -> impl Strategy<Value = String> {
    vec(piece(), count).prop_map(|pieces| pieces.concat())
}

fn file() -> impl Strategy<Value = String> {
    let name = prop::sample::select(vec!["A", "B", "C_D", "k", "K1", "a.b", "x-y", "1X", "É", "A B", ""]);
    let before = prop::sample::select(vec![
        "", "", "", "", " ", "\t", "export ", " export ", "export\t", "exportA", "#",
    ]);
    let equals = prop::sample::select(vec!["=", "=", "=", "=", "=", " = ", "= ", " =", ":", ": ", "", "=="]);
    let quoted = (prop::sample::select(vec!["'", "\"", "`"]), pieces(0..5))
        .prop_map(|(quote, inner)| format!("{quote}{inner}{quote}"));
    let value = prop_oneof![3 => quoted, 2 => pieces(0..5), 1 => "[a-z0-9]{0,5}"];
    let after = prop::sample::select(vec!["", "", "", "", " ", " # c", "#c", " x", "'", "\"", " #'\""]);
    let entry = (before, name, equals, value, after)
        .prop_map(|(before, name, equals, value, after)| format!("{before}{name}{equals}{value}{after}"));
    let line = prop_oneof![8 => entry, 1 => pieces(0..5), 1 => Just(String::new()), 1 => Just("# it's \"a\" comment".to_owned())];
    let end = prop::sample::select(vec!["\n", "\n", "\n", "\n", "\n", "\r\n", "\n\n", "\r"]);
    let lines = vec((line, end), 1..6);
    (prop::bool::weighted(0.03), lines, prop::bool::weighted(0.2)).prop_map(|(bom, lines, cut)| {
        let mut text = String::from(if bom { "\u{feff}" } else { "" });
        for (line, end) in lines {
            let line: String = line;
            text.push_str(&line);
            text.push_str(end);
        }
        if cut {
            text.truncate(text.trim_end_matches(['\n', '\r']).len());
        }
        text
    })
}

/// Lines that a shell takes as assignments, more or less.
fn assignments() -> impl Strategy<Value = String> {
    let plain = || "[a-zA-Z0-9_./:@%+,=-]{0,4}";
    let escaped = prop::sample::select(vec![
        "\\ ", "\\'", "\\\"", "\\$", "\\\\", "\\#", "\\\n", "\\a", "\\`", "é", "#",
    ]);
    let reference =
        || prop::sample::select(vec!["$A", "${A}", "$B", "${B:-x.y}", "${NONE}", "${NONE:-z}", "$NONE", "$"]);
    let inner = prop::sample::select(vec![
        " ", "\t", "\n", "'", "\\\"", "\\\\", "\\$", "\\`", "\\n", "\\\n", "#", " # ", ";", "&", "(", "*",
        "~", "!", "日本", "\r",
    ]);
    let double = vec(prop_oneof![2 => inner.prop_map(str::to_owned), 1 => plain(), 1 => reference().prop_map(str::to_owned)], 0..5)
        .prop_map(|parts| format!("\"{}\"", parts.concat()));
    let single = vec(
        prop::sample::select(vec![" ", "\n", "\"", "\\", "$A", "`", "#", ";", "a", "\\n", "=", "\r"]),
        0..5,
    )
    .prop_map(|parts| format!("'{}'", parts.concat()));
    let part = prop_oneof![
        3 => plain().prop_map(String::from),
        1 => escaped.prop_map(str::to_owned),
        1 => reference().prop_map(str::to_owned),
        2 => double,
        2 => single,
    ];
    let name = prop::sample::select(vec!["A", "B", "C_D", "k"]);
    let before = prop::sample::select(vec!["", "", "", "", "export ", "  ", "# ", "x "]);
    let after = prop::sample::select(vec!["\n", "\n", "\n", " # it's a comment\n", "\t\n", "\n\n", " D=e\n"]);
    let line = (before, name, vec(part, 0..4), after)
        .prop_map(|(before, name, parts, after)| format!("{before}{name}={}{after}", parts.concat()));
    vec(line, 1..6).prop_map(|lines| lines.concat())
}

//! Any text is read as a contract or refused with places inside it.

use envschema::{Place, Schema};
use proptest::prelude::*;

use crate::support::read;

/// Reads, and looks at everything that a refusal tells.
fn judge(text: &str) {
    let Err(errors) = Schema::parse("any.toml", text) else { return };
    assert!(errors.iter().len() > 0);
    let lines = u32::try_from(text.lines().count() + 1).expect("few lines");
    for diagnostic in errors.iter() {
        let Place::File { line, column, .. } = errors.place(diagnostic) else { panic!("a place in a file") };
        assert!((1..=lines).contains(&line) && column > 0, "{line}:{column} of\n{text}");
        assert!(!diagnostic.message.is_empty());
    }
    assert!(errors.render(true).len() >= errors.render(false).len());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_characters(text in "\\PC{0,200}") {
        judge(&text);
    }

    #[test]
    fn any_lines(lines in prop::collection::vec(prop::sample::select(vec![
        "[schema]", "name = \"x\"", "[vars.A]", "[vars.B]", "[vars]", "A = 5", "type = \"enum\"", "type = \"list\"", "values = [\"a\"]",
        "required = 'A == B || c'", "required = \"has(\\\"A\\\")\"", "[conditions]", "c = 'd'", "d = '''\nc\n'''", "[[rules]]", "one_of = [\"A\", \"B\"]",
        "requires = { if = \"A\" }", "derive = \"${B} ${\"", "derive = [\"${A}\"]", "derive = \"${A#*:}${B#}${A#é:-}\"", "kind = \"pulumi-config\"", "namespace = \"x\"", "[vars.\"a:b-c\"]", "generate = \"hex:16\"", "on.prod = { default = 5 }",
        "[environments.prod]", "[profiles.p]", "others = \"optional\"", "[profiles.p.vars.A]", "[profiles.p.vars.Z]", "default = \"é\"",
        "[[groups]]", "id = \"g\"", "group = \"g\"", "[removed]", "é = \"ü\"", "\"\" = ''", "= 5", "\"\"\"", "visibility = \"public\"", "# ünï",
    ]), 0..24), crlf in any::<bool>()) {
        judge(&lines.join(if crlf { "\r\n" } else { "\n" }));
    }

    #[test]
    fn a_real_contract_with_a_hole(start in 0_usize..22_000, length in 0_usize..400, filling in "[\"'=\\[\\]{}a-z\\n é]{0,3}") {
        let text = read("../../schema/proliferate.toml");
        let start = text.floor_char_boundary(start.min(text.len()));
        let end = text.ceil_char_boundary((start + length).min(text.len()));
        judge(&format!("{}{filling}{}", &text[..start], &text[end..]));
    }
}

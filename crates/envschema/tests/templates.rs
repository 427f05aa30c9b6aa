//! Templates: what is cut off, as a shell does it.

use envschema::Schema;
use envschema::template::{Cut, Part, Reference};
use proptest::prelude::*;

/// The parts of a template of a contract with a variable `A`.
fn parts(template: &str) -> Vec<Part> {
    let text = format!("[schema]\nname = \"shop\"\n[vars.A]\n[vars.V]\nderive = '''{template}'''\n");
    let schema = Schema::parse("contract", &text).unwrap_or_else(|errors| panic!("{template}\n{errors}"));
    schema.variables()[1].derive[0].parts.clone()
}

fn cut_and_fallback(template: &str) -> (Option<Cut>, Option<String>) {
    match parts(template).as_slice() {
        [Part::Reference { cut, fallback, .. }] => (cut.clone(), fallback.clone()),
        parts => panic!("{template}: {parts:?}"),
    }
}

#[test]
fn the_operator_that_comes_first_counts() {
    let rows = [
        ("${A}", None, None),
        ("${A#dev:}", Some(Cut::Leading("dev:".into())), None),
        ("${A#*:}", Some(Cut::Through(":".into())), None),
        ("${ A #- }", Some(Cut::Leading("- ".into())), None),
        ("${A#-:}", Some(Cut::Leading("-:".into())), None),
        ("${A:-#fff}", None, Some("#fff".to_owned())),
        ("${A:-a:-b}", None, Some("a:-b".to_owned())),
        ("${config.aws:region#*-}", Some(Cut::Through("-".into())), None),
        ("${output.a.b#*://}", Some(Cut::Through("://".into())), None),
    ];
    for (template, cut, fallback) in rows {
        assert_eq!(cut_and_fallback(template), (cut, fallback), "{template}");
    }
    let [Part::Reference { to, .. }] = &parts("${config.aws:region#*-}")[..] else { panic!("one reference") };
    assert_eq!(to, &Reference::Config("aws:region".to_owned()));
}

proptest! {
    #[test]
    fn a_cut_takes_the_shortest_beginning(value in "[ab:]{0,8}", text in "[ab:]{1,3}") {
        // By trying every end of the beginning, the shortest first.
        let ends = || (0..=value.len()).map(|end| (&value[..end], &value[end..]));
        let through = ends().find(|(beginning, _)| beginning.ends_with(&*text)).map_or(&*value, |(_, rest)| rest);
        let leading = ends().find(|(beginning, _)| *beginning == text).map_or(&*value, |(_, rest)| rest);
        prop_assert_eq!(Cut::Through(text.clone()).apply(&value), through);
        prop_assert_eq!(Cut::Leading(text).apply(&value), leading);
    }
}

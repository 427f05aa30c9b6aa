//! PowerShell's rules for single quotes and casts, as its language reference gives them. PowerShell itself is in no
//! package that the tests could ask for.

use proptest::prelude::*;

use super::{any_values, awkward, few_cases, written};

/// What V0, V1, ... are. Every line has to be `$env:NAME = TERM + TERM ...`, where a term is a text in single quotes
/// (any of the five that PowerShell knows; two of them are one) or `[char]0xHHHH`.
fn read(text: &str) -> Vec<String> {
    text.lines()
        .enumerate()
        .map(|(index, line)| {
            let rest = line.strip_prefix(&format!("$env:V{index} = ")).expect("an assignment");
            assert!(rest.starts_with('\''), "a text comes first, so that numbers are joined to it as text");
            let mut units = Vec::new();
            let mut rest = rest.chars().collect::<Vec<_>>().into_iter().peekable();
            let is_quote = |c: &char| "'\u{2018}\u{2019}\u{201a}\u{201b}".contains(*c);
            loop {
                match rest.next() {
                    Some(c) if is_quote(&c) => loop {
                        let c = rest.next().expect("the end of a text");
                        let c = if is_quote(&c) {
                            match rest.next_if(is_quote) {
                                Some(second) => second,
                                None => break,
                            }
                        } else {
                            c
                        };
                        units.extend(c.encode_utf16(&mut [0; 2]).iter());
                    },
                    Some('[') => {
                        let number: String = rest.by_ref().take("char]0xHHHH".len()).collect();
                        let number = number.strip_prefix("char]0x").expect("a cast");
                        units.push(u16::from_str_radix(number, 16).expect("a number"));
                    }
                    other => panic!("{other:?} begins no term"),
                }
                let operator: String = rest.by_ref().take(3).collect();
                match operator.as_str() {
                    "" => break,
                    " + " => {}
                    other => panic!("{other:?} is no operator"),
                }
            }
            String::from_utf16(&units).expect("a text")
        })
        .collect()
}

fn check(values: &[String]) -> usize {
    let (text, kept) = written("powershell", values);
    assert!(text.bytes().all(|byte| byte == b'\n' || (b' '..=b'~').contains(&byte)), "{text}");
    assert_eq!(read(&text), kept);
    values.len() - kept.len()
}

#[test]
fn powershell_reads_awkward_values_back() {
    assert_eq!(check(&awkward()), 1, "all but the empty one");
}

#[test]
fn powershell_cannot_hold_an_empty_value() {
    assert_eq!(check(&[String::new(), "x".to_owned()]), 1);
}

proptest! {
    #![proptest_config(few_cases())]

    #[test]
    fn powershell_reads_anything_back(values in any_values()) {
        let empty = values.iter().filter(|value| value.is_empty()).count();
        prop_assert_eq!(check(&values), empty);
    }
}

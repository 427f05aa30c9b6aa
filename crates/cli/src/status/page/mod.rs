//! The status as one page for a browser: everything in one file, nothing fetched, no values.
//!
//! - `page.html`, `page.css`, `page.js`: the page, into which the data goes as JSON
//! - `data`: that JSON

mod data;

use envschema::Contract;

use super::overview::Overview;
use data::Data;

/// What a page of ours begins with; such a file may be replaced without asking.
pub(crate) const MARK: &[u8] = b"<!doctype html>\n<!-- envctl status: ";

const HTML: &str = include_str!("page.html");
const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// The page of these environments, each with its contract.
pub(crate) fn page(environments: &[(&Contract, &Overview)]) -> serde_json::Result<String> {
    let data = serde_json::to_string(&Data::new(environments))?;
    let name = environments.first().map_or("envctl", |(contract, _)| contract.name());
    let title = format!("{name} status");
    let mut page = String::with_capacity(HTML.len() + STYLE.len() + SCRIPT.len() + data.len());
    // Once through the template: what was put in is never looked at again.
    let mut rest = HTML;
    while let Some((before, (hole, after))) =
        rest.split_once("{{").and_then(|(before, after)| Some((before, after.split_once("}}")?)))
    {
        page.push_str(before);
        match hole {
            "title" => page.push_str(&as_text(&title)),
            "version" => page.push_str(env!("CARGO_PKG_VERSION")),
            "style" => page.push_str(STYLE),
            "script" => page.push_str(SCRIPT),
            _ => page.push_str(&as_data(&data)),
        }
        rest = after;
    }
    page.push_str(rest);
    Ok(page)
}

/// As text of the page.
fn as_text(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// JSON that cannot end the element it stands in, nor begin a comment there. All of these only stand in strings.
fn as_data(json: &str) -> String {
    json.replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029")
}

#[cfg(test)]
mod tests {
    use super::as_data;

    #[test]
    fn data_stays_in_its_element_and_stays_the_same() {
        let told = serde_json::json!({ "</script><!--": "\u{2028}\u{2029}<script>&\"\\" });
        let escaped = as_data(&told.to_string());
        assert!(!escaped.contains(['<', '>', '\u{2028}', '\u{2029}']), "{escaped}");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&escaped).expect("JSON"), told);
    }
}

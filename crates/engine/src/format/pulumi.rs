//! The definition of a Pulumi ESC environment, for `pulumi env edit --file`: each `fn::secret` is encrypted when it is
//! saved.

use zeroize::Zeroizing;

use super::Exported;
use super::refusal::{Printed, each, environment};
use super::yaml;

pub(super) fn print(values: &[Exported<'_>]) -> Printed {
    let entries = each(values, "put into an environment of Pulumi ESC", |text, exported, value| {
        let name = exported.name;
        environment(name, value)?;
        if exported.open {
            yaml::entry(text, 4, name, &Zeroizing::new(value.replace('$', "$$")));
            return Ok(());
        }
        yaml::key(text, 4, name);
        text.push('\n');
        secret(text, value);
        Ok(())
    })?;
    let head = if values.is_empty() { " {}\n" } else { "\n" };
    let mut text = Zeroizing::new(format!("values:\n  environmentVariables:{head}"));
    text.push_str(&entries);
    Ok(text)
}

/// A secret. It is encrypted as it is written, so that a doubled `$` would stay double, and yet `${` and `$$` do not
/// stand for themselves: then the value goes as JSON, in which a `$` can be told by its number.
fn secret(text: &mut String, value: &str) {
    if !value.contains("${") && !value.contains("$$") {
        text.push_str("      fn::secret: ");
        yaml::quoted(text, value);
    } else {
        text.push_str("      fn::fromJSON:\n        fn::secret: ");
        let json = Zeroizing::new(serde_json::Value::from(value).to_string());
        yaml::quoted(text, &Zeroizing::new(json.replace('$', "\\u0024")));
    }
    text.push('\n');
}

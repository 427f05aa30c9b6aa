//! What names the service takes.

/// How many levels a name has at most.
const MOST_LEVELS: usize = 15;
/// How many characters a name has at most, with what stands before it in its ARN.
const LONGEST_ARN: usize = 1011;
/// What no name may begin with, in letters of any case.
const RESERVED: [&str; 2] = ["aws", "ssm"];

/// Why a parameter cannot have this name. `region` counts for its length.
pub(super) fn wrong_name(name: &str, region: &str) -> Option<String> {
    let is_fine = |byte: u8| byte.is_ascii_alphanumeric() || b"/_.-".contains(&byte);
    if name.is_empty() {
        return Some("a parameter has to have a name".to_owned());
    }
    if !name.bytes().all(is_fine) {
        return Some(format!("`{name}` has characters that the name of a parameter cannot have"));
    }
    let length = arn_length(name, region);
    if length > LONGEST_ARN {
        return Some(format!(
            "the name has {} characters, with its ARN {length}, and Parameter Store takes {LONGEST_ARN}",
            name.len()
        ));
    }
    let path = name.strip_prefix('/').unwrap_or(name);
    let levels: Vec<&str> = path.split('/').collect();
    if levels.len() > 1 && path.len() == name.len() {
        return Some(format!("`{name}` is a path, and does not begin with `/`"));
    }
    if levels.iter().any(|level| level.is_empty()) {
        return Some(format!("`{name}` has a level without a name"));
    }
    if levels.len() > MOST_LEVELS {
        return Some(format!(
            "`{name}` has {} levels, and Parameter Store takes {MOST_LEVELS}",
            levels.len()
        ));
    }
    let first = levels[0].to_ascii_lowercase();
    let reserved = RESERVED.iter().find(|reserved| first.starts_with(**reserved))?;
    Some(format!("`{name}` begins with `{reserved}`, which AWS keeps for itself"))
}

/// What to do about it.
pub(super) fn help() -> String {
    "correct the name in envctl.toml: `/` and levels of letters, digits and `_.-`".to_owned()
}

/// The characters of `arn:aws:ssm:REGION:123456789012:parameter/NAME`.
fn arn_length(name: &str, region: &str) -> usize {
    let slash = usize::from(!name.starts_with('/'));
    "arn:aws:ssm:".len() + region.len() + ":123456789012:parameter".len() + slash + name.len()
}

#[cfg(test)]
mod tests {
    use super::wrong_name;

    fn why(name: &str) -> Option<String> {
        wrong_name(name, "us-east-1")
    }

    #[test]
    fn names_that_the_service_takes_pass() {
        for name in ["/shop/prod/TOKEN", "TOKEN", "/TOKEN", "/a.b/c-d/e_f", "/shop/aws/ssm"] {
            assert_eq!(why(name), None, "{name}");
        }
        assert_eq!(why(&format!("/{}", ["l"; 15].join("/"))), None);
        let longest = 1011 - "arn:aws:ssm:us-east-1:123456789012:parameter/".len();
        assert_eq!(why(&format!("/{}", "n".repeat(longest))), None);
    }

    #[test]
    fn what_is_wrong_is_told_with_its_number() {
        let is = |name: &str, told: &str| assert_eq!(why(name).as_deref(), Some(told));
        is("", "a parameter has to have a name");
        is("/a b", "`/a b` has characters that the name of a parameter cannot have");
        is("/a:1", "`/a:1` has characters that the name of a parameter cannot have");
        is("a/b", "`a/b` is a path, and does not begin with `/`");
        is("/a//b", "`/a//b` has a level without a name");
        is("/a/", "`/a/` has a level without a name");
        is("/AWS/x", "`/AWS/x` begins with `aws`, which AWS keeps for itself");
        is("ssm-token", "`ssm-token` begins with `ssm`, which AWS keeps for itself");
        let deep = format!("/{}", ["l"; 16].join("/"));
        is(&deep, &format!("`{deep}` has 16 levels, and Parameter Store takes 15"));
        let long = format!("/{}", "n".repeat(967));
        is(&long, "the name has 968 characters, with its ARN 1012, and Parameter Store takes 1011");
    }
}

//! The shared configuration file of AWS, `~/.aws/config`: sections with settings, of which we read one.

/// Which section to read.
#[derive(Clone, Copy)]
pub(super) enum Profile<'a> {
    /// `[default]`; `[profile default]` goes before it.
    Default,
    /// `[profile NAME]`.
    Named(&'a str),
}

/// The value of a setting with its line and column, both from 1. The last one in the file wins, as with the
/// tools of AWS. Indented lines belong to a nested setting (`s3 =`) and are passed over.
pub(super) fn setting<'t>(text: &'t str, profile: Profile<'_>, name: &str) -> Option<(&'t str, u32, u32)> {
    let mut rank = 0;
    let mut found: Option<(u8, (&str, u32, u32))> = None;
    for (line, number) in super::read::without_bom(text).lines().zip(1..) {
        if let Some(section) = line.trim_end().strip_prefix('[') {
            rank = section.split_once(']').map_or(0, |(title, _)| rank_of(title.trim(), profile));
        } else if rank > 0 && !line.starts_with([' ', '\t', '#', ';']) {
            let Some((key, value)) = line.split_once('=') else { continue };
            let column = line.chars().count() - value.trim_start().chars().count() + 1;
            let value = without_comment(value).trim();
            let is_better = found.is_none_or(|(best, _)| rank >= best);
            if key.trim().eq_ignore_ascii_case(name) && !value.is_empty() && is_better {
                found = Some((rank, (value, number, u32::try_from(column).unwrap_or(u32::MAX))));
            }
        }
    }
    found.map(|(_, value)| value)
}

/// How well a section fits: not at all, well, best.
fn rank_of(title: &str, profile: Profile<'_>) -> u8 {
    let words = title.split_once(char::is_whitespace).filter(|(word, _)| *word == "profile");
    let named = words.map(|(_, name)| name.trim().trim_matches(['"', '\'']));
    match profile {
        Profile::Default | Profile::Named("default") => match named {
            Some("default") => 2,
            None if title == "default" => 1,
            _ => 0,
        },
        Profile::Named(name) => u8::from(named == Some(name)),
    }
}

/// A comment within a line begins with ` #` or ` ;`.
fn without_comment(value: &str) -> &str {
    let start = value
        .char_indices()
        .zip(value.chars().skip(1))
        .find(|((_, before), mark)| before.is_whitespace() && matches!(mark, '#' | ';'));
    start.map_or(value, |((at, _), _)| &value[..at])
}

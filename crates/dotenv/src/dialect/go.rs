//! What the readers that come from godotenv have in common.

use super::cursor::Cursor;

/// Moves over white space and comments to the next statement, if there is one.
pub(super) fn find_statement(cursor: &mut Cursor<'_>) -> bool {
    loop {
        cursor.take_while(char::is_whitespace);
        if cursor.peek() != Some('#') {
            return !cursor.is_at_end();
        }
        cursor.skip_line();
    }
}

/// White space within a line.
pub(super) fn is_blank(c: char) -> bool {
    matches!(c, '\t' | '\u{b}' | '\u{c}' | '\r' | ' ' | '\u{85}' | '\u{a0}')
}

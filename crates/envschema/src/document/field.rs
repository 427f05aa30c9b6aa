//! [`Field`]: a key of a table that may be absent.

use crate::text::Spanned;

/// What a key holds, if it is there.
///
/// Tables of variables have thirty keys and use four or five. What is there is kept apart, so that a table is
/// small to make and to move.
#[derive(Clone, Debug, PartialEq)]
pub struct Field<T>(Option<Box<Spanned<T>>>);

impl<T> Field<T> {
    /// What the key holds.
    #[must_use]
    pub fn get(&self) -> Option<&Spanned<T>> {
        self.0.as_deref()
    }

    /// The same to be changed, an empty one if the key is absent.
    pub fn get_or_insert_default(&mut self) -> &mut Spanned<T>
    where
        T: Default,
    {
        self.0.get_or_insert_default()
    }

    /// Whether the key is there.
    #[must_use]
    pub fn is_some(&self) -> bool {
        self.0.is_some()
    }

    /// This one, or another if the key is absent.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self(self.0.or(other.0))
    }

    /// What both hold, joined by `with`; the only one where one of them is absent.
    pub(crate) fn merge(self, over: Self, with: impl FnOnce(T, T) -> T) -> Self {
        Self(match (self.0, over.0) {
            (Some(base), Some(over)) => {
                Some(Box::new(Spanned { span: over.span, value: with(base.value, over.value) }))
            }
            (base, over) => over.or(base),
        })
    }

    /// What the key holds, as a sequence of one or none.
    pub fn iter(&self) -> std::option::IntoIter<&Spanned<T>> {
        self.get().into_iter()
    }
}

impl<T> Default for Field<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T> From<Option<Spanned<T>>> for Field<T> {
    fn from(value: Option<Spanned<T>>) -> Self {
        Self(value.map(Box::new))
    }
}

/// A value made in code, which stands nowhere.
impl<T> From<T> for Field<T> {
    fn from(value: T) -> Self {
        Self::from(Some(Spanned::from(value)))
    }
}

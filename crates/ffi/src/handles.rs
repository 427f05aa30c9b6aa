//! [`Handles`]: the table of open contracts. A handle is a place in the table and how often that place was taken before,
//! so that one that is closed is never taken for another.

use std::sync::{Arc, PoisonError, RwLock};

use envctl_engine::call::Opened;

/// Open contracts by their handles.
pub(crate) struct Handles(RwLock<Vec<Slot>>);

#[derive(Default)]
struct Slot {
    /// How often the place was given out.
    generation: u32,
    opened: Option<Arc<Opened>>,
}

impl Handles {
    /// None yet.
    pub(crate) const fn new() -> Self {
        Self(RwLock::new(Vec::new()))
    }

    /// Keeps a contract.
    pub(crate) fn insert(&self, opened: Opened) -> u64 {
        let mut slots = self.0.write().unwrap_or_else(PoisonError::into_inner);
        // A place whose count is used up stays empty.
        let free = |slot: &Slot| slot.opened.is_none() && slot.generation < u32::MAX;
        let at = slots.iter().position(free).unwrap_or_else(|| {
            slots.push(Slot::default());
            slots.len() - 1
        });
        let slot = &mut slots[at];
        slot.generation += 1;
        slot.opened = Some(Arc::new(opened));
        u64::from(slot.generation) << 32 | at as u64
    }

    /// The contract of a handle, if it is open.
    pub(crate) fn get(&self, handle: u64) -> Option<Arc<Opened>> {
        let slots = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let slot = slots.get(place(handle)?)?;
        slot.opened.clone().filter(|_| slot.generation == generation(handle))
    }

    /// Lets a contract go; whether it was open.
    pub(crate) fn remove(&self, handle: u64) -> bool {
        let mut slots = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let slot = place(handle).and_then(|at| slots.get_mut(at));
        let opened =
            slot.filter(|slot| slot.generation == generation(handle)).and_then(|slot| slot.opened.take());
        // The contract's memory is given back after others may use the table again.
        drop(slots);
        opened.is_some()
    }
}

fn place(handle: u64) -> Option<usize> {
    usize::try_from(handle & u64::from(u32::MAX)).ok()
}

/// Never 0 for a handle that was given out, so that no handle is 0.
fn generation(handle: u64) -> u32 {
    (handle >> 32) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opened() -> Opened {
        Opened::parse("test.toml", "[schema]\nname = \"test\"\n").expect("a contract")
    }

    #[test]
    fn a_closed_handle_is_never_another() {
        let handles = Handles::new();
        let first = handles.insert(opened());
        assert!(first != 0 && handles.get(first).is_some());
        assert!(handles.remove(first));
        assert!(!handles.remove(first));
        let second = handles.insert(opened());
        assert_ne!(first, second);
        assert!(handles.get(first).is_none() && !handles.remove(first));
        assert!(handles.get(second).is_some());
        for never in [0, 1, u64::MAX, second + 1, second + (1 << 32)] {
            assert!(handles.get(never).is_none() && !handles.remove(never), "{never}");
        }
    }
}

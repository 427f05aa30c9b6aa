//! Several calls at once, each answer in its place.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::thread;

/// What `work` makes of each item, in the order of `items`; at most `workers` of them at once, and at least one.
///
/// # Panics
/// When `work` does.
pub fn each_at_once<T, R>(items: &[T], workers: usize, work: impl Fn(&T) -> R + Sync) -> Vec<R>
where
    T: Sync,
    R: Send,
{
    let queue = Mutex::new(items.iter().enumerate().collect::<VecDeque<_>>());
    let next = || queue.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
    let run = || {
        let mut done = Vec::new();
        while let Some((at, item)) = next() {
            done.push((at, work(item)));
        }
        done
    };
    let workers = workers.clamp(1, items.len().max(1));
    let mut all: Vec<(usize, R)> = if workers == 1 {
        run()
    } else {
        thread::scope(|scope| {
            let threads: Vec<_> = (0..workers).map(|_| scope.spawn(run)).collect();
            let joined = threads
                .into_iter()
                .map(|thread| thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
            joined.flatten().collect()
        })
    };
    all.sort_by_key(|(at, _)| *at);
    all.into_iter().map(|(_, done)| done).collect()
}

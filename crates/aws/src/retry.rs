//! Which requests are repeated, how often, and how long.
//!
//! The SDK's own repeating is off. It gives up after a number of attempts, however short they were, and forgets why; a plan of
//! a thousand records that is slowed down needs the opposite: patience until a deadline, and the reason at its end.

use std::future::Future;
use std::time::Duration;

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use tokio::time::Instant;

use crate::error::{CallError, Request, Why};

/// How a request is repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// The first wait is shorter than this. The limit doubles with every further one; the wait is random below it, so that
    /// many who were slowed down together do not come back together.
    pub first: Duration,
    /// No wait is longer.
    pub longest: Duration,
    /// How long one attempt may take.
    pub attempt: Duration,
    /// How long a request is tried altogether, if the account's settings do not say.
    pub deadline: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            first: Duration::from_millis(200),
            longest: Duration::from_secs(10),
            attempt: Duration::from_secs(20),
            deadline: Duration::from_secs(60),
        }
    }
}

impl Pace {
    /// How long to wait after the attempt `number`, which counts from 0: something random below a limit that doubles.
    fn wait(&self, number: u32) -> Duration {
        let limit = self.first.saturating_mul(1 << number.min(16)).min(self.longest);
        let mut random = [0; 4];
        // Without randomness the wait is as long as it may be, which is no harm.
        let part = match getrandom::fill(&mut random) {
            Ok(()) => f64::from(u32::from_le_bytes(random)) / f64::from(u32::MAX),
            Err(_) => 1.0,
        };
        limit.mul_f64(part)
    }
}

/// Makes a request until it has an answer, a refusal that repeating does not change, or no time is left.
///
/// A request that writes has to be harmless when it comes twice: attempts whose answer was lost are repeated too.
pub(crate) async fn until<T, E, F, A>(
    pace: &Pace,
    deadline: Duration,
    request: Request<'_>,
    send: F,
) -> Result<T, CallError>
where
    F: Fn() -> A,
    A: Future<Output = Result<T, SdkError<E, HttpResponse>>>,
    E: ProvideErrorMetadata + std::error::Error + Send + Sync + 'static,
{
    let begun = Instant::now();
    let mut may_be_done = false;
    let mut before = None;
    let mut failures = 0;
    for number in 0.. {
        let left = deadline.saturating_sub(begun.elapsed());
        let why = match tokio::time::timeout(pace.attempt.min(left), send()).await {
            Ok(Ok(answer)) => return Ok(answer),
            Ok(Err(error)) => Why::of(&error),
            Err(_) => {
                may_be_done = true;
                // The last attempt had less time than others. Why those failed says more.
                before.filter(|_| left < pace.attempt).unwrap_or(Why::Slow)
            }
        };
        may_be_done |= why.may_be_done();
        let wait = pace.wait(number);
        let is_enough = why.most_attempts().is_some_and(|most| {
            failures += 1;
            failures >= most
        });
        if is_enough || begun.elapsed() + wait >= deadline {
            return Err(CallError { error: why.told(request, begun.elapsed()), may_be_done });
        }
        tokio::time::sleep(wait).await;
        before = Some(why);
    }
    unreachable!("no attempt is the last of all numbers")
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::Pace;

    #[test]
    fn waits_are_random_below_a_limit_that_doubles() {
        let pace =
            Pace { first: Duration::from_millis(100), longest: Duration::from_secs(1), ..Pace::default() };
        for (number, limit) in [(0, 100), (1, 200), (3, 800), (4, 1000), (40, 1000)] {
            let waits: Vec<_> = (0..100).map(|_| pace.wait(number)).collect();
            let limit = Duration::from_millis(limit);
            assert!(waits.iter().all(|wait| *wait <= limit), "{number}: {waits:?}");
            assert!(waits.iter().any(|wait| *wait > limit / 2), "{number}: {waits:?}");
            assert!(waits.iter().any(|wait| *wait < limit / 2), "{number}: {waits:?}");
        }
    }
}

//! envctl with the SDK of AWS linked in: the same command line, which `envctl` hands what needs an account.
//!
//! [`edge`] is what its programs start from; each is three lines over it.

use envctl::Edge;
use envctl_aws::Aws;

/// The edge of the running process, with AWS.
#[must_use]
pub fn edge() -> Edge {
    Edge { cloud: Some(Box::new(Aws::new())), ..Edge::from_process() }
}

//! Tokens and digests.

use envctl_sync::token::{Key, follows};
use envschema::SecretValue;

use crate::support::key;

fn token(place: &str, record: &str, parent: Option<&str>, content: &str) -> String {
    key().token(place, record, parent, &SecretValue::from(content))
}

#[test]
fn a_token_is_the_same_for_the_same_write_only() {
    let one = token("p", "web", Some("v1"), "x");
    assert_eq!(one, token("p", "web", Some("v1"), "x"));
    assert!(one.len() == 48 && one.bytes().all(|byte| b"0123456789abcdef".contains(&byte)), "{one}");
    let others = [
        token("q", "web", Some("v1"), "x"),
        token("p", "api", Some("v1"), "x"),
        token("p", "web", Some("v2"), "x"),
        token("p", "web", None, "x"),
        token("p", "web", Some("v1"), "y"),
        token("p", "we", Some("v1"), "bx"),
        token("pw", "eb", Some("v1"), "x"),
        Key::new([8; Key::LENGTH]).token("p", "web", Some("v1"), &SecretValue::from("x")),
    ];
    for other in others {
        assert_ne!(one, other);
    }
}

#[test]
fn a_token_tells_which_version_it_follows() {
    let one = token("p", "web", Some("v1"), "x");
    assert!(follows(&one, "v1"));
    assert!(!follows(&one, "v2") && !follows(&one, "") && !follows(&one[..47], "v1"));
    assert!(follows(&token("p", "web", None, "x"), ""), "the first version follows nothing");
    assert!(!follows("b2b7a3f2-5d2c-4f0e-9f4e-0d9c6c3b3c11", "v1"), "an id of the service's own");
}

#[test]
fn a_digest_needs_the_key() {
    let (here, there) = (key(), Key::new([8; Key::LENGTH]));
    let content = SecretValue::from("x");
    assert_eq!(here.fingerprint("web", &content), here.fingerprint("web", &content));
    assert_ne!(here.fingerprint("web", &content), here.fingerprint("api", &content));
    assert_ne!(here.fingerprint("web", &content), there.fingerprint("web", &content));
    assert_ne!(here.id(), there.id());
    assert_eq!(here.id(), key().id());
}

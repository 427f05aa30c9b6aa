//! Every function, used well and used wrongly.

use std::ffi::{CString, c_char};
use std::ptr::{null, null_mut};

use envctl_ffi::{
    ENVCTL_ABI_VERSION, envctl_abi_version, envctl_call, envctl_close, envctl_free, envctl_open_path,
    envctl_open_text,
};
use envctl_testkit::{Canaries, TempProject};
use serde_json::{Value, json};

use crate::support::{Open, call, opened, opened_path, taken};

const CONTRACT: &str = r#"
[schema]
name = "shop"

[vars.API_KEY]
about    = "Key of the payment service"
generate = "hex:16"

[vars.PORT]
type       = "port"
visibility = "plain"
default    = 3000
"#;

fn code(answer: &Value) -> &str {
    assert_eq!((&answer["version"], &answer["ok"]), (&json!(1), &json!(false)), "{answer}");
    answer["error"]["code"].as_str().expect("an error has a code")
}

fn result(answer: &Value) -> &Value {
    assert_eq!((&answer["version"], &answer["ok"]), (&json!(1), &json!(true)), "{answer}");
    &answer["result"]
}

#[test]
fn the_version() {
    assert_eq!(envctl_abi_version(), ENVCTL_ABI_VERSION);
}

#[test]
fn every_operation() {
    let shop = Open::text(CONTRACT);
    let of = |operation: &str, asked: Value| {
        let answer = shop.call(&json!({ "version": 1, "call": { operation: asked } }).to_string());
        result(&answer).clone()
    };
    let input = json!({ "env": { "API_KEY": "secret-of-the-test", "PATH": "/bin" } });
    assert_eq!(of("describe", json!({}))["variables"][1]["default"], "3000");
    assert_eq!(of("validate", json!({ "input": input }))["valid"], true);
    let resolved = of("resolve", json!({ "input": input }));
    assert_eq!(resolved["values"], json!({ "API_KEY": "secret-of-the-test", "PORT": "3000" }));
    assert_eq!(resolved["typed"]["PORT"], 3000);
    assert_eq!(resolved["provenance"]["API_KEY"]["place"]["name"], "API_KEY");
    let exported = of("export", json!({ "input": input, "format": "shell" }));
    assert_eq!(exported["text"], "export API_KEY='secret-of-the-test'\nexport PORT='3000'\n");
    let explained = of("explain", json!({ "input": input, "name": "API_KEY" }));
    assert_eq!((&explained["state"], &explained["value"]), (&json!("resolved"), &Value::Null));
    assert_eq!(of("generate", json!({ "variable": "API_KEY" }))["value"].as_str().map(str::len), Some(32));
    let linted = of("lint", json!({ "file": { "name": ".env", "text": "A=b # c\n" } }));
    assert_eq!(linted["file"], ".env");
}

#[test]
fn what_needs_no_contract() {
    let made = call(0, r#"{"version": 1, "call": {"generate": {"form": "uuid", "prefix": "id-"}}}"#);
    assert_eq!(result(&made)["value"].as_str().map(str::len), Some(39));
    let linted = call(0, r#"{"version": 1, "call": {"lint": {"file": {"text": "A=1\n"}}}}"#);
    assert_eq!(result(&linted)["valid"], true);
    assert_eq!(code(&call(0, r#"{"version": 1, "call": {"validate": {}}}"#)), "no-contract");
}

#[test]
fn a_contract_of_a_file_extends_others() {
    let project = TempProject::new()
        .file("envschema.toml", "[schema]\nname = \"shop\"\nextends = \"common.toml\"\n")
        .file("common.toml", "[vars.PORT]\ntype = \"port\"\nvisibility = \"plain\"\n");
    let path = project.path().join("envschema.toml");
    let shop = opened_path(path.to_str().unwrap()).unwrap_or_else(|error| panic!("{error}"));
    let described = shop.call(r#"{"version": 1, "call": {"describe": {}}}"#);
    assert_eq!(result(&described)["variables"][0]["name"], "PORT");
    let nowhere = opened_path("nowhere/envschema.toml").err().expect("there is none");
    assert_eq!(code(&nowhere), "contract");
}

#[test]
fn a_contract_with_mistakes_tells_them_all() {
    let error = opened("[schema]\nname = \"shop\"\n[vars.A]\ntype = \"prot\"\n[vars.B]\nrequird = true\n");
    let error = error.err().expect("it has mistakes");
    assert_eq!(code(&error), "contract");
    let message = error["error"]["message"].as_str().unwrap();
    assert!(message.contains("envschema.toml:4") && message.contains("envschema.toml:6"), "{message}");
}

#[test]
fn a_closed_handle_is_told() {
    let handle = {
        let shop = Open::text(CONTRACT);
        assert!(shop.call(r#"{"version": 1, "call": {"describe": {}}}"#)["ok"] == true);
        shop.0
    };
    assert_eq!(code(&call(handle, r#"{"version": 1, "call": {"describe": {}}}"#)), "handle");
    assert!(!envctl_close(handle), "it is closed already");
    assert!(!envctl_close(0) && !envctl_close(u64::MAX));
    let other = Open::text(CONTRACT);
    assert_ne!(other.0, handle, "a handle is never given out again");
    assert_eq!(code(&call(handle, r#"{"version": 1, "call": {"describe": {}}}"#)), "handle");
}

#[test]
fn null_and_bytes_that_are_no_text() {
    let mut error = null_mut();
    let broken = CString::new(&b"[schema]\nname = \"\xff\""[..]).unwrap();
    let name = CString::new("a.toml").unwrap();
    let no = null::<c_char>();
    // SAFETY: each is NULL or ends in a NUL byte, and no error is wanted.
    assert_eq!(unsafe { envctl_open_text(no, name.as_ptr(), null_mut()) }, 0);
    // SAFETY: each is NULL or ends in a NUL byte, and no error is wanted.
    assert_eq!(unsafe { envctl_open_text(name.as_ptr(), no, null_mut()) }, 0);
    // SAFETY: both end in a NUL byte, and `error` can be written to.
    assert_eq!(unsafe { envctl_open_text(name.as_ptr(), broken.as_ptr(), &raw mut error) }, 0);
    assert_eq!(code(&taken(error)), "text");
    // SAFETY: NULL is allowed, and `error` can be written to.
    assert_eq!(unsafe { envctl_open_path(no, &raw mut error) }, 0);
    assert_eq!(code(&taken(error)), "text");
    // SAFETY: NULL is allowed.
    assert_eq!(code(&taken(unsafe { envctl_call(0, no) })), "text");
    // SAFETY: it ends in a NUL byte.
    assert_eq!(code(&taken(unsafe { envctl_call(0, broken.as_ptr()) })), "text");
    // SAFETY: NULL is allowed.
    unsafe { envctl_free(null_mut()) };
}

#[test]
fn requests_that_are_none() {
    let mut canaries = Canaries::new();
    let secret = canaries.plant("request");
    let shop = Open::text(CONTRACT);
    let of = |call: Value| json!({ "version": 1, "call": call }).to_string();
    let wrong = [
        (String::new(), "request"),
        ("{".to_owned(), "request"),
        (format!("\"{secret}\""), "request"),
        (format!("{{\"version\": 1, \"call\": \"{secret}\"}}"), "request"),
        (format!("{{\"version\": \"{secret}\"}}"), "request"),
        (json!({ "version": 2, "call": { "new": secret } }).to_string(), "version"),
        (of(json!({ "validat": {} })), "request"),
        (of(json!({ "validate": { "inputs": { "env": { "API_KEY": secret } } } })), "request"),
        (of(json!({ "validate": { "input": { "env": { "API_KEY": [secret] } } } })), "request"),
        (of(json!({ "validate": { "input": { "env": secret } } })), "request"),
        (of(json!({ "validate": { "input": { "environment": secret }, "complete": secret } })), "request"),
        (of(json!({ "validate": { "input": { "files": [{}] } } })), "options"),
        (of(json!({ "validate": { "input": { "files": [{ "path": "nowhere" }] } } })), "source"),
        (of(json!({ "validate": { "input": { "outputs": { "text": secret } } } })), "source"),
        (of(json!({ "validate": { "input": { "profile": "minimal" } } })), "unknown"),
        (of(json!({ "validate": { "input": { "set": { "API_KYE": secret } } } })), "unknown"),
        (of(json!({ "validate": { "input": { "dialect": "vitr" } } })), "options"),
        (
            of(json!({ "explain": { "name": "API_KYE", "input": { "env": { "API_KEY": secret } } } })),
            "unknown",
        ),
        (of(json!({ "generate": {} })), "options"),
        (of(json!({ "generate": { "form": "hex:0" } })), "options"),
        (of(json!({ "generate": { "variable": "PORT" } })), "options"),
        (of(json!({ "export": { "format": "ecs", "input": { "env": { "API_KEY": secret } } } })), "options"),
        (of(json!({ "export": { "format": "yaml", "typed": true } })), "options"),
        (of(json!({ "export": { "format": "k8s", "object": { "name": "No Name" } } })), "options"),
    ];
    for (request, expected) in wrong {
        let answer = shop.call(&request);
        assert_eq!(code(&answer), expected, "{request}");
        canaries.scan("the error", answer.to_string());
    }
    let judged =
        shop.call(&of(json!({ "validate": { "input": { "env": { "API_KEY": secret, "PORT": "x" } } } })));
    canaries.scan("the judgement", judged.to_string());
}

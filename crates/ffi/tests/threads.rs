//! One handle in many threads, and closing it under their feet.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use serde_json::json;

use crate::support::Open;

const CONTRACT: &str = "
[schema]
name = \"shop\"
[environments.dev]
[environments.prod]
[vars.PORT]
type = \"port\"
visibility = \"plain\"
[vars.PORT.on.prod]
min = 1024
";

#[test]
fn one_handle_in_many_threads() {
    let shop = Open::text(CONTRACT);
    thread::scope(|scope| {
        for thread in 0..8_u16 {
            let shop = &shop;
            scope.spawn(move || {
                for round in 0..200 {
                    let environment = if round % 2 == 0 { "dev" } else { "prod" };
                    let port = (1 + thread).to_string();
                    let input = json!({ "environment": environment, "env": { "PORT": port } });
                    let request = json!({ "version": 1, "call": { "resolve": { "input": input } } });
                    let answer = shop.call(&request.to_string());
                    let expected = if environment == "dev" { json!({ "PORT": port }) } else { json!({}) };
                    assert_eq!(answer["result"]["values"], expected, "{answer}");
                }
            });
        }
    });
}

#[test]
fn closing_while_others_call() {
    let answered = &AtomicUsize::new(0);
    thread::scope(|scope| {
        let shop = Open::text(CONTRACT);
        let handle = shop.0;
        for _ in 0..4 {
            scope.spawn(move || {
                loop {
                    let answer = crate::support::call(handle, r#"{"version": 1, "call": {"describe": {}}}"#);
                    if answer["ok"] == false {
                        assert_eq!(answer["error"]["code"], "handle");
                        break;
                    }
                    answered.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        while answered.load(Ordering::Relaxed) < 100 {
            thread::yield_now();
        }
        drop(shop);
    });
}

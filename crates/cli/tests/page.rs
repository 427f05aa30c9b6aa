//! The page of `envctl status --html`, opened in a real browser.
//!
//! The browser is Chromium, found on the `PATH`. Without it these tests show nothing; `cargo xtask test` says so, and
//! fails where `CI` is set.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use envctl_testkit::TempProject;

use crate::support::program;
use crate::transcripts::update;

const CONTRACT: &str = r#"
[schema]
name = "shop </script><script>alert(1)</script>"

[environments.dev]
[environments.prod]

[conditions]
payments = 'PAYMENTS'

[[groups]]
id    = "web"
title = "Web <b>& more</b>"

[[groups]]
id    = "payments"
title = "Payments"

[vars.PORT]
about      = "The port <img src=x onerror=alert(1)>"
group      = "web"
type       = "port"
visibility = "plain"

[vars.SESSION_SECRET]
about = "Signs sessions"
group = "web"

[vars.PAYMENTS]
group      = "payments"
type       = "boolean"
visibility = "plain"
default    = false

[vars.STRIPE_KEY]
about    = "Key of the payment service"
group    = "payments"
required = 'payments'

[vars.STRIPE_HOOK]
group    = "payments"
required = 'payments'
example  = "whsec_..."

[vars.LABEL]
visibility = "public"
required   = false
"#;

/// Two environments: dev is ready, and prod is not.
fn shop() -> TempProject {
    let project = TempProject::new();
    project.write("envschema.toml", CONTRACT);
    project.write(".env.dev", "PORT=3000\nSESSION_SECRET=canary+dev@end\n");
    project.write(
        ".env.prod",
        "PORT=plain-but-wrong\nSESSION_SECRET=canary+prod@end\nPAYMENTS=true\nSTRIPE_HOOK=whsec_...\nSTRIPE_KEYS=canary+name@end\n",
    );
    project
}

/// Writes the page, and gives its path.
fn page(project: &TempProject, environments: &str) -> PathBuf {
    let mut command = program("envctl");
    command.args(["status", "-e", environments, "--html", "status.html"]).current_dir(project.path());
    let output = command.output().expect("envctl runs");
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(told, "status.html written\n");
    assert!(output.stdout.is_empty());
    project.join("status.html")
}

/// What a browser makes of a page at an address such as `#q=stripe`: the document after its script ran. `None` without a
/// browser.
///
/// # Panics
///
/// When the page logs anything: an error of the script, or something that its policy forbids.
fn opened(page: &Path, hash: &str) -> Option<String> {
    let home = TempProject::new();
    let output = Command::new("chromium")
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"])
        .args(["--disable-background-networking", "--disable-component-update", "--disable-sync"])
        .args(["--enable-logging=stderr", "--virtual-time-budget=10000", "--dump-dom"])
        .arg(format!("--user-data-dir={}", home.path().display()))
        .arg(format!("file://{}{hash}", page.display()))
        .env("HOME", home.path())
        .stdin(Stdio::null())
        .output()
        .ok()?;
    let log = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{log}");
    let complaints: Vec<_> = log.lines().filter(|line| line.contains("CONSOLE")).collect();
    assert!(complaints.is_empty(), "{complaints:#?}");
    Some(String::from_utf8(output.stdout).expect("a document is text"))
}

/// The variables that a document shows, in their order.
fn names(document: &str) -> Vec<&str> {
    let buttons = document.split("class=\"name\"").skip(1);
    buttons
        .map(|rest| {
            let (_, rest) = rest.split_once('>').expect("a tag ends");
            rest.split_once("</button>").expect("a button ends").0
        })
        .collect()
}

#[test]
fn the_page_shows_every_variable_and_nothing_but_text() {
    let project = shop();
    let page = page(&project, "all");
    let Some(document) = opened(&page, "") else { return };
    let all = ["PORT", "SESSION_SECRET", "PAYMENTS", "STRIPE_KEY", "STRIPE_HOOK", "LABEL"];
    assert_eq!(names(&document), all);
    assert!(document.contains("6 variables in 2 environments, 1 of them ready"), "{document}");
    assert!(document.contains("not ready: 2 missing, 1 invalid"), "{document}");
    assert!(document.contains("Web &lt;b&gt;&amp; more&lt;/b&gt;"), "{document}");
    assert!(document.contains("STRIPE_KEYS: unknown: is not a variable of the contract"), "{document}");
    assert!(!document.contains("<b>& more") && !document.contains("<img"), "{document}");
}

#[test]
fn the_address_says_what_is_looked_at() {
    let project = shop();
    let page = page(&project, "dev,prod");
    let cases: &[(&str, &[&str])] = &[
        ("#q=stripe", &["STRIPE_KEY", "STRIPE_HOOK"]),
        ("#q=payment%20SERVICE", &["STRIPE_KEY"]),
        ("#q=stripe&state=missing,invalid&env=prod", &["STRIPE_KEY", "STRIPE_HOOK"]),
        ("#state=differs", &["PORT", "STRIPE_KEY", "STRIPE_HOOK"]),
        ("#state=noted", &["STRIPE_HOOK"]),
        ("#group=web", &["PORT", "SESSION_SECRET"]),
        ("#visibility=plain&q=pay", &["PAYMENTS"]),
        ("#q=nothing-like-it", &[]),
    ];
    for (hash, expected) in cases {
        let Some(document) = opened(&page, hash) else { return };
        assert_eq!(names(&document), *expected, "{hash}");
    }
}

#[test]
fn an_opened_variable_tells_why_and_where() {
    let project = shop();
    let page = page(&project, "all");
    let Some(document) = opened(&page, "#open=STRIPE_HOOK,PORT&theme=dark") else { return };
    assert_eq!(document.matches("class=\"more\"").count(), 2);
    assert!(document.contains("data-theme=\"dark\""));
    for told in [
        "because PAYMENTS is true (.env.prod:3)",
        "because PAYMENTS is false (default)",
        "placeholder: .env.prod:4: a real value is required",
        "invalid: expected a port from 1 to 65535",
        ".env.dev:1",
    ] {
        assert!(document.contains(told), "{told}: {document}");
    }
}

/// Types, presses keys and clicks as a person would, and notes what came of it in attributes of the body.
const PERSON: &str = r##"<script>
(() => {
  const $ = (id) => document.getElementById(id);
  const note = (name, value) => { document.body.dataset[name] = value; };
  const press = (key) => document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
  const wait = () => new Promise((done) => setTimeout(done, 300));
  const count = () => document.querySelectorAll(".name").length;
  (async () => {
    await wait();
    press("/");
    note("slash", document.activeElement.id);
    $("q").value = "stripe";
    $("q").dispatchEvent(new Event("input"));
    await wait();
    note("typed", `${count()} ${location.hash}`);
    press("ArrowDown"); press("ArrowDown"); press("ArrowUp");
    note("arrows", document.activeElement.textContent);
    document.activeElement.click();
    note("open", `${document.querySelectorAll(".more").length} ${location.hash}`);
    press("Escape");
    note("closed", `${document.querySelectorAll(".more").length} ${document.activeElement.textContent}`);
    document.querySelector("[data-state=missing]").click();
    $("env").value = "dev";
    $("env").dispatchEvent(new Event("change"));
    note("filtered", `${count()} ${location.hash} ${$("found").textContent} ${$("none").hidden}`);
    $("clear").click();
    note("cleared", `${count()} ${location.hash}`);
    $("theme").click(); $("theme").click();
    note("theme", `${document.documentElement.dataset.theme} ${$("theme").textContent}`);
    location.hash = "#group=web";
    await wait();
    note("address", `${count()} ${$("group").value}`);
  })();
})();
</script>"##;

#[test]
fn the_page_answers_to_keys_and_clicks() {
    let project = shop();
    let page = page(&project, "all");
    let text = fs::read_to_string(&page).expect("a page");
    // The policy would not let the person in.
    let (before, after) = text.split_once("<meta http-equiv").expect("the policy");
    let (_, after) = after.split_once('>').expect("its end");
    fs::write(&page, format!("{before}{after}").replace("</body>", &format!("{PERSON}</body>")))
        .expect("a file");
    let Some(document) = opened(&page, "") else { return };
    for noted in [
        r#"data-slash="q""#,
        r#"data-typed="2 #q=stripe""#,
        r#"data-arrows="STRIPE_KEY""#,
        r#"data-open="1 #q=stripe&amp;open=STRIPE_KEY""#,
        r#"data-closed="0 STRIPE_KEY""#,
        r#"data-filtered="0 #q=stripe&amp;state=missing&amp;env=dev 0 of 6 variables false""#,
        r#"data-cleared="6 #env=dev""#,
        r#"data-theme="dark ☾ Dark""#,
        r#"data-address="2 web""#,
    ] {
        assert!(
            document.contains(noted),
            "{noted} is not in {}",
            document.split("<body").nth(1).unwrap_or_default()
        );
    }
}

#[test]
fn five_thousand_variables_are_shown_too() {
    let project = TempProject::new();
    let environments = ["a", "b", "c", "d", "e"];
    let mut contract = "[schema]\nname = \"large\"\n".to_owned();
    for environment in environments {
        contract.push_str(&format!("[environments.{environment}]\n"));
    }
    for number in 0..5_000 {
        contract.push_str(&format!("[vars.V{number}]\nvisibility = \"plain\"\n"));
    }
    project.write("envschema.toml", contract);
    for (position, environment) in environments.into_iter().enumerate() {
        let lines = (0..5_000).filter(|number| number % 5 != position);
        project.write(
            &format!(".env.{environment}"),
            lines.map(|number| format!("V{number}=x\n")).collect::<String>(),
        );
    }
    let page = page(&project, "all");
    let Some(document) = opened(&page, "") else { return };
    assert_eq!(names(&document).len(), 5_000);
    let document = opened(&page, "#q=V499&state=missing&env=a").expect("it was there before");
    assert_eq!(names(&document), ["V4990", "V4995"]);
}

#[test]
fn the_page_holds_no_value_and_asks_for_nothing() {
    let project = shop();
    let page = fs::read_to_string(page(&project, "all")).expect("a page");
    for value in ["canary+dev", "canary+prod", "canary+name", "plain-but-wrong", "whsec_"] {
        assert!(!page.contains(value), "{value}");
    }
    for request in ["src=\"", "href=\"http", "@import", "fetch(", "XMLHttpRequest", "WebSocket", "import("] {
        assert!(!page.contains(request), "{request}");
    }
    assert!(page.contains("default-src 'none'"));
    assert_eq!(page.matches("</script>").count(), 2, "no data ends the element that it stands in");
}

#[test]
fn a_page_is_replaced_by_a_new_one_and_nothing_else_is() {
    let project = shop();
    let written = page(&project, "all");
    let again = |arguments: &[&str]| {
        let mut command = program("envctl");
        command.args(["status", "--html", "status.html"]).args(arguments).current_dir(project.path());
        let output = command.output().expect("envctl runs");
        (output.status.code(), String::from_utf8(output.stderr).expect("text"))
    };
    assert_eq!(again(&["-e", "all"]), (Some(1), "status.html unchanged\n".to_owned()));
    assert_eq!(again(&["-e", "dev"]), (Some(0), "status.html replaced\n".to_owned()));
    fs::write(&written, "mine").expect("a writable folder");
    let (exit, told) = again(&["-e", "dev"]);
    assert_eq!(exit, Some(6), "{told}");
    assert_eq!(again(&["-e", "dev", "--yes"]), (Some(0), "status.html replaced\n".to_owned()));
}

/// The policy lets the page's own style and script through by their digests, which OpenSSL computes here.
#[test]
fn the_policy_names_the_style_and_the_script() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/status/page");
    let template = folder.join("page.html");
    let mut page = fs::read_to_string(&template).expect("the template");
    for (directive, file) in [("style-src", "page.css"), ("script-src", "page.js")] {
        let Some(digest) = digest(&folder.join(file)) else { return };
        let (before, after) = page.split_once(&format!("{directive} '")).expect("the policy");
        let (named, after) = after.split_once('\'').expect("a source");
        if named != digest && update() {
            page = format!("{before}{directive} '{digest}'{after}");
            continue;
        }
        assert_eq!(named, digest, "UPDATE=1 writes the digest of {file} into page.html");
    }
    if update() {
        fs::write(template, page).expect("a writable folder");
    }
}

/// `sha256-…` of a file; `None` without OpenSSL.
fn digest(file: &Path) -> Option<String> {
    let mut hash = Command::new("openssl")
        .args(["dgst", "-sha256", "-binary"])
        .arg(file)
        .stdout(Stdio::piped())
        .spawn()
        .ok()?;
    let bytes = hash.stdout.take()?;
    let output = Command::new("openssl").args(["base64", "-A"]).stdin(bytes).output().ok()?;
    assert!(hash.wait().ok()?.success());
    Some(format!("sha256-{}", String::from_utf8(output.stdout).ok()?.trim()))
}

//! Other systems are data: a target that says where it goes is all they need.

use serde_json::json;

use crate::support::Site;

#[test]
fn tally() {
    let site = Site::example("tally").open(".env").open("tally-web/.env.local");
    site.replace_made_up(".env");
    // The prefix is a part of the key.
    let key = format!("sk_test_{}", site.secret("clerk").replace(['+', '/', '@'], ""));
    site.plant("clerk", &key);
    site.edit("tally-web/.env.local", "sk_test_made-up-key-that-opens-nothing", &key);
    site.edit(
        "envctl.toml",
        "[targets.local]\n",
        "[targets.local]\nto = \"secretsmanager\"\nsecret = \"tally-${environment}\"\n",
    );
    site.run("sync --to local --yes").ended(0).told(&[
        "+ tally-development  new",
        "+ CLERK_SECRET_KEY",
        "ok: 1 written",
    ]);
    assert_eq!(site.holds("tally-development")["CLERK_SECRET_KEY"], key);
    site.run("sync --to local --check").ended(0);
    site.run("drift -e development").ended(0).told(&["# Drift of tally development"]);
}

/// Each worker with a bundle of its own, named as its environment names it.
#[test]
fn dome() {
    let site =
        Site::example("dome").open("infra/.env.dev").open("infra/.env.staging").open("infra/.env.prod");
    ["dev", "staging", "prod"].iter().for_each(|name| site.replace_made_up(&format!("infra/.env.{name}")));
    site.append(
        "envctl.toml",
        "\n[targets.deployer]\nto = \"secretsmanager\"\nsecret = \"dome-deployer${environment.suffix}\"\ngroups = [\"cloudflare\"]\n",
    );
    for (environment, name) in [("dev", "dome-deployer-dev"), ("prod", "dome-deployer")] {
        site.run(&format!("sync --to deployer -e {environment} --yes"))
            .ended(0)
            .told(&[&format!("+ {name}  new")]);
        site.run(&format!("sync --to deployer -e {environment} --check")).ended(0);
    }
    assert_eq!(site.names(), ["dome-deployer", "dome-deployer-dev"]);
    let token = |name: &str| site.holds(name)["CLOUDFLARE_API_TOKEN"].clone();
    assert_ne!(token("dome-deployer"), token("dome-deployer-dev"), "each has the token of its environment");
}

/// A system that no code knows.
#[test]
fn a_fourth_one() {
    let site = Site::empty().open(".env.bay");
    site.folder.write(
        "envschema.toml",
        "[schema]\nname = \"lighthouse\"\n[environments.bay]\n[vars.HORN_KEY]\nprefix = \"horn_\"\n\
         [vars.SIGNING_KEY]\ngenerate = \"hex:8\"\n[vars.LAMP_WATTS]\nvisibility = \"plain\"\ndefault = \"250\"\n",
    );
    site.folder.write(
        "envctl.toml",
        "default_environment = \"bay\"\n[environments.bay]\nstored = [\"lamp\"]\n\
         [targets.lamp]\nto = \"secretsmanager\"\nsecret = \"lighthouse/${environment}\"\n\
         [targets.keeper]\nto = \"secretsmanager\"\nsecret = \"keeper/${environment}\"\nvars = [\"SIGNING_KEY\"]\nnames = { SIGNING_KEY = \"KEEPER_KEY\" }\n",
    );
    let key = format!("horn_{}", site.secret("horn"));
    site.folder.write(".env.bay", format!("HORN_KEY={key}\n"));
    site.run("sync --to all --generate --yes").ended(0).told(&["ok: 2 written"]);
    let (lamp, keeper) = (site.holds("lighthouse/bay"), site.holds("keeper/bay"));
    assert_eq!(lamp["HORN_KEY"], key);
    assert_eq!(lamp["SIGNING_KEY"], keeper["KEEPER_KEY"], "what is made once goes to both");
    site.plant("made", lamp["SIGNING_KEY"].as_str().expect("a text"));
    assert_eq!(lamp.get("LAMP_WATTS"), None, "what is not secret stays out");
    // What was generated is kept: the target that holds it is a source.
    site.run("sync --to all --generate --yes").ended(0).told(&["ok: nothing to do"]);
    assert_eq!(site.holds("lighthouse/bay"), lamp);
    assert_eq!(site.holds("keeper/bay"), json!({"KEEPER_KEY": lamp["SIGNING_KEY"]}));
}

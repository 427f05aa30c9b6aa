//! Findings about a resolution: what they say, and where they point.

use envctl_resolver::sources::{EnvFile, Outputs, StackConfig};
use envctl_resolver::{CheckOptions, LayerKind, Resolution, Resolver, check};
use envctl_testkit::Canaries;
use envschema::Findings;

use crate::support::{layer, schema};

/// Each finding on one line: `severity[code] place: message = help`.
fn lines(findings: &Findings) -> Vec<String> {
    let line = |finding: &envschema::Finding| {
        let place = finding.place.as_ref().map(|place| format!("{place}: ")).unwrap_or_default();
        let help = finding.help.as_deref().unwrap_or("none");
        let severity = format!("{:?}", finding.severity).to_lowercase();
        format!("{severity}[{}] {place}{} = {help}", finding.code, finding.message)
    };
    findings.iter().map(line).collect()
}

fn checked(resolution: &Resolution) -> Vec<String> {
    lines(&check(resolution, &CheckOptions::default()))
}

#[test]
fn a_file_that_differs_from_an_output_is_stale() {
    let schema = schema("[vars.URL]\noutput = \"url\"\n");
    let outputs = Outputs::from_json(r#"{"url": "new"}"#, "outputs.json").expect("JSON");
    let resolve = |text: &str| {
        let file = EnvFile::parse(text, ".env.prod").layer;
        checked(&Resolver::new(schema.base()).layer(file).outputs(&outputs).resolve())
    };
    assert_eq!(
        resolve("# a comment\nURL=old\n"),
        [
            "warning[stale] .env.prod:2: URL differs from output url of outputs.json = remove the line to follow \
             the stack, or keep it if the difference is meant"
        ]
    );
    assert_eq!(resolve("URL=new\n"), Vec::<String>::new(), "the same value is not stale");
    assert_eq!(resolve(""), Vec::<String>::new());
}

#[test]
fn a_file_that_differs_from_what_outputs_make_is_stale() {
    let schema = schema(
        "[vars.URL]\nderive = \"redis://${output.host}\"\n[vars.TWICE]\nderive = \"${URL}/1\"\n\
         [vars.FIXED]\nderive = \"constant\"\n",
    );
    let outputs = Outputs::from_json(r#"{"host": "new"}"#, "outputs.json").expect("JSON");
    let file = EnvFile::parse("TWICE=redis://old/1\nFIXED=mine\n", ".env").layer;
    let resolution = Resolver::new(schema.base()).layer(file).outputs(&outputs).resolve();
    assert_eq!(
        checked(&resolution),
        [
            "warning[stale] .env:1: TWICE differs from what its template gives now = remove the line to follow what \
             it is built from, or keep it if the difference is meant"
        ],
        "through another template too, and never when no output is involved"
    );
}

#[test]
fn a_value_with_an_old_secret_in_it_is_stale() {
    let schema = schema(
        "[vars.PASSWORD]\n[vars.URL]\nderive = \"db://me:${PASSWORD}@host\"\n\
         [vars.NAME]\nvisibility = \"plain\"\n[vars.LABEL]\nvisibility = \"plain\"\nderive = \"x-${NAME}\"\n",
    );
    let file = EnvFile::parse("PASSWORD=new\nURL=db://me:old@host\nNAME=a\nLABEL=mine\n", ".env").layer;
    let resolution = Resolver::new(schema.base()).layer(file).resolve();
    assert_eq!(
        checked(&resolution),
        [
            "warning[stale] .env:2: URL differs from what its template gives now = remove the line to follow what \
             it is built from, or keep it if the difference is meant"
        ],
        "a label made of plain parts may be meant"
    );
}

#[test]
fn a_template_tells_what_it_lacks() {
    let schema =
        schema("[vars.URL]\nderive = \"db://${output.host}/${NAME}\"\n[vars.NAME]\nrequired = false\n");
    let resolution = Resolver::new(schema.base()).resolve();
    assert_eq!(
        checked(&resolution),
        ["error[missing] URL is not set; it is required = set URL; or give output host and NAME, which \
             its template lacks"]
    );
}

#[test]
fn what_a_source_has_and_cannot_be_taken_is_told() {
    let schema = schema(
        "[vars.HOSTS]\ntype = \"list\"\nseparator = \";\"\noutput = \"hosts\"\nrequired = false\n\
         [vars.LONG]\nderive = \"${output.half}${output.half}\"\nrequired = false\n",
    );
    let half = "x".repeat(600_000);
    let outputs = format!(r#"{{"hosts": ["a", "b;c"], "half": "{half}"}}"#);
    let outputs = Outputs::from_json(&outputs, "outputs.json").expect("JSON");
    assert_eq!(
        checked(&Resolver::new(schema.base()).outputs(&outputs).resolve()),
        [
            "error[invalid] output hosts of outputs.json: HOSTS cannot take its value: the source has an item that \
             holds the list's separator = choose a `separator` that no item holds",
            "error[invalid] template ${output.half}${output.half}: LONG cannot take its value: the source would be \
             longer than 1 MiB = let the template repeat less",
        ]
    );
}

#[test]
fn only_a_file_is_stale() {
    let schema = schema("[vars.URL]\noutput = \"url\"\n");
    let outputs = Outputs::from_json(r#"{"url": "new"}"#, "outputs.json").expect("JSON");
    for kind in [LayerKind::Override, LayerKind::Process, LayerKind::Stored] {
        let resolution =
            Resolver::new(schema.base()).layer(layer(kind, &[("URL", "old")])).outputs(&outputs).resolve();
        assert_eq!(checked(&resolution), Vec::<String>::new(), "{kind}");
    }
}

#[test]
fn a_file_that_differs_from_the_configuration_is_stale() {
    let schema = schema("[vars.SIZE]\nconfig = \"size\"\nvisibility = \"plain\"\n");
    let config = StackConfig::from_yaml("config:\n  size: 2\n", "Pulumi.prod.yaml").expect("YAML");
    let file = EnvFile::parse("SIZE=1\n", ".env").layer;
    let resolution = Resolver::new(schema.base()).layer(file).config(&config, None).resolve();
    let found = checked(&resolution);
    assert!(
        found[0].starts_with("warning[stale] .env:1: SIZE differs from config size of Pulumi.prod.yaml"),
        "{found:?}"
    );
}

#[test]
fn names_that_the_contract_does_not_have() {
    let schema = schema("[vars.API_KEY]\nrequired = false\n[removed]\nOLD_KEY = \"set API_KEY instead\"\n");
    let file = EnvFile::parse("APIKEY=1\nOLD_KEY=2\nSOMETHING_ELSE=3\n", ".env").layer;
    assert_eq!(
        checked(&Resolver::new(schema.base()).layer(file).resolve()),
        [
            "warning[unknown] .env:1: APIKEY is not a variable of the contract = did you mean API_KEY?",
            "warning[removed] .env:2: OLD_KEY is no longer used = set API_KEY instead",
            "warning[unknown] .env:3: SOMETHING_ELSE is not a variable of the contract = remove the line, or add \
             the variable to the contract",
        ]
    );
}

/// A key that was put in without quotes: what looks like a name at its end is a piece of it.
#[test]
fn the_end_of_a_key_is_not_told_as_a_name() {
    let schema = schema("[vars.KEY]\nrequired = false\n");
    for padding in ["=", "=="] {
        let mut canaries = Canaries::new();
        canaries.plant_value("the end of the key", "q1W2e3R4t5Z6");
        let text = format!(
            "KEY=-----BEGIN PRIVATE KEY-----\nMIIB/+x\nq1W2e3R4t5Z6{padding}\n-----END PRIVATE KEY-----\nTYPO=\n"
        );
        let file = EnvFile::parse(&text, ".env");
        let resolution = Resolver::new(schema.base()).layer(&file.layer).resolve();
        let files = [file];
        let findings = check(&resolution, &CheckOptions { files: &files, ..CheckOptions::default() });
        let found = lines(&findings);
        assert!(
            found.iter().any(|line| line.starts_with("warning[unknown] .env:3: the line gives no")),
            "{found:?}"
        );
        assert!(found.iter().any(|line| line.contains(".env:5: TYPO is not a variable")), "{found:?}");
        canaries.scan("the findings", format!("{found:?} {findings:?}"));
    }
}

#[test]
fn names_of_other_layers_are_nobodys_business() {
    let schema = schema("[vars.KEY]\nrequired = false\n");
    for kind in [LayerKind::Override, LayerKind::Process, LayerKind::Stored, LayerKind::Prompt] {
        let resolution = Resolver::new(schema.base()).layer(layer(kind, &[("OTHER", "x")])).resolve();
        assert!(resolution.undeclared().is_empty(), "{kind}");
    }
}

#[test]
fn ten_thousand_unknown_names_are_told_and_only_the_first_are_guessed() {
    let schema = schema("[vars.API_KEY]\nrequired = false\n");
    let text: String = (0..10_000).map(|index| format!("API_KEY{index}=x\n")).collect();
    let resolution = Resolver::new(schema.base()).layer(EnvFile::parse(&text, ".env").layer).resolve();
    let found = checked(&resolution);
    assert_eq!(found.len(), 10_000);
    assert_eq!(found.iter().filter(|line| line.ends_with("did you mean API_KEY?")).count(), 64);
}

#[test]
fn lines_that_are_repeated_or_cannot_be_read() {
    let schema = schema("[vars.B]\n[vars.A]\n");
    let file = EnvFile::parse("A=1\nB=1\nA=2\nno assignment\nA=3\n", ".env");
    let resolution = Resolver::new(schema.base()).layer(&file.layer).resolve();
    let files = [file];
    let found = lines(&check(&resolution, &CheckOptions { files: &files, ..CheckOptions::default() }));
    assert_eq!(
        found,
        [
            "warning[duplicate] .env:5: A is also given in .env:1, .env:3; the last line counts = keep one line: \
             some readers take the first",
            "error[unreadable] .env:4: the line has no `=` = write `NAME=value`, or begin the line with `#`",
        ]
    );
}

#[test]
fn a_complete_environment_has_a_value_for_everything() {
    let schema = schema(
        "[vars.OPTIONAL]\nrequired = false\nwithout = \"no mail is sent\"\n[vars.NOT_NEEDED]\nrequired = 'has(OPTIONAL)'\n\
         [vars.MISSING]\n[vars.SEALED]\nconfig = \"sealed\"\n",
    );
    let config =
        StackConfig::from_yaml("config:\n  sealed: { secure: v1:x }\n", "Pulumi.prod.yaml").expect("YAML");
    let resolution = Resolver::new(schema.base()).config(&config, None).resolve();
    let complete = CheckOptions { complete: true, ..CheckOptions::default() };
    assert_eq!(
        lines(&check(&resolution, &complete)),
        [
            "error[missing] OPTIONAL has no value; it is optional, but a complete environment was asked for = set \
             it; without it: no mail is sent",
            "error[missing] NOT_NEEDED has no value; it is not needed, but a complete environment was asked for = \
             set it",
            "error[missing] MISSING is not set; it is required = set MISSING",
            "error[missing] SEALED has no value; only its encrypted form is known, but a complete environment was \
             asked for = set it",
        ]
    );
    assert_eq!(checked(&resolution), ["error[missing] MISSING is not set; it is required = set MISSING"]);
}

#[test]
fn a_placeholder_is_told_wherever_the_value_comes_from() {
    let schema = schema("[vars.KEY]\ndefault = \"default\"\n[vars.OTHER]\n");
    let file = EnvFile::parse("KEY=changeme\nOTHER=<your key>\n", ".env").layer;
    let resolution = Resolver::new(schema.base()).layer(file).resolve();
    let found = checked(&resolution);
    assert!(found[0].starts_with("warning[placeholder] .env:1: KEY is only a placeholder here"), "{found:?}");
    assert!(
        found[1].starts_with("error[placeholder] .env:2: OTHER is only a placeholder; a real value is"),
        "{found:?}"
    );
}

#[test]
fn findings_never_hold_a_secret() {
    let mut canaries = Canaries::new();
    let schema = schema(
        "[vars.URL]\ntype = \"url\"\noutput = \"url\"\n[vars.KEY]\nprefix = \"sk_\"\n[vars.NEXT_PUBLIC_KEY]\nvisibility = \"public\"\n\
         [vars.ONE]\n[vars.TWO]\n[[rules]]\ndistinct = [\"ONE\", \"TWO\"]\n[[rules]]\nassert = 'ONE == \"x\"'\n",
    );
    let (url, output, key, same) =
        (canaries.plant("url"), canaries.plant("output"), canaries.plant("key"), canaries.plant("same"));
    let text = format!(
        "URL={url}\nKEY={key}\nNEXT_PUBLIC_KEY={key}\nONE={same}\nTWO={same}\nTYPO={same}\n{same}\nONE={same}\n"
    );
    let file = EnvFile::parse(&text, ".env");
    let outputs = Outputs::from_json(&format!("{{\"url\": \"{output}\"}}"), "outputs.json").expect("JSON");
    let resolution = Resolver::new(schema.base()).layer(&file.layer).outputs(&outputs).resolve();
    let files = [file];
    let findings = check(&resolution, &CheckOptions { complete: true, files: &files });
    assert!(findings.iter().count() >= 7, "{:?}", lines(&findings));
    canaries.scan("the findings", format!("{findings:?} {:?}", lines(&findings)));
    canaries.scan("the JSON", serde_json::to_string(&findings).expect("JSON"));
    canaries.scan("the resolution", format!("{resolution:?}"));
}

#[test]
fn keys_that_the_contract_of_a_configuration_lacks_are_told() {
    let contract = "[schema]\nname = \"s\"\nkind = \"pulumi-config\"\nnamespace = \"shop\"\n\
        [vars.size]\nrequired = false\n[vars.\"net.cidr\"]\nrequired = false\n[vars.\"aws:region\"]\nrequired = false\n";
    let schema = envschema::Schema::parse("s.toml", contract).unwrap();
    let file = "config:\n  shop:size: 1\n  shop:sise: 1\n  shop:net: { cidr: x }\n  aws:region: x\n  gcp:zone: x\n  \
        other:size: 1\n  pulumi:tags: { a: b }\n";
    let config = StackConfig::from_yaml(file, "Pulumi.x.yaml").unwrap();
    let told = |contract: &envschema::Contract| -> Vec<String> {
        let resolution = Resolver::new(contract).config(&config, None).resolve();
        let findings = check(&resolution, &CheckOptions::default());
        findings.iter().filter_map(|finding| finding.variable.as_deref().map(str::to_owned)).collect()
    };
    assert_eq!(told(schema.base()), ["sise", "gcp:zone", "other:size"]);
    let other = schema.base().in_namespace("other");
    assert_eq!(other.namespace(), Some("other"));
    assert_eq!(told(&other), ["shop:size", "shop:sise", "shop:net", "gcp:zone"]);
    let env = envschema::Schema::parse("e.toml", "[schema]\nname = \"e\"\n").unwrap();
    assert_eq!(env.base().in_namespace("other").namespace(), None);
    assert_eq!(told(env.base()), [""; 0]);
}

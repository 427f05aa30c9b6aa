//! Templates: what goes in, how it is encoded, and what wins.

use std::collections::HashMap;

use envctl_resolver::sources::StackConfig;
use envctl_resolver::sources::{AwsFacts, ConfiguredAws, EnvFile, Listening, Outputs, ProcessSnapshot};
use envctl_resolver::{Facts, LayerKind, Resolution, Resolver};
use envschema::template::{AwsServer, AwsService};
use envschema::{Place, Schema};

use crate::support::{layer, resolved, schema, value, winner};

fn outputs(json: &str) -> Outputs {
    Outputs::from_json(json, "outputs.json").expect("JSON")
}

/// One variable `V` with this template, and these outputs.
fn derived(template: &str, json: &str) -> Option<String> {
    let schema = schema(&format!("[vars.V]\nderive = '{template}'\n"));
    let outputs = outputs(json);
    let resolution = Resolver::new(schema.base()).outputs(&outputs).resolve();
    value(&resolution, "V").map(str::to_owned)
}

#[test]
fn values_are_encoded_as_their_place_in_a_url_asks() {
    let awkward = r#"{"v": "p@ss/w0rd#1:50%?&=+ é[1]"}"#;
    let component = "p%40ss%2Fw0rd%231%3A50%25%3F%26%3D%2B%20%C3%A9%5B1%5D";
    let cases = [
        ("postgresql://user:${output.v}@host/db", format!("postgresql://user:{component}@host/db")),
        ("postgresql://${output.v}:secret@host/db", format!("postgresql://{component}:secret@host/db")),
        ("https://host/a?key=${output.v}&x=1", format!("https://host/a?key={component}&x=1")),
        ("https://host/a#${output.v}", format!("https://host/a#{component}")),
        ("plain ${output.v} text", "plain p@ss/w0rd#1:50%?&=+ é[1] text".to_owned()),
        ("${output.v}", "p@ss/w0rd#1:50%?&=+ é[1]".to_owned()),
    ];
    for (template, expected) in cases {
        assert_eq!(derived(template, awkward), Some(expected), "{template}");
    }
    assert_eq!(
        derived("https://${output.h}/x", r#"{"h": "a.b:8443"}"#).as_deref(),
        Some("https://a.b:8443/x")
    );
    assert_eq!(
        derived("https://${output.h}/x", r#"{"h": "[::1]:80"}"#).as_deref(),
        Some("https://[::1]:80/x")
    );
    assert_eq!(
        derived("https://h/${output.p}/z", r#"{"p": "a b/c"}"#).as_deref(),
        Some("https://h/a%20b/c/z")
    );
}

#[test]
fn a_value_is_data_and_never_a_template() {
    let json = r#"{"v": "${output.other} $(touch x) `id` %41", "other": "no"}"#;
    assert_eq!(derived("<${output.v}!", json).as_deref(), Some("<${output.other} $(touch x) `id` %41!"));
    assert_eq!(derived("$${output.v} ${output.other}", json).as_deref(), Some("${output.v} no"));
}

#[test]
fn fallbacks_and_lists_of_templates() {
    let template = "${output.user:-app}@${output.host}";
    assert_eq!(derived(template, r#"{"user": "me", "host": "h"}"#).as_deref(), Some("me@h"));
    assert_eq!(derived(template, r#"{"host": "h"}"#).as_deref(), Some("app@h"));
    assert_eq!(
        derived(template, r#"{"user": "", "host": "h"}"#).as_deref(),
        Some("app@h"),
        "empty is no value"
    );
    assert_eq!(derived(template, r#"{"user": "me"}"#), None, "a reference without a value and a fallback");
    assert_eq!(derived("a${output.x:-}b", "{}").as_deref(), Some("ab"), "an empty fallback is one");

    let schema = schema("[vars.V]\nderive = [\"one ${output.a}\", \"two ${output.b}\", \"three\"]\n");
    for (json, expected) in
        [(r#"{"a": "A", "b": "B"}"#, "one A"), (r#"{"b": "B"}"#, "two B"), ("{}", "three")]
    {
        let outputs = outputs(json);
        let resolution = Resolver::new(schema.base()).outputs(&outputs).resolve();
        assert_eq!(winner(&resolution, "V"), Some((LayerKind::Derived, expected)), "{json}");
    }
}

/// The connection strings of a database and a cache: an output with the whole string wins, then the override
/// of the configuration, then what is built from the parts.
const CONNECTIONS: &str = r#"
    [vars.DATABASE_URL]
    output = "databaseUrl"
    config = "databaseUrlOverride"
    derive = "postgresql://${output.databaseUser:-app}:${output.databasePassword}@${output.databaseEndpoint}/app"
    [vars.REDIS_URL]
    output = "redisUrl"
    derive = "redis://${output.redisEndpoint}:6379"
"#;

#[test]
fn connection_strings_are_built_from_endpoints() {
    let schema = schema(CONNECTIONS);
    let outputs = outputs(
        r#"{"databasePassword": "p@ss/w0rd#1:50%?", "databaseEndpoint": "db.internal:5432", "redisEndpoint": "cache.internal"}"#,
    );
    let resolution = Resolver::new(schema.base()).outputs(&outputs).resolve();
    let database = "postgresql://app:p%40ss%2Fw0rd%231%3A50%25%3F@db.internal:5432/app";
    assert_eq!(winner(&resolution, "DATABASE_URL"), Some((LayerKind::Derived, database)));
    assert_eq!(winner(&resolution, "REDIS_URL"), Some((LayerKind::Derived, "redis://cache.internal:6379")));
}

#[test]
fn an_output_with_the_whole_string_is_taken_as_it_is() {
    let schema = schema(CONNECTIONS);
    let outputs = outputs(
        r#"{"databaseUrl": "postgres://whole", "databasePassword": "p", "databaseEndpoint": "e", "redisUrl": "redis://whole", "redisEndpoint": "e"}"#,
    );
    let resolution = Resolver::new(schema.base()).outputs(&outputs).resolve();
    assert_eq!(winner(&resolution, "DATABASE_URL"), Some((LayerKind::StackOutput, "postgres://whole")));
    assert_eq!(winner(&resolution, "REDIS_URL"), Some((LayerKind::StackOutput, "redis://whole")));
}

#[test]
fn without_a_database_of_its_own_the_override_counts() {
    let schema = schema(CONNECTIONS);
    let outputs = outputs(r#"{"redisEndpoint": "cache.internal"}"#);
    let config = StackConfig::from_yaml(
        "config:\n  infra:databaseUrlOverride: postgres://elsewhere\n",
        "Pulumi.prod.yaml",
    )
    .expect("YAML");
    let resolver = Resolver::new(schema.base()).outputs(&outputs);
    assert_eq!(winner(&resolver.resolve(), "DATABASE_URL"), None, "neither a database nor an override");
    let resolution = resolver.config(&config, Some("infra")).resolve();
    assert_eq!(winner(&resolution, "DATABASE_URL"), Some((LayerKind::StackOutput, "postgres://elsewhere")));
}

#[test]
fn the_environment_and_its_aliases_go_in() {
    let schema = schema(
        "[environments.production]\naliases = { flags = \"prod\" }\n[environments.dev]\n\
         [vars.A]\nderive = \"${environment}\"\n[vars.B]\nderive = \"${environment.flags}\"\n\
         [vars.C]\nderive = \"${environment.pager}\"\n[environments.test]\naliases = { pager = \"p\" }\n",
    );
    let of = |environment: Option<&str>| {
        let contract = schema.contract(environment, None).expect("an environment");
        let resolution = Resolver::new(&contract).resolve();
        ["A", "B", "C"].map(|name| value(&resolution, name).map(str::to_owned))
    };
    let texts = |values: [&str; 3]| values.map(|value| Some(value.to_owned()));
    assert_eq!(of(Some("production")), texts(["production", "prod", "production"]));
    assert_eq!(of(Some("dev")), texts(["dev", "dev", "dev"]));
    assert_eq!(of(None), [None, None, None]);
}

#[test]
fn facts_of_the_account_go_in() {
    let schema = schema(
        "[vars.REGION]\nderive = \"${aws.region}\"\n[vars.S3]\nderive = \"${aws.s3_endpoint}\"\n\
         [vars.REGISTRY]\nderive = \"${aws.account}.dkr.ecr.${aws.region}.amazonaws.com\"\n",
    );
    let facts_of = |variables: &[(&str, &str)]| {
        let snapshot: ProcessSnapshot = variables.iter().copied().collect();
        let aws = ConfiguredAws::new(snapshot);
        let account = envctl_resolver::sources::Fact {
            value: "123456789012".to_owned(),
            place: Place::Given { how: "--aws-account".into() },
        };
        let aws = aws.with_account(account);
        let (region, account) = (aws.region().expect("a region"), aws.account().expect("an account"));
        Facts { region, account, ..Facts::default() }
    };
    let resolve = |facts: Facts| {
        let resolution = Resolver::new(schema.base()).facts(facts).resolve();
        ["REGION", "S3", "REGISTRY"].map(|name| value(&resolution, name).unwrap_or("none").to_owned())
    };
    assert_eq!(
        resolve(facts_of(&[("AWS_REGION", "eu-central-1")])),
        [
            "eu-central-1",
            "https://s3.eu-central-1.amazonaws.com",
            "123456789012.dkr.ecr.eu-central-1.amazonaws.com"
        ]
    );
    assert_eq!(resolve(facts_of(&[("AWS_REGION", "us-east-1")]))[1], "https://s3.amazonaws.com");
    assert_eq!(resolve(facts_of(&[("AWS_DEFAULT_REGION", "us-west-2")]))[0], "us-west-2");
    assert_eq!(resolve(facts_of(&[])), ["none", "none", "none"]);
}

#[test]
fn where_servers_listen_goes_in() {
    let schema = schema(
        "[vars.DATABASE_URL]\nderive = \"postgresql://app@${aws.rds.app-db.endpoint}:${aws.rds.app-db.port}/app\"\n\
         [vars.CACHE]\nderive = \"${aws.elasticache.app-db.endpoint}\"\n",
    );
    let server = AwsServer { service: AwsService::Rds, id: "app-db".to_owned() };
    let place = Place::Output { source: "rds:DescribeDBInstances".into(), name: "app-db".into() };
    let listening = Listening { host: "app-db.abc.rds.amazonaws.com".to_owned(), port: 5432, place };
    let facts = Facts { servers: HashMap::from([(server, listening)]), ..Facts::default() };
    // What listens elsewhere by now, a stored value does not know.
    let stored = layer(LayerKind::Stored, &[("DATABASE_URL", "postgresql://app@old:5432/app")]);
    let resolution = Resolver::new(schema.base()).facts(facts).layer(stored).resolve();
    assert_eq!(
        value(&resolution, "DATABASE_URL"),
        Some("postgresql://app@app-db.abc.rds.amazonaws.com:5432/app")
    );
    let place = &resolved(&resolution, "DATABASE_URL").chosen.as_ref().expect("derived").place;
    let Place::Derived { inputs, .. } = place else { panic!("{place}") };
    assert_eq!(inputs[0].to_string(), "output app-db of rds:DescribeDBInstances");
    assert_eq!(value(&resolution, "CACHE"), None);
}

#[test]
fn a_template_reads_whatever_the_other_variable_resolved_to() {
    let schema = schema(
        "[vars.URL]\nderive = \"http://${HOST}:${PORT}\"\n[vars.HOST]\ndefault = \"localhost\"\n\
         [vars.PORT]\nvisibility = \"plain\"\noutput = \"port\"\n",
    );
    let outputs = outputs(r#"{"port": 8080}"#);
    let resolver = Resolver::new(schema.base()).outputs(&outputs);
    assert_eq!(value(&resolver.resolve(), "URL"), Some("http://localhost:8080"));
    let resolution = resolver
        .layer(EnvFile::parse("PORT=9090\n", ".env").layer)
        .layer(layer(LayerKind::Stored, &[("HOST", "stored.internal")]))
        .resolve();
    assert_eq!(value(&resolution, "URL"), Some("http://stored.internal:9090"));
    let place = &resolved(&resolution, "URL").chosen.as_ref().expect("derived").place;
    let Place::Derived { inputs, .. } = place else { panic!("{place}") };
    let inputs: Vec<String> = inputs.iter().map(ToString::to_string).collect();
    assert_eq!(inputs, ["stored of HOST", ".env:1"]);
}

#[test]
fn an_empty_or_placeholder_value_does_not_go_into_a_template() {
    let schema = schema("[vars.URL]\nderive = \"redis://:${PASSWORD}@host\"\n[vars.PASSWORD]\n");
    for text in ["PASSWORD=\n", "PASSWORD=changeme\n"] {
        let resolution = Resolver::new(schema.base()).layer(EnvFile::parse(text, ".env").layer).resolve();
        assert_eq!(winner(&resolution, "URL"), None, "{text}");
    }
}

fn chain(length: usize) -> Schema {
    let mut tables = String::new();
    for index in 0..length {
        let next = index + 1;
        let plain = "visibility = \"plain\"";
        tables.push_str(&format!("[vars.V{index}]\n{plain}\nderive = \"${{V{next}}}\"\n"));
    }
    tables.push_str(&format!("[vars.V{length}]\nvisibility = \"plain\"\noutput = \"end\"\n"));
    schema(&tables)
}

fn resolve_chain(schema: &Schema) -> Resolution {
    let outputs = outputs(r#"{"end": "carried"}"#);
    Resolver::new(schema.base()).outputs(&outputs).resolve()
}

#[test]
fn a_chain_of_templates_is_followed_to_its_end_however_long() {
    let schema = chain(10_000);
    let resolution = resolve_chain(&schema);
    assert_eq!(value(&resolution, "V0"), Some("carried"));
    let place = &resolved(&resolution, "V0").chosen.as_ref().expect("derived").place;
    let Place::Derived { inputs, .. } = place else { panic!("{place}") };
    assert_eq!(inputs[0].to_string(), "template ${V2}");
    let json = serde_json::to_string(place).expect("a place is JSON");
    assert!(json.len() < 500, "a place tells its own inputs and no deeper: {json}");
}

#[test]
fn what_is_live_stays_live_through_templates() {
    let schema = chain(3);
    let resolution = resolve_chain(&schema);
    assert!(
        resolution.iter().all(|(_, _, resolved)| resolved.chosen.as_ref().is_some_and(|chosen| chosen.live))
    );
    let file = EnvFile::parse("V3=from the file\n", ".env").layer;
    let resolution = Resolver::new(schema.base()).layer(file).resolve();
    assert!(
        resolution.iter().all(|(_, _, resolved)| resolved.chosen.as_ref().is_some_and(|chosen| !chosen.live))
    );
}

#[test]
fn a_list_is_joined_with_its_own_separator() {
    let schema = schema("[vars.HOSTS]\ntype = \"list\"\nseparator = \";\"\noutput = \"hosts\"\n");
    let outputs = outputs(r#"{"hosts": ["a", "b,c"]}"#);
    let resolution = Resolver::new(schema.base()).outputs(&outputs).resolve();
    assert_eq!(value(&resolution, "HOSTS"), Some("a;b,c"));
}

#[test]
fn a_url_may_begin_with_another_one() {
    let schema = schema(
        "[vars.BASE]\ntype = \"url\"\n[vars.TOKEN]\n\
         [vars.CALLBACK]\ntype = \"url\"\nderive = \"${BASE}/cb/${TOKEN}?token=${TOKEN}\"\n\
         [vars.TEXT]\nderive = \"${BASE}/cb?token=${TOKEN}\"\n\
         [vars.MONGO]\ntype = \"url\"\nderive = \"mongodb://${output.hosts}/db\"\n",
    );
    let file = EnvFile::parse("BASE=https://a.example\nTOKEN='a&b c'\n", ".env").layer;
    let outputs = outputs(r#"{"hosts": ["h1:27017", "h2:27017"]}"#);
    let resolution = Resolver::new(schema.base()).layer(file).outputs(&outputs).resolve();
    assert_eq!(value(&resolution, "CALLBACK"), Some("https://a.example/cb/a%26b%20c?token=a%26b%20c"));
    assert_eq!(value(&resolution, "TEXT"), Some("https://a.example/cb?token=a&b c"), "text is no URL");
    assert_eq!(value(&resolution, "MONGO"), Some("mongodb://h1:27017,h2:27017/db"));
}

fn config(yaml: &str) -> StackConfig {
    StackConfig::from_yaml(yaml, "Pulumi.prod.yaml").expect("YAML")
}

#[test]
fn values_of_the_configuration_go_in() {
    let schema = schema(
        "[vars.URL]\nderive = \"https://${config.host}/${config.aws:region}?key=${config.key:-none}\"\n\
         [vars.LACKS]\nrequired = true\nderive = \"${config.key} ${config.password}\"\n",
    );
    let config = config(
        "config:\n  shop:host: a.b:8443\n  aws:region: eu central\n  other:key: x\n  shop:password: { secure: v1:abc }\n",
    );
    let resolution = Resolver::new(schema.base()).config(&config, Some("shop")).resolve();
    assert_eq!(
        winner(&resolution, "URL"),
        Some((LayerKind::Derived, "https://a.b:8443/eu%20central?key=none"))
    );
    let chosen = resolved(&resolution, "URL").chosen.as_ref().expect("derived");
    let Place::Derived { inputs, .. } = &chosen.place else { panic!("{}", chosen.place) };
    let inputs: Vec<String> = inputs.iter().map(ToString::to_string).collect();
    let expected = ["config shop:host of Pulumi.prod.yaml", "config aws:region of Pulumi.prod.yaml"];
    assert_eq!((inputs.as_slice(), chosen.live), (expected.map(str::to_owned).as_slice(), true));
    assert_eq!(
        envctl_resolver::check(&resolution, &Default::default()).iter().find_map(|one| one.help.as_deref()),
        Some("set LACKS; or give config key, which its template lacks")
    );
    assert_eq!(winner(&Resolver::new(schema.base()).resolve(), "URL"), None, "without a configuration");
}

#[test]
fn what_is_built_of_something_encrypted_is_set_and_cannot_be_read() {
    let schema = schema(
        "[vars.SEALED]\nconfig = \"own\"\nderive = \"${config.password:-none}\"\n\
         [vars.AGAIN]\nderive = \"(${SEALED#*:})\"\n\
         [vars.LACKS]\nderive = [\"${config.password}${config.nothing}\", \"second\"]\n",
    );
    let sealed = config("config:\n  shop:password: { secure: v1:abc }\n");
    let resolution = Resolver::new(schema.base()).config(&sealed, Some("shop")).resolve();
    for name in ["SEALED", "AGAIN"] {
        let place = resolved(&resolution, name).sealed.as_ref().expect(name);
        assert_eq!(place.to_string(), "config shop:password of Pulumi.prod.yaml");
        assert_eq!(value(&resolution, name), None, "{name}");
    }
    assert_eq!(winner(&resolution, "LACKS"), Some((LayerKind::Derived, "second")));
    let findings = envctl_resolver::check(&resolution, &Default::default());
    assert!(findings.is_empty(), "{findings:?}");

    let own = config("config:\n  shop:own: known\n  shop:password: { secure: v1:abc }\n");
    let resolution = Resolver::new(schema.base()).config(&own, Some("shop")).resolve();
    assert_eq!(winner(&resolution, "SEALED"), Some((LayerKind::StackOutput, "known")));
    assert_eq!(winner(&resolution, "AGAIN"), Some((LayerKind::Derived, "(known)")));
}

#[test]
fn a_contract_of_a_configuration_says_its_namespace() {
    let text = "[schema]\nname = \"s\"\nkind = \"pulumi-config\"\nnamespace = \"shop\"\n\
                [vars.size]\n[vars.\"aws:region\"]\n[vars.zone]\nderive = \"${aws:region}${config.size}a\"\n";
    let schema = Schema::parse("stack.toml", text).expect("a contract");
    let config = config("config:\n  shop:size: 2\n  other:size: 3\n  aws:region: eu\n");
    let resolution = Resolver::new(schema.base()).config(&config, Some("other")).resolve();
    assert_eq!(winner(&resolution, "size"), Some((LayerKind::StackOutput, "2")));
    assert_eq!(winner(&resolution, "aws:region"), Some((LayerKind::StackOutput, "eu")));
    assert_eq!(winner(&resolution, "zone"), Some((LayerKind::Derived, "eu2a")));
}

#[test]
fn the_beginning_of_a_value_is_cut_off() {
    let json = r#"{"d": "dev:happy:otter 1", "e": "dev:"}"#;
    let rows = [
        ("${output.d#*:}", Some("happy:otter 1")),
        ("${output.d#dev:}", Some("happy:otter 1")),
        ("${output.d#prod:}", Some("dev:happy:otter 1")),
        ("${output.d#*/}", Some("dev:happy:otter 1")),
        ("https://x/${output.d#*:}", Some("https://x/happy%3Aotter%201")),
        ("https://${output.e#*:}.example", None),
        ("${output.none#*:}", None),
    ];
    for (template, expected) in rows {
        assert_eq!(derived(template, json).as_deref(), expected, "{template}");
    }
    let schema = schema("[vars.NAME]\nderive = \"${DEPLOYMENT#*:}\"\n[vars.DEPLOYMENT]\n");
    let of = |text: &str| {
        let resolution = Resolver::new(schema.base()).layer(EnvFile::parse(text, ".env").layer).resolve();
        let findings = envctl_resolver::check(&resolution, &Default::default());
        let help = findings.iter().find_map(|one| one.help.clone());
        (value(&resolution, "NAME").map(str::to_owned), help)
    };
    assert_eq!(of("DEPLOYMENT=dev:otter\n"), (Some("otter".to_owned()), None));
    let help = "set NAME; or give DEPLOYMENT with something after `:`, which its template lacks";
    assert_eq!(of("DEPLOYMENT=dev:\n"), (None, Some(help.to_owned())));
}

#[test]
fn what_nobody_expands_is_not_set() {
    let schema = schema(
        "[vars.A]\nvisibility = \"plain\"\nconfig = \"a\"\n[vars.B]\nconfig = \"b\"\n\
         [vars.C]\nrequired = false\nvisibility = \"plain\"\nconfig = \"c\"\n\
         [vars.D]\nvisibility = \"plain\"\nconfig = \"d\"\ndefault = \"5\"\n\
         [vars.E]\nvisibility = \"plain\"\nderive = \"${config.a:-none}\"\n[vars.F]\nvisibility = \"plain\"\nconfig = \"f\"\n",
    );
    let config =
        config("config:\n  a: ${A}\n  b: ${canary_b.x:y-z}\n  c: ${C}\n  d: ' ${D} '\n  f: ${F} ${}\n");
    let resolution = Resolver::new(schema.base()).config(&config, None).resolve();
    assert_eq!(value(&resolution, "D"), Some("5"));
    assert_eq!(value(&resolution, "E"), Some("none"));
    assert_eq!(value(&resolution, "F"), Some("${F} ${}"), "only a whole one is taken for a mistake");
    let findings = envctl_resolver::check(&resolution, &Default::default());
    let told: Vec<_> = findings
        .iter()
        .map(|one| (one.code.as_str(), &*one.message, one.help.as_deref().unwrap_or("")))
        .collect();
    assert_eq!(
        told,
        [
            (
                "placeholder",
                "A is a literal `${...}`, which Pulumi does not expand; a real value is required",
                "set A, or `a` in the stack's configuration"
            ),
            (
                "placeholder",
                "B is a literal `${...}`, which Pulumi does not expand; a real value is required",
                "set B, or `b` in the stack's configuration"
            ),
            (
                "placeholder",
                "C is a literal `${...}`, which Pulumi does not expand; it counts as not set",
                "give the key a real value, or remove it"
            ),
            (
                "placeholder",
                "D is a literal `${...}`, which Pulumi does not expand; the value comes from elsewhere",
                "give the key a real value, or remove it"
            ),
        ]
    );
    assert_eq!(
        findings.iter().next().and_then(|one| one.place.clone()).map(|place| place.to_string()).as_deref(),
        Some("config a of Pulumi.prod.yaml")
    );
}

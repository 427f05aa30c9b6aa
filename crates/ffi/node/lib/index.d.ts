/** Where a file is, or the text in its place. */
export interface Source {
  /** Where the file is; a relative path starts from the working folder. */
  path?: string;
  /** What it is called in places and messages; its path if left out. */
  name?: string;
  /** The text, in place of a file. */
  text?: string;
  /** Whether a file that is not there counts as an empty one. */
  optional?: boolean;
}

/** What is resolved, and from what. */
export interface Input {
  /** The process environment; `process.env` if left out. Only names of the contract are looked at. */
  env?: Record<string, string | undefined>;
  /** Env files, by path or text; the last one wins. `load` reads `.env.NAME` or `.env` if left out. */
  files?: (string | Source)[];
  /** The environment, as the contract names it. */
  environment?: string;
  /** A profile of the contract. */
  profile?: string;
  /** Values that win over everything. */
  set?: Record<string, string>;
  /** Recorded outputs of a stack: a path, a text, or the parsed JSON. */
  outputs?: string | Source | { json: unknown; name?: string };
  /** The project's `.env.example`: a secret that was only copied from it is a placeholder. */
  example?: string | Source;
  /** Whose rules env files are read by. */
  dialect?: Reader;
  /** Facts of the AWS account, for templates of the contract. */
  facts?: { region?: string; account?: string };
  /** Whether what is missing and has a generator is made. */
  generate?: boolean;
  /** Whether every variable has to have a value, needed or not. */
  complete?: boolean;
}

/** A real reader of env files, such as `vite`; `docs/readers.md` of envctl lists them. */
export type Reader = "portable" | "vite" | "node" | "bash" | "docker" | (string & {});

/** How a value may be seen. */
export type Visibility = "secret" | "plain" | "public";

/** What became of a variable. */
export type State = "resolved" | "sealed" | "unset" | "not-needed" | "missing" | "invalid";

/** Which kind of source gave a value; listed in order of precedence. */
export type LayerKind =
  | "override"
  | "process"
  | "existing"
  | "stack-output"
  | "derived"
  | "stored"
  | "generated"
  | "prompt"
  | "default";

/** Where a value or a finding stands. It never holds a value. */
export interface Place {
  kind: "file" | "output" | "config" | "process" | "given" | "derived" | "generated" | "stored" | "default";
  /** For people: `.env.prod:3`. */
  text: string;
  path?: string;
  line?: number;
  column?: number;
  source?: string;
  name?: string;
  inputs?: Place[];
}

/** One thing to know about an environment. It never holds a secret. */
export interface Finding {
  /** A stable code: `missing`, `invalid`, ... */
  code: string;
  severity: "error" | "warning";
  variable: string | null;
  /** What is wrong, in one sentence. */
  message: string;
  /** What to do. */
  help: string | null;
  place: Place | null;
  /** Why the variable is needed. */
  because: string | null;
}

/** What `envctl validate --json` prints. */
export interface Report {
  version: 1;
  valid: boolean;
  contract: string;
  environment: string | null;
  profile: string | null;
  findings: Finding[];
  target: string | null;
  counts: Record<
    "variables" | "resolved" | "sealed" | "unset" | "not_needed" | "missing" | "invalid" | "errors" | "warnings",
    number
  >;
}

/** Every value, as text and checked, with everything there is to tell. It holds secrets as they are. */
export interface Resolution {
  version: 1;
  valid: boolean;
  contract: string;
  environment: string | null;
  profile: string | null;
  /** Every valid value as text, in the contract's order. */
  values: Record<string, string>;
  /** The same checked: numbers, booleans, lists and JSON as such, durations in seconds. */
  typed: Record<string, unknown>;
  findings: Finding[];
  /** What became of each variable, and where its value came from. */
  provenance: Record<
    string,
    {
      state: State;
      /** The name of its type in the contract. */
      type: string;
      visibility: Visibility;
      layer: LayerKind | null;
      source: string | null;
      place: Place | null;
    }
  >;
}

/** What `envctl explain --json` prints. */
export interface Explanation {
  version: 1;
  variable: string;
  about: string | null;
  group: string | null;
  environment: string | null;
  type: string;
  expects: string;
  visibility: Visibility;
  state: State;
  /** `always`, `never` or a condition. */
  required: string;
  /** Why the condition holds or not. */
  because: unknown;
  /** The value, if it may be seen. */
  value: string | null;
  example: { text: string | null; place: Place | null } | null;
  layers: { layer: LayerKind; source: string; place: Place; outcome: string; reason: string | null }[];
  without: string | null;
  docs: string | null;
  sealed: Place | null;
  findings: Finding[];
}

/** What a contract says. */
export interface Description {
  version: 1;
  contract: string;
  about: string | null;
  kind: "env" | "pulumi-config";
  environment: string | null;
  profile: string | null;
  environments: { name: string; about: string | null; guard: "lenient" | "moderate" | "strict" }[];
  profiles: string[];
  groups: { id: string; title: string; about: string | null }[];
  conditions: { name: string; text: string }[];
  variables: {
    name: string;
    about: string | null;
    group: string | null;
    type: string;
    expects: string;
    choices: string[] | null;
    visibility: Visibility;
    required: string;
    default: string | null;
    example: string | null;
    generate: string | null;
    outputs: string[];
    without: string | null;
    docs: string | null;
    deprecated: boolean;
  }[];
}

/** What `envctl lint --format json` prints. */
export interface Lint {
  version: 1;
  valid: boolean;
  file: string;
  findings: Finding[];
  readers: string[];
  divergent: {
    name: string | null;
    line: number;
    readings: { readers: string[]; sees: string; value: string | null }[];
  }[];
}

/** The forms of `envctl export --format`. */
export type Format =
  | "dotenv"
  | "json"
  | "yaml"
  | "shell"
  | "fish"
  | "powershell"
  | "docker"
  | "systemd"
  | "github"
  | "k8s"
  | "ecs"
  | "tfvars"
  | "pulumi";

/** How values are exported. */
export interface ExportOptions extends Omit<Input, "complete" | "dialect"> {
  /** The reader that an env file is for. */
  dialect?: Reader;
  /** For `dotenv` alone: an env file whose text is given back with these values, and all else in it as it is. */
  update?: string | Source;
  /** Whether JSON holds numbers, booleans, lists and JSON as such. */
  typed?: boolean;
  /** What objects of Kubernetes are called. */
  object?: { name?: string; namespace?: string };
  /** The ARN of the secret that an ECS definition refers to. */
  arn?: string;
  /** Whether what has a value is exported although the environment is not valid. */
  allowInvalid?: boolean;
  /** For `github` alone: whether the commands that mask the secrets in logs are given too. */
  masks?: boolean;
}

/** What GitHub Actions are given. */
export interface Masked {
  /** For the file in `GITHUB_ENV`. */
  text: string;
  /** The commands that mask the secrets. They are to be printed first: what a step prints before is not masked. */
  masks: string;
}

/** What `envctl generate typescript` writes as `Shape`: the environment, and which of it is secret, a URL, or beyond 2^53. */
export interface AnyShape {
  env: object;
  secret: PropertyKey;
  url: PropertyKey;
  big: PropertyKey;
}

/** An environment of which only the contract, read when the program runs, knows more. */
export interface UnknownShape extends AnyShape {
  env: Record<string, any>;
  secret: never;
  url: never;
  big: never;
}

type Deep<T> = T extends readonly (infer I)[] ? readonly I[] : T;
type Whole<T> = T extends readonly (infer I)[] ? readonly Whole<I>[] : T extends number ? number | bigint : T;
type Value<S extends AnyShape, K, T> = K extends S["url"]
  ? T | (T extends string ? URL : never)
  : K extends S["big"]
    ? Whole<T>
    : Deep<T>;
type Shown<S extends AnyShape, K, T> = K extends S["secret"]
  ? Secret<Value<S, K, Exclude<T, undefined>>> | Extract<T, undefined>
  : Value<S, K, T>;

/**
 * The frozen object of `load`: numbers, booleans, lists, URLs, and secrets behind `reveal()`. A URL is a `URL`, or a text if
 * `URL` cannot hold it; a whole number is a `bigint` if it is beyond 2^53.
 */
export type Loaded<S extends AnyShape = UnknownShape> = S["env"] extends infer E
  ? E extends unknown
    ? { readonly [K in keyof E]: Shown<S, K, E[K]> }
    : never
  : never;

/**
 * A value that prints as `[secret]` wherever it is printed: logs, `util.inspect`, JSON, template texts. It equals itself alone;
 * compare what `reveal()` gives.
 */
export class Secret<T = string> {
  private constructor();
  /** The value itself. */
  reveal(): T;
  toString(): "[secret]";
  toJSON(): "[secret]";
}

/** Something other than the environment is wrong: the contract, a file that cannot be read, an option. */
export class EnvctlError extends Error {
  /** `contract`, `source`, `unknown`, `options`, `request`, ... */
  readonly code: string;
  readonly help: string | null;
}

/** The environment is not valid. The message tells every finding, and no secret. */
export class EnvError extends Error {
  readonly contract: string;
  readonly environment: string | null;
  readonly findings: Finding[];
}

/** A contract. It may be used for as many calls as there are. */
export class Schema {
  private constructor();
  /**
   * Reads a contract, and the files that it extends.
   * @throws {EnvctlError} with every mistake
   */
  static fromFile(path: string): Schema;
  /** The same off the main thread. */
  static fromFileAsync(path: string): Promise<Schema>;
  /**
   * Checks a contract; `name` is what errors call it.
   * @throws {EnvctlError} with every mistake
   */
  static fromText(text: string, options?: { name?: string }): Schema;
  /** The contract's name. */
  get name(): string;
  /** What the contract says. */
  describe(options?: { environment?: string; profile?: string }): Description;
  /** Everything that is wrong with an environment, `process.env` if left out. */
  validate(env?: Record<string, string | undefined>, options?: Omit<Input, "env">): Report;
  validateAsync(env?: Record<string, string | undefined>, options?: Omit<Input, "env">): Promise<Report>;
  /** Every value with where it came from, valid or not. */
  resolve(options?: Input): Resolution;
  resolveAsync(options?: Input): Promise<Resolution>;
  /**
   * The environment as a frozen object, checked: `load<Shape>()` with the types of `envctl generate typescript`.
   * @throws {EnvError} with every finding, if it is not valid
   */
  load<S extends AnyShape = UnknownShape>(options?: Input): Loaded<S>;
  loadAsync<S extends AnyShape = UnknownShape>(options?: Input): Promise<Loaded<S>>;
  /** All about one variable. */
  explain(name: string, options?: Omit<Input, "complete">): Explanation;
  explainAsync(name: string, options?: Omit<Input, "complete">): Promise<Explanation>;
  /**
   * The values as text in a form. It holds secrets as they are: for `github`, ask for `masks` and print them first.
   * @throws {EnvError} if the environment is not valid, or the form cannot hold a value
   */
  exportAs(format: "github", options: ExportOptions & { masks: true }): Masked;
  exportAs(format: Format, options?: ExportOptions & { masks?: false }): string;
  exportAsAsync(format: "github", options: ExportOptions & { masks: true }): Promise<Masked>;
  exportAsAsync(format: Format, options?: ExportOptions & { masks?: false }): Promise<string>;
  /** A fresh value by the generator of a variable. */
  generateSecret(variable: string): string;
  generateSecretAsync(variable: string): Promise<string>;
  /** What an env file means to its readers; values are shown only of variables that are not secret. */
  lint(file: string | Source, options?: { readers?: Reader[] }): Lint;
  lintAsync(file: string | Source, options?: { readers?: Reader[] }): Promise<Lint>;
  /** Closes the contract; whether it was open. One that is garbage is closed by itself. */
  close(): boolean;
}

/**
 * As `Schema.load`, of the contract in `schema`: what `ENVCTL_SCHEMA` says or `envschema.toml` if left out. An `environment` that
 * is left out is what `ENVCTL_ENVIRONMENT` says. Either counts as not given when it is empty. `envctl.toml`, which says such
 * things to the command line, is not read.
 */
export function load<S extends AnyShape = UnknownShape>(options?: Input & { schema?: string }): Loaded<S>;
export function loadAsync<S extends AnyShape = UnknownShape>(
  options?: Input & { schema?: string },
): Promise<Loaded<S>>;

/** A fresh secret: `base64:32`, `hex:32`, `alnum:32`, `uuid`, `rsa:2048`, `ed25519`. */
export function generateSecret(form: string, options?: { prefix?: string }): string;
/** The same off the main thread: an RSA key takes a while. */
export function generateSecretAsync(form: string, options?: { prefix?: string }): Promise<string>;

/** What an env file means to its readers, without a contract; no value is shown. */
export function lint(file: string | Source, options?: { readers?: Reader[] }): Lint;
export function lintAsync(file: string | Source, options?: { readers?: Reader[] }): Promise<Lint>;

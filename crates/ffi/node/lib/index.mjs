// The same objects for `import` as for `require`: there is one class of secrets and one of errors in a process.

import envctl from "./index.js";

export const {
  EnvError, EnvctlError, Schema, Secret, generateSecret, generateSecretAsync, lint, lintAsync, load, loadAsync,
} = envctl;

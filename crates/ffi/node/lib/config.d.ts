/** Judges the environment and puts what is missing into `process.env`; what is there already stays. */
export {};

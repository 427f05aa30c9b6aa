//! Test helpers: a sandbox, scripted sources and a canary scan.

//! Reading and writing .env text without losing a byte.

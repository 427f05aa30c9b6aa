//! Values in a file of the repository, each encrypted by itself, for the recipients of [age](https://age-encryption.org).
//!
//! A vault is a TOML file that can be committed: names, recipients and comments are in clear, values are not. A change
//! of one value changes one line, so differences tell what changed and branches merge. Recipients have keys of age
//! (`age1…`) or SSH, or know a passphrase. This crate takes texts and gives texts; it neither reads nor writes files.
//!
//! ```
//! use envctl_resolver::producers::OsRandom;
//! use envctl_vault::{CannotAsk, Identity, Vault};
//! use envschema::SecretValue;
//!
//! // Ann makes an identity; its text goes to a file that nobody else can read.
//! let (ann, _text) = Identity::generate(None);
//!
//! let mut open = Vault::create("secrets.toml", &[ann.to_recipient().about("Ann")?], &mut OsRandom)?;
//! open.set("API_TOKEN", &SecretValue::from("hunter2"), &mut OsRandom)?;
//! let text = open.text().to_owned(); // to be committed
//!
//! // Without an identity the names are known, and nothing more.
//! let vault = Vault::parse("secrets.toml", &text)?;
//! assert_eq!(vault.names().collect::<Vec<_>>(), ["API_TOKEN"]);
//!
//! let open = vault.unlock(&[ann], &mut CannotAsk)?;
//! assert!(open.get("API_TOKEN")? == SecretValue::from("hunter2"));
//!
//! let error = open.get("API_TOKN").unwrap_err();
//! assert_eq!(error.to_string(), "secrets.toml: API_TOKN is not in the vault");
//! assert_eq!(error.help(), "did you mean API_TOKEN?");
//! # Ok::<(), envctl_vault::VaultError>(())
//! ```
//!
//! # The file
//!
//! ```toml
//! version = 1
//! id = "…"                    # random; every seal is bound to it
//!
//! [[recipients]]
//! key = "age1…"               # or an SSH public key, or kind = "passphrase" in its place
//! about = "Ann's laptop"      # optional
//! wrapped = "…"               # the vault's key in an age file for this recipient
//! seal = "…"                  # proves that somebody with the vault's key wrote this block
//!
//! [values]
//! API_TOKEN = "…"             # XChaCha20-Poly1305, bound to the vault's id and the name
//! ```
//!
//! `docs/vault.md` tells the format byte for byte, what it holds against, and what it does not.
//!
//! # Map of the crate
//!
//! | module | idea |
//! |---|---|
//! | `vault` | [`Vault`]: the file while it is locked; making, reading, unlocking |
//! | `unlocked` | [`Unlocked`]: reading, setting and removing values |
//! | `rekey` | recipients that come and go, and new keys |
//! | `recipient`, `identity` | [`NewRecipient`], [`Recipient`]: who can read; [`Identity`]: with what |
//! | `ask` | [`Ask`]: passphrases come from a person |
//! | `seal` | the cipher: what a seal is bound to, and how lengths are hidden |
//! | `wrap` | the vault's key in age files |
//! | `target` | [`VaultTarget`]: a vault that values are carried to, and read from |
//! | `document`, `splice`, `write` | the text: read strictly, changed in place, written |
//! | `error`, `help` | [`VaultError`]: what is wrong, where, and what to do |

mod ask;
mod document;
mod error;
mod help;
mod identity;
mod recipient;
mod rekey;
mod seal;
mod splice;
mod target;
mod unlocked;
mod vault;
mod wrap;
mod write;

pub use ask::{Ask, CannotAsk, Question};
pub use error::{At, BadIdentity, BadRecipient, BadWrapping, VaultError};
pub use identity::Identity;
pub use recipient::{NewRecipient, Recipient};
pub use rekey::Rekeyed;
pub use target::VaultTarget;
pub use unlocked::{Set, Unlocked};
pub use vault::Vault;

//! Private keys as PKCS#8 PEM.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

use super::ProduceError;
use super::random::{RandomSource, draw};

/// What stands before the 32 bytes of an Ed25519 key in PKCS#8, RFC 8410: version 0, the algorithm 1.3.101.112,
/// and an octet string within an octet string.
const ED25519_PREFIX: [u8; 16] =
    [0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20];

/// An Ed25519 key: any 32 bytes are one.
pub(super) fn ed25519(random: &mut dyn RandomSource) -> Result<Zeroizing<String>, ProduceError> {
    let drawn = draw(32, random)?;
    let mut der = Zeroizing::new([0; 48]);
    der[..16].copy_from_slice(&ED25519_PREFIX);
    der[16..].copy_from_slice(&drawn);
    // 48 bytes are 64 characters: one line, with 28 characters before it and 27 after it.
    let mut pem = Zeroizing::new(String::with_capacity(119));
    pem.push_str("-----BEGIN PRIVATE KEY-----\n");
    STANDARD.encode_string(der.as_slice(), &mut pem);
    pem.push_str("\n-----END PRIVATE KEY-----\n");
    Ok(pem)
}

/// An RSA key of this many bits. The source is asked once, for the seed of a generator that draws the primes.
#[cfg(feature = "rsa")]
pub(super) fn rsa(bits: usize, random: &mut dyn RandomSource) -> Result<Zeroizing<String>, ProduceError> {
    use rand_chacha::ChaCha20Rng;
    use rand_chacha::rand_core::SeedableRng;
    use rsa::RsaPrivateKey;
    use rsa::pkcs8::{EncodePrivateKey, LineEnding};

    let mut seed = Zeroizing::new([0; 32]);
    random.fill(&mut *seed)?;
    let key = RsaPrivateKey::new(&mut ChaCha20Rng::from_seed(*seed), bits);
    let pem = key.ok().and_then(|key| key.to_pkcs8_pem(LineEnding::LF).ok());
    pem.ok_or(ProduceError::Rsa { bits })
}

/// This build has no RSA.
#[cfg(not(feature = "rsa"))]
pub(super) fn rsa(_: usize, _: &mut dyn RandomSource) -> Result<Zeroizing<String>, ProduceError> {
    Err(ProduceError::NoRsa)
}

//! An engine from a model file that is still coming in.

use crate::{
    encoder::{ModelError, Stream},
    engine::Engine,
};

/// Makes an [`Engine`] of a model file that comes in pieces: what has come is checked and unpacked while the rest is on
/// its way. The engine is the one that [`Engine::with_model`] makes of the whole, and so are the errors.
///
/// ```
/// let mut loader = sayswho::Loader::default();
/// loader.push(b"SAYSWHO\0");
/// assert!(loader.finish().is_err()); // cut short
/// ```
#[derive(Debug, Default)]
pub struct Loader(Stream);

impl Loader {
    /// Takes the next bytes of the file.
    pub fn push(&mut self, bytes: &[u8]) {
        self.0.push(bytes);
    }

    /// The engine, once all bytes were pushed.
    ///
    /// # Errors
    ///
    /// [`ModelError`] where they are no model that this version reads, whole and undamaged.
    pub fn finish(self) -> Result<Engine, ModelError> {
        Ok(self.0.finish()?.into())
    }
}

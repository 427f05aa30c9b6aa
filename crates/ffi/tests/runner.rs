//! The tests of the C interface, in one program: from Rust through its functions, and from C.

#[global_allocator]
static MEMORY: wiped::Watched = wiped::Watched;

mod c;
mod calls;
mod support;
mod threads;
mod wiped;

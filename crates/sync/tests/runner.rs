//! The tests of planning and applying, in one program.

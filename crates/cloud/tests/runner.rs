//! The tests of the command line with AWS, in one program.

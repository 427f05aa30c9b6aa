/* The C interface of envctl; docs/embedding.md tells how it is used. Written by `cargo xtask codegen`. */

#ifndef ENVCTL_H
#define ENVCTL_H

#include <stdbool.h>
#include <stdint.h>

// The version of the functions in this header. It changes when one is removed or means something else.
#define ENVCTL_ABI_VERSION 1

// No contract: what opening gives when it fails. A call with it answers what needs none: `generate` and `lint`.
#define ENVCTL_NO_CONTRACT 0

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

// The version of the functions that the library has, to be compared with `ENVCTL_ABI_VERSION`.
uint32_t envctl_abi_version(void);

// Opens the contract in `text`, UTF-8. `name` is what errors call it, usually its path. It may not extend files.
//
// Gives a handle, which any thread may use until it is closed, or 0. Then `*error` is set to an answer that says why,
// to be given to `envctl_free`; `error` may be NULL. Otherwise `*error` is set to NULL.
//
// # Safety
//
// `name` and `text` are NULL or end in a NUL byte; `error` is NULL or can be written to.
uint64_t envctl_open_text(const char *name,
                          const char *text,
                          char **error);

// Opens the contract in the file at `path`, UTF-8, and the files that it extends. Otherwise as `envctl_open_text`.
//
// # Safety
//
// `path` is NULL or ends in a NUL byte; `error` is NULL or can be written to.
uint64_t envctl_open_path(const char *path,
                          char **error);

// Closes a contract. Calls that other threads have begun end as usual. Gives `false` for a handle that is closed
// already or was never given out.
bool envctl_close(uint64_t handle);

// Answers a request, JSON in UTF-8. The answer, JSON too, is never NULL; it may hold secrets, and is to be given to
// `envctl_free`. Whatever is wrong, the handle included, is told in it.
//
// # Safety
//
// `request` is NULL or ends in a NUL byte.
char *envctl_call(uint64_t handle,
                  const char *request);

// Wipes an answer and gives its memory back. NULL is allowed.
//
// # Safety
//
// `answer` is NULL, or came from this library, was not freed before, and has the text that it came with.
void envctl_free(char *answer);

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

#endif  /* ENVCTL_H */

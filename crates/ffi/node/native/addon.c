/* The C interface of envctl for Node: five functions that move texts, and nothing that knows what is in them.
 *
 * openText(name, text), openPath(path): a contract, or the text of an envelope that says why there is none
 * openPathAsync(path): the same as a promise
 * call(contract, request): the answer's text; `null` in place of a contract is allowed
 * callAsync(contract, request): the same as a promise, worked out off the main thread
 * close(contract): whether it was open; a contract that is garbage is closed by itself
 */

#define NAPI_VERSION 8
#include <node_api.h>
#include <stdlib.h>
#include <string.h>

#include <envctl.h>

/* What a contract is in JavaScript: an external value with this tag around a handle. */
static const napi_type_tag CONTRACT = {0x6f1ea6a3b8f74f0b, 0x9d2b1c5f5f3a4e77};

/* A text of JavaScript that may hold secrets. */
struct text {
    char *bytes;
    size_t length;
};

/* Writes that the compiler must not leave out, although nobody reads the bytes again. */
static void wipe(struct text *text) {
    volatile char *bytes = text->bytes;
    for (size_t i = 0; bytes != NULL && i < text->length; i++) {
        bytes[i] = 0;
    }
    free(text->bytes);
    text->bytes = NULL;
}

/* The longest text that V8 holds. Some versions of Node end the process when they are asked for a longer one. */
static const size_t LONGEST = sizeof(void *) == 4 ? (1u << 28) - 16 : (1u << 29) - 24;

static bool is_pending(napi_env env) {
    bool pending = false;
    return napi_is_exception_pending(env, &pending) == napi_ok && pending;
}

/* Throws what went wrong in Node itself, unless it is told already: no function gives `undefined` in place of an error. */
static napi_value fail(napi_env env) {
    if (!is_pending(env)) {
        napi_throw_error(env, NULL, "envctl: Node has no memory left, or is ending");
    }
    return NULL;
}

static void throw_type(napi_env env, const char *message) {
    if (!is_pending(env)) {
        napi_throw_type_error(env, "ERR_INVALID_ARG_TYPE", message);
    }
}

/* Copies a text; what is none is thrown. */
static bool take_text(napi_env env, napi_value value, struct text *text) {
    text->bytes = NULL;
    if (napi_get_value_string_utf8(env, value, NULL, 0, &text->length) != napi_ok) {
        throw_type(env, "expected a text");
        return false;
    }
    text->bytes = malloc(text->length + 1);
    if (text->bytes == NULL ||
        napi_get_value_string_utf8(env, value, text->bytes, text->length + 1, NULL) != napi_ok) {
        wipe(text);
        fail(env);
        return false;
    }
    if (memchr(text->bytes, 0, text->length) != NULL) {
        wipe(text);
        throw_type(env, "expected a text without NUL");
        return false;
    }
    return true;
}

/* The handle of a contract, 0 for null; what is neither is thrown. */
static bool take_handle(napi_env env, napi_value value, uint64_t *handle) {
    napi_valuetype type;
    if (napi_typeof(env, value, &type) == napi_ok) {
        if (type == napi_null) {
            *handle = ENVCTL_NO_CONTRACT;
            return true;
        }
        bool is_contract = false;
        void *data = NULL;
        if (type == napi_external && napi_check_object_type_tag(env, value, &CONTRACT, &is_contract) == napi_ok &&
            is_contract && napi_get_value_external(env, value, &data) == napi_ok) {
            *handle = *(uint64_t *)data;
            return true;
        }
    }
    throw_type(env, "expected a contract");
    return false;
}

/* The text of an answer, which is freed. Bytes are counted, of which a text has at least as many as V8 counts. */
static napi_value given(napi_env env, char *answer) {
    napi_value text = NULL;
    size_t length = strlen(answer);
    if (length > LONGEST) {
        napi_throw_range_error(env, "ERR_STRING_TOO_LONG", "the answer is longer than a text of JavaScript can be");
    } else if (napi_create_string_utf8(env, answer, length, &text) != napi_ok) {
        text = fail(env);
    }
    envctl_free(answer);
    return text;
}

static void forget(napi_env env, void *data, void *hint) {
    (void)env;
    (void)hint;
    envctl_close(*(uint64_t *)data);
    free(data);
}

/* A contract, or why there is none. */
static napi_value opened(napi_env env, uint64_t handle, char *error) {
    if (handle == ENVCTL_NO_CONTRACT) {
        return given(env, error);
    }
    uint64_t *data = malloc(sizeof *data);
    napi_value contract = NULL;
    if (data == NULL) {
        envctl_close(handle);
        return fail(env);
    }
    *data = handle;
    if (napi_create_external(env, data, forget, NULL, &contract) != napi_ok) {
        forget(env, data, NULL);
        return fail(env);
    }
    return napi_type_tag_object(env, contract, &CONTRACT) == napi_ok ? contract : fail(env);
}

static bool arguments(napi_env env, napi_callback_info info, size_t wanted, napi_value *values) {
    size_t count = wanted;
    if (napi_get_cb_info(env, info, &count, values, NULL, NULL) == napi_ok && count >= wanted) {
        return true;
    }
    throw_type(env, "too few arguments");
    return false;
}

static napi_value open_text(napi_env env, napi_callback_info info) {
    napi_value values[2];
    struct text name, text;
    if (!arguments(env, info, 2, values) || !take_text(env, values[0], &name)) {
        return NULL;
    }
    if (!take_text(env, values[1], &text)) {
        wipe(&name);
        return NULL;
    }
    char *error = NULL;
    uint64_t handle = envctl_open_text(name.bytes, text.bytes, &error);
    wipe(&name);
    wipe(&text);
    return opened(env, handle, error);
}

static napi_value open_path(napi_env env, napi_callback_info info) {
    napi_value values[1];
    struct text path;
    if (!arguments(env, info, 1, values) || !take_text(env, values[0], &path)) {
        return NULL;
    }
    char *error = NULL;
    uint64_t handle = envctl_open_path(path.bytes, &error);
    wipe(&path);
    return opened(env, handle, error);
}

static napi_value call(napi_env env, napi_callback_info info) {
    napi_value values[2];
    uint64_t handle;
    struct text request;
    if (!arguments(env, info, 2, values) || !take_handle(env, values[0], &handle) ||
        !take_text(env, values[1], &request)) {
        return NULL;
    }
    char *answer = envctl_call(handle, request.bytes);
    wipe(&request);
    return given(env, answer);
}

static napi_value close_contract(napi_env env, napi_callback_info info) {
    napi_value values[1], closed = NULL;
    uint64_t handle;
    if (!arguments(env, info, 1, values) || !take_handle(env, values[0], &handle)) {
        return NULL;
    }
    return napi_get_boolean(env, envctl_close(handle), &closed) == napi_ok ? closed : fail(env);
}

/* Work off the main thread: a call of a contract, or the opening of a path. */
struct work {
    napi_async_work work;
    napi_deferred deferred;
    /* Keeps the contract from being garbage until the work is done. */
    napi_ref contract;
    bool opens;
    uint64_t handle;
    struct text text;
    char *answer;
};

static void execute(napi_env env, void *data) {
    (void)env;
    struct work *work = data;
    if (work->opens) {
        work->handle = envctl_open_path(work->text.bytes, &work->answer);
    } else {
        work->answer = envctl_call(work->handle, work->text.bytes);
    }
    wipe(&work->text);
}

static void drop(napi_env env, struct work *work) {
    if (work->contract != NULL) {
        napi_delete_reference(env, work->contract);
    }
    if (work->work != NULL) {
        napi_delete_async_work(env, work->work);
    }
    wipe(&work->text);
    free(work);
}

/* Rejects with what is pending, which is cleared: nobody is there to catch it. */
static void reject(napi_env env, napi_deferred deferred) {
    napi_value error = NULL;
    fail(env);
    if (napi_get_and_clear_last_exception(env, &error) == napi_ok) {
        napi_reject_deferred(env, deferred, error);
    }
}

static void complete(napi_env env, napi_status status, void *data) {
    struct work *work = data;
    napi_value value = NULL;
    if (status == napi_ok) {
        value = work->opens ? opened(env, work->handle, work->answer) : given(env, work->answer);
    } else {
        /* Nobody gets what was made. */
        envctl_free(work->answer);
        if (work->opens) {
            envctl_close(work->handle);
        }
    }
    if (value != NULL) {
        napi_resolve_deferred(env, work->deferred, value);
    } else {
        reject(env, work->deferred);
    }
    drop(env, work);
}

/* Begins the work; what cannot begin is thrown, or rejected once there is a promise. */
static napi_value begin(napi_env env, napi_value contract, struct work begun) {
    napi_value promise = NULL, name = NULL;
    struct work *work = malloc(sizeof *work);
    if (work == NULL) {
        wipe(&begun.text);
        return fail(env);
    }
    *work = begun;
    bool refers = contract == NULL || begun.handle == ENVCTL_NO_CONTRACT ||
                  napi_create_reference(env, contract, 1, &work->contract) == napi_ok;
    if (!refers || napi_create_string_utf8(env, "envctl", NAPI_AUTO_LENGTH, &name) != napi_ok ||
        napi_create_async_work(env, NULL, name, execute, complete, work, &work->work) != napi_ok ||
        napi_create_promise(env, &work->deferred, &promise) != napi_ok) {
        drop(env, work);
        return fail(env);
    }
    if (napi_queue_async_work(env, work->work) != napi_ok) {
        reject(env, work->deferred);
        drop(env, work);
    }
    return promise;
}

static napi_value open_path_async(napi_env env, napi_callback_info info) {
    napi_value values[1];
    struct work work = {.opens = true};
    if (!arguments(env, info, 1, values) || !take_text(env, values[0], &work.text)) {
        return NULL;
    }
    return begin(env, NULL, work);
}

static napi_value call_async(napi_env env, napi_callback_info info) {
    napi_value values[2];
    struct work work = {.opens = false};
    if (!arguments(env, info, 2, values) || !take_handle(env, values[0], &work.handle) ||
        !take_text(env, values[1], &work.text)) {
        return NULL;
    }
    return begin(env, values[0], work);
}

NAPI_MODULE_INIT() {
    const struct {
        const char *name;
        napi_callback function;
    } functions[] = {
        {"openText", open_text}, {"openPath", open_path},           {"call", call},
        {"close", close_contract}, {"openPathAsync", open_path_async}, {"callAsync", call_async},
    };
    if (envctl_abi_version() != ENVCTL_ABI_VERSION) {
        napi_throw_error(env, NULL, "envctl: the addon and the library are of different versions");
        return NULL;
    }
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
        napi_value function;
        if (napi_create_function(env, functions[i].name, NAPI_AUTO_LENGTH, functions[i].function, NULL, &function) !=
                napi_ok ||
            napi_set_named_property(env, exports, functions[i].name, function) != napi_ok) {
            return NULL;
        }
    }
    return exports;
}

/* Every function from C, used well and used wrongly. Prints what is wrong and gives 1. */

#include <stdio.h>
#include <string.h>

#include <envctl.h>

static const char contract[] =
    "[schema]\n"
    "name = \"shop\"\n"
    "\n"
    "[vars.API_KEY]\n"
    "\n"
    "[vars.PORT]\n"
    "type       = \"port\"\n"
    "visibility = \"plain\"\n"
    "default    = 3000\n";

static int failures = 0;

/* Whether an answer holds a text; the answer is freed. */
static void expect(const char *what, char *answer, const char *wanted) {
    if (answer == NULL || strstr(answer, wanted) == NULL) {
        fprintf(stderr, "%s: %s\n", what, answer == NULL ? "NULL" : answer);
        failures++;
    }
    envctl_free(answer);
}

static void expect_true(const char *what, bool holds) {
    if (!holds) {
        fprintf(stderr, "%s\n", what);
        failures++;
    }
}

int main(void) {
    expect_true("the version", envctl_abi_version() == ENVCTL_ABI_VERSION);

    char *error = NULL;
    uint64_t shop = envctl_open_text("envschema.toml", contract, &error);
    expect_true("it opens", shop != ENVCTL_NO_CONTRACT && error == NULL);

    expect("describe", envctl_call(shop, "{\"version\":1,\"call\":{\"describe\":{}}}"), "\"contract\":\"shop\"");
    expect("validate", envctl_call(shop, "{\"version\":1,\"call\":{\"validate\":{}}}"), "API_KEY is not set");
    const char *resolve =
        "{\"version\":1,\"call\":{\"resolve\":{\"input\":{\"env\":{\"API_KEY\":\"a \\u00e9 b\",\"PORT\":\"8080\"}}}}}";
    expect("resolve", envctl_call(shop, resolve), "\"values\":{\"API_KEY\":\"a \xc3\xa9 b\",\"PORT\":\"8080\"}");
    const char *export =
        "{\"version\":1,\"call\":{\"export\":{\"format\":\"shell\",\"input\":{\"env\":{\"API_KEY\":\"k\"}}}}}";
    expect("export", envctl_call(shop, export), "export API_KEY='k'\\nexport PORT='3000'\\n");
    const char *explain = "{\"version\":1,\"call\":{\"explain\":{\"name\":\"PORT\"}}}";
    expect("explain", envctl_call(shop, explain), "\"state\":\"resolved\"");
    const char *generate = "{\"version\":1,\"call\":{\"generate\":{\"form\":\"hex:16\"}}}";
    expect("generate", envctl_call(ENVCTL_NO_CONTRACT, generate), "\"value\":\"");
    const char *lint = "{\"version\":1,\"call\":{\"lint\":{\"file\":{\"text\":\"A=b#c\\n\"}}}}";
    expect("lint", envctl_call(ENVCTL_NO_CONTRACT, lint), "\"readers\":");

    expect("no JSON", envctl_call(shop, "{"), "\"code\":\"request\"");
    expect("no text", envctl_call(shop, "\xff"), "\"code\":\"text\"");
    expect("NULL", envctl_call(shop, NULL), "\"code\":\"text\"");
    expect_true("a contract with mistakes", envctl_open_text("a.toml", "[schema", &error) == ENVCTL_NO_CONTRACT);
    expect("a contract with mistakes", error, "\"code\":\"contract\"");
    expect_true("no file", envctl_open_path("nowhere.toml", NULL) == ENVCTL_NO_CONTRACT);
    expect_true("NULL for a contract", envctl_open_text(NULL, NULL, &error) == ENVCTL_NO_CONTRACT);
    expect("NULL for a contract", error, "\"code\":\"text\"");

    expect_true("it closes", envctl_close(shop));
    expect_true("it is closed", !envctl_close(shop));
    expect("after closing", envctl_call(shop, resolve), "\"code\":\"handle\"");
    envctl_free(NULL);
    return failures == 0 ? 0 : 1;
}

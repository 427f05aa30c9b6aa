/* One handle in many threads, closed while they call. */

#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include <envctl.h>

enum { THREADS = 4, ROUNDS = 25 };

static uint64_t shop;

static void *work(void *failures) {
    for (int round = 0; round < ROUNDS; round++) {
        char *answer = envctl_call(shop, "{\"version\":1,\"call\":{\"resolve\":{\"input\":{\"env\":{\"PORT\":\"80\"}}}}}");
        if (strstr(answer, "\"PORT\":80") == NULL && strstr(answer, "\"code\":\"handle\"") == NULL) {
            fprintf(stderr, "%s\n", answer);
            ++*(int *)failures;
        }
        envctl_free(answer);
    }
    return NULL;
}

int main(void) {
    pthread_t threads[THREADS];
    int failures[THREADS] = {0};
    int failed = 0;
    shop = envctl_open_text("a.toml", "[schema]\nname = \"shop\"\n[vars.PORT]\ntype = \"port\"\n", NULL);
    for (int i = 0; i < THREADS; i++) {
        failed += pthread_create(&threads[i], NULL, work, &failures[i]) != 0;
    }
    failed += !envctl_close(shop);
    for (int i = 0; i < THREADS; i++) {
        failed += pthread_join(threads[i], NULL) != 0;
        failed += failures[i];
    }
    return failed == 0 ? 0 : 1;
}

/* Answers one request: `answer REQUEST-FILE [CONTRACT-FILE]`. What `tests/conformance` compares with other languages. */

#include <stdio.h>
#include <stdlib.h>

#include <envctl.h>

int main(int count, char **words) {
    static char request[1 << 20];
    FILE *file = count > 1 ? fopen(words[1], "rb") : NULL;
    if (file == NULL) {
        return EXIT_FAILURE;
    }
    request[fread(request, 1, sizeof request - 1, file)] = 0;
    fclose(file);

    char *answer = NULL;
    uint64_t contract = count > 2 ? envctl_open_path(words[2], &answer) : ENVCTL_NO_CONTRACT;
    if (answer == NULL) {
        answer = envctl_call(contract, request);
    }
    puts(answer);
    envctl_free(answer);
    envctl_close(contract);
    return EXIT_SUCCESS;
}

#include "sign/fetch.h"

#include <curl/curl.h>
#include <dlfcn.h>
#include <string.h>
#include <strings.h>

#include "base/file.h"

/* libcurl is loaded when the first question is asked: with it come thirty libraries, and most signatures
 * carry no time-stamp. It is never unloaded, since its own libraries cannot be.
 *
 * Nothing is followed: an answer from another place than the one that was named is an error. A retry
 * helps against a connection that broke, not against a server that said no. */

#define CURL_LIBRARY "libcurl.so.4"

enum {
    CONNECT_MS = 5000,
    WHOLE_MS = 10000,
    TRIES = 2,
    TRUSTED_BYTES_MOST = 4 << 20,
};

struct curl {
    CURLcode (*global_init)(long flags);
    CURL *(*init)(void);
    CURLcode (*set)(CURL *handle, CURLoption option, ...);
    CURLcode (*get)(CURL *handle, CURLINFO info, ...);
    CURLcode (*perform)(CURL *handle);
    void (*cleanup)(CURL *handle);
    const char *(*text)(CURLcode code);
    struct curl_slist *(*append)(struct curl_slist *list, const char *text);
    void (*free_list)(struct curl_slist *list);
};

/* ISO C has no cast from an address to a function; POSIX promises that the bits are the same. */
static bool find(void *member, void *library, const char *name)
{
    void *address = dlsym(library, name);
    memcpy(member, &address, sizeof(address));
    return address != NULL;
}

static bool load_curl(struct curl *out)
{
    void *library = dlopen(CURL_LIBRARY, RTLD_NOW | RTLD_LOCAL);
    return library && find(&out->global_init, library, "curl_global_init") &&
           find(&out->init, library, "curl_easy_init") &&
           find(&out->set, library, "curl_easy_setopt") &&
           find(&out->get, library, "curl_easy_getinfo") &&
           find(&out->perform, library, "curl_easy_perform") &&
           find(&out->cleanup, library, "curl_easy_cleanup") &&
           find(&out->text, library, "curl_easy_strerror") &&
           find(&out->append, library, "curl_slist_append") &&
           find(&out->free_list, library, "curl_slist_free_all") &&
           out->global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
}

/* --- One try -------------------------------------------------------------------------------- */

struct answer {
    struct bx_buf *bytes;
    size_t most;
    bool is_too_long;
};

static size_t take_bytes(char *bytes, size_t size, size_t count, void *context)
{
    struct answer *answer = context;
    size_t len = size * count;
    answer->is_too_long = len > answer->most - answer->bytes->len;
    if (answer->is_too_long)
        return 0;
    bx_buf_add(answer->bytes, bytes, len);
    return len;
}

/* application/timestamp-reply; charset=… counts as well. */
static bool is_type(const char *said, const char *wanted)
{
    size_t len = strlen(wanted);
    return said && strncasecmp(said, wanted, len) == 0 &&
           (said[len] == '\0' || said[len] == ';' || said[len] == ' ');
}

static bool check_answer(const struct curl *curl,
                         CURL *handle,
                         const struct bx_fetch *fetch,
                         struct bx_err *err)
{
    long status = 0;
    const char *type = NULL;
    curl->get(handle, CURLINFO_RESPONSE_CODE, &status);
    curl->get(handle, CURLINFO_CONTENT_TYPE, &type);
    if (status != 200)
        return bx_fail(err, BX_E_SIGN, fetch->url, "",
                       "the server answers with HTTP status %ld", status);
    return is_type(type, fetch->answer_type) ||
           bx_fail(err, BX_E_SIGN, fetch->url, "", "the server's answer is no %s",
                   fetch->answer_type);
}

/* Whether another try may end better. */
static bool is_passing(CURLcode code)
{
    return code == CURLE_COULDNT_RESOLVE_HOST || code == CURLE_COULDNT_RESOLVE_PROXY ||
           code == CURLE_COULDNT_CONNECT || code == CURLE_OPERATION_TIMEDOUT ||
           code == CURLE_GOT_NOTHING || code == CURLE_SEND_ERROR || code == CURLE_RECV_ERROR ||
           code == CURLE_PARTIAL_FILE || code == CURLE_SSL_CONNECT_ERROR;
}

static bool fail_fetch(const struct curl *curl,
                       CURLcode code,
                       const struct answer *answer,
                       const struct bx_fetch *fetch,
                       struct bx_err *err)
{
    if (code == CURLE_UNSUPPORTED_PROTOCOL || code == CURLE_URL_MALFORMAT)
        return bx_fail(err, BX_E_USAGE, fetch->url, "", "this is no address of HTTP or HTTPS");
    if (answer->is_too_long)
        return bx_fail(err, BX_E_SIGN, fetch->url, "", "the server's answer is too long");
    return bx_fail(err, BX_E_SIGN, fetch->url, "", "the server cannot be asked: %s",
                   curl->text(code));
}

/* --- The question --------------------------------------------------------------------------- */

/* The certificates of all files, one behind the other. */
static bool read_trusted(struct bx_buf *out, const struct bx_fetch *fetch, struct bx_err *err)
{
    for (int i = 0; i < fetch->trusted_count; i++) {
        struct bx_buf file = {0};
        bool is_read = bx_file_read(&file, fetch->trusted[i], TRUSTED_BYTES_MOST, err);
        bx_buf_add(out, file.data ? file.data : "", file.len);
        bx_buf_add_byte(out, '\n');
        bx_buf_fini(&file);
        if (!is_read)
            return false;
    }
    return true;
}

static void set_options(const struct curl *curl,
                        CURL *handle,
                        const struct bx_fetch *fetch,
                        const struct bx_buf *question,
                        struct bx_buf *trusted)
{
    curl->set(handle, CURLOPT_URL, fetch->url);
    curl->set(handle, CURLOPT_PROTOCOLS_STR, "http,https");
    curl->set(handle, CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
    curl->set(handle, CURLOPT_NOSIGNAL, 1L);
    curl->set(handle, CURLOPT_CONNECTTIMEOUT_MS, (long)CONNECT_MS);
    curl->set(handle, CURLOPT_TIMEOUT_MS, (long)WHOLE_MS);
    curl->set(handle, CURLOPT_POST, 1L);
    curl->set(handle, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)question->len);
    curl->set(handle, CURLOPT_POSTFIELDS, question->data);
    /* The folder of the system's certificates stays in use beside these. */
    struct curl_blob blob = {trusted->data, trusted->len, CURL_BLOB_COPY};
    if (fetch->trusted_count > 0)
        curl->set(handle, CURLOPT_CAINFO_BLOB, &blob);
}

static bool ask(const struct curl *curl,
                CURL *handle,
                struct bx_buf *bytes,
                const struct bx_fetch *fetch,
                struct bx_err *err)
{
    CURLcode code = CURLE_OK;
    struct answer answer = {.bytes = bytes, .most = fetch->answer_most};
    curl->set(handle, CURLOPT_WRITEFUNCTION, take_bytes);
    curl->set(handle, CURLOPT_WRITEDATA, &answer);
    for (int i = 0; i < TRIES; i++) {
        bx_buf_clear(bytes);
        code = curl->perform(handle);
        if (code == CURLE_OK || !is_passing(code))
            break;
    }
    return code == CURLE_OK ? check_answer(curl, handle, fetch, err)
                            : fail_fetch(curl, code, &answer, fetch, err);
}

bool bx_fetch_post(struct bx_buf *answer,
                   const struct bx_fetch *fetch,
                   const struct bx_buf *question,
                   struct bx_err *err)
{
    struct curl curl;
    struct bx_buf trusted = {0}, header = {0};
    if (strchr(fetch->url, '@')) /* the URL is shown in messages: it is not given here */
        return bx_fail(err, BX_E_USAGE, "", "", "an address cannot hold a name or a password");
    if (!read_trusted(&trusted, fetch, err)) {
        bx_buf_fini(&trusted);
        return false;
    }
    CURL *handle = load_curl(&curl) ? curl.init() : NULL;
    bool is_done = false;
    if (!handle) {
        bx_fail(err, BX_E_SIGN, "", "", "asking a server needs %s", CURL_LIBRARY);
    } else {
        bx_buf_printf(&header, "Content-Type: %s", fetch->type);
        struct curl_slist *headers = curl.append(NULL, header.data);
        headers = curl.append(headers, "Expect:");
        curl.set(handle, CURLOPT_HTTPHEADER, headers);
        set_options(&curl, handle, fetch, question, &trusted);
        is_done = ask(&curl, handle, answer, fetch, err);
        curl.cleanup(handle);
        curl.free_list(headers);
    }
    bx_buf_fini(&header);
    bx_buf_fini(&trusted);
    return is_done;
}

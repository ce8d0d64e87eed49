/* banxin sign: who signs, with what, and where the PIN comes from.
 *
 * The only command that reads the clock, and only without --time. A PIN is read when a key asks for
 * it, goes straight into the place the library keeps for it, and is nowhere else; a core file would
 * hold it, so none is written. */
#include "cli.h"

#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

/* --- The PIN -------------------------------------------------------------------------------- */

/* Reads a line byte by byte: stdio would keep a copy of it. */
static bool read_line(int file, char *to, size_t size)
{
    size_t len = 0;
    char byte;
    ssize_t got;
    while ((got = read(file, &byte, 1)) == 1 && byte != '\n')
        if (len + 1 < size)
            to[len++] = byte;
        else
            return false;
    if (len > 0 && to[len - 1] == '\r')
        len--;
    to[len] = '\0';
    return got >= 0;
}

static bool read_pin_file(const char *path, char *pin, size_t size)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return false;
    bool is_read = read_line(file, pin, size);
    close(file);
    return is_read;
}

static bool ask_terminal(bool in_chinese, char *pin, size_t size)
{
    int terminal = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
    struct termios shown, hidden;
    if (terminal < 0 || tcgetattr(terminal, &shown) != 0) {
        if (terminal >= 0)
            close(terminal);
        return false;
    }
    hidden = shown;
    hidden.c_lflag &= ~(tcflag_t)ECHO;
    const char *question = in_chinese ? "私钥口令：" : "PIN of the key: ";
    bool is_read = tcsetattr(terminal, TCSAFLUSH, &hidden) == 0 &&
                   write(terminal, question, strlen(question)) > 0 &&
                   read_line(terminal, pin, size);
    tcsetattr(terminal, TCSAFLUSH, &shown);
    (void)!write(terminal, "\n", 1);
    close(terminal);
    return is_read;
}

static bool give_pin(void *context, char *pin, size_t size)
{
    const struct bx_cli_request *request = context;
    if (request->pin_file)
        return read_pin_file(request->pin_file, pin, size);
    if (!request->pin_env)
        return ask_terminal(request->voice.in_chinese, pin, size);
    char *value = getenv(request->pin_env);
    if (!value || strlen(value) >= size)
        return false;
    memcpy(pin, value, strlen(value) + 1);
    /* Out of what /proc shows of us. Volatile, or a compiler leaves it out. */
    for (volatile char *at = value; *at; at++)
        *at = '*';
    return true;
}

/* --- The time ------------------------------------------------------------------------------- */

/* Two digits, or more, and what must stand behind them. */
static bool take_number(const char **text, int digits, char behind, int most, int *out)
{
    int value = 0;
    for (int i = 0; i < digits; i++, (*text)++) {
        if (**text < '0' || **text > '9')
            return false;
        value = value * 10 + (**text - '0');
    }
    if (behind && *(*text)++ != behind)
        return false;
    *out = value;
    return value <= most;
}

/* Days from 1970-01-01. Years are counted from March, so that the leap day is the last. */
static long long count_days(int year, int month, int day)
{
    long long y = year - (month <= 2), era = y / 400, of_era = y % 400;
    int from_march = (month + 9) % 12;
    long long of_year = (153 * from_march + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static bool is_day(int year, int month, int day)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return year >= 1970 && month >= 1 && day >= 1 &&
           day <= lengths[month - 1] + (is_leap && month == 2);
}

/* Source  RFC 3339 5.6, without fractions. */
static bool read_time(const char *text, struct bx_signing_options *options)
{
    int year, month, day, hour, minute, second, zone_hour = 0, zone_minute = 0;
    if (!take_number(&text, 4, '-', 9999, &year) || !take_number(&text, 2, '-', 12, &month) ||
        !take_number(&text, 2, 'T', 31, &day) || !take_number(&text, 2, ':', 23, &hour) ||
        !take_number(&text, 2, ':', 59, &minute) || !take_number(&text, 2, 0, 59, &second) ||
        !is_day(year, month, day))
        return false;
    char sign = *text++;
    if (sign != 'Z' &&
        ((sign != '+' && sign != '-') || !take_number(&text, 2, ':', 23, &zone_hour) ||
         !take_number(&text, 2, 0, 59, &zone_minute)))
        return false;
    options->zone_minutes = (zone_hour * 60 + zone_minute) * (sign == '-' ? -1 : 1);
    options->time = count_days(year, month, day) * 86400 + hour * 3600LL + minute * 60LL +
                    second - options->zone_minutes * 60LL;
    return *text == '\0' && options->time >= 0;
}

/* Now, as Beijing time: the reports are China's. */
static void take_clock(struct bx_signing_options *options)
{
    options->time = (long long)time(NULL);
    options->zone_minutes = 8 * 60;
}

bool bx_cli_take_time(struct bx_cli_request *request)
{
    if (!request->sign_time) {
        take_clock(&request->signing);
        return true;
    }
    bool is_time = read_time(request->sign_time, &request->signing);
    if (!is_time)
        bx_cli_tell_usage_of(&request->voice, "--time 的写法不对：%s",
                             "--time is not a time as RFC 3339 has it: %s", request->sign_time);
    return is_time;
}

/* --- The command ---------------------------------------------------------------------------- */

bool bx_cli_is_level_complete(const struct bx_cli_request *request)
{
    const char *zh = NULL, *en = NULL;
    const char *usage = bx_cli_commands[request->command].usage;
    if (request->signing.level != BX_SIGNING_B && !request->signing.tsa) {
        zh = "这个签名等级要用 --tsa 写明时间戳服务：%s";
        en = "this level needs --tsa with a time-stamping authority: %s";
    } else if (request->signing.level == BX_SIGNING_B && request->signing.tsa) {
        zh = "--tsa 要和 --level t、lt 或 lta 一起写：%s";
        en = "--tsa goes with --level t, lt or lta: %s";
    } else if (request->signing.level < BX_SIGNING_LT &&
               request->crl_count + request->ocsp_count > 0) {
        zh = "--crl、--ocsp 要和 --level lt 或 lta 一起写：%s";
        en = "--crl and --ocsp go with --level lt or lta: %s";
    }
    if (zh)
        bx_cli_tell_usage_of(&request->voice, zh, en, usage);
    return zh == NULL;
}

static bool is_complete(const struct bx_cli_request *request)
{
    const char *zh = NULL, *en = NULL;
    const char *usage = bx_cli_commands[BX_CLI_SIGN].usage;
    if (!request->output) {
        zh = "要用 -o 写明输出文件：%s";
        en = "-o and an output file are missing: %s";
    } else if (!request->signing.key == !request->signing.pkcs11) {
        zh = "要用 --key 写明私钥文件，或用 --pkcs11 写明设备模块，只写一个：%s";
        en = "--key with a key file or --pkcs11 with a module is needed, and one of them: %s";
    } else if (!request->signing.pkcs11 != !request->signing.token_label ||
               !request->signing.pkcs11 != !request->signing.key_label) {
        zh = "--pkcs11、--token-label、--key-label 要一起写：%s";
        en = "--pkcs11, --token-label and --key-label go together: %s";
    } else if (request->pin_file && request->pin_env) {
        zh = "--pin-file 和 --pin-env 只写一个：%s";
        en = "only one of --pin-file and --pin-env can be given: %s";
    }
    if (zh)
        bx_cli_tell_usage_of(&request->voice, zh, en, usage);
    return zh == NULL && bx_cli_is_level_complete(request);
}

void bx_cli_take_lists(struct bx_cli_request *request)
{
    request->signing.trusted = request->trusted;
    request->signing.trusted_count = request->trusted_count;
    request->signing.crls = request->crls;
    request->signing.crl_count = request->crl_count;
    request->signing.ocsps = request->ocsps;
    request->signing.ocsp_count = request->ocsp_count;
}

/* No core file, whatever it is that writes them here, and nobody looks into the memory but root. */
static void keep_secrets(void)
{
    const struct rlimit no_core = {0};
    setrlimit(RLIMIT_CORE, &no_core);
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

int bx_cli_sign(struct bx_cli_request request)
{
    if (!is_complete(&request) || !bx_cli_take_time(&request))
        return BX_STATUS_USAGE;
    keep_secrets();
    request.signing.ask_pin = give_pin;
    request.signing.ask_context = &request;
    bx_cli_take_lists(&request);

    struct bx_signing *signing = bx_signing_new(&request.signing);
    enum bx_status status = bx_signing_sign_file(signing, request.input, request.output);
    bx_cli_tell_findings(&request.voice, bx_signing_findings(signing), request.input);
    if (status == BX_STATUS_DONE && !request.voice.is_json &&
        strcmp(request.output, "-") != 0) {
        fputs(request.voice.in_chinese ? "已签名 " : "signed ", stderr);
        bx_cli_put_text(stderr, request.output);
        fputc('\n', stderr);
    }
    bx_signing_free(signing);
    return (int)status;
}

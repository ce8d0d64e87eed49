/* The signature block: organ, date, seal, signer. */
#include "model/read.h"

#include <string.h>

static const char *read_member_line(struct bx_reader *reader,
                                    const struct bx_json *value,
                                    const char *name,
                                    const char **where)
{
    const struct bx_json *member = bx_json_find(value, name);
    if (!member)
        return NULL;
    if (where)
        *where = bx_read_where(reader, member);
    return bx_read_line(reader, member, BX_STRING_NAME);
}

static int read_digits(const char *text, int count)
{
    int value = 0;
    for (int i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9')
            return -1;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

static int days_in(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && is_leap);
}

/* YYYY-MM-DD of the Gregorian calendar. */
static bool read_date(const char *text, int *year, int *month, int *day)
{
    if (strlen(text) != 10 || text[4] != '-' || text[7] != '-')
        return false;
    *year = read_digits(text, 4);
    *month = read_digits(text + 5, 2);
    *day = read_digits(text + 8, 2);
    return *year >= 1 && 1 <= *month && *month <= 12 && 1 <= *day &&
           *day <= days_in(*year, *month);
}

static void read_signature_date(struct bx_reader *reader,
                                const struct bx_json *value,
                                struct bx_signature *out)
{
    const struct bx_json *member = bx_json_find(value, "date");
    const char *text = member ? bx_read_string(reader, member, BX_STRING_LINE) : NULL;
    int year = 0, month = 0, day = 0;
    if (!text)
        return;
    if (!read_date(text, &year, &month, &day)) {
        bx_read_error(reader, "DATE", member,
                      "日期应是日历上有的一天，写作 2020-01-23 这样的形式",
                      "a date is a day of the calendar, written like 2020-01-23");
        return;
    }
    out->date_iso = text;
    out->date_where = bx_read_where(reader, member);
    out->date =
        bx_read_fill(reader, reader->options->sections->date_format, "", year, month, day);
}

static void
read_seal_image(struct bx_reader *reader, const struct bx_json *value, struct bx_signature *out)
{
    static const struct bx_field fields[] = {{"image", true}, {"diameter", false}};
    int per_1000 = 0;
    if (!bx_read_fields(reader, value, fields, 2))
        return;
    out->seal = BX_SEAL_IMAGE;
    const struct bx_json *member = bx_json_find(value, "image");
    if (member)
        out->seal_image = bx_read_path(reader, member);
    member = bx_json_find(value, "diameter");
    const char *text = member ? bx_read_string(reader, member, BX_STRING_LINE) : NULL;
    if (text && (!bx_read_measure(text, true, &out->seal_um, &per_1000) || per_1000 > 0)) {
        bx_read_error(reader, "VALUE", member, "印章直径应写作 \"42mm\" 这样的形式",
                      "a seal's diameter reads like \"42mm\"");
        out->seal_um = 0;
    }
}

static void
read_seal(struct bx_reader *reader, const struct bx_json *value, struct bx_signature *out)
{
    static const char *const names[] = {"none", "space"};
    if (value->kind == BX_JSON_OBJECT)
        read_seal_image(reader, value, out);
    else if (bx_read_choice(reader, value, names, 2) == 1)
        out->seal = BX_SEAL_SPACE;
}

static void
read_signer(struct bx_reader *reader, const struct bx_json *value, struct bx_signature *out)
{
    static const struct bx_field fields[] = {{"post", false}, {"name", false}};
    if (!bx_read_fields(reader, value, fields, 2))
        return;
    out->has_signer = true;
    out->signer_post = read_member_line(reader, value, "post", NULL);
    out->signer_name = read_member_line(reader, value, "name", NULL);
}

void bx_read_signature(struct bx_reader *reader, const struct bx_json *value)
{
    static const struct bx_field fields[] = {{"organ", false},
                                             {"date", false},
                                             {"place", false},
                                             {"seal", false},
                                             {"signer", false}};
    static const char *const places[] = {"end", "title"};
    struct bx_signature *out = &reader->model->signature;
    if (!bx_read_fields(reader, value, fields, 5))
        return;
    out->is_given = true;
    out->organ = read_member_line(reader, value, "organ", &out->organ_where);
    read_signature_date(reader, value, out);
    const struct bx_json *member = bx_json_find(value, "place");
    if (member)
        out->under_title = bx_read_choice(reader, member, places, 2) == 1;
    member = bx_json_find(value, "seal");
    if (member)
        read_seal(reader, member, out);
    member = bx_json_find(value, "signer");
    if (member)
        read_signer(reader, member, out);
}

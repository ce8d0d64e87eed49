/* The options, described once: the parser, the help, the manual and the completions of
 * shells read this table (docs/manual). */
#include "cli.h"

#include <stddef.h>

#define RENDER   (1u << BX_CLI_RENDER)
#define BATCH    (1u << BX_CLI_BATCH)
#define CHECK    (1u << BX_CLI_CHECK)
#define PREVIEW  (1u << BX_CLI_PREVIEW)
#define DUMP     (1u << BX_CLI_DUMP)
#define FORMS    (1u << BX_CLI_FORMS)
#define FONTS    (1u << BX_CLI_FONTS)
#define VERIFY   (1u << BX_CLI_VERIFY)
#define SIGN     (1u << BX_CLI_SIGN)
#define FACES    (1u << BX_CLI_FONTS_PREPARE)
#define PREPARE  (1u << BX_CLI_SIGN_PREPARE)
#define FINISH   (1u << BX_CLI_SIGN_FINISH)
#define DRAWING  (RENDER | PREVIEW | DUMP)
#define REPORTS  (DRAWING | CHECK)
#define ALL      (REPORTS | BATCH | FORMS | FONTS | FACES | VERIFY | SIGN | PREPARE | FINISH)
#define NO_VALUE .value_zh = NULL, .value_en = NULL

static const char *const profiles[] = {"archive", "archive-2a", "archive-4f", "print", NULL};
static const char *const punctuations[] = {"gb", "keep", NULL};
static const char *const stages[] = {"classes",   "model", "plan", "pages",
                                     "structure", "pdf",   NULL};
static const char *const progresses[] = {"auto", "bar", "plain", "none", NULL};
static const char *const languages[] = {"zh", "en", NULL};
static const char *const forms_of_findings[] = {"text", "json", NULL};

const struct bx_cli_option bx_cli_options[] = {
    {
        .id = BX_CLI_OUTPUT,
        .name = "output",
        .letter = 'o',
        .value_zh = "文件",
        .value_en = "FILE",
        .commands = DRAWING | SIGN | PREPARE | FINISH,
        .zh = "写到这个文件；- 为标准输出。\n"
              "写完整了才替换原有的文件",
        .en = "write to this file; - is standard output. An existing file is\n"
              "replaced only when the new one is whole",
    },
    {
        .id = BX_CLI_FOLDER,
        .name = "output",
        .letter = 'o',
        .value_zh = "文件夹",
        .value_en = "FOLDER",
        .commands = BATCH,
        .zh = "PDF 写到这个文件夹，没有就新建",
        .en = "the PDF files go to this folder, which is made when missing",
    },
    {
        .id = BX_CLI_NAME,
        .name = "name",
        .value_zh = "样式",
        .value_en = "PATTERN",
        .commands = BATCH,
        .zh = "PDF 的文件名（默认 {year}/{organ}.pdf：年度、机关）",
        .en = "names of the PDF files (default {year}/{organ}.pdf)",
    },
    {
        .id = BX_CLI_JOBS,
        .name = "jobs",
        .letter = 'j',
        .value_zh = "数",
        .value_en = "N",
        .commands = BATCH,
        .zh = "同时排几份（默认同处理器数）",
        .en = "how many reports at a time (default: one a processor)",
    },
    {
        .id = BX_CLI_SHARD,
        .name = "shard",
        .value_zh = "序号/总数",
        .value_en = "I/N",
        .commands = BATCH,
        .zh = "分到几台机器时，只排其中一份：0/4、1/4、2/4、3/4",
        .en = "one part of N, for several machines: 0/4, 1/4, 2/4, 3/4",
    },
    {
        .id = BX_CLI_MANIFEST,
        .name = "manifest",
        .value_zh = "文件",
        .value_en = "FILE",
        .commands = BATCH,
        .zh = "清单，每份报告一行 JSON（默认在输出文件夹里，\n"
              "叫 manifest.jsonl；分份时叫 manifest-I-of-N.jsonl）",
        .en = "the manifest, a line of JSON a report (default: manifest.jsonl in\n"
              "the folder, of a shard manifest-I-of-N.jsonl)",
    },
    {
        .id = BX_CLI_RESUME,
        .name = "resume",
        NO_VALUE,
        .commands = BATCH,
        .zh = "接着上次做：清单里数据没变、PDF 也还在的不再排",
        .en = "go on: skip what the manifest has, its data unchanged and its PDF\n"
              "still there",
    },
    {
        .id = BX_CLI_FAIL_FAST,
        .name = "fail-fast",
        NO_VALUE,
        .commands = BATCH,
        .zh = "有一份失败就不再开始新的",
        .en = "begin no more reports after one has failed",
    },
    {
        .id = BX_CLI_SYNC,
        .name = "sync",
        NO_VALUE,
        .commands = BATCH,
        .zh = "每份都等写到磁盘上，断电也不丢",
        .en = "wait for the disk after each report, in case the machine fails",
    },
    {
        .id = BX_CLI_PROGRESS,
        .name = "progress",
        .value_zh = "方式",
        .value_en = "HOW",
        .choices = progresses,
        .commands = BATCH,
        .zh = "进度：auto（默认，终端上用进度条，否则逐行）、\n"
              "bar、plain、none",
        .en = "auto (default: a bar on a terminal, else lines), bar, plain, none",
    },
    {
        .id = BX_CLI_STYLE,
        .name = "style",
        .value_zh = "名称",
        .value_en = "NAME",
        .commands = DRAWING,
        .zh = "版式：gbt9704（默认，公文格式国家标准）、\n"
              "gbt9704-word，或版式文件夹里的其他名称",
        .en = "page style: gbt9704 (default, the national standard), gbt9704-word,\n"
              "or another name in the layouts folder",
    },
    {
        .id = BX_CLI_PROFILE,
        .name = "profile",
        .value_zh = "名称",
        .value_en = "NAME",
        .choices = profiles,
        .commands = RENDER | DUMP,
        .zh = "PDF 的种类：archive（默认，可存档、可朗读，附报告数据）、\n"
              "archive-2a（不带附件）、archive-4f（PDF 2.0）、print（只用黑版）",
        .en = "kind of PDF: archive (default: for archives and screen readers,\n"
              "with the report's data attached), archive-2a (no attachments),\n"
              "archive-4f (PDF 2.0), print (black ink only)",
    },
    {
        .id = BX_CLI_OUTPUT_INTENT,
        .name = "output-intent",
        .value_zh = "文件.icc",
        .value_en = "FILE.icc",
        .commands = RENDER,
        .zh = "print：CMYK 印刷条件的 ICC 文件",
        .en = "print: the ICC profile of a CMYK printing condition",
    },
    {
        .id = BX_CLI_BLEED,
        .name = "bleed",
        .value_zh = "3mm",
        .value_en = "3mm",
        .commands = RENDER,
        .zh = "print：四周的出血，至多 20mm",
        .en = "print: bleed on every side, 20mm at most",
    },
    {
        .id = BX_CLI_CROP_MARKS,
        .name = "crop-marks",
        NO_VALUE,
        .commands = RENDER,
        .zh = "print：四角的裁切线",
        .en = "print: crop marks at the corners",
    },
    {
        .id = BX_CLI_PUNCTUATION,
        .name = "punctuation",
        .value_zh = "gb|keep",
        .value_en = "gb|keep",
        .choices = punctuations,
        .commands = REPORTS,
        .zh = "gb（默认）把中文里的半角标点改成全角；keep 原样保留",
        .en = "gb (default) makes half-width marks in Chinese text full-width;\n"
              "keep prints them as written",
    },
    {
        .id = BX_CLI_PREVIOUS,
        .name = "previous",
        .value_zh = "去年.json",
        .value_en = "LAST.json",
        .commands = REPORTS,
        .zh = "去年的报告，用来核对结转数（C6）",
        .en = "last year's report, to check what was carried over (C6)",
    },
    {
        .id = BX_CLI_ALLOW_INCONSISTENT,
        .name = "allow-inconsistent",
        NO_VALUE,
        .commands = DRAWING,
        .zh = "数字不平也照排（已公布报告的存档本用）",
        .en = "set the report although figures do not add up (for an archive\n"
              "copy of a report as it was published)",
    },
    {
        .id = BX_CLI_DRAFT,
        .name = "draft",
        NO_VALUE,
        .commands = DRAWING,
        .zh = "数据不一致也排印，每页斜印“草稿”",
        .en = "go on all the same, with a watermark that says draft on each page",
    },
    {
        .id = BX_CLI_STRICT,
        .name = "strict",
        NO_VALUE,
        .commands = REPORTS,
        .zh = "把警告当作错误",
        .en = "treat warnings as errors",
    },
    {
        .id = BX_CLI_BASE,
        .name = "base",
        .value_zh = "文件夹",
        .value_en = "DIR",
        .commands = DRAWING,
        .zh = "报告来自标准输入时，图片所在的文件夹",
        .en = "where the images lie of a report read from standard input",
    },
    {
        .id = BX_CLI_DPI,
        .name = "dpi",
        .value_zh = "数",
        .value_en = "N",
        .commands = PREVIEW,
        .zh = "PNG 每英寸的像素数，18 至 1200（默认 150）",
        .en = "pixels per inch of a PNG, 18 to 1200 (default 150)",
    },
    {
        .id = BX_CLI_STAGE,
        .name = "stage",
        .value_zh = "阶段",
        .value_en = "STAGE",
        .choices = stages,
        .commands = DUMP,
        .zh = "classes 字符类（不需要报告）、model 数据、plan 行与表、pages 页面、structure "
              "结构树、\n"
              "pdf 文件里各部分的字节数",
        .en = "classes (of characters; needs no report), model (data), plan (lines and "
              "tables), pages, structure (the tree),\n"
              "pdf (the bytes of the file by what they are for)",
    },
    {
        .id = BX_CLI_WHY,
        .name = "why",
        NO_VALUE,
        .commands = DUMP,
        .zh = "说明每一处分页的理由",
        .en = "explain each page break",
    },
    {
        .id = BX_CLI_SCHEMA,
        .name = "schema",
        .value_zh = "表式",
        .value_en = "NAME",
        .commands = FORMS,
        .zh = "输出一种表式的 JSON Schema，如 2021 或 2021/review",
        .en = "print the JSON Schema of one form, as 2021 or 2021/review",
    },
    {
        .id = BX_CLI_SIGNATURE_FIELD,
        .name = "signature-field",
        .value_zh = "[数]",
        .value_en = "[N]",
        .is_value_optional = true,
        .commands = RENDER,
        .zh = "在落款上留一个空的签名域，供以后签名；\n"
              "写了数就留几个，排成一行，供几个单位联合签名",
        .en = "leave an empty signature field over organ and date, or N in a row\n"
              "for offices that sign together",
    },
    {
        .id = BX_CLI_STRADDLE,
        .name = "straddle",
        .value_zh = "图片",
        .value_en = "IMAGE",
        .commands = RENDER,
        .zh = "骑缝章：把这个印章图样（PNG、SVG）分画在各页右边缘，每页一条；\n"
              "只是示意图样",
        .en = "a seal's picture (PNG, SVG) over the right edges of all pages, a\n"
              "slice on each: an illustration",
    },
    {
        .id = BX_CLI_TIMINGS,
        .name = "timings",
        NO_VALUE,
        .commands = RENDER,
        .zh = "列出各阶段所用毫秒数",
        .en = "list the milliseconds each phase took",
    },
    {
        .id = BX_CLI_MODEL,
        .name = "model",
        .value_zh = "报告.json",
        .value_en = "REPORT.json",
        .commands = VERIFY,
        .zh = "文件没有附报告数据时（archive-2a），与这一份核对",
        .en = "hold the file against this model; needed for files that carry\n"
              "none (archive-2a)",
    },
    {
        .id = BX_CLI_REPORT,
        .name = "report",
        .value_zh = "文件.json",
        .value_en = "FILE.json",
        .commands = VERIFY,
        .zh = "把核验结果写成 JSON；- 为标准输出",
        .en = "write what was found as JSON; - is standard output",
    },
    {
        .id = BX_CLI_TRUST,
        .name = "trust",
        .value_zh = "文件.pem",
        .value_en = "FILE.pem",
        .is_repeatable = true,
        .commands = VERIFY | SIGN | FINISH,
        .zh = "信任这些证书；可以写多次。不写就不核对签名人、时间戳可不可信",
        .en = "trust these certificates; can be given again. Without it nobody\n"
              "is asked whether a signer or a time-stamp is trusted",
    },
    {
        .id = BX_CLI_LAYOUTS,
        .name = "layouts",
        .value_zh = "文件夹",
        .value_en = "DIR",
        .commands = ALL,
        .zh = "版式和表式所在的文件夹，代替自带的",
        .en = "folder of styles and forms, instead of those that came with banxin",
    },
    {
        .id = BX_CLI_FONTS_DIR,
        .name = "fonts",
        .value_zh = "文件夹",
        .value_en = "DIR",
        .commands = ALL,
        .zh = "本单位的字体，优先使用",
        .en = "an office's own fonts, which are preferred",
    },
    {
        .id = BX_CLI_FACES_DIR,
        .name = "faces",
        .value_zh = "文件夹|none",
        .value_en = "DIR|none",
        .commands = REPORTS | BATCH | FONTS | VERIFY,
        .zh = "预备好的字体所在的文件夹（banxin fonts prepare）；只影响快慢。\nnone 就是不用",
        .en = "folder of prepared faces (banxin fonts prepare), which save time and\n"
              "change nothing else; none: they are not used",
    },
    {
        .id = BX_CLI_FACES_DIR,
        .name = "dir",
        .value_zh = "文件夹",
        .value_en = "DIR",
        .commands = FACES,
        .zh = "预备好的字体放进这个文件夹，代替用户的缓存文件夹",
        .en = "put them there, instead of into the user's cache folder",
    },
    {
        .id = BX_CLI_LANG,
        .name = "lang",
        .value_zh = "zh|en",
        .value_en = "zh|en",
        .choices = languages,
        .commands = ALL,
        .zh = "提示信息用中文或英文（默认随系统）",
        .en = "messages in Chinese or English (default: the locale's)",
    },
    {
        .id = BX_CLI_FINDINGS,
        .name = "findings",
        .value_zh = "text|json",
        .value_en = "text|json",
        .choices = forms_of_findings,
        .commands = ALL,
        .zh = "检查结果在标准错误上列出：文字（默认）或\n"
              "JSON（每行一条）",
        .en = "findings on standard error as text (default) or JSON, one a line",
    },
    {
        .id = BX_CLI_HELP,
        .name = "help",
        .letter = 'h',
        NO_VALUE,
        .commands = ALL,
        .zh = "显示这份说明",
        .en = "show this help",
    },
};

bool bx_cli_takes(enum bx_cli_command command, const struct bx_cli_option *option)
{
    bool is_renders = option->commands & RENDER && option->id != BX_CLI_OUTPUT;
    return (option->commands >> command & 1) || (command == BX_CLI_BATCH && is_renders);
}

const int bx_cli_option_count = (int)(sizeof(bx_cli_options) / sizeof(bx_cli_options[0]));

const struct bx_cli_option *bx_cli_option_at(int i)
{
    if (i < bx_cli_option_count)
        return &bx_cli_options[i];
    i -= bx_cli_option_count;
    return i < bx_cli_sign_option_count ? &bx_cli_sign_options[i] : NULL;
}

const struct bx_cli_command_spec bx_cli_commands[BX_CLI_COMMAND_COUNT] = {
    [BX_CLI_RENDER] =
        {
            .name = "render",
            .usage = "banxin render REPORT.json -o OUT.pdf",
            .zh = "把报告排成 PDF",
            .en = "set the report as PDF",
            .more_zh = "先核对数字；有错误就不写文件，并逐条说明在哪里、错在何处。",
            .more_en =
                "Figures are checked first. With an error nothing is written, and each one is\n"
                "told with its place.",
            .example = "banxin render 2024.json -o 2024.pdf --previous 2023.json",
            .has_report = true,
        },
    [BX_CLI_BATCH] =
        {
            .name = "batch",
            .usage = "banxin batch INPUT... -o FOLDER",
            .zh = "把许多报告各排成 PDF",
            .en = "set many reports, each as PDF",
            .more_zh =
                "INPUT 是报告文件、文件夹（其中所有 *.json）、@LIST（每行一个路径），或 "
                "-（标准\n"
                "输入，每行一份 JSON 报告）。一份失败不影响其他；退出码是第一份失败的。\n"
                "--previous 的路径里可以写 {organ} 和 {year}（去年的年度）。按 "
                "Ctrl-C，排完手上的就停。",
            .more_en =
                "INPUT is a report, a folder (all its *.json), @LIST (a path a line) or - "
                "(standard\n"
                "input, one JSON report a line). A report that fails does not keep the others; "
                "the\n"
                "exit status is that of the first that failed. The path of --previous may "
                "hold\n"
                "{organ} and {year} (last year's). Ctrl-C finishes what was begun and stops.",
            .example = "banxin batch reports/ -o pdf/ -j 4 --resume",
        },
    [BX_CLI_CHECK] =
        {
            .name = "check",
            .usage = "banxin check REPORT.json",
            .zh = "只核对格式和数字，不排版",
            .en = "check form and figures, draw nothing",
            .more_zh = "核对数据格式、表内合计（C1–C4）、正文与表格（C5）、与去年结转（C6）、"
                       "必提事项（C7）。",
            .more_en = "Checks the data's form, sums in the tables (C1-C4), text against "
                       "tables (C5),\n"
                       "last year's figures (C6) and what must be mentioned (C7).",
            .example = "banxin check 2024.json --previous 2023.json --strict",
            .has_report = true,
        },
    [BX_CLI_PREVIEW] =
        {
            .name = "preview",
            .usage = "banxin preview REPORT.json -o page-%d.png",
            .zh = "把各页画成图片（PNG 或 SVG）",
            .en = "draw the pages as pictures (PNG or SVG)",
            .more_zh =
                "文件名里的 %d 换成页码（%02d 补零到两位）；扩展名 .svg 得到 SVG，否则 PNG。\n"
                "只有一页时可以不写 %d。",
            .more_en = "%d in the name becomes the page number (%02d with two digits). A name "
                       "that ends\n"
                       "in .svg gives SVG, any other PNG. A single page needs no %d.",
            .example = "banxin preview 2024.json -o page-%02d.png --dpi 200",
            .has_report = true,
        },
    [BX_CLI_DUMP] =
        {
            .name = "dump",
            .usage = "banxin dump REPORT.json --stage model|plan|pages|structure|pdf | --why",
            .zh = "把排版的某个阶段输出为文字",
            .en = "print a stage of the work as text",
            .more_zh = "长度单位是 1/1024 点。供测试和查问题用。",
            .more_en = "Lengths are in 1/1024 pt. For tests, and for finding out why.",
            .example = "banxin dump 2024.json --why",
            .has_report = true,
        },
    [BX_CLI_FORMS] =
        {
            .name = "forms",
            .usage = "banxin forms [--schema NAME]",
            .zh = "列出表式和各栏目的标识",
            .en = "list the forms with the ids of their figures",
            .example = "banxin forms --schema 2021",
        },
    [BX_CLI_FONTS] =
        {
            .name = "fonts",
            .usage = "banxin fonts",
            .zh = "列出字体：各用途用哪个字体、有无替代、收字多少",
            .en = "list the fonts: roles, faces found, substitutions, coverage",
            .example = "banxin fonts --fonts /srv/office-fonts",
        },
    [BX_CLI_FONTS_PREPARE] =
        {
            .name = "fonts prepare",
            .usage = "banxin fonts prepare [--dir DIR]",
            .zh = "预备字体：把排报告时要向字体查问的都事先算好，以后更快",
            .en = "prepare the fonts: what reports ask of them is worked out, once",
            .more_zh = "换了字体或 HarfBuzz 以后再运行一次；过时的会告知，不会用。\n"
                       "有没有预备，排出的 PDF 逐字节相同。",
            .more_en =
                "Run it again when fonts or HarfBuzz have changed: what is out of date is\n"
                "told and not used. A PDF has the same bytes with and without.",
            .example = "banxin fonts prepare --fonts /srv/office-fonts",
        },
    [BX_CLI_VERIFY] =
        {
            .name = "verify",
            .usage = "banxin verify FILE.pdf",
            .zh = "核验 PDF：文字是否就是所附报告数据、有没有被改动",
            .en = "verify a PDF: does it say what its model says, was it changed",
            .more_zh =
                "取出所附报告数据重新排版，再比较文字、附件、页面和字节，逐处说明不同。\n"
                "当时的字体或版本这里没有时只比较文字，其余为“无法比较”，不算不合格。\n"
                "退出码：0 没有不合格，3 文字与报告数据不符，8 有不允许的改动，2 不是 PDF。\n"
                "有签名时，与签名前的内容比较，并逐个核验签名和签名后的改动。",
            .more_en =
                "Takes the attached model out, sets it again and compares text, attachments,\n"
                "pages and bytes; says what differs and where. Where a face or version of "
                "then\n"
                "is not at hand the text alone is compared and the rest is not possible, "
                "which\n"
                "is no failure. Exit status: 0 nothing failed, 3 the text differs from the\n"
                "model, 8 a change that is not allowed, 2 no PDF. Of a signed file the part "
                "before\n"
                "the signatures is compared, and each signature with what came after it.",
            .example = "banxin verify 2024.pdf --report 2024.verify.json",
            .has_pdf = true,
        },
    [BX_CLI_SIGN] =
        {
            .name = "sign",
            .usage = "banxin sign IN.pdf -o OUT.pdf --key KEY [--cert CERT.pem]",
            .zh = "给 PDF 签名",
            .en = "sign a PDF",
            .more_zh = "签名附在文件后面，原有的字节一个不动；可以几个单位依次签名。\n"
                       "存档格式（PDF/A、PDF/UA）不变。",
            .more_en = "The signature is appended: no byte of the file changes, and several "
                       "offices can\n"
                       "sign in turn. A file that is PDF/A and PDF/UA stays so.",
            .example =
                "banxin sign 2024.pdf -o 2024-signed.pdf --key office.p12 --pin-file pin.txt",
            .has_pdf = true,
        },
    [BX_CLI_SIGN_PREPARE] =
        {
            .name = "sign prepare",
            .usage = "banxin sign prepare IN.pdf -o PREPARED.pdf [--cert CERT.pem "
                     "--attributes ATTRS.der]",
            .zh = "私钥在别处时：备好待签文件，给出要签的摘要",
            .en = "for a key elsewhere: leave room for a signature, tell what to sign",
            .more_zh =
                "标准输出第一行是文件的摘要，交给自己出 CMS 的签章平台；有 --attributes 时\n"
                "第二行是要签的摘要，交给只签摘要的设备（SM2 已含 Z 值）。回来后用 sign "
                "finish。",
            .more_en =
                "Prints the document's digest, for a platform that makes the CMS object; "
                "with\n"
                "--attributes also the digest to sign, for a device (SM2: with Z in it). "
                "What\n"
                "comes back goes to sign finish.",
            .example = "banxin sign prepare 2024.pdf -o 2024-open.pdf --cert office.pem "
                       "--attributes 2024.der",
            .has_pdf = true,
        },
    [BX_CLI_SIGN_FINISH] =
        {
            .name = "sign finish",
            .usage = "banxin sign finish PREPARED.pdf -o OUT.pdf --cms CMS.der | --signature "
                     "RAW.sig --attributes ATTRS.der --cert CERT.pem",
            .zh = "把别处签出的结果放进待签文件",
            .en = "put what was signed elsewhere into the prepared file",
            .more_zh = "先核验再写：文件、属性、证书或签名有一样对不上，就不写任何文件。",
            .more_en =
                "Looks before it writes: a file, attributes, certificate or signature that "
                "do not\n"
                "belong together are refused.",
            .example =
                "banxin sign finish 2024-open.pdf -o 2024-signed.pdf --signature raw.sig "
                "--attributes 2024.der --cert office.pem",
            .has_pdf = true,
        },
};

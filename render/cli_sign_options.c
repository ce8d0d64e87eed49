/* The options of sign, as cli_options.c describes those of the other commands. */
#include "cli.h"

#define SIGN     (1u << BX_CLI_SIGN)
#define VERIFY   (1u << BX_CLI_VERIFY)
#define PREPARE  (1u << BX_CLI_SIGN_PREPARE)
#define FINISH   (1u << BX_CLI_SIGN_FINISH)
#define NO_VALUE .value_zh = NULL, .value_en = NULL

static const char *const levels[] = {"b", "t", "lt", "lta", NULL};
static const char *const hashes[] = {"sha256", "sha384", "sm3", NULL};

const struct bx_cli_option bx_cli_sign_options[] = {
    {
        .id = BX_CLI_KEY,
        .name = "key",
        .value_zh = "文件",
        .value_en = "FILE",
        .commands = SIGN,
        .zh = "签名私钥：PKCS#12（.p12、.pfx）或 PEM；\n"
              "RSA、P-256、P-384、P-521、SM2",
        .en = "the key: PKCS#12 (.p12, .pfx) or PEM; RSA, P-256, P-384, P-521\n"
              "or SM2",
    },
    {
        .id = BX_CLI_CERT,
        .name = "cert",
        .value_zh = "文件.pem",
        .value_en = "FILE.pem",
        .commands = SIGN | PREPARE | FINISH,
        .zh = "私钥是 PEM 时，它的证书；私钥在别处时，签名人的证书",
        .en = "the certificate of a key in PEM, or of a key that is elsewhere",
    },
    {
        .id = BX_CLI_PKCS11,
        .name = "pkcs11",
        .value_zh = "模块",
        .value_en = "MODULE",
        .commands = SIGN,
        .zh = "私钥在 PKCS#11 设备里：它的模块（.so）；RSA、P-256、P-384、\n"
              "P-521。证书取自设备，或用 --cert 给出",
        .en = "the key is in a device: its PKCS#11 module (.so); RSA, P-256,\n"
              "P-384 or P-521. The certificate is the device's, or that of --cert",
    },
    {
        .id = BX_CLI_TOKEN_LABEL,
        .name = "token-label",
        .value_zh = "名称",
        .value_en = "L",
        .commands = SIGN,
        .zh = "设备中令牌的名称",
        .en = "the label of the device's token",
    },
    {
        .id = BX_CLI_KEY_LABEL,
        .name = "key-label",
        .value_zh = "名称",
        .value_en = "K",
        .commands = SIGN,
        .zh = "令牌中私钥的名称",
        .en = "the label of the key in the token",
    },
    {
        .id = BX_CLI_CHAIN,
        .name = "chain",
        .value_zh = "文件.pem",
        .value_en = "FILE.pem",
        .commands = SIGN | PREPARE | FINISH,
        .zh = "上级各证书，随签名放进文件",
        .en = "the certificates above it, which go into the file",
    },
    {
        .id = BX_CLI_PIN_FILE,
        .name = "pin-file",
        .value_zh = "文件",
        .value_en = "FILE",
        .commands = SIGN,
        .zh = "口令写在这个文件的第一行。口令不能直接写在命令行里；\n"
              "不写这两项时在终端询问",
        .en = "the PIN is the first line of this file. A PIN is never given on\n"
              "the command line; without these two it is asked on the terminal",
    },
    {
        .id = BX_CLI_PIN_ENV,
        .name = "pin-env",
        .value_zh = "变量",
        .value_en = "VAR",
        .commands = SIGN,
        .zh = "口令在这个环境变量里",
        .en = "the PIN is the value of this environment variable",
    },
    {
        .id = BX_CLI_LEVEL,
        .name = "level",
        .value_zh = "b|t|lt|lta",
        .value_en = "b|t|lt|lta",
        .choices = levels,
        .commands = SIGN | PREPARE | FINISH,
        .zh = "签名等级（PAdES）：b（默认）；t 带时间戳；lt 另附验证所需的\n"
              "全部证书、CRL、OCSP；lta 再加文档时间戳",
        .en = "level of the signature (PAdES): b (default); t with a time-stamp;\n"
              "lt with all certificates, CRLs and OCSP answers that validation\n"
              "needs; lta with a time-stamp over all of it",
    },
    {
        .id = BX_CLI_TSA,
        .name = "tsa",
        .value_zh = "网址",
        .value_en = "URL",
        .commands = SIGN | FINISH,
        .zh = "时间戳服务（RFC 3161，HTTP 或 HTTPS）",
        .en = "the time-stamping authority (RFC 3161, HTTP or HTTPS)",
    },
    {
        .id = BX_CLI_CRL,
        .name = "crl",
        .value_zh = "文件",
        .value_en = "FILE",
        .is_repeatable = true,
        .commands = SIGN | FINISH | VERIFY,
        .zh = "证书吊销列表（PEM 或 DER）；可以写多次",
        .en = "a list of revoked certificates (PEM or DER); can be given again",
    },
    {
        .id = BX_CLI_OCSP,
        .name = "ocsp",
        .value_zh = "文件",
        .value_en = "FILE",
        .is_repeatable = true,
        .commands = SIGN | FINISH,
        .zh = "OCSP 应答（DER）；可以写多次",
        .en = "an OCSP answer (DER); can be given again",
    },
    {
        .id = BX_CLI_FIELD,
        .name = "field",
        .value_zh = "名称",
        .value_en = "NAME",
        .commands = SIGN | PREPARE,
        .zh = "签在这个签名域；没有就新建一个不可见的。\n"
              "默认用第一个空的签名域",
        .en = "sign this field; a new, invisible one is made when there is none.\n"
              "Default: the first empty field",
    },
    {
        .id = BX_CLI_CERTIFY,
        .name = "certify",
        NO_VALUE,
        .commands = SIGN | PREPARE,
        .zh = "作为认证签名：此后只允许在已有的空签名域里签名",
        .en = "certify the file: from then on only its empty fields can be signed",
    },
    {
        .id = BX_CLI_SEAL,
        .name = "seal",
        .value_zh = "图片",
        .value_en = "IMAGE",
        .commands = SIGN | PREPARE,
        .zh = "签名显示为这个印章图样（PNG、SVG），盖在签名域或落款上",
        .en = "the signature is seen as this seal (PNG, SVG), over its field or\n"
              "over organ and date",
    },
    {
        .id = BX_CLI_SEAL_DIAMETER,
        .name = "seal-diameter",
        .value_zh = "42mm",
        .value_en = "42mm",
        .commands = SIGN | PREPARE,
        .zh = "印章的直径（默认 42mm）",
        .en = "its diameter (default 42mm)",
    },
    {
        .id = BX_CLI_REASON,
        .name = "reason",
        .value_zh = "文字",
        .value_en = "TEXT",
        .commands = SIGN | PREPARE,
        .zh = "签名原因，记在签名里",
        .en = "why it is signed, kept in the signature",
    },
    {
        .id = BX_CLI_LOCATION,
        .name = "location",
        .value_zh = "文字",
        .value_en = "TEXT",
        .commands = SIGN | PREPARE,
        .zh = "签名地点，记在签名里",
        .en = "where it is signed, kept in the signature",
    },
    {
        .id = BX_CLI_TIME,
        .name = "time",
        .value_zh = "时间",
        .value_en = "TIME",
        .commands = SIGN | PREPARE,
        .zh = "签名时间，如 2026-01-23T09:30:00+08:00（默认为现在）",
        .en = "time of signing, as 2026-01-23T09:30:00+08:00 (default: now)",
    },
    {
        .id = BX_CLI_HASH,
        .name = "hash",
        .value_zh = "sha256|sha384|sm3",
        .value_en = "sha256|sha384|sm3",
        .choices = hashes,
        .commands = PREPARE,
        .zh = "摘要算法；默认按证书的密钥，没有证书时为 sha256",
        .en = "the digest; default: what fits the certificate's key, sha256 without\n"
              "a certificate",
    },
    {
        .id = BX_CLI_ATTRIBUTES,
        .name = "attributes",
        .value_zh = "文件.der",
        .value_en = "FILE.der",
        .commands = PREPARE | FINISH,
        .zh = "签名属性：prepare 写出，设备签的就是它；finish 读入",
        .en = "the signed attributes: prepare writes them, a device signs them,\n"
              "finish reads them again",
    },
    {
        .id = BX_CLI_CMS,
        .name = "cms",
        .value_zh = "文件.der",
        .value_en = "FILE.der",
        .commands = FINISH,
        .zh = "签章平台返回的 CMS（DER，不含原文）",
        .en = "the CMS object a platform gave back (DER, detached)",
    },
    {
        .id = BX_CLI_SIGNATURE,
        .name = "signature",
        .value_zh = "文件",
        .value_en = "FILE",
        .commands = FINISH,
        .zh = "设备返回的签名值；ECDSA、SM2 为 DER 或 r、s 两数相接",
        .en = "the signature a device gave back; of ECDSA and SM2 in DER, or the\n"
              "two numbers one behind the other",
    },
};

const int bx_cli_sign_option_count =
    (int)(sizeof(bx_cli_sign_options) / sizeof(bx_cli_sign_options[0]));

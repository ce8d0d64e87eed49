/* Failures in Chinese. bx_fail() records one English sentence, since stages know no languages; here
 * it meets its Chinese one. A row that is missing costs nothing but that: the sentence stays
 * English. In the English `%s` stands for any text, the first of them for `%1` of the Chinese; such a
 * text is looked up in its turn, so the system's reasons need one row each.
 *
 * The lint looks that each sentence has its row. */
#include "api.h"

#include <string.h>

struct words {
    const char *en, *zh;
};

enum {
    HOLES_MOST = 4,
    DEPTH_MOST = 2,
};

static const struct words WORDS[] = {
    /* The system's reasons. */
    {.en = "No such file or directory", .zh = "没有这个文件或文件夹"},
    {.en = "Permission denied", .zh = "没有权限"},
    {.en = "Is a directory", .zh = "这是文件夹"},
    {.en = "Not a directory", .zh = "路径中有一段不是文件夹"},
    {.en = "No space left on device", .zh = "磁盘已满"},
    {.en = "Read-only file system", .zh = "文件系统只读"},
    {.en = "File name too long", .zh = "文件名太长"},
    {.en = "Input/output error", .zh = "读写出错"},
    {.en = "Disk quota exceeded", .zh = "超出磁盘限额"},
    {.en = "Too many open files", .zh = "打开的文件太多"},

    /* Files. */
    {.en = "the file cannot be read: %s", .zh = "文件读不了：%1"},
    {.en = "the file cannot be written: %s", .zh = "文件写不了：%1"},
    {.en = "the file is larger than %s bytes", .zh = "文件大于 %1 字节"},
    {.en = "the folder cannot be read: %s", .zh = "文件夹读不了：%1"},
    {.en = "the folder cannot be made: %s", .zh = "文件夹建不了：%1"},
    {.en = "the receiver took only %s of %s bytes", .zh = "接收方只收了 %1 字节，共 %2 字节"},
    {.en = "the caller wanted no more", .zh = "调用方不再需要"},

    /* Options. */
    {.en = "there is no profile %s", .zh = "没有 %1 这种规范组合"},
    {.en = "output intent, bleed and crop marks are for the profile print",
     .zh = "印刷条件、出血和裁切线只用于 print"},
    {.en = "this is no ICC profile of a CMYK printer", .zh = "这不是 CMYK 打印机的 ICC 文件"},

    /* Prepared faces. */
    {.en = "there is no folder to put it into", .zh = "没有可放的文件夹"},
    {.en = "this font file cannot be used", .zh = "这个字体文件不能使用"},
    {.en = "this font file cannot be looked at", .zh = "这个字体文件看不了"},
    {.en = "the font file has changed while it was read", .zh = "读字体文件时它有改动"},
    {.en = "the measures of this face are beyond all bounds", .zh = "这个字体的尺寸超出限度"},

    /* Batches. */
    {.en = "a name is a path below the folder, with {year} and {organ} in it",
     .zh = "名称样式应是文件夹之下的路径，其中有 {year} 和 {organ}"},
    {.en = "only {year} and {organ} have a meaning in a path",
     .zh = "路径里只有 {year} 和 {organ} 有意义"},
    {.en = "the folders are nested too deep", .zh = "文件夹嵌套太深"},
    {.en = "standard input is named twice", .zh = "标准输入给了两次"},
    {.en = "this is no list of paths: it holds a zero byte",
     .zh = "这不是路径清单：其中有零字节"},
    {.en = "the manifest cannot be written: %s", .zh = "清单写不了：%1"},
    {.en = "another batch is writing this manifest: is this shard running twice?",
     .zh = "另一批正在写这份清单：是不是同一分份跑了两次？"},
    {.en = "the report has changed while the batch was running", .zh = "批量运行中报告有改动"},

    /* Faces. */
    {.en = "fontconfig gave no configuration", .zh = "fontconfig 没有给出配置"},
    {.en = "cannot be read as a fontconfig file", .zh = "不能作为 fontconfig 文件读入"},
    {.en = "is not a folder that can be read", .zh = "不是可读的文件夹"},
    {.en = "fontconfig cannot list the faces", .zh = "fontconfig 列不出字体"},
    {.en = "there is no face for %s", .zh = "没有用于 %1 的字体"},
    {.en = "the face forbids embedding", .zh = "字体不许嵌入"},
    {.en = "the face forbids subsetting", .zh = "字体不许取子集"},
    {.en = "the face cannot be subset", .zh = "字体取不出子集"},
    {.en = "%s has too many glyphs", .zh = "%1 的字形太多"},
    {.en = "FreeType cannot open face %s", .zh = "FreeType 打不开第 %1 个字体"},
    {.en = "cairo: %s", .zh = "cairo：%1"},
    {.en = "cairo cannot use the face", .zh = "cairo 用不了这个字体"},

    /* Layouts. */
    {.en = "is not well-formed XML: %s", .zh = "不是合格的 XML：%1"},
    {.en = "the folder of styles cannot be read", .zh = "版式文件夹读不了"},
    {.en = "the folder of forms cannot be read", .zh = "表式文件夹读不了"},
    {.en = "its folder and name say %s/%s, the file says %s/%s",
     .zh = "文件夹和文件名是 %1/%2，文件里写的是 %3/%4"},
    {.en = "there is no form of the name %s", .zh = "没有名为 %1 的表式"},
    {.en = "there is no style of this name", .zh = "没有这个名称的版式"},
    {.en = "the list of words is not UTF-8", .zh = "词表不是 UTF-8"},
    {.en = "layouts that did not come with banxin need %s of this version, where it was "
           "installed",
     .zh = "不是随版心而来的版面数据，需要安装处有同版本的 %1"},
    {.en = "the style has no setting for plain tables", .zh = "版式没有规定普通表格"},
    {.en = "the style has no setting for charts", .zh = "版式没有规定图表"},
    {.en = "the style has no setting for tables of the section \"%s\"",
     .zh = "版式没有规定“%1”部分的表格"},
    {.en = "a text names a role that fonts/roles.xml does not have",
     .zh = "文字用了 fonts/roles.xml 里没有的字体角色"},
    {.en = "no font role %s", .zh = "没有字体角色 %1"},

    /* Setting. */
    {.en = "a table row is taller than the type area", .zh = "表格的一行比版心还高"},
    {.en = "a line is taller than the type area", .zh = "一行文字比版心还高"},
    {.en = "no way to cut the table into pages leaves room for its labels",
     .zh = "无论怎样分页，表格的行标题都放不下"},
    {.en = "there is no signature at the end that a field could stand over",
     .zh = "文末没有署名，签名域无处可放"},
    {.en = "the chart does not fit a page: give it fewer or shorter categories, or more width",
     .zh = "图表一页放不下：请减少或缩短类别，或加大宽度"},
    {.en = "\"%s\" does not fit its cell at any size", .zh = "“%1”用哪种字号都放不进单元格"},
    {.en = "an image cannot be read", .zh = "有图片读不了"},
    {.en = "a JPEG cannot be decoded: %s", .zh = "JPEG 解不开：%1"},
    {.en = "images need %s of this version, where it was installed",
     .zh = "图片需要安装处有同版本的 %1"},
    {.en = "%s x %s pixels are too many for a picture", .zh = "%1 × %2 像素，一张图放不下"},
    {.en = "the profile's folder has too long a name", .zh = "ICC 文件所在文件夹的名称太长"},

    /* PDF files that are read. */
    {.en = "this is no PDF", .zh = "这不是 PDF"},
    {.en = "this is no PDF that can be read: %s, at byte %s",
     .zh = "这份 PDF 读不了：第 %2 字节处，%1"},
    {.en = "the PDF is nested too deep", .zh = "PDF 嵌套太深"},
    {.en = "the PDF is too large once decoded", .zh = "PDF 解开后太大"},
    {.en = "this is no PDF of version 1.4 to 2.0", .zh = "这不是 1.4 至 2.0 版的 PDF"},
    {.en = "the PDF is encrypted", .zh = "PDF 已加密"},
    {.en = "the PDF's cross-reference is damaged at byte %s",
     .zh = "PDF 的交叉引用在第 %1 字节处损坏"},
    {.en = "the PDF does not end as one: no cross-reference",
     .zh = "PDF 结尾不完整：没有交叉引用"},
    {.en = "the PDF has no catalog", .zh = "PDF 没有目录对象"},
    {.en = "the PDF's form is no form", .zh = "PDF 的表单不成表单"},
    {.en = "the PDF's structure tree has no document element",
     .zh = "PDF 的结构树没有文档元素"},
    {.en = "the PDF has no first page", .zh = "PDF 没有首页"},
    {.en = "the PDF's parent tree is damaged", .zh = "PDF 的父级树已损坏"},

    /* Keys and certificates. */
    {.en = "the key file cannot be read", .zh = "密钥文件读不了"},
    {.en = "the key is locked and no PIN is given", .zh = "密钥有口令，而没有给出"},
    {.en =
         "the key cannot be opened: the PIN is wrong, or the file's encryption is too old for "
         "this machine",
     .zh = "密钥打不开：口令不对，或者文件的加密方式太旧，本机不支持"},
    {.en = "the key cannot be opened: the PIN is wrong", .zh = "密钥打不开：口令不对"},
    {.en = "this file holds no private key, in PEM or PKCS#12",
     .zh = "文件里没有 PEM 或 PKCS#12 的私钥"},
    {.en = "a key in PEM needs its certificate: --cert", .zh = "PEM 密钥需要证书：--cert"},
    {.en = "the certificates cannot be read", .zh = "证书读不了"},
    {.en = "the certificates to trust cannot be read", .zh = "受信任的证书读不了"},
    {.en = "there is no certificate in this file", .zh = "文件里没有证书"},
    {.en = "the file does not hold a key with its certificate",
     .zh = "文件里没有成对的密钥和证书"},
    {.en = "the key does not belong to the certificate", .zh = "密钥与证书不配"},
    {.en = "the key is of a kind that is not for signing: RSA from 2048 bits, P-256, P-384, "
           "P-521 and SM2 are",
     .zh = "这种密钥不能用于签名；可用的是 2048 位以上的 RSA、P-256、P-384、P-521 和 SM2"},
    {.en = "there is no CRL in this file", .zh = "文件里没有 CRL"},
    {.en = "this is no OCSP answer in DER, or one that says nothing",
     .zh = "这不是 DER 编码的 OCSP 应答，或者应答里什么也没说"},
    {.en = "the path of the certificate %s is not complete (--chain, --trust): %s",
     .zh = "证书 %1 的证书链不全（--chain、--trust）：%2"},
    {.en = "the certificate %s was revoked", .zh = "证书 %1 已被吊销"},
    {.en = "there is no current CRL or OCSP answer for the certificate %s",
     .zh = "证书 %1 没有现行的 CRL 或 OCSP 应答"},

    /* Signing. */
    {.en = "signing needs %s of this version, where it was installed",
     .zh = "签名需要安装处有同版本的 %1"},
    {.en = "the field %s is signed already", .zh = "签名域 %1 已经签过"},
    {.en = "the field %s locks other fields, which is not in this version",
     .zh = "签名域 %1 会锁定其他域，本版本尚不支持"},
    {.en = "the file is signed and has no empty field left for a seal",
     .zh = "文件已经签过，没有空的签名域可以盖章"},
    {.en = "the file has no field for a seal, and does not end with organ and date",
     .zh = "文件没有可以盖章的签名域，末尾也没有署名和日期"},
    {.en = "the field %s has no place on a page", .zh = "签名域 %1 在页面上没有位置"},
    {.en = "the field %s is smaller than the seal, and the file is signed: leave room with "
           "\"seal\": \"space\", or take a smaller diameter",
     .zh = "签名域 %1 比印章小，而文件已经签过：请用 \"seal\": \"space\" "
           "预留位置，或改用较小的直径"},
    {.en = "the field %s is smaller than the seal, which would lie on another field",
     .zh = "签名域 %1 比印章小，印章会压到别的签名域"},
    {.en = "the file is for a press: a seal in a signature needs a file in RGB",
     .zh = "文件用于印刷：签名中的印章需要 RGB 文件"},
    {.en = "the file is certified and has no such empty field",
     .zh = "文件已有认证签名，又没有这个空签名域"},
    {.en = "field, reason and location are UTF-8", .zh = "签名域、原因和地点应是 UTF-8"},
    {.en = "this is no signature of the prepared file: %s", .zh = "这不是备好文件的签名：%1"},
    {.en = "a signature comes with its attributes and its certificate",
     .zh = "签名值要连同属性和证书一起给出"},
    {.en = "the signature takes %s bytes and its place has %s",
     .zh = "签名要 %1 字节，留出的位置只有 %2 字节"},
    {.en = "SM3 is the digest of SM2 keys, and of no others", .zh = "SM3 只用于 SM2 密钥"},
    {.en = "the digest %s is not known", .zh = "不认得摘要算法 %1"},
    {.en = "the attributes name the certificate, which is missing",
     .zh = "属性里要写明证书，而没有给出"},
    {.en = "levels from t on need --tsa", .zh = "t 以上的级别需要 --tsa"},
    {.en = "the authority's time-stamps grow from one to the next",
     .zh = "时间戳机构的时间戳一次比一次大"},
    {.en = "the authority gives no time-stamp: %s", .zh = "时间戳机构没有给出时间戳：%1"},
    {.en = "the time-stamping authority is not trusted: %s", .zh = "时间戳机构不受信任：%1"},
    {.en = "a time-stamp needs the address of an authority", .zh = "时间戳需要机构的地址"},
    {.en = "verifying needs the library %s", .zh = "核验需要程序库 %1"},

    /* Asking servers. */
    {.en = "the server answers with HTTP status %s", .zh = "服务器的应答是 HTTP 状态 %1"},
    {.en = "the server's answer is no %s", .zh = "服务器的应答不是 %1"},
    {.en = "this is no address of HTTP or HTTPS", .zh = "这不是 HTTP 或 HTTPS 地址"},
    {.en = "the server's answer is too long", .zh = "服务器的应答太长"},
    {.en = "the server cannot be asked: %s", .zh = "连不上服务器：%1"},
    {.en = "an address cannot hold a name or a password", .zh = "地址里不能有用户名或口令"},
    {.en = "asking a server needs %s", .zh = "访问服务器需要 %1"},

    /* Time-stamps: what is wrong with one. */
    {.en = "it is no time-stamp", .zh = "这不是时间戳"},
    {.en = "the authority's answer is no time-stamp answer",
     .zh = "时间戳机构的应答不是时间戳应答"},
    {.en = "the authority's answer has no time-stamp", .zh = "时间戳机构的应答里没有时间戳"},
    {.en = "the time-stamp is of something else", .zh = "时间戳盖的是别的内容"},
    {.en = "the time-stamp answers another question", .zh = "时间戳答的是另一次请求"},
    {.en = "the time-stamp does not hold its authority's certificate",
     .zh = "时间戳里没有时间戳机构的证书"},
    {.en = "the certificate of the time-stamp is not one for time-stamping",
     .zh = "时间戳所用的证书不是时间戳专用证书"},
    {.en = "the time-stamp does not name its certificate", .zh = "时间戳没有写明所用的证书"},
    {.en = "the time-stamp contradicts its own signature", .zh = "时间戳与自身的签名不符"},
    {.en = "the time-stamp's signature is not of its authority's key",
     .zh = "时间戳的签名不是用时间戳机构的密钥签的"},
    {.en = "the certificate of the time-stamp was not valid at its time",
     .zh = "时间戳所用的证书在当时无效"},
    {.en = "it does not know the digest", .zh = "它不认得这种摘要算法"},
    {.en = "it does not serve such questions", .zh = "它不受理这种请求"},
    {.en = "it could not read the question", .zh = "它读不懂请求"},
    {.en = "its clock does not work", .zh = "它的时钟失灵"},
    {.en = "something in it does not work", .zh = "它内部出错"},
    {.en = "it does not say why", .zh = "它没有说明原因"},

    /* Keys in devices. */
    {.en = "a key in a token needs the labels of token and key",
     .zh = "用设备里的私钥，要写明令牌和私钥的名称"},
    {.en = "the token holds no certificate of this key: --cert",
     .zh = "令牌里没有这个私钥的证书，请用 --cert 给出"},
    {.en = "the token's key does not belong to the certificate",
     .zh = "令牌里的私钥与证书不配"},
    {.en = "the device fails with PKCS#11 error %s", .zh = "设备出错，PKCS#11 错误码 %1"},
    {.en = "this is no PKCS#11 module that can be loaded",
     .zh = "这不是可以加载的 PKCS#11 模块"},
    {.en = "there is no token of this label", .zh = "没有这个名称的令牌"},
    {.en = "there is more than one token of this label", .zh = "有不止一个令牌是这个名称"},
    {.en = "the token is locked and no PIN is given", .zh = "令牌已上锁，而没有给出口令"},
    {.en = "the token holds no private key of this label", .zh = "令牌里没有这个名称的私钥"},
    {.en = "the token holds more than one private key of this label",
     .zh = "令牌里有不止一个私钥是这个名称"},
    {.en = "the PIN is wrong", .zh = "口令不对"},
    {.en = "the PIN is locked", .zh = "口令已被锁定"},
    {.en = "the PIN is out of date", .zh = "口令已过期"},
    {.en = "the token has no PIN yet", .zh = "令牌还没有设口令"},
    {.en = "the token was taken out", .zh = "令牌已被取出"},
    {.en = "the device was taken out", .zh = "设备已被拔出"},
    {.en = "it was cancelled at the device", .zh = "在设备上被取消"},
    {.en = "the key is not for signing", .zh = "这个私钥不能用于签名"},
    {.en = "the device cannot sign with this kind of key", .zh = "设备不能用这种私钥签名"},
    {.en = "the device's signature has not the form of one", .zh = "设备给出的签名不成形"},
    {.en = "PKCS#11 knows no SM2: sign prepare and finish do",
     .zh = "PKCS#11 没有 SM2，请用 sign prepare 和 sign finish"},
};

/* What the holes of a sentence hold. */
struct holes {
    const char *at[HOLES_MOST];
    int len[HOLES_MOST];
    int count;
};

/* Is the text of this form? A hole ends where the words behind it come first. */
static bool is_of(const char *form, const char *text, int len, struct holes *holes)
{
    holes->count = 0;
    int at = 0;
    for (;;) {
        const char *hole = strstr(form, "%s");
        int words = hole ? (int)(hole - form) : (int)strlen(form);
        if (words > len - at || memcmp(form, text + at, (size_t)words) != 0)
            return false;
        at += words;
        if (!hole)
            return at == len;
        form = hole + 2;
        const char *next = strstr(form, "%s");
        int behind = next ? (int)(next - form) : (int)strlen(form);
        int end = behind == 0 ? len : at;
        while (end < len &&
               (behind > len - end || memcmp(form, text + end, (size_t)behind) != 0))
            end++;
        if (holes->count == HOLES_MOST)
            return false;
        holes->at[holes->count] = text + at;
        holes->len[holes->count++] = end - at;
        at = end;
    }
}

static bool add_chinese(struct bx_buf *to, const char *text, int len, int depth)
{
    struct holes holes;
    for (size_t i = 0; i < sizeof(WORDS) / sizeof(WORDS[0]); i++) {
        if (!is_of(WORDS[i].en, text, len, &holes))
            continue;
        for (const char *zh = WORDS[i].zh; *zh; zh++) {
            int hole = zh[0] == '%' ? zh[1] - '1' : -1;
            if (hole < 0 || hole >= holes.count) {
                bx_buf_add_byte(to, *zh);
                continue;
            }
            if (depth == DEPTH_MOST ||
                !add_chinese(to, holes.at[hole], holes.len[hole], depth + 1))
                bx_buf_add(to, holes.at[hole], (size_t)holes.len[hole]);
            zh++;
        }
        return true;
    }
    return false;
}

bool bx_api_chinese(struct bx_buf *to, const char *sentence)
{
    return add_chinese(to, sentence, (int)strlen(sentence), 0);
}

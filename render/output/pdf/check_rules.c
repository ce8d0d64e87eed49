#include "output/pdf/check.h"

/* The clauses are those of ISO 19005-2, which ISO 19005-3 repeats, and of ISO 14289-1, unless
 * another standard is named. */

static const struct bx_pdf_rule_text TEXTS[BX_PDF_RULE_COUNT] = {
    [BX_PDF_RULE_PAGES] =
        {
            .code = BX_E_WRITE,
            .clause = "ISO 32000-1 7.7.3",
            .zh = "文件没有一页",
            .en = "the file has no page",
        },
    [BX_PDF_RULE_PAGE_SIZE] =
        {
            .code = BX_E_WRITE,
            .clause = "ISO 19005-2 6.1.13",
            .zh = "页面太小或太大",
            .en = "a page is smaller or larger than a page may be",
        },
    [BX_PDF_RULE_TITLE] =
        {
            .code = BX_E_WRITE,
            .clause = "ISO 14289-1 7.1",
            .zh = "文件没有标题",
            .en = "the file has no title",
        },
    [BX_PDF_RULE_ORGAN] =
        {
            .code = BX_E_WRITE,
            .clause = "pdf.md 3.16",
            .zh = "文件没有制发机关",
            .en = "the file has no creator",
        },
    [BX_PDF_RULE_LANGUAGE] =
        {
            .code = BX_E_WRITE,
            .clause = "ISO 19005-2 6.7.4",
            .zh = "文件没有有效的语言标记",
            .en = "the file has no valid language",
        },
    [BX_PDF_RULE_DATE] =
        {
            .code = BX_E_WRITE,
            .clause = "ISO 32000-1 7.9.4",
            .zh = "文件的日期不是带时区的日期",
            .en = "the file's date is no date with a zone",
        },
    [BX_PDF_RULE_STRING] =
        {
            .code = BX_E_WRITE,
            .clause = "ISO 19005-2 6.1.13",
            .zh = "字符串太长",
            .en = "a text is longer than a string may be",
        },
    [BX_PDF_RULE_NAME] =
        {
            .code = BX_E_WRITE,
            .clause = "ISO 19005-2 6.1.13",
            .zh = "名称太长",
            .en = "a name is too long",
        },
    [BX_PDF_RULE_PARENT] =
        {
            .code = BX_E_WRITE,
            .clause = "ISO 32000-1 14.7.2",
            .zh = "元素排在它的上级之前",
            .en = "an element stands before its parent",
        },
    [BX_PDF_RULE_ROOT] =
        {
            .code = BX_E_WRITE,
            .clause = "ISO 32000-1 14.8.4.2",
            .zh = "结构树的根不是文档",
            .en = "the tree's root is not the document",
        },
    [BX_PDF_RULE_NESTING] =
        {
            .code = BX_E_WRITE,
            .clause = "ISO 14289-1 7.2",
            .zh = "元素不能放在这个上级之下",
            .en = "an element may not stand under this parent",
        },
    [BX_PDF_RULE_HEADING] =
        {
            .code = BX_E_WRITE,
            .clause = "ISO 14289-1 7.4.2",
            .zh = "标题跳过了一级",
            .en = "a heading skips a level",
        },
    [BX_PDF_RULE_ALT] =
        {
            .code = BX_E_WRITE,
            .clause = "ISO 14289-1 7.3",
            .zh = "图片没有替代文字",
            .en = "a figure has no alternative text",
        },
    [BX_PDF_RULE_SCOPE] =
        {
            .code = BX_E_WRITE,
            .clause = "ISO 14289-1 7.5",
            .zh = "表头没有作用域",
            .en = "a head cell has no scope",
        },
    [BX_PDF_RULE_HEAD] =
        {
            .code = BX_E_WRITE,
            .clause = "ISO 14289-1 7.5",
            .zh = "单元格所指的表头不是表头",
            .en = "a cell names a head that is none",
        },
    [BX_PDF_RULE_ROW_HEAD] =
        {
            .code = BX_E_WRITE,
            .clause = "ISO 14289-1 7.5",
            .zh = "单元格没有指明所在行的表头",
            .en = "a cell does not name the head of its row",
        },
    [BX_PDF_RULE_COLUMN_HEAD] =
        {
            .code = BX_E_WRITE,
            .clause = "ISO 14289-1 7.5",
            .zh = "单元格没有指明所在列的表头",
            .en = "a cell does not name the head of its column",
        },
    [BX_PDF_RULE_RAGGED] =
        {
            .code = BX_E_WRITE,
            .clause = "ISO 14289-1 7.5",
            .zh = "表格各行的列数不等",
            .en = "a table's rows have unequal columns",
        },
    [BX_PDF_RULE_SPAN] =
        {
            .code = BX_E_WRITE,
            .clause = "ISO 14289-1 7.5",
            .zh = "合并单元格超出了表格",
            .en = "a cell spans past its table's end",
        },
    [BX_PDF_RULE_CELL] =
        {
            .code = BX_E_WRITE,
            .clause = "ISO 14289-1 7.5",
            .zh = "单元格在表格里没有位置",
            .en = "a table cell has no place in its grid",
        },
    [BX_PDF_RULE_OVERLAP] =
        {
            .code = BX_E_WRITE,
            .clause = "ISO 14289-1 7.5",
            .zh = "两个单元格重叠",
            .en = "two table cells overlap",
        },
    [BX_PDF_RULE_CONTENT] =
        {
            .code = BX_E_WRITE,
            .clause = "ISO 32000-1 14.8.4",
            .zh = "文字不在段落之内",
            .en = "text stands outside a paragraph",
        },
    [BX_PDF_RULE_PRIVATE] =
        {
            .code = BX_E_WRITE,
            .clause = "ISO 19005-2 6.2.11.7.3",
            .zh = "造字区的字别处无法辨认",
            .en = "a character is for private use and has no meaning for others",
        },
    [BX_PDF_RULE_CHARACTER] =
        {
            .code = BX_E_WRITE,
            .clause = "ISO 19005-2 6.2.11.7.2",
            .zh = "文字里有不是字符的代码",
            .en = "a text holds what is no character",
        },
    [BX_PDF_RULE_GLYPH] =
        {
            .code = BX_E_FONT,
            .clause = "ISO 19005-2 6.2.11.8",
            .zh = "没有字体有这个字",
            .en = "no face has this character",
        },
    [BX_PDF_RULE_EMBEDDING] =
        {
            .code = BX_E_FONT,
            .clause = "ISO 19005-2 6.2.11.4",
            .zh = "字体不许嵌入或不许取子集",
            .en = "a face may not be embedded, or not in part",
        },
    [BX_PDF_RULE_FIELD] =
        {
            .code = BX_E_WRITE,
            .clause = "ISO 14289-1 7.18.4",
            .zh = "签名域没有相应的结构元素",
            .en = "a signature field has no Form element",
        },
    [BX_PDF_RULE_LINK] =
        {
            .code = BX_E_WRITE,
            .clause = "ISO 14289-1 7.18.5",
            .zh = "链接没有相应的结构元素",
            .en = "a link has no Link element",
        },
    [BX_PDF_RULE_MARK] =
        {
            .code = BX_E_WRITE,
            .clause = "ISO 14289-1 7.1",
            .zh = "图元不属于任何结构元素",
            .en = "a mark has no element",
        },
    [BX_PDF_RULE_ATTACHMENT] =
        {
            .code = BX_E_WRITE,
            .clause = "ISO 19005-2 6.8",
            .zh = "这种 PDF 不能带附件",
            .en = "a profile that holds no attachments was given one",
        },
    [BX_PDF_RULE_DESCRIPTION] =
        {
            .code = BX_E_WRITE,
            .clause = "ISO 19005-3 6.8",
            .zh = "附件没有类型、说明，或者重名",
            .en = "an attachment lacks its type or description, or shares its "
                  "name",
        },
    [BX_PDF_RULE_FAMILY] =
        {
            .code = BX_E_WRITE,
            .clause = "ISO 19005-2 6.2.4.3",
            .zh = "印刷条件之外的颜色",
            .en = "a colour is of another family than the output intent",
        },
    [BX_PDF_RULE_PRINT] =
        {
            .code = BX_E_WRITE,
            .clause = "cli.md",
            .zh = "只有 print 可以有出血、裁切线和印刷条件",
            .en = "bleed, crop marks and another output intent are for print only",
        },
    [BX_PDF_RULE_INTENT] =
        {
            .code = BX_E_WRITE,
            .clause = "ISO 19005-2 6.2.3",
            .zh = "印刷条件不是 CMYK 打印机的 ICC 文件",
            .en = "the output intent is no ICC profile of a CMYK printer",
        },
};

const struct bx_pdf_rule_text *bx_pdf_rule_text(enum bx_pdf_rule rule)
{
    return &TEXTS[rule];
}

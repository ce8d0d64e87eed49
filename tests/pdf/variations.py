"""Reports that hold what the examples do not: made from one of them, into a folder."""
import json
import os
import struct
import sys
import zlib

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "seal"))
import pictures  # noqa: E402


def write_png(path, width, height, kind, pixel):
    """One colour all over; kind as in PNG's header: 0 gray, 2 RGB, 6 RGB with alpha."""
    def chunk(name, data):
        return (struct.pack(">I", len(data)) + name + data
                + struct.pack(">I", zlib.crc32(name + data)))
    rows = (b"\0" + bytes(pixel) * width) * height
    with open(path, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n"
                   + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, kind, 0, 0, 0))
                   + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def images(folder):
    kinds = {"gray.png": (0, (90,), "灰色"), "rgb.png": (2, (200, 30, 30), "红色"),
             "alpha.png": (6, (0, 0, 200, 99), "透明的蓝色")}
    for name, (kind, pixel, colour) in kinds.items():
        write_png(os.path.join(folder, name), 30, 20, kind, pixel)
        yield {"image": name, "alt": f"一块{colour}的长方形", "caption": f"图：{name}", "width": "40mm"}


PLAIN_TABLE = {"caption": "表1  各类数量", "table": {
    "columns": ["40%", "30%", "30%"],
    "head": [["类别", {"text": "数量", "colspan": 2}], ["甲", "乙", "丙"]],
    "rows": [["一", "1", "2"], [{"text": "二——三", "rowspan": 2}, "3", "—"], ["5", "6"]]}}

# A dash of both lengths in one face, letters with accents, a character outside the first plane,
# Kangxi radicals as some word processors write them.
MARKS = {"text": "破折号——与一字线—并用；省略……；café résumé；𠮷野家“引‘内’号”；⼀⼈⼯⽇⾏。"}


def chart(kind, categories, series, **more):
    """A chart of figures a name; of one without a name where it is None."""
    given = [{"values": values} if name is None else {"name": name, "values": values}
             for name, values in series.items()]
    return {"chart": {"kind": kind, "categories": categories, "series": given, **more}}


MONTHS = [f"{month}月" for month in range(1, 13)]
RESULTS = ["予以公开", "部分公开", "属于国家秘密不予公开", "其他法律行政法规禁止公开", "本机关不掌握相关政府信息",
           "没有现成信息需要另行制作", "补正后申请内容仍不明确", "信访举报投诉类申请"]
CHARTS = [
    {**chart("bar", ["政策文件", "财政信息", "行政执法", "其他"], {None: [1036, 872, 415, 0]}, unit="件"),
     "caption": "图1 主动公开"},
    {**chart("grouped", ["2021年", "2022年", "2023年"],
             {"自然人": [61, 80, 95], "商业企业": [8, None, 21], "科研机构": [3, 1, 0]}),
     "caption": "图2 受理", "alt": "三年的受理情况"},
    chart("grouped", RESULTS, {"2022年": [120456, 14, 2, 5, 88, 31, 7, 0],
                               "2023年": [143789, 20, 1, 3, 102, 44, 9, 12]}, unit="件"),
    chart("bar", ["一季度", "二季度", "三季度"], {"增减": [3.5, -1.25, 0.8]}, unit="%"),
    {**chart("line", MONTHS, {None: [10.2, 8.5, 12.0, 15.3, 14.1, 16.8, 18.0, 17.2, 19.5, None, 21.4,
                                     23.6]}, unit="万人次"), "width": "80%"},
    {**chart("line", MONTHS, {name: [(month * 7 * k + 13 * k) % 40 + 5 for month in range(12)]
                              for k, name in enumerate(("一局", "二局", "三局"), 1)}, unit="件"),
     "caption": "图3 各局"},
    {**chart("pie", ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"],
             {"申请人": [171, 42, 3, 5, 18, 9]}, unit="件"), "caption": "图4 构成"},
]


def write_charts(folder, example):
    """A report with a chart of every kind, lying bars and a table below among them; its path."""
    with open(example, encoding="utf-8") as file:
        model = json.load(file)
    model["sections"]["other"]["body"] += CHARTS
    path = os.path.join(folder, "charts.json")
    with open(path, "w", encoding="utf-8") as file:
        json.dump(model, file, ensure_ascii=False)
    return path


# Longer than a page, with a cell that goes on on the next.
LONG_TABLE = {"table": {
    "columns": ["30%", "70%"], "head": [["事项", "办理情况"]],
    "rows": [[f"第{i}项", "按照规定办理。" * (120 if i == 20 else i % 3 + 1)]
             for i in range(1, 41)]}}


def write_cut(folder, example, lines=16):
    """A report with tables that go on on the next page: a plain one, and a mandated one with so many
    lines before it, as long as the page is set as it is; its path."""
    with open(example, encoding="utf-8") as file:
        model = json.load(file)
    model["sections"]["overview"]["body"] = [{"text": f"第{i}号事项已经按照规定办理完毕。"}
                                             for i in range(9)]
    model["sections"]["disclosure"]["after"] = [{"text": f"第{i}号文件已经按照规定公开。"}
                                                for i in range(lines)]
    model["sections"]["problems"]["body"].append(LONG_TABLE)
    path = os.path.join(folder, f"cut-{lines}.json")
    with open(path, "w", encoding="utf-8") as file:
        json.dump(model, file, ensure_ascii=False)
    return path


def write(folder, example):
    """Paths of the reports written."""
    yield write_charts(folder, example)
    yield write_cut(folder, example)
    with open(example, encoding="utf-8") as file:
        model = json.load(file)
    model["document_number"] = "某办发〔2020〕5号"
    model["sections"]["review"]["intro"] = [{"text": "本年度的行政复议和行政诉讼情况如下。"}]
    model["sections"]["problems"]["body"] += [*images(folder), PLAIN_TABLE, MARKS]
    pictures.write(os.path.join(folder, "seal.png"))
    signed = {"organ": model["organ"], "date": "2020-01-23"}
    for name, signature in (("signer", {**signed, "signer": {"post": "主任", "name": "张某"}}),
                            ("under-title", {**signed, "place": "title"}),
                            ("seal-space", {**signed, "seal": "space"}),
                            ("seal-image", {**signed, "seal": {"image": "seal.png"}}),
                            ("unsigned", {})):
        path = os.path.join(folder, name + ".json")
        with open(path, "w", encoding="utf-8") as file:
            json.dump({**model, "signature": signature}, file, ensure_ascii=False)
        yield path

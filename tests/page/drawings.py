"""Images and charts for reports: files written into a folder, blocks of a model, and random ones."""
import os
import shutil
import struct
import sys
import zlib

HERE = os.path.dirname(os.path.abspath(__file__))
FILES = os.path.join(os.path.dirname(HERE), "image", "files")
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "pdf"))
import variations  # noqa: E402

# name: (width and height in pixels, dots an inch or None)
PNGS = {"tall.png": (300, 4000, None), "wide.png": (3000, 300, None), "small.png": (120, 80, 72),
        "square.png": (600, 600, 300), "strip.png": (2400, 40, 72), "post.png": (20, 2400, 72)}
# Of tests/image: kinds that are stored as they are and kinds that are converted.
STORED = ("ycc.jpg", "corners.jpg", "cmyk.jpg", "progressive.jpg", "gray.jpg", "rgb16.png",
          "rgba8-interlaced.png", "palette4-clear.png", "gray-alpha16.png", "plain.svg")


def write_png(path, width, height, dpi):
    """Gray that grows darker from the top down, so that a part cut off is seen."""
    def chunk(name, data):
        return (struct.pack(">I", len(data)) + name + data
                + struct.pack(">I", zlib.crc32(name + data)))

    rows = b"".join(b"\0" + bytes([230 - 160 * y // height]) * width for y in range(height))
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    if dpi:
        metre = round(dpi / 0.0254)
        head += chunk(b"pHYs", struct.pack(">IIB", metre, metre, 1))
    with open(path, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(rows))
                   + chunk(b"IEND", b""))


def write_images(folder):
    """The images that blocks of this file name, beside the models."""
    for name, (width, height, dpi) in PNGS.items():
        write_png(os.path.join(folder, name), width, height, dpi)
    for name in STORED:
        shutil.copyfile(os.path.join(FILES, name), os.path.join(folder, name))


def image(name, caption=None, width=None):
    block = {"image": name, "alt": f"图像{name}"}
    if caption:
        block["caption"] = caption
    if width:
        block["width"] = width
    return block


MONTHS = variations.MONTHS
CHARTS = {
    "bar": variations.chart("bar", ["政策文件", "财政信息", "行政执法", "其他"],
                            {None: [1036, 872, 415, 0]}, unit="件"),
    "below": variations.chart("bar", ["一季度", "二季度", "三季度", "四季度"],
                              {"增减": [3.5, -1.25, 0.8, None]}, unit="%"),
    "grouped": variations.chart("grouped", ["2021年", "2022年", "2023年"],
                                {"自然人": [61, 80, 95], "商业企业": [8, None, 21],
                                 "科研机构": [3, 1, 0]}),
    "lying": variations.chart("grouped", variations.RESULTS,
                              {"2022年": [120456, 14, 2, 5, 88, 31, 7, 0],
                               "2023年": [143789, 20, 1, 3, 102, 44, 9, 12]}, unit="件"),
    "line": variations.chart("line", MONTHS, {None: [10.2, 8.5, 12.0, 15.3, 14.1, 16.8, 18.0, 17.2,
                                                     19.5, None, 21.4, 23.6]}, unit="万人次"),
    "crowded": variations.chart("line", MONTHS,
                                {name: [(month * 7 * k + 13 * k) % 40 + 5 for month in range(12)]
                                 for k, name in enumerate(("一局", "二局", "三局"), 1)}, unit="件"),
    "pie": variations.chart("pie", ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构",
                                    "其他"], {"申请人": [171, 42, 3, 5, 18, 9]}, unit="件"),
}

# Figures that have to look for their places: at peaks and in valleys, beside steep lines and
# crossings, below nought, over bars that are near to each other, beside thin slices; and as many
# lines as there may be.
CROWDS = {
    "peaks": variations.chart("line", MONTHS[:8], {"甲": [3, 17, 2, 19, 4, 16, 1, 20]}, unit="件"),
    "crossing": variations.chart("line", MONTHS[:5], {
        "甲项": [1, 4, 9, 14, 18], "乙项": [19, 13, 8, 5, 2]}, unit="万元"),
    "nought": variations.chart("line", ["2020年", "2021年", "2022年", "2023年"], {
        "增": [-12.5, 8, None, 3.25], "减": [6, -3, -9, 0]}, unit="%"),
    "names": variations.chart("line", ["政策文件解读", "财政预算决算", "行政执法公示", "重大建设项目"], {
        "数量": [125, 90, 96, 131]}, unit="条"),
    "near": variations.chart("grouped", ["第一批", "第二批", "第三批", "第四批"], {
        "甲": [9999, 10001, 9998, 3], "乙": [10000, 9997, -40, 7], "丙": [1, 2, 9999, 9]}),
    "slices": variations.chart("pie", ["甲", "乙", "丙", "丁", "戊", "己", "庚"], {
        "占比": [1000, 4, 3, 5, 500, 2, 6]}, unit="件"),
    "six": variations.chart("line", ["2021年", "2022年", "2023年"], {
        name: [15 * k + 5, 15 * k + 8, 15 * k + 4] for k, name in enumerate("甲乙丙丁戊己")}),
}


def chart(name, caption=None, width=None):
    block = dict(CHARTS[name] if name in CHARTS else CROWDS[name])
    if caption:
        block["caption"] = caption
    if width:
        block["width"] = width
    return block


# Random ones ----------------------------------------------------------------------------------

def random_image(r, words):
    width = r.choice((None, None, f"{r.randint(3, 220)}mm", f"{r.randint(5, 100)}%"))
    caption = "图" + words(r, r.choice((2, 2, 12))) if r.random() < 0.5 else None
    return image(r.choice((*PNGS, *STORED)), caption, width)


def random_figure(r, kind):
    if kind != "pie" and r.random() < 0.08:
        return None
    most = 10 ** r.randint(0, 6)
    value = r.randint(0, most) if kind == "pie" or r.random() < 0.9 else -r.randint(0, most)
    return value if r.random() < 0.7 else round(value + r.random(), 2)


def random_chart(r, words):
    kind = r.choice(("bar", "grouped", "line", "pie"))
    categories = r.randint(1, 12) if kind == "pie" else r.randint(2, 24 if kind == "line" else 12)
    series = {"bar": 1, "pie": 1, "grouped": r.randint(2, 4), "line": r.randint(1, 3)}[kind]
    series = max(min(series, 60 // categories), 2 if kind == "grouped" else 1)
    is_named = series > 1 or r.random() < 0.5
    made = {"kind": kind, "categories": [words(r, r.choice((1, 1, 2)))[:40] + str(i)
                                         for i in range(categories)],
            "series": [{"values": [random_figure(r, kind) for _ in range(categories)]}
                       for _ in range(series)]}
    made["series"][0]["values"][0] = r.randint(1, 500)
    for i, one in enumerate(made["series"]):
        if is_named:
            one["name"] = words(r, 1)[:30] + str(i)
    if r.random() < 0.5:
        made["unit"] = r.choice(("件", "%", "万人次"))
    block = {"chart": made}
    if r.random() < 0.5:
        block["caption"] = "图" + words(r, 3)
    if r.random() < 0.3:
        block["width"] = f"{r.randint(60, 100)}%"
    return block

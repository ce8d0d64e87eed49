"""The reports on which the geometry is checked: the examples, and models made for one question
each.

`all_cases(full)` gives them in a fixed order; the short form takes every fifth of the long
sweeps."""
import copy
import json
import os
import shutil

from drawings import CHARTS, CROWDS, STORED, chart, image, write_images
from expected import LAYOUTS, ROOT
from provinces import filled, make_folder, rows_of, write_form

ORGAN = "某市人民政府办公室"
COLUMNS = "natural_person", "business", "research", "public_welfare", "legal_service", "other", \
    "total"
OUTCOMES = "upheld", "corrected", "other", "pending", "total"


class Case:
    def __init__(self, name, model=None, path=None, status=0, options=(), folders=(LAYOUTS,),
                 has_ink=False, is_strict=False, style=None):
        self.name, self.model, self.path, self.status = name, model, path, status
        self.options = ["--allow-inconsistent", *options]
        self.folders, self.has_ink, self.is_strict = folders, has_ink, is_strict
        self.style = style or ("gbt9704", LAYOUTS)  # name and folder
        if style:
            self.options += ["--style", os.path.join(style[1], "styles", style[0] + ".xml")]


def results(edition, row):
    other = row if edition == "2019" else {
        name: row for name in ("not_corrected_in_time", "fee_not_paid_in_time", "other")}
    return {
        "granted": row, "partly_granted": row,
        "refused": {name: row for name in (
            "state_secret", "forbidden_by_law", "three_securities_one_stability",
            "third_party_rights", "internal_affairs", "process_information", "enforcement_files",
            "administrative_inquiry")},
        "unable": {name: row for name in ("not_held", "needs_creation",
                                          "unclear_after_correction")},
        "not_processed": {name: row for name in (
            "petition", "repeated", "publication_requested", "excessive",
            "confirm_or_reissue")},
        "other": other, "total": row}


def disclosure(edition, value, amount=None):
    amount = value if amount is None else amount
    if edition == "2019":
        three = {name: value for name in ("items_last_year", "change", "decisions")}
        made = {name: value for name in ("made", "published", "total")}
        return {"rules": made, "normative": made, "licensing": three, "other_services": three,
                "penalties": three, "coercion": three,
                "fees": {"items_last_year": value, "change": value},
                "procurement": {"items": value, "amount": amount}}
    issued = {name: value for name in ("issued", "repealed", "in_force")}
    one = {"decisions": value}
    return {"rules": issued, "normative": issued, "licensing": one, "penalties": one,
            "coercion": one, "fees": {"amount": amount}}


def applications(edition, value):
    row = {name: value for name in COLUMNS}
    return {"new": row, "carried_over": row, "results": results(edition, row),
            "carried_forward": row}


def review(value):
    row = {name: value for name in OUTCOMES}
    return {"reconsideration": row, "litigation": {"direct": row, "after_reconsideration": row}}


def lines(count, name="甲"):
    """Paragraphs of one line each, no two alike."""
    return [{"text": f"{name}{i + 1}号事项已经按照规定办理完毕。"} for i in range(count)]


def long_text(count):
    """Prose of about so many lines, with marks and figures."""
    part = "本机关围绕重点工作推进信息公开，全年主动公开信息1286条，其中政策文件37件；"
    return (part * (count * 28 // len(part) + 1))[:count * 28 - 6] + "。"


# Prose of section 六 for which the third page gives lines up, so that the signature has two with it.
EVEN = [*lines(30), {"text": long_text(2)},
        {"heading": "（一）甲项项项项项项项项项项项项项项项项项项项项", "text": "丙" * 35}, {"text": long_text(4)}]


def report(edition="2021", value=0, first=3, **changes):
    """A report with every table of one edition and one value in all cells."""
    model = {
        "format": "zfxxgk-annual-report/1", "year": 2023 if edition == "2021" else 2019,
        "organ": ORGAN, "title": [ORGAN, "政府信息公开工作年度报告"],
        "sections": {
            "overview": {"body": lines(first)},
            "disclosure": {"form": edition, "values": disclosure(edition, value)},
            "applications": {"form": edition, "values": applications(edition, value)},
            "review": {"form": edition, "values": review(value)},
            "problems": {"body": lines(4, "乙")},
            "other": {"body": lines(2, "丙")}},
        "signature": {"organ": ORGAN, "date": "2024-01-20"}}
    for path, change in changes.items():
        at, steps = model, path.split("__")
        for step in steps[:-1]:
            at = at[step]
        at[steps[-1]] = change
    return copy.deepcopy(model)


def examples():
    folder = os.path.join(ROOT, "tests", "examples")
    for name in sorted(os.listdir(folder)):
        if name.endswith(".json"):
            yield Case(name[:-5], path=os.path.join(folder, name), has_ink=True, is_strict=True)


def starting_lines(full):
    """Every table starts on every line of the page, by lines of prose before it."""
    for edition in "2021", "2019":
        for section in "disclosure", "applications", "review":
            for n in range(0, 22, 1 if full else 5):
                name = f"start-{edition}-{section}-{n}"
                model = report(edition, value=n)
                if section == "disclosure":
                    model["sections"]["overview"]["body"] = lines(n + 1)
                else:
                    before = "disclosure" if section == "applications" else "applications"
                    model["sections"][before]["after"] = lines(n, "丁")
                yield Case(name, model)
        for n in range(0, 22, 1 if full else 5):
            model = report(edition, value=n)
            model["sections"]["applications"]["intro"] = [{"text": long_text(n + 1)}]
            model["sections"]["applications"]["after"] = [{"text": long_text(2)}]
            yield Case(f"start-{edition}-intro-{n}", model)


def figures(full):
    for edition in "2021", "2019":
        for digits in range(1, 9):
            value = int("4" * digits)
            model = report(edition, value=value)
            model["sections"]["review"]["values"] = review(int("4" * min(digits, 7)))
            has_ink = full or (edition, digits) in (("2021", 8), ("2019", 5), ("2021", 1))
            yield Case(f"digits-{edition}-{digits}", model, has_ink=has_ink)
        yield Case(f"digits-{edition}-review-8", status=6,
                   model=report(edition, sections__review__values=review(88888888)))
        for name, value in ("blank", None), ("slash", "/"), ("dash", "—"):
            yield Case(f"all-{name}-{edition}", report(edition, value=value),
                       has_ink=name != "blank")
    one = review(0)
    one["litigation"] = dict(one["litigation"], direct=dict(one["reconsideration"],
                                                            other=98765432))
    yield Case("digits-review-one-of-8", report(sections__review__values=one), has_ink=True)
    for name, amount in (("amount-unit", "10669.39万元"), ("amount-long", "1234567890.12亿元")):
        yield Case(name, report("2019", sections__disclosure__values=disclosure(
            "2019", 11398889, amount)), has_ink=True)
    yield Case("amount-2021", report(sections__disclosure__values=disclosure(
        "2021", 11398889, "59237.2449")))
    for edition in "2021", "2019":
        for name, words in ("short", "约12万元"), ("words", "部分数据未统计"), ("long", "未开展此项工作，故没有数据（见附件）"):
            yield Case(f"all-{name}-{edition}", report(edition, value=words, sections__review__values=review(words)),
                       has_ink=full or name == "words")


def editions():
    for two in "2019", "2021":
        for three in "2019", "2021":
            model = report("2021", value=12)
            model["sections"]["disclosure"] = {"form": two, "values": disclosure(two, 12)}
            model["sections"]["applications"] = {"form": three,
                                                 "values": applications(three, 345)}
            yield Case(f"editions-{two}-{three}", model, has_ink=two != three)


def hubei(folder):
    """A row more, from a folder of forms of one's own."""
    own = make_folder(os.path.join(folder, "layouts-hubei"))
    shutil.copytree(os.path.join(ROOT, "tests", "layouts-extra", "forms"),
                    os.path.join(own, "forms"), dirs_exist_ok=True)
    model = report()
    values = disclosure("2021", 7)
    values["other_documents"] = dict(values["rules"])
    model["sections"]["disclosure"] = {"form": "hubei-2021", "values": values}
    yield Case("hubei", model, options=["--layouts", own], folders=(own,), has_ink=True)


def provinces(folder):
    """Rows more in every group, and labels of 70 characters: in one row, in all."""
    own = make_folder(os.path.join(folder, "layouts-provinces"))
    for edition in "2019", "2021":
        for section in "disclosure", "applications":
            rows = rows_of(edition, section)
            for name, more, labels in (("rows", rows[3::4], rows[:1]), ("label", (), rows[5:6]),
                                       ("labels", (), rows[1::3]), ("both", rows[2::3], rows[::2])):
                form = f"{name}-{edition}"
                values = filled(write_form(own, edition, section, form, more, labels), 12345)
                model = report(edition)
                model["sections"][section] = {"form": form, "values": values}
                yield Case(f"province-{name}-{section}-{edition}", model,
                           options=["--layouts", own], folders=(own,), has_ink=name == "both")


def signatures(full):
    """The signature falls on every line of a page."""
    for n in range(0, 22, 1 if full else 4):
        yield Case(f"signature-{n}", report(sections__other__body=lines(n + 1, "丙")))
    for n in range(0, 22, 3 if full else 11):
        yield Case(f"signature-long-{n}", report(
            sections__other__body=[{"text": long_text(n + 3)}]))
    for name, organ in (("short", "某局"), ("date-long", "某县委"), ("wide", "某" * 22 + "委员会"),
                        ("full", "某" * 25 + "委员会"),
                        ("two-lines", "某某省某某自治州某某高新技术产业开发区管理委员会综合行政执法局")):
        yield Case(f"signature-{name}",
                   report(signature={"organ": organ, "date": "2024-11-20"}))
    yield Case("signature-date", report(signature={"date": "2024-01-20"}))
    post, name = "某市人民政府办公室党组书记、主任", "欧阳某某"
    for kind, given in (
            ("post-long", {"organ": ORGAN, "date": "2024-01-20",
                           "signer": {"post": 2 * post, "name": name}}),
            ("signer-seal", {"organ": ORGAN, "date": "2024-01-20", "seal": "space",
                             "signer": {"post": post, "name": name}}),
            ("signer-date", {"date": "2024-01-20", "signer": {"post": "主任", "name": name}}),
            ("signer-name", {"organ": ORGAN, "signer": {"name": name}}),
            ("seal-date", {"date": "2024-01-20", "seal": "space"}),
            ("seal-organ", {"organ": "某" * 22 + "委员会", "seal": "space"}),
            ("seal-wide", {"organ": "某" * 22 + "委员会", "date": "2024-01-20", "seal": "space"})):
        yield Case(f"signature-{kind}", report(signature=given))
    yield Case("signature-even", report(sections__other__body=EVEN))
    yield Case("signature-after-table", report(
        sections__other__body=[plain(5)]))
    yield Case("signature-none", {k: v for k, v in report().items() if k != "signature"})
    yield Case("signature-title", report(signature={"organ": ORGAN, "date": "2024-01-20",
                                                    "place": "title"}))
    for diameter in (20, 25, 30, 35, 40, 45, 50, 60) if full else (20, 30):
        yield Case(f"signature-diameter-{diameter}", report(signature={
            "organ": ORGAN, "date": "2024-01-20",
            "seal": {"image": "square.png", "diameter": f"{diameter}mm"}}))
    for n in range(0, 22, 2 if full else 10):
        yield Case(f"signature-seal-{n}", report(
            sections__other__body=lines(n + 1, "丙"),
            signature={"organ": ORGAN, "date": "2024-01-20", "seal": "space"}))
        yield Case(f"signature-image-{n}", report(
            sections__other__body=lines(n + 1, "丙"),
            signature={"organ": ORGAN, "date": "2024-01-20",
                       "seal": {"image": "square.png", "diameter": "40mm"}}))
        yield Case(f"signature-signer-{n}", report(
            sections__other__body=lines(n + 1, "丙"),
            signature={"organ": ORGAN, "date": "2024-01-20",
                       "signer": {"post": "主任", "name": "张三"}}))


def title_block(full):
    yield Case("document-number", report(document_number="某政办发〔2024〕1号"))
    titles = ["某市人民政府办公室", "关于2023年度", "政府信息公开工作", "年度报告"]
    for n in range(1, 5):
        yield Case(f"title-{n}", report(title=titles[:n], document_number="某政办发〔2024〕1号"))
    model = report(organ="某某省某某自治州某某高新技术产业开发区管理委员会综合行政执法")
    del model["title"]
    yield Case("title-free", model)
    for n in range(1, 60, 3 if full else 17):
        yield Case(f"preamble-{n}", report(preamble=[long_text(n)]))


def headings(full):
    levels = [{"heading": "一、公开工作"}, {"heading": "（一）主动公开"}, {"heading": "1.公开内容"},
              {"heading": "（1）公开渠道"}, {"text": long_text(3)},
              {"heading": "（二）依申请公开", "text": long_text(2)}, {"heading": "1.申请渠道", "text": "丁"},
              {"heading": "没有序号", "level": 4, "text": "戊"}, {"heading": "没有级别"}, {"text": long_text(2)}]
    for n in range(0, 22, 1 if full else 4):
        yield Case(f"headings-{n}", report(sections__overview__body=lines(n) + levels))
        yield Case(f"heading-last-{n}", report(
            sections__overview__body=lines(n) + [{"heading": "（三）其他情况"}]))
    for n in range(0, 22, 2 if full else 7):
        yield Case(f"heading-end-{n}", report(
            sections__other__body=lines(n) + [{"heading": "（九）最后标题"}]))


def plain(rows, head=1, columns=None, caption=None, width=3):
    table = {"head": [["项目", "数量", "说明"][:width]] * head,
             "rows": [[f"第{i + 1}项", str(i), f"说明{i + 1}"][:width] for i in range(rows)]}
    if columns:
        table["columns"] = columns
    block = {"table": table}
    if caption:
        block["caption"] = caption
    return block


def plain_tables(full):
    spans = {"table": {
        "head": [[{"text": "名称", "rowspan": 2}, {"text": "数量", "colspan": 2}],
                 ["本年", "上年"]],
        "rows": [[{"text": f"第{i // 2 + 1}组", "rowspan": 2}, f"{i}件", "7件"] if i % 2 == 0
                 else [f"{i}件", "8件"] for i in range(80)]}}
    wide = {"table": {"columns": ["40%", "30%", "30%"], "head": [["甲", "乙", "丙"]],
                      "rows": [[{"text": "合并", "colspan": 3, "align": "center"}],
                               ["左", {"text": "右", "align": "right"}, "/"]] * 6}}
    yield Case("plain-500", report(sections__overview__body=[plain(500)]), has_ink=False)
    yield Case("plain-spans", report(sections__overview__body=[spans]), has_ink=True)
    yield Case("plain-wide", report(sections__overview__body=[wide]), has_ink=True)
    for n in range(0, 22, 1 if full else 5):
        yield Case(f"plain-caption-{n}", report(
            sections__overview__body=lines(n) + [plain(4, caption="表1 甲项")] + lines(2)))
    for name, text in (("cell", long_text(90)), ("cell-marks", "（甲）、“乙”；" * 200)):
        block = {"table": {"columns": ["30%", "70%"], "head": [["项目", "内容"]],
                           "rows": [["第一项", "短"], ["第二项", text], ["第三项", "短"]]}}
        for n in (range(0, 22, 3) if full else (0, 7)):
            yield Case(f"plain-long-{name}-{n}",
                       report(sections__overview__body=lines(n) + [block]), has_ink=n == 0)
    both = {"table": {"head": [["项目", "内容"]],
                      "rows": [[long_text(60), long_text(130)], ["后", "短"]]}}
    yield Case("plain-long-both", report(sections__overview__body=[both]))
    joined = {"table": {"rows": [[{"text": "组", "rowspan": 3}, long_text(50)],
                                 [long_text(80)], ["短"]]}}
    yield Case("plain-long-joined", report(sections__overview__body=[joined]))


def continued_style(folder, text="（续）", align="right"):
    """The usual style, but that a table that goes on says so."""
    with open(os.path.join(LAYOUTS, "styles", "gbt9704.xml"), encoding="utf-8") as file:
        style = file.read().replace('<style name="gbt9704"', f'<style name="continued-{align}"')
    said = f'<continued text="{text}" role="songti" size="10.5pt" align="{align}" source="TAB-02"/>'
    parts = style.split("<table ")
    style = "<table ".join(parts[:1] + [part.replace("    <lines>", f"    {said}\n    <lines>") for part in parts[1:]])
    os.makedirs(os.path.join(folder, "styles"), exist_ok=True)
    with open(os.path.join(folder, "styles", f"continued-{align}.xml"), "w", encoding="utf-8") as file:
        file.write(style)
    return f"continued-{align}", folder


def continued(full, folder):
    """Tables of every kind go on, in styles that say so."""
    for align, text in (("right", "（续）"), ("left", "续表"), ("center", "（续表）")):
        style = continued_style(folder, text, align)
        for n in range(0, 22, 2 if full else 11):
            model = report("2021" if n % 4 else "2019", value=n, sections__overview__body=lines(n) + [
                plain(60, head=2, caption="表1 甲项"), plain(40, head=0)])
            model["sections"]["disclosure"]["after"] = lines(n + 3, "丁")
            yield Case(f"continued-{align}-{n}", model, style=style, has_ink=n == 0)


def images(full):
    """Taller than the page, at its foot with and without caption, of all kinds, beside tables."""
    for n in range(0, 22, 1 if full else 7):
        yield Case(f"image-tall-{n}", report(sections__overview__body=lines(n) + [
            image("tall.png", "图1 甲" if n % 2 else None)] + lines(2)))
    for n in range(0, 22, 1 if full else 4):
        yield Case(f"image-foot-{n}", report(sections__overview__body=lines(n) + [
            image("square.png", "图1 甲项与乙项的比例" if n % 3 else "图2 " + "甲" * 40, "60mm")]
            + lines(3)))
    widths = (None, "30%", "100%", "200mm", "5mm")
    yield Case("image-widths", report(sections__overview__body=[
        image(name, None if width == "5mm" else f"图 {name[:-4]}", width)
        for name in ("wide.png", "small.png", "strip.png", "post.png") for width in widths]))
    yield Case("image-kinds", report(sections__overview__body=[
        image(name, f"图 {name}", "40mm") for name in STORED]))
    yield Case("image-natural", report(sections__overview__body=[image(name) for name in STORED]))
    yield Case("image-end", report(sections__other__body=[image("post.png")]))
    yield Case("image-end-caption", report(sections__other__body=lines(3) + [
        {"heading": "（一）附图"}, image("tall.png", "图1 甲项")], signature={
            "organ": ORGAN, "date": "2024-01-20", "seal": "space"}))
    for n in range(0, 22, 3 if full else 11):
        yield Case(f"image-beside-{n}", beside_tables(lines(n) + [image("small.png", "图1 小图")],
                                                      [image("wide.png", "图2 宽图", "80%")]))


def beside_tables(before, after):
    """The same blocks before and after every mandated table, and beside a plain one."""
    model = report(value=3)
    for name in "disclosure", "applications", "review":
        model["sections"][name].update(intro=before, after=after)
    model["sections"]["overview"]["body"] = [{"heading": "（一）图表"}, *after,
                                             plain(3, caption="表1 甲项"), *after, plain(2)]
    return copy.deepcopy(model)


def charts(full):
    """Each kind, on lines down a page, alone, under a heading, beside tables, before a signature."""
    for i, name in enumerate(CHARTS):
        for n in range(i % 3, 22, 3 if full else 10):
            yield Case(f"chart-{name}-{n}", report(sections__overview__body=lines(n) + [
                chart(name, f"图{n} 甲项" if n % 2 else None)] + lines(2)))
        yield Case(f"chart-{name}-beside", beside_tables(
            [{"text": "情况见图。"}, chart(name, "图1 甲项")], [chart(name, width="60%")]))
        yield Case(f"chart-{name}-end", report(sections__other__body=lines(i * 3) + [
            {"heading": "（一）图表"}, chart(name, "图1 甲项")]))
    yield Case("chart-all", report(sections__overview__body=[
        block for name in CHARTS for block in (
            {"heading": f"（一）{name}", "text": long_text(3)}, chart(name, f"图 {name}"),
            image("small.png"))]), has_ink=True)
    yield Case("chart-figures", report(sections__overview__body=[
        chart(name, f"图 {name}") for name in CROWDS]), has_ink=True)


def all_cases(full, folder=None):
    folder = folder or os.environ.get("BX_OUT", "/tmp")
    write_images(folder)
    yield from examples()
    yield from starting_lines(full)
    yield from figures(full)
    yield from editions()
    yield from hubei(folder)
    yield from provinces(folder)
    yield from signatures(full)
    yield from title_block(full)
    yield from headings(full)
    yield from plain_tables(full)
    yield from continued(full, folder)
    yield from images(full)
    yield from charts(full)


if __name__ == "__main__":
    for case in all_cases(True):
        print(case.name, json.dumps(case.model, ensure_ascii=False)[:80])
